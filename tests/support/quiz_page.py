"""The self-quiz as its reader handles it: questions and answers by their words, buttons by name."""

import re

from playwright.sync_api import Locator, Page, expect

from macros.quiz.model import Item, Option
from macros.render import typographic
from tests.support.journeys import QUIZ
from tests.support.responses import Given

ANSWERS = """() => [
    ...document.querySelectorAll("form :checked, details[open]:not(.note)"),
    ...[...document.querySelectorAll(".note[open]")].filter(
        () => matchMedia("(max-width: 43.99rem)").matches),
    ...document.querySelectorAll("form[data-quiz-ready] .outcome:not([hidden]), .outcome__why *"),
    ...document.querySelectorAll(".quiz__answers *, .quiz__pages li, .quiz__taken *"),
    ...[...document.querySelectorAll("input[type=search]")].filter((field) => field.value),
].map((element) => element.outerHTML.slice(0, 120))"""
"""Every trace of an answer in a page, seen or hidden; none on a page nobody has used.

Research notes stand open on a wide screen; on a narrow one, an open one was opened by a reader.
"""


def answers_in(page: Page) -> list[str]:
    """Return what ANSWERS finds in a page."""
    return list(page.evaluate(ANSWERS))


def item_of(name: str) -> Item:
    """The item of an id."""
    item = QUIZ.item(name)
    assert item
    return item


def option_of(answer: str) -> Option:
    """The option of an answer such as `said.over`."""
    item, _, name = answer.partition(".")
    found = item_of(item).option(name)
    assert found
    return found


def given(*answers: str) -> Given:
    """Answers such as `said.over` as responses."""
    responses: dict[str, frozenset[str]] = {}
    for answer in answers:
        item, _, name = answer.partition(".")
        responses[item] = responses.get(item, frozenset()) | {name}
    return responses


def restated(answer: str) -> str:
    """The words with which the quiz gives an answer back, after "You said that"."""
    return typographic(option_of(answer).restatement)


def title_of(outcome: str) -> str:
    """The title of an outcome as its page has it."""
    return typographic(next(o.title for o in QUIZ.outcomes if o.id == outcome))


def question(page: Page, item: str) -> Locator:
    """One question with its options."""
    return page.get_by_role("group", name=typographic(item_of(item).stem))


def choice(page: Page, answer: str) -> Locator:
    """The radio button or checkbox of an answer such as `said.over`."""
    item = answer.partition(".")[0]
    role = "radio" if item_of(item).kind == "single" else "checkbox"
    name = typographic(option_of(answer).text)
    return question(page, item).get_by_role(role, name=name, exact=True)


def label(page: Page, answer: str) -> Locator:
    """What a reader clicks to choose an answer."""
    return page.locator(f'label[for="{answer}"]')


def outcome(page: Page, name: str) -> Locator:
    """One next step."""
    heading = page.get_by_role("heading", name=title_of(name), exact=True)
    return page.get_by_role("article").filter(has=heading)


def shown_outcomes(page: Page) -> list[str]:
    """The titles of the next steps on show."""
    return page.locator(".outcome__title:visible").all_inner_texts()


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def asked(page: Page) -> str | None:
    """The id of the one question on show, if there is one."""
    stems = page.locator(".quiz__stem-text:visible").all_inner_texts()
    return next((item.id for item in QUIZ.items if [typographic(item.stem)] == stems), None)


def open_quiz(page: Page) -> None:
    """Open the quiz and wait until it asks one question at a time."""
    page.goto("/quiz/")
    expect(page.locator("form[data-quiz-ready]")).to_be_visible()


def step(page: Page) -> None:
    """Press Next or Skip, whichever is there; by keyboard, as two quick clicks count as one."""
    page.get_by_role("button", name=re.compile("^(Next|Skip)$")).press("Enter")


def go_to(page: Page, item: str) -> None:
    """Skip questions until this one is asked."""
    number = [each.id for each in QUIZ.items].index(item) + 1
    count = page.locator(".quiz__where-count")
    while not count.inner_text().startswith(f"Question {number} of"):
        step(page)


def answer(page: Page, *answers: str) -> None:
    """On an open quiz, go to each answer's question in turn and choose it; stay at the last."""
    for each in answers:
        go_to(page, each.partition(".")[0])
        label(page, each).click()


def answer_all(page: Page, responses: Given, steps: int = 1000) -> None:
    """On an open quiz, choose these responses and go on after each question, to the review."""
    for _ in range(steps):
        if (item := asked(page)) is None:
            break
        for option in sorted(responses.get(item, ())):
            label(page, f"{item}.{option}").click()
        step(page)


def take_quiz(page: Page, *answers: str) -> None:
    """Open the quiz, give these answers in the order of the questions, and stop there."""
    open_quiz(page)
    answer(page, *answers)
    press(page, "Stop here")


def show_code(page: Page) -> str:
    """At the outcome, ask for the answer code and return it."""
    press(page, "Show an answer code")
    return page.locator(".quiz__code output").inner_text()


def show_summary(page: Page) -> str:
    """At the outcome, ask for the summary and return it."""
    press(page, "Show a summary")
    return page.get_by_label("Your summary").input_value()


def finish(page: Page) -> None:
    """From the list of answers, ask for the outcome, and for everything it offers to show."""
    press(page, "See a next step")
    show_code(page)
    press(page, "Show a summary")


def at_question_one(page: Page) -> None:
    """Check that the quiz is at its first question with nothing chosen, as if never used."""
    expect(page.locator("form[data-quiz-ready]")).to_be_visible()
    expect(page.get_by_text(f"Question 1 of {len(QUIZ.items)}")).to_be_visible()
    assert answers_in(page) == []
