"""The words of the built pages: plain, short, fair, safe and bland, each rule with its proof."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from bs4 import BeautifulSoup, Tag
from textstat import textstat  # type: ignore[import-untyped]

from macros.data.records import Line, Record, load
from macros.render import day_in_words
from macros.site import read_site
from tests.support.netlify import ROOT
from tests.support.reading import (
    PARTS,
    Block,
    address,
    blocks,
    built,
    main,
    plain,
    read,
    section,
    words,
)

GRADE = {"reader": 6.0, "reference": 8.0}
MEDIAN, LONGEST, STEM = 14, 25, 15
FEWEST, MOST = 400, 900
STEP = 60

SITE = read_site(ROOT)
PATHS = sorted(SITE.pages)
# A list of numbers to call has as many words as there are numbers.
ARTICLES = [
    path
    for path in PATHS
    if SITE.pages[path].meta.group in ("way", "care", "more") and path != "help/index.md"
]

Pages = Mapping[str, BeautifulSoup]


class Swap(Record):
    """A plain word, and the harder ones it stands for."""

    write: Line
    instead_of: tuple[Line, ...]


class Never(Record):
    """What no page may say; ``advice`` when only telling the reader to do it counts."""

    id: Line
    advice: bool = False
    patterns: tuple[str, ...]
    caught: tuple[Line, ...]
    passes: tuple[Line, ...]


class Words(Record):
    """The whole of words.yml."""

    swaps: tuple[Swap, ...]
    never: tuple[Never, ...]
    bland: tuple[str, ...]


WORDS = load(ROOT / "tests" / "words.yml", Words)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every built page of ours, parsed."""
    return built(site, PATHS)


# Reading ease


@dataclass(frozen=True)
class Ease:
    """How hard a page is to read: its grade, and its sentences."""

    grade: float
    sentences: tuple[str, ...]

    def faults(self, level: str) -> list[str]:
        """What is too hard for a page of that level."""
        lengths = [len(words(sentence)) for sentence in self.sentences]
        found = []
        if self.grade > GRADE[level]:
            found.append(f"grade {self.grade:.1f}")
        if median(lengths) > MEDIAN:
            found.append(f"median sentence {median(lengths)} words")
        found += [
            f"{length} words: {sentence}"
            for sentence, length in zip(self.sentences, lengths, strict=True)
            if length > LONGEST
        ]
        return found


def ease(page: BeautifulSoup) -> Ease:
    """Measure what a page says in sentences; headings, buttons and labels would flatter it.

    textstat's own grade rounds to a tenth of a syllable a word, which is a whole grade: the worse
    of its figure and of the same formula without rounding counts.
    """
    prose = [block for block in blocks(main(page)) if block.tag in ("p", "li", "dd", "feedback")]
    sentences = tuple(sentence for block in prose for sentence in block.sentences)
    text = " ".join(sentence.rstrip(".?!:;”\"') ") + "." for sentence in sentences)
    count, syllables = textstat.lexicon_count(text), textstat.syllable_count(text)
    exact = 0.39 * count / len(sentences) + 11.8 * syllables / count - 15.59
    return Ease(max(textstat.flesch_kincaid_grade(text), exact), sentences)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_easy_to_read(path: str, pages: Pages) -> None:
    """Grade 6 or lower for readers and 8 for reference; short sentences, none over 25 words."""
    assert ease(pages[path]).faults(SITE.pages[path].meta.level) == []


HARD = {
    "grade": "Establishing psychological equilibrium necessitates considerable deliberation. " * 60,
    "median sentence": "So we sat on the step and ate the cold rice and did not say a word. " * 200,
    "27 words": "He said that " * 9 + ".",
}


@pytest.mark.parametrize("said", HARD)
def test_a_hard_page_is_noticed(said: str, pages: Pages) -> None:
    """Long words, long sentences, and one sentence that is too long, each by its own rule."""
    page = planted(pages["talk.md"], f"<p>{HARD[said]}</p>")
    found = ease(page).faults("reader")
    assert found
    assert all(fault.startswith(said) for fault in found)


def only(html: str) -> BeautifulSoup:
    """A page that says nothing else."""
    return read(f"<body><main>{html}</main></body>")


