"""The index of the search: what the page carries so that it can answer without asking a server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ..data.helplines import Contact, Country
from ..data.pages import Page, Pages
from ..data.search import Search

_NOT_READ = re.compile(
    r"^(?:#|\{\{).*$|\]\([^)]*\)|\{[^}]*\}|^- (?=\[)|[*_>\[]|^\d+\. |^- ", re.MULTILINE
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z\"\u201c])")
_LABELS = ("The article's view.", "Instead of :", "Try :", "Instead of:", "Try:")

LONGEST_LINE = 64
"""A line under a result is at most so many characters."""


def index(search: Search, pages: Pages, refs: Sequence[str]) -> dict[str, Any]:
    """The index of a list of places, each known by its place in ``refs``, as plain data.

    Words are stems. Phrases that a single word of the same list already covers are left out.
    """
    number = {ref: n for n, ref in reversed(list(enumerate(refs)))}

    def leads(entry: Any) -> list[int]:
        return [number[ref] for ref in entry.leads if ref in number]

    return {
        "skip": _unique(search.stems(search.skip)),
        "common": _unique(search.stems(search.common)),
        "endings": " ".join(search.longest_endings_first),
        "whole": " ".join(search.whole),
        "same": {search.stem(s.id): _unique(search.stems(s.words)) for s in search.same},
        "topics": [
            [leads(topic), _phrases(search, topic.words), _phrases(search, topic.hints)]
            for topic in search.topics
        ],
        "help": [
            [leads(help), _phrases(search, help.words, True), _phrases(search, help.unless, True)]
            for help in search.help
        ],
    }


def _unique(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))


def _phrases(search: Search, texts: Iterable[str], sparing: bool = False) -> str:
    """Phrases as stems, joined; without those that hold a shorter one of the list."""
    cut = sorted({search.phrase(text, sparing) for text in texts}, key=lambda s: (len(s), s))
    kept: list[tuple[str, ...]] = []
    for stems in cut:
        if not any(_holds(search, stems, shorter) for shorter in kept):
            kept.append(stems)
    return ",".join(sorted(" ".join(stems) for stems in kept))


def _holds(search: Search, stems: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether whatever matches a phrase also matches a shorter one."""
    left = iter(stems)
    return all(any(word in search.meanings(stem) for stem in left) for word in shorter)


def line(search: Search, pages: Pages, ref: str) -> str:
    """One line that says what stands at a section: the first short sentence of its text.

    Empty for a section that no phrase leads to, as it seldom comes up.
    """
    if ref not in search.leads:
        return ""
    path, _, section = ref.partition("#")
    return _first_line(_section(pages[path], section))


def _first_line(text: str) -> str:
    paragraphs = [" ".join(p.split()) for p in _NOT_READ.sub("", text).split("\n\n")]
    words = " ".join(p for p in paragraphs if p)
    for label in _LABELS:
        words = words.replace(f"{label} ", "")
    sentences = [sentence.strip() for sentence in _SENTENCE.split(words)]
    return next((s for s in sentences[:2] if _stands_alone(s)), "")


def _stands_alone(sentence: str) -> bool:
    """Whether a sentence is short, and is not a part of what someone says."""
    quoted = sentence.count('"') % 2 or sentence.count("\u201c") != sentence.count("\u201d")
    return not quoted and 20 <= len(sentence) <= LONGEST_LINE


def _section(page: Page, section: str) -> str:
    lines = page.body.split("\n")
    starts = {s.id: s.line - page.body_line for s in page.sections}
    later = [start for start in starts.values() if start > starts[section]]
    return "\n".join(lines[starts[section] + 1 : min(later, default=len(lines))])


def numbers(countries: Iterable[Country], topics: Iterable[str]) -> dict[str, list[Contact]]:
    """For each country, a number to call and one to text for these topics, the first of each."""
    found = {}
    for country in countries:
        lines = [line for t in topics for line in country.lines if t in line.topics]
        ways = [way for line in lines for way in line.contacts]
        first = [next((w for w in ways if w.call), None), next((w for w in ways if w.text), None)]
        found[country.id] = [way for way in first if way]
    return found
