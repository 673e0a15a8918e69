"""What may be happening for a reader, in the reader's words, and where to go."""

from __future__ import annotations

from collections.abc import Iterator

from .pages import Pages, Picture
from .records import Line, Problem, Record, Ref, Slug, duplicates


class Situation(Record):
    """One line of "What is happening for you?": the reader's words, and their target."""

    id: Slug
    says: Line
    line: Line
    target: Ref
    picture: Picture


class Situations(Record):
    """The whole file."""

    situations: tuple[Situation, ...]


def problems(record: Situations) -> Iterator[Problem]:
    """Ids that stand twice."""
    for index in duplicates([s.id for s in record.situations]):
        yield Problem(("situations", index, "id"), "stands twice")


def ref_problems(record: Situations, pages: Pages) -> Iterator[Problem]:
    """Targets that do not exist."""
    for n, situation in enumerate(record.situations):
        if error := pages.ref_error(situation.target):
            yield Problem(("situations", n, "target"), error)
