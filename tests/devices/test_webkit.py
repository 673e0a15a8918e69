"""In Safari's engine, WebKit, the site works as it does elsewhere, and forgets as it does there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from macros.quiz.outcomes import outcomes_for, visited
from macros.render import typographic
from tests.support.journeys import ADDRESSES, QUIZ, SITE, longest
from tests.support.quiz_page import ANSWERS, label_selector, stem_of, title_of
from tests.support.responses import Given
from tests.support.webkit import Reader, reader, watched

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:setting remote_server_addr"),  # selenium's own affair
]


@pytest.fixture(scope="module")
def pages(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, with a script that notes problems."""
    return watched(site, tmp_path_factory.mktemp("webkit") / "site")


@pytest.fixture(scope="module")
def running(pages: Path) -> Iterator[Reader]:
    """One WebKit for all tests with a wide window."""
    with reader(pages) as started:
        yield started


@pytest.fixture
def webkit(running: Reader) -> Iterator[Reader]:
    """WebKit on a page of ours; a test fails that ends on one with an error or a violation."""
    yield running
    if running.address().startswith("/"):
        assert running.problems() == []


def answers_in(webkit: Reader) -> list[str]:
    """Every trace of an answer in the open page."""
    return list(webkit.run(f"return ({ANSWERS})()"))


def open_quiz(webkit: Reader) -> None:
    """Open the quiz and begin."""
    webkit.go("/quiz/")
    webkit.press("^Start$")
    webkit.find("group", re.escape(stem_of(QUIZ.items[0].id)))


def answer_all(webkit: Reader, responses: Given, steps: int | None = None) -> None:
    """Choose these responses by taps and go on after each question; stop after some steps."""
    for item in list(visited(QUIZ, responses))[:steps]:
        webkit.find("group", re.escape(stem_of(item.id)))
        for option in sorted(responses.get(item.id, ())):
            (label,) = webkit.select(label_selector(f"{item.id}.{option}"))
            webkit.tap(label)
            webkit.until(
                lambda label=label: webkit.run("return arguments[0].control.checked", label),
                f"{item.id}.{option} was not chosen by a tap",
            )
        webkit.press("^Continue$")
        if webkit.all("button", "^Go on with the questions$"):
            webkit.press("^Go on with the questions$")


def finish(webkit: Reader) -> str:
    """From the list of answers, ask for the outcome and all it offers; return the answer code."""
    webkit.press("^See a next step$")
    webkit.press("^Show a summary$")
    webkit.press("^Show an answer code$")
    code = webkit.until(
        lambda: webkit.run("return document.querySelector('.quiz__taken output')?.textContent"),
        "no code is shown",
    )
    return str(code)


def at_the_start(webkit: Reader) -> None:
    """Check that the quiz is as if never used."""
    webkit.find("button", "^Start$")
    assert answers_in(webkit) == []


def test_every_page_opens_without_an_error(webkit: Reader) -> None:
    """No error, no violation of the policy, nothing that could not be loaded; and its words."""
    found = {}
    for address in ADDRESSES:
        webkit.go(address)
        if problems := webkit.problems():
            found[address] = problems
        assert len(webkit.text()) > 100, address
    assert found == {}


def test_the_quiz_leads_to_the_next_step_of_its_rules(webkit: Reader) -> None:
    """Every question answered by taps, to the outcome, its code and its summary."""
    open_quiz(webkit)
    answer_all(webkit, longest())
    finish(webkit)
    first, *_ = outcomes_for(QUIZ, longest())
    assert webkit.all("heading", re.escape(title_of(first.outcome.id)))


def test_an_answer_that_calls_for_help_shows_it_at_once(webkit: Reader) -> None:
    """Before anything else is pressed."""
    open_quiz(webkit)
    item = QUIZ.items[0]
    option, helping = next(
        (option.id, outcome)
        for option in item.options
        for outcome in (outcomes_for(QUIZ, {item.id: frozenset({option.id})})[0].outcome,)
        if outcome.is_help
    )
    words = typographic(helping.immediate_help or "")
    assert words and words not in webkit.text()
    webkit.tap(webkit.select(label_selector(f"{item.id}.{option}"))[0])
    webkit.until(lambda: words in webkit.text(), "no help is shown")


def test_a_scene_is_played(webkit: Reader) -> None:
    """A reply is chosen by a tap and said, and the partner answers."""
    webkit.go("/practice/")
    webkit.press(re.escape(SITE.practice.openings[0].title))
    line = "return document.querySelector('.play__line')?.textContent"
    webkit.until(lambda: webkit.select(".play__reply"), "no scene begins")
    before = webkit.run(line)
    webkit.tap(webkit.select(".play__reply")[0])
    webkit.press("^(Say|Do) it$")
    webkit.until(lambda: webkit.run(line) not in (None, before), "nobody answers")


def test_find_answers_what_is_typed(webkit: Reader) -> None:
    """Results, best first; words of danger, and help above all."""
    webkit.go("/find/")
    webkit.tap(webkit.find("textbox"))
    webkit.type("children")
    webkit.until(lambda: webkit.select(".find__results a"), "nothing is found")
    webkit.run("document.querySelector('input[type=search]').select()")
    webkit.type("I want to die")
    webkit.until(
        lambda: [e for e in webkit.select(".find__help") if e.is_displayed()], "no help is shown"
    )


