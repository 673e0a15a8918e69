"""The words by which a page or a section can be found, taken from its own text."""

from __future__ import annotations

import re
from collections import Counter

from ..data.pages import Page, Pages

_WORD = re.compile(r"[a-z]{3,}")
_NOT_READ = re.compile(r"\]\([^)]*\)|\{[^}]*\}")

COMMON = 10
"""A word that stands in more than one in so many sections tells none of them apart."""


def words_by_ref(pages: Pages) -> dict[str, str]:
    """For each page and each of its sections: the words to find it by, once each, sorted.

    Words that most sections share are left out.
    """
    texts = {ref: text for page in pages.values() for ref, text in _texts(page).items()}
    found = {ref: set(_WORD.findall(plain(text))) for ref, text in texts.items()}
    sections = [ref for ref in found if "#" in ref]
    counted = Counter(word for ref in sections for word in found[ref])
    rare = {word for word, times in counted.items() if times * COMMON <= len(sections)}
    return {ref: " ".join(sorted(words & rare)) for ref, words in found.items()}


def plain(text: str) -> str:
    """Markdown as small letters, without addresses, macro calls and apostrophes."""
    return re.sub(r"['\u2019]", "", _NOT_READ.sub(" ", text)).lower()


def _texts(page: Page) -> dict[str, str]:
    lines = page.body.split("\n")
    starts = [section.line - page.body_line for section in page.sections]
    ends = [*starts[1:], len(lines)]
    sections = zip(page.sections, starts, ends, strict=False)
    found = {f"{page.path}#{s.id}": "\n".join(lines[start:end]) for s, start, end in sections}
    opening = "\n".join(lines[: starts[0] if starts else len(lines)])
    return {page.path: f"{page.meta.heading} {page.meta.lead} {opening}", **found}
