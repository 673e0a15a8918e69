"""Draw the pictures that stand in the repository, from the built site: `make pictures`.

preview.png is what other services show beside a link to any page; apple-touch-icon.png is what
a phone puts on its home screen (it asks for that name by itself, so no page has to). Both show
the two circles and no word. docs/readme.png is the home page.
"""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browsers import CHROMIUM_ARGS, chromium_path
from tests.support.builds import build
from tests.support.netlify import ROOT, serve

# File: width, height, diameter of a circle.
CIRCLES = {
    "docs/en/preview.png": (1200, 630, 380),
    "docs/en/apple-touch-icon.png": (180, 180, 92),
}
README = "docs/readme.png"
COLORS = 96
ALONE = "body{{display:grid;place-items:center;height:100vh}}.circles{{--circle:{0}px}}"


def circles(page: Page, width: int, height: int, diameter: int) -> Image.Image:
    """Return a picture of nothing but the circles of the home page."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/")
    page.evaluate("document.body.replaceChildren(document.querySelector('.hero .circles'))")
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        "document.adoptedStyleSheets = [sheet]; }",
        ALONE.format(diameter),
    )
    return fewer_colors(page.screenshot())


def fewer_colors(png: bytes) -> Image.Image:
    """Return the picture in a third of the bytes, to the eye unchanged."""
    return Image.open(io.BytesIO(png)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)


def save(image: Image.Image, name: str) -> None:
    """Write a picture into the repository and say how large it is."""
    path = ROOT / name
    path.parent.mkdir(exist_ok=True)
    image.save(path, optimize=True)
    print(f"{name}: {path.stat().st_size} bytes")


def still(browser: Browser, base: str) -> Page:
    """Return a light page on which nothing moves."""
    return browser.new_page(base_url=base, reduced_motion="reduce", color_scheme="light")


def main() -> None:
    """Build, serve, draw."""
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = Path(work) / "site"
        build(site).check_returncode()
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGS)
        with serve(site) as served:
            page = still(browser, served.url)
            for name, (width, height, diameter) in CIRCLES.items():
                save(circles(page, width, height, diameter), name)
            page.set_viewport_size({"width": 1280, "height": 760})
            page.goto("/")
            save(fewer_colors(page.screenshot()), README)
        browser.close()


if __name__ == "__main__":
    main()
