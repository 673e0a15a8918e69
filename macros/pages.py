"""Which pages and sections the site has, read from the Markdown files themselves.

Everything that points into the site (a question, an outcome, a claim, a source, a next step)
is checked against this list, so a section cannot be renamed under a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .records import (
    Day,
    Line,
    Number,
    Problem,
    Record,
    RecordError,
    Ref,
    Slug,
    YesNo,
    nearest,
    parse,
    read_text,
)

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
_ID = re.compile(r"^(.*?)\s*\{\s*#([a-z][a-z0-9-]*)\s*\}$")


class Picture(Record):
    """The two circles of a page.

    ``apart`` is the distance between their centers in hundredths of a diameter (0 one on the
    other, 100 touching, more: a gap); ``lift`` how far the second has risen, same unit;
    ``them`` how the second is drawn; ``says`` what a screen reader says of the picture.
    """

    apart: Number
    lift: Number = 0
    them: Literal["ink", "outline", "none"] = "ink"
    says: Line


class Moved(Record):
    """A section that went: the id it had on this page, and the page or section it is ``now``."""

    was: Slug
    now: Ref


class Meta(Record):
    """The front matter of a page.

    ``title`` stands in the browser's tab and history and must stay bland; ``heading`` is what
    the reader sees; ``point`` is the page in one sentence; ``step`` its place on the way (1-5);
    ``level`` picks the reading-level limit; ``moved`` keeps the ids of sections that went;
    ``qr`` says whether paper carries a code of its address.
    """

    title: Line
    heading: Line
    point: Line
    description: Line
    reviewed: Day
    picture: Picture
    step: Number | None = None
    next: Ref | None = None
    next_says: Line | None = None
    script: Slug | None = None
    level: Literal["reader", "reference"] = "reader"
    group: Literal["start", "way", "care", "more", "about", "desk", "sheet"] = "more"
    moved: tuple[Moved, ...] = ()
    qr: YesNo = True


@dataclass(frozen=True)
class Section:
    """A heading of level 2 or 3 with its lasting id."""

    id: str
    title: str
    level: int
    line: int


@dataclass(frozen=True)
class Page:
    """A Markdown page: its path below ``docs/``, its front matter, its sections, its body."""

    path: str
    meta: Meta
    sections: tuple[Section, ...]
    body: str
    body_line: int
    front: str = ""

    def line_of(self, key: str) -> int:
        """The line of the file a key of the front matter stands on."""
        before = re.split(rf"^{key}:", self.front, maxsplit=1, flags=re.MULTILINE)[0]
        return 2 + before.count("\n")

    def has(self, section: str) -> bool:
        """Whether a section of that id stands on the page."""
        return any(s.id == section for s in self.sections)


class Pages(Mapping[str, Page]):
    """All pages by their path below ``docs/`` (``talk.md``, ``quiz/index.md``)."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._pages = dict(pages)

    def __getitem__(self, path: str) -> Page:
        return self._pages[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)

    def fault(self, ref: str) -> str:
        """What is wrong with a reference like ``talk.md#ask-why``; empty when nothing is."""
        path, _, section = ref.partition("#")
        if path not in self._pages:
            return f"there is no page {path}{nearest(path, self._pages)}"
        if section and not self._pages[path].has(section):
            known = ", ".join(s.id for s in self._pages[path].sections) or "none"
            return f'{path} has no section "{section}" (it has: {known})'
        return ""

    def title(self, ref: str) -> str:
        """The heading of a page or section."""
        path, _, section = ref.partition("#")
        page = self._pages[path]
        for found in page.sections:
            if found.id == section:
                return found.title
        return page.meta.heading


def read_pages(docs: Path) -> Pages:
    """All Markdown pages below ``docs``.

    Raises RecordError with every fault: front matter, headings without a lasting id, ids that
    stand twice, next steps that lead nowhere.
    """
    pages: dict[str, Page] = {}
    faults: list[str] = []
    for path in sorted(docs.rglob("*.md")):
        where = path.relative_to(docs).as_posix()
        try:
            pages[where] = read_page(read_text(path), where, str(path))
        except RecordError as error:
            faults += error.lines
    found = Pages(pages)
    if not faults:
        for page in found.values():
            if page.meta.next and (wrong := found.fault(page.meta.next)):
                faults.append(f"{docs / page.path}:{page.line_of('next')}: next: {wrong}")
            for moved in page.meta.moved:
                here = "is still here" if page.has(moved.was) else ""
                if wrong := found.fault(moved.now) or here:
                    spot = f"{docs / page.path}:{page.line_of('moved')}"
                    faults.append(f"{spot}: moved > {moved.was}: {wrong}")
    if faults:
        raise RecordError(faults)
    return found


def read_page(text: str, path: str, name: str) -> Page:
    """One page from its text. ``name`` is how messages call it. Raises RecordError."""
    front = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not front:
        raise RecordError([f"{name}:1: must begin with front matter between two lines of ---"])
    meta = parse(front[1], Meta, _meta_problems, name, first_line=2)
    body = text[front.end() :]
    first = text[: front.end()].count("\n") + 1
    sections: list[Section] = []
    faults: list[str] = []
    for number, level, title in headings(body):
        line = first + number
        tagged = _ID.match(title)
        if level == 1:
            faults.append(f"{name}:{line}: the page's one h1 is heading: in the front matter")
        elif tagged:
            if any(s.id == tagged[2] for s in sections):
                faults.append(f'{name}:{line}: the id "{tagged[2]}" stands on this page twice')
            sections.append(Section(tagged[2], tagged[1], level, line))
        else:
            faults.append(f'{name}:{line}: "{title}" needs a lasting id: ## {title} {{ #its-id }}')
    if faults:
        raise RecordError(faults)
    return Page(path, meta, tuple(sections), body, first, front[1])


_SHOWN = ("title", "heading", "point", "description", "next_says")


def _meta_problems(meta: Meta) -> Iterator[Problem]:
    # The theme and the macros plugin read these as templates and as HTML, without escaping.
    for key in _SHOWN:
        if re.search(r"[<>{}]|&#?\w+;", getattr(meta, key) or ""):
            yield Problem((key,), "must be plain text, without < > { } or an entity like &lt;")
    for key in ("title", "description"):
        if '"' in getattr(meta, key):
            yield Problem((key,), "must be without straight double quotes; use ' or none")
    if meta.step is not None and not 1 <= meta.step <= 5:
        yield Problem(("step",), "must be a step from 1 to 5")
    if meta.next and not meta.next_says:
        yield Problem(("next",), "needs next_says: what the reader finds there")


def headings(body: str) -> Iterator[tuple[int, int, str]]:
    """The headings of a Markdown text outside code: line number from 0, level, title."""
    fenced = False
    for number, line in enumerate(body.split("\n")):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced and (match := _HEADING.match(line)):
            yield number, len(match[1]), match[2]
