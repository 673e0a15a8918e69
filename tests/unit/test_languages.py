"""Another language: words by id and pages beside the English ones, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.data.records import RecordError
from macros.languages import begin, languages, read_edition
from tests.support.fault_injection import append, project, replace, restored
from tests.support.netlify import ROOT
from tests.support.records import read_records


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's texts, which each test leaves as it was."""
    return project(tmp_path_factory.mktemp("languages") / "project", build=False)


def lines_of(root: Path, language: str = "es") -> list[str]:
    """The lines a language is refused with; empty when it is accepted."""
    try:
        read_edition(root, language)
    except RecordError as error:
        return list(error.lines)
    return []


def cut(file: Path, start: str) -> None:
    """Take the first line that begins so out of a file."""
    lines = file.read_text("utf-8").split("\n")
    del lines[next(n for n, line in enumerate(lines) if line.startswith(start))]
    file.write_text("\n".join(lines), "utf-8")


def number_of(file: Path, start: str) -> int:
    """The number, from 1, of the first line of a file that begins so."""
    lines = file.read_text("utf-8").split("\n")
    return next(n for n, line in enumerate(lines, start=1) if line.startswith(start))


def test_the_languages_are_the_folders_beside_the_data(copy: Path) -> None:
    """English comes first."""
    assert languages(copy) == ("en", "es")


def test_spanish_has_the_same_quiz_in_other_words() -> None:
    """An answer code made in one language is read in the other."""
    english, spanish = read_records().quiz, read_edition(ROOT, "es").site.quiz
    assert spanish.digest == english.digest
    assert [o.id for i in spanish.items for o in i.options] == [
        o.id for i in english.items for o in i.options
    ]
    same = [i.id for i, e in zip(spanish.items, english.items, strict=True) if i.stem == e.stem]
    assert same == []


def test_nothing_is_behind_and_nothing_is_lacking(copy: Path) -> None:
    """Each page and entry was made from the English as it is now."""
    assert read_edition(copy, "es").behind == ()
    assert begin(copy, "es") == ()


QUESTIONS = "docs/data/questions.es.yml"
WRONG = {
    "a missing word": (QUESTIONS, "    stem: ", None, "stem: is missing; in English: Are you ever"),
    "a word too many": (
        QUESTIONS,
        "    stem: ",
        "    subtitle: Otra cosa",
        "subtitle: the English has no such words",
    ),
    "a rule among words": (
        QUESTIONS,
        "    stem: ",
        "    private: no",
        "private: the English has no such words",
    ),
    "an entry too many": (
        QUESTIONS,
        "items:",
        "  otra-cosa: {stem: Otra cosa}",
        "otra-cosa: the English has no such entry",
    ),
    "no digest": (QUESTIONS, "    english: ", None, "english: is missing; add english: "),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_word_file_that_does_not_fit_is_refused_with_its_line(copy: Path, wrong: str) -> None:
    """Whether a word is missing, is one too many, or is a rule."""
    name, start, instead, says = WRONG[wrong]
    file = copy / name
    with restored(file):
        at = number_of(file, start)
        if instead is None:
            cut(file, start)
        else:
            lines = file.read_text("utf-8").split("\n")
            lines.insert(at, instead)
            file.write_text("\n".join(lines), "utf-8")
        found = lines_of(copy)
    assert len(found) == 1, found
    path, line, message = found[0].split(":", 2)
    assert path == name
    assert abs(int(line) - at) <= 2
    assert says in message


PAGE = "docs/es/talk.md"
WRONG_PAGES = {
    "a section too many": ("", "\n\n## Otra cosa { #otra-cosa }\n", "no section otra-cosa here"),
    "another id": ("{ #begin }", "{ #empezar }", "lacks the section begin"),
    "a macro call too many": ("", '\n\n{{ research("listening") }}\n', "must have the macro calls"),
    "a link too many": ("", "\n\n[Ir](now.md)\n", "the English page has no such link: now.md"),
}


@pytest.mark.parametrize("wrong", WRONG_PAGES)
def test_a_page_has_the_sections_calls_and_links_of_the_english(copy: Path, wrong: str) -> None:
    """So that a link in one language has its twin in the other."""
    old, new, says = WRONG_PAGES[wrong]
    with restored(copy / PAGE):
        if old:
            replace(copy / PAGE, old, new)
        else:
            append(copy / PAGE, new)
        found = lines_of(copy)
    assert any(line.startswith(f"{PAGE}:") and says in line for line in found), found


@pytest.fixture
def without_talk(copy: Path) -> Iterator[None]:
    """The copy without one Spanish page."""
    text = (copy / PAGE).read_text("utf-8")
    (copy / PAGE).unlink()
    yield
    (copy / PAGE).write_text(text, "utf-8")


@pytest.mark.usefixtures("without_talk")
def test_a_missing_page_is_an_error_and_can_be_begun(copy: Path) -> None:
    """The new page has the English words, for a translator to replace."""
    assert lines_of(copy) == [f"{PAGE}:1: is missing; translate docs/en/talk.md"]
    assert begin(copy, "es") == (PAGE,)
    assert lines_of(copy) == []


def test_what_was_made_from_an_older_english_is_listed_with_its_line(copy: Path) -> None:
    """It is no error, and the pages that show it say so."""
    page, data = copy / "docs/en/now.md", copy / "docs/data/questions.yml"
    with restored(page), restored(data):
        append(page, "\nOne more line.\n")
        replace(data, "stem: Are you ever afraid of your partner", "stem: Are you afraid of them")
        edition = read_edition(copy, "es")
    assert len(edition.behind) == 2, edition.behind
    entry, changed = edition.behind
    assert entry.startswith(f"{QUESTIONS}:") and "items > afraid > english" in entry
    assert changed.startswith("docs/es/now.md:2: english: the English has changed since")
    assert {"now.md", "quiz/index.md"} <= edition.behind_pages
    assert "index.md" not in edition.behind_pages
