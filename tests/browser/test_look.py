"""The look holds at any width, size of text, color scheme and direction, and is this site's own."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, ViewportSize, expect

from macros.site import read_site
from tests.conftest import DESKTOP, PHONE
from tests.support.netlify import ROOT, Served
from tests.tools.pictures import CIRCLES, README, circles
from tests.tools.screenshots import addresses

# Narrowest phone, phone on its side, tablet, small window just before the margin column appears,
# windows, wall; and text at 400 %, which is 320 by 256.
SIZES: tuple[ViewportSize, ...] = (
    {"width": 320, "height": 640},
    {"width": 320, "height": 256},
    {"width": 667, "height": 375},
    {"width": 768, "height": 1024},
    {"width": 1000, "height": 700},
    {"width": 1024, "height": 768},
    {"width": 1280, "height": 800},
    {"width": 1920, "height": 1080},
)

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2

# What sticks out of the window, or of a box that would cut it off.
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter((element) => {
  if (!element.checkVisibility() || element.closest("svg, .skip, .bar__name span")) return false;
  const { left, right, width } = element.getBoundingClientRect();
  return width && (left < -0.5 || right > document.documentElement.clientWidth + 0.5);
}).map((element) => `${element.tagName}.${element.className}`)"""

# Words of a title that stand on more than one line.
BROKEN = """() => {
  const broken = [];
  for (const title of document.querySelectorAll("h1, h2, h3")) {
    if (!title.checkVisibility()) continue;
    const walk = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      for (const { 0: word, index } of walk.currentNode.data.matchAll(/[\\p{L}’]+/gu)) {
        const range = document.createRange();
        range.setStart(walk.currentNode, index);
        range.setEnd(walk.currentNode, index + word.length);
        const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
        if (new Set(tops).size > 1) broken.push(word);
      }
    }
  }
  return broken;
}"""

# Letters to a line, over all full lines of the paragraphs of the column.
LETTERS = """() => {
  const counts = [];
  for (const p of document.querySelectorAll("main > p:not([class])")) {
    const range = document.createRange();
    const lines = new Map();
    const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      for (let i = 0; i < walk.currentNode.length; i += 1) {
        range.setStart(walk.currentNode, i);
        range.setEnd(walk.currentNode, i + 1);
        const line = Math.round(range.getBoundingClientRect().bottom / 8);
        lines.set(line, (lines.get(line) ?? 0) + 1);
      }
    }
    counts.push(...[...lines.values()].slice(0, -1));
  }
  return counts.sort((a, b) => a - b)[Math.floor(counts.length / 2)];
}"""


def open_at(page: Page, size: ViewportSize, address: str) -> None:
    """Open an address in a window of this size."""
    page.set_viewport_size(size)
    page.goto(address)


def test_nothing_sticks_out_or_breaks_a_word_at_any_width(site: Path, page: Page) -> None:
    """No page is scrolled sideways and no title breaks a word, from 320 to 1920 px, at 400 %."""
    for address in addresses(site):
        page.goto(address)
        for size in SIZES:
            page.set_viewport_size(size)
            assert page.evaluate(OUTSIDE) == [], f"{address} at {size}"
            assert page.evaluate(BROKEN) == [], f"{address} at {size}"


def test_a_very_long_word_breaks(site: Path, page: Page) -> None:
    """A word longer than the line breaks, wherever it stands."""
    for address in ("/", "/talk/", "/help/", "/quiz/", "/sources/"):
        open_at(page, SIZES[0], address)
        page.evaluate(
            "word => { for (const e of document.querySelectorAll("
            "'h1,h2,h3,p,dd,dt,li a:not(.phone),legend,label span,summary')) e.append(word) }",
            LONG,
        )
        assert page.evaluate(OUTSIDE) == [], address


