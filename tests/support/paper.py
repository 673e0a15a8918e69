"""A page as it is printed: its text, its addresses, what it says of itself as a document."""

import ctypes
import io
import re
import unicodedata
from dataclasses import dataclass

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page
from pypdfium2 import PdfDocument, raw

SIZES = {"A4": (210, 297), "Letter": (216, 279)}
"""Paper and its width and height in millimeters."""

# What is there only to press, or only for the screen, and need not get onto paper.
SKIPPED = (
    ".map, .visually-hidden, .section__again, .helplines__choose, .country__change, .leave-note,"
    "[hreflang],"
    "button, script, .find__field, .find__more, .find__kept, .quiz__where, .quiz__review,"
    ".quiz__after, [hidden]:not(.quiz *), .reviewed, .desk__find, .desk__ways a, .desk__code,"
    ".maker__pick, .quiz__start, .quiz > section:not([class]), .play, .quiz ~ .moved,"
    ".scenes .disclosure"
)

# Where the links in an article's own text lead, which a reader of paper may want to follow. The
# home page and the tools are ways to other pages, and so is what macros draw; sources and notes
# name what they cite. Each page has its own address at the foot.
LINKS = """() => [...document.querySelectorAll("main.page--article a[href]")]
  .filter((a) => !a.closest(".map, .leave-note, .section__again, .next, .hero, .moved, [hidden]")
    && !a.closest(".note, .ask, .sources, .names, .questions, .rules, .examples, .plain")
    && !a.hasAttribute("download")
    && !/^(tel:|sms:|#)/.test(a.getAttribute("href")))
  .map((a) => a.origin === location.origin ? a.pathname + a.hash : a.href)"""


@dataclass(frozen=True)
class Print:
    """A page printed on one size of paper."""

    pdf: bytes

    @property
    def sides(self) -> list[str]:
        """The dense text of each side."""
        return sides(self.pdf)

    @property
    def text(self) -> str:
        """The dense text of all sides."""
        return "".join(self.sides)

    def problems(self, size: str, title: str) -> list[str]:
        """Return what is wrong with it as a document: size, tags, language, outline, title."""
        document = PdfDocument(self.pdf)
        width, height = (round(length / 72 * 25.4) for length in document[0].get_size())
        language = (ctypes.c_ushort * 10)()
        raw.FPDFCatalog_GetLanguage(document, language, ctypes.sizeof(language))
        checks = {
            f"{width} by {height} mm": (width, height) == SIZES[size],
            "not tagged": bool(raw.FPDFCatalog_IsTagged(document)),
            "no language": bytes(language).decode("utf-16-le").rstrip("\0") == "en",
            "no outline": bool(list(document.get_toc())),
            "another title": document.get_metadata_dict()["Title"] == title,
        }
        return [f"{size}: {problem}" for problem, fine in checks.items() if not fine]


def printed(page: Page, size: str) -> Print:
    """Print the open page."""
    return Print(page.pdf(format=size, tagged=True, outline=True))


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


def pieces(part: Locator, skipped: str = SKIPPED) -> list[str]:
    """Return the pieces of text in a part of a page, in order, less what a CSS selector matches."""
    found: list[str] = part.evaluate(
        """(part, skipped) => {
            const found = [];
            const read = (node) => {
                if (node.data?.trim()) found.push(node.data);
                if (node.matches && !node.matches(skipped)) node.childNodes.forEach(read);
            };
            part.childNodes.forEach(read);
            return found;
        }""",
        skipped,
    )
    return found


def lost(said: list[str], text: str) -> list[str]:
    """Return the pieces that are not in a printed text, whole or broken once, over two columns."""
    return [piece for piece in said if not _stands(dense(piece), text)]


def _stands(piece: str, text: str) -> bool:
    cut = next((n for n in range(len(piece), 0, -1) if piece[:n] in text), 0)
    return piece[cut:] in text if cut else False


def code_at_the_foot(page: Page) -> list[str]:
    """Return what the QR code at the foot of the printed page says, if there is one."""
    foot = page.locator(".sheet")
    if not foot.count():
        return []
    picture = Image.open(io.BytesIO(foot.screenshot()))
    large = picture.resize((picture.width * 3, picture.height * 3))
    return [code.text for code in zxingcpp.read_barcodes(large)]
