"""What people type to find something, and where it leads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property

from .helplines import Topic as HelpTopic
from .pages import Pages
from .records import Line, Problem, Record, Ref, Slug, Where, duplicates

SHORTEST_STEM = 3
"""What is left of a word without its ending has at least so many letters."""

LONGEST_STEM = 7
"""What is left of a word has at most so many letters: depress is depression and depressing."""

_CLITIC = re.compile(r"['\u2019](?:s|m|re|ve|ll|d)\b")
_WORD = re.compile(r"\^|[^\W_]+")


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, without accents, apostrophes and what they attach.

    A letter typed three times or more counts once. ``plainWords`` in ``search.js`` is the same.
    """
    bare = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", text.lower()))
    bare = re.sub(r"['\u2019]", "", _CLITIC.sub("", bare))
    return _WORD.findall(re.sub(r"([^\W\d_])\1\1+", r"\1", bare))


class Same(Record):
    """Words that mean the same here: a phrase with ``id`` in it matches each of them."""

    id: Slug
    words: tuple[Line, ...]


class Topic(Record):
    """Words and phrases that lead to the same places; ``^`` is the start of what was typed.

    ``leads`` are those places, best first. ``hints`` are words that count for little, as they are
    said of other things too.
    """

    vocabulary = ("words", "hints")

    id: Slug
    leads: tuple[Ref, ...]
    words: tuple[Line, ...]
    hints: tuple[Line, ...] = ()


class Help(Record):
    """Words of danger, and the help that stands above all results when one is typed.

    ``topics`` are the kinds of helpline to offer, best first. ``unless`` are phrases that hold such
    words and mean something else.
    """

    translated = ("heading", "says")
    vocabulary = ("words", "unless")

    id: Slug
    heading: Line
    says: Line
    topics: tuple[HelpTopic, ...]
    leads: tuple[Ref, ...]
    words: tuple[Line, ...]
    unless: tuple[Line, ...] = ()


class Search(Record):
    """The whole file.

    Words under ``skip`` never count, those under ``common`` only in a phrase. ``endings`` are what
    a word may end in without meaning something else, save the words under ``whole``; ``finals``
    are letters that are cut off after that. The places under ``otherwise`` stand below a few
    results, or alone where there are none. The pages under ``not_with_help`` are never among
    results that stand below help.
    """

    vocabulary = ("skip", "common", "endings", "finals", "whole", "same")

    skip: tuple[Line, ...]
    common: tuple[Line, ...]
    endings: tuple[Line, ...]
    finals: Line
    whole: tuple[Line, ...]
    otherwise: tuple[Ref, ...]
    not_with_help: tuple[Ref, ...]
    same: tuple[Same, ...]
    topics: tuple[Topic, ...]
    help: tuple[Help, ...]

    @cached_property
    def longest_endings_first(self) -> tuple[str, ...]:
        """The endings in the order they are tried."""
        return tuple(sorted(self.endings, key=lambda ending: -len(ending)))

    def stem(self, word: str) -> str:
        """The start of a plain word, without its ending, a final letter and a doubled one.

        ``stem`` in ``search.js`` is the same.
        """
        if word not in self._stems:
            self._stems[word] = self._cut(word)
        return self._stems[word]

    @cached_property
    def _stems(self) -> dict[str, str]:
        """Stems found so far: a few thousand words stand in many phrases each."""
        return {}

    def _cut(self, word: str) -> str:
        if word in self.whole:
            return word
        for ending in self.longest_endings_first:
            left = len(word) - len(ending)
            if word.endswith(ending) and left >= SHORTEST_STEM and word[left - 1 :] != "ss":
                word = word[:left]
                break
        if len(word) > SHORTEST_STEM and word[-1] in self.finals:
            word = word[:-1]
        if len(word) > SHORTEST_STEM and word[-1] == word[-2]:
            word = word[:-1]
        return word[:LONGEST_STEM]

    @cached_property
    def skipped(self) -> frozenset[str]:
        """The stems of words that never count."""
        return frozenset(self.stems(self.skip))

    def stems(self, texts: Iterable[str]) -> list[str]:
        """The stems of all words of some texts."""
        return [self.stem(word) for text in texts for word in plain_words(text)]

    def phrase(self, text: str, sparing: bool = False) -> tuple[str, ...]:
        """The stems of a phrase that count; all of them when nothing telling would be left.

        ``sparing`` keeps them all as well when one telling word would be left.
        """
        stems = tuple(self.stems([text]))
        kept = tuple(stem for stem in stems if stem not in self.skipped)
        told = [stem for stem in kept if stem not in self.untelling]
        whole = len(stems) > 1 and (len(kept) == 1 or len(told) < (2 if sparing else 1))
        return stems if whole else kept

    def meanings(self, stem: str) -> frozenset[str]:
        """What a stem matches in a phrase: itself, and what stands for it."""
        return self._meanings.get(stem, frozenset()) | {stem}

    @cached_property
    def _meanings(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for same in self.same:
            for stem in self.stems(same.words):
                found.setdefault(stem, set()).add(self.stem(same.id))
        return {stem: frozenset(ids) for stem, ids in found.items()}

    @cached_property
    def untelling(self) -> frozenset[str]:
        """The stems of words that tell nothing alone."""
        return self.skipped | set(self.stems(self.common))


def problems(record: Search) -> Iterator[Problem]:
    """Ids that stand twice, phrases that stand twice or that nothing could match."""
    for key in ("same", "topics", "help"):
        for index in duplicates(entry.id for entry in getattr(record, key)):
            yield Problem((key, index, "id"), "stands twice")
    for key in ("skip", "common"):
        for index in duplicates(record.stem(word) for word in getattr(record, key)):
            yield Problem((key, index), f'"{getattr(record, key)[index]}" stands twice; keep one')
    for n, same in enumerate(record.same):
        for index in duplicates(same.words):
            yield Problem(("same", n, "words", index), f'"{same.words[index]}" stands twice')
    for where, phrases in _lists(record):
        cut = [record.phrase(phrase) for phrase in phrases]
        for index in duplicates(phrases):
            yield Problem((*where, index), f'"{phrases[index]}" stands twice; keep one')
        for index, stems in enumerate(cut):
            if (len(stems) == 1 and stems[0] in record.untelling and where[2] != "hints") or (
                not stems
            ):
                yield Problem(
                    (*where, index),
                    f'"{phrases[index]}" tells nothing alone: it stands under skip or common; '
                    "make it a longer phrase",
                )
    for where, leads in _leads(record):
        for index in duplicates(leads):
            yield Problem((*where, index), "stands here twice; keep one")


def ref_problems(record: Search, pages: Pages) -> Iterator[Problem]:
    """Places that do not exist."""
    for where, leads in _leads(record):
        for index, ref in enumerate(leads):
            if error := pages.ref_error(ref):
                yield Problem((*where, index), error)


def _leads(record: Search) -> Iterator[tuple[Where, tuple[str, ...]]]:
    yield ("otherwise",), record.otherwise
    yield ("not_with_help",), record.not_with_help
    for n, topic in enumerate(record.topics):
        yield ("topics", n, "leads"), topic.leads
    for n, help in enumerate(record.help):
        yield ("help", n, "leads"), help.leads


def _lists(record: Search) -> Iterator[tuple[Where, tuple[str, ...]]]:
    for n, topic in enumerate(record.topics):
        yield ("topics", n, "words"), topic.words
        yield ("topics", n, "hints"), topic.hints
    for n, help in enumerate(record.help):
        yield ("help", n, "words"), help.words
        yield ("help", n, "unless"), help.unless
