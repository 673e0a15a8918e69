"""The Spanish site: the twin of the English one, in plain and safe Spanish words."""

import re
from collections.abc import Iterable, Mapping

import pytest
from bs4 import BeautifulSoup

from macros.data.addresses import address
from macros.data.records import Line, Record, YesNo
from macros.data.yaml_reader import load
from macros.languages import read_edition
from macros.render import typographic
from tests.support.netlify import ROOT
from tests.support.reading import Block, blocks, main, plain, read, section, words
from tests.support.spanish import ease

EDITION = read_edition(ROOT, "es")
SITE = EDITION.site
PATHS = sorted(SITE.pages)
LONGEST = 25

# Fernández-Huerta and INFLESZ at least, for a page and for each of its longer sections.
EASE = {"reader": (75, 70), "reference": (60, 55)}
FLOOR = {"reader": (70, 65), "reference": (55, 50)}
LONG_SECTION = 60

# Services and works are called by their names.
NAMES = [line.name for country in SITE.all_helplines.countries for line in country.lines]

Pages = Mapping[str, BeautifulSoup]


class Never(Record):
    """What no page may say. ``caught`` break the rule, ``passes`` do not.

    Patterns match whole words; with ``marks`` anything.
    """

    id: Line
    marks: YesNo = False
    patterns: tuple[str, ...]
    caught: tuple[Line, ...]
    passes: tuple[Line, ...]


class Words(Record):
    """The whole of words.es.yml."""

    never: tuple[Never, ...]
    bland: tuple[str, ...]


WORDS = load(ROOT / "tests/site/words.es.yml", Words).record
PATTERNS = {
    rule.id: [
        re.compile(pattern if rule.marks else rf"(?<!\w)(?:{pattern})(?!\w)")
        for pattern in rule.patterns
    ]
    for rule in WORDS.never
}


def there(path: str) -> str:
    """The address of a Spanish page."""
    return f"/es{address(path)}"


def told(page: BeautifulSoup) -> list[Block]:
    """What a page tells a reader, block by block."""
    return list(blocks(main(page)))


# The twin


@pytest.mark.parametrize("path", PATHS)
def test_a_page_and_its_twin_name_each_other(path: str, pages: Pages, spanish: Pages) -> None:
    """In the head, whole, and as a link in the bar that says so in the other language."""
    for page, language, other in (
        (pages[address(path)], "en", "es"),
        (spanish[there(path)], "es", "en"),
    ):
        assert page.html and page.html["lang"] == language
        named = {str(a["hreflang"]): str(a["href"]) for a in page.select("head link[hreflang]")}
        (canonical,) = page.select("head link[rel=canonical]")
        home = str(canonical["href"]).removesuffix(there(path)).removesuffix(address(path))
        assert named == {other: home + {"en": address(path), "es": there(path)}[other]}
        (link,) = page.select(f'.bar a[hreflang="{other}"]')
        assert link["lang"] == other
        assert plain(link) == {"es": "Español", "en": "English"}[other]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_the_ids_of_its_twin(path: str, pages: Pages, spanish: Pages) -> None:
    """A link to any part of one leads to the same part of the other: help has its own numbers."""
    ours, theirs = (
        {str(tag["id"]) for tag in page.select("main [id]:not(template *)")}
        for page in (spanish[there(path)], pages[address(path)])
    )
    if path in ("help/index.md", "find.md"):
        kept = {country.id for country in SITE.helplines.countries}
        assert {name for name in theirs if name in kept} <= ours
    else:
        assert ours == theirs


def test_no_english_of_ours_is_left(pages: Pages, spanish: Pages) -> None:
    """No line of four words or more is the same on a page and on its twin."""
    names = {typographic(name) for name in (*NAMES, *(s.name() for s in SITE.sources.sources))}
    left = {}
    for path in PATHS:
        english = {b.text for b in told(pages[address(path)])}
        same = {
            b.text
            for b in told(spanish[there(path)])
            if b.text in english and len(words(b.text)) > 3 and b.text not in names
        }
        if same:
            left[path] = same
    assert left == {}


def test_the_address_that_is_no_page_is_answered_in_spanish(spanish: Pages) -> None:
    """With the way to help, as in English."""
    page = spanish["/es/404.html"]
    assert page.html and page.html["lang"] == "es"
    assert any(str(a["href"]).endswith("/help/") for a in page.select("main a"))


