"""Make the printable sheets as PDF: every page for a client, the worksheet, helplines by country.

They are the pages themselves, printed by the browser, on A4 and on Letter. `make sheets` writes
them into dist/sheets; URL says, as for any build, at what address the site lives.
"""

import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright
from pypdfium2 import PdfDocument

from macros.data.addresses import address, short
from macros.site import Site, read_site
from tests.support.browsers import chromium_path
from tests.support.netlify import ROOT, serve

SIZES = ("A4", "Letter")
LISTS = (
    *("find.md", "help/index.md"),
    *("sources/index.md", "sources/small.md", "sources/services.md"),
)
"""Pages to look things up in. Of the helplines, each country is a sheet."""


@dataclass(frozen=True)
class Sheet:
    """What is printed: its file's name and the address printed from."""

    name: str
    address: str


def sheets(site: Site) -> Iterator[Sheet]:
    """All sheets, in the order of the pages."""
    for path, page in site.pages.items():
        if page.meta.group != "desk" and path not in LISTS:
            yield Sheet(short(path), address(path))
    for country in site.helplines.countries:
        yield Sheet(f"help-{country.id}", f"{address('help/index.md')}#{country.id}")


def printed(page: Page, sheet: Sheet, size: str) -> bytes:
    """The sheet as a tagged PDF with an outline. Open pages without scripts: nothing is hidden."""
    # Another page between them: of two countries, the second is not opened but jumped to.
    page.goto("about:blank")
    page.goto(sheet.address)
    return page.pdf(format=size, tagged=True, outline=True)


def dense(text: str) -> str:
    """Return a text without spaces, ligatures undone: how a PDF breaks lines does not matter."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def sides(pdf: bytes) -> list[str]:
    """Return the dense text of each side of a PDF, without the side's number."""
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(pdf)]
    # PDFium gives a hyphen at the end of a line, which may stand for none, as U+FFFE.
    found = [dense(page.replace("\ufffe", "-")) for page in pages]
    return [
        re.sub(rf"^{n}/{len(found)}|{n}/{len(found)}$", "", side) for n, side in enumerate(found, 1)
    ]


def pieces(part: Locator, skipped: str) -> list[str]:
    """Return the pieces of text in a part of a page, in order, less what a CSS selector matches."""
    return part.evaluate(
        """(part, skipped) => {
            const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
            const found = [];
            while (walk.nextNode()) {
                const { parentElement, data } = walk.currentNode;
                if (data.trim() && !parentElement.closest(skipped)) found.push(data);
            }
            return found;
        }""",
        skipped,
    )


def stands(piece: str, text: str) -> bool:
    """Tell whether a piece stands in a text, whole or broken once, from one column to the next."""
    cut = next((n for n in range(len(piece), 0, -1) if piece[:n] in text), 0)
    return piece[cut:] in text if cut else False


def main(target: Path) -> int:
    """Build the site, print every sheet, say how many."""
    from tests.conftest import build

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        done = build(Path(folder) / "site")
        if done.returncode:
            print(done.stdout, file=sys.stderr)
            return 1
        with serve(Path(folder) / "site") as served:
            browser = playwright.chromium.launch(executable_path=chromium_path())
            page = browser.new_page(base_url=served.url, java_script_enabled=False)
            for size in SIZES:
                (target / size.lower()).mkdir(parents=True, exist_ok=True)
                for sheet in sheets(read_site(ROOT)):
                    file = target / size.lower() / f"{sheet.name}.pdf"
                    file.write_bytes(printed(page, sheet, size))
                print(f"sheets on {size}: {target / size.lower()}")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(ROOT / "dist/sheets"))
