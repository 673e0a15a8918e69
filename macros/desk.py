"""The counselors' desk: every page and section, by what a client faces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .addresses import short
from .pages import Page, Pages
from .records import Line, Problem, Record, Ref, duplicates, load


class Group(Record):
    """What a client ``faces``, and the pages for it."""

    faces: Line
    pages: tuple[Ref, ...]


class Desk(Record):
    """All groups, in the order of the desk."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Entry:
    """A page or section to send: its reference, the id lists know it by, and a line on it.

    ``was`` holds the ids it went by before.
    """

    ref: str
    short: str
    line: str
    was: tuple[str, ...] = ()
    parts: tuple[Entry, ...] = ()


def read_desk(path: Path, pages: Pages, whole: bool = True) -> Desk:
    """The groups in the file at ``path``, and a last one of all pages they do not name.

    Raises RecordError. ``whole`` says that ``pages`` is complete, so that pointers can be checked.
    """
    desk = load(path, Desk, (lambda desk: _problems(desk, pages)) if whole else None)
    named = {ref for group in desk.groups for ref in group.pages}
    rest = tuple(sorted(path for path in pages if path not in named))
    more = (Group(faces="Anything else, and pages for you", pages=rest),) if rest else ()
    return Desk(groups=desk.groups + more)


def _problems(desk: Desk, pages: Pages) -> Iterator[Problem]:
    spots = [
        (g, p, ref) for g, group in enumerate(desk.groups) for p, ref in enumerate(group.pages)
    ]
    for g, p, ref in spots:
        if ref not in pages:
            yield Problem(("groups", g, "pages", p), f"there is no page {ref}")
    for index in duplicates(ref for _, _, ref in spots):
        g, p, ref = spots[index]
        yield Problem(("groups", g, "pages", p), f"{ref} stands on the desk already; keep one")
    for index in duplicates(short(ref) for ref in pages):
        ref = list(pages)[index]
        yield Problem(("groups",), f"{ref} and another page share the short id {short(ref)}")


def entries(group: Group, pages: Pages) -> tuple[Entry, ...]:
    """The pages of a group, each with its sections."""
    return tuple(_entry(pages[ref], pages) for ref in group.pages)


def _entry(page: Page, pages: Pages) -> Entry:
    parts = tuple(
        Entry(ref, short(ref), f"Part of: {page.meta.heading}", _was(ref, pages))
        for ref in (f"{page.path}#{section.id}" for section in page.sections)
    )
    return Entry(page.path, short(page.path), page.meta.point, _was(page.path, pages), parts)


def _was(ref: str, pages: Pages) -> tuple[str, ...]:
    """The short ids of sections that have become ``ref``."""
    return tuple(
        short(f"{page.path}#{moved.was}")
        for page in pages.values()
        for moved in page.meta.moved
        if moved.now == ref
    )
