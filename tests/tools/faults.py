"""Plant every fault of tests/faults.yml in a copy of the project; its test must fail.

    make faults              all of them
    make faults ONLY=words   those with this text in their promise, file or test

Prints a line for each fault that no test noticed, for each whose text is not found exactly once,
and for each test that is not there or fails without the fault. Exit code 0: all were noticed.
"""

import argparse
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from macros.data.records import Line, Problem, Record, RecordError
from macros.data.yaml_reader import load
from tests.support.netlify import ROOT

FILE = "tests/faults.yml"
PROCESSES = 2
WANTED = ("docs", "macros", "overrides", "tests", ".stamps")


class Fault(Record):
    """A change that breaks a promise, and the test that must notice it.

    In ``file``, ``find`` stands exactly once and becomes ``replace``. ``test`` is what pytest is
    called with: a node id, and options such as ``-k``.
    """

    promise: Line
    file: Line
    find: str
    replace: str = ""
    test: Line


class Faults(Record):
    """The whole file."""

    faults: tuple[Fault, ...]


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


def run(root: Path, *tests: str) -> tuple[int, str]:
    """Run tests in a copy; pytest's exit code and the end of what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-header", "--tb=no"]
        + ["-p", "no:cacheprovider", "-p", "no:xdist", *tests],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
    )
    return done.returncode, done.stdout.strip()[-600:]


def planted(fault: Fault, root: Path) -> str:
    """Plant a fault in a copy and run its test; what is wrong, or nothing."""
    path = root / fault.file
    if not path.is_file():
        return f"there is no {fault.file}"
    before = path.read_bytes()
    text = before.decode()
    if (times := text.count(fault.find)) != 1:
        return f"find: stands {times} times in {fault.file}; it must stand once"
    try:
        path.write_text(text.replace(fault.find, fault.replace), "utf-8")
        code, said = run(root, "-x", *shlex.split(fault.test))
    finally:
        path.write_bytes(before)
    if code == 0:
        return f"nobody notices: {fault.test} passes although {fault.promise!r} is broken"
    if code == 1 and re.search(r"\b\d+ failed", said):
        return ""
    return f"{fault.test} did not fail but could not run: {' '.join(said.split())[-200:]}"


def problems(chosen: list[tuple[int, Fault]]) -> Iterator[Problem]:
    """Plant each of the chosen faults; what is wrong, by the place of the fault in the file."""
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(PROCESSES):
            copies.put(copy(Path(folder) / str(number)))

        def one(entry: tuple[int, Fault]) -> Problem | None:
            root = copies.get()
            try:
                found = planted(entry[1], root)
            finally:
                copies.put(root)
            return Problem(("faults", entry[0]), found) if found else None

        # What fails without a fault proves nothing about it.
        root = copies.get()
        groups: dict[str, set[str]] = {}
        for _, fault in chosen:
            test, *options = shlex.split(fault.test)
            groups.setdefault(shlex.join(options), set()).add(test)
        for joined, tests in groups.items():
            code, said = run(root, *sorted(tests), *shlex.split(joined))
            if code:
                yield Problem(("faults",), f"fails before any fault is planted: {said}")
        copies.put(root)
        with ThreadPoolExecutor(PROCESSES) as pool:
            yield from filter(None, pool.map(one, chosen))


def main() -> int:
    """Plant the faults asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.faults", description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="text in the promise, file or test")
    only = parser.parse_args().only
    started = time.monotonic()
    try:
        listed = load(ROOT / FILE, Faults, FILE)
    except RecordError as error:
        print(error, file=sys.stderr)
        return 1
    chosen = [
        (number, fault)
        for number, fault in enumerate(listed.record.faults)
        if only in f"{fault.promise} {fault.file} {fault.test}"
    ]
    count = 0
    for problem in problems(chosen):
        count += 1
        print("\n".join(listed.errors([problem])), file=sys.stderr, flush=True)
    print(f"{len(chosen)} faults planted, {count} errors, {time.monotonic() - started:.0f} s")
    return 1 if count or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