def test_a_list_is_made_and_read(webkit: Reader) -> None:
    """A counselor ticks two pages; the client's page shows those two."""
    webkit.go("/counselors/list/")
    webkit.until(lambda: webkit.select(".maker__pick:not([hidden])"), "there is nothing to tick")
    titles = []
    for box in webkit.select(".maker__page > .maker__option > input")[:2]:
        webkit.tap(box)
        titles.append(box.get_attribute("data-title"))
    webkit.tap(webkit.find("link", "See it as your client will"))
    webkit.until(lambda: "/list/#" in webkit.address(), "the list did not open")
    webkit.until(lambda: all(t and t in webkit.text() for t in titles), f"{titles} are not there")


def test_an_answer_code_is_read(webkit: Reader) -> None:
    """The code that the quiz shows is read on the counselors' page; another word is refused."""
    open_quiz(webkit)
    answer_all(webkit, longest())
    code = finish(webkit)
    webkit.go("/counselors/code/")
    asked = next(stem_of(item.id) for item in QUIZ.items if not item.private)
    for typed, told in (("hello", "Ask for the code"), (code, asked)):
        field = webkit.find("textbox", "^Answer code$")
        webkit.run("arguments[0].focus(); arguments[0].select()", field)
        webkit.type(typed + Keys.ENTER)
        webkit.until(lambda told=told: told in webkit.text(), f"{told!r} is not said")


def test_the_desk_finds_a_page_and_draws_its_code(webkit: Reader) -> None:
    """Typing shortens the table of addresses; a QR code is drawn when it is asked for."""
    webkit.go("/counselors/links/")
    before = len(webkit.all("link"))
    webkit.tap(webkit.find("textbox", "^Find a page or section"))
    webkit.type("children")
    webkit.until(lambda: 0 < len(webkit.all("link")) < before, "the desk stayed as it is")
    webkit.tap(webkit.find("button", "^QR code"))
    webkit.until(
        lambda: webkit.run("return document.querySelector('.qr path').getAttribute('d')"),
        "no code is drawn",
    )


WAYS = {"tap": Reader.leave, "shift": Reader.shift}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("steps", [1, 5, None], ids=["step 1", "step 5", "end"])
def test_after_leaving_neither_back_forward_nor_reload_shows_an_answer(
    way: str, steps: int | None, webkit: Reader
) -> None:
    """However far the reader was; the page left comes back as if never used, or not at all."""
    webkit.go("/")
    open_quiz(webkit)
    answer_all(webkit, longest(), steps)
    if steps is None:
        finish(webkit)
    WAYS[way](webkit)
    webkit.until(lambda: not webkit.address().startswith("/"), "the site was not left")
    assert webkit.address() == webkit.neutral
    webkit.driver.back()
    webkit.until(lambda: webkit.address().startswith("/"), "Back did not come back")
    if "/quiz/" in webkit.address():
        at_the_start(webkit)
    assert answers_in(webkit) == []
    webkit.driver.forward()
    webkit.driver.back()
    webkit.until(lambda: webkit.address().startswith("/"), "Back did not come back")
    assert answers_in(webkit) == []
    webkit.driver.refresh()
    assert answers_in(webkit) == []


def test_the_quiz_comes_back_empty(webkit: Reader) -> None:
    """Another page of the site, then Back."""
    open_quiz(webkit)
    answer_all(webkit, longest())
    finish(webkit)
    webkit.go("/talk/")
    webkit.driver.back()
    webkit.until(lambda: "/quiz/" in webkit.address(), "Back did not come back")
    at_the_start(webkit)


def test_an_opened_answer_is_closed_in_the_page_cache(webkit: Reader) -> None:
    """On a page that WebKit keeps in memory, which is asserted."""
    webkit.go("/talk/")
    webkit.tap(webkit.select(".ask summary")[0])
    assert answers_in(webkit)
    webkit.go("/after/")
    webkit.driver.back()
    webkit.until(lambda: "/talk/" in webkit.address(), "Back did not come back")
    assert webkit.shown_from_memory()
    assert answers_in(webkit) == []


def test_dark_pages_are_dark(pages: Path) -> None:
    """The reader's setting is followed: light words on dark paper."""
    with reader(pages, "--dark-mode") as dark:
        for address in ("/", "/talk/", "/quiz/", "/help/"):
            dark.go(address)
            paper, ink = dark.run(
                """const { backgroundColor, color } = getComputedStyle(document.body);
                return [backgroundColor, color]
                  .map((c) => c.match(/[\\d.]+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0))"""
            )
            assert paper < 150 < 600 < ink, address


def test_nothing_scrolls_sideways_at_320_pixels_and_twice_the_text(pages: Path) -> None:
    """Every page in the narrowest window; and in Safari's narrowest with the text at 200 percent.

    This engine makes text larger after all sizes are computed, so no style can hold it back.
    """
    found = {}
    with reader(pages, "--zoom-text-only=true", narrow=True) as narrow:
        for width in (320, 580):
            narrow.go("/")
            if width > 320:
                narrow.widen(width)
                narrow.larger_text()
            assert narrow.run("return innerWidth") == width
            for address in ADDRESSES:
                narrow.go(address)
                if (over := narrow.wider_than_the_window()) > 0:
                    found[f"{address} at {width}"] = over
    assert found == {}
