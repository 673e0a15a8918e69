"""Where everything stands in the picture of the scenes. Numbers only; the template draws them.

A scene is a box with its booklet number. It stands in the row after the last scene that leads to
it, so that every line goes down. Endings are numbers at the foot of the boxes: lines to them, from
almost every box, would hide all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten, wrap

from .model import Opening, Practice, Reply, Scene

WIDTH = 640
BOX = 118
COLUMN = 130
LINE = 15
HEIGHT = 5 * LINE + 10
ROW = HEIGHT + 46
LETTERS = 16
LINES = 3


@dataclass(frozen=True)
class Box:
    """A scene: its corner, its number, its first words, the numbers of endings it leads to."""

    x: int
    y: int
    number: int
    lines: tuple[str, ...]
    endings: tuple[int, ...]
    scene: Scene


@dataclass(frozen=True)
class Line:
    """A reply that leads from one box down to another, drawn thicker when it presses."""

    x1: int
    y1: int
    x2: int
    y2: int
    presses: bool


@dataclass(frozen=True)
class Map:
    """The whole picture of one opening."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def practice_map(practice: Practice, opening: Opening, numbers: dict[str, int]) -> Map:
    """The places of everything in the picture of one opening."""
    rows = _rows(practice, opening)
    at: dict[str, tuple[int, int]] = {}
    for n, row in enumerate(rows):
        left = (WIDTH - COLUMN * len(row) + COLUMN - BOX) // 2
        for column, name in enumerate(_sorted(practice, row, at)):
            at[name] = (left + COLUMN * column, 1 + ROW * n)
    boxes = tuple(
        Box(
            x,
            y,
            numbers[name],
            _words(practice.scene[name]),
            tuple(sorted({numbers[to] for to in _endings(practice, practice.scene[name])})),
            practice.scene[name],
        )
        for name, (x, y) in at.items()
    )
    lines = tuple(
        _line(at[name], at[reply.to], reply, n, len(practice.scene[name].replies))
        for name in at
        for n, reply in enumerate(practice.scene[name].replies)
        if reply.to in at
    )
    return Map(WIDTH, 2 + ROW * (len(rows) - 1) + HEIGHT, boxes, lines)


def _line(start: tuple[int, int], end: tuple[int, int], reply: Reply, n: int, of: int) -> Line:
    x = start[0] + BOX * (n + 1) // (of + 1)
    return Line(x, start[1] + HEIGHT, end[0] + BOX // 2, end[1], reply.presses)


def _rows(practice: Practice, opening: Opening) -> list[list[str]]:
    """The scenes of an opening by the most replies it can take to get to them."""
    depth: dict[str, int] = {}

    def reach(name: str, after: int) -> None:
        if name in practice.scene and depth.get(name, -1) < after:
            depth[name] = after
            for to in practice.scene[name].leads_to:
                reach(to, after + 1)

    reach(opening.first, 0)
    rows: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for scene in practice.scenes:
        if scene.id in depth:
            rows[depth[scene.id]].append(scene.id)
    return rows


def _sorted(practice: Practice, row: list[str], at: dict[str, tuple[int, int]]) -> list[str]:
    """A row in the order of what leads to it, so that fewer lines cross."""

    def middle(name: str) -> float:
        above = [x for known, (x, _) in at.items() if name in practice.scene[known].leads_to]
        return sum(above) / len(above) if above else 0

    return sorted(row, key=middle)


def _words(scene: Scene) -> tuple[str, ...]:
    text = shorten(scene.line or scene.stage or "", LETTERS * LINES, placeholder=" \u2026")
    return tuple(wrap(text, LETTERS)[:LINES])


def _endings(practice: Practice, scene: Scene) -> list[str]:
    return [to for to in scene.leads_to if to in practice.ending]
