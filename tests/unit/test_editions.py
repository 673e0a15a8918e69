"""The history of editions: what each one asked, and when it may still change."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from macros.__main__ import edition as command
from macros.data.records import RecordError
from macros.data.yaml_reader import load, parse
from macros.quiz.editions import (
    COMMAND,
    FILE,
    Editions,
    entry_of,
    quiz_problems,
    serialize,
    with_entry,
)
from macros.quiz.model import Quiz
from macros.site import Site
from tests.support.fault_injection import edit, project
from tests.support.netlify import ROOT

QUESTIONS = "docs/data/questions.yml"
DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def quiz(records: Site) -> Quiz:
    """The quiz as the question file has it, as edition 1."""
    return records.quiz.model_copy(update={"edition": 1})


def differing(quiz: Quiz, edition: int = 1) -> Quiz:
    """The quiz with its last option gone, as the given edition."""
    data = json.loads(quiz.model_dump_json())
    data["edition"] = edition
    data["items"][-1]["options"].pop()
    return Quiz.model_validate(data)


def test_the_history_has_the_questions_as_they_are(records: Site) -> None:
    kept = records.editions[records.quiz.edition]
    assert kept == entry_of(records.quiz, kept.released)


def test_the_history_reads_back_as_it_is_written(records: Site) -> None:
    assert parse(serialize(records.editions), Editions).record == records.editions
    with pytest.raises(KeyError):
        records.editions[0]


def test_a_change_of_words_needs_no_new_edition(quiz: Quiz) -> None:
    data = json.loads(quiz.model_dump_json())
    data["items"][0]["stem"] = "Are you scared of them?"
    data["outcomes"][0]["title"] = "Safety"
    history = Editions(editions=(entry_of(quiz, DAY),))
    assert list(quiz_problems(history, Quiz.model_validate(data))) == []


@pytest.mark.parametrize(
    ("released", "edition", "says"),
    [
        (None, 1, f"mean something else than in edition 1 of {FILE}: run {COMMAND}"),
        (DAY, 1, f"raise it to 2 and run {COMMAND}"),
        (DAY, 2, f"2 is not in {FILE} yet: run {COMMAND}"),
        (DAY, 7, f"must be 1, the last in {FILE}, or 2"),
    ],
    ids=["not released", "released", "not written", "from nowhere"],
)
def test_a_change_of_meaning_needs_the_history_written(
    quiz: Quiz, released: date | None, edition: int, says: str
) -> None:
    history = Editions(editions=(entry_of(quiz, released),))
    (problem,) = quiz_problems(history, differing(quiz, edition))
    assert problem.where == ("edition",)
    assert says in problem.message


def test_an_edition_nobody_has_may_be_written_again(quiz: Quiz) -> None:
    after = with_entry(Editions(editions=(entry_of(quiz),)), differing(quiz))
    assert [entry.digest for entry in after.editions] == [differing(quiz).digest]


def test_a_released_edition_never_changes(quiz: Quiz) -> None:
    history = Editions(editions=(entry_of(quiz, DAY),))
    with pytest.raises(ValueError, match="released on 2026-12-01 and never changes"):
        with_entry(history, differing(quiz))
    with pytest.raises(ValueError, match="never changes"):
        with_entry(history, quiz, date(2027, 1, 1))
    assert with_entry(history, quiz) == history


def test_a_new_edition_leaves_the_old_ones_as_they_were(quiz: Quiz) -> None:
    history = Editions(editions=(entry_of(quiz, DAY),))
    after = with_entry(history, differing(quiz, edition=2))
    assert after[1] == history[1]
    assert after[2].digest == differing(quiz).digest


def test_editions_leave_no_gap(quiz: Quiz) -> None:
    with pytest.raises(ValueError, match="edition 3 cannot follow edition 1"):
        with_entry(Editions(editions=(entry_of(quiz),)), differing(quiz, edition=3))


def change(file: Path, place: str, new: str) -> None:
    file.write_text(edit(file.read_text("utf-8"), place, new), "utf-8")


def test_the_command_writes_a_new_edition_and_refuses_to_change_a_released_one(
    tmp_path: Path,
) -> None:
    root = project(tmp_path / "copy")
    (root / FILE).write_text("editions: []\n", "utf-8")
    change(root / QUESTIONS, "edition", "1")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "macros", "edition", *arguments]
        return subprocess.run(call, cwd=root, capture_output=True, text=True, check=False)

    assert run("soon").returncode == 1
    command(root, "2026-12-01")
    assert load(root / FILE, Editions).record[1].released == DAY

    change(root / QUESTIONS, "items/missing/options/spark/id", "the-spark")
    refused = run()
    assert refused.returncode == 1
    assert "write edition: 2 in the question file" in refused.stderr
    assert "Traceback" not in refused.stderr

    change(root / QUESTIONS, "edition", "2")
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    history = load(root / FILE, Editions).record
    assert [entry.released for entry in history.editions] == [DAY, None]


def test_the_command_writes_nothing_for_a_quiz_with_errors(tmp_path: Path) -> None:
    root = project(tmp_path / "copy", build=False)
    change(root / QUESTIONS, "outcomes/get-safe/when/0/afraid", "[yes]")
    with pytest.raises(RecordError, match="must lead to help"):
        command(root, "")
    assert (root / FILE).read_bytes() == (ROOT / FILE).read_bytes()
