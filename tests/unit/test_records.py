"""Data files: what is refused whatever the file is about, and what happens when many are wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.data.records import (
    MAX_BYTES,
    Line,
    Number,
    Problem,
    Record,
    RecordError,
    YesNo,
    load,
    paragraphs,
    parse,
)
from macros.site import read_site
from tests.support.fault_injection import Fault, differences, edit, fault, project
from tests.support.netlify import ROOT


class Thing(Record):
    """A record to try things with."""

    name: Line
    count: Number = 0
    sure: YesNo = False


class Things(Record):
    """A list of them."""

    things: tuple[Thing, ...]


def refused(text: str) -> list[str]:
    with pytest.raises(RecordError) as error:
        parse(text, Things, name="f.yml")
    return list(error.value.lines)


def test_words_stay_words() -> None:
    thing = parse("things:\n  - name: no\n  - name: 12:30\n  - name: ~\n", Things)
    assert [t.name for t in thing.things] == ["no", "12:30", "~"]


def test_all_faults_are_told_at_once_each_with_its_line() -> None:
    text = "things:\n  - name:\n  - nam: x\n  - name: x\n    count: 1.5\n    sure: true\n"
    assert refused(text) == [
        "f.yml:2: things > entry 1 > name: is empty; fill it or take the key out",
        "f.yml:3: things > entry 2 > name: is missing; add it",
        "f.yml:3: things > entry 2 > nam: unknown key; check the spelling",
        "f.yml:5: things > entry 3 > count: must be a whole number, like 3",
        "f.yml:6: things > entry 3 > sure: must be yes or no",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "1: is empty"),
        ("# nothing\n", "1: is empty"),
        ("- a\n", "1: must be keys with values"),
        ("just words\n", "1: must be keys with values"),
        ("things: {}\n", "1: things: must be a list, one '- ' a line"),
        ("things: []\nthings: []\n", "2: things: stands here twice (first on line 1); keep one"),
        ("things:\n  - &a {name: x}\n", "2: anchors and aliases are not allowed"),
        ("things: *a\n", "1: anchors and aliases are not allowed"),
        ("things: !!python/name:os.system\n", "1: tags are not allowed"),
        ("things: !!set {a, b}\n", "1: tags are not allowed"),
        ("things:\n  - !x {name: y}\n", "2: tags are not allowed"),
        ("things: []\n---\nthings: []\n", "2: a second document (---) is not allowed"),
        ("things: " + "[" * 5_000, "1: is nested more than 12 deep"),
        ("things:\n" + "- " * 5_000, "2: is nested more than 12 deep"),
        ("things:\n\t- name: x\n", "2: has a tab; use spaces"),
        ("things:\n  - name: a\x00b\n", "2: has a hidden character"),
        ("things:\n  - name: a\u202eb\n", "2: has a hidden character, '\\u202e'"),
        ("things:\n  - name: 'x\n    y'\n", "2: opens a quote that is not closed on the same line"),
        ('things:\n  - name: "x\n', "2: opens a quote that is not closed on the same line"),
        ("things:\n  - name: a: b\n", '2: has a second ": "'),
        ('things:\n  - name: "\\d"\n', "2: has a backslash in double quotes"),
        ("things:\n  - name: |x\n", "2: must have nothing after | or >"),
        ("things:\n  - name: x\n   count: 1\n", "3: has an indent that does not fit"),
        (
            'things:\n  - name: x\n    "a\\nb\\e[31m": c\n',
            "3: things > entry 1 > a b?[31m: unknown",
        ),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_a_data_file_may_not_hold(text: str, line: str) -> None:
    lines = refused(text)
    assert len(lines) == 1
    assert lines[0].startswith(f"f.yml:{line}"), lines


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    rungs = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert all("anchors and aliases" in line for line in refused(f"a0: &a0 x\n{rungs}"))


def test_a_file_may_begin_with_a_byte_order_mark_and_end_its_lines_as_windows_does(
    tmp_path: Path,
) -> None:
    (tmp_path / "f.yml").write_bytes(b"\xef\xbb\xbfthings:\r\n  - name: x\r\n")
    assert load(tmp_path / "f.yml", Things).things[0].name == "x"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"things:\n  - name: caf\xe9\n", "2: is not UTF-8 text; save it as UTF-8"),
        (b"things: []\n# " + b"x" * MAX_BYTES, "1: is larger than 524288 bytes; split it"),
    ],
)
def test_bytes_that_are_no_text_or_too_many_are_refused(
    tmp_path: Path, content: bytes, line: str
) -> None:
    (tmp_path / "f.yml").write_bytes(content)
    with pytest.raises(RecordError) as error:
        load(tmp_path / "f.yml", Things, name="f.yml")
    assert error.value.lines == (f"f.yml:{line}",)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(RecordError, match=r"^f\.yml:1: cannot be read: No such file"):
        load(ROOT / "no-such.yml", Things, name="f.yml")


def test_sense_is_asked_only_of_what_has_the_right_shape() -> None:
    def sense(record: Things) -> list[Problem]:
        return [Problem(("things", 1, "count"), "is too many"), Problem(("things", 9), "is odd")]

    with pytest.raises(RecordError) as error:
        parse("things:\n  - name: a\n  - name: b\n    count: 7\n", Things, sense, "f.yml")
    assert error.value.lines == (
        "f.yml:4: things > entry 2 > count: is too many",
        "f.yml:1: things > entry 10: is odd",
    )
    assert "is too many" not in refused("things:\n  - nam: a\n")[0]


def test_text_is_cut_into_paragraphs_at_blank_lines() -> None:
    assert paragraphs("a\nb\n\n \nc\n") == ("a b", "c")


# The other data files and the pages, each with faults of its own.

HELPLINES = "docs/data/helplines.yml"
SOURCES = "docs/data/sources.yml"
SITUATIONS = "docs/data/situations.yml"
CLAIMS = "docs/data/claims.yml"

NUMBER = "countries/us/lines/us-domestic-violence/contacts/0/call"

OTHERS = [
    (HELPLINES, fault("letters in a number", NUMBER, "", "1-800-SAFE", "digits, spaces")),
    (HELPLINES, fault("script as a number", NUMBER, "", "javascript:alert(1)", "digits, spaces")),
    (HELPLINES, fault("emergency", "countries/us/emergency", "", "help", "a number to dial")),
    (
        HELPLINES,
        fault(
            "call and text", NUMBER, "- call", "- text: '11'\n            call", "exactly one of"
        ),
    ),
    (HELPLINES, fault("topic", "countries/us/lines/us-988/topics", "crisis", "sad", "'crisis'")),
    (HELPLINES, fault("country twice", "countries/1/id", "id:", "id: us #", "stands twice")),
    (
        HELPLINES,
        fault("chat", "countries/us/lines/us-988/web", "https", "http", "begins with https://"),
    ),
    (SOURCES, fault("strength", "sources/needs/strength", "", "strong", "'review', 'trial'")),
    (
        SOURCES,
        fault("link", "sources/investment/cite/link", "https:", "javascript:", "begins with"),
    ),
    (SOURCES, fault("year", "sources/needs/cite/year", "", "soon", "must be a year")),
    (SOURCES, fault("twice", "sources/needs/id", "", "investment", "stands twice")),
    (SITUATIONS, fault("page", "situations/drifting/goes", "", "drift.md", "there is no page")),
    (SITUATIONS, fault("twice", "situations/said-it/id", "said-it", "drifting", "stands twice")),
    (CLAIMS, fault("page alone", "claims/emergency/home", "#emergency", "", "must be a section")),
    (CLAIMS, fault("no such section", "claims/emergency/home", "#em", "#m", "has no section")),
    (CLAIMS, fault("no such source", "claims/hollow-win/beside", "guilt", "x", "no source")),
    (CLAIMS, fault("two homes", "claims/outgrown/id", "outgrown", "emergency", "has two homes")),
    (CLAIMS, fault("no words", "claims/emergency/words", "", "[]", "is empty")),
]


@pytest.mark.parametrize(
    ("name", "planted"), OTHERS, ids=[f"{Path(n).stem}, {f.name}" for n, f in OTHERS]
)
def test_a_fault_in_another_data_file_is_refused_at_its_line(
    tmp_path: Path, name: str, planted: Fault
) -> None:
    root = project(tmp_path / "copy")
    expected = edit(root, name, planted)
    with pytest.raises(RecordError) as error:
        read_site(root)
    assert differences(error.value.lines, expected) == []


def mkdocs(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def faulty(tmp_path: Path) -> tuple[Path, list[str]]:
    """A project with one fault in each of four files, and how the line about each begins."""
    root = project(tmp_path / "copy")
    begins = []
    for name, planted in (
        ("docs/data/questions.yml", fault("", "items/hurt/part", "", "nowhere", "")),
        (HELPLINES, fault("", NUMBER, "", "none", "")),
        (SOURCES, fault("", "sources/needs/strength", "", "strong", "")),
        (CLAIMS, fault("", "claims/emergency/home", "", "nowhere.md#a", "")),
    ):
        begins += [start for start, _ in edit(root, name, planted)]
    # With sources unread, what points at them is not judged, so these two come a build later.
    return root, [begins[1], begins[2]]


@pytest.mark.parametrize("command", [("build", "--strict"), ("serve", "-a", "127.0.0.1:0")])
def test_a_build_with_faults_stops_with_a_line_each_and_writes_nothing(
    faulty: tuple[Path, list[str]], command: tuple[str, ...]
) -> None:
    root, begins = faulty
    done = mkdocs(root, *command)
    assert done.returncode not in (0, None)
    assert not (root / "site").exists()
    assert "Traceback" not in done.stdout
    lines = [line for line in done.stdout.splitlines() if ".yml:" in line]
    assert len(lines) == len(begins)
    assert all(line.startswith(start) for line, start in zip(sorted(lines), begins, strict=True))


def test_the_next_build_names_the_faults_that_were_waiting(
    faulty: tuple[Path, list[str]],
) -> None:
    root, _ = faulty
    (root / SOURCES).write_bytes((ROOT / SOURCES).read_bytes())
    with pytest.raises(RecordError) as error:
        read_site(root)
    assert [line.split(":")[0] for line in error.value.lines] == [
        HELPLINES,
        "docs/data/questions.yml",
        CLAIMS,
    ]
