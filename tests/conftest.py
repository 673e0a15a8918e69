"""Fixtures: the site built once, served as on the host, in a browser whose reports fail a test."""

import fcntl
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from macros.publish.offline import NAME
from macros.site import Site
from tests.support import fault_injection
from tests.support.browsers import CHROMIUM_ARGS, DESKTOP, chromium_path, coverage, shell_path
from tests.support.builds import build, is_whole
from tests.support.monitor import BrowserMonitor
from tests.support.netlify import Served, serve
from tests.support.records import read_records

Motion = Literal["no-preference", "reduce"]
ForcedColors = Literal["active", "none"]


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker by which a test opts out of some of what `page` monitors for."""
    config.addinivalue_line(
        "markers",
        "allow(*patterns): browser problems matching one of these regular expressions are expected;"
        " all are, if there is no pattern",
    )
    config.addinivalue_line(
        "markers",
        "whole_browser: needs what only a whole Chromium has: pages kept in memory for Back, a"
        " clipboard",
    )
    config.addinivalue_line(
        "markers",
        "fresh: needs a browser context no test has used, or leaves one that none should use",
    )
    config.addinivalue_line("markers", "alone: measures time, so nothing may run beside it")
    config.addinivalue_line("markers", "slow: only `make thorough` has the time for it")
    # Here too, for a run without plugins.
    config.addinivalue_line("markers", "flaky(reruns): is tried again when it fails, and named")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have a test in a browser tried once more when it fails.

    Whole browsers, three at a time, now and then keep a test waiting on a machine that is busy. A
    fault fails twice; what failed once is named at the end of the run, to be made steady.
    """
    for item in items:
        if item.path.parent.name in ("browser", "devices"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_report_header() -> str:
    """Say at the top of a run which browsers it covers."""
    return coverage()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say at the end of a run what its tests noted."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, line in report.user_properties if report.when == "call" else ():
            if name == "note":
                terminalreporter.write_line(line)


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that adds a line to the end of the run."""
    return lambda line: request.node.user_properties.append(("note", line))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site, built once for all processes of the run."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    target = shared / "built"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            done = build(shared / "building", whole=is_whole())
            if done.returncode:
                pytest.fail(f"the build failed:\n{done.stdout}", pytrace=False)
            (shared / "building").rename(target)
    return target


@pytest.fixture(scope="session")
def copy(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder unpacked from the zip that the site offers."""
    target = tmp_path_factory.mktemp("disk")
    with zipfile.ZipFile(site / "offline" / f"{NAME}.zip") as packed:
        packed.extractall(target)
    return target / NAME


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of what a build reads, to plant faults in."""
    return fault_injection.project(tmp_path / "project")


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[Served]:
    """Serve the built site with the headers of netlify.toml; has .url and .requests."""
    with serve(site) as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return the one Playwright of this run; there cannot be two."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return what shows the pages of this run."""
    # Nothing here has a graphics card: a process for it only costs a tenth of all work.
    args = [*CHROMIUM_ARGS, "--in-process-gpu"]
    running = playwright.chromium.launch(executable_path=shell_path(), args=args)
    yield running
    running.close()


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """Return a whole Chromium, for tests with that mark."""
    running = playwright.chromium.launch(
        executable_path=chromium_path(),
        args=CHROMIUM_ARGS,
        # Readers' browsers bring a page back from memory, answers and all; so must this one.
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield running
    running.close()


@pytest.fixture
def monitors(request: pytest.FixtureRequest) -> Iterator[list[BrowserMonitor]]:
    """Hold the monitors of a test's contexts; fail it on any problem it does not allow."""
    found: list[BrowserMonitor] = []
    yield found
    marker = request.node.get_closest_marker("allow")
    allowed = [re.compile(pattern) for pattern in (marker.args or [""])] if marker else []
    problems = [
        problem
        for monitor in found
        for problem in monitor.problems
        if not any(pattern.search(problem) for pattern in allowed)
    ]
    if problems:
        pytest.fail("\n".join(["the browser reported:", *problems]), pytrace=False)


@pytest.fixture(scope="session")
def idle_pages() -> dict[bool, list[tuple[Page, BrowserMonitor]]]:
    """Hold the pages that tests have left, by whether scripts run in them."""
    return {True: [], False: []}


@pytest.fixture
def new_page(
    request: pytest.FixtureRequest,
    served: Served,
    monitors: list[BrowserMonitor],
    idle_pages: dict[bool, list[tuple[Page, BrowserMonitor]]],
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a monitored page in a context of its own.

    new_page(scripts=True, dark=False, size=DESKTOP, base_url=served.url, **options of new_context).
    page.goto("/quiz/") then takes an address without the host.
    The circles stand still, which spares a twelfth of all work, but for whole browsers.
    A new context costs more than most tests do in it, so a page that an earlier test has left is
    given out again, unless the test is marked `fresh` or asks for options.
    """
    whole = request.node.get_closest_marker("whole_browser")
    fresh = whole or request.node.get_closest_marker("fresh")
    browser: Browser = request.getfixturevalue("whole_browser" if whole else "browser")
    contexts: list[BrowserContext] = []
    lent: list[tuple[bool, Page, BrowserMonitor]] = []

    def opened(
        *,
        scripts: bool = True,
        dark: bool = False,
        size: ViewportSize = DESKTOP,
        base_url: str = served.url,
        reduced_motion: Motion | None = None,
        forced_colors: ForcedColors = "none",
        **options: Any,
    ) -> Page:
        looks: dict[str, Any] = {
            "color_scheme": "dark" if dark else "light",
            "forced_colors": forced_colors,
            "reduced_motion": reduced_motion or ("no-preference" if whole else "reduce"),
        }
        again = not fresh and not options and base_url == served.url
        if again and idle_pages[scripts]:
            page, monitor = idle_pages[scripts].pop()
            page.set_viewport_size(size)
            page.emulate_media(media="null", **looks)
            monitor.problems.clear()
        else:
            context = browser.new_context(
                java_script_enabled=scripts, viewport=size, base_url=base_url, **looks, **options
            )
            contexts.append(context)
            context.set_default_timeout(5_000)
            monitor = BrowserMonitor(context, base_url)
            page = context.new_page()
            if again:
                contexts.remove(context)
                refuse_what_stays(page)
        if again:
            lent.append((scripts, page, monitor))
        monitors.append(monitor)
        return page

    yield opened
    for context in contexts:
        context.close()
    for scripts, page, monitor in lent:
        try:
            page.unroute_all()
            page.context.unroute_all()
            # So that any address is another page; half the cost of a blank one.
            page.evaluate("history.replaceState(null, '', '/left')")
        except PlaywrightError:
            page.context.close()
        else:
            idle_pages[scripts].append((page, monitor))


def refuse_what_stays(page: Page) -> None:
    """Have a page that will be used again refuse whatever cannot be taken back."""

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("this stays when the test is over: mark the test `fresh`")

    for part in (page, page.context):
        for name in ("add_init_script", "expose_binding", "expose_function", "on"):
            setattr(part, name, refuse)
    page.context.set_offline = refuse  # type: ignore[method-assign]
    page.context.clock.install = refuse  # type: ignore[method-assign]


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a page with scripts on, light, desktop size."""
    return new_page()


@pytest.fixture(scope="session")
def records() -> Site:
    """Return the records the site is made from: pages, quiz, sources, helplines, claims."""
    return read_records()
