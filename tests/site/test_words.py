"""The words of the built pages: plain, short, fair, safe and bland."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median

import pytest
from bs4 import BeautifulSoup

from macros.data.addresses import address
from macros.data.records import Line, Record, YesNo
from macros.data.yaml_reader import load
from macros.render import typographic
from tests.support.netlify import ROOT
from tests.support.reading import (
    PARTS,
    Block,
    Lazy,
    blocks,
    grade,
    main,
    plain,
    read,
    section,
    words,
)
from tests.support.records import read_records

GRADE = {"reader": 6.0, "reference": 8.0}
MEDIAN, LONGEST, STEM = 14, 25, 15
# Words of an article's own, fewest and most, by the group of the page.
# Two pages have ten sections or more, each found by its own link: care.md for fear and danger of
# four kinds, talk.md for all of a talk. So 1,000 words, and not 900, are the most.
LENGTHS = {"way": (400, 1000), "care": (400, 1000), "more": (400, 900), "situations": (300, 400)}
STEP = 60

SITE = read_records()
PATHS = sorted(SITE.pages)
# A list of numbers to call has as many words as there are numbers.
ARTICLES = [
    path for path in PATHS if SITE.pages[path].meta.group in LENGTHS and path != "help/index.md"
]

Pages = Mapping[str, BeautifulSoup]
Prose = Mapping[str, tuple[Block, ...]]


class Swap(Record):
    """A plain word, and the harder ones it stands for."""

    write: Line
    instead_of: tuple[Line, ...]


class Never(Record):
    """What no page may say; ``advice`` when only telling the reader to do it counts.

    ``caught`` are sentences that break the rule, ``passes`` sentences that do not.
    """

    id: Line
    advice: YesNo = False
    patterns: tuple[str, ...]
    caught: tuple[Line, ...]
    passes: tuple[Line, ...]


class Words(Record):
    """The whole of words.yml."""

    swaps: tuple[Swap, ...]
    never: tuple[Never, ...]
    bland: tuple[str, ...]


WORDS = load(ROOT / "tests/site/words.yml", Words).record


@pytest.fixture(scope="session")
def prose(pages: Pages) -> Prose:
    """What each page says, block by block."""
    return Lazy(pages, lambda here: tuple(blocks(main(pages[here]))))


def only(html: str) -> tuple[Block, ...]:
    """The blocks of a page that says nothing else."""
    return tuple(blocks(main(read(f"<body><main>{html}</main></body>"))))


# Reading ease


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_easy_to_read(path: str, prose: Prose) -> None:
    """Grade 6 or lower for readers and 8 for reference; short sentences, none over 25 words.

    Headings, buttons and labels are left out: they would flatter it.
    """
    text = ("p", "li", "dd")
    read_as_text = [block for block in prose[address(path)] if block.tag in text]
    sentences = [sentence for block in read_as_text for sentence in block.sentences]
    assert grade(sentences) <= GRADE[SITE.pages[path].meta.level]
    assert median(len(words(sentence)) for sentence in sentences) <= MEDIAN
    assert [s for s in sentences if len(words(s)) > LONGEST] == []


def test_no_stem_is_long(pages: Pages) -> None:
    """Every question of the quiz and every check asks in 15 words or fewer."""
    found = [stem for page in pages.values() for stem in page.select(".quiz__stem, .ask__stem")]
    stems = {re.sub(r"^\d+\. ", "", plain(stem)) for stem in found}
    assert len(stems) >= len(SITE.quiz.items) + len(SITE.quiz.checks)
    assert [stem for stem in stems if len(words(stem)) > STEM] == []


@pytest.mark.parametrize("path", ARTICLES)
def test_an_article_page_is_neither_thin_nor_long(path: str, pages: Pages) -> None:
    """400 to 1,000 words of its own, 300 to 400 about one situation, and a note on research."""
    page = pages[address(path)]
    fewest, most = LENGTHS[SITE.pages[path].meta.group]
    assert fewest <= sum(len(words(block.text)) for block in blocks(main(page, PARTS))) <= most
    assert page.select_one("main .note")


def test_each_step_of_a_hard_minute_is_short(pages: Pages) -> None:
    """Under 60 words a step."""
    for step in SITE.pages["now.md"].sections:
        told = sum(len(words(plain(part))) for part in section(pages["/now/"], step.id)[1:])
        assert 0 < told < STEP or step.id == "before-you-send", step.id


# What is said


def said(page: Iterable[Block]) -> list[Block]:
    """All that a page tells a reader: not the halves of pairs that are headed "Instead of"."""
    return [block for block in page if not block.bad]


def small(text: str) -> str:
    """A text in small letters with straight quotes."""
    return re.sub("[\u2018\u2019]", "'", re.sub("[\u201c\u201d]", '"', text.lower()))


HARD = {
    hard: re.compile(rf"\b{re.escape(hard)}\b") for swap in WORDS.swaps for hard in swap.instead_of
}


def hard_words(page: Iterable[Block]) -> list[str]:
    """The words of a page for which we have a plainer one."""
    told = [small(block.text) for block in said(page)]
    return [hard for text in told for hard, pattern in HARD.items() if pattern.search(text)]


def test_every_page_uses_plain_words(prose: Prose) -> None:
    """Where there is a plainer word, it is used."""
    found = {here: hard for here, page in prose.items() if (hard := hard_words(page))}
    assert found == {}, "tests/site/words.yml has plainer words"


def test_every_hard_word_of_the_list_would_be_found() -> None:
    for hard in HARD:
        assert hard in hard_words(only(f"<p>Then {hard.capitalize()} is what they say.</p>"))


_BREAK = re.compile(r"[.;:,\"?!(]|\b(?:and|or|then|but|so)\b")
_TELLING = re.compile(
    r"(?:(?:please|just|now|first|then|today|tonight|always|simply|maybe|perhaps|also"
    r"|to|try|try to|why not|go and|it (?:may )?helps? to|the (?:best|next) \w+ is to"
    r"|you (?:can|could|should|might|may|must|need to|have to|want to|will|ought to))\s*)*"
)
_AGAINST = re.compile(r"\b(?:not|never|no|nobody|without|stop|avoid|instead of|\w+n't)\b")
_SUPPOSING = re.compile(r"\b(?:if|when) (?:they|he|she|someone|either|your partner)\b")
PATTERNS = {
    rule.id: [re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in rule.patterns]
    for rule in WORDS.never
}


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
        for pattern in PATTERNS[rule.id]
        for match in pattern.finditer(text)
    )


def broken(page: Iterable[Block]) -> list[tuple[str, str]]:
    """Every rule a page breaks, with the sentence that does."""
    return [
        (rule.id, sentence)
        for block in said(page)
        for sentence in block.sentences
        for rule in WORDS.never
        if breaks(rule, sentence)
    ]


def test_no_page_says_what_it_must_not(prose: Prose) -> None:
    """No banned advice, label, promise, unsafe word on suicide, false safety or shouting."""
    assert {here: found for here, page in prose.items() if (found := broken(page))} == {}


@pytest.mark.parametrize("rule", WORDS.never, ids=lambda rule: rule.id)
def test_a_rule_catches_what_it_should_and_lets_warnings_pass(rule: Never) -> None:
    """Each sentence of words.yml is caught by its rule and no other, in a page that has it."""
    for sentence in rule.caught:
        page = only(f"<p>Eat something. {sentence} Then sleep.</p>")
        assert [found for found, _ in broken(page)] == [rule.id], sentence
    assert [sentence for sentence in rule.passes if breaks(rule, sentence)] == []


def test_an_example_of_what_not_to_say_may_be_said() -> None:
    """The half of a pair headed "Instead of" is no advice; the half headed "Try" is."""
    pair = "<dl><dt>{}</dt><dd><p>Keep texting until they answer.</p></dd></dl>"
    assert broken(only(pair.format("Instead of"))) == []
    assert broken(only(pair.format("Instead of") + pair.format("Try"))) != []


def test_words_that_wait_in_the_page_are_read_too(prose: Prose) -> None:
    """The lines that the quiz shows only after some answers."""
    told = {block.text for block in prose["/quiz/"]}
    lines = {typographic(also.text) for outcome in SITE.quiz.outcomes for also in outcome.also}
    assert len(lines) > 50
    assert lines <= told


# What others may see


def seen(site: Path, pages: Pages) -> Iterator[tuple[str, str]]:
    """What shows in a tab, a history, a preview or an address: where it stands, what it says."""
    for file in sorted(site.rglob("*")):
        here = file.relative_to(site).as_posix()
        yield here, re.sub(r"[/._]", " ", here)
    for here, page in pages.items():
        yield f"{here} title", plain(page.title) if page.title else ""
        for link in page.select("a[href]"):
            # Followed, a link to a part of a page is a line of the history of its own.
            if not re.match(r"\w+:", str(link["href"])):
                yield f"{here} link", re.sub(r"[/._#-]", " ", str(link["href"]))
        for tag in page.select('meta[name="description"], meta[property^="og:"]'):
            yield f"{here} {tag.get('name') or tag.get('property')}", str(tag["content"])


def test_titles_addresses_and_previews_are_bland(site: Path, pages: Pages) -> None:
    """No tab, history entry, file name or shared link tells what the page is about."""
    found = list(seen(site, pages))
    places = {where.rpartition(" ")[2] for where, _ in found}
    assert {"title", "description", "link", "og:title", "og:description"} <= places
    telling = re.compile(rf"\b(?:{'|'.join(WORDS.bland)})")
    assert [(where, text) for where, text in found if telling.search(text.lower())] == []