def test_a_line_that_cannot_break_is_noticed(page: Page) -> None:
    """The check above fails on a line that sticks out."""
    open_at(page, SIZES[0], "/talk/")
    page.evaluate(
        "word => { const p = document.querySelector('main p'); p.textContent = word;"
        "p.style.overflowWrap = 'normal'; p.style.width = 'max-content' }",
        LONG,
    )
    assert page.evaluate(OUTSIDE) != []


def test_a_title_without_room_is_noticed(page: Page) -> None:
    """The check above fails on a title in a column narrower than its words."""
    page.goto("/")
    page.evaluate("document.querySelector('h1').style.width = '3em'")
    assert page.evaluate(BROKEN) == []
    page.evaluate("document.querySelector('h1').style.width = '1em'")
    assert page.evaluate(BROKEN) != []


def rows(page: Page) -> int:
    """Return how many rows the links of the bar stand in."""
    links = page.get_by_role("banner").get_by_role("link").all()
    assert len(links) == 4
    boxes = [link.bounding_box() for link in links]
    return len({round(box["y"] + box["height"] / 2) for box in boxes})


def test_the_bar_is_one_row_at_any_width(page: Page) -> None:
    """Name, quiz, help and Leave stand beside each other; the name is heard where not seen."""
    for size in SIZES:
        open_at(page, size, "/")
        bar = page.get_by_role("banner")
        assert rows(page) == 1, size
        assert bar.bounding_box()["height"] <= 64, size
        expect(bar.get_by_role("link", name="Hold On or Let Go")).to_be_visible()


