"""Every page of the site, visited once in each way people read: all findings of a visit at once.

What is looked at is in support/probes.js. A visit is a test; it fails with all that is wrong.
"""

import re
from collections.abc import Callable, Collection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from macros.data.addresses import address as to_address
from macros.render import typographic
from tests.support.browsers import DESKTOP, NARROW, PHONE, ZOOMED
from tests.support.journeys import (
    ADDRESSES,
    FEW,
    GIVEN_OUT,
    KINDS,
    OPENED_BY_ADDRESS,
    PUBLIC,
    SAMPLE,
    SITE,
    html,
)
from tests.support.leaving import LEAVE, by_click, forecast
from tests.support.netlify import Served
from tests.support.paper import LINKS, SIZES, code_at_the_foot, dense, lost, pieces, printed
from tests.support.privacy import Ledger
from tests.support.probes import (
    CONTRAST,
    DOUBLED,
    FORCED,
    LOOKS,
    SPACING,
    STRUCTURE,
    axe,
    probe,
    probes,
    restyle,
    tab_through,
)
from tests.support.weight import loaded, named
from tests.tools.sheets import sheets

SMALL: ViewportSize = {"width": 360, "height": 640}
TABLET: ViewportSize = {"width": 768, "height": 1024}
TWO_COLUMNS: ViewportSize = {"width": 704, "height": 900}
"""The least width with notes beside the text: where both are narrowest, notes reach furthest."""
THREE_COLUMNS: ViewportSize = {"width": 1100, "height": 768}
"""The least width with contents beside text and notes."""
# Text at 400 %, a phone on its side, a window just before the contents appear, a wall.
WIDTHS: tuple[ViewportSize, ...] = (
    *(NARROW, ZOOMED, SMALL, {"width": 667, "height": 375}, TWO_COLUMNS, TABLET),
    *({"width": 1000, "height": 700}, THREE_COLUMNS, {"width": 1920, "height": 1080}, DESKTOP),
)
FEWER = (NARROW, SMALL, TWO_COLUMNS, DESKTOP)
"""For pages that are like others; make thorough looks at them at all widths."""

every_page = pytest.mark.parametrize("address", ADDRESSES)


def first(few: Collection[str]) -> pytest.MarkDecorator:
    """Every page: a few now, the others in make thorough."""
    pages = [pytest.param(a, marks=[pytest.mark.slow] * (a not in few)) for a in ADDRESSES]
    return pytest.mark.parametrize("address", pages)


no_404 = pytest.mark.allow("404")


def found(**findings: list[str]) -> dict[str, list[str]]:
    """Keep what has findings."""
    return {name.replace("_", " "): each for name, each in findings.items() if each}


def first_stops(page: Page) -> list[str]:
    """The keyboard comes to the skip link, then to Leave."""
    skip, second = page.evaluate("places.slice(0, 2).map(place => place.name)")
    fine = skip.startswith("Skip to") and second == "Leave this site"
    return [] if fine else [f"{skip}, {second}"]


def way_out(page: Page) -> list[str]:
    """Leave opens in this tab, silently."""
    # In the bar alone: to work out the names of all links of a page takes as long as to open it.
    leave = page.locator("header").get_by_role("link", name="Leave this site", exact=True)
    said = [leave.get_attribute(name) for name in ("href", "rel", "target")]
    return [] if said == [LEAVE, "noreferrer nofollow", None] else [f"{said}"]


def preview(page: Page) -> list[str]:
    """The one neutral picture other services show, by its whole address."""
    address = page.locator("meta[property='og:image']").get_attribute("content") or ""
    return [] if urlsplit(address)[::2] == ("http", "/preview.png", "") else [address]


@no_404
@first(FEW)
@pytest.mark.fresh
def test_a_page_asks_for_what_it_names_and_keeps_nothing(
    address: str, page: Page, served: Served, site: Path
) -> None:
    """So its files weigh what a visit weighs. Used, it asks for and keeps nothing more."""
    assert loaded(page, served, address) == named(site, address)
    ledger = Ledger(page)
    probe(page, "use")
    page.locator("footer a").first.hover()
    assert ledger.close() == []


