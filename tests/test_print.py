"""On paper nothing is lost: all text, all addresses, help and the page's own address at the foot."""

import re
import unicodedata
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from macros.quiz import Quiz
from macros.site import read_site
from tests.netlify import ROOT
from tests.screenshots import addresses

SIZES = ("A4", "Letter")

# The pieces of text a page has, whether its notes are open or not; not what is for pressing only.
PIECES = """() => {
  const skipped = "nav.helplines__countries, .leave-note, button, .quiz__where, .quiz__review, .quiz__after";
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const { parentElement, data } = walk.currentNode;
    if (data.trim() && !parentElement.closest(skipped)) found.push(data);
  }
  return found;
}"""

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


def dense(text: str) -> str:
    """Return a text without spaces, ligatures undone: how a PDF breaks lines does not matter."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def printed(page: Page, size: str = "A4") -> list[str]:
    """Return the dense text of each sheet, without the sheet's number."""
    pdf = PdfReader(BytesIO(page.pdf(format=size)))
    sheets = [dense(sheet.extract_text()) for sheet in pdf.pages]
    return [
        re.sub(rf"^{n}/{len(sheets)}|{n}/{len(sheets)}$", "", s) for n, s in enumerate(sheets, 1)
    ]


def lost(page: Page, size: str = "A4") -> list[str]:
    """Return the pieces of the page's text that are not on paper."""
    paper = "".join(printed(page, size))
    return [piece for piece in page.evaluate(PIECES) if dense(piece) not in paper]


@pytest.mark.parametrize("size", SIZES)
def test_all_text_of_every_page_gets_onto_paper(site: Path, page: Page, size: str) -> None:
    """Every word of every page, notes that are closed on the screen included."""
    for address in addresses(site):
        page.goto(address)
        assert lost(page, size) == [], address


def test_a_note_left_closed_is_noticed(page: Page) -> None:
    """The check above fails if closed notes stay closed on paper."""
    page.goto("/stop-convincing/")
    page.evaluate(
        "const sheet = new CSSStyleSheet(); document.adoptedStyleSheets = [sheet];"
        "sheet.replaceSync('details::details-content{display:none}')"
    )
    assert lost(page) != []


def test_addresses_of_links_are_printed(site: Path, page: Page) -> None:
    """Of other sites the whole address, of ours the path below this site."""
    for address in addresses(site):
        page.goto(address)
        paper = "".join(printed(page))
        for link in page.locator("main a:not(.leave-note a, nav.helplines__countries a)").all():
            href = link.get_attribute("href") or ""
            if href.startswith(("tel:", "sms:", "#")):
                continue
            whole = link.evaluate("link => link.href")
            path = whole if href.startswith("http") else "/" + whole.split("/", 3)[3]
            assert dense(path) in paper, f"{path} on {address}"


def test_the_foot_has_help_and_the_pages_own_address(site: Path, page: Page) -> None:
    """A number to call in each country, and where this page is."""
    emergency = [
        f"{country.name} {country.emergency}"
        for country in read_site(ROOT).helplines.countries
        if country.emergency
    ]
    assert len(emergency) > 3
    for address in addresses(site):
        page.goto(address)
        paper = "".join(printed(page))
        assert all(dense(number) in paper for number in emergency), address
        if address != "/404.html":
            own = page.locator("link[rel=canonical]").get_attribute("href")
            assert dense(f"This page: {own}") in paper
        assert "Leavethissite" not in paper or address in ("/care/", "/privacy/", "/about/")


@pytest.mark.parametrize("dark", (False, True))
def test_paper_is_black_on_white(site: Path, new_page: Callable[..., Page], dark: bool) -> None:
    """Whatever the reader's scheme; circles are outlines; the bar and Leave are gone."""
    page = new_page(dark=dark)
    page.emulate_media(media="print")
    for address in addresses(site):
        page.goto(address)
        assert page.evaluate(COLORS) == [], address
        assert page.locator(".bar").is_hidden()
        fills = page.locator("main .circles circle").evaluate_all(
            "circles => [...new Set(circles.map(c => getComputedStyle(c).fill))]"
        )
        assert fills == ["none"], address


def test_no_question_is_split_over_two_sheets(page: Page) -> None:
    """A question stands on one sheet with all its options, on both sizes."""
    quiz: Quiz = read_site(ROOT).quiz
    page.goto("/quiz/")
    for size in SIZES:
        sheets = printed(page, size)
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
