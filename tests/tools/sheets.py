"""Make the printable sheets as PDF: every page for a client, the worksheet, helplines by country.

They are the pages themselves, printed by the browser, on A4 and on Letter. `make sheets` writes
them into dist/sheets; URL says, as for any build, at what address the site lives.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from macros.data.addresses import address, short
from macros.languages import languages, read_edition
from macros.site import Site
from tests.support.browsers import chromium_path
from tests.support.builds import build
from tests.support.netlify import ROOT, serve
from tests.support.paper import SIZES, Print
from tests.support.paper import printed as print_page

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
    """All sheets of a language, in the order of the pages."""
    top, mark = ("", "") if site.language == "en" else (f"/{site.language}", f"{site.language}-")
    for path, page in site.pages.items():
        if page.meta.group != "desk" and path not in LISTS:
            yield Sheet(f"{mark}{short(path)}", f"{top}{address(path)}")
    for country in site.helplines.countries:
        help = f"{top}{address('help/index.md')}"
        yield Sheet(f"{mark}help-{country.id}", f"{help}#{country.id}")


def printed(page: Page, sheet: Sheet, size: str) -> Print:
    """The sheet as a tagged PDF with an outline. Open pages without scripts: nothing is hidden."""
    # Another page between them: of two countries, the second is not opened but jumped to.
    page.goto("about:blank")
    page.goto(sheet.address)
    return print_page(page, size)


def main(target: Path) -> int:
    """Build the site, print every sheet, say how many."""
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
                for language in languages(ROOT):
                    for sheet in sheets(read_edition(ROOT, language).site):
                        file = target / size.lower() / f"{sheet.name}.pdf"
                        file.write_bytes(printed(page, sheet, size).pdf)
                print(f"sheets on {size}: {target / size.lower()}")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(ROOT / "dist/sheets"))