LIGHTNESS = """() => ["backgroundColor", "color"].map((name) =>
    getComputedStyle(document.body)[name].match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0))"""


@no_404
@every_page
def test_a_page_at_any_width(address: str, page: Page) -> None:
    """Nothing sticks out or breaks a word; help and Leave stay in view and cover nothing.

    Each address given out leads to its text. On a phone a reader may space the text, or double it.
    Axe has no complaint but of colors, which test_a_page_in_all_colors looks at; on pages that are
    like others, test_no_two_boxes_meet_at_any_width asks it.
    """
    page.goto(address)
    findings = found(preview=preview(page), leave=way_out(page))
    for size in WIDTHS if address in SAMPLE else FEWER:
        page.set_viewport_size(size)
        names = ["sticksOut", "brokenWords", "barRows", "barHeight", "notesOverlap", "crowded"]
        if size in (NARROW, ZOOMED, SMALL, DESKTOP):
            names += ["barInView", "covered"]
        if size == NARROW:
            names += ["small", "underItsLink"]
        if size in (SMALL, TABLET, THREE_COLUMNS, DESKTOP):
            names += ["tallHead"]
        if size in (SMALL, DESKTOP):
            names += ["oddType"]
        findings |= probes(page, f"at {size['width']} by {size['height']}", *names)
    if address not in OPENED_BY_ADDRESS:
        findings |= found(addresses=probe(page, "notInView", GIVEN_OUT.get(address, [])))
        page.evaluate("location.hash = ''")
    probe(page, "unfold")
    findings |= found(outline=probe(page, "outline"))
    if address in SAMPLE:
        findings |= found(axe=axe(page, rules=STRUCTURE))
    page.set_viewport_size(NARROW)
    restyle(page, SPACING)
    findings |= probes(page, "spaced", "cutOff", "sticksOut")
    restyle(page, SPACING + DOUBLED)
    findings |= probes(page, "spaced and doubled", "sticksOut")
    page.set_viewport_size(PHONE)
    restyle(page, DOUBLED)
    findings |= probes(page, "doubled", "sticksOut", "barInView")
    assert findings == {}


@pytest.mark.slow
@no_404
@every_page
def test_no_two_boxes_meet_at_any_width(address: str, page: Page) -> None:
    """Notes, text, contents and asides never cover each other, and no text leaves its box.

    test_a_page_at_any_width looks at a few, the least of each number of columns among them.
    """
    page.goto(address)
    findings = {}
    for width in range(320, 1921, 80):
        page.set_viewport_size({"width": width, "height": 900})
        findings |= probes(page, f"at {width}", "crowded", "sticksOut", "brokenWords", "barRows")
    probe(page, "unfold")
    findings |= found(axe=axe(page, rules=STRUCTURE))
    assert findings == {}


def test_the_sample_has_every_kind_of_element(site: Path) -> None:
    """So what is looked at on its pages alone is looked at once for each class of element."""
    classes = {
        address: {
            name
            for of in re.findall(r'<\w[^>]*? class="?([^">]+)', html(site, address))
            for name in of.split()
        }
        for address in ADDRESSES
    }
    assert set().union(*classes.values()) == set().union(*(classes[each] for each in SAMPLE))


@no_404
@first(FEW)
def test_a_page_by_keyboard(address: str, page: Page) -> None:
    """At a desk, and in a window of 400 %: each stop is seen, in order, from the skip link on."""
    findings = {}
    for size in (DESKTOP, ZOOMED):
        page.set_viewport_size(size)
        page.goto(address)
        probe(page, "thin")
        if wrong := tab_through(page) + first_stops(page):
            findings[size["width"]] = wrong
    assert findings == {}