def test_the_bar_stays_one_row_when_only_the_text_is_doubled(page: Page) -> None:
    """What a phone's own setting for large text does."""
    open_at(page, PHONE, "/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert rows(page) == 1
    assert page.evaluate(OUTSIDE) == []


def test_help_is_in_view_wherever_a_page_is_scrolled(site: Path, page: Page) -> None:
    """On a phone the way to help, and the way out, never leave the window."""
    for address in addresses(site):
        open_at(page, PHONE, address)
        for place in (0, 0.5, 1):
            page.evaluate("place => scrollTo(0, place * document.body.scrollHeight)", place)
            bar = page.get_by_role("banner")
            for name in ("Get help", "Leave this site"):
                expect(bar.get_by_role("link", name=name)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", (SIZES[3], DESKTOP, SIZES[-1]))
def test_a_line_has_sixty_to_seventy_letters(page: Page, size: ViewportSize) -> None:
    """The width of the column is counted in letters. Fallback faces differ by a few."""
    open_at(page, size, "/talk/")
    assert 58 <= page.evaluate(LETTERS) <= 72


def test_each_page_has_a_picture_of_its_own() -> None:
    """No two pages have the same circles or the same words for them."""
    pictures = [page.meta.picture for page in read_site(ROOT).pages.values()]
    assert len({(p.apart, p.lift, p.them) for p in pictures}) == len(pictures)
    assert len({p.says for p in pictures}) == len(pictures)


def test_circles_have_one_size_whatever_their_distance(page: Page) -> None:
    """In the list of situations nothing but the distance and the lift differs."""
    open_at(page, DESKTOP, "/")
    drawn = page.locator(".situations .circles circle")
    widths = {round(circle.bounding_box()["width"]) for circle in drawn.all()}
    assert drawn.count() > 10
    assert len(widths) == 1


def test_previews_are_one_neutral_picture(site: Path, page: Page) -> None:
    """Every page names the same preview by its whole address, and it stands there."""
    for address in addresses(site):
        page.goto(address)
        image = page.locator("meta[property='og:image']").get_attribute("content")
        assert urlsplit(image).scheme in ("http", "https")
        assert (site / urlsplit(image).path.lstrip("/")).name == "preview.png"
    assert (site / "preview.png").is_file()
    assert (site / "apple-touch-icon.png").is_file()


def test_no_visit_asks_for_what_only_others_need(served: Served, page: Page) -> None:
    """Preview and touch icon cost a reader nothing."""
    before = len(served.requests)
    page.goto("/", wait_until="networkidle")
    asked = [request.path for request in served.requests[before:]]
    assert len(asked) >= 3
    assert not [path for path in asked if path.endswith(".png")]


@pytest.mark.parametrize("name", CIRCLES)
def test_the_kept_pictures_are_what_the_site_draws(
    new_page: Callable[..., Page], name: str
) -> None:
    """After a change of the circles `make pictures` must be run; no picture is large."""
    page = new_page(reduced_motion="reduce")
    kept = Image.open(ROOT / name).convert("RGB")
    drawn = circles(page, *CIRCLES[name]).convert("RGB")
    difference = ImageChops.difference(kept, drawn).convert("L").point(lambda v: 255 * (v > 40))
    assert kept.size == drawn.size
    assert difference.histogram()[255] < 0.01 * kept.width * kept.height
    assert all((ROOT / file).stat().st_size < 100_000 for file in (*CIRCLES, README))


def test_search_engines_may_read_everything(served: Served) -> None:
    """Lighthouse cannot ask this under our policy, so we do."""
    rules = RobotFileParser(f"{served.url}/robots.txt")
    rules.read()
    assert rules.mtime()
    assert rules.can_fetch("Googlebot", f"{served.url}/talk/")


def test_nothing_of_the_theme_is_left(site: Path) -> None:
    """None of its classes, styles or scripts is in what is published."""
    for file in site.rglob("*.html"):
        assert 'class="md-' not in file.read_text(encoding="utf-8"), file
    assert {file.suffix for file in (site / "assets").rglob("*") if file.is_file()} <= {
        ".css", ".js", ".svg", ".png",
    }  # fmt: skip


def test_the_circles_drift_once_and_only_if_motion_is_welcome(
    new_page: Callable[..., Page],
) -> None:
    """They come to rest; with reduced motion they never move; nothing else does."""
    page = new_page(reduced_motion="no-preference")
    page.goto("/talk/")
    moving = page.evaluate(
        "document.getAnimations().map(a => [a.effect.target.tagName,"
        "a.effect.getComputedTiming().iterations, a.effect.getComputedTiming().duration])"
    )
    assert {name for name, _, _ in moving} == {"circle"}
    assert all(times == 1 and length <= 2000 for _, times, length in moving)
    page.emulate_media(reduced_motion="reduce")
    page.goto("/talk/")
    assert page.evaluate("document.getAnimations().length") == 0


def test_in_forced_colors_the_circles_are_outlines(new_page: Callable[..., Page]) -> None:
    """Both keep an edge in the system's color, so their distance can still be seen."""
    page = new_page(forced_colors="active")
    page.goto("/talk/")
    for circle in page.locator(".head__picture circle").all():
        fill, stroke, width = circle.evaluate(
            "c => { const s = getComputedStyle(c); return [s.fill, s.stroke, s.strokeWidth] }"
        )
        assert fill == "none"
        assert stroke != "none"
        assert float(width.removesuffix("px")) > 0


def test_a_right_to_left_sentence_reads_from_the_right(page: Page) -> None:
    """Hebrew in an English page begins at the right edge; a phone number stays as dialed."""
    page.goto("/help/")
    p = page.locator("main > p:not([class])").first
    p.evaluate("p => { p.textContent = 'אני רוצה לדבר עם מישהו היום, בבקשה' }")
    right = p.evaluate(
        "p => { const r = document.createRange(); r.selectNodeContents(p);"
        "return p.getBoundingClientRect().right - r.getBoundingClientRect().right }"
    )
    assert abs(right) < 2
    phone = page.locator("a.phone", has_text="-").first
    phone.evaluate("a => a.before('חייגו ')")
    first, last = phone.evaluate(
        "a => { const t = a.firstChild, r = document.createRange(); const x = i => {"
        "r.setStart(t, i); r.setEnd(t, i + 1); return r.getBoundingClientRect().left };"
        "return [x(0), x(t.length - 1)] }"
    )
    assert first < last
