"""Where everything stands in the picture of the quiz's flow. Numbers only; flow.svg draws them.

Questions stand in rows, by part. Each priority that has rules is a line going down on the right,
with a dot at every question its rules look at, and ends at the outcomes of that priority. Skip
logic is an arrow on the left. Units are about pixels of a phone's screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from .model import Item, Quiz

WIDTH = 320
LINE = 17
COLUMN = 17
LEFT = 26
STEM = LEFT + 22


@dataclass(frozen=True)
class Text:
    """Words at a place; ``number`` stands before them where there is one."""

    x: int
    y: int
    words: str
    number: str = ""


@dataclass(frozen=True)
class Row:
    """A question: its lines, its middle, and the priorities whose rules look at it."""

    item: Item
    lines: tuple[Text, ...]
    middle: int
    priorities: tuple[int, ...]


@dataclass(frozen=True)
class Skip:
    """An arrow past some questions, ``x`` from the left, with the letter of the option."""

    x: int
    start: int
    end: int
    letter: str


@dataclass(frozen=True)
class Box:
    """The outcomes of one priority. ``column`` is the x of the line to it, if there is one."""

    priority: int
    lines: tuple[Text, ...]
    y: int
    width: int
    height: int
    column: int | None

    @property
    def middle(self) -> int:
        """Where the line comes in."""
        return self.y + self.height // 2


@dataclass(frozen=True)
class Flow:
    """The whole picture."""

    width: int
    height: int
    parts: tuple[Text, ...]
    rows: tuple[Row, ...]
    skips: tuple[Skip, ...]
    boxes: tuple[Box, ...]

    @property
    def columns(self) -> dict[int, int]:
        """The x of each priority's line."""
        return {box.priority: box.column for box in self.boxes if box.column is not None}


def flow(quiz: Quiz) -> Flow:
    """The places of everything in the picture of ``quiz``."""
    ruled = [p for p in quiz.priorities if any(o.when for o in quiz.outcomes if o.priority == p)]
    first = WIDTH - COLUMN * len(ruled) + COLUMN // 2
    columns = {priority: first + COLUMN * n for n, priority in enumerate(ruled)}
    looked_at = _looked_at(quiz)
    room = (first - COLUMN - STEM) * 10 // 64

    parts: list[Text] = []
    rows: list[Row] = []
    y, part = 30, ""
    titles = {p.id: p.title for p in quiz.parts}
    for number, item in enumerate(quiz.items, start=1):
        if item.part != part:
            part, y = item.part, y + 30
            parts.append(Text(LEFT, y, titles[part]))
            y += 9
        stem = wrap(item.stem, room)
        lines = tuple(
            Text(STEM, y + LINE * (n + 1), words, "" if n else str(number))
            for n, words in enumerate(stem)
        )
        rows.append(Row(item, lines, y + LINE * len(stem) // 2 + 5, looked_at.get(item.id, ())))
        y += LINE * len(stem) + 11
    boxes: list[Box] = []
    y += 24
    for priority in quiz.priorities:
        column = columns.get(priority)
        width = (column or WIDTH) - LEFT - 12
        words = _outcome_lines(quiz, priority, (width - 34) * 10 // 66)
        height = LINE * len(words) + 13
        lines = tuple(
            Text(LEFT + 26, y + LINE * (n + 1) + 2, said, "" if n else str(priority))
            for n, said in enumerate(words)
        )
        boxes.append(Box(priority, lines, y, width, height, column))
        y += height + 22
    return Flow(WIDTH, y, tuple(parts), tuple(rows), tuple(_skips(quiz, rows)), tuple(boxes))


def _looked_at(quiz: Quiz) -> dict[str, tuple[int, ...]]:
    """The priorities whose rules name an item, by item."""
    found: dict[str, list[int]] = {}
    for outcome in quiz.outcomes:
        for name in {name for rule in outcome.when for name in rule}:
            if outcome.priority not in found.setdefault(name, []):
                found[name].append(outcome.priority)
    return {name: tuple(priorities) for name, priorities in found.items()}


def _outcome_lines(quiz: Quiz, priority: int, room: int) -> list[str]:
    return [
        line
        for outcome in quiz.outcomes
        if outcome.priority == priority
        for line in wrap(outcome.title, room)
    ]


def _skips(quiz: Quiz, rows: list[Row]) -> Iterator[Skip]:
    middle = {row.item.id: row.middle for row in rows}
    count = 0
    for row in rows:
        for number, option in enumerate(row.item.options):
            if option.skip_to:
                letter = "abcdefghijklmnopqrstuvwxyz"[number]
                yield Skip(
                    max(13 - 5 * count, 1), middle[row.item.id], middle[option.skip_to], letter
                )
                count += 1
