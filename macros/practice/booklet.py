"""The scenes as a numbered booklet: which number each scene and ending has.

Numbers are mixed, so that nobody looks ahead, and the same in every build: the order is that of
the SHA-256 of the ids. A new scene moves only numbers of its own block and after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from .model import Ending, Opening, Practice, Scene


@dataclass(frozen=True)
class Block:
    """The scenes and endings of one opening, or (without an opening) the endings many share."""

    opening: Opening | None
    entries: tuple[Scene | Ending, ...]


@dataclass(frozen=True)
class Booklet:
    """All blocks in their order, and the number of each scene and ending by its id."""

    blocks: tuple[Block, ...]
    numbers: dict[str, int]


def booklet(practice: Practice) -> Booklet:
    """The booklet of ``practice``, which must be free of problems."""
    within = {o.id: _reached(practice, o.first) for o in practice.openings}
    blocks: list[tuple[Opening | None, list[str]]] = []
    for opening in practice.openings:
        others = set[str]().union(*(ids for o, ids in within.items() if o != opening.id))
        others |= {practice.anywhere.stop, practice.anywhere.afraid}
        own = within[opening.id] - others - {opening.first}
        blocks.append((opening, [opening.first, *_mixed(practice, own, opening.first)]))
    placed = {name for _, names in blocks for name in names}
    rest = {*practice.scene, *practice.ending} - placed
    everything = [*blocks, (None, _mixed(practice, rest, blocks[-1][1][-1]))]
    ids = [name for _, names in everything for name in names]
    entry: dict[str, Scene | Ending] = {**practice.scene, **practice.ending}
    return Booklet(
        tuple(Block(o, tuple(entry[name] for name in names)) for o, names in everything),
        {name: n for n, name in enumerate(ids, start=1)},
    )


def _reached(practice: Practice, start: str) -> set[str]:
    found, ahead = {start}, [start]
    while ahead:
        scene = practice.scene.get(ahead.pop())
        for to in scene.leads_to if scene else ():
            if to not in found:
                found.add(to)
                ahead.append(to)
    return found


def _mixed(practice: Practice, ids: Iterable[str], before: str) -> list[str]:
    """``ids`` in the order of their hashes, to stand after ``before``.

    Nothing stands right after a scene that leads to it, where the rest allows.
    """
    waiting = sorted(ids, key=lambda name: hashlib.sha256(name.encode()).digest())
    placed: list[str] = []
    while waiting:
        scene = practice.scene.get(placed[-1] if placed else before)
        follows = scene.leads_to if scene else ()
        name = next((name for name in waiting if name not in follows), waiting[0])
        waiting.remove(name)
        placed.append(name)
    return placed
