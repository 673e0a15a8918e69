"""Print the review sheet of `make review` as PDF, on A4 and on Letter, beside its HTML."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.support.browsers import chromium_path
from tests.support.netlify import ROOT

SIZES = ("A4", "Letter")
MARGIN = {"top": "15mm", "bottom": "18mm", "left": "16mm", "right": "12mm"}
# Chromium takes no style sheet here, and shows nothing without a size.
FOOT = (
    '<p style="width:100%;margin:0 16mm;font:8pt sans-serif">'
    '<span class="title"></span>, side <span class="pageNumber"></span>'
    ' of <span class="totalPages"></span></p>'
)


def printed(page: Page, sheet: Path, size: str) -> bytes:
    """The sheet as a tagged PDF with an outline; each side says which edition it belongs to."""
    page.goto(sheet.as_uri())
    return page.pdf(
        format=size,
        margin=MARGIN,
        tagged=True,
        outline=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=FOOT,
    )


def main(folder: Path) -> int:
    """Print the sheet in a folder; say where."""
    sheet = folder / "review.html"
    if not sheet.exists():
        print(f"{sheet} is not there: run make review", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path())
        page = browser.new_page(java_script_enabled=False)
        for size in SIZES:
            file = folder / f"review-{size.lower()}.pdf"
            file.write_bytes(printed(page, sheet, size))
            print(file)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(ROOT / "dist/review"))