def planted(page: BeautifulSoup, html: str) -> BeautifulSoup:
    """A copy of a page with something more at the end of what it says."""
    copy = read(str(page))
    assert copy.main is not None
    copy.main.append(read(html))
    return copy


def stems(page: BeautifulSoup) -> list[str]:
    """What each question on a page asks, without its number."""
    found = page.select(".quiz__stem, .ask__stem")
    return [re.sub(r"^\d+\. ", "", plain(stem)) for stem in found]


def long_stems(page: BeautifulSoup) -> list[str]:
    """The stems of a page that are too long."""
    return [stem for stem in stems(page) if len(words(stem)) > STEM]


def test_no_stem_is_long(pages: Pages) -> None:
    """Every question of the quiz and every check asks in 15 words or fewer."""
    asked = {stem for page in pages.values() for stem in stems(page)}
    assert len(asked) >= len(SITE.quiz.items) + len(SITE.quiz.checks)
    assert [stem for page in pages.values() for stem in long_stems(page)] == []
    stem = "Did they say " + "and say " * 7 + "it?"
    assert long_stems(planted(pages["talk.md"], f'<p class="ask__stem">{stem}</p>')) == [stem]


def own_words(page: BeautifulSoup) -> int:
    """How many words a page has of its own, without notes, questions and frame."""
    return sum(len(words(block.text)) for block in blocks(main(page, PARTS)))


@pytest.mark.parametrize("path", ARTICLES)
def test_an_article_page_is_neither_thin_nor_long(path: str, pages: Pages) -> None:
    """400 to 900 words of its own, with at least one note of what research says."""
    assert FEWEST <= own_words(pages[path]) <= MOST
    assert pages[path].select_one("main .note")


def test_a_thin_or_long_page_is_noticed(pages: Pages) -> None:
    """Half a page, or one and a half, falls outside; what stands in a note does not count."""
    assert own_words(planted(pages["talk.md"], f"<p>{'and so on ' * 200}</p>")) > MOST
    cut = read(str(pages["talk.md"]))
    for part in cut.select("main > p, main > dl"):
        part.decompose()
    assert own_words(cut) < FEWEST
    noted = planted(pages["talk.md"], '<aside class="note"><p>And so on.</p></aside>')
    assert own_words(noted) == own_words(pages["talk.md"])


def long_steps(page: BeautifulSoup) -> list[str]:
    """The steps of the page for a hard minute that take too long to read."""
    steps = [s.id for s in SITE.pages["now.md"].sections if s.id != "before-you-send"]
    counts = {
        step: sum(len(words(plain(part))) for part in section(page, step)[1:]) for step in steps
    }
    return [step for step, count in counts.items() if not 0 < count < STEP]


def test_each_step_of_a_hard_minute_is_short(pages: Pages) -> None:
    """Under 60 words a step; a step with a paragraph more is noticed."""
    assert long_steps(pages["now.md"]) == []
    page = read(str(pages["now.md"]))
    section(page, "tonight")[0].insert_after(read(f"<p>{'and so on ' * 20}</p>"))
    assert long_steps(page) == ["tonight"]


# What is said


def said(page: BeautifulSoup) -> list[Block]:
    """All that a page tells a reader: not the halves of pairs that are headed "Instead of"."""
    return [block for block in blocks(main(page)) if not block.bad]


def small(text: str) -> str:
    """A text in small letters with straight quotes."""
    return re.sub("[\u2018\u2019]", "'", re.sub("[\u201c\u201d]", '"', text.lower()))


def hard_words(text: str) -> list[str]:
    """The words of a text for which we have a plainer one."""
    return [
        f"{hard}: write {swap.write}"
        for swap in WORDS.swaps
        for hard in swap.instead_of
        if re.search(rf"\b{re.escape(hard)}\b", small(text))
    ]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_uses_plain_words(path: str, pages: Pages) -> None:
    """Where there is a plainer word, it is used."""
    assert [
        (block.text, found) for block in said(pages[path]) if (found := hard_words(block.text))
    ] == []


