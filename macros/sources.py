"""What the site cites, as ``docs/sources/sources.yml`` has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from .pages import Pages
from .quiz import Quiz
from .records import Line, Problem, Record, Slug, YesNo, duplicates, load

Strength = Literal[
    "review", "trial", "survey", "several-small", "small", "guidance", "law", "method"
]

IN_WORDS: dict[str, str] = {
    "review": "a review of many studies",
    "trial": "an experiment",
    "survey": "a large or long survey",
    "several-small": "a few smaller studies",
    "small": "one small study",
    "guidance": "advice from a service",
    "law": "law",
    "method": "a measuring method",
}
"""Strength as a reader sees it; the sources page explains each."""


class Citation(Record):
    """Where to find the source. ``link`` is a DOI, a PubMed page or the publisher's own page."""

    authors: Line | None = None
    year: str | None = Field(default=None, pattern=r"^\d{4}$")
    title: Line | None = None
    within: Line | None = Field(default=None, alias="in")
    link: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")

    @property
    def people(self) -> str:
        """The authors: one or two by name, of more the first."""
        names = re.split(r"(?<=\.), ", self.authors or "")
        others = len(names) > 2 or names[-1] == "et al."
        return f"{names[0]} and others" if others else (self.authors or "")


class Source(Record):
    """A study, a guideline or a law, and what it found in plain words.

    ``who`` was studied, ``limits`` what it does not show; ``read`` how much of it was read.
    """

    id: Slug
    finding: Line
    who: Line
    limits: Line | None = None
    strength: Strength
    indirect: YesNo = False
    cite: Citation
    read: Literal["abstract", "page", "copy", "secondhand"]

    @property
    def name(self) -> str:
        """The source in a few words, as a note names it: authors, title or place, and the year."""
        who = self.cite.people or self.cite.title or self.cite.within or ""
        dated = self.cite.year is None or self.cite.year in who
        return who if dated or not who else f"{who}, {self.cite.year}"

    @property
    def in_words(self) -> str:
        """The strength as a reader sees it."""
        return IN_WORDS[self.strength] + (", on another subject" if self.indirect else "")


class Sources(Record):
    """The whole file."""

    sources: tuple[Source, ...]

    def __getitem__(self, name: str) -> Source:
        return next(s for s in self.sources if s.id == name)

    @property
    def ids(self) -> frozenset[str]:
        """All ids."""
        return frozenset(s.id for s in self.sources)


def read_sources(path: Path, pages: Pages, whole: bool = True) -> Sources:
    """The sources in the file at ``path``. Raises RecordError with every fault and its line.

    ``whole`` says that the pages are complete, so that their lists of sources can be checked.
    """
    return load(path, Sources, lambda record: problems(record, pages if whole else None))


def problems(record: Sources, pages: Pages | None) -> Iterator[Problem]:
    """Ids that stand twice, citations that name nothing, and strengths no page or two list."""
    for index in duplicates([s.id for s in record.sources]):
        yield Problem(("sources", index, "id"), "stands twice")
    lists = listing(pages) if pages else None
    for index, source in enumerate(record.sources):
        if not source.name:
            yield Problem(("sources", index, "cite"), "needs authors, a title or in:")
        if lists is None or len(there := lists[source.strength]) == 1:
            continue
        several = f"is listed by {' and by '.join(there)}; keep one"
        none = f'is listed by no page: write {{{{ sources("{source.strength}") }}}} on one'
        yield Problem(("sources", index, "strength"), several if there else none)


def strengths(body: str, macro: str) -> tuple[str, ...]:
    """The strengths that a page's calls of ``sources`` or ``source_names`` name, in its order."""
    calls = re.findall(rf"^\{{\{{ {macro}\((.*)\) \}}\}}$", body, re.MULTILINE)
    return tuple(name for call in calls for name in re.findall(r'"([^"]*)"', call))


def listing(pages: Pages) -> dict[str, list[str]]:
    """For each strength the paths of the pages where its sources stand in full."""
    lists = {page.path: strengths(page.body, "sources") for page in pages.values()}
    return {name: [path for path, names in lists.items() if name in names] for name in IN_WORDS}


def users(source: str, pages: Pages, quiz: Quiz) -> tuple[str, ...]:
    """The paths of the pages whose notes or checks rest on a source, in the order of the site."""
    calls = {f'{{{{ research("{source}") }}}}'}
    calls |= {f'{{{{ check("{c.id}") }}}}' for c in quiz.checks if c.source == source}
    return tuple(page.path for page in pages.values() if any(call in page.body for call in calls))
