"""Where everything stands in the picture of the quiz's flow. Numbers only; flow.svg draws them.

Questions stand in rows, by part; skip logic is an arrow on the left. Below them stand the
outcomes in the order in which they are tried, help in a box of its own, each with the numbers of
the questions its rules look at. Units are about pixels of a phone's screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap

from .letters import ALPHABET
from .model import Item, Outcome, Quiz

WIDTH = 320
LINE = 17
LEFT = 26
INDENT = LEFT + 22
STEM_WORDS = 35
TITLE_WORDS = 27
"""Letters to a line: of a stem, and of an outcome's title, which leaves room for numbers."""


@dataclass(frozen=True)
class Text:
    """Words at a place; ``number`` stands before them where there is one."""

    x: int
    y: int
    words: str
    number: str = ""


@dataclass(frozen=True)
class Row:
    """A question: its lines and its middle."""

    item: Item
    lines: tuple[Text, ...]
    middle: int


@dataclass(frozen=True)
class Skip:
    """An arrow past some questions, ``x`` from the left.

    ``letters`` are the options that skip; ``y`` is where they stand.
    """

    x: int
    start: int
    end: int
    letters: str
    y: int


@dataclass(frozen=True)
class Rank:
    """An outcome: its lines, and the numbers of the questions its rules look at."""

    outcome: Outcome
    lines: tuple[Text, ...]
    looks_at: tuple[int, ...]


@dataclass(frozen=True)
class Box:
    """Outcomes that are tried in turn; the next box only when none of these holds."""

    ranks: tuple[Rank, ...]
    y: int
    height: int


@dataclass(frozen=True)
class Flow:
    """The whole picture."""

    height: int
    parts: tuple[Text, ...]
    rows: tuple[Row, ...]
    skips: tuple[Skip, ...]
    boxes: tuple[Box, ...]
    width: int = WIDTH


def flow(quiz: Quiz) -> Flow:
    """The places of everything in the picture of ``quiz``."""
    parts: list[Text] = []
    rows: list[Row] = []
    y, part = 0, ""
    titles = {p.id: p.title for p in quiz.parts}
    for number, item in enumerate(quiz.items, start=1):
        if item.part != part:
            part, y = item.part, y + 30
            parts.append(Text(LEFT, y, titles[part]))
            y += 9
        lines = _lines(item.stem, STEM_WORDS, y, number)
        rows.append(Row(item, lines, y + LINE * len(lines) // 2 + 5))
        y += LINE * len(lines) + 11
    boxes: list[Box] = []
    for help_first in (True, False):
        y += 32
        ranks: list[Rank] = []
        top = y
        y += 4
        for outcome in (o for o in quiz.outcomes if o.is_help is help_first):
            lines = _lines(outcome.title, TITLE_WORDS, y, outcome.priority)
            ranks.append(Rank(outcome, lines, _looks_at(quiz, outcome)))
            y += LINE * len(lines) + 7
        y += 6
        boxes.append(Box(tuple(ranks), top, y - top))
    return Flow(y + 4, tuple(parts), tuple(rows), tuple(_skips(rows)), tuple(boxes))


def _lines(words: str, room: int, y: int, number: int) -> tuple[Text, ...]:
    return tuple(
        Text(INDENT, y + LINE * (n + 1), line, "" if n else str(number))
        for n, line in enumerate(wrap(words, room))
    )


def _looks_at(quiz: Quiz, outcome: Outcome) -> tuple[int, ...]:
    named = {name for rule in outcome.when for name in rule}
    return tuple(n for n, item in enumerate(quiz.items, start=1) if item.id in named)


def _skips(rows: Iterable[Row]) -> Iterator[Skip]:
    """One arrow for all options of a question that skip to the same place."""
    middle = {row.item.id: row.middle for row in rows}
    x = 13
    for row in rows:
        letters: dict[str, str] = {}
        for letter, option in zip(ALPHABET, row.item.options, strict=False):
            if option.skip_to:
                letters[option.skip_to] = letters.get(option.skip_to, "") + letter
        # Two arrows from one question start a little apart, one above the other's letters.
        for n, (target, chosen) in enumerate(letters.items()):
            start = row.middle + 6 * n
            yield Skip(max(x, 1), start, middle[target], chosen, start + (12 if n else -5))
            x -= 5
