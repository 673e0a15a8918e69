"""What a whole quiz leaves on the disk: not one answer, however the reader goes.

Each browser starts with a new profile and takes the quiz again and again, on a copy of the site in
which all that could tell an answer carries a mark, leaving in another way each time. Then it is
closed in the ordinary way, and every file of the profile is read.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from macros.quiz.outcomes import visited
from tests.support.journeys import QUIZ, longest
from tests.support.netlify import Served, serve
from tests.support.profiles import NAMES, Reader, closed, history, search, start, until
from tests.support.quiz_page import CONTINUE, GO_ON, SEE, START, STOP, label_selector

MARK = "zq7x"

# Before the words of answers, questions, outcomes, and what goes with them.
WORDS = re.compile(r"(<input [^>]*>|<legend[^>]*><span>[^<]*</span>|<a [^>]*>|<h2>|</i> )")


def marked(html: str) -> str:
    """Put the mark before every id and every word of the quiz that an answer could be told by."""
    before, form, rest = re.split(r'(?=<form class="quiz")|(?<=</form>)', html, maxsplit=2)
    form = re.sub(r'(<fieldset[^>]* id="|["#]to-)', rf"\1{MARK}", form)
    form = re.sub(r'(<input[^>]* name=")([^"]*" value=")', rf"\1{MARK}\2{MARK}", form)
    return before + WORDS.sub(rf"\1{MARK} ", form) + rest


@pytest.fixture(scope="module")
def marked_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the built site with a marked quiz."""
    copy = tmp_path_factory.mktemp("marked") / "site"
    shutil.copytree(site, copy)
    page = copy / "quiz" / "index.html"
    page.write_text(marked(page.read_text(encoding="utf-8")), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def marked_served(marked_site: Path) -> Iterator[Served]:
    """Serve the marked copy as the host would."""
    with serve(marked_site) as running:
        yield running


def take_quiz(reader: Reader, url: str, items: int) -> list[str]:
    """Look for a word, answer some items, show code and summary; return what to search for.

    The word and all that tells an answer carry the mark; the answer code does not.
    """
    reader.go(f"{url}/")
    reader.go(f"{url}/find/")
    reader.click("input[type=search]")
    reader.write(MARK)
    assert reader.run("return document.querySelector('input[type=search]').value") == MARK
    reader.go(f"{url}/quiz/")
    reader.click(START)
    given = longest()
    for item in islice(visited(QUIZ, given), items):
        for option in given[item.id]:
            reader.click(label_selector(f"{item.id}.{option}", MARK))
        reader.click(CONTINUE)
        if reader.run("return document.querySelector('form').dataset.view") == "pause":
            reader.click(GO_ON)
    reader.click(SEE if items == len(QUIZ.items) else STOP)
    reader.click("button[data-do=code]")
    code = reader.run("return document.querySelector('.quiz__taken output').value")
    reader.click("button[data-do=summary]")
    summary = reader.run("return document.querySelector('.quiz__taken textarea').value")
    assert MARK in summary
    return [MARK, code]


def by_button(reader: Reader) -> None:
    """Leave by the button."""
    reader.click("a.leave")
    assert until(lambda: not reader.address().startswith("http://127.0.0.1"))


def by_shift(reader: Reader) -> None:
    """Leave by the keyboard."""
    reader.shift()
    assert until(lambda: not reader.address().startswith("http://127.0.0.1"))


def by_back(reader: Reader) -> None:
    """Go back, question by question, to the page before the quiz, and stay there."""
    while reader.address().endswith("/quiz/"):
        reader.back()


def by_closing(reader: Reader) -> None:
    """Close the tab."""
    reader.close_tab()


CONTROL = "c0ntr0l"
"""What the test itself keeps in each profile, as the last thing: the search must find it."""


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_answer_is_left_on_the_disk(
    name: str,
    playwright: Playwright,
    marked_served: Served,
    tmp_path: Path,
    note: Callable[[str], None],
) -> None:
    """Of four quizzes left in four ways, and one open as the browser closes: addresses, no more.

    What the test keeps after them is found, so what a page had kept before would be too.
    """
    folder, url = tmp_path / "profile", marked_served.url
    reader = start(name, playwright, folder)
    words: set[str] = set()
    try:
        for leave in (by_button, by_shift, by_back, by_closing):
            words.update(take_quiz(reader, url, 7))
            leave(reader)
        words.update(take_quiz(reader, url, len(QUIZ.items)))
        reader.run(f"localStorage.setItem('control', '{CONTROL}')")
    finally:
        reader.quit()
    assert until(lambda: closed(folder))
    assert len(words) > 2
    assert search(folder, [CONTROL])
    assert search(folder, sorted(words)) == {}
    rows = [f"{address} “{title}”" for address, title in history(folder)]
    note(f"left on the disk, {name}: no answer; in the history {', '.join(rows)}")
    assert {address for address, _ in history(folder) if address.startswith("/")} == {
        "/",
        "/find/",
        "/quiz/",
    }
