"""The look holds at any width, size of text, color scheme and direction, and is this site's own."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, ViewportSize

from tests.support.browsers import DESKTOP, NARROW
from tests.support.journeys import SITE
from tests.support.netlify import ROOT, Served
from tests.support.probes import probe
from tests.tools.pictures import CIRCLES, README, circles

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2

# Letters to a line, over all full lines of the paragraphs of the column.
LETTERS = """() => {
  const counts = [];
  for (const p of document.querySelectorAll("main :is(.text, .section) > p:not([class])")) {
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


def test_a_very_long_word_breaks(page: Page) -> None:
    """A word longer than the line breaks, wherever it stands."""
    for address in ("/", "/talk/", "/help/", "/quiz/", "/sources/"):
        open_at(page, NARROW, address)
        page.evaluate(
            "word => { for (const e of document.querySelectorAll("
            "'h1,h2,h3,p,dd,dt,li a:not(.phone),legend,label span,summary')) e.append(word) }",
            LONG,
        )
        assert probe(page, "sticksOut") == [], address


@pytest.mark.parametrize(
    "size", ({"width": 768, "height": 1024}, DESKTOP, {"width": 1920, "height": 1080})
)
def test_a_line_has_sixty_to_seventy_letters(page: Page, size: ViewportSize) -> None:
    """The width of the column is counted in letters. Fallback faces differ by a few."""
    open_at(page, size, "/talk/")
    assert 58 <= page.evaluate(LETTERS) <= 72


def test_each_situation_has_a_scene_of_its_own(page: Page) -> None:
    """No two are drawn alike, and all have one size."""
    open_at(page, DESKTOP, "/")
    scenes = page.locator(".situations .scene")
    drawn = scenes.evaluate_all("all => all.map(scene => scene.innerHTML)")
    sizes = scenes.evaluate_all("all => all.map(scene => scene.getBoundingClientRect().width)")
    assert len(drawn) == len(SITE.situations.situations)
    assert len({*drawn}) == len(drawn)
    assert len({*sizes}) == 1


@pytest.mark.fresh
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


def test_a_right_to_left_sentence_reads_from_the_right(page: Page) -> None:
    """Hebrew in an English page begins at the right edge; a phone number stays as dialed."""
    page.goto("/help/")
    p = page.locator("main :is(.text, .section) > p:not([class])").first
    p.evaluate("p => { p.textContent = 'אני רוצה לדבר עם מישהו היום, בבקשה' }")
    right = p.evaluate(
        "p => { const r = document.createRange(); r.selectNodeContents(p);"
        "return p.getBoundingClientRect().right - r.getBoundingClientRect().right }"
    )
    assert abs(right) < 2
    page.goto("/help/#us")
    phone = page.locator(".country:target .phone", has_text="-").first
    phone.evaluate("a => a.before('חייגו ')")
    first, last = phone.evaluate(
        "a => { const t = a.firstChild, r = document.createRange(); const x = i => {"
        "r.setStart(t, i); r.setEnd(t, i + 1); return r.getBoundingClientRect().left };"
        "return [x(0), x(t.length - 1)] }"
    )
    assert first < last
