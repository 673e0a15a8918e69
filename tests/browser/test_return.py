"""Ways a browser brings a page back that only the browser itself has: each finds the quiz unused.

What Playwright's Chromium can do of this is in test_leave.py; here are tabs restored, reopened and
doubled, and Firefox, which keeps pages and fields more readily.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from macros.quiz.outcomes import visited
from tests.support.journeys import QUIZ, longest
from tests.support.netlify import Served
from tests.support.profiles import NAMES, Firefox, Reader, start, until
from tests.support.quiz_page import ANSWERS, BACK, CONTINUE, START, STOP, label_selector

SHOWN = f"""
    const answers = ({ANSWERS})();
    const quiz = document.querySelector("form.quiz[data-quiz-ready]");
    return [location.pathname, quiz && quiz.dataset.view, answers];
"""
UNUSED = ["/quiz/", "start", []]


def use(reader: Reader, url: str) -> None:
    """Come from the first page and answer some questions."""
    reader.go(f"{url}/")
    reader.go(f"{url}/quiz/")
    reader.click(START)
    given = longest()
    for item in islice(visited(QUIZ, given), 3):
        for option in given[item.id]:
            reader.click(label_selector(f"{item.id}.{option}"))
        reader.click(CONTINUE)
    assert reader.run(SHOWN)[2]


def settled(reader: Reader) -> Any:
    """Return what is shown once the quiz is ready."""
    # Nothing at all is shown while one page gives way to another.
    assert until(lambda: bool((shown := reader.run(SHOWN)) and shown[1]))
    return reader.run(SHOWN)


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] * (n == "firefox")) for n in NAMES]
)
def test_a_tab_restored_with_the_browser_is_unused(
    name: str, playwright: Playwright, served: Served, tmp_path: Path
) -> None:
    """The browser was closed on the open quiz, and brings its tabs back."""
    folder = tmp_path / "profile"
    reader = start(name, playwright, folder)
    use(reader, served.url)
    reader.quit()
    reader = start(name, playwright, folder, restore=True)
    try:
        assert settled(reader) == UNUSED
    finally:
        reader.quit()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Return a running Firefox."""
    reader = Firefox(tmp_path_factory.mktemp("firefox"))
    yield reader
    reader.quit()


def by_back(reader: Firefox, url: str) -> None:
    """Go on to another page, and back."""
    reader.go(f"{url}/talk/")
    reader.back()


def by_reload(reader: Firefox, url: str) -> None:
    """Reload, which in Firefox brings fields back that may be kept."""
    reader.reload()


def by_forward(reader: Firefox, url: str) -> None:
    """Go back to the page before the quiz, and forward again."""
    while reader.address().endswith("/quiz/"):
        reader.back()
    reader.forward()


def doubled(reader: Firefox, url: str) -> None:
    """Double the tab."""
    reader.chrome(
        """const [done] = arguments;
        const tab = gBrowser.duplicateTab(gBrowser.selectedTab);
        tab.addEventListener("SSTabRestored", () => done(), { once: true });"""
    )
    reader.to_tab(f"{url}/quiz/")


def reopened(reader: Firefox, url: str) -> None:
    """Close the tab, and have the browser reopen it."""
    reader.close_tab()
    reader.chrome(
        """const [done] = arguments;
        const tab = SessionWindowUI.undoCloseTab(window, 0);
        tab.addEventListener("SSTabRestored", () => done(), { once: true });"""
    )
    reader.to_tab(f"{url}/quiz/")


WAYS_BACK = [by_back, by_reload, by_forward, doubled, reopened]


if "firefox" in NAMES:

    @pytest.mark.parametrize("way", WAYS_BACK, ids=lambda way: way.__name__)
    def test_firefox_brings_back_an_unused_quiz(
        way: Callable[[Firefox, str], None], firefox: Firefox, served: Served
    ) -> None:
        """By Back, reloaded, by Forward, in a doubled tab, in a tab opened again."""
        use(firefox, served.url)
        way(firefox, served.url)
        assert settled(firefox) == UNUSED

    def test_firefox_keeps_a_page_but_not_what_was_opened(firefox: Firefox, served: Served) -> None:
        """It does not keep the quiz in memory, which says no-store; it keeps the others."""
        firefox.go(f"{served.url}/talk/")
        firefox.click(".ask summary")
        firefox.run("document.documentElement.lang = 'kept'")
        assert firefox.run(SHOWN)[2]
        firefox.go(f"{served.url}/after/")
        firefox.back()
        # Back returns before the page it left has gone.
        assert until(lambda: firefox.address().endswith("/talk/"))
        assert firefox.run("return document.documentElement.lang") == "kept"
        assert firefox.run(SHOWN)[2] == []

    def test_firefox_moves_the_focus_to_each_question(firefox: Firefox, served: Served) -> None:
        """So that a screen reader reads it: forward, back, to the answers, to the next step."""

        def focused() -> Any:
            return firefox.run("return document.activeElement.tagName")

        firefox.go(f"{served.url}/quiz/")
        for button in (START, CONTINUE):
            firefox.click(button)
            assert until(lambda: focused() == "LEGEND", 5)
        firefox.click(BACK)
        assert until(lambda: focused() == "LEGEND", 5)
        firefox.click(STOP)
        assert until(lambda: focused() == "H2", 5)
        firefox.click("button[data-do=review]")
        assert until(lambda: focused() == "H2", 5)
        firefox.click(".quiz__answer button")
        assert until(lambda: focused() == "LEGEND", 5)
