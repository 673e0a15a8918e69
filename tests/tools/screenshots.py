"""Pictures of the whole site for a person to look at: four widths, light and dark, and paper.

`make screenshots` writes them to screenshots/, which git ignores: each page and stage of the quiz
by itself, and all of them side by side on one contact sheet for each width and scheme, so that the
whole site is seen in eight pictures. Name pages to take only those:
`python -m tests.tools.screenshots talk quiz`. Nothing here passes or fails.
"""

import sys
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM_ARGS, build
from tests.support.browsers import chromium_path
from tests.support.netlify import ROOT, serve

WIDTHS = (360, 768, 1100, 1440)
FOLDER = ROOT / "screenshots"

# A contact sheet: how large a page is on it, how much of a long page it shows, how many in a row.
SCALE = 3
SHOWN = 3
ROW = {360: 14, 768: 9, 1100: 7, 1440: 6}
CAPTION = 14
GAP = 8
GRAY = "#8c8c96"


def addresses(site: Path) -> list[str]:
    """Return the address of every page of a built site, the 404 included."""
    pages = (page.relative_to(site).as_posix() for page in sorted(site.rglob("*.html")))
    return [f"/{page.removesuffix('index.html')}" for page in pages]


def name(address: str) -> str:
    """Return a file name for an address: home, talk, counselors-sheets."""
    return address.removesuffix(".html").strip("/").replace("/", "-") or "home"


def take(browser: Browser, base: str, pages: Collection[str], folder: Path) -> None:
    """Write the pictures of these pages, and the contact sheets of them, into a folder."""
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
            taken = []
            for address in pages:
                page.goto(address)
                taken.append(folder / f"{name(address)}-{ending}")
                page.screenshot(path=taken[-1], full_page=True)
            if "/quiz/" in pages:
                # Only here: the stages know the quiz, and all else can be seen without it.
                from tests.support.stages import stages  # noqa: PLC0415

                for stage in stages(page):
                    taken.append(
                        folder / f"quiz-{stage.replace(', ', '-').replace(' ', '-')}-{ending}"
                    )
                    page.screenshot(path=taken[-1])
            contact_sheet(taken, width).save(folder / f"all-{ending}")
            context.close()
    page = browser.new_page(base_url=base)
    for address in pages:
        page.goto(address)
        paper(page, folder / f"{name(address)}-paper")
    page.close()


def contact_sheet(files: Iterable[Path], width: int) -> Image.Image:
    """Return one picture of many: each made small, long ones cut, its name above it."""
    small = []
    for file in files:
        with Image.open(file) as picture:
            shown = picture.crop((0, 0, width, min(picture.height, 900 * SHOWN)))
            small.append((file.stem, shown.resize((width // SCALE, shown.height // SCALE))))
    rows = [small[n : n + ROW[width]] for n in range(0, len(small), ROW[width])]
    heights = [max(picture.height for _, picture in row) + CAPTION + GAP for row in rows]
    across = ROW[width] * (width // SCALE + GAP) + GAP
    sheet = Image.new("RGB", (across, sum(heights) + GAP), GRAY)
    draw = ImageDraw.Draw(sheet)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for n, (title, picture) in enumerate(row):
            left = GAP + n * (width // SCALE + GAP)
            draw.text((left, top), title.rsplit(f"-{width}", 1)[0], fill="white")
            sheet.paste(picture, (left, top + CAPTION))
        top += height
    return sheet


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
