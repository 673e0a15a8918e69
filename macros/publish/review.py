"""What a therapist or an advocate is asked to check: the passages about safety, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, normpath

from ..data.pages import Page, Pages, macro_calls
from ..data.reviews import Reviews

HELP = ("care.md", "now.md", "help/index.md")
"""The pages for a reader who is not safe. What leads to one of them is a sentence about safety."""

WORDS_A_MINUTE = 220
"""How fast a reviewer is taken to read: our guess. It only serves to say how long it takes."""

FOR_AN_ADVOCATE, FOR_A_THERAPIST = (1, 2, 3, 5), (4, 5, 6)
"""The parts of the sheet by their numbers: what each of the two knows most about."""

_HEADING = re.compile(r"^#{2,3}\s.*$", re.MULTILINE)
_BLOCK = re.compile(r"\n\s*\n|\n(?=- |\d+\. )")
_MARKER = re.compile(r"^(?:- |\d+\. |: +|> )")
_LINK = re.compile(r"\]\(([^)]*)\)")
_ONLY_A_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
_CLASS = re.compile(r"\{\s*[.#:][^}]*\}")


@dataclass(frozen=True)
class Passage:
    """Text of one page or section: paragraphs and list entries as Markdown, and sources it cites.

    Links in the Markdown are references from the folder of the pages, like ``care.md#plan``.
    """

    ref: str
    title: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of the sheet: where it is, what it is called, how long it is."""

    id: str
    title: str
    words: int
    boxes: int


def parts(contents: str) -> tuple[Part, ...]:
    """The parts of a sheet from its HTML."""
    _, *found = contents.split('<section class="part" id="')
    made = []
    for html in found:
        title = re.search(r"<h2>\d+\. (.*)</h2>", html)
        text = re.sub(r"<[^>]*>", " ", html.partition(">")[2])
        boxes = html.count('class="initial"')
        words = len(text.split()) - boxes
        made.append(Part(html.partition('"')[0], title[1] if title else "", words, boxes))
    return tuple(made)


def minutes(parts: tuple[Part, ...], numbers: tuple[int, ...]) -> int:
    """How long it takes to read the parts of these numbers."""
    return round(sum(parts[number - 1].words for number in numbers) / WORDS_A_MINUTE)


def passages(reviews: Reviews, pages: Pages) -> tuple[Passage, ...]:
    """What a review sheet has in full: a passage for each section, in the order of the file."""
    found: list[Passage] = []
    for ref in reviews.passages:
        page = pages[ref.partition("#")[0]]
        whole = "#" not in ref
        for part, text in _texts(page):
            if (whole or part == ref) and (paragraphs := tuple(_paragraphs(page, text))):
                cited = (a for c in macro_calls(text) if c.name == "research" for a in c.arguments)
                found.append(Passage(part, pages.title(part), paragraphs, tuple(cited)))
    return tuple(found)


def pointers(reviews: Reviews, pages: Pages) -> tuple[Passage, ...]:
    """The paragraphs of all other pages that lead to help, and warnings that pages repeat.

    Pages for professionals are left out, and so are entries of a list that are a link and no more.
    """
    full = set(reviews.passages)
    found: list[Passage] = []
    for page in pages.values():
        if page.path in full or page.meta.group == "desk":
            continue
        paragraphs = [page.meta.warning] if page.meta.warning else []
        for ref, text in _texts(page):
            if ref not in full:
                paragraphs += [p for p in _paragraphs(page, text) if _leads_to_help(p)]
        if paragraphs:
            found.append(Passage(page.path, page.meta.heading, tuple(paragraphs)))
    return tuple(found)


def _leads_to_help(paragraph: str) -> bool:
    if _ONLY_A_LINK.fullmatch(paragraph):
        return False
    return any(href.partition("#")[0] in HELP for href in _LINK.findall(paragraph))


def _texts(page: Page) -> Iterator[tuple[str, str]]:
    """The opening of a page and each of its sections, by their references."""
    parts = _HEADING.split(page.body)
    refs = (page.path, *(f"{page.path}#{section.id}" for section in page.sections))
    return zip(refs, parts, strict=True)


def _paragraphs(page: Page, text: str) -> Iterator[str]:
    calls = {call.line for call in macro_calls(text)}
    lines = [line for n, line in enumerate(text.split("\n"), 1) if n not in calls]

    def from_root(found: re.Match[str]) -> str:
        path, mark, section = found[1].partition("#")
        if ":" in path:
            return found[0]
        whole = normpath(f"{dirname(page.path)}/{path}").lstrip("/") if path else page.path
        return f"]({whole}{mark}{section})"

    for block in _BLOCK.split("\n".join(lines)):
        if plain := _CLASS.sub("", _MARKER.sub("", block.strip())).strip():
            yield _LINK.sub(from_root, plain)
