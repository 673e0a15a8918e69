"""On paper nothing is lost: all text, all addresses; help and the page's address at the foot."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.quiz.model import Quiz
from macros.site import read_site
from tests.support.netlify import ROOT, Served
from tests.tools.screenshots import addresses
from tests.tools.sheets import SIZES, dense, pieces, sides, stands

# What is there only to press, or only for the screen, and need not get onto paper.
SKIPPED = (
    "nav.helplines__countries, .leave-note, button, .find__field, .find__none,"
    ".quiz__where, .quiz__review, .quiz__after,"
    "[hidden]:not(.quiz *), .here, .reviewed, .desk__find, .desk__ways a, .desk__code, .maker__pick"
)

# Where the links lead that a reader of paper may want to follow.
LINKS = """() => [...document.querySelectorAll("main a[href]")]
  .filter((a) => !a.matches(
      ".leave-note a, nav.helplines__countries a, .find__none a, .desk__ways a")
    && !a.closest("[hidden]:not(.quiz *)") && !/^(tel:|sms:|#)/.test(a.getAttribute("href")))
  .map((a) => a.origin === location.origin ? a.pathname + a.hash : a.href)"""

COLORS = """() => {
  const odd = new Set();
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility() || element.closest("svg")) continue;
    const { color, backgroundColor } = getComputedStyle(element);
    if (color !== "rgb(0, 0, 0)") odd.add(`${element.className} is ${color}`);
    if (!["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(backgroundColor)) {
      odd.add(`${element.className} on ${backgroundColor}`);
    }
  }
  return [...odd];
}"""


@dataclass(frozen=True)
class Paper:
    """A page's text in pieces, the addresses its links lead to, and its dense text on each size."""

    pieces: list[str]
    links: list[str]
    own: str | None
    text: dict[str, str]


def on_paper(page: Page) -> Paper:
    """Print the open page on every size."""
    own = page.locator("link[rel=canonical]")
    return Paper(
        pieces(page.locator("main"), SKIPPED),
        page.evaluate(LINKS),
        own.get_attribute("href") if own.count() else None,
        {size: "".join(sides(page.pdf(format=size))) for size in SIZES},
    )


def lost(paper: Paper) -> list[str]:
    """Return the pieces of a page's text that are not on paper, on one size or the other."""
    papers = paper.text.values()
    return [p for p in paper.pieces if not all(stands(dense(p), text) for text in papers)]


@pytest.fixture(scope="module")
def papers(site: Path, served: Served, browser: Browser) -> dict[str, Paper]:
    """Return every page of the site, printed."""
    page = browser.new_page(base_url=served.url)
    found = {}
    for address in addresses(site):
        page.goto(address)
        found[address] = on_paper(page)
    page.close()
    return found


def test_all_text_of_every_page_gets_onto_paper(papers: dict[str, Paper]) -> None:
    """Every word of every page, notes that are closed on the screen included."""
    assert {address: lost(paper) for address, paper in papers.items() if lost(paper)} == {}


def test_a_note_left_closed_is_noticed(page: Page) -> None:
    """The check above fails if closed notes stay closed on paper."""
    page.goto("/stop-convincing/")
    assert lost(on_paper(page)) == []
    page.evaluate(
        "const sheet = new CSSStyleSheet(); document.adoptedStyleSheets = [sheet];"
        "sheet.replaceSync('details::details-content{display:none}')"
    )
    assert lost(on_paper(page)) != []


def test_addresses_of_links_are_printed(papers: dict[str, Paper]) -> None:
    """Of other sites the whole address, of ours the path below this site."""
    for address, paper in papers.items():
        missing = [link for link in paper.links if dense(link) not in paper.text["A4"]]
        assert missing == [], address


def test_the_foot_has_help_and_the_pages_own_address(papers: dict[str, Paper]) -> None:
    """A number to call in each country, and where this page is."""
    emergency = [
        dense(f"{country.name} {country.emergency}")
        for country in read_site(ROOT).helplines.countries
        if country.emergency
    ]
    assert len(emergency) > 3
    for address, paper in papers.items():
        assert [number for number in emergency if number not in paper.text["A4"]] == [], address
        assert (paper.own is None) == (address == "/404.html")
        assert paper.own is None or dense(f"This page: {paper.own}") in paper.text["A4"]


@pytest.mark.parametrize("dark", (False, True))
def test_paper_is_black_on_white(site: Path, new_page: Callable[..., Page], dark: bool) -> None:
    """Whatever the reader's scheme; circles are outlines; the bar and Leave are gone."""
    page = new_page(dark=dark)
    page.emulate_media(media="print")
    for address in addresses(site):
        page.goto(address)
        assert page.evaluate(COLORS) == [], address
        assert page.get_by_role("banner").is_hidden()
        assert page.get_by_role("link", name="Read in private").is_hidden()
        fills = page.locator("main .circles circle").evaluate_all(
            "circles => [...new Set(circles.map(c => getComputedStyle(c).fill))]"
        )
        assert fills == ["none"], address


def test_no_question_is_split_over_two_sheets(page: Page) -> None:
    """A question stands on one sheet with all its options, on both sizes."""
    quiz: Quiz = read_site(ROOT).quiz
    page.goto("/quiz/")
    for size in SIZES:
        sheets = sides(page.pdf(format=size))
        for item in quiz.items:
            stem = dense(item.stem.replace("'", "’"))
            options = "".join(
                f"{letter}{dense(option.text)}"
                for letter, option in zip("abcdefghij", item.options, strict=False)
            ).replace("'", "’")
            holding = [sheet for sheet in sheets if stem in sheet]
            assert len(holding) == 1, item.id
            jumps = re.sub(r"If[a-j],goonwithquestion\d+\.", "", holding[0])
            assert options in jumps[jumps.index(stem) :], f"{item.id} on {size}"
