"""A page weighs no more than one round trip carries, and is readable when that is all that came."""

import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import brotli  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from macros.publish.assets import FOLDER, script
from tests.conftest import PHONE, soon
from tests.support.netlify import ROOT, Served, serve
from tests.tools.screenshots import addresses

# What a server may send before it must wait for an answer: ten packets of 1,460 bytes.
ROUND_TRIP = 14_600
# The quiz, the list of everything and the counselors' desk: they bring a style and a script.
TOOL = 24_000
SECOND = 6_000
QUIZ_ALONE = 9_000
REQUESTS = 4


def squeezed(content: bytes) -> bytes:
    """Compress as the host does."""
    return bytes(brotli.compress(content, quality=11))


def wire(base: str, path: str) -> int:
    """Return the bytes of a file's body as the host sends them."""
    wanted = urllib.request.Request(base + path, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(wanted) as answer:
        return len(answer.read())


def loaded(page: Page, served: Served, address: str) -> dict[str, int]:
    """Open an address; return what the browser asked for, each with its bytes.

    The icon, which a browser asks for when it likes, is among them in any case.
    """
    before = len(served.requests)
    page.goto(address)
    paths = {request.path for request in served.requests[before:]}
    icon = page.locator("link[rel=icon]").get_attribute("href")
    return {path: wire(served.url, path) for path in {*paths, urljoin(address, icon)}}


def is_tool(page: Page) -> bool:
    """Return whether the open page has more than the style of every page."""
    return page.locator("link[rel=stylesheet]").count() > 1


def faults(page: Page, served: Served, address: str) -> list[str]:
    """Return what is too heavy about a first visit to an address."""
    files = loaded(page, served, address)
    tool = is_tool(page)
    limit = TOOL if tool else ROUND_TRIP
    found = []
    if sum(files.values()) > limit:
        found.append(f"{sum(files.values())} bytes, more than {limit}: {files}")
    if len(files) > REQUESTS + 2 * tool:
        found.append(f"{len(files)} requests: {sorted(files)}")
    return found


def test_a_first_visit_is_light(site: Path, served: Served, new_page: Callable[..., Page]) -> None:
    """A page to read fits one round trip with all it loads; a tool, such as the quiz, two."""
    heavy = {}
    for address in addresses(site):
        page = new_page()
        heavy[address] = faults(page, served, address)
        page.context.close()
    assert {address: found for address, found in heavy.items() if found} == {}


def test_weight_that_is_added_is_noticed(
    site: Path, tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    """A picture too many, or a page too long, is a fault."""
    html = (site / "index.html").read_text(encoding="utf-8")
    for name in html.split('"'):
        if name.startswith("assets/"):
            (tmp_path / "assets").mkdir(exist_ok=True)
            (tmp_path / name).write_bytes((site / name).read_bytes())
    picture = (ROOT / "docs/en/apple-touch-icon.png").read_bytes()
    (tmp_path / "one.png").write_bytes(picture)
    noise = "".join(f"<p>{number * 7919 % 99991:x}" for number in range(20_000))
    (tmp_path / "index.html").write_text(html + '<img src="one.png" alt="">', encoding="utf-8")
    (tmp_path / "long").mkdir()
    long = html.replace('"assets/', '"../assets/') + noise
    (tmp_path / "long/index.html").write_text(long, encoding="utf-8")
    with serve(tmp_path) as served:
        page = new_page(base_url=served.url)
        assert "5 requests" in " ".join(faults(page, served, "/"))
        assert f"more than {ROUND_TRIP}" in " ".join(faults(page, served, "/long/"))


def test_a_second_page_costs_its_text_alone(
    site: Path, served: Served, new_page: Callable[..., Page]
) -> None:
    """Style, script and icon are kept; what is left is one request of a few thousand bytes."""
    page = new_page()
    page.goto("/", wait_until="networkidle")
    for address in set(addresses(site)) - {"/"}:
        before = len(served.requests)
        page.goto(address)
        if is_tool(page):
            continue
        paths = [request.path for request in served.requests[before:]]
        assert paths == [address]
        assert wire(served.url, address) <= SECOND, address


def test_the_quiz_itself_is_small() -> None:
    """Its script, with all it imports, and its part of the style."""
    own = (FOLDER / "styles/tools/50-quiz.css").read_bytes()
    assert len(squeezed(script("quiz.js").encode())) + len(squeezed(own)) <= QUIZ_ALONE


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
    expect(leave).to_have_attribute("href", "https://www.weather.gov/")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    expect(page.locator(".head__point")).to_be_in_viewport(ratio=1)
    assert leave.bounding_box()["height"] >= 44


def test_the_first_round_trip_is_enough_to_begin(site: Path, new_page: Callable[..., Page]) -> None:
    """With 14,600 bytes and no script: title and point can be read, and Leave is a link."""
    page = new_page(scripts=False, size=PHONE)
    for address in addresses(site):
        readable(page, address, first_round_trip(site, address))


def test_a_late_title_is_noticed(site: Path, new_page: Callable[..., Page]) -> None:
    """A page whose head is too long to arrive in time fails the check above."""
    html = first_round_trip(site, "/talk/")
    page = new_page(scripts=False, size=PHONE)
    with soon(), pytest.raises(AssertionError):
        readable(page, "/talk/", html[: html.index("<h1>")])