@pytest.mark.parametrize("hard", [hard for swap in WORDS.swaps for hard in swap.instead_of])
def test_a_hard_word_is_noticed(hard: str) -> None:
    """Each word of the list is found in a page that has it."""
    page = only(f"<p>Then {hard.capitalize()} is what they say.</p>")
    found = [fault for block in said(page) for fault in hard_words(block.text)]
    assert any(fault.startswith(f"{hard}: ") for fault in found)


_BREAK = re.compile(r"[.;:,\"?!(]|\b(?:and|or|then|but|so)\b")
_TELLING = re.compile(
    r"(?:(?:please|just|now|first|then|today|tonight|always|simply|maybe|perhaps|also"
    r"|to|try|try to|why not|go and|it (?:may )?helps? to|the (?:best|next) \w+ is to"
    r"|you (?:can|could|should|might|may|must|need to|have to|want to|will|ought to))\s*)*"
)
_AGAINST = re.compile(r"\b(?:not|never|no|nobody|without|stop|avoid|instead of|\w+n't)\b")
_SUPPOSING = re.compile(r"\b(?:if|when) (?:they|he|she|someone|either|your partner)\b")


def tells(before: str) -> bool:
    """Whether words that follow ``before`` in a sentence tell the reader to do something.

    They do at the start of a clause, or after "you could" and the like. A "don't" reaches over an
    "or", and an "if they" over "and" and "or"; neither reaches over a comma alone.
    """
    joints = list(_BREAK.finditer(before))
    clause = before[joints[-1].end() :] if joints else before
    if not _TELLING.fullmatch(clause.strip()):
        return False
    joint = joints[-1][0] if joints else ""
    turned = joint == "or" and _AGAINST.search(before)
    supposed = joint in ("or", "and") and _SUPPOSING.search(before)
    return not turned and not supposed


def breaks(rule: Never, sentence: str) -> bool:
    """Whether a sentence says what a rule forbids; questions are no advice."""
    text = small(sentence)
    if rule.advice and text.rstrip('" ').endswith("?"):
        return False
    return any(
        not rule.advice or tells(text[: match.start()])
        for pattern in rule.patterns
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)
    )


