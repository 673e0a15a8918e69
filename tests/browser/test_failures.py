"""When things break, the advice can still be read, help and Leave still work, and no answer shows.

One row for each way to break, tried on a page of every kind.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.browsers import NARROW
from tests.support.journeys import KINDS, QUIZ, longest
from tests.support.leaving import by_click, forecast
from tests.support.netlify import serve
from tests.support.probes import wait_until_clean
from tests.support.quiz_page import answer_all, answers_in, finish, label, open_quiz, press

Break = Callable[[Page], None]


def assert_of_use(page: Page) -> None:
    """Check all that must be so on any page in any state."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    wait_until_clean(page, "unseen")
    assert page.locator("main").inner_text().strip()
    help_link = page.get_by_role("complementary", name="Help").get_by_role("link").first
    expect(help_link).to_be_visible()
    assert help_link.evaluate("link => link.pathname") == "/help/"
    expect(page.locator("a.leave")).to_be_in_viewport()
    assert answers_in(page) == []
    if page.locator("form.quiz").count():
        questions = page.locator("fieldset.quiz__item:visible")
        ready = page.locator("form[data-quiz-ready]").count()
        # Held back for two seconds at the most, in case a script is still to change it.
        expect(questions).to_have_count(0 if ready else len(QUIZ.items))
        # With none goes a way to begin; with all of them, the key.
        if ready:
            expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        else:
            expect(page.locator(".quiz__key")).to_be_visible()


def assert_leaves(page: Page) -> None:
    """Check that the button leads to the neutral site."""
    by_click(page)
    expect(page).to_have_title("Forecast")


def assert_goes_on(page: Page) -> None:
    """Check that an answer can be chosen, and that the next question is there or comes."""
    first, second, *_ = QUIZ.items
    answer = f"{first.id}.{first.options[0].id}"
    if page.locator("form[data-quiz-ready]").count():
        press(page, "Start")
    # Where the history is denied, Start brings the worksheet back.
    label(page, answer).click()
    expect(label(page, answer).locator("input")).to_be_checked()
    if page.locator("form[data-quiz-ready]").count():
        page.get_by_role("button", name="Continue", exact=True).press("Enter")
    expect(label(page, f"{second.id}.{second.options[0].id}")).to_be_visible()


# Scripts and style


def scripts(**answer: object) -> Break:
    """Answer every request for a script so."""
    return lambda page: page.route("**/*.js", lambda route: route.fulfill(**answer))  # type: ignore[arg-type]


