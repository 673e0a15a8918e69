"""Nothing a reader does in the quiz leaves the page, and nothing of it stays in the browser.

Every page is looked at in test_visits, every outcome in test_quiz; here are longer journeys, and
what the server sees of a visit.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.quiz.outcomes import visited
from tests.support.journeys import QUIZ, longest
from tests.support.netlify import Request, Served, serve
from tests.support.privacy import Ledger
from tests.support.quiz_page import answer_all, finish, label, open_quiz, press, step


def every_option(page: Page, ledger: Ledger) -> None:
    """Choose each option of each item once, go on with one that skips nothing, to the end."""
    chosen = longest()
    for item in visited(QUIZ, chosen):
        for option in [*(o.id for o in item.options), *chosen[item.id]]:
            label(page, f"{item.id}.{option}").click()
        ledger.look()
        step(page)
        ledger.look()
    finish(page)
    ledger.look()
    press(page, "Clear everything and start again")


def back_and_forth(page: Page, ledger: Ledger) -> None:
    """Stop early, change an answer, clear one, walk back by the browser."""
    answer_all(page, longest(), 3)
    press(page, "Stop here")
    ledger.look()
    press(page, "Look at your answers")
    page.locator(".quiz__answer").get_by_role("button").first.click()
    press(page, "Clear this answer")
    ledger.look()
    step(page)
    for _ in range(3):
        page.go_back()
        ledger.look()


@pytest.mark.parametrize("journey", [every_option, back_and_forth], ids=lambda f: f.__name__)
@pytest.mark.fresh
def test_the_quiz_sends_and_keeps_nothing(
    journey: Callable[[Page, Ledger], None], page: Page, served: Served
) -> None:
    """Whatever is answered: no request, no byte kept, no word in address, title or history."""
    open_quiz(page)
    before, ledger = served.asked(), Ledger(page)
    journey(page, ledger)
    assert ledger.close() == []
    assert served.asked() == before


def strange(requests: Iterable[Request]) -> Iterator[str]:
    """Say what requests hold beyond the address of a file of ours."""
    for request in requests:
        where = f"{request.method} {request.path}"
        if request.method != "GET" or request.body:
            yield f"{where}: sends something"
        if request.query:
            yield f"{where}: asks {request.query}"
        if request.status not in (200, 304, 404):
            yield f"{where}: {request.status}"
        yield from (f"{where}: {h}" for h in ("cookie", "referer") if h in request.headers)


def test_the_host_sees_the_names_of_files_and_nothing_else(
    site: Path, new_page: Callable[..., Page]
) -> None:
    """No query, no body, no cookie, no word about the page before, on a walk along the links."""
    with serve(site) as own:
        page = new_page(base_url=own.url)
        page.goto("/")
        for name in ("Self-quiz", "Get help"):
            page.get_by_role("banner").get_by_role("link", name=name).click()
        page.get_by_role("contentinfo").get_by_role("link").first.click()
        expect(page.get_by_role("contentinfo")).to_be_attached()
        page.wait_for_load_state("networkidle")
        files = {f"/{f.relative_to(site).as_posix()}" for f in site.rglob("*") if f.is_file()}
        asked = [request for request in own.requests]
    assert list(strange(asked)) == []
    assert {f"{r.path}index.html" if r.path.endswith("/") else r.path for r in asked} <= files