def broken(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Every rule a page breaks, with the sentence that does."""
    return [
        (rule.id, sentence)
        for block in said(page)
        for sentence in block.sentences
        for rule in WORDS.never
        if breaks(rule, sentence)
    ]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_nothing_it_must_not(path: str, pages: Pages) -> None:
    """No banned advice, label, promise, unsafe word on suicide, false safety or shouting."""
    assert broken(pages[path]) == []


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(rule, sentence) for rule in WORDS.never for sentence in rule.caught],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_what_must_not_be_said_is_noticed(rule: Never, sentence: str) -> None:
    """Each sentence of words.yml is caught by its rule, and by no other, in a page that has it."""
    page = only(f"<p>Eat something. {sentence} Then sleep.</p>")
    assert [found for found, _ in broken(page)] == [rule.id]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(rule, sentence) for rule in WORDS.never for sentence in rule.passes],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_a_warning_may_be_said(rule: Never, sentence: str) -> None:
    """A sentence that warns, asks or tells what someone did is not advice to do it."""
    assert not breaks(rule, sentence)


def test_an_example_of_what_not_to_say_may_be_said() -> None:
    """The half of a pair headed "Instead of" is no advice; the half headed "Try" is."""
    pair = "<dl><dt>{}</dt><dd><p>Keep texting until they answer.</p></dd></dl>"
    assert broken(only(pair.format("Instead of"))) == []
    assert broken(only(pair.format("Instead of") + pair.format("Try"))) != []


def test_feedback_that_waits_in_the_page_counts() -> None:
    """What the quiz shows only after an answer is read as well."""
    option = '<input data-said="you are needy" data-feedback="Make them jealous.">'
    found = {rule for rule, _ in broken(only(option))}
    assert found == {"diagnosis or label", "jealousy"}


# What others may see


def seen(site: Path) -> Iterator[tuple[str, str]]:
    """What shows in a tab, a history, a preview or an address: where it stands, what it says."""
    for file in sorted(site.rglob("*")):
        here = file.relative_to(site).as_posix()
        yield here, re.sub(r"[/._]", " ", here)
        if file.suffix == ".html":
            page = read(file.read_text(encoding="utf-8"))
            yield f"{here} title", plain(page.title) if page.title else ""
            for link in page.select("a[href]"):
                # Followed, a link to a part of a page is a line of the history of its own.
                if not re.match(r"\w+:", str(link["href"])):
                    yield f"{here} link", re.sub(r"[/._#-]", " ", str(link["href"]))
            for tag in page.select('meta[name="description"], meta[property^="og:"]'):
                yield f"{here} {tag.get('name') or tag.get('property')}", str(tag["content"])


def telling(site: Path) -> list[tuple[str, str]]:
    """What others may see and should not, with the word that tells."""
    return [
        (where, word)
        for where, text in seen(site)
        for word in WORDS.bland
        if re.search(rf"\b{word}", text.lower())
    ]


def test_titles_addresses_and_previews_are_bland(site: Path) -> None:
    """No tab, history entry, file name or shared link tells what the page is about."""
    names = {where.rpartition(" ")[2] for where, _ in seen(site)}
    assert {"title", "description", "link", "og:title", "og:description"} <= names
    assert telling(site) == []


@pytest.mark.parametrize("place", ["title", "description", "og:title", "link", "file", "folder"])
def test_a_telling_place_is_noticed(place: str, tmp_path: Path) -> None:
    """A word that tells is found in a title, a description, a preview, a link, a file, a folder."""
    told = {place: "Leave him"}
    folder = tmp_path / ("is-he-abusive" if place == "folder" else "talk")
    folder.mkdir()
    name = "divorce.html" if place == "file" else "index.html"
    (folder / name).write_text(
        f"<title>{told.get('title', 'One talk')}</title>"
        f'<meta name="description" content="{told.get("description", "How to ask")}">'
        f'<meta property="og:title" content="{told.get("og:title", "How to ask")}">'
        f'<a href="../care/#{"if-afraid" if place == "link" else "now"}">Read</a>',
        encoding="utf-8",
    )
    assert telling(tmp_path)


# What stands on every page


def frame(page: BeautifulSoup) -> list[str]:
    """The parts of a page in order, each by its tag and first class; a tool's script is none."""
    assert page.body is not None
    parts = [part for part in page.body.children if isinstance(part, Tag) and part.name != "script"]
    return [f"{part.name}.{part.get_attribute_list('class')[0]}" for part in parts]


def test_help_stands_in_the_same_place_on_every_page(site: Path, pages: Pages) -> None:
    """One strip, after the text and before the foot, with the same three ways out on each page."""
    lost = read((site / "404.html").read_text(encoding="utf-8"))
    for path, page in {**pages, "404.md": lost}.items():
        assert frame(page) == frame(pages["index.md"]), path
        (strip,) = page.select("body > aside.help")
        leads = {str(a["href"]).strip("./").removesuffix("/") for a in strip.select("a[href]")}
        own = address(path).removesuffix("/index.html")
        assert {"help", "care", "now"} - {own} <= leads, path


def test_help_that_moves_is_noticed(pages: Pages) -> None:
    """A page with the strip before its text no longer looks like the others."""
    page = read(str(pages["talk.md"]))
    (strip,) = page.select("body > aside.help")
    assert page.main is not None
    page.main.insert_before(strip.extract())
    assert frame(page) != frame(pages["index.md"])


def reviewed(page: BeautifulSoup) -> list[tuple[str, str]]:
    """The days a page says it was last reviewed: for machines and in words."""
    return [(str(t["datetime"]), plain(t)) for t in page.select("main .reviewed time[datetime]")]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_when_it_was_last_reviewed(path: str, pages: Pages) -> None:
    """The day of its front matter, in words."""
    day = SITE.pages[path].meta.reviewed
    assert reviewed(pages[path]) == [(day, day_in_words(day))]


def test_a_day_is_written_in_words() -> None:
    """The month by its name, the day without a zero, whatever the machine's language."""
    assert day_in_words("2027-02-03") == "February 3, 2027"
    assert day_in_words("2026-11-23") == "November 23, 2026"
