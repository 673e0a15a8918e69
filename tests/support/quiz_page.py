"""The self-quiz as its reader handles it: questions and answers by their words, buttons by name."""

from playwright.sync_api import Locator, Page, expect

from macros.quiz.model import Item, Option
from macros.render import typographic
from tests.support.journeys import QUIZ
from tests.support.responses import Given

ANSWERS = """() => [
    ...document.querySelectorAll("form :checked, details[open]:not(.note)"),
    ...document.querySelectorAll(
        matchMedia("(max-width: 43.99rem)").matches ? ".note[open]" : "none"),
    ...document.querySelectorAll(
        "[data-quiz-ready] :is(.outcome, .outcome__also li):not([hidden])"),
    ...document.querySelectorAll(".outcome__why *, .outcome__answered, .quiz__answers *"),
    ...document.querySelectorAll(".quiz__now *, .quiz__taken *"),
    ...[...document.querySelectorAll("input[type=search]")].filter((field) => field.value),
].map((element) => element.outerHTML.slice(0, 120))"""
"""Every trace of an answer in a page, seen or hidden; none on a page nobody has used.

Research notes stand open on a wide screen; on a narrow one, an open one was opened by a reader.
"""

# What a browser that only knows CSS selectors presses; each finds one element at a time.
START = ".quiz__start button"
CONTINUE = ".quiz__dock button[data-do=next]"
BACK = ".quiz__dock button[data-do=back]"
STOP = ".quiz__dock button[data-do=finish]"
GO_ON = ".quiz > section:not([class]):not([hidden]) button[data-do=next]"
"""Where help comes first: on with the questions."""
SEE = ".quiz > section:not([class]):not([hidden]) button[data-do=finish]"
"""Where help comes first, and at the list of answers: to the next step."""


def answers_in(page: Page) -> list[str]:
    """Return what ANSWERS finds in a page."""
    return list(page.evaluate(ANSWERS))


def item_of(name: str) -> Item:
    """The item of an id."""
    item = QUIZ.item(name)
    assert item
    return item


def option_of(answer: str) -> Option:
    """The option of an answer such as `stand.over`."""
    item, _, name = answer.partition(".")
    found = item_of(item).option(name)
    assert found
    return found


def words_of(answer: str) -> str:
    """The words of an answer such as `stand.over`, as its page has them."""
    return typographic(option_of(answer).text)


def stem_of(item: str) -> str:
    """The words of a question, as its page has them."""
    return typographic(item_of(item).stem)


def given(*answers: str) -> Given:
    """Answers such as `stand.over` as responses."""
    responses: dict[str, frozenset[str]] = {}
    for answer in answers:
        item, _, name = answer.partition(".")
        responses[item] = responses.get(item, frozenset()) | {name}
    return responses


def reason(*answers: str) -> str:
    """The line in which an outcome names the answers to one question it rests on."""
    item = answers[0].partition(".")[0]
    return f"{stem_of(item)} {' · '.join(words_of(answer) for answer in answers)}"


def title_of(outcome: str) -> str:
    """The title of an outcome as its page has it."""
    return typographic(next(o.title for o in QUIZ.outcomes if o.id == outcome))


def question(page: Page, item: str) -> Locator:
    """One question with its options."""
    # By its role, each look would work out the name of every group of the page, which takes longer
    # than all else that the tests of the quiz do.
    return page.locator(f"fieldset#{item}").filter(has_text=stem_of(item))


def choice(page: Page, answer: str) -> Locator:
    """The radio button or checkbox of an answer such as `stand.over`."""
    item = answer.partition(".")[0]
    role = "radio" if item_of(item).kind == "single" else "checkbox"
    return question(page, item).get_by_role(role, name=words_of(answer), exact=True)


def label(page: Page, answer: str) -> Locator:
    """What a reader clicks to choose an answer."""
    return page.locator(label_selector(answer))


def label_selector(answer: str, mark: str = "") -> str:
    """The label of an answer, for a browser that knows only CSS selectors."""
    item, _, name = answer.partition(".")
    return f'label:has([name="{mark}{item}"][value="{mark}{name}"])'


