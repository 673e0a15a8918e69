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
from ..data.records import Line, Number, Record, Ref, Slug, YesNo, paragraphs

Responses = Mapping[str, frozenset[str]]
"""Item id to the ids of the options chosen. A skipped item is absent."""


class Flag(Record):
    """A meaning that no outcome may overrule: fear, say, or a clear no.

    No outcome that encourages contact ever stands beside an option with a flag. An option whose
    flag ``needs_help`` always leads to an outcome with immediate help. ``harm`` says whether such
    an answer speaks of harm done to the reader, by the reader, or of both at once. Where they meet
    nobody is blamed.
    Every outcome that such an option leads to offers the pages of ``always_offers``.
    """

    id: Slug
    needs_help: YesNo
    harm: Literal["to-reader", "by-reader", "both"] | None = None
    always_offers: tuple[Ref, ...] = ()


class Part(Record):
    """A stretch of the quiz with a heading of its own."""

    translated = ("title",)

    id: Slug
    title: Line


class Option(Record):
    """One selectable answer.

    ``restatement`` ends the sentence "You said that …"; ``feedback`` speaks to a reader who
    picked it; ``see`` is where to read on, and ``read_on`` lists that page under every outcome
    that is not help; ``skip_to`` skips forward to a later item; ``exclusive`` means it cannot
    stand beside others (none of these); ``flag`` names a meaning that no outcome may overrule.
    """

    translated = ("text", "restatement", "feedback")

    id: Slug
    text: Line
    restatement: Line
    feedback: Line
    see: Ref
    skip_to: Slug | None = None
    exclusive: YesNo = False
    flag: Slug | None = None
    read_on: YesNo = False


class Item(Record):
    """One question. ``private`` responses never enter a code or a summary.

    ``about`` is the section the item rests on; ``why`` tells a professional what it is asked for.
    """

    translated = ("stem", "hint", "why")

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

FastRule = tuple[tuple[str, frozenset[str]], ...]
"""A rule as pairs, for the proof, which asks it some hundred thousand times."""


class Also(Record):
    """One line an outcome adds when the rule ``when`` holds."""

    translated = ("text",)

    when: Rule
    text: Line


class Button(Record):
    """What a reader in danger can press first: its words, and the page or section it opens."""

    translated = ("text",)

    text: Line
    to: Ref


class Outcome(Record):
    """A next step to think about.

    Reached when no outcome of a smaller priority is and any rule of ``when`` holds; an empty
    ``when`` always holds. ``encourages_contact`` says that it suggests going on talking with the
    partner. ``immediate_help`` makes it a help outcome: its words and its two ``buttons`` are
    shown as soon as an option of its rules is chosen. With ``hide_changes`` nothing is said of
    what would change it: at a danger or a clear no, that would be a bargain.

    The proof alone reads ``contradicts`` (outcomes that must not stand beside this one) and
    ``never_with`` (options it must not stand with: what the reader said is done, refused or not
    so).
    """

    translated = ("title", "text", "immediate_help")

    id: Slug
    priority: Number
    title: Line
    text: str
    encourages_contact: YesNo
    hide_changes: YesNo = False
    when: tuple[Rule, ...] = ()
    also: tuple[Also, ...] = ()
    next: tuple[Ref, ...]
    immediate_help: Line | None = None
    buttons: tuple[Button, ...] = ()
    contradicts: tuple[Slug, ...] = ()
    never_with: Rule = {}
    picture: Picture | None = None

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

    translated = ("text", "feedback")

    id: Slug
    text: Line
    feedback: Line


class Check(Record):
    """A learning check: pick one, see what is so, and the source."""

    translated = ("stem",)

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

    @cached_property
    def ranked(self) -> tuple[tuple[Outcome, tuple[FastRule, ...]], ...]:
        """The outcomes with their rules, the strongest first, then in the file's order."""
        return tuple(
            (o, tuple(tuple((i, frozenset(opts)) for i, opts in r.items()) for r in o.when))
            for o in sorted(self.outcomes, key=lambda outcome: outcome.priority)
        )

    @cached_property
    def skips(self) -> Mapping[str, Mapping[str, str]]:
        """Items with skip logic: by option, the item it skips to."""
        return {
            item.id: {o.id: o.skip_to for o in item.options if o.skip_to}
            for item in self.items
            if any(o.skip_to for o in item.options)
        }

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
                    [[o.id, o.skip_to, o.exclusive, o.flag, o.read_on] for o in i.options],
                ]
                for i in self.items
            ],
            "outcomes": [
                [
                    o.id,
                    o.priority,
                    o.encourages_contact,
                    o.hide_changes,
                    [{k: list(v) for k, v in r.items()} for r in o.when],
                    [{k: list(v) for k, v in a.when.items()} for a in o.also],
                ]
                for o in self.outcomes
            ],
        }
        text = json.dumps(meaning, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
