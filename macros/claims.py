"""The content contract: every claim of the article and the section that carries it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .pages import Pages
from .records import Line, Problem, Record, Ref, Slug, duplicates, load


class Claim(Record):
    """A claim: what the article says, its home section, words of which one must stand there.

    ``beside`` names sources of which one must stand in the home section, where evidence
    qualifies the claim.
    """

    id: Slug
    says: Line
    home: Ref
    words: tuple[Line, ...]
    beside: tuple[Slug, ...] = ()


class Claims(Record):
    """The whole file."""

    claims: tuple[Claim, ...]


def read_claims(path: Path, pages: Pages, sources: frozenset[str], whole: bool = True) -> Claims:
    """The claims in the file at ``path``. Raises RecordError with every fault and its line.

    ``whole`` says that pages and sources are complete, so that pointers can be checked.
    """
    return load(path, Claims, problems(pages, sources) if whole else None)


def problems(pages: Pages, sources: frozenset[str]) -> Callable[[Claims], Iterator[Problem]]:
    """Checks for a record of claims: ids once, homes that exist, words to look for, sources."""

    def found(record: Claims) -> Iterator[Problem]:
        for index in duplicates([c.id for c in record.claims]):
            yield Problem(
                ("claims", index, "id"), "has two homes: each claim stands in one section"
            )
        for n, claim in enumerate(record.claims):
            if "#" not in claim.home:
                yield Problem(("claims", n, "home"), "must be a section, like talk.md#ask-why")
            elif fault := pages.fault(claim.home):
                yield Problem(("claims", n, "home"), fault)
            if not claim.words:
                yield Problem(("claims", n, "words"), "is empty")
            for s, source in enumerate(claim.beside):
                if source not in sources:
                    yield Problem(("claims", n, "beside", s), f'there is no source "{source}"')

    return found
