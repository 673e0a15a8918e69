"""A page weighs no more than one round trip carries, and is readable when that is all that came."""

from collections.abc import Callable
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from macros.publish.assets import COMPONENTS, script
from tests.support.browsers import PHONE
from tests.support.journeys import ADDRESSES
from tests.support.leaving import LEAVE
from tests.support.netlify import ROOT, Served
from tests.support.probes import probe
from tests.support.weight import QUIZ_ALONE, ROUND_TRIP, SECOND, is_tool, squeezed, wire


def test_a_second_page_costs_its_text_alone(served: Served, new_page: Callable[..., Page]) -> None:
    """Style, script and icon are kept; what is left is one request of a few thousand bytes."""
    page = new_page()
    page.goto("/", wait_until="networkidle")
    for address in set(ADDRESSES) - {"/", "/404.html"}:
        before = len(served.requests)
        page.goto(address)
        if is_tool(page):
            continue
        paths = [request.path for request in served.requests[before:]]
        assert paths == [address]
        assert wire(served.url, address) <= SECOND, address


def test_the_quiz_itself_is_small() -> None:
    """Its script, with all it imports, and its part of the style."""
    (own,) = (file.read_bytes() for file in ROOT.glob("macros/**/*quiz.css"))
    assert (
        len(squeezed(script(COMPONENTS / "quiz/quiz.js").encode())) + len(squeezed(own))
        <= QUIZ_ALONE
    )


def first_round_trip(site: Path, address: str) -> str:
    """Return as much of a page's HTML as has arrived once style and page make 14,600 bytes."""
    asset = next((site / "assets").glob("site.*.css"))
    left = ROUND_TRIP - len(squeezed(asset.read_bytes()))
    file = site / f".{address}{'index.html' if address.endswith('/') else ''}"
    come = squeezed(file.read_bytes())[:left]
    return bytes(brotli.Decompressor().process(come)).decode(errors="ignore")


def readable(page: Page, address: str, html: str) -> None:
    """Assert that what has arrived of a page has its title, its point and a way out."""
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(address)
    leave = page.get_by_role("link", name="Leave this site", exact=True)
    expect(leave).to_be_in_viewport(ratio=1)
    expect(leave).to_have_attribute("href", LEAVE)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    if address != "/find/":  # where the field stands at the top
        expect(page.locator(".hero__lead")).to_be_in_viewport(ratio=1)
    assert probe(page, "barInView") == []


def test_the_first_round_trip_is_enough_to_begin(site: Path, new_page: Callable[..., Page]) -> None:
    """With 14,600 bytes and no script: title and point can be read, and Leave is a link."""
    page = new_page(scripts=False, size=PHONE)
    for address in ADDRESSES:
        readable(page, address, first_round_trip(site, address))
