"""The ledger of editions: which questions and options each edition of the quiz had.

An answer code holds an edition and positions, so an old code can be read only as long as it is
known what stood at those positions. The rule is simple: once an edition has a ``released`` date,
readers may hold codes and sheets of it, and its entry never changes again. Until then it may.

``python -m macros.editions`` writes the entry of the edition the question file has.
``python -m macros.editions 2026-12-01`` also stamps it as released on that day.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

from .pages import read_pages
from .quiz import Item, Quiz, read_quiz
from .records import (
    Day,
    Field,
    Number,
    Problem,
    Record,
    RecordError,
    Slug,
    YesNo,
    duplicates,
    load,
)
from .sources import read_sources

FILE = "docs/quiz/editions.yml"
MEND = ".venv/bin/python -m macros.editions"


class Asked(Record):
    """An item as an answer code knows it: whether it is in the code, and its options in order."""

    id: Slug
    kind: Literal["single", "multiple"]
    private: YesNo
    options: tuple[Slug, ...]


class Edition(Record):
    """What one edition asked, and the digest of what it meant (``Quiz.digest``)."""

    edition: Number
    digest: str = Field(pattern=r"^[0-9a-f]{12}$")
    released: Day | None = None
    items: tuple[Asked, ...]


class Editions(Record):
    """The whole file: all editions, oldest first."""

    editions: tuple[Edition, ...]

    def __getitem__(self, number: int) -> Edition:
        """The edition of that number. Raises KeyError."""
        if not 1 <= number <= len(self.editions):
            raise KeyError(number)
        return self.editions[number - 1]


def read_editions(path: Path) -> Editions:
    """The ledger in the file at ``path``. Raises RecordError with every fault and its line."""
    return load(path, Editions, _ledger_problems)


def _ledger_problems(ledger: Editions) -> Iterator[Problem]:
    for n, entry in enumerate(ledger.editions):
        spot = ("editions", n)
        if entry.edition != n + 1:
            yield Problem((*spot, "edition"), f"must be {n + 1}: editions stand in order, from 1")
        for index in duplicates([item.id for item in entry.items]):
            yield Problem((*spot, "items", index, "id"), "stands twice")


def asked(item: Item) -> Asked:
    """What the ledger keeps of an item."""
    options = tuple(option.id for option in item.options)
    return Asked(id=item.id, kind=item.kind, private=item.private, options=options)


def entry_of(quiz: Quiz, released: str | None = None) -> Edition:
    """The ledger's entry for the quiz as it is."""
    items = tuple(asked(item) for item in quiz.items)
    return Edition(edition=quiz.edition, digest=quiz.digest, released=released, items=items)


def problems(ledger: Editions) -> Callable[[Quiz], Iterable[Problem]]:
    """Checks that a quiz means what the ledger says its edition meant."""

    def found(quiz: Quiz) -> Iterator[Problem]:
        last = len(ledger.editions)
        if quiz.edition == last + 1:
            yield Problem(("edition",), f"{quiz.edition} is not in {FILE} yet: run {MEND}")
        elif quiz.edition != last:
            yield Problem(("edition",), f"must be {last}, the last in {FILE}, or {last + 1}")
        else:
            kept = ledger[last]
            if entry_of(quiz, kept.released) == kept:
                return
            mend = f"raise it to {last + 1} and run" if kept.released else "run"
            yield Problem(
                ("edition",),
                f"questions, options or rules mean something else than in edition {last} of "
                f"{FILE}: {mend} {MEND}",
            )

    return found


def recorded(ledger: Editions, quiz: Quiz, released: str | None = None) -> Editions:
    """The ledger with the quiz's entry written.

    Raises ValueError when that would change an edition readers already have, or leave a gap.
    """
    if released and not re.fullmatch(r"\d{4}-[01]\d-[0-3]\d", released):
        raise ValueError(f"{released} is no date like 2026-12-01")
    number, last = quiz.edition, len(ledger.editions)
    if number not in (last, last + 1) or number < 1:
        raise ValueError(f"edition {number} cannot follow edition {last}")
    kept = ledger[number].released if number == last else None
    entry = entry_of(quiz, kept or released)
    if kept and (entry != ledger[number] or released not in (None, kept)):
        raise ValueError(
            f"edition {number} was released on {kept} and never changes again: "
            f"write edition: {number + 1} in the question file"
        )
    return Editions(editions=(*ledger.editions[: number - 1], entry))


def text(ledger: Editions) -> str:
    """The ledger as the file has it."""
    lines = [
        "# Which questions and options each edition of the quiz had, so that old answer codes can",
        f"# be read. Written by {MEND}.",
        "# An edition with a released date never changes.",
        "editions:",
    ]
    for entry in ledger.editions:
        lines += [f"  - edition: {entry.edition}", f'    digest: "{entry.digest}"']
        lines += [f"    released: {entry.released}"] if entry.released else []
        lines += ["    items:"]
        for item in entry.items:
            lines += [
                f"      - id: {item.id}",
                f"        kind: {item.kind}",
                f"        private: {'yes' if item.private else 'no'}",
                f"        options: [{', '.join(item.options)}]",
            ]
    return "\n".join(lines) + "\n"


def write(root: Path, released: str | None = None) -> str:
    """Write the entry of the question file's edition into the ledger; what was done, in words.

    Raises RecordError when a file has faults, ValueError when an old edition would change.
    """
    from . import proof

    path, docs = root / FILE, root / "docs"
    pages = read_pages(docs)
    sources = read_sources(docs / "sources/sources.yml", pages).ids
    quiz = read_quiz(docs / "quiz/questions.yml", pages, sources, further=proof.problems)
    before = read_editions(path)
    after = recorded(before, quiz, released)
    path.write_text(text(after), "utf-8")
    done = "stands as it was" if after == before else "is written"
    return f"{FILE}: edition {quiz.edition} ({quiz.digest}) {done}"


def main(arguments: list[str]) -> int:
    """Write the ledger of this project; 1 and the reason when that cannot be done."""
    try:
        print(write(Path(__file__).parent.parent, arguments[0] if arguments else None))
    except (RecordError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
