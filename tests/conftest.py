"""Fixtures: the site built once, served as on the host, in a browser that reports every fault."""

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from macros.site import Site, read_site
from tests.support import fault_injection
from tests.support.browsers import chromium_path, coverage, shell_path
from tests.support.netlify import ROOT, Served, serve

NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}

Motion = Literal["no-preference", "reduce"]
CHROMIUM_ARGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No other host has an address, so a test can neither depend on nor reach one.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker by which a test opts out of some of what `page` watches for."""
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
    config.addinivalue_line("markers", "alone: measures time, so nothing may run beside it")


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


def build(target: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build the site strictly into a folder, the copy for a disk with it, as the host does.

    Returns the last process, its output in stdout: the first that failed, if one did.
    """
    pages = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    copy = [sys.executable, "-m", "macros", "offline", str(target)]
    done = _run(pages, {"OFFLINE_COPY": "yes", **environment})
    return done if done.returncode else _run(copy, environment)


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site, built once for all processes of the run."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    target = shared / "built"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            done = build(shared / "building")
            if done.returncode:
                pytest.fail(f"the build failed:\n{done.stdout}", pytrace=False)
            (shared / "building").rename(target)
    return target


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


class Watch:
    """Collects what must not happen in a browser context: see `problems`."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        """Watch all pages the context will have; only the origin may be asked for anything."""
        self.problems: list[str] = []
        self._origin = origin
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        context.on("request", self._request)
        # The console tells of a policy violation in prose; the event names directive and address.
        context.expose_binding("__violation", self._violation)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', event => __violation("
            "`${event.violatedDirective} ${event.blockedURI} ${event.sample}`), true)"
        )

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning", "assert"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _violation(self, source: Any, what: str) -> None:
        self.problems.append(f"policy: {what} on {source['page'].url}")

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and not request.url.startswith(
            f"{self._origin}/"
        ):
            self.problems.append(f"request to another host: {request.url}")


@pytest.fixture
def watches(request: pytest.FixtureRequest) -> Iterator[list[Watch]]:
    """Hold the watches of a test's contexts, and fail the test on any problem it does not allow."""
    found: list[Watch] = []
    yield found
    marker = request.node.get_closest_marker("allow")
    allowed = [re.compile(pattern) for pattern in (marker.args or [""])] if marker else []
    problems = [
        problem
        for watch in found
        for problem in watch.problems
        if not any(pattern.search(problem) for pattern in allowed)
    ]
    if problems:
        pytest.fail("\n".join(["the browser reported:", *problems]), pytrace=False)


@pytest.fixture
def new_page(
    request: pytest.FixtureRequest, served: Served, watches: list[Watch]
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a watched page in a fresh context.

    new_page(scripts=True, dark=False, size=DESKTOP, base_url=served.url, **options of new_context).
    page.goto("/quiz/") then takes an address without the host. All contexts close with the test.
    The circles stand still, which spares a twelfth of all work, but for whole browsers.
    """
    whole = request.node.get_closest_marker("whole_browser")
    browser: Browser = request.getfixturevalue("whole_browser" if whole else "browser")
    contexts: list[BrowserContext] = []

    def opened(
        *,
        scripts: bool = True,
        dark: bool = False,
        size: ViewportSize = DESKTOP,
        base_url: str = served.url,
        reduced_motion: Motion | None = None,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            viewport=size,
            base_url=base_url,
            reduced_motion=reduced_motion or ("no-preference" if whole else "reduce"),
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(5_000)
        watches.append(Watch(context, base_url))
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a page in a fresh context with scripts on, light, desktop size."""
    return new_page()


@contextmanager
def soon() -> Iterator[None]:
    """Within, what is awaited must come in one second: for what a planted fault keeps away."""
    expect.set_options(timeout=1_000)
    try:
        yield
    finally:
        expect.set_options(timeout=5_000)  # Playwright's own


@pytest.fixture(scope="session")
def records() -> Site:
    """Return the records the site is made from: pages, quiz, sources, helplines, claims."""
    return read_site(ROOT)
