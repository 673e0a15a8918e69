"""A page weighs no more than one round trip carries, and is readable when that is all that came."""

from collections.abc import Callable, Collection
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from macros.publish.assets import COMPONENTS, script
from tests.support.browsers import PHONE
from tests.support.journeys import ADDRESSES, SAMPLE, html
from tests.support.leaving import LEAVE
from tests.support.netlify import ROOT, Served
from tests.support.probes import probe
from tests.support.weight import ASSETS, QUIZ_ALONE, ROUND_TRIP, SECOND, squeezed, wire


def test_a_second_page_costs_its_text_alone(
    site: Path, served: Served, new_page: Callable[..., Page]
) -> None:
    """Style, script and icon are kept; what is left is one request of a few thousand bytes."""
    page = new_page()
    page.goto("/", wait_until="networkidle")
    # Their style, script and icon are those of the first page, whose names are its own.
    shared = set(ASSETS.findall(html(site, "/")))
    plain = [a for a in ADDRESSES if set(ASSETS.findall(html(site, a))) <= shared]
    assert len(plain) > len(ADDRESSES) / 2
    for address in {*plain} - {"/", "/404.html"}:
        assert wire(served.url, address) <= SECOND, address
    for address in ({*plain} & {*SAMPLE}) - {"/", "/404.html"}:
        before = len(served.requests)
        page.goto(address)
        assert [request.path for request in served.requests[before:]] == [address]


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
    come = squeezed(html(site, address).encode())[:left]
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


@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param(SAMPLE, id="each kind"),
        pytest.param({*ADDRESSES} - {*SAMPLE}, id="the others", marks=pytest.mark.slow),
    ],
)
def test_the_first_round_trip_is_enough_to_begin(
    addresses: Collection[str], site: Path, new_page: Callable[..., Page]
) -> None:
    """With 14,600 bytes and no script: title and point can be read, and Leave is a link.

    That the head of each page is low, and the page light, test_visits looks at.
    """
    page = new_page(scripts=False, size=PHONE)
    for address in addresses:
        readable(page, address, first_round_trip(site, address))
