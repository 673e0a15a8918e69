"""Every page of the site, visited once in each way people read: all findings of a visit at once.

What is looked at is in support/probes.js. A visit is a test; it fails with all that is wrong.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from macros.data.addresses import address as to_address
from macros.render import typographic
from tests.support.browsers import DESKTOP, NARROW, PHONE, ZOOMED
from tests.support.journeys import ADDRESSES, PUBLIC, SITE
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
    axe,
    probe,
    restyle,
    tab_through,
)
from tests.support.weight import too_heavy
from tests.tools.sheets import sheets

# Narrowest phone, phone on its side, tablet, small window just before the margin column appears,
# windows, wall; and text at 400 %.
WIDTHS: tuple[ViewportSize, ...] = (
    *(NARROW, ZOOMED, PHONE, {"width": 667, "height": 375}, {"width": 768, "height": 1024}),
    *({"width": 1000, "height": 700}, {"width": 1024, "height": 768}, DESKTOP),
    {"width": 1920, "height": 1080},
)

every_page = pytest.mark.parametrize("address", ADDRESSES)
no_404 = pytest.mark.allow("404")


def found(**findings: list[str]) -> dict[str, list[str]]:
    """Keep what has findings."""
    return {name.replace("_", " "): each for name, each in findings.items() if each}


def first_stops(page: Page) -> list[str]:
    """The keyboard comes to the skip link, then to Leave, which opens in this tab, silently."""
    leave = page.get_by_role("link", name="Leave this site", exact=True)
    said = [leave.get_attribute(name) for name in ("href", "rel", "target")]
    skip, second = page.evaluate("places.slice(0, 2).map(place => place.name)")
    fine = skip.startswith("Skip to") and [*said, second] == [
        *(LEAVE, "noreferrer nofollow", None),
        "Leave this site",
    ]
    return [] if fine else [f"{skip}, {second}, {said}"]


def preview(page: Page) -> list[str]:
    """The one neutral picture other services show, by its whole address."""
    address = page.locator("meta[property='og:image']").get_attribute("content") or ""
    return [] if urlsplit(address)[::2] == ("http", "/preview.png", "") else [address]


@no_404
@every_page
@pytest.mark.fresh
def test_a_page_by_daylight_at_a_desk(address: str, page: Page, served: Served) -> None:
    """Light, and of few bytes; keyboard, axe and widths; used, it asks for and keeps nothing."""
    heavy = too_heavy(page, served, address)
    ledger = Ledger(page)
    findings = found(heavy=heavy, keyboard=tab_through(page) + first_stops(page))
    findings |= found(preview=preview(page))
    probe(page, "use")
    page.locator("footer a").first.hover()
    findings |= found(privacy=ledger.close())
    probe(page, "unfold")
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    findings |= found(axe=axe(page), outline=probe(page, "outline"))
    assert findings == {}


@no_404
@every_page
def test_a_page_at_any_width(address: str, page: Page) -> None:
    """Nothing sticks out or breaks a word; help and Leave stay in view and cover nothing."""
    page.goto(address)
    findings = {}
    for size in WIDTHS:
        page.set_viewport_size(size)
        where = f"at {size['width']} by {size['height']}: "
        names = ["sticksOut", "brokenWords", "barRows", "barHeight", "notesOverlap"]
        if size in (NARROW, ZOOMED, PHONE, DESKTOP):
            names += ["barInView", "covered"]
        if size == NARROW:
            names += ["small", "underItsLink"]
        findings |= {where + name: each for name in names if (each := probe(page, name))}
    assert findings == {}


LIGHTNESS = """() => ["backgroundColor", "color"].map((name) =>
    getComputedStyle(document.body)[name].match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0))"""


@no_404
@every_page
def test_a_page_at_night_on_a_narrow_phone(address: str, new_page: Callable[..., Page]) -> None:
    """Dark; by keyboard at 400 %; 320 px with a reader's own spacing; with text twice as large."""
    page = new_page(dark=True, size=ZOOMED)
    page.goto(address)
    findings = found(keyboard=tab_through(page))
    paper, ink = page.evaluate(LIGHTNESS)
    findings |= found(dark=[] if paper < 150 < 600 < ink else [f"{ink} on {paper}"])
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.set_viewport_size(NARROW)
    probe(page, "unfold")
    restyle(page, SPACING)
    findings |= found(
        cut_off=probe(page, "cutOff"),
        sticks_out=probe(page, "sticksOut"),
        axe=axe(page, rules=LOOKS),
    )
    page.set_viewport_size(PHONE)
    restyle(page, DOUBLED)
    findings |= found(doubled=probe(page, "sticksOut"), bar=probe(page, "barInView"))
    assert findings == {}


@no_404
@every_page
def test_a_page_in_forced_colors(address: str, new_page: Callable[..., Page]) -> None:
    """The system's colors: text can be read, and circles keep an edge."""
    page = new_page(forced_colors="active")
    page.goto(address)
    probe(page, "unfold")
    restyle(page, FORCED)
    assert found(axe=axe(page, rules=CONTRAST), circles=probe(page, "noOutline")) == {}


@pytest.mark.allow("404", "request to another host")
@every_page
def test_a_page_without_scripts(address: str, new_page: Callable[..., Page]) -> None:
    """All of it is there, no button does nothing, and Leave is a link that tells no one."""
    page = new_page(scripts=False)
    asked = forecast(page)
    page.goto(address)
    findings = found(unseen=probe(page, "unseen"), outline=probe(page, "outline"))
    offered = page.locator("main button:visible").all_inner_texts()
    expect(page.get_by_role("complementary", name="Help").get_by_role("link").first).to_be_visible()
    by_click(page)
    expect(page).to_have_title("Forecast")
    told = [header for headers in asked for header in headers if header in ("referer", "cookie")]
    assert findings | found(buttons=offered, told=told) == {}


SHEETS = {sheet.address for sheet in sheets(SITE)}
EMERGENCY = [
    dense(f"{country.name} {country.emergency}")
    for country in SITE.helplines.countries
    if country.emergency
]


# The worksheet has every question, its key and a text for each life; the booklet has all scenes.
SIDES = {"/quiz/": 6, "/practice/": 12}


@no_404
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@every_page
def test_a_page_on_paper(address: str, dark: bool, new_page: Callable[..., Page]) -> None:
    """Black on white, all its words and addresses; a sheet has few sides and its own code."""
    page = new_page(dark=dark)
    page.goto(address)
    said, links = pieces(page.locator("main")), page.evaluate(LINKS)
    page.emulate_media(media="print")
    findings = found(colors=probe(page, "colored"), buttons=probe(page, "pressable"))
    if dark:
        assert findings == {}
        return
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
