"""Two browsers with a profile on disk, driven alike: Chromium, and Firefox where there is one."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, Protocol

import lz4.block  # type: ignore[import-untyped]
from marionette_driver import By, Wait
from marionette_driver.marionette import Marionette
from mozprofile import Profile as MozProfile
from playwright.sync_api import BrowserContext, Playwright, TimeoutError, expect

from tests.support.browsers import CHROMIUM_ARGS, chromium_path, firefox_path

NAMES = ["chromium", *(["firefox"] if firefox_path() else [])]


class Reader(Protocol):
    """A person with a browser whose profile lies in a folder."""

    def go(self, address: str) -> None:
        """Open an address in this tab."""

    def address(self) -> str:
        """Return the address of this tab."""

    def run(self, script: str) -> Any:
        """Return what a function body returns in the page."""

    def click(self, selector: str) -> None:
        """Click what a CSS selector finds, as with a mouse."""

    def write(self, text: str) -> None:
        """Type where the focus is."""

    def shift(self) -> None:
        """Press Shift three times."""

    def back(self) -> None:
        """Press the browser's Back button."""

    def forward(self) -> None:
        """Press the browser's Forward button."""

    def close_tab(self) -> None:
        """Close this tab; another stays open."""

    def quit(self) -> None:
        """Close the browser in the ordinary way, so that it writes all it means to keep."""


def _opened(
    playwright: Playwright, folder: Path, *options: str, timeout: float = 60_000
) -> BrowserContext:
    """Start Chromium with a profile."""
    return playwright.chromium.launch_persistent_context(
        folder,
        executable_path=chromium_path(),
        args=[*CHROMIUM_ARGS, *options],
        ignore_default_args=["--disable-back-forward-cache"],
        timeout=timeout,
    )


class Chromium:
    """Chromium by Playwright."""

    def __init__(self, playwright: Playwright, folder: Path, *, restore: bool = False) -> None:
        """Start, with the tabs of the last time if asked."""
        self._context = (
            self._restored(playwright, folder) if restore else _opened(playwright, folder)
        )
        self._context.set_default_timeout(10_000)
        self._page = self._context.pages[-1]
        if restore:
            self._page = next(p for p in self._context.pages if p.url.startswith("http"))

    @staticmethod
    def _restored(playwright: Playwright, folder: Path) -> BrowserContext:
        """Start with the tabs of the last time, in a copy of the profile.

        Now and then Playwright never hears of those tabs; then start anew, in another copy.
        """
        for attempt in range(4):
            copy = folder.with_name(f"{folder.name}-{attempt}")
            shutil.copytree(folder, copy, symlinks=True)
            with suppress(TimeoutError):
                return _opened(playwright, copy, "--restore-last-session", timeout=10_000)
        return _opened(playwright, folder, "--restore-last-session")

    def go(self, address: str) -> None:
        self._page.goto(address)

    def address(self) -> str:
        self._page.wait_for_timeout(20)  # lets Playwright hear of the latest
        return self._page.url

    def run(self, script: str) -> Any:
        return self._page.evaluate(f"() => {{ {script} }}")

    def click(self, selector: str) -> None:
        found = self._page.locator(selector)
        expect(found).to_be_visible()
        found.scroll_into_view_if_needed()
        box = found.bounding_box()
        assert box
        self._page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def write(self, text: str) -> None:
        self._page.keyboard.type(text)

    def shift(self) -> None:
        for key in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
            self._page.keyboard.press(key)

    def back(self) -> None:
        self._page.go_back(wait_until="commit")

    def forward(self) -> None:
        self._page.go_forward(wait_until="commit")

    def close_tab(self) -> None:
        other = self._context.new_page()
        self._page.close()
        self._page = other

    def quit(self) -> None:
        self._context.close()


# What a test driver changes in Firefox is changed back where it bears on what is kept.
FIREFOX = {
    "browser.sessionstore.resume_from_crash": True,
    "browser.pagethumbnails.capturing_disabled": False,
    "browser.sessionstore.interval": 100,
    # Otherwise the number of pages kept for Back depends on the memory of the machine.
    "browser.sessionhistory.max_total_viewers": 8,
    # No other host can be reached: the proxy is a port nobody listens at.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 1,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 1,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "network.proxy.allow_hijacking_localhost": False,
}


