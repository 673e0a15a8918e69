"""The index of the search: what the page carries so that it can answer without asking a server."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

from ..data.helplines import Country, Helpline
from ..data.pages import Pages
from ..data.search import Search

_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-ZÁÉÍÓÚÑ¿\"\u201c])")


def index(search: Search, pages: Pages, refs: Sequence[str]) -> dict[str, Any]:
    """The index of a list of places, each known by its place in ``refs``, as plain data.

    Words are stems. Phrases that a single word of the same list already covers are left out.
    """
    number = {ref: n for n, ref in reversed(list(enumerate(refs)))}

    def places(refs: Iterable[str]) -> list[int]:
        return [number[ref] for ref in refs if ref in number]

    # What is said in several kinds of danger ("gun") tells none of them: a longer phrase decides.
    times = Counter(stems for help in search.help for stems in _cut(search, help.words, True))
    shared = {stems for stems, count in times.items() if count > 1}

    return {
        "skip": _unique(search.stems(search.skip)),
        "common": _unique(search.stems(search.common)),
        "endings": " ".join(search.longest_endings_first),
        "finals": search.finals,
        "whole": " ".join(search.whole),
        "same": {search.stem(s.id): _unique(search.stems(s.words)) for s in search.same},
        "otherwise": places(search.otherwise),
        "not_with_help": places(search.not_with_help),
        "topics": [
            [places(topic.leads), _phrases(search, topic.words), _phrases(search, topic.hints)]
            for topic in search.topics
        ],
        "help": [
            [
                places(help.leads),
                _phrases(search, help.words, True, shared),
                _phrases(search, help.unless, True),
            ]
            for help in search.help
        ],
    }


def _unique(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))


def _cut(search: Search, texts: Iterable[str], sparing: bool) -> set[tuple[str, ...]]:
    return {search.phrase(text, sparing) for text in texts}


def _phrases(
    search: Search,
    texts: Iterable[str],
    sparing: bool = False,
    shared: Collection[tuple[str, ...]] = (),
) -> str:
    """Phrases as stems, joined; without those that hold a shorter one of the list.

    One that holds only what is ``shared`` with other lists stays.
    """
    cut = sorted(_cut(search, texts, sparing), key=lambda s: (len(s), s))
    # By their first stems, since nearly all of the kept phrases begin with none that is here.
    kept: dict[str, list[tuple[str, ...]]] = {}
    for stems in cut:
        reached = {word for stem in stems for word in search.meanings(stem)}
        shorter = {phrase for word in reached for phrase in kept.get(word, ())}
        if not any(_holds(search, stems, phrase) for phrase in shorter.difference(shared)):
            kept.setdefault(stems[0], []).append(stems)
    return ",".join(_fold(chain.from_iterable(kept.values())))


def _fold(phrases: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Phrases in order; those that begin alike as one, with that stem once: ``a b/c d``."""
    for first, alike in groupby(sorted(phrases), key=lambda stems: stems[0]):
        rests = [" ".join(stems[1:]) for stems in alike]
        yield f"{first} {'/'.join(rests)}".rstrip()


def _holds(search: Search, stems: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether whatever matches a phrase also matches a shorter one."""
    left = iter(stems)
    return all(any(word in search.meanings(stem) for stem in left) for word in shorter)


def line(pages: Pages, path: str) -> str:
    """What a page answers, in one line: the first sentence of its lead."""
    return _SENTENCE.split(pages[path].meta.lead)[0]


def services(countries: Iterable[Country], topics: Sequence[str]) -> dict[str, list[Helpline]]:
    """For each country, the services to offer for these topics, best first.

    The first for everyone with a number to call, and the first for everyone to text where that one
    takes no texts. In a country with none for everyone, all of the first topic, each for its own.
    """
    found = {}
    for country in countries:
        lines = [line for t in topics for line in country.lines if t in line.topics]
        anyone = [line for line in lines if not line.whom]
        first = next((line for line in anyone if line.calls), None)
        text = first if first and first.texts else next((n for n in anyone if n.texts), None)
        theirs = [line for line in country.lines if topics[0] in line.topics]
        found[country.id] = [line for line in dict.fromkeys((first, text)) if line] or theirs
    return found
