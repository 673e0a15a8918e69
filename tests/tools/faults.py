"""Plant every fault of tests/faults/*.yml in a copy of the project; its test must fail.

    make faults              all of them
    make faults ONLY=words   those with this text in their promise, files or test

Prints a line for each fault that no test noticed, for each whose text is not found exactly once,
and for each test that is not there or fails without the fault. Exit code 0: all were noticed.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from queue import Queue

from macros.data.records import Line, Problem, Record, RecordError, YesNo
from macros.data.yaml_reader import Document, load
from tests.support.builds import ENGLISH_ONLY
from tests.support.netlify import ROOT

FOLDER = "tests/faults"
# One more than there are cores: pages spend part of the time waiting.
PROCESSES = (os.cpu_count() or 1) + 1
WANTED = ("docs", "macros", "overrides", "tests")
PYTEST = [sys.executable, "-m", "pytest", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]


class Fault(Record):
    """A change that breaks a promise, and the test that must notice it.

    In ``file``, ``find`` stands exactly once and becomes ``replace``. ``test`` is what pytest is
    called with: a node id, quoted where it has spaces, and any options. ``whole`` says that the
    test reads more of the built site than its English pages: those in other languages, or the copy
    for a disk.
    """

    promise: Line
    file: Line
    find: str
    replace: str = ""
    test: Line
    whole: YesNo = False


class Faults(Record):
    """A file of faults."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Entry:
    """A fault and its place in a file."""

    file: str
    document: Document[Faults]
    number: int

    @property
    def fault(self) -> Fault:
        """The fault itself."""
        return self.document.record.faults[self.number]

    def error(self, message: str) -> str:
        """What is wrong with it, with file and line."""
        return self.document.errors([Problem(("faults", self.number), message)])[0]


def entries() -> list[Entry]:
    """Every fault of every file. Raises RecordError when a file is not as it should be."""
    files = {f"{FOLDER}/{path.name}": path for path in sorted(ROOT.glob(f"{FOLDER}/*.yml"))}
    documents = {name: load(path, Faults, name) for name, path in files.items()}
    return [
        Entry(name, document, number)
        for name, document in documents.items()
        for number in range(len(document.record.faults))
    ]


def copy(target: Path) -> Path:
    """A copy of the project that shares its installed packages."""
    target.mkdir()
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, target)
        elif path.name in WANTED:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(path, target / path.name, ignore=ignored)
    (target / ".venv").symlink_to((ROOT / ".venv").resolve())
    return target


def run(root: Path, whole: bool, *tests: str) -> tuple[int, str]:
    """Run tests in a copy; pytest's exit code and the end of what it said."""
    # Without pytest's plugins: to load them takes a third of the time of a unit test.
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "yes"}
    if not whole:
        environment[ENGLISH_ONLY] = "yes"
    done = subprocess.run(
        [*PYTEST, *tests],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
    )
    return done.returncode, done.stdout.strip()[-600:]


def stale(fault: Fault, root: Path) -> str:
    """Why a fault cannot be planted, or nothing."""
    path = root / fault.file
    if not path.is_file():
        return f"there is no {fault.file}"
    times = path.read_text("utf-8").count(fault.find)
    return "" if times == 1 else f"find: stands {times} times in {fault.file}; it must stand once"


def survives(fault: Fault, root: Path) -> str:
    """Plant a fault in a copy and run its test; what is wrong, or nothing."""
    path = root / fault.file
    before = path.read_bytes()
    try:
        path.write_text(before.decode().replace(fault.find, fault.replace), "utf-8")
        code, said = run(root, fault.whole, "-x", *shlex.split(fault.test))
    finally:
        path.write_bytes(before)
    if code == 0:
        return f"nobody notices: {fault.test} passes although {fault.promise!r} is broken"
    if code == 1 and re.search(r"\b\d+ failed", said):
        return ""
    return f"{fault.test} did not fail but could not run: {' '.join(said.split())[-200:]}"


def errors(chosen: list[Entry]) -> Iterator[str]:
    """Plant each of the chosen faults; an error for each that is stale or that nobody notices."""
    sound = []
    for entry in chosen:
        if message := stale(entry.fault, ROOT):
            yield entry.error(message)
        else:
            sound.append(entry)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(PROCESSES) as pool:
        copies: Queue[Path] = Queue()
        for number in range(PROCESSES):
            copies.put(copy(Path(folder) / str(number)))

        def unplanted(tests: tuple[str, ...], whole: bool) -> str:
            root = copies.get()
            code, said = run(root, whole, *tests)
            copies.put(root)
            return f"{FOLDER}: a test fails before any fault is planted: {said}" if code else ""

        def one(entry: Entry) -> str:
            root = copies.get()
            message = survives(entry.fault, root)
            copies.put(root)
            return entry.error(message) if message else ""

        # What fails without a fault proves nothing about it.
        before = pool.map(unplanted, *zip(*_together(sound), strict=True))
        after = pool.map(one, sound)
        yield from filter(None, chain(before, after))


def _together(chosen: list[Entry]) -> list[tuple[tuple[str, ...], bool]]:
    """What pytest is called with to run the tests of these faults, each once and in few runs.

    And whether on the whole site: a test must pass on as much of it as the fault is tried on.
    """
    groups: dict[tuple[str, bool], set[str]] = {}
    for entry in chosen:
        test, *options = shlex.split(entry.fault.test)
        groups.setdefault((shlex.join(options), entry.fault.whole), set()).add(test)
    return [
        ((*sorted(tests), *shlex.split(options)), whole)
        for (options, whole), tests in groups.items()
    ]


def main() -> int:
    """Plant the faults asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.faults", description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="text in the promise, files or test")
    only = parser.parse_args().only
    started = time.monotonic()
    try:
        listed = entries()
    except RecordError as error:
        print(error, file=sys.stderr)
        return 1
    chosen = [
        entry
        for entry in listed
        if only in f"{entry.file} {entry.fault.promise} {entry.fault.file} {entry.fault.test}"
    ]
    count = 0
    for message in errors(chosen):
        count += 1
        print(message, file=sys.stderr, flush=True)
    print(f"{len(chosen)} faults planted, {count} errors, {time.monotonic() - started:.0f} s")
    return 1 if count or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
