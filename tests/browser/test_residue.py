"""What a whole quiz leaves on the disk: not one answer, however the reader goes.

Each run starts a browser with a new profile, answers every question on a copy of the site in which
all that could tell an answer carries a mark, leaves, closes the browser in the ordinary way, and
then reads every file of the profile.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from macros.quiz.outcomes import visited
from tests.support import journeys
from tests.support.netlify import Served, serve
from tests.support.profiles import NAMES, Reader, history, search, start

MARK = "zq7x"

# Where ids of items, options and outcomes stand, and the words for them.
IDS = re.compile(r'\b(name|value|for|id|data-(?:item|then|when|help|also|outcome))="([^"]*)"')
SLUG = re.compile(r"(?<![a-z0-9-])(?=[a-z])")
WORDS = re.compile(r'(data-said="|data-feedback="|-text">|outcome__title">)')


def marked(html: str) -> str:
    """Put the mark before every id and every word of the quiz that an answer could be told by."""

    def mark(found: re.Match[str]) -> str:
        return f'{found[1]}="{SLUG.sub(MARK, found[2])}"'

    before, form, rest = re.split(r'(?=<form class="quiz")|(?<=</form>)', html, maxsplit=2)
    return before + WORDS.sub(rf"\1{MARK} ", IDS.sub(mark, form)) + rest


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


def take_quiz(reader: Reader, url: str) -> list[str]:
    """Look for a word, answer everything, show code and summary; return what to search for.

    The word and all that tells an answer carry the mark; the answer code does not.
    """
    reader.go(f"{url}/")
    reader.go(f"{url}/find/")
    reader.click("input[type=search]")
    reader.write(MARK)
    assert reader.run("return document.querySelector('input[type=search]').value") == MARK
    reader.go(f"{url}/quiz/")
    given = journeys.longest()
    for item in visited(journeys.quiz(), given):
        for option in given[item.id]:
            reader.click(f'label[for="{MARK}{item.id}.{MARK}{option}"]')
        reader.click("button[data-do=next]")
    reader.click("button[data-do=finish]")
    reader.click("button[data-do=code]")
    code = reader.run("return document.querySelector('.quiz__code output').value")
    reader.click("button[data-do=summary]")
    summary = reader.run("return document.querySelector('.quiz__summary textarea').value")
    assert MARK in summary
    return [MARK, code]


def by_button(reader: Reader) -> None:
    """Leave by the button."""
    reader.click("a.leave")
    gone(reader)


def by_shift(reader: Reader) -> None:
    """Leave by the keyboard."""
    reader.shift()
    gone(reader)


def by_back(reader: Reader) -> None:
    """Go back, question by question, to the page before the quiz, and stay there."""
    while reader.address().endswith("/quiz/"):
        reader.back()


def by_closing(reader: Reader) -> None:
    """Close the tab."""
    reader.close_tab()


def by_quitting(reader: Reader) -> None:
    """Do nothing: the browser is closed on the open quiz."""


WAYS = {
    "button": by_button,
    "shift": by_shift,
    "back": by_back,
    "closing the tab": by_closing,
    "closing the browser": by_quitting,
}


def gone(reader: Reader) -> None:
    """Wait until the page is gone. Nobody answers at the neutral site: no test has a network."""
    for _ in range(500):
        if not reader.address().startswith("http://127.0.0.1"):
            return
    pytest.fail("the page was not left")


def residue(
    reader: Reader, url: str, leave: Callable[[Reader], None], folder: Path
) -> dict[str, list[str]]:
    """Take the quiz, leave, close the browser; return what its profile then holds."""
    try:
        words = take_quiz(reader, url)
        leave(reader)
    finally:
        reader.quit()
    return search(folder, words)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_no_answer_is_left_on_the_disk(
    name: str,
    way: str,
    playwright: Playwright,
    marked_served: Served,
    tmp_path: Path,
    note: Callable[[str], None],
) -> None:
    """Nothing of what was chosen, and of the visit only addresses and bland titles."""
    folder = tmp_path / "profile"
    reader = start(name, playwright, folder)
    assert residue(reader, marked_served.url, WAYS[way], folder) == {}
    rows = [f"{address} “{title}”" for address, title in history(folder)]
    note(f"left on the disk, {name}, left by {way}: no answer; in the history {', '.join(rows)}")
    assert {address for address, _ in history(folder) if address.startswith("/")} == {
        "/",
        "/find/",
        "/quiz/",
    }


FAULTS = {
    "this tab": "sessionStorage.setItem('a', event.target.id)",
    "this device": "localStorage.setItem('a', event.target.id)",
    "the address": "history.replaceState(history.state, '', `#${event.target.id}`)",
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", NAMES)
def test_an_answer_on_the_disk_would_be_found(
    name: str, fault: str, playwright: Playwright, marked_site: Path, tmp_path: Path
) -> None:
    """Kept or shown by one added line, it lies in the profile, and the search finds it."""
    line = f"document.addEventListener('change', (event) => {{ {FAULTS[fault]} }});"
    copy = journeys.planted(marked_site, tmp_path / "site", line)
    folder = tmp_path / "profile"
    with serve(copy) as served:
        reader = start(name, playwright, folder)
        assert residue(reader, served.url, by_quitting, folder)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_that_is_kept_would_be_found(
    name: str, playwright: Playwright, marked_site: Path, tmp_path: Path
) -> None:
    """Without autocomplete="off", and not emptied, the browser writes the form down by itself."""
    copy = journeys.planted(marked_site, tmp_path / "site", "")
    page = copy / "quiz" / "index.html"
    page.write_text(page.read_text("utf-8").replace(' autocomplete="off"', ""), "utf-8")
    for script in (copy / "assets").glob("*.js"):
        script.write_text(script.read_text("utf-8").replace('"pagehide"', '"x"'), "utf-8")
    folder = tmp_path / "profile"
    with serve(copy) as served:
        reader = start(name, playwright, folder)
        assert residue(reader, served.url, by_quitting, folder)
