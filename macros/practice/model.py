"""What the practice scenes are: openings, scenes, replies, endings.

A scene is one line of the partner's and three or four replies to it. A reply leads to another
scene or to an ending. A walk is a path from an opening to an ending.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from ..data.records import Line, Number, Record, Ref, Slug, YesNo

ReplyKind = Literal[
    "asks", "listens", "tells", "thanks", "stops", "argues", "pleads", "promises", "presses"
]

PRESSING = frozenset(["argues", "pleads", "promises", "presses"])
"""The kinds of replies that press the partner."""

EndingKind = Literal["know-why", "small-step", "needs-time", "clear-no", "stopped", "help"]

CHANCE = frozenset(["small-step", "needs-time"])
"""The kinds of endings that leave a chance."""


class Anywhere(Record):
    """The endings behind the two buttons on every scene."""

    stop: Slug
    afraid: Slug


class Opening(Record):
    """One of the talks: who the two are, where they are, and the first scene."""

    translated = ("title", "people", "setting")

    id: Slug
    title: Line
    people: Line
    setting: Line
    first: Slug


class Reply(Record):
    """One thing to say (``says``) or to do without a word (``does``).

    ``effect`` is what it may do to the other person, in one sentence; ``to`` a scene or an ending.
    """

    translated = ("says", "does", "effect")

    id: Slug
    kind: ReplyKind
    says: Line | None = None
    does: Line | None = None
    effect: Line
    to: Slug

    @property
    def presses(self) -> bool:
        """Whether it presses the partner."""
        return self.kind in PRESSING


class Scene(Record):
    """What is seen (``stage``) and what the partner says (``line``), and what one may reply.

    ``distance`` is how far apart the circles stand after it, as ``apart`` of a page's picture.
    ``clear_no`` says that the partner has said no. ``danger`` says that the line is a threat, or
    that a life may be at risk: such a scene has no replies and leads ``to`` a help ending.
    """

    translated = ("stage", "line")

    id: Slug
    distance: Number
    stage: Line | None = None
    line: Line | None = None
    clear_no: YesNo = False
    danger: YesNo = False
    to: Slug | None = None
    replies: tuple[Reply, ...] = ()

    @property
    def leads_to(self) -> tuple[str, ...]:
        """The ids of the scenes and endings that may follow."""
        return tuple(r.to for r in self.replies) + ((self.to,) if self.to else ())


class Ending(Record):
    """Where a walk ends. ``partner_side`` is what it was like for the partner, in their words."""

    translated = ("title", "text", "partner_side")

    id: Slug
    kind: EndingKind
    title: Line
    text: Line
    partner_side: Line | None = None
    next: tuple[Ref, ...]


class Practice(Record):
    """The whole file."""

    anywhere: Anywhere
    openings: tuple[Opening, ...]
    scenes: tuple[Scene, ...]
    endings: tuple[Ending, ...]

    @cached_property
    def scene(self) -> dict[str, Scene]:
        """The scenes by id."""
        return {scene.id: scene for scene in self.scenes}

    @cached_property
    def ending(self) -> dict[str, Ending]:
        """The endings by id."""
        return {ending.id: ending for ending in self.endings}
