"""Every stage of the quiz and the tools, in each way people read; and what is announced."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.render import typographic
from tests.support import crockford
from tests.support.browsers import NARROW
from tests.support.journeys import QUIZ
from tests.support.probes import CONTRAST, FORCED, LOOKS, RULES, SPACING, axe, probe, restyle
from tests.support.quiz_page import choice, given, open_quiz, press, question, step
from tests.support.stages import calls_for_help, stages, tool_stages

CODE = crockford.code(QUIZ, given("stand.break", "choose.unsure"))

# How it is read, and what of axe can find something there that the first does not.
PROFILES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "light": ({}, RULES),
    "dark, narrow, spaced": ({"dark": True, "size": NARROW}, LOOKS),
    "forced colors": ({"forced_colors": "active"}, CONTRAST),
}
# In forced colors, test_visits looks at the same elements on the same pages.
profiles = pytest.mark.parametrize(
    "profile",
    [pytest.param(p, marks=[pytest.mark.slow] * (p == "forced colors")) for p in PROFILES],
)


def findings(page: Page, profile: str, within: str | None) -> list[str]:
    """Look at a page as it is at one stage."""
    found: list[str] = []
    if profile == "light":
        found += probe(page, "outline")
    if "spaced" in profile:
        restyle(page, SPACING)
        found += probe(page, "cutOff") + probe(page, "sticksOut")
    if profile == "forced colors":
        restyle(page, FORCED)
    # What is scrolled half behind the bar or the dock would count as too small.
    page.evaluate("document.querySelector('.quiz')?.scrollIntoView()")
    page.locator(".quiz__dock").evaluate_all("all => all.forEach(d => d.style.position = 'static')")
    return found + axe(page, within, PROFILES[profile][1])


def first_of_each_kind() -> set[str]:
    """Questions that another is like, but for its words: of each kind, with help or not, one."""
    kinds = {(item.kind, any(map(calls_for_help, item.options))): item for item in QUIZ.items[::-1]}
    return {item.id for item in kinds.values()}


@pytest.mark.parametrize("all_of_them", [False, pytest.param(True, marks=pytest.mark.slow)])
@profiles
def test_every_stage_of_the_quiz(
    new_page: Callable[..., Page], profile: str, all_of_them: bool
) -> None:
    """Each kind of question, help that appears, the review, the outcome, summary, code."""
    page = new_page(**PROFILES[profile][0])
    left_out = set() if all_of_them else {item.id for item in QUIZ.items} - first_of_each_kind()
    found = {
        stage: findings(page, profile, "main")
        for stage in stages(page)
        if stage.partition(",")[0] not in left_out
    }
    assert len(found) > 10
    assert {stage: each for stage, each in found.items() if each} == {}


# In make test by day alone: at night, test_visits looks at the same pages as they open.
@pytest.mark.parametrize(
    "profile", [pytest.param(p, marks=[pytest.mark.slow] * (p != "light")) for p in PROFILES]
)
def test_every_stage_of_a_tool(new_page: Callable[..., Page], profile: str) -> None:
    """Words typed, with hits and without; a list made and read; codes refused, read, compared."""
    page = new_page(**PROFILES[profile][0])
    found = {stage: findings(page, profile, None) for stage in tool_stages(page, CODE)}
    assert {stage: each for stage, each in found.items() if each} == {}


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


@pytest.mark.fresh
def test_each_message_is_announced_once(page: Page) -> None:
    """Help when it is called for, the summary, the code, the presses of Shift; nothing else.

    A question is not among them: the focus moves to it, and that is how it is heard.
    """
    page.add_init_script(LIVE)
    open_quiz(page)
    helps = [typographic(o.immediate_help or "") for o in QUIZ.outcomes if o.is_help]
    heard = 0
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()
        assert said(page) == [], item.id
        if calls := [o for o in item.options if calls_for_help(o)]:
            choice(page, f"{item.id}.{calls[0].id}").check()
            (announced,) = said(page)
            heard += 1
            assert any(words in announced for words in helps)
            press(page, "Clear this answer")
            assert said(page) == []
        step(page)
        if item != QUIZ.items[-1]:
            assert page.evaluate("document.activeElement.tagName") == "LEGEND"
    assert heard >= 3
    press(page, "See a next step")
    assert said(page) == []
    press(page, "Show a summary")
    assert len(said(page)) == 1
    press(page, "Show an answer code")
    (announced,) = said(page)
    assert "Your answer code" in announced
    page.keyboard.press("Shift")
    assert said(page) == ["Leaving: press Shift two more times."]
    page.keyboard.press("Shift")
    assert said(page) == ["Leaving: press Shift one more time."]
