"""Everything the quiz and the counselors' tools can show, one stage after another."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from macros.quiz.model import Option
from tests.support.desk_page import read_code, tick
from tests.support.journeys import QUIZ
from tests.support.quiz_page import arrive, asked, choice, press, question, step


def stages(page: Page) -> Iterator[str]:
    """Walk the quiz through everything it can show, stopping at each stage."""
    arrive(page)
    yield "start"
    press(page, "Start")
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()
        helping = next((o for o in item.options if calls_for_help(o)), None)
        skipping = any(o.skip_to for o in item.options)
        if helping:
            choice(page, f"{item.id}.{helping.id}").check()
            yield f"{item.id}, answered"
            press(page, "Clear this answer")
        else:
            yield item.id
        if not helping and not skipping:
            choice(page, f"{item.id}.{item.options[0].id}").check()
        step(page)
    yield "review"
    press(page, "See a next step")
    yield "outcome"
    press(page, "Show a summary")
    yield "summary"
    press(page, "Show an answer code")
    yield "code"
    press(page, "Clear everything and start again")
    press(page, "Start")
    danger = next(i for i in QUIZ.items for o in i.options if calls_for_help(o))
    choice(page, next(f"{danger.id}.{o.id}" for o in danger.options if calls_for_help(o))).check()
    while asked(page):
        page.get_by_role("button", name="Continue", exact=True).press("Enter")
    yield "help comes first"
    press(page, "See your next step now")
    yield "help"


def calls_for_help(option: Option) -> bool:
    """Tell whether help is shown as soon as an option is chosen."""
    return option.flag in {flag.id for flag in QUIZ.flags if flag.needs_help}


def tool_stages(page: Page, code: str) -> Iterator[str]:
    """Take each tool through what it can show, stopping at each stage."""
    for address, label in (("/find/", "What is happening?"), ("/counselors/links/", "Find a page")):
        page.goto(address)
        for typed in ("children", "xyzzy"):
            page.get_by_role("searchbox", name=label).fill(typed)
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
    read_code(page, code, "The other answer code")
    expect(page.get_by_text("They agree on")).to_be_visible()
    yield "two codes compared"
