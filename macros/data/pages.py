"""Which pages and sections the site has, read from the Markdown files themselves.

Everything that points into the site (a question, an outcome, a claim, a source, a next step)
is checked against this list, so a section cannot be renamed under a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
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
)
from .translation import DIGEST, Translation, WordFile, digest, dump, skeleton, words_of
from .yaml_reader import Document, parse, read_text

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
_ID = re.compile(r"^(.*?)\s*\{\s*#([a-z][a-z0-9-]*)\s*\}$")
_CALL = re.compile(r'^\{\{ ([a-z_]+)\(("[^"{}<>]*"(?:, "[^"{}<>]*")*)?\) \}\}$')
_LINK = re.compile(r"\](?:\(|:)\s*<?([^)\s>]*)")
_STRAY_HEADINGS = (
    (re.compile(r"^#"), "a heading needs a space after its # and one to six of them"),
    (
        re.compile(r"^\s*(?:(?:>|[-*+:]|\d+\.)\s*)*#"),
        "a heading must begin at the left margin, outside quotes and lists",
    ),
)
"""What Markdown also makes headings of, so that they would have no lasting id."""


class Picture(Record):
    """The two circles of a page.

    ``apart`` is the distance between their centers in hundredths of a diameter (0 one on the
    other, 100 touching, more: a gap); ``lift`` how far the second has risen, same unit;
    ``them`` how the second is drawn; ``says`` what a screen reader says of the picture.
    """

    translated = ("says",)

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
    the reader sees; ``lead`` is the page in one sentence; ``step`` its place on the way (1-5);
    ``level`` picks the reading-level limit; ``warning`` is repeated in any section a link leads
    to, where the page begins with it; ``moved`` keeps the ids of sections that went;
    ``qr`` says whether paper carries a code of its address.
    """

    translated = ("title", "heading", "lead", "description", "warning", "next_says")

    title: Line
    heading: Line
    lead: Line
    description: Line
    reviewed: Day
    picture: Picture
    step: Number | None = None
    warning: Line | None = None
    next: Ref | None = None
    next_says: Line | None = None
    script: Slug | None = None
    level: Literal["reader", "reference"] = "reader"
    group: Literal["start", "way", "care", "more", "about", "desk", "sheet", "situations"] = "more"
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
class Call:
    """A macro call alone on a line of a page: ``{{ research("reactance") }}``."""

    name: str
    arguments: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Page:
    """A Markdown page: its path below the folder of its language, its front matter, its body.

    ``body_line`` is the line of the file the body starts on.
    """

    path: str
    front: Document[Meta]
    sections: tuple[Section, ...]
    calls: tuple[Call, ...]
    body: str
    body_line: int

    @property
    def meta(self) -> Meta:
        """The front matter."""
        return self.front.record

    @property
    def digest(self) -> str:
        """Eight hex digits that change with any word of the page."""
        return digest({**words_of(self.meta), "body": self.body})

    @property
    def links(self) -> Iterator[tuple[int, str]]:
        """The links of the text: the line each stands on, and its address as it is written."""
        for line, text in enumerate(self.body.split("\n"), start=self.body_line):
            for found in _LINK.finditer(text):
                yield line, found[1]

    def arguments_of(self, macro: str) -> tuple[str, ...]:
        """What all calls of a macro on this page name, in the page's order."""
        return tuple(a for call in self.calls if call.name == macro for a in call.arguments)

    def has(self, section: str) -> bool:
        """Whether a section of that id stands on the page."""
        return any(s.id == section for s in self.sections)


def skeleton_page(page: Page) -> str:
    """A page for a translator: the English words, and in its front matter no more than words."""
    words = dump({DIGEST: page.digest, **skeleton(page.meta)})
    return f"---\n{words}---\n{page.body}"


class Pages(Mapping[str, Page]):
    """All pages by their path (``talk.md``, ``quiz/index.md``).

    ``unreadable`` are the paths of files that could not be read as pages. What points at one of
    them is not judged: its own errors are listed, and a line for each link would bury them.
    """

    def __init__(self, pages: Mapping[str, Page], unreadable: Iterable[str] = ()) -> None:
        self._pages = dict(pages)
        self.unreadable = frozenset(unreadable)

    def __getitem__(self, path: str) -> Page:
        return self._pages[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)

    def ref_error(self, ref: str) -> str:
        """What is wrong with a reference like ``talk.md#ask-why``; empty when nothing is."""
        path, _, section = ref.partition("#")
        if path in self.unreadable:
            return ""
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