def outcome(page: Page, name: str) -> Locator:
    """One next step."""
    heading = page.get_by_role("heading", name=title_of(name), exact=True)
    return page.locator(".outcome").filter(has=heading)


def shown_outcomes(page: Page) -> list[str]:
    """The titles of the next steps on show."""
    return page.locator(".outcome h2:visible").all_inner_texts()


def reasons(page: Page) -> list[str]:
    """What the next step on show says it rests on, a question a line."""
    why = page.get_by_role("heading", name="Why you see this", exact=True)
    return why.locator("xpath=following-sibling::ul[1]/li").all_inner_texts()


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def asked(page: Page) -> str | None:
    """The id of the one question on show, if there is one."""
    stems = page.locator(".quiz__stem:visible").all_inner_texts()
    return next((item.id for item in QUIZ.items if [stem_of(item.id)] == stems), None)


def arrive(page: Page) -> None:
    """Open the quiz and wait until it can begin."""
    page.goto("/quiz/")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()


def open_quiz(page: Page) -> None:
    """Open the quiz and begin: the first question is asked."""
    arrive(page)
    press(page, "Start")
    expect(question(page, QUIZ.items[0].id)).to_be_visible()


def step(page: Page) -> None:
    """Go on to the next question, past the offer of help; by keyboard, two quick clicks are one."""
    page.get_by_role("button", name="Continue", exact=True).press("Enter")
    go_on = page.get_by_role("button", name="Go on with the questions", exact=True)
    if go_on.is_visible():
        go_on.press("Enter")


# Presses Continue, and goes on where help comes first, until an item is asked or the questions are
# over; chooses on the way. As fast as the page can: test_the_whole_quiz_is_taken_by_hand presses
# each button as a reader does.
_WALK = """([given, stop, steps]) => {
    const shown = (selector) => [...document.querySelectorAll(`form.quiz ${selector}`)]
        .find((part) => part.checkVisibility());
    const asked = () => shown("fieldset")?.id;
    const press = () => shown("button[data-do=next]").click();
    for (let item; steps > 0 && (item = asked()) && item !== stop; steps -= 1) {
        for (const option of given[item] ?? []) {
            shown(`[name="${item}"][value="${option}"]`).click();
        }
        press();
        if (asked() === undefined && shown("button[data-do=next]")) press();
    }
    return asked() ?? null;
}"""


def go_to(page: Page, item: str) -> None:
    """Go on until this question is asked."""
    here = page.evaluate(_WALK, [{}, item, 1000])
    assert here == item, f"{item} is not asked"


def answer(page: Page, *answers: str) -> None:
    """On an open quiz, go to each answer's question in turn and choose it; stay at the last."""
    for each in answers:
        go_to(page, each.partition(".")[0])
        label(page, each).click()


def answer_all(page: Page, responses: Given, steps: int = 1000) -> None:
    """On an open quiz, choose these responses and go on after each question, to the review."""
    page.evaluate(_WALK, [{item: sorted(of) for item, of in responses.items()}, "", steps])


def take_quiz(page: Page, *answers: str) -> None:
    """Open the quiz, give these answers in the order of the questions, and stop there."""
    open_quiz(page)
    answer(page, *answers)
    press(page, "Stop here")


def show_code(page: Page) -> str:
    """At the outcome, ask for the answer code and return it."""
    press(page, "Show an answer code")
    return page.locator(".quiz__taken output").inner_text()


def show_summary(page: Page) -> str:
    """At the outcome, ask for the summary and return it."""
    press(page, "Show a summary")
    return page.get_by_label("Your summary").input_value()


def finish(page: Page) -> None:
    """From the list of answers, ask for the outcome, and for everything it offers to show."""
    press(page, "See a next step")
    show_code(page)
    press(page, "Show a summary")


def at_the_start(page: Page) -> None:
    """Check that the quiz is at its start with nothing chosen, as if never used."""
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert answers_in(page) == []
