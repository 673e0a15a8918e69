"""Everything the quiz and the counselors' tools can show, one stage after another."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.support.desk_page import read_code, tick
from tests.support.journeys import QUIZ
from tests.support.quiz_page import choice, open_quiz, press, question, step


def stages(page: Page) -> Iterator[str]:
    """Walk the quiz through everything it can show, stopping at each stage."""
    open_quiz(page)
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()
        helping = next((o for o in item.options if o.flag), None)
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
    page.get_by_text("What our pages say").click()
    yield "code, and what pages say"


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
