"""What may be happening for a reader, in the reader's words, and where to go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .pages import Pages, Picture
from .records import Line, Problem, Record, Ref, Slug, duplicates, load


class Situation(Record):
    """One line of "What is happening for you?"."""

    id: Slug
    says: Line
    line: Line
    goes: Ref
    picture: Picture


class Situations(Record):
    """The whole file."""

    situations: tuple[Situation, ...]


def read_situations(path: Path, pages: Pages, whole: bool = True) -> Situations:
    """The situations in the file at ``path``. Raises RecordError with every fault.

    ``whole`` says that the pages are complete, so that links can be checked.
    """
    return load(path, Situations, problems(pages) if whole else None)


def problems(pages: Pages) -> Callable[[Situations], Iterator[Problem]]:
    """Checks for a record of situations: ids once, links that lead somewhere."""

    def found(record: Situations) -> Iterator[Problem]:
        for index in duplicates([s.id for s in record.situations]):
            yield Problem(("situations", index, "id"), "stands twice")
        for n, situation in enumerate(record.situations):
            if fault := pages.fault(situation.goes):
                yield Problem(("situations", n, "goes"), fault)

    return found
