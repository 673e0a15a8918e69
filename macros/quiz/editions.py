"""The history of editions: which questions and options each edition of the quiz had.

An answer code holds an edition and positions, so an old code can be read only as long as it is
known what stood at those positions. The rule is simple: once an edition has a ``released`` date,
readers may hold codes and sheets of it, and its entry never changes again. Until then it may.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from ..data.records import (
    Day,
    Matching,
    Number,
    Problem,
    Record,
    Slug,
    YesNo,
    duplicates,
)
from .model import Item, Quiz

FILE = "docs/data/editions.yml"
COMMAND = ".venv/bin/python -m macros edition"
"""What writes the entry of the edition the question file has."""


class ItemSnapshot(Record):
    """An item as an answer code knows it: whether it is in the code, and its options in order."""

    id: Slug
    kind: Literal["single", "multiple"]
    private: YesNo
    options: tuple[Slug, ...]


class Edition(Record):
    """What one edition asked, and the digest of what it meant (``Quiz.digest``)."""

    edition: Number
    digest: Annotated[str, Matching(r"^[0-9a-f]{12}\Z", "must be twelve hex digits")]
    released: Day | None = None
    items: tuple[ItemSnapshot, ...]


class Editions(Record):
    """The whole file: all editions, oldest first."""

    editions: tuple[Edition, ...]

    def __getitem__(self, number: int) -> Edition:
        """The edition of that number. Raises KeyError."""
        if not 1 <= number <= len(self.editions):
            raise KeyError(number)
        return self.editions[number - 1]


def problems(editions: Editions) -> Iterator[Problem]:
    """Editions out of order, and items that stand twice in one."""
    for n, entry in enumerate(editions.editions):
        spot = ("editions", n)
        if entry.edition != n + 1:
            yield Problem((*spot, "edition"), f"must be {n + 1}: editions stand in order, from 1")
        for index in duplicates([item.id for item in entry.items]):
            yield Problem((*spot, "items", index, "id"), "stands twice")


def snapshot(item: Item) -> ItemSnapshot:
    """What the history keeps of an item."""
    options = tuple(option.id for option in item.options)
    return ItemSnapshot(id=item.id, kind=item.kind, private=item.private, options=options)


def entry_of(quiz: Quiz, released: date | None = None) -> Edition:
    """The history's entry for the quiz as it is."""
    items = tuple(snapshot(item) for item in quiz.items)
    return Edition(edition=quiz.edition, digest=quiz.digest, released=released, items=items)


def quiz_problems(editions: Editions, quiz: Quiz) -> Iterator[Problem]:
    """Whether the quiz means what the history says its edition meant."""
    last = len(editions.editions)
    if quiz.edition == last + 1:
        yield Problem(("edition",), f"{quiz.edition} is not in {FILE} yet: run {COMMAND}")
    elif quiz.edition != last:
        yield Problem(("edition",), f"must be {last}, the last in {FILE}, or {last + 1}")
    else:
        kept = editions[last]
        if entry_of(quiz, kept.released) == kept:
            return
        fix = f"raise it to {last + 1} and run" if kept.released else "run"
        yield Problem(
            ("edition",),
            f"questions, options or rules mean something else than in edition {last} of "
            f"{FILE}: {fix} {COMMAND}",
        )


def with_entry(editions: Editions, quiz: Quiz, released: date | None = None) -> Editions:
    """The history with the quiz's entry written, and stamped as ``released`` on a day.

    Raises ValueError when that would change an edition readers already have, or leave a gap.
    """
    number, last = quiz.edition, len(editions.editions)
    if number not in (last, last + 1) or number < 1:
        raise ValueError(f"edition {number} cannot follow edition {last}")
    kept = editions[number].released if number == last else None
    entry = entry_of(quiz, kept or released)
    if kept and (entry != editions[number] or released not in (None, kept)):
        raise ValueError(
            f"edition {number} was released on {kept} and never changes again: "
            f"write edition: {number + 1} in the question file"
        )
    return Editions(editions=(*editions.editions[: number - 1], entry))


def serialize(editions: Editions) -> str:
    """The history as its file has it."""
    lines = [
        "# Which questions and options each edition of the quiz had, so that old answer codes can",
        f"# be read. Written by {COMMAND}.",
        "# An edition with a released date never changes.",
        "editions:",
    ]
    for entry in editions.editions:
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
