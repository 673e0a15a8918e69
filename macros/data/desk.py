"""The counselors' desk: every page and section, by the client's situation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .addresses import short
from .catalog import N_
from .pages import Page, Pages
from .records import Line, Problem, Record, Ref, duplicates

REST = N_("Anything else, and pages for you")
"""What the last group is called in English, which holds the pages that no other names."""


class Group(Record):
    """A client's ``situation``, as a counselor would put it, and the pages for it."""

    translated = ("situation",)

    situation: Line
    pages: tuple[Ref, ...]


class Desk(Record):
    """All groups, in the order of the desk."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Entry:
    """A page or section to send: its reference, the id lists know it by, and a page's line on it.

    ``was`` holds the ids it went by before.
    """

    ref: str
    short: str
    line: str
    was: tuple[str, ...] = ()
    parts: tuple[Entry, ...] = ()


def complete(desk: Desk, pages: Pages) -> Desk:
    """The desk with a last group of all pages that no other group names."""
    named = {ref for group in desk.groups for ref in group.pages}
    rest = tuple(sorted(path for path in pages if path not in named))
    more = (Group(situation=REST, pages=rest),) if rest else ()
    return Desk(groups=desk.groups + more)


def problems(desk: Desk) -> Iterator[Problem]:
    """Pages that stand on the desk twice."""
    spots = [
        (g, p, ref) for g, group in enumerate(desk.groups) for p, ref in enumerate(group.pages)
    ]
    for index in duplicates(ref for _, _, ref in spots):
        g, p, ref = spots[index]
        yield Problem(("groups", g, "pages", p), f"{ref} stands on the desk already; keep one")


def ref_problems(desk: Desk, pages: Pages) -> Iterator[Problem]:
    """Pages that do not exist, and pages that a reading list could not tell apart."""
    for g, group in enumerate(desk.groups):
        for p, ref in enumerate(group.pages):
            if ref not in pages and ref not in pages.unreadable:
                yield Problem(("groups", g, "pages", p), f"there is no page {ref}")
    for index in duplicates(short(ref) for ref in pages):
        ref = list(pages)[index]
        yield Problem(("groups",), f"{ref} and another page share the short id {short(ref)}")


def entries(group: Group, pages: Pages) -> tuple[Entry, ...]:
    """The pages of a group, each with its sections."""
    former: dict[str, list[str]] = {}
    for page in pages.values():
        for moved in page.meta.moved:
            former.setdefault(moved.now, []).append(short(f"{page.path}#{moved.was}"))
    return tuple(_entry(pages[ref], former) for ref in group.pages)


def _entry(page: Page, former: Mapping[str, list[str]]) -> Entry:
    def entry(ref: str, line: str = "", parts: tuple[Entry, ...] = ()) -> Entry:
        return Entry(ref, short(ref), line, tuple(former.get(ref, ())), parts)

    parts = tuple(entry(f"{page.path}#{section.id}") for section in page.sections)
    return entry(page.path, page.meta.lead, parts)