def cut(part: str) -> Break:
    """Send only the first half of the scripts whose name begins so."""

    def broken(page: Page) -> None:
        def half(route: Route) -> None:
            text = route.fetch().text()
            route.fulfill(body=text[: len(text) // 2], content_type="application/javascript")

        page.route(f"**/{part}*.js", half)

    return broken


def throws(where: str) -> Break:
    """Have something the scripts rely on throw at every use."""
    return lambda page: page.add_init_script(
        f"Object.defineProperty({where}, {{ get() {{ throw new Error('planted') }} }})"
    )


def late(page: Page) -> None:
    """Hold every script back until the reader has gone."""
    held: list[Route] = []
    page.route("**/*.js", lambda route: held.append(route))
    page.on("close", lambda _: held.clear())


def no_style(page: Page) -> None:
    """Lose the stylesheet."""
    page.route("**/*.css", lambda route: route.abort())


BEFORE: dict[str, Break] = {
    "scripts blocked": lambda page: page.route("**/*.js", lambda route: route.abort()),
    "scripts missing": scripts(status=404, body="gone"),
    "scripts of another kind": scripts(content_type="text/html", body="<p>sorry</p>"),
    "scripts empty": scripts(content_type="application/javascript", body=""),
    "scripts throwing": scripts(content_type="application/javascript", body="throw new Error('x')"),
    "scripts late": late,
    "every script cut": cut(""),
    "the script of every page cut": cut("frame"),
    "the quiz's script cut": cut("quiz"),
    "style missing": no_style,
    "storage denied": throws("window, 'localStorage'"),
    "storage denied for this tab": throws("window, 'sessionStorage'"),
    "history denied": throws("History.prototype, 'pushState'"),
    "templates unknown": throws("HTMLTemplateElement.prototype, 'content'"),
}


SCRIPTED = ("/quiz/", "/talk/", "/find/")
"""Of the kinds of pages, one for each script; all have the same style."""
FOR_ALL = ("scripts blocked", "style missing")
LIKE_BLOCKED = ("scripts missing", "scripts of another kind", "scripts empty")
"""To the page the same; in make thorough they are tried all the same."""
STAYS = ("scripts late", "history denied", "templates unknown")

# The quiz has the most that can break, and the script of every page too; in make thorough, all.
LOADS = [
    pytest.param(
        fault,
        address,
        id=f"{fault}-{address}",
        marks=[
            *[pytest.mark.slow]
            * (
                fault in LIKE_BLOCKED
                or (address != "/quiz/" and (fault not in FOR_ALL or address not in SCRIPTED))
            ),
            *[pytest.mark.fresh] * (fault in STAYS or "denied" in fault),
        ],
    )
    for fault in BEFORE
    for address in (KINDS if fault == "style missing" else SCRIPTED)
]


@pytest.mark.allow
@pytest.mark.parametrize(("fault", "address"), LOADS)
def test_a_page_that_loads_badly_is_of_use(fault: str, address: str, page: Page) -> None:
    """From reading, or answering, to leaving."""
    forecast(page)
    BEFORE[fault](page)
    page.goto(address, wait_until="commit" if fault == "scripts late" else "load")
    expect(page.get_by_role("contentinfo")).to_be_attached()
    assert_of_use(page)
    if address == "/quiz/":
        assert_goes_on(page)
    assert_leaves(page)


# After the page has loaded


def goes_offline(page: Page) -> None:
    """Lose the network."""
    page.context.set_offline(True)


def back_and_forward(page: Page) -> None:
    """Look at another page and come back, twice."""
    here = page.url
    page.goto("/about/")
    page.go_back(wait_until="commit")
    page.go_forward(wait_until="commit")
    page.go_back(wait_until="commit")
    expect(page).to_have_url(here)


def is_reloaded(page: Page) -> None:
    """Reload."""
    page.reload()


def double_clicks(page: Page) -> None:
    """Click twice, fast, on everything that is not a link, and a letter three times."""
    page.evaluate("document.body.tabIndex = -1")
    for button in page.locator("main").locator(".ask summary:visible, button:visible").all()[:4]:
        button.dblclick()
    page.keyboard.press("a")
    page.reload()


def keys_repeat(page: Page) -> None:
    """Lean on Enter, Space, Escape, Tab and an arrow."""
    for key in ("Enter", " ", "Escape", "Tab", "ArrowDown", "Backspace"):
        page.locator("h1").focus()
        for _ in range(5):
            page.keyboard.down(key)
        page.keyboard.up(key)


BACK = "Back and Forward"
AFTER: dict[str, Break] = {
    "offline": goes_offline,
    "reload": is_reloaded,
    "double clicks": double_clicks,
    "key repeats": keys_repeat,
}


@pytest.mark.allow(r"404", "request to another host", "ERR_INTERNET_DISCONNECTED")
@pytest.mark.parametrize("event", [*AFTER, pytest.param(BACK, marks=pytest.mark.whole_browser)])
@pytest.mark.parametrize(
    "address", [pytest.param(a, marks=[pytest.mark.slow] * (a != "/quiz/")) for a in SCRIPTED]
)
@pytest.mark.fresh
def test_a_page_stays_of_use_after(event: str, address: str, page: Page) -> None:
    """Leaving offline has a test of its own."""
    forecast(page)
    page.goto(address)
    back_and_forward(page) if event == BACK else AFTER[event](page)
    assert_of_use(page)
    page.context.set_offline(False)
    assert_leaves(page)


@pytest.mark.fresh
def test_the_quiz_goes_on_offline(page: Page) -> None:
    """Once it has loaded, from the first question to the outcome."""
    open_quiz(page)
    page.context.set_offline(True)
    answer_all(page, longest())
    finish(page)
    expect(page.locator(".outcome:visible").first).to_be_visible()


# Text nobody foresaw

LONG = "Donaudampfschifffahrt" * 250
RIGHT_TO_LEFT = "هذا نص طويل من اليمين إلى اليسار. " * 180
TEXTS = {
    "one word of 5,000 letters": LONG,
    "right to left": RIGHT_TO_LEFT,
    "emoji": "👩‍👩‍👧🏽" * 850,
}


@pytest.mark.allow("404")
@pytest.mark.parametrize("text", TEXTS)
def test_any_text_wraps_on_a_narrow_screen(
    text: str, site: Path, tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    """In heading, paragraph, list, question and answer: nothing runs out of a window of 320."""
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    assert len(TEXTS[text]) >= 4900
    for file in copy.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        for opening in (r"<h1[^>]*>", r"<p>", r"<li>", r"<legend[^>]*>", r"<label><input[^>]*>"):
            html = re.sub(rf"({opening})", rf"\1{TEXTS[text]} ", html, count=1)
        file.write_text(html, encoding="utf-8")
    with serve(copy) as served:
        page = new_page(base_url=served.url, size=NARROW)
        for address in KINDS:
            page.goto(address)
            assert_of_use(page)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= NARROW["width"], address