def test_help_begins_with_people_who_answer_in_spanish(spanish: Pages) -> None:
    """The United States, Mexico and Spain; of each need first the lines that answer in Spanish."""
    page = spanish["/es/help/"]
    countries = [str(part["id"]) for part in page.select(".country")]
    assert countries[:3] == ["us", "mx", "es"]
    answered = SITE.helplines.countries[0].answered_in("es")
    for head in page.select("#us .need"):
        lines = []
        for after in head.find_next_siblings():
            if after.name == "h3":
                break
            if "helpline" in after.get("class", []):
                lines.append(str(after["id"]) in answered)
        assert lines == sorted(lines, reverse=True), plain(head)
    crisis = page.select_one("#us-988")
    assert crisis and "AYUDA" in plain(crisis)


def test_nothing_is_behind_the_english() -> None:
    """A page that is would say so."""
    assert EDITION.behind == ()


def test_the_page_about_says_that_no_native_professional_has_read_it(spanish: Pages) -> None:
    """Before its first heading."""
    first = spanish["/es/about/"].select_one(".text > p")
    assert first and re.search(r"terapeuta|dé terapia", plain(first))
    assert "español" in plain(first)


# Reading ease


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_easy_to_read(path: str, spanish: Pages) -> None:
    """As a whole and in each section of sixty words; no sentence over 25 words."""
    page, level = spanish[there(path)], SITE.pages[path].meta.level
    text = ("p", "li", "dd")
    sentences = [s for block in told(page) if block.tag in text for s in block.sentences]
    whole = ease(sentences)
    assert (whole.fernandez_huerta >= EASE[level][0], whole.inflesz >= EASE[level][1]) == (
        True,
        True,
    ), whole
    assert [s for s in sentences if len(words(s)) > LONGEST] == []
    for part in SITE.pages[path].sections:
        tags = section(page, part.id)[1:]
        found = [b for tag in tags for b in blocks(read(f"<body><main>{tag}</main></body>").main)]
        lines = [s for block in found if block.tag in text for s in block.sentences]
        if sum(len(words(s)) for s in lines) >= LONG_SECTION:
            one = ease(lines)
            assert one.fernandez_huerta >= FLOOR[level][0], (part.id, one)
            assert one.inflesz >= FLOOR[level][1], (part.id, one)


# What is said


def small(text: str) -> str:
    """A text in small letters with straight quotes, without the names of services."""
    for name in NAMES:
        text = text.replace(name, "")
    return re.sub("[\u2018\u2019]", "'", re.sub("[\u201c\u201d]", '"', text.lower()))


def broken(page: Iterable[Block]) -> list[tuple[str, str]]:
    """Every rule a page breaks, with the sentence that does."""
    return [
        (rule, sentence)
        for block in page
        if not block.bad
        for sentence in block.sentences
        for rule, patterns in PATTERNS.items()
        if any(pattern.search(small(sentence)) for pattern in patterns)
    ]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_nothing_it_must_not(path: str, spanish: Pages) -> None:
    """No mark for two genders, unsafe word, label, false promise or word of one country."""
    assert broken(told(spanish[there(path)])) == []


@pytest.mark.parametrize("rule", WORDS.never, ids=lambda rule: rule.id)
def test_a_rule_catches_what_it_should_and_lets_the_rest_pass(rule: Never) -> None:
    """Each sentence of words.es.yml, in a page that has it."""

    def found(sentence: str) -> set[str]:
        page = read(f"<body><main><p>{sentence}</p></main></body>")
        return {name for name, _ in broken(told(page))}

    for sentence in rule.caught:
        assert rule.id in found(sentence), sentence
    assert [sentence for sentence in rule.passes if rule.id in found(sentence)] == []


def test_titles_and_previews_are_bland(spanish: Pages) -> None:
    """No tab, history entry or shared link tells what a page is about."""
    telling = re.compile(rf"\b(?:{'|'.join(WORDS.bland)})")
    seen = [
        (here, text)
        for here, page in spanish.items()
        for text in (
            plain(page.title) if page.title else "",
            *(
                str(tag["content"])
                for tag in page.select('meta[name="description"], meta[property^="og:"]')
            ),
        )
    ]
    assert len(seen) > 2 * len(PATHS)
    assert [(here, text) for here, text in seen if telling.search(text.lower())] == []
