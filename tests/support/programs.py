"""Find what `make thorough` runs besides browsers, or install it, or say how to get it.

Debian's packages are installed only where we are root and CI is true, as in browsers.py. Packages
from npm come in the versions of tests/devices/package-lock.json, checked against its hashes, into
.venv/npm; none of their own scripts runs. Whatever cannot be had is named, with the command that
gets it, and the test that needs it fails.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.support.browsers import from_debian, run
from tests.support.netlify import ROOT

LISTED = ROOT / "tests/devices"
# In a copy of the project .venv is a link, and npm takes what a link leads to for a package.
NPM = (ROOT / ".venv").resolve() / "npm"

PROGRAMS = {
    "npm": {"npm": "npm"},
    "nu": {"java": "default-jre-headless"},
    "text": {"w3m": "w3m", "lynx": "lynx", "links": "links"},
    "webkit": {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb", "xdotool": "xdotool"},
}
"""For each set of tests the programs it runs, each with the Debian package that has it."""


class Missing(Exception):
    """A program is not there and cannot be installed; the message says how to get it."""


@cache
def require(name: str) -> None:
    """Make sure that the programs of a set are there."""
    packages = _absent(name)
    if packages and os.environ.get("CI") == "true":
        with _one_at_a_time("debian"):
            from_debian(*packages, "--no-install-recommends")
    if packages := _absent(name):
        raise Missing(
            f"{', '.join(packages)} cannot be found. As root on Debian or Ubuntu:\n"
            f"  apt-get install --no-install-recommends {' '.join(packages)}"
        )


def _absent(name: str) -> list[str]:
    """The packages whose programs are not on this machine."""
    return [package for program, package in PROGRAMS[name].items() if not shutil.which(program)]


@cache
def from_npm(package: str) -> Path:
    """Return the folder of a package that package-lock.json names; install all if need be."""
    with _one_at_a_time("npm"):
        lock = LISTED / "package-lock.json"
        installed = NPM / "package-lock.json"
        if not (installed.exists() and installed.read_bytes() == lock.read_bytes()):
            require("npm")
            NPM.mkdir(parents=True, exist_ok=True)
            shutil.copy(LISTED / "package.json", NPM)
            shutil.copy(lock, NPM)
            flags = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(NPM))
            if not run("npm", "ci", *flags):
                installed.unlink()
                raise Missing("npm could not install tests/devices/package-lock.json; see above.")
    return NPM / "node_modules" / package


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    """Let no other process of a run do the same meanwhile."""
    with (ROOT / f".venv/{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def version(*command: str) -> str:
    """Return what a program prints about itself."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


def main() -> int:
    """Install all, or name everything that is missing."""
    missing = []
    for name in PROGRAMS:
        try:
            require(name)
        except Missing as error:
            missing.append(error)
    if not missing:
        try:
            from_npm("acorn")
        except Missing as error:
            missing.append(error)
    print(*missing, sep="\n", end="\n" if missing else "", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
