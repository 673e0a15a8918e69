"""Usable by everyone, as far as a machine can tell: axe, the keyboard, headings, announcements."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from macros.quiz.model import HELP
from tests.browser.test_desk import read_code, take_quiz, tick
from tests.browser.test_quiz import QUIZ, answer, option, outcome, press, question, step
from tests.conftest import DESKTOP, NARROW
from tests.support import journeys
from tests.support.stages import stages
from tests.tools.screenshots import addresses

ZOOMED = {"width": 320, "height": 256}

# Everything axe knows for WCAG 2.2 up to AAA, and its own advice. Of the two rules on contrast the
# stricter, AAA, need alone run.
RULES = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    ],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
}

# WCAG 1.4.12: what a reader may set, and nothing may be lost.
SPACING = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)

ADOPT = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""

VARIANTS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark, narrow, text spacing": {"dark": True, "size": NARROW},
    "forced colors": {"forced_colors": "active"},
}

# Opens all there is, also answers of which one closes the other; tells whether there was any.
UNFOLD = """() => {
  const folds = [...document.querySelectorAll("details")];
  for (const fold of folds) fold.removeAttribute("name");
  for (const fold of folds) fold.open = true;
  return folds.length > 0;
}"""

# Text that a box cuts off. What is there for listeners only is a clipped pixel.
CUT = """() => [...document.querySelectorAll("body *")].filter((e) =>
  e.checkVisibility() && !e.closest("svg, .skip, .bar__name span, textarea")
  && getComputedStyle(e).overflow !== "visible" && getComputedStyle(e).clipPath === "none"
  && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
).map((e) => e.className)"""


# The package's own call hands over all that passed too, which takes as long as the looking.
LOOK = """([within, rules]) => axe.run(within ?? document, rules).then(({ violations }) =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 4).map(({ target }) => target)}`))"""


def found_by_axe(page: Page, within: str | None = None) -> list[str]:
    """Return axe's findings on the open page, or within a part of it, each with its places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return list(page.evaluate(LOOK, [within, RULES]))


@pytest.mark.parametrize("variant", VARIANTS)
def test_axe_finds_nothing_on_any_page(
    site: Path, new_page: Callable[..., Page], variant: str
) -> None:
    """Light, dark, forced colors, 320 px, a reader's own text spacing; contrast at AAA."""
    page = new_page(reduced_motion="reduce", **VARIANTS[variant])
    found = {}
    for address in addresses(site):
        page.goto(address)
        if variant.endswith("text spacing"):
            page.evaluate(ADOPT, SPACING)
            assert page.evaluate(CUT) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") == 320, address
        # Unfolded, a page shows all that it shows folded, and more; folded it is looked at once.
        if variant == "light" and (problems := found_by_axe(page)):
            found[f"{address} folded"] = problems
        if (page.evaluate(UNFOLD) or variant != "light") and (problems := found_by_axe(page)):
            found[address] = problems
    assert found == {}


FAULTS = {
    "a picture without words": ("document.querySelector('.head .circles')", "ariaLabel", ""),
    "a color of 5:1": ("document.querySelector('.head__point').style", "color", "#6b6b6b"),
    "a level left out": ("document.querySelector('main h2')", "ariaLevel", "4"),
    "a link without a name": ("document.querySelector('main p a')", "textContent", ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_axe_notices(page: Page, fault: str) -> None:
    """The check above can fail."""
    page.goto("/talk/")
    of, name, value = FAULTS[fault]
    page.evaluate(f"value => {{ {of}.{name} = value }}", value)
    assert found_by_axe(page) != []


def test_axe_notices_what_is_folded(page: Page) -> None:
    """A link without a name in a note that is closed is found only once it is open."""
    page.goto("/talk/")
    page.evaluate("document.querySelector('main details a').textContent = ''")
    assert found_by_axe(page) == []
    assert page.evaluate(UNFOLD)
    assert found_by_axe(page) != []


@pytest.mark.parametrize("variant", VARIANTS)
def test_axe_finds_nothing_at_any_stage_of_the_quiz(
    new_page: Callable[..., Page], variant: str
) -> None:
    """Each question, help that appears, the review, the outcome, summary, code."""
    page = new_page(reduced_motion="reduce", **VARIANTS[variant])
    found = {}
    for stage in stages(page):
        if variant.endswith("text spacing"):
            page.evaluate(ADOPT, SPACING)
            assert page.evaluate(CUT) == [], stage
        if problems := found_by_axe(page, "main"):
            found[stage] = problems
    assert found == {}


@pytest.mark.parametrize("variant", VARIANTS)
def test_axe_finds_nothing_at_any_stage_of_a_tool(
    new_page: Callable[..., Page], variant: str
) -> None:
    """Words typed, with hits and without; a list made and read; codes refused, read, compared."""
    one = take_quiz(new_page(), {"said": "break", "closeness": "close"})
    page = new_page(reduced_motion="reduce", **VARIANTS[variant])
    found = {}
    for stage in tool_stages(page, one):
        if variant.endswith("text spacing"):
            page.evaluate(ADOPT, SPACING)
            assert page.evaluate(CUT) == [], stage
        if problems := found_by_axe(page):
            found[stage] = problems
    assert found == {}


def tool_stages(page: Page, code: str) -> Iterator[str]:
    """Take each tool through what it can show, stopping at each stage."""
    for address, label in (("/find/", "Type a word"), ("/counselors/links/", "Find a page")):
        page.goto(address)
        for typed in ("children", "xyzzy"):
            page.get_by_label(label).fill(typed)
            yield f"{address}, {typed}"
    page.goto("/counselors/list/")
    tick(page, "talk.ask-why", "after")
    yield "a list made"
    page.goto("/list/#after,talk.ask-why")
    yield "a list read"
    page.goto("/counselors/code/")
    read_code(page, "hello")
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "a code refused"
    read_code(page, code)
    expect(page.locator(".reader__answers")).to_be_visible()
    yield "a code read"
    page.get_by_role("button", name="I have asked each of them alone").click()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("They agree on")).to_be_visible()
    yield "two codes compared"


@pytest.mark.parametrize("name", [o.id for o in QUIZ.outcomes])
def test_axe_finds_nothing_on_any_outcome(page: Page, name: str) -> None:
    """Each outcome the quiz can end with; its headings follow on each other."""
    answer(page, journeys.witnesses()[name])
    expect(outcome(page, name)).to_be_visible()
    assert found_by_axe(page, "main") == []
    assert outline_faults(page) == []


def outline_faults(page: Page) -> list[str]:
    """Return what is wrong with the headings one can see: not one h1, or a level left out."""
    levels = page.locator("h1,h2,h3,h4,h5,h6").evaluate_all(
        "all => all.filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]))"
    )
    faults = [] if levels.count(1) == 1 and levels[0] == 1 else [f"h1: {levels}"]
    pairs = zip(levels, levels[1:], strict=False)
    return faults + [f"h{one} then h{two}" for one, two in pairs if two > one + 1]


def test_headings_make_an_outline(site: Path, page: Page) -> None:
    """One h1 comes first, and no level is left out on the way down."""
    for address in addresses(site):
        page.goto(address)
        assert outline_faults(page) == [], address


# Where the focus is: whether it shows, and whether the bar or the window's edge hides any of it.
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const shown = [e, e.closest(".quiz__option")].filter(Boolean).some((x) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(x);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  const bar = document.querySelector(".bar");
  const { top, bottom, left, right } = e.getBoundingClientRect();
  const above = bar.contains(e) || e.matches(".skip") ? 0 : bar.getBoundingClientRect().bottom;
  const fits = bottom - top < innerHeight - above;
  const whole = top >= above - 1 && bottom <= innerHeight + 1;
  const part = bottom > above && top < innerHeight;
  const seen = (fits ? whole : part) && right > 0 && left < innerWidth;
  const order = [...document.querySelectorAll("*")].indexOf(e);
  return { name: (e.textContent || e.id).trim().slice(0, 40), shown, seen, order };
}"""

REACHABLE = """() => [...document.querySelectorAll(
  "a[href], button:not([disabled]), input, textarea, select, summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility() && e.type !== "radio").length"""


def walk(page: Page, times: int = 1000) -> list[dict[str, Any]]:
    """Press Tab from the top of the page to its end; return each place the focus was."""
    places: list[dict[str, Any]] = []
    for _ in range(times):
        page.keyboard.down("Tab")  # held, it goes on to the next as if pressed again
        place = page.evaluate(FOCUS)
        if place is None or (places and place["order"] <= places[0]["order"]):
            break
        places.append(place)
    page.keyboard.up("Tab")
    return places


@pytest.mark.parametrize("size", (DESKTOP, ZOOMED), ids=("desktop", "400 percent"))
def test_the_keyboard_reaches_everything_and_the_focus_is_always_seen(
    site: Path, new_page: Callable[..., Page], size: Any
) -> None:
    """In the order of the page, with an outline, never under the bar or outside the window."""
    page = new_page(size=size, reduced_motion="reduce")
    for address in addresses(site):
        page.goto(address)
        places = walk(page)
        hidden = [p["name"] for p in places if not (p["shown"] and p["seen"])]
        assert hidden == [], address
        orders = [p["order"] for p in places]
        assert orders == sorted(orders), address
        assert len(places) >= page.evaluate(REACHABLE), address


def test_a_focus_that_is_hidden_is_noticed(page: Page) -> None:
    """Without outlines, or with a bar that covers half the window, the check above fails."""
    page.goto("/talk/")
    page.evaluate(ADOPT, ":focus-visible{outline:none}")
    assert not all(place["shown"] for place in walk(page, 12))
    page.goto("/talk/")
    page.evaluate(ADOPT, "html{scroll-padding:0}.bar{height:60vh}")
    assert not all(place["seen"] for place in walk(page))


def test_controls_are_large_enough_to_hit(site: Path, page: Page) -> None:
    """44 px both ways, for all that is not a link within a line of text."""
    page.set_viewport_size({"width": 360, "height": 740})
    for address in addresses(site):
        page.goto(address)
        small = page.evaluate(
            """() => [...document.querySelectorAll("a, button, summary, label, select, input")]
              .filter((e) => e.checkVisibility() && !e.matches(".skip, input[type=radio],"
                + "input[type=checkbox]")
                && !(e.matches("a") && getComputedStyle(e).display.startsWith("inline")
                  && getComputedStyle(e).display !== "inline-flex"))
              .map((e) => [e.textContent.trim(), e.getBoundingClientRect()])
              .filter(([, box]) => box.height < 44 || box.width < 44)
              .map(([text, box]) => `${text}: ${box.width} by ${box.height}`)"""
        )
        assert small == [], address


# Each text that appears in a live region, in the order a screen reader would say it.
LIVE = """(() => {
  const said = [];
  const last = new WeakMap();
  const look = () => {
    for (const region of document.querySelectorAll("[role=status], [role=alert], [aria-live]")) {
      const words = region.checkVisibility() ? region.innerText.trim() : "";
      if (words && words !== last.get(region)) said.push(words);
      last.set(region, words);
    }
  };
  addEventListener("DOMContentLoaded", () => {
    look();
    said.length = 0;
    const changes = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(look).observe(document.body, changes);
  });
  window.said = () => said.splice(0);
})()"""


def said(page: Page) -> list[str]:
    """Return what has been announced since the last time."""
    return [re.sub(r"\s+", " ", words) for words in page.evaluate("said()")]


def test_each_message_is_announced_once(new_page: Callable[..., Page]) -> None:
    """Help when it is called for, the summary, the code, the presses of Shift; nothing else.

    A question is not among them: the focus moves to it, and that is how it is heard.
    """
    page = new_page()
    page.add_init_script(LIVE)
    page.goto("/quiz/")
    heard = 0
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()
        assert said(page) == [], item.id
        calls = [o for o in item.options if o.means in ("fear", "threat", "self-harm", "own-harm")]
        if calls:
            option(page, item.id, calls[0].id).check()
            announced = said(page)
            heard += len(announced)
            helps = [o.at_once for o in QUIZ.outcomes if o.priority == HELP]
            assert len(announced) == 1
            assert any(words.replace("'", "’") in announced[0] for words in helps if words)
            press(page, "Clear this answer")
            assert said(page) == []
        step(page)
        if page.get_by_role("heading", name="Your answers").is_visible():
            break
        focused = page.evaluate("document.activeElement.tagName")
        assert focused == "LEGEND"
    assert heard >= 3
    press(page, "See a next step")
    assert said(page) == []
    press(page, "Show a summary")
    assert len(said(page)) == 1
    press(page, "Show an answer code")
    announced = said(page)
    assert len(announced) == 1
    assert "Your answer code" in announced[0]
    page.keyboard.press("Shift")
    assert said(page) == ["Leaving: press Shift two more times."]
    page.keyboard.press("Shift")
    assert said(page) == ["Leaving: press Shift one more time."]
