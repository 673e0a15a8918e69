"""Data files: each error is reported at its line, in words that an author can act on."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.data.records import RecordError
from macros.site import Site, read_site
from tests.support.fault_injection import differences, edit, errors, line_of, project, restored
from tests.support.netlify import ROOT

QUESTIONS = "docs/data/questions.yml"
HELPLINES = "docs/data/helplines.yml"
SOURCES = "docs/data/sources.yml"
CLAIMS = "docs/data/claims.yml"

LISTED = yaml.load(Path(__file__).with_name("refusals.yml").read_text("utf-8"), yaml.CBaseLoader)
REFUSALS = [(file, entry) for file, entries in LISTED.items() for entry in entries]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is checked; each test leaves it as it was."""
    return project(tmp_path_factory.mktemp("copy") / "project", build=False)


@pytest.mark.parametrize(
    ("file", "entry"), REFUSALS, ids=[f"{Path(f).stem}, {e['what']}" for f, e in REFUSALS]
)
def test_an_error_is_reported_at_its_line(copy: Path, file: str, entry: dict[str, Any]) -> None:
    new = None if entry["new"] == "null" else entry["new"]
    says = entry["says"]
    messages = [(entry["at"], says)] if isinstance(says, str) else [*says]
    with restored(copy / file) as text:
        broken = edit(text, entry["at"], new, entry.get("old", ""))
        (copy / file).write_text(broken, "utf-8")
        lines = [line for line in errors(copy) if line.startswith(file)]
        pairs = [(p, w) for m in messages for p, w in ([m] if isinstance(m, tuple) else m.items())]
        expected = [(f"{file}:{line_of(text, place)}: ", words) for place, words in pairs]
    if "among" in entry:
        lines = [line for line in lines if any(line.startswith(start) for start, _ in expected)]
    assert not (found := differences(lines, expected)), "\n".join(found)


@pytest.fixture
def faulty(copy: Path) -> Iterator[Path]:
    """The copy with an error in each of four data files and in a page."""
    faults = {
        QUESTIONS: ("items/self/part", "nowhere"),
        HELPLINES: ("countries/us/emergency", "none"),
        SOURCES: ("sources/needs/strength", "strong"),
        CLAIMS: ("claims/emergency/home", "nowhere.md#a"),
    }
    before = {file: (copy / file).read_text("utf-8") for file in (*faults, "docs/en/talk.md")}
    for file, (place, new) in faults.items():
        (copy / file).write_text(edit(before[file], place, new), "utf-8")
    (copy / "docs/en/talk.md").write_text(before["docs/en/talk.md"] + "\n<b>\n", "utf-8")
    yield copy
    for file, text in before.items():
        (copy / file).write_text(text, "utf-8")


def test_errors_in_several_files_are_reported_at_once(faulty: Path) -> None:
    """A file that is wrong silences no check of another."""
    lines = errors(faulty)
    told = [file for file in (QUESTIONS, HELPLINES, SOURCES, CLAIMS) if file in "\n".join(lines)]
    assert told == [QUESTIONS, HELPLINES, SOURCES, CLAIMS]
    assert any(line.startswith("docs/en/talk.md:") for line in lines)
    # Neither the sources, which cannot be read, nor what follows from the error is held against
    # the others.
    assert len(lines) == 5


@pytest.mark.parametrize("command", [("build", "--strict"), ("serve", "-a", "127.0.0.1:0")])
def test_a_build_with_errors_lists_them_one_per_line_and_writes_nothing(
    tmp_path: Path, faulty: Path, command: tuple[str, ...]
) -> None:
    root = project(tmp_path / "project")
    for file in (QUESTIONS, HELPLINES):
        (root / file).write_bytes((faulty / file).read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *command],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    assert done.returncode != 0
    assert not (root / "site").exists()
    assert "Traceback" not in done.stdout
    told = [line for line in done.stdout.splitlines() if line.startswith("docs/")]
    assert told == errors(root) != []


# Random edits. What PyYAML alone reads from a text is the yardstick: whenever that differs from
# the real file, the record must differ too, or be refused. So no accidental edit passes unnoticed.

TEXT = (ROOT / QUESTIONS).read_text("utf-8")
LINES = TEXT.split("\n")
PLAIN = yaml.load(TEXT, Loader=yaml.CBaseLoader)  # noqa: S506 (reads text only)


@st.composite
def random_edits(draw: st.DrawFn) -> str:
    """The question file after one to three small random edits."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(("drop", "double", "swap", "character", "indent", "cut")))
        if kind == "drop":
            del lines[at]
        elif kind == "double":
            lines.insert(to, lines[at])
        elif kind == "swap":
            lines[at], lines[to] = lines[to], lines[at]
        elif kind == "indent":
            lines[at] = " " * draw(st.integers(0, 10)) + lines[at].lstrip(" ")
        elif kind == "cut":
            lines = lines[: max(at, 1)]
        elif lines[at]:
            column = draw(st.integers(0, len(lines[at]) - 1))
            odd = st.sampled_from("abz09 :-#'\"[]{},&*!|>%@`?\\\t\u200b\u2028é") | st.characters()
            lines[at] = lines[at][:column] + draw(odd) + lines[at][column + 1 :]
    return "\n".join(lines)


@settings(derandomize=True, max_examples=20, deadline=None, database=None)
@given(text=random_edits())
def test_no_random_edit_gives_a_traceback_or_passes_unnoticed(
    copy: Path, records: Site, text: str
) -> None:
    refused_or_read(copy, records, text)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, database=None)
@given(text=random_edits())
def test_no_random_edit_of_many_does(copy: Path, records: Site, text: str) -> None:
    refused_or_read(copy, records, text)


def refused_or_read(copy: Path, records: Site, text: str) -> None:
    """Check that a question file is refused at a line of its own, or read as YAML reads it."""
    lines: list[str] = []
    quiz = None
    with restored(copy / QUESTIONS):
        (copy / QUESTIONS).write_text(text, "utf-8")
        try:
            quiz = read_site(copy).quiz
        except RecordError as error:
            lines += error.lines
    for line in lines:
        at = re.match(rf"{QUESTIONS}:(\d+): \S", line)
        assert at is None or 1 <= int(at[1]) <= text.count("\n") + 1
        assert at or re.match(r"docs/\S+:\d+: \S", line), line
    if quiz:
        plain = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506
        assert (quiz == records.quiz) == (plain == PLAIN)
        assert quiz.digest == records.quiz.digest
