"""What the self-quiz is: items, options, rules, outcomes, learning checks.

The words are those of the field (stem, option, response, outcome, skip logic). Nothing here
knows a score: an outcome is reached by a rule over responses, and every rule names the options
it rests on, so "why you see this" is exact.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from ..data.pages import Picture
from ..data.records import Line, Number, OptionRef, Record, Ref, Slug, YesNo, paragraphs

Responses = Mapping[str, frozenset[str]]
"""Item id to the ids of the options chosen. A skipped item is absent."""


class Flag(Record):
    """A meaning that no outcome may overrule: fear, say, or a clear no.

    No outcome that encourages contact ever stands beside an option with a flag. An option whose
    flag ``needs_help`` always leads to an outcome with immediate help.
    """

    id: Slug
    needs_help: YesNo


class Part(Record):
    """A stretch of the quiz with a heading of its own."""

    id: Slug
    title: Line


class Option(Record):
    """One selectable answer.

    ``restatement`` ends the sentence "You said that …"; ``feedback`` speaks to a reader who
    picked it; ``see`` is where to read on; ``skip_to`` skips forward to a later item;
    ``exclusive`` means it cannot stand beside others (none of these); ``flag`` names a meaning
    that no outcome may overrule.
    """

    id: Slug
    text: Line
    restatement: Line
    feedback: Line
    see: Ref
    skip_to: Slug | None = None
    exclusive: YesNo = False
    flag: Slug | None = None
    picture: Picture | None = None


class Item(Record):
    """One question. ``private`` responses never enter a code or a summary.

    ``about`` is the section the item rests on; ``why`` tells a professional what it is asked for.
    """

    id: Slug
    part: Slug
    kind: Literal["single", "multiple"]
    stem: Line
    hint: Line | None = None
    private: YesNo = False
    about: Ref
    why: Line
    options: tuple[Option, ...]

    def option(self, name: str) -> Option | None:
        """The option of that id, if there is one."""
        return next((o for o in self.options if o.id == name), None)


Rule = Mapping[Slug, tuple[Slug, ...]]
"""Item id to options: holds when, for every item named, one of its options was chosen."""


class Also(Record):
    """One line an outcome adds when an option was chosen."""

    of: OptionRef
    text: Line


class Outcome(Record):
    """A next step to think about.

    Reached when no outcome of a smaller priority is and any rule of ``when`` holds; an empty
    ``when`` always holds. ``encourages_contact`` says that it suggests going on talking with the
    partner. ``immediate_help`` makes it a help outcome: its words are shown as soon as an option
    of its rules is chosen. Beside an outcome that ``stands_alone`` nothing is said of what would
    change it, or of what the pages behind other answers say.
    """

    id: Slug
    priority: Number
    title: Line
    text: str
    encourages_contact: YesNo
    stands_alone: YesNo = False
    when: tuple[Rule, ...] = ()
    also: tuple[Also, ...] = ()
    next: tuple[Ref, ...]
    immediate_help: Line | None = None
    picture: Picture

    @property
    def is_help(self) -> bool:
        """Whether this is help, before and instead of anything else."""
        return self.immediate_help is not None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, a paragraph an entry."""
        return paragraphs(self.text)


class CheckOption(Record):
    """One thing a reader may believe, and what is to be said of it."""

    id: Slug
    text: Line
    feedback: Line


class Check(Record):
    """A learning check: pick one, see what is so, and the source."""

    id: Slug
    stem: Line
    right: Slug
    options: tuple[CheckOption, ...]
    source: Slug


class Quiz(Record):
    """The whole instrument, as the question file has it.

    ``opening_help`` are pages about safety: an outcome for a reader who has not answered
    anything, the questions about safety included, leads to one of them.
    """

    edition: Number
    flags: tuple[Flag, ...]
    opening_help: tuple[Ref, ...]
    parts: tuple[Part, ...]
    items: tuple[Item, ...]
    outcomes: tuple[Outcome, ...]
    checks: tuple[Check, ...] = ()

    def item(self, name: str) -> Item | None:
        """The item of that id, if there is one."""
        return self._by_id.get(name)

    def check(self, name: str) -> Check | None:
        """The learning check of that id, if there is one."""
        return next((c for c in self.checks if c.id == name), None)

    @cached_property
    def _by_id(self) -> dict[str, Item]:
        return {item.id: item for item in reversed(self.items)}

    @property
    def priorities(self) -> tuple[int, ...]:
        """The priorities in use, smallest (strongest) first."""
        return tuple(sorted({o.priority for o in self.outcomes}))

    @property
    def digest(self) -> str:
        """Twelve hex digits of what the quiz means: ids, order, rules; not its words."""
        meaning = {
            "items": [
                [
                    i.id,
                    i.kind,
                    i.private,
                    [[o.id, o.skip_to, o.exclusive, o.flag] for o in i.options],
                ]
                for i in self.items
            ],
            "outcomes": [
                [
                    o.id,
                    o.priority,
                    o.encourages_contact,
                    [{k: list(v) for k, v in r.items()} for r in o.when],
                ]
                for o in self.outcomes
            ],
        }
        text = json.dumps(meaning, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
