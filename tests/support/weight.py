"""What a visit weighs: the requests of a page and the bytes that the host sends for them."""

import re
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import brotli  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.support.journeys import html
from tests.support.netlify import Served

# What a server may send before it must wait for an answer: ten packets of 1,460 bytes.
ROUND_TRIP = 14_600
# What else a first visit may weigh: less where most people begin; more for a tool, which brings its
# own style and script, for a whole quiz, and for the words that people search by. The link desk
# writes out some 300 addresses, each to copy, print and scan, so that it works without scripts.
# The quiz has a text for each life, all of it in the page: nothing is fetched.
LIMITS = {
    "/": 13_500,
    "/quiz/": 34_300,
    "/practice/": 26_000,
    "/find/": 36_000,
    "/counselors/links/": 30_000,
    "/counselors/quiz/": 28_000,
}
TOOL = 25_000
# Spanish takes about a sixteenth more, and more words to search by: its verbs have more forms.
SPANISH = 17 / 16
LIMITS |= {f"/es{address}": int(limit * SPANISH) for address, limit in LIMITS.items()}
LIMITS["/es/find/"] = 46_500
SECOND = 8_000
QUIZ_ALONE = 9_000
REQUESTS = 4


@cache
def squeezed(content: bytes) -> bytes:
    """Compress as a host may that does it on the fly, for each request anew."""
    return bytes(brotli.compress(content, quality=5))


@cache
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
    icon = page.locator("link[rel=icon]").get_attribute("href") or ""
    sizes = {}
    for path in sorted({*paths, urljoin(address, icon)}):
        try:
            sizes[path] = wire(served.url, path)
        except urllib.error.HTTPError as answer:  # the 404 page, which is sent in full
            sizes[path] = len(answer.read())
    return sizes


def is_tool(page: Page) -> bool:
    """Return whether the open page has more than the style of every page."""
    return page.locator("link[rel=stylesheet]").count() > 1


ASSETS = re.compile(r'(?:href|src)="?[^" >]*?(assets/[^" >]+\.(?:css|js|svg))')
"""The style, script and icon that a page names."""


def named(site: Path, address: str) -> dict[str, int]:
    """Return what a page of a built site has a browser ask for, itself first, each with its bytes.

    That a browser asks for neither more nor less is seen in test_visits.
    """
    content = html(site, address)
    assets = {f"/{name}" for name in ASSETS.findall(content)}
    files = {name: len(squeezed((site / name[1:]).read_bytes())) for name in sorted(assets)}
    return {address: len(squeezed(content.encode())), **files}


def too_heavy(address: str, files: dict[str, int]) -> list[str]:
    """Return what is too heavy about the first visit to a page."""
    # A tool has more than the style of every page.
    tool = sum(name.endswith(".css") for name in files) > 1
    longer = SPANISH if address.startswith("/es/") else 1
    limit = LIMITS.get(address, int((TOOL if tool else ROUND_TRIP) * longer))
    found = []
    if sum(files.values()) > limit:
        found.append(f"{sum(files.values())} bytes, more than {limit}: {files}")
    if len(files) > REQUESTS + 2 * tool:
        found.append(f"{len(files)} requests: {sorted(files)}")
    return found