def read_pages(
    folder: Path, name: str = "", read: Callable[[str, str, str], Page] | None = None
) -> tuple[Pages, list[str]]:
    """All Markdown pages below ``folder``, and the errors of those that cannot be read.

    ``name`` is how messages call the folder (its path when empty); ``read`` makes a page of its
    text, path and name (``read_page`` when there is none). The errors: front matter, headings
    without a lasting id, ids that stand twice.
    """
    read = read or read_page
    shown = name or str(folder)
    pages: dict[str, Page] = {}
    unreadable: list[str] = []
    errors: list[str] = []
    for file in sorted(folder.rglob("*.md")):
        path = file.relative_to(folder).as_posix()
        try:
            pages[path] = read(read_text(file, f"{shown}/{path}"), path, f"{shown}/{path}")
        except RecordError as error:
            unreadable.append(path)
            errors += error.lines
    return Pages(pages, unreadable), errors


@lru_cache(maxsize=256)
def read_page(text: str, path: str, name: str) -> Page:
    """One page from its text. ``name`` is how messages call it. Raises RecordError.

    Remembered, so that after an edit only the page that changed is read again.
    """
    return _page(text, path, name, lambda front: parse(front, Meta, name, first_line=2))


def read_translated(
    text: str, path: str, name: str, english: Page, translation: Translation
) -> Page:
    """A page in another language, whose front matter holds words and the English page's digest.

    ``translation`` collects whether the English has changed since. Raises RecordError.
    """

    def meta(front: str) -> Document[Meta]:
        document = parse(front, WordFile, name, first_line=2)
        words = dict(document.record.root)
        made_from = {DIGEST: words.pop(DIGEST)} if DIGEST in words else {}
        made = translation.of(english.meta, words)
        translation.compare(made_from, english.digest, ())
        if translation.problems:
            raise RecordError(document.errors(translation.problems))
        return document.of(made)

    return _page(text, path, name, meta)


def _page(text: str, path: str, name: str, read_meta: Callable[[str], Document[Meta]]) -> Page:
    front = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not front:
        raise RecordError([f"{name}:1: must begin with front matter between two lines of ---"])
    body = text[front.end() :]
    first = text[: front.end()].count("\n") + 1
    errors: list[str] = []
    meta = None
    try:
        meta = read_meta(front[1])
        errors += meta.errors(_meta_problems(meta.record))
    except RecordError as error:
        errors += error.lines
    sections: list[Section] = []
    for number, level, title in headings(body):
        line = first + number
        tagged = _ID.match(title)
        if not level:
            errors.append(f"{name}:{line}: {title}")
        elif level == 1:
            errors.append(f"{name}:{line}: the page's one h1 is heading: in the front matter")
        elif tagged:
            if any(s.id == tagged[2] for s in sections):
                errors.append(f'{name}:{line}: the id "{tagged[2]}" stands on this page twice')
            sections.append(Section(tagged[2], tagged[1], level, line))
        else:
            errors.append(f'{name}:{line}: "{title}" needs a lasting id: ## {title} {{ #its-id }}')
    if errors or meta is None:
        raise RecordError(errors)
    return Page(path, meta, tuple(sections), tuple(macro_calls(body, first)), body, first)


def macro_calls(body: str, first_line: int = 1) -> Iterator[Call]:
    """The macro calls of a page's text; its first line is line ``first_line`` of the file."""
    for line, text in enumerate(body.split("\n"), start=first_line):
        if call := _CALL.match(text):
            yield Call(call[1], tuple(re.findall(r'"([^"]*)"', call[2] or "")), line)


_SHOWN = ("title", "heading", "lead", "description", "next_says")


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
    """The headings of a Markdown text outside code: line number from 0, level, title.

    For what Markdown makes a heading of and we do not allow, level is 0 and the title is what to
    do about it.
    """
    fence: int | None = None
    before = ""
    for number, line in enumerate(body.split("\n")):
        if re.fullmatch("```[a-z]*", line):
            fence = number if fence is None else None
        elif fence is None:
            if match := _HEADING.match(line):
                yield number, len(match[1]), match[2]
            elif message := next((m for stray, m in _STRAY_HEADINGS if stray.match(line)), ""):
                yield number, 0, message
            elif before.strip(" >") and re.fullmatch(r"[ >]*(=+|-+) *", line):
                yield number, 0, "a line under a text makes it a heading; write ## before it"
        before = line
    if fence is not None:
        yield fence, 0, "a block of code needs a line of ``` at its end"
