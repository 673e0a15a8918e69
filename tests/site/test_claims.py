"""Every claim of the article has one home on the site, and its home speaks of it."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from macros.data.claims import Claim
from macros.site import read_site
from tests.support.netlify import ROOT
from tests.support.reading import address, built, plain, read, section

Pages = Mapping[str, BeautifulSoup]
Plant = Callable[[dict[str, BeautifulSoup]], None]

SHORT = "short.md"
SOURCES = ("sources/index.md", "sources/small.md", "sources/services.md")
VIEW = "The article\u2019s view."

SITE = read_site(ROOT)
CLAIMS = SITE.claims.claims


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every built page, parsed."""
    return built(site, sorted(SITE.pages))


def home(claim: Claim, pages: Pages) -> list[Tag]:
    """What stands in a claim's home section, its heading first; empty when there is none."""
    path, _, name = claim.home.partition("#")
    return section(pages[path], name)


def links(parts: list[Tag], path: str) -> set[str]:
    """Where the links of a page's parts lead, as addresses from the root."""
    here = "/" + address(path).removesuffix("index.html")
    return {urljoin(here, str(a["href"])) for part in parts for a in part.select("a[href]")}


def lead_to(ref: str) -> str:
    """The address of ``talk.md#ask-why`` from the root."""
    path, _, name = ref.partition("#")
    return f"/{address(path).removesuffix('index.html')}#{name}"


def views(parts: list[Tag]) -> int:
    """How many quotations in these parts are marked as the article's view."""
    quotes = [
        quote
        for part in parts
        for quote in [part, *part.find_all("blockquote")]
        if quote.name == "blockquote"
    ]
    return sum(plain(quote).startswith(VIEW) for quote in quotes)


def faults(claim: Claim, pages: Pages) -> list[str]:
    """What is wrong with where a claim stands; empty when nothing is."""
    path, _, name = claim.home.partition("#")
    short = pages[SHORT].main
    assert short is not None
    if len(pages[path].find_all(id=name)) != 1:
        return ["no single section has that id"]
    _, *below = home(claim, pages)
    text = " ".join(plain(part) for part in below).lower()
    found = []
    if not any(word.lower().replace("'", "\u2019") in text for word in claim.words):
        found.append("its home does not speak of it")
    if views(below) != 1:
        found.append("its home does not give the article's view once")
    if lead_to(claim.home) not in links([short], SHORT):
        found.append("the short version does not lead to it")
    notes = [part for part in below if "note" in classes(part)]
    beside = {lead_to(f"{place}#{source}") for place in SOURCES for source in claim.beside}
    if beside and not beside & links(notes, path):
        found.append("no note beside it says how firm it is")
    return found


def classes(tag: Tag) -> list[str]:
    """The classes of a tag."""
    return list(tag.get_attribute_list("class"))


def unclaimed(pages: Pages) -> int:
    """How many of the article's views stand somewhere that is no claim's home."""
    everywhere = sum(views([page]) for page in pages.values())
    homes = {claim.home: home(claim, pages) for claim in CLAIMS}
    return everywhere - sum(views(parts) for parts in homes.values())


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.id for claim in CLAIMS])
def test_claim_has_one_home_that_speaks_of_it(
    claim: Claim, pages: dict[str, BeautifulSoup]
) -> None:
    """The section exists, says it as the article's view, and the short version leads there."""
    assert faults(claim, pages) == []


def test_no_two_claims_share_a_home(pages: dict[str, BeautifulSoup]) -> None:
    """Each claim has a section of its own, and each view on the site is some claim's."""
    assert len({claim.home for claim in CLAIMS}) == len(CLAIMS)
    assert unclaimed(pages) == 0


CLAIM = next(claim for claim in CLAIMS if claim.id == "no-force")
PATH, _, NAME = CLAIM.home.partition("#")


def _take_away(pages: dict[str, BeautifulSoup]) -> None:
    for part in section(pages[PATH], NAME):
        part.decompose()


def _double(pages: dict[str, BeautifulSoup]) -> None:
    section(pages[PATH], NAME)[0].insert_before(read(f'<h2 id="{NAME}">Again</h2>'))


def _hush(pages: dict[str, BeautifulSoup]) -> None:
    for part in section(pages[PATH], NAME)[1:]:
        for text in part.find_all(string=re.compile("|".join(CLAIM.words), re.IGNORECASE)):
            text.replace_with(re.sub("|".join(CLAIM.words), "asking", text, flags=re.IGNORECASE))


def _unquote(pages: dict[str, BeautifulSoup]) -> None:
    for part in section(pages[PATH], NAME):
        if part.name == "blockquote":
            part.name = "div"


def _unlink(pages: dict[str, BeautifulSoup]) -> None:
    for a in pages[SHORT].select(f'a[href$="#{NAME}"]'):
        a.decompose()


def _unnote(pages: dict[str, BeautifulSoup]) -> None:
    for part in section(pages[PATH], NAME):
        if "note" in classes(part):
            part.decompose()


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (_take_away, "no single section has that id"),
        (_double, "no single section has that id"),
        (_hush, "its home does not speak of it"),
        (_unquote, "its home does not give the article's view once"),
        (_unlink, "the short version does not lead to it"),
        (_unnote, "no note beside it says how firm it is"),
    ],
)
def test_a_planted_fault_is_found(plant: Plant, said: str, pages: dict[str, BeautifulSoup]) -> None:
    """A claim that loses its home, its words, its link or its note is noticed, for that reason."""
    copies = {path: read(str(page)) for path, page in pages.items()}
    plant(copies)
    assert faults(CLAIM, copies) == [said]


def test_a_word_in_the_next_section_does_not_count(pages: dict[str, BeautifulSoup]) -> None:
    """Only what stands up to the next heading of the same level belongs to a section."""
    copies = {path: read(str(page)) for path, page in pages.items()}
    _hush(copies)
    last = section(copies[PATH], NAME)[-1]
    last.insert_after(read(f"<h2>Next</h2><p>{CLAIM.words[0]}</p>"))
    assert faults(CLAIM, copies) == ["its home does not speak of it"]


def test_a_second_home_is_found(pages: dict[str, BeautifulSoup]) -> None:
    """The article's view given in a section that is no claim's home shows up."""
    copies = {path: read(str(page)) for path, page in pages.items()}
    main = copies["friends.md"].main
    assert main is not None
    main.append(read(f"<blockquote><p>{VIEW} You cannot make anyone stay.</p></blockquote>"))
    assert unclaimed(copies) == 1
