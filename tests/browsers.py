"""Find the browsers the tests drive, or install them, or say how to get them.

Chromium is a must: one on PATH, else Playwright's own download, else Debian's package when root.
Firefox is covered where there is one; `python -m tests.browsers --firefox`, or CI=true, installs
Debian's when root. Run as a module, this prints one line naming the browsers that will be covered.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

STAMP = Path(__file__).resolve().parent.parent / ".stamps" / "chromium"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FIREFOX = ("firefox-esr", "firefox")
HELP = """No Chromium could be found or installed, so the tests cannot run. One of these gets one:
  as root on Debian or Ubuntu:  apt-get update && apt-get install -y chromium
  from Playwright:              .venv/bin/python -m playwright install --with-deps chromium
  or put a chromium, chromium-browser or google-chrome on PATH."""


class NoBrowser(Exception):
    """There is no Chromium, and none could be installed."""


def _run(*command: str) -> bool:
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

    if not _run(sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"):
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if _version(path) else None


def _from_debian(package: str) -> bool:
    """Install a Debian package, where we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    return _run("apt-get", "update", "-q") and _run("apt-get", "install", "-y", "-q", package)


@cache
def chromium_path() -> str:
    """Return the path of a Chromium that starts; install one if need be, or raise NoBrowser.

    What was found is remembered in a stamp file, and used again as long as it still exists.
    """
    if STAMP.exists() and os.access(known := STAMP.read_text(encoding="utf-8"), os.X_OK):
        return known
    path = _on_path(CHROMIUM) or _downloaded()
    if not path and _from_debian("chromium"):
        path = _on_path(CHROMIUM)
    if not path:
        raise NoBrowser(HELP)
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(path, encoding="utf-8")
    return path


@cache
def firefox_path(*, install: bool = False) -> str | None:
    """Return the path of a Firefox, or None; install Debian's first if asked, or if CI is true."""
    path = next((path for name in FIREFOX if (path := shutil.which(name))), None)
    if not path and (install or os.environ.get("CI") == "true") and _from_debian("firefox-esr"):
        path = shutil.which("firefox-esr")
    return path


def coverage(*, install: bool = False) -> str:
    """Return the line that says which browsers are covered."""
    firefox = firefox_path(install=install)
    second = firefox or "NOT covered, none is installed (apt-get install firefox-esr)"
    return f"browsers: Chromium {chromium_path()}; Firefox {second}"


def main() -> int:
    """Find or install the browsers, and print the line."""
    try:
        print(coverage(install="--firefox" in sys.argv[1:]))
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
