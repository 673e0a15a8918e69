"""The copy for a disk: opened from there, with no network at all, everything still works."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browsers import PHONE
from tests.support.paper import sides


@pytest.fixture
def disk(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser without a network; anything but a file that is asked for fails the test."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    context.set_offline(True)
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on("console", lambda said: said.type == "error" and problems.append(said.text))
    context.on(
        "request",
        lambda asked: asked.url.startswith(("file:", "blob:")) or problems.append(asked.url),
    )
    yield context
    context.close()
    assert problems == []


def test_the_copy_is_offered_to_counselors(page: Page, served: object) -> None:
    """The page links to the zip and its checksum, and both are there."""
    page.goto("/counselors/")
    for name in ("Get the copy", "Its checksum"):
        link = page.get_by_role("link", name=name)
        answer = page.request.get(link.evaluate("link => link.href"))
        assert answer.status == 200 and answer.body()


def test_pages_are_read_from_disk(copy: Path, disk: BrowserContext) -> None:
    """From page to page by links, styled, to a section."""
    page = disk.new_page()
    page.goto((copy / "index.html").as_uri())
    bar = page.get_by_role("banner")
    assert bar.evaluate("bar => getComputedStyle(bar).position") == "sticky"
    page.get_by_role("link", name="They say they want to break up").click()
    page.wait_for_url("**/talk.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for one open talk")
    page.goto((copy / "talk.html").as_uri() + "#stop")
    expect(page.get_by_role("heading", name="When to stop")).to_be_in_viewport()


def test_quiz_and_code_reader_work_from_disk(copy: Path, disk: BrowserContext) -> None:
    """Answered, coded, read: with no network from beginning to end."""
    page = disk.new_page()
    page.goto((copy / "quiz/index.html").as_uri())
    page.get_by_role("button", name="Start", exact=True).click()
    for _ in range(5):
        page.get_by_role("button", name="Skip", exact=True).click()
    page.get_by_label("They are unsure", exact=True).check()
    page.get_by_role("button", name="Stop here", exact=True).click()
    shown = page.locator(".outcome:visible h2").inner_text()
    page.get_by_role("button", name="Show an answer code").click()
    code = page.locator(".quiz__taken output").inner_text()
    page.goto((copy / "counselors/code.html").as_uri())
    page.get_by_label("Answer code", exact=True).fill(code)
    page.keyboard.press("Enter")
    outcome = page.locator(".reader__outcome a")
    expect(outcome).to_have_text(shown)
    outcome.click()
    expect(page.locator("article.outcome").filter(has_text=shown)).to_be_in_viewport()


def test_the_desk_works_from_disk(copy: Path, disk: BrowserContext) -> None:
    """It hands out the lasting addresses, never those of the disk; lists open."""
    page = disk.new_page()
    page.goto((copy / "counselors/links.html").as_uri())
    addresses = page.locator(".desk__address").all_text_contents()
    assert addresses and all(a.startswith("http://127.0.0.1:8000/") for a in addresses)
    assert not any(".html" in address for address in addresses)
    page.goto((copy / "counselors/list.html").as_uri())
    page.locator('[id="pick.talk"]').check()
    assert page.locator(".maker__address").inner_text() == "http://127.0.0.1:8000/list/#talk"
    page.get_by_role("link", name="See it as your client will").click()
    page.wait_for_url("**/list.html#talk")
    page.get_by_role("link", name="Ask for one open talk").click()
    page.wait_for_url("**/talk.html")


def test_a_sheet_is_printed_from_disk(copy: Path, disk: BrowserContext) -> None:
    """With the lasting address and the edition that the site's own sheet has."""
    page = disk.new_page()
    page.goto((copy / "talk.html").as_uri())
    text = "".join(sides(page.pdf()))
    assert "http://127.0.0.1:8000/talk/" in text
    assert re.search(r"Edition[0-9a-f]{8}", text)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_leave_works_from_disk(copy: Path, browser: Browser, scripts: bool) -> None:
    """The page is gone at once, though the neutral one cannot load."""
    context = browser.new_context(java_script_enabled=scripts, viewport=PHONE)
    context.set_offline(True)
    page = context.new_page()
    page.goto((copy / "quiz/index.html").as_uri())
    asked: list[str] = []
    page.on("requestfailed", lambda request: asked.append(request.url))
    with page.expect_event("requestfailed"):
        page.get_by_role("link", name="Leave this site").click()
    assert asked[0].startswith("https://www.weather.gov")
    expect(page.get_by_text("Questions to think with")).to_have_count(0)
    context.close()
