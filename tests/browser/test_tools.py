"""What went wrong once with the counselors' tools and the focus, and must not again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support import crockford
from tests.support.desk_page import read_code, tick
from tests.support.journeys import QUIZ
from tests.support.quiz_page import choice, given, open_quiz, option_of, press

CODE = crockford.code(QUIZ, given("stand.break-up", "choose.no"))
OTHER = crockford.code(QUIZ, given("stand.unsure"))

# What a browser that translates a page does to it.
TRANSLATED = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) if (walk.currentNode.data.trim()) found.push(walk.currentNode);
    for (const text of found) {
        const font = document.createElement("font");
        text.replaceWith(font);
        font.append(text);
    }
}"""


def test_the_answers_shown_are_those_of_the_code_in_the_field(page: Page) -> None:
    """Also when the first code is changed and only the second read: never an old client's above."""
    page.goto("/counselors/code/")
    read_code(page, CODE)
    press(page, "I have asked each of them alone. Go on")
    page.get_by_label("Answer code", exact=True).fill(OTHER)
    read_code(page, CODE, "The other answer code")
    expect(page.get_by_text("They agree on")).to_be_visible()
    shown = page.locator(".reader__answers:visible").all_inner_texts()
    assert all(option_of("stand.break-up").text not in answers for answers in shown)
    page.get_by_label("Answer code", exact=True).fill("nonsense")
    read_code(page, CODE, "The other answer code")
    expect(page.locator(".reader__answers, .reader__table")).to_have_count(0)


@pytest.mark.parametrize(
    "pasted",
    [
        "Your answer code: {code}",
        "{code}.",
        "\u200b{code}\u200f",
        "\u202a{code}\u202c",
        "{dashed}",
        "{wide}",
    ],
)
def test_a_code_is_read_as_people_paste_it(page: Page, pasted: str) -> None:
    """With words around it, invisible marks, other dashes, full-width letters."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in CODE)
    page.goto("/counselors/code/")
    read_code(page, pasted.format(code=CODE, dashed=CODE.replace("-", "\u2013"), wide=wide))
    expect(page.locator(".reader__answers")).to_contain_text(option_of("stand.break-up").text)


def test_a_full_list_says_so_and_loses_nothing(page: Page) -> None:
    """Whatever the maker hands out, the list shows."""
    page.goto("/counselors/list/")
    boxes = page.locator(".maker__pick input")
    boxes.evaluate_all("all => { for (const box of all) if (!box.disabled) box.click() }")
    address = page.locator(".maker__address").inner_text()
    made = page.locator(".maker__chosen li").count()
    page.goto("/list/#" + address.partition("#")[2])
    expect(page.locator(".reading__list li")).to_have_count(made)
    expect(page.locator(".reading__unknown")).to_be_hidden()


def test_a_forgotten_list_leaves_no_address_behind(page: Page) -> None:
    """Not in the address, the button, the link or the code, seen or hidden."""
    page.goto("/counselors/list/")
    tick(page, "talk")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(page.locator(".maker__chosen li")).to_have_count(0)
    assert "#talk" not in page.locator(".maker__list").evaluate("list => list.outerHTML")
    assert not page.locator(".maker__list svg.qr path[d]").count()


def test_a_translated_list_can_be_put_in_order(page: Page) -> None:
    page.goto("/counselors/list/")
    page.evaluate(TRANSLATED)
    tick(page, "talk", "care")
    page.evaluate(TRANSLATED)
    page.locator(".maker__chosen li").nth(1).get_by_text("Up").click()
    expect(page.locator(".maker__address")).to_contain_text("/list/#care,talk")
    page.locator(".maker__chosen li").nth(0).get_by_text("Remove").click()
    expect(page.locator(".maker__address")).to_contain_text("/list/#talk")


def test_a_translated_quiz_can_be_taken(page: Page) -> None:
    """A click on the element that a translation program put inside a button still presses it."""
    open_quiz(page)
    page.evaluate(TRANSLATED)
    choice(page, "afraid.no").check()
    page.get_by_text("Continue", exact=True).click()
    expect(page.locator(".quiz__where-count")).to_contain_text("Question 2")
    page.evaluate(TRANSLATED)
    page.get_by_text("Stop here", exact=True).click()
    page.evaluate(TRANSLATED)
    page.get_by_text("Show a summary", exact=True).click()
    assert "No" not in page.get_by_label("Your summary").input_value().split()
    page.get_by_text("Look at your answers", exact=True).click()
    page.evaluate(TRANSLATED)
    page.get_by_text("Change", exact=True).first.click()
    expect(choice(page, "afraid.no")).to_be_checked()


def test_the_desk_announces_once_when_the_typing_rests(page: Page) -> None:
    page.goto("/counselors/links/")
    page.evaluate(
        """() => {
            window.told = [];
            const status = document.querySelector(".desk [role=status]");
            const look = () => status.textContent && told.push(status.textContent);
            const changes = { childList: true, characterData: true, subtree: true };
            new MutationObserver(look).observe(status, changes);
        }"""
    )
    page.get_by_label("Find a page or section").press_sequentially("children", delay=60)
    status = page.locator(".desk [role=status]")
    expect(status).to_have_text(re.compile(r"^\d+ found$"))
    assert len(page.evaluate("told")) == 1


def test_an_opened_answer_keeps_its_marker_s_size(page: Page) -> None:
    """Nothing jumps when a learning check is opened."""
    page.goto("/talk/")
    option = page.locator(".ask details").first
    size = """details => {
        const { width, height } = getComputedStyle(details.querySelector("summary"), "::before");
        return [width, height, details.querySelector("summary").offsetHeight];
    }"""
    before = option.evaluate(size)
    option.locator("summary").click()
    assert option.evaluate(size) == before
