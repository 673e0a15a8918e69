"""What the site cites, as ``docs/data/sources.yml`` has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from .catalog import ENGLISH, N_, Words
from .pages import Pages
from .records import AnyWebAddress, Line, Problem, Record, Slug, Year, YesNo, duplicates

Strength = Literal[
    "review", "trial", "survey", "several-small", "small", "guidance", "law", "method"
]

IN_WORDS: dict[str, str] = {
    "review": N_("a review of many studies"),
    "trial": N_("an experiment"),
    "survey": N_("a large or long survey"),
    "several-small": N_("a few smaller studies"),
    "small": N_("one small study"),
    "guidance": N_("from a service"),
    "law": N_("law"),
    "method": N_("a measuring method"),
}
"""Strength as a reader sees it, in English; the sources page explains each."""


class Citation(Record):
    """Where to find the source. ``link`` is a DOI, a PubMed page or the publisher's own page."""

    authors: Line | None = None
    year: Year | None = None
    title: Line | None = None
    within: Line | None = Field(default=None, alias="in")
    link: AnyWebAddress | None = None

    def people(self, words: Words = ENGLISH) -> str:
        """The authors: one or two by name, of more the first."""
        names = re.split(r"(?<=\.), ", self.authors or "")
        if len(names) > 2 or names[-1] == "et al.":
            return words.gettext("%(name)s and others") % {"name": names[0]}
        return self.authors or ""


class Source(Record):
    """A study, a guideline or a law, and what it found in plain words.

    ``who`` was studied, ``limits`` what it does not show; ``read`` how much of it was read.
    """

    translated = ("finding", "who", "limits")

    id: Slug
    finding: Line
    who: Line
    limits: Line | None = None
    strength: Strength
    indirect: YesNo = False
    cite: Citation
    read: Literal["abstract", "page", "copy", "secondhand"]

    def name(self, words: Words = ENGLISH) -> str:
        """The source in a few words, as a note names it: authors, title or place, and the year."""
        who = self.cite.people(words) or self.cite.title or self.cite.within or ""
        dated = self.cite.year is None or self.cite.year in who
        return who if dated or not who else f"{who}, {self.cite.year}"

    def kind(self, words: Words = ENGLISH) -> str:
        """What a note calls the source: research, a law, or advice from a service."""
        kinds = {"guidance": words.gettext("Advice"), "law": words.gettext("Law")}
        return kinds.get(self.strength) or words.gettext("Research")

    def in_words(self, words: Words = ENGLISH) -> str:
        """The strength as a reader sees it."""
        strength = words.gettext(IN_WORDS[self.strength])
        if not self.indirect:
            return strength
        return words.gettext("%(strength)s, on another subject") % {"strength": strength}


class Sources(Record):
    """The whole file."""

    sources: tuple[Source, ...]

    def __getitem__(self, name: str) -> Source:
        return next(s for s in self.sources if s.id == name)

    @property
    def ids(self) -> frozenset[str]:
        """All ids."""
        return frozenset(s.id for s in self.sources)


def problems(record: Sources) -> Iterator[Problem]:
    """Ids that stand twice, and citations that name nothing."""
    for index in duplicates([s.id for s in record.sources]):
        yield Problem(("sources", index, "id"), "stands twice")
    for index, source in enumerate(record.sources):
        if not source.name():
            yield Problem(("sources", index, "cite"), "needs authors, a title or in:")


def unlisted(record: Sources, pages: Pages) -> Iterator[Problem]:
    """Sources of a strength that no page lists, or several do."""
    lists = pages_by_strength(pages)
    for index, source in enumerate(record.sources):
        if len(there := lists[source.strength]) == 1:
            continue
        several = f"is listed by {' and by '.join(there)}; keep one"
        none = f'is listed by no page: write {{{{ sources("{source.strength}") }}}} on one'
        yield Problem(("sources", index, "strength"), several if there else none)


def pages_by_strength(pages: Pages) -> dict[str, list[str]]:
    """For each strength the paths of the pages where its sources stand in full."""
    lists = {page.path: page.arguments_of("sources") for page in pages.values()}
    return {name: [path for path, names in lists.items() if name in names] for name in IN_WORDS}