class Firefox:
    """Firefox by Marionette."""

    def __init__(self, folder: Path, *, restore: bool = False) -> None:
        """Start, with the tabs of the last time if asked."""
        # Any that is free: another test may have a Firefox of its own.
        port = Marionette.check_port_available(0)
        settings = {**FIREFOX, "marionette.port": port}
        self._browser = Marionette(
            bin=firefox_path(),
            headless=True,
            port=port,
            gecko_log=str(folder.with_suffix(".log")),
            profile=MozProfile(profile=str(folder), restore=False, preferences=settings),
        )
        self._browser.start_session()
        self._browser.timeout.implicit = 10
        if restore:
            self.chrome("SessionStore.restoreLastSession(); arguments[0]()")
            self.to_tab("http")

    def go(self, address: str) -> None:
        self._browser.navigate(address)

    def address(self) -> str:
        return str(self._browser.get_url())

    def run(self, script: str) -> Any:
        return self._browser.execute_script(script)

    def click(self, selector: str) -> None:
        found = self._browser.find_element(By.CSS_SELECTOR, selector)
        # Not the element's own click, which waits for the page it leads to.
        mouse = self._browser.actions.sequence("pointer", "mouse", {"pointerType": "mouse"})
        self.run(f"document.querySelector('{selector}').scrollIntoView({{ block: 'center' }})")
        mouse.pointer_move(0, 0, origin=found).pointer_down().pointer_up().perform()

    def write(self, text: str) -> None:
        self._browser.actions.sequence("key", "text").send_keys(text).perform()

    def shift(self) -> None:
        keys = self._browser.actions.sequence("key", "keys")
        for key in ("\ue008", "\ue050", "\ue008"):  # left, right, left
            keys.key_down(key).key_up(key)
        keys.perform()

    def back(self) -> None:
        self._browser.go_back()

    def forward(self) -> None:
        self._browser.go_forward()

    def close_tab(self) -> None:
        mine = self._browser.current_window_handle
        other = self._browser.open(type="tab")["handle"]
        self._browser.switch_to_window(mine)
        self._browser.close()
        self._browser.switch_to_window(other)

    def chrome(self, script: str) -> Any:
        """Return what a function body returns in the browser's own window."""
        with self._browser.using_context("chrome"):
            return self._browser.execute_async_script(script)

    def to_tab(self, beginning: str) -> None:
        """Go on in the last tab whose address begins so; wait for it."""

        def there(browser: Marionette) -> bool:
            for handle in reversed(browser.window_handles):
                browser.switch_to_window(handle)
                if self.address().startswith(beginning):
                    return True
            return False

        Wait(self._browser, timeout=20).until(there)

    def reload(self) -> None:
        """Press the browser's Reload button."""
        self._browser.refresh()

    def quit(self) -> None:
        self._browser.quit()


def start(name: str, playwright: Playwright, folder: Path, *, restore: bool = False) -> Reader:
    """Start one of NAMES with a profile in a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    if name == "chromium":
        return Chromium(playwright, folder, restore=restore)
    return Firefox(folder, restore=restore)


def until(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Wait until a condition holds; return whether it did in time."""
    pause, end = Event(), monotonic() + seconds
    while not (holds := condition()) and monotonic() < end:
        pause.wait(0.1)
    return holds


def closed(folder: Path) -> bool:
    """Return whether no process works with a profile any more, so that all is written."""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if str(folder).encode() in process.read_bytes():
                return False
    return True


def search(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """Return each file of a profile that holds one of the words, in any way text is written there.

    As UTF-8 and UTF-16, and inside the files that Firefox packs.
    """
    needles = {w: (w.encode(), w.encode("utf-16-le")) for w in words}
    found: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.is_symlink():
            continue
        try:
            raw = file.read_bytes()
        except FileNotFoundError:  # a running browser moves its files about
            continue
        for content in _unpacked(raw):
            hits = [w for w, ways in needles.items() if any(way in content for way in ways)]
            if hits:
                found.setdefault(file.relative_to(folder).as_posix(), []).extend(hits)
    return found


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield a file's bytes, and what they are when unpacked."""
    yield content
    if content.startswith(b"mozLz40\0"):
        yield lz4.block.decompress(content[8:])


def history(folder: Path) -> list[tuple[str, str]]:
    """Return address and title of each row in the browser's history."""
    for name, query in {
        "Default/History": "select url, title from urls",
        "places.sqlite": "select url, ifnull(title, '') from moz_places where last_visit_date > 0",
    }.items():
        if (folder / name).exists():
            with closing(sqlite3.connect(folder / name)) as store:
                rows = store.execute(query).fetchall()
            return sorted(
                (re.sub(r"http://127\.0\.0\.1:\d+", "", url), title) for url, title in rows
            )
    raise FileNotFoundError(folder)
