"""Pictures of every page for a person to look at: three widths, light and dark, and paper.

`make screenshots` writes them to screenshots/, which git ignores. Name pages to take only those:
`python -m tests.tools.screenshots talk quiz`. Nothing here passes or fails.
"""

import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browsers import CHROMIUM_ARGS, chromium_path
from tests.support.builds import build
from tests.support.journeys import addresses
from tests.support.netlify import ROOT, serve
from tests.support.stages import stages

WIDTHS = (360, 768, 1280)
FOLDER = ROOT / "screenshots"


def name(address: str) -> str:
    """Return a file name for an address: home, talk, counselors-sheets."""
    return address.removesuffix(".html").strip("/").replace("/", "-") or "home"


def take(browser: Browser, base: str, pages: Collection[str], folder: Path) -> None:
    """Write the pictures of these pages into a folder."""
    for dark in (False, True):
        for width in WIDTHS:
            context = browser.new_context(
                base_url=base,
                viewport={"width": width, "height": 900},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            ending = f"{width}{'-dark' * dark}.png"
            for address in pages:
                page.goto(address)
                page.screenshot(path=folder / f"{name(address)}-{ending}", full_page=True)
            if "/quiz/" in pages:
                for stage in stages(page):
                    file = f"quiz-{stage.replace(', ', '-').replace(' ', '-')}-{ending}"
                    page.screenshot(path=folder / file)
            context.close()
    page = browser.new_page(base_url=base)
    for address in pages:
        page.goto(address)
        paper(page, folder / f"{name(address)}-paper")
    page.close()


def paper(page: Page, stem: Path) -> None:
    """Write the page as A4 and as Letter."""
    for size in ("A4", "Letter"):
        page.pdf(path=f"{stem}-{size.lower()}.pdf", format=size, tagged=True, outline=True)


def main(wanted: list[str]) -> None:
    """Build, serve and photograph."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = Path(work) / "site"
        done = build(site)
        if done.returncode:
            sys.exit(done.stdout)
        pages = [a for a in addresses(site) if not wanted or name(a) in wanted]
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGS)
        with serve(site) as served:
            take(browser, served.url, pages, FOLDER)
        browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER.relative_to(ROOT)}/")


if __name__ == "__main__":
    main(sys.argv[1:])
