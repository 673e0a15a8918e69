"""The content contract: every claim of the article and the section that carries it."""

from __future__ import annotations

from collections.abc import Iterator

from .pages import Pages
from .records import Line, Problem, Record, Ref, Slug, duplicates


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


def problems(record: Claims) -> Iterator[Problem]:
    """Ids that stand twice, homes that are no section, claims without words to look for."""
    for index in duplicates([c.id for c in record.claims]):
        yield Problem(("claims", index, "id"), "has two homes: each claim stands in one section")
    for n, claim in enumerate(record.claims):
        if "#" not in claim.home:
            yield Problem(("claims", n, "home"), "must be a section, like talk.md#ask-why")
        if not claim.words:
            yield Problem(("claims", n, "words"), "is empty")


def home_problems(record: Claims, pages: Pages) -> Iterator[Problem]:
    """Homes that do not exist."""
    for n, claim in enumerate(record.claims):
        if error := pages.ref_error(claim.home):
            yield Problem(("claims", n, "home"), error)


def source_problems(record: Claims, sources: frozenset[str]) -> Iterator[Problem]:
    """Sources named beside a claim that do not exist."""
    for n, claim in enumerate(record.claims):
        for s, source in enumerate(claim.beside):
            if source not in sources:
                yield Problem(("claims", n, "beside", s), f'there is no source "{source}"')
