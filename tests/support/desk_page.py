"""The counselors' pages as a counselor handles them, a clipboard to look into, and a QR reader."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.support.journeys import PUBLIC

QR = zxingcpp.BarcodeFormat.QRCode


def with_clipboard(page: Page) -> Page:
    """Let `copied` see what a page copies: the site's policy forbids reading the real clipboard."""
    page.context.add_init_script(
        "navigator.clipboard.writeText = async text => { window.copied = text }"
    )
    return page


def copied(page: Page) -> str:
    """Return what the page last gave to the clipboard."""
    return str(page.evaluate("() => window.copied"))


def code_in(picture: Locator) -> str:
    """Read the QR code of a part of the page from a screenshot, as a phone's camera would."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.screenshot())))
    assert len(found) == 1, f"{len(found)} codes in the picture"
    return str(found[0].text)


def path_of(address: str) -> str:
    """Return a public address without the site's name."""
    assert address.startswith(f"{PUBLIC}/")
    return address.removeprefix(PUBLIC)


def unfold(page: Page, *titles: str) -> None:
    """Show the sections of the pages named, or of all."""
    folds = page.locator("summary", has_text="section")
    for title in titles or [""]:
        for fold in folds.filter(has_text=title).all():
            fold.click()


def tick(page: Page, *ids: str) -> None:
    """Tick entries of the list maker by their short ids, opening what they are folded into."""
    for name in ids:
        box = page.locator(f'[id="pick.{name}"]')
        if not box.is_visible():
            page.locator("details", has=box).locator("summary").click()
        box.check()


def read_code(page: Page, code: str, field: str = "Answer code") -> None:
    """Type a code into a field of the code reader, and press Enter."""
    page.get_by_label(field, exact=True).fill(code)
    page.get_by_label(field, exact=True).press("Enter")
