"""The ledger of editions: what each one asked, and when it may still change."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from macros.data.records import RecordError, parse
from macros.quiz.editions import (
    FILE,
    Editions,
    entry_of,
    problems,
    read_editions,
    recorded,
    text,
    write,
)
from macros.quiz.model import Quiz
from macros.site import Site
from tests.support.fault_injection import Fault, differences, edit, fault, project
from tests.support.netlify import ROOT

TEXT = (ROOT / FILE).read_text("utf-8")
QUESTIONS = "docs/data/questions.yml"


@pytest.fixture(scope="module")
def quiz(records: Site) -> Quiz:
    """The quiz as the question file has it."""
    return records.quiz


def differing(quiz: Quiz, edition: int = 1) -> Quiz:
    """The quiz with its last option gone, as the given edition."""
    data = json.loads(quiz.model_dump_json())
    data["edition"] = edition
    data["items"][-1]["options"].pop()
    return Quiz.model_validate(data)


def reworded(quiz: Quiz) -> Quiz:
    data = json.loads(quiz.model_dump_json())
    data["items"][0]["stem"] = "Are you scared of them?"
    data["outcomes"][0]["title"] = "Safety"
    return Quiz.model_validate(data)


def test_the_ledger_has_the_questions_as_they_are(records: Site, quiz: Quiz) -> None:
    entry = records.editions[quiz.edition]
    assert entry.digest == quiz.digest
    assert [(i.id, i.kind, i.private) for i in entry.items] == [
        (i.id, i.kind, i.private) for i in quiz.items
    ]
    assert [i.options for i in entry.items] == [
        tuple(option.id for option in item.options) for item in quiz.items
    ]


def test_the_ledger_reads_back_as_it_is_written(records: Site) -> None:
    assert text(records.editions) == TEXT
    with pytest.raises(KeyError):
        records.editions[0]


def test_a_change_of_words_needs_no_new_edition(records: Site, quiz: Quiz) -> None:
    assert list(problems(records.editions)(reworded(quiz))) == []


def test_a_change_of_meaning_needs_the_ledger_written(quiz: Quiz) -> None:
    ledger = Editions(editions=(entry_of(quiz),))
    (problem,) = problems(ledger)(differing(quiz))
    assert problem.where == ("edition",)
    assert problem.message.endswith(
        "docs/data/editions.yml: run .venv/bin/python -m macros.editions"
    )


def test_after_release_a_change_of_meaning_needs_a_new_edition(quiz: Quiz) -> None:
    ledger = Editions(editions=(entry_of(quiz, "2026-12-01"),))
    (problem,) = problems(ledger)(differing(quiz))
    assert "raise it to 2 and run .venv/bin/python -m macros.editions" in problem.message
    assert list(problems(ledger)(quiz)) == []


def test_an_edition_nobody_has_may_be_written_again(quiz: Quiz) -> None:
    ledger = Editions(editions=(entry_of(quiz),))
    after = recorded(ledger, differing(quiz))
    assert [entry.digest for entry in after.editions] == [differing(quiz).digest]


def test_a_released_edition_never_changes(quiz: Quiz) -> None:
    ledger = Editions(editions=(entry_of(quiz, "2026-12-01"),))
    with pytest.raises(ValueError, match="released on 2026-12-01 and never changes"):
        recorded(ledger, differing(quiz))
    with pytest.raises(ValueError, match="never changes"):
        recorded(ledger, quiz, "2027-01-01")
    assert recorded(ledger, quiz) == ledger


def test_a_new_edition_leaves_the_old_ones_as_they_were(quiz: Quiz) -> None:
    ledger = Editions(editions=(entry_of(quiz, "2026-12-01"),))
    after = recorded(ledger, differing(quiz, edition=2))
    assert after[1] == ledger[1]
    assert after[2].digest == differing(quiz).digest
    assert parse(text(after), Editions) == after


def test_editions_leave_no_gap_and_dates_are_dates(quiz: Quiz) -> None:
    ledger = Editions(editions=(entry_of(quiz),))
    with pytest.raises(ValueError, match="edition 3 cannot follow edition 1"):
        recorded(ledger, differing(quiz, edition=3))
    with pytest.raises(ValueError, match="soon is no date"):
        recorded(ledger, quiz, "soon")


@pytest.mark.parametrize(
    "planted",
    [
        fault("number", "editions/0/edition", "1", "2", "must be 1: editions stand in order"),
        fault("item twice", "editions/0/items/hurt/id", "hurt", "afraid", "stands twice"),
        fault("digest", "editions/0/digest", "", "soon", "is not of the right form"),
        fault("kind", "editions/0/items/hurt/kind", "single", "one", "'single' or 'multiple'"),
        fault("date", "editions/0/digest", "digest", "released", ("editions/0", "missing"), "date"),
    ],
    ids=lambda planted: planted.name,
)
def test_a_fault_in_the_ledger_is_refused_at_its_line(planted: Fault, tmp_path: Path) -> None:
    (tmp_path / "editions.yml").write_text(planted.plant(TEXT), "utf-8")
    with pytest.raises(RecordError) as error:
        read_editions(tmp_path / "editions.yml")
    expected = planted.expected(TEXT, str(tmp_path / "editions.yml"))
    assert differences(error.value.lines, expected) == []


def test_the_command_writes_a_new_edition_and_refuses_to_change_a_released_one(
    tmp_path: Path,
) -> None:
    root = project(tmp_path / "copy")
    (root / FILE).write_text("editions: []\n", "utf-8")
    edit(root, QUESTIONS, fault("", "edition", "", "1", ""))

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "macros.editions", *arguments]
        return subprocess.run(call, cwd=root, capture_output=True, text=True, check=False)

    stamped = command("2026-12-01")
    assert (stamped.returncode, stamped.stderr) == (0, "")
    assert read_editions(root / FILE)[1].released == "2026-12-01"

    edit(root, QUESTIONS, fault("", "outcomes/what-you-want/when/0/choose", "unsure, no", "no", ""))
    refused = command()
    assert refused.returncode == 1
    assert "write edition: 2 in the question file" in refused.stderr
    assert "Traceback" not in refused.stderr

    edit(root, QUESTIONS, fault("", "edition", "1", "2", ""))
    assert command().returncode == 0
    ledger = read_editions(root / FILE)
    assert [entry.released for entry in ledger.editions] == ["2026-12-01", None]


def test_the_command_writes_nothing_for_a_quiz_with_faults(tmp_path: Path) -> None:
    root = project(tmp_path / "copy")
    edit(root, QUESTIONS, fault("", "outcomes/get-safe/when/0/afraid", "sometimes, ", "", ""))
    with pytest.raises(RecordError, match="must lead to help"):
        write(root)
    assert (root / FILE).read_text("utf-8") == TEXT
