"""Everything the quiz can show, one stage after another."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser.test_quiz import QUIZ, option, press, question, step


def stages(page: Page) -> Iterator[str]:
    """Walk the quiz through everything it can show, stopping at each stage."""
    page.goto("/quiz/")
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()
        yield item.id
        helping = [o for o in item.options if o.means]
        if helping:
            option(page, item.id, helping[0].id).check()
            yield f"{item.id}, answered"
            press(page, "Clear this answer")
        elif not any(o.then for o in item.options):
            option(page, item.id, item.options[0].id).check()
        step(page)
    yield "review"
    press(page, "See a next step")
    yield "outcome"
    press(page, "Show a summary")
    yield "summary"
    press(page, "Show an answer code")
    yield "code"
    page.get_by_text("What our pages say").click()
    yield "what pages say"