@no_404
@first(FEW)
def test_a_page_in_all_colors(address: str, page: Page) -> None:
    """Contrast by day, at night on a narrow phone with a reader's own spacing, in forced colors."""
    page.goto(address)
    probe(page, "thin")
    probe(page, "unfold")
    findings = found(day=axe(page, rules=LOOKS))
    page.emulate_media(forced_colors="active")
    restyle(page, FORCED)
    findings |= found(forced=axe(page, rules=CONTRAST), circles=probe(page, "noOutline"))
    page.emulate_media(forced_colors="none", color_scheme="dark")
    page.set_viewport_size(NARROW)
    restyle(page, SPACING)
    paper, ink = page.evaluate(LIGHTNESS)
    findings |= found(dark=[] if paper < 150 < 600 < ink else [f"{ink} on {paper}"])
    assert findings | found(night=axe(page, rules=LOOKS)) == {}


@pytest.mark.allow("404", "request to another host")
@first(SAMPLE)
def test_a_page_without_scripts(address: str, new_page: Callable[..., Page]) -> None:
    """All of it is there, no button does nothing, and Leave is a link that tells no one."""
    page = new_page(scripts=False)
    asked = forecast(page) if address in KINDS else []
    page.goto(address)
    findings = probes(page, "read", "unseen", "outline")
    if address not in OPENED_BY_ADDRESS:
        findings |= found(addresses=probe(page, "notInView", GIVEN_OUT.get(address, [])))
    offered = page.locator("main button:visible").all_inner_texts()
    assert page.locator("aside[aria-label=Help] a[href]").first.is_visible()
    findings |= found(buttons=offered, leave=way_out(page))
    if address in KINDS:
        by_click(page)
        expect(page).to_have_title("Forecast")
    told = [header for headers in asked for header in headers if header in ("referer", "cookie")]
    assert findings | found(told=told) == {}


SHEETS = {sheet.address for sheet in sheets(SITE)}
EMERGENCY = [
    dense(f"{country.name} {country.emergency}")
    for country in SITE.helplines.countries
    if country.emergency
]


# The worksheet has every question, its key and a text for each life; the booklet has all scenes.
SIDES = {"/quiz/": 6, "/practice/": 12}


@no_404
@first(SAMPLE)
def test_a_page_on_paper(address: str, page: Page) -> None:
    """Black on white, all its words and addresses; a sheet has few sides and its own code."""
    page.goto(address)
    said, links = pieces(page.locator("main")), page.evaluate(LINKS)
    findings = {}
    for scheme in ("dark", "light"):
        page.emulate_media(media="print", color_scheme=scheme)
        findings |= probes(page, scheme, "colored", "pressable")
    path = next((path for path in SITE.pages if to_address(path) == address), None)
    needed = list(links) if path else []
    if path:
        meta = SITE.pages[path].meta
        needed += [f"{meta.title} · Hold On or Let Go", PUBLIC + address, "CC BY 4.0"]
    assert len(EMERGENCY) > 3
    for size in SIZES:
        sheet = printed(page, size)
        text = sheet.text
        findings |= {f"lost on {size}": each for each in [lost(said, text)] if each}
        missing = [line for line in needed if dense(typographic(line)) not in text]
        missing += [number for number in EMERGENCY if number not in text]
        if path and not re.search(r"Edition[0-9a-f]{8}\.Reviewed[A-Z][a-z]+\d+,20\d\d\.", text):
            missing.append("edition and review")
        findings |= {f"not on {size}": each for each in [missing] if each}
        if address in SHEETS:
            problems = sheet.problems(size, page.title())
            sides = SIDES.get(address, 3)
            problems += [f"{len(sheet.sides)} sides on {size}"] if len(sheet.sides) > sides else []
            findings |= {f"as a document, {size}": each for each in [problems] if each}
    if (
        address in SHEETS
        and path
        and SITE.pages[path].meta.qr
        and (code := code_at_the_foot(page)) != [PUBLIC + address]
    ):
        findings["code"] = code
    assert findings == {}
