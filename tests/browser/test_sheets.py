"""Every sheet fits two sides of paper, loses nothing, and says what it is and where help is."""

import ctypes
import io
import re
from collections.abc import Callable, Iterator

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument, raw

from macros.data.addresses import address
from macros.render import edition
from macros.site import read_site
from tests.support.netlify import ROOT, Served
from tests.tools.sheets import SIZES, Sheet, dense, pieces, printed, sheets, sides, stands

SITE = read_site(ROOT)
ALL = list(sheets(SITE))
PUBLIC = "http://127.0.0.1:8000"

# What is only for pressing, or only for the screen.
SKIPPED = "button, .here, .leave-note, .reviewed, .helplines__countries"


def test_a_piece_that_is_not_there_does_not_stand() -> None:
    """The measure itself: whole, broken once, a word short, not there."""
    assert stands("abcdef", "..abcdef..") and stands("abcdef", "abc..def")
    assert not stands("abcdef", "abc..ef") and not stands("abcdef", "......")


@pytest.fixture(scope="module")
def paper(browser: Browser, served: Served) -> Iterator[Page]:
    """Return a page without scripts to print from."""
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def language(document: PdfDocument) -> str:
    """Return the language a PDF says it is in."""
    said = (ctypes.c_ushort * 10)()
    raw.FPDFCatalog_GetLanguage(document, said, ctypes.sizeof(said))
    return bytes(said).decode("utf-16-le").rstrip("\0")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", ALL, ids=lambda sheet: sheet.name)
def test_a_sheet_is_two_sides_at_most_and_whole(paper: Page, sheet: Sheet, size: str) -> None:
    """Its text is complete against the page; it is tagged, titled, in English, with an outline."""
    pdf = printed(paper, sheet, size)
    document = PdfDocument(pdf)
    assert len(document) <= 2
    width, height = (length / 72 * 25.4 for length in document[0].get_size())
    assert (round(width), round(height)) == ((210, 297) if size == "A4" else (216, 279))
    assert raw.FPDFCatalog_IsTagged(document)
    assert language(document) == "en"
    assert list(document.get_toc())
    assert document.get_metadata_dict()["Title"] == paper.title()
    text = "".join(sides(pdf))
    country = sheet.address.partition("#")[2]
    part = paper.locator("section.country", has=paper.locator("h2:target")) if country else None
    said = pieces(part or paper.locator("main"), SKIPPED)
    assert len(said) > 10
    assert [piece for piece in said if not stands(dense(piece), text)] == []


@pytest.mark.parametrize("sheet", ALL, ids=lambda sheet: sheet.name)
def test_a_sheet_says_what_it_is_and_where_help_is(paper: Page, sheet: Sheet) -> None:
    """Title, address, edition, review, license, numbers; and the code opens the page."""
    text = "".join(sides(printed(paper, sheet, "A4")))
    page = sheet.address.partition("#")[0]
    meta = next(p.meta for p in SITE.pages.values() if address(p.path) == page)
    for said in (f"{meta.title} · Hold On or Let Go", PUBLIC + page, "CC BY 4.0"):
        assert dense(said) in text
    assert re.search(r"Edition[0-9a-f]{8}\.Reviewed[A-Z][a-z]+\d+,20\d\d\.", text)
    for country in SITE.helplines.countries:
        assert dense(f"{country.name} {country.emergency}" if country.emergency else "") in text
    paper.emulate_media(media="print")
    picture = Image.open(io.BytesIO(paper.locator(".sheet").screenshot(scale="device")))
    found = zxingcpp.read_barcodes(picture.resize((picture.width * 3, picture.height * 3)))
    paper.emulate_media(media="null")
    assert [code.text for code in found] == [PUBLIC + page]


def test_a_country_is_printed_alone(paper: Page) -> None:
    """Where the address names one; the others stay on the screen."""
    text = "".join(sides(printed(paper, Sheet("help-gb", "/help/#gb"), "A4")))
    assert dense("Samaritans") in text
    assert dense("Beyond Blue") not in text
    expect(paper.get_by_text("Beyond Blue").first).to_be_visible()


def test_a_sheet_is_printed_from_the_page_s_own_button(new_page: Callable[..., Page]) -> None:
    """The button at the foot opens the browser's print; it is not offered without scripts."""
    page = new_page()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto("/talk/")
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("window.printed") is True
    page = new_page(scripts=False)
    page.goto("/talk/")
    expect(page.get_by_role("button", name="Print this page")).to_have_count(0)


def test_the_edition_is_that_of_the_words() -> None:
    """Other links or tags make no other edition; another word does."""
    assert edition('<p><a href="../talk/">Talk</a>  once</p>') == edition("<p>Talk once</p>")
    assert edition("<p>Talk once</p>") != edition("<p>Talk twice</p>")


def test_a_list_on_paper_has_every_address_and_its_code(new_page: Callable[..., Page]) -> None:
    """From the maker: title, line and address of each entry, in order, on one side."""
    page = new_page()
    page.goto("/counselors/list/")
    for name in ("care", "talk"):
        page.locator(f'[id="pick.{name}"]').check()
    (text,) = sides(page.pdf(format="A4", tagged=True))
    for path in ("care.md", "talk.md"):
        meta = SITE.pages[path].meta
        for said in (meta.heading, meta.point, PUBLIC + address(path)):
            assert dense(said.replace("'", "\u2019")) in text
    assert dense(f"{PUBLIC}/list/#care,talk") in text
    assert dense("The whole page") not in text
    page.emulate_media(media="print")
    code = page.get_by_role("img", name="QR code of the list").screenshot()
    assert [c.text for c in zxingcpp.read_barcodes(Image.open(io.BytesIO(code)))] == [
        f"{PUBLIC}/list/#care,talk"
    ]
