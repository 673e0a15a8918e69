"""The faults that `make faults` plants: each still has its place and its test."""

import re
import shlex

from tests.support.netlify import ROOT
from tests.tools.faults import Entry, entries, stale


def without_test(entry: Entry) -> bool:
    """Tell whether the file of a fault's test, or the test in it, is gone."""
    file, _, test = shlex.split(entry.fault.test)[0].partition("::")
    if not (ROOT / file).is_file():
        return True
    name = test.partition("[")[0]
    return bool(name) and not re.search(
        rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE
    )


def test_each_fault_can_be_planted() -> None:
    """Its text stands once in its file. Tell it now, since planting all of them takes minutes."""
    assert [entry.error(said) for entry in entries() if (said := stale(entry.fault, ROOT))] == []


def test_each_fault_has_its_test() -> None:
    """A test that is renamed takes its faults with it."""
    assert [entry.error(entry.fault.test) for entry in entries() if without_test(entry)] == []


def test_each_promise_stands_once() -> None:
    """No two faults of a file break a promise in the same words."""
    promises = [(entry.file, entry.fault.promise) for entry in entries()]
    assert len(set(promises)) == len(promises)
