"""Find the browsers the tests drive, or install them, or say how to get them.

Chromium is a must: one on PATH, else Playwright's own download, else Debian's package when root.
Its headless shell, the same engine without windows and profile, opens a page at a quarter of the
cost; where there is none, Chromium itself does its work. Firefox is covered where there is one.
`python -m tests.support.browsers --all`, or CI=true, installs Debian's shell and Firefox when
root. Run as a module, this prints one line naming the browsers that will be covered.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import ViewportSize

NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""A window of 1280 by 1024 at 400 %."""

CHROMIUM_ARGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No other host has an address, so a test can neither depend on nor reach one.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

STAMP = Path(__file__).resolve().parent.parent.parent / ".stamps" / "chromium"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SHELL = ("chromium-headless-shell", "chrome-headless-shell")
FIREFOX = ("firefox-esr", "firefox")
HELP = """No Chromium could be found or installed, so the tests cannot run. One of these gets one:
  as root on Debian or Ubuntu:  apt-get update && apt-get install -y chromium
  from Playwright:              .venv/bin/python -m playwright install --with-deps chromium
  or put a chromium, chromium-browser or google-chrome on PATH."""


class NoBrowser(Exception):
    """There is no Chromium, and none could be installed."""


def run(*command: str) -> bool:
    """Run an installer with its output on stderr; tell whether it worked."""
    print(f"$ {' '.join(command)}", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, stdout=sys.stderr, env=quiet, check=False).returncode == 0
    except OSError as error:
        print(error, file=sys.stderr)
        return False


def _version(path: str | None) -> str | None:
    """Return what a browser says its version is, or None if it does not start.

    A download without its system libraries, or a stub that only points to a shop, does not.
    """
    try:
        said = subprocess.run([path or "", "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return said.stdout.strip() or None if said.returncode == 0 else None


def _on_path(names: tuple[str, ...]) -> str | None:
    """Return the first of these programs that starts."""
    return next((path for name in names if _version(path := shutil.which(name))), None)


def _downloaded() -> str | None:
    """Return Playwright's own Chromium, downloading it if need be."""
    from playwright.sync_api import sync_playwright

    if not run(sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"):
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if _version(path) else None


@cache
def _debian() -> bool:
    """Tell whether Debian's packages can be installed; ask for the list of them, once."""
    may = os.geteuid() == 0 and shutil.which("apt-get")
    return bool(may) and run("apt-get", "update", "-q")


def from_debian(*packages: str) -> bool:
    """Install Debian packages, where we may."""
    return _debian() and run("apt-get", "install", "-y", "-q", *packages)


@cache
def chromium_path() -> str:
    """Return the path of a Chromium that starts; install one if need be, or raise NoBrowser.

    What was found is remembered in a stamp file, and used again as long as it still exists.
    """
    if STAMP.exists() and os.access(known := STAMP.read_text(encoding="utf-8"), os.X_OK):
        return known
    path = _on_path(CHROMIUM) or _downloaded()
    if not path and from_debian("chromium", SHELL[0]):
        path = _on_path(CHROMIUM)
    if not path:
        raise NoBrowser(HELP)
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(path, encoding="utf-8")
    return path


def _extra(names: tuple[str, ...], package: str, install: bool) -> str | None:
    """Return a browser the tests can do without; install it first if asked, or if CI is true."""
    path = next((path for name in names if (path := shutil.which(name))), None)
    if not path and (install or os.environ.get("CI") == "true") and from_debian(package):
        path = shutil.which(names[0])
    return path


@cache
def firefox_path(*, install: bool = False) -> str | None:
    """Return the path of a Firefox, or None; install Debian's first if asked, or if CI is true."""
    return _extra(FIREFOX, "firefox-esr", install)


@cache
def shell_path(*, install: bool = False) -> str:
    """Return what shows pages: Chromium's headless shell, or Chromium where there is none."""
    return _extra(SHELL, "chromium-headless-shell", install) or chromium_path()


def coverage(*, install: bool = False) -> str:
    """Return the line that says which browsers are covered."""
    chromium, shell = chromium_path(), shell_path(install=install)
    firefox = firefox_path(install=install)
    second = firefox or "NOT covered, none is installed (apt-get install firefox-esr)"
    pages = "" if shell == chromium else f" (pages by {shell})"
    return f"browsers: Chromium {chromium}{pages}; Firefox {second}"


def main() -> int:
    """Find or install the browsers, and print the line."""
    try:
        print(coverage(install="--all" in sys.argv[1:]))
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
