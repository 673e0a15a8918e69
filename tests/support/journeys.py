"""Every page of the built site, and journeys through the quiz as a reader makes them."""

import re
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import combinations, islice, product
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from macros.quiz.model import Quiz
from macros.quiz.outcomes import outcomes_for, visited
from macros.site import read_site
from tests.support.netlify import ROOT
from tests.support.responses import Given

# One page of each kind: what stands on it, and which scripts it loads, differs.
KINDS = ("/", "/talk/", "/help/", "/find/", "/quiz/", "/404.html")


def addresses(site: Path) -> list[str]:
    """Return the address of every page of a built site, the 404 page included."""
    files = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    return [f"/{name.removesuffix('index.html')}" for name in files]


@cache
def quiz() -> Quiz:
    """Return the project's own quiz."""
    return read_site(ROOT).quiz


def witnesses() -> dict[str, Given]:
    """Return for each outcome the fewest responses that lead to it.

    Raises LookupError if one takes responses to more than three items: search deeper then.
    """
    found: dict[str, Given] = {}
    for given in _few():
        for reached in outcomes_for(quiz(), given):
            found.setdefault(reached.outcome.id, given)
        if len(found) == len(quiz().outcomes):
            return found
    raise LookupError({outcome.id for outcome in quiz().outcomes} - set(found))


def _few() -> Iterator[Given]:
    """Nothing, then one option each of one item, of two, of three that rules name."""
    named = {item for outcome in quiz().outcomes for rule in outcome.when for item in rule}
    items = [item for item in quiz().items if item.id in named]
    for depth in range(4):
        for chosen in combinations(items, depth):
            for options in product(*(item.options for item in chosen)):
                pairs = zip(chosen, options, strict=True)
                yield {item.id: frozenset({option.id}) for item, option in pairs}


def longest() -> Given:
    """Return a response to every item: the second option, or the last that skips nothing."""
    chosen = {item.id: [o for o in item.options if not o.then][:2][-1].id for item in quiz().items}
    assert len(list(visited(quiz(), {item: frozenset({o}) for item, o in chosen.items()}))) == len(
        quiz().items
    )
    return {item: frozenset({option}) for item, option in chosen.items()}


def label(page: Page, item: str, option: str) -> Locator:
    """Return what a reader clicks to choose an option."""
    return page.locator(f'label[for="{item}.{option}"]')


def open_quiz(page: Page) -> None:
    """Open the quiz and wait until it asks one question at a time."""
    page.goto("/quiz/")
    expect(page.locator("form[data-quiz-ready]")).to_be_visible()


def answer(page: Page, responses: Given, *, steps: int | None = None) -> None:
    """Choose the responses on an open quiz, going on after each item; stop after some steps."""
    for item in islice(visited(quiz(), responses), steps):
        for option in sorted(responses.get(item.id, ())):
            label(page, item.id, option).click()
        # By the keyboard: two quick clicks on one spot count as one.
        page.get_by_role("button", name=re.compile("^(Next|Skip)$")).press("Enter")


def finish(page: Page) -> None:
    """From the list of answers, ask for the outcome, and for everything it offers to show."""
    page.get_by_role("button", name="See a next step").click()
    page.get_by_role("button", name="Show an answer code").click()
    page.get_by_role("button", name="Show a summary").click()


# Every trace of an answer in the page, seen or hidden: choices, words, fields. None on a page
# nobody has used. It asks the markup, not the script.
ANSWERS = """() => [
    ...document.querySelectorAll("form :checked, details[open]"),
    ...document.querySelectorAll("form[data-quiz-ready] .outcome:not([hidden]), .outcome__why *"),
    ...document.querySelectorAll(".quiz__answers *, .quiz__pages li, .quiz__taken *"),
    ...[...document.querySelectorAll("input[type=search]")].filter((field) => field.value),
].map((element) => element.outerHTML.slice(0, 120))"""


def answers_in(page: Page) -> list[str]:
    """Return what ANSWERS finds in a page."""
    return list(page.evaluate(ANSWERS))


def planted(site: Path, copy: Path, script: str, *, into: str = "quiz") -> Path:
    """Copy a built site and add a line to one of its scripts; return the copy."""
    shutil.copytree(site, copy)
    (file,) = (copy / "assets").glob(f"{into}.*.js")
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{script}\n", encoding="utf-8")
    return copy
