"""What the self-quiz is: items, options, rules, outcomes, learning checks.

The words are those of the field (stem, option, response, outcome, skip logic). Nothing here
knows a score: an outcome is reached by a rule over responses, and every rule names the options
it rests on, so "why you see this" is exact.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from .pages import Pages, Picture
from .records import (
    Line,
    Number,
    Problem,
    Record,
    Ref,
    Sense,
    Slug,
    YesNo,
    duplicates,
    load,
    nearest,
    paragraphs,
)

Responses = Mapping[str, frozenset[str]]
"""Item id to the ids of the options chosen. A skipped item is absent."""

STEM_WORDS = 15
"""No stem is longer: house rule for reading ease (short items make formulas unreliable)."""

EDITIONS = 63
"""As many editions as an answer code has room for."""

HELP = 1
"""The priority that means: help, before and instead of anything else."""


class Part(Record):
    """A stretch of the quiz with a heading of its own."""

    id: Slug
    title: Line


class Option(Record):
    """One selectable answer.

    ``said`` ends the sentence "You said that …"; ``feedback`` speaks to a reader who picked it;
    ``see`` is where to read on; ``then`` skips forward to a later item; ``alone`` means it cannot
    stand beside others (none of these); ``means`` marks what no outcome may overrule.
    """

    id: Slug
    text: Line
    said: Line
    feedback: Line
    see: Ref
    then: Slug | None = None
    alone: YesNo = False
    means: Literal["fear", "threat", "self-harm", "own-harm", "clear-no"] | None = None
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

    of: str = Field(pattern=r"^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$")
    text: Line


class Outcome(Record):
    """A next step to think about.

    Reached when no outcome of a smaller priority is and any rule of ``when`` holds; an empty
    ``when`` always holds. ``tries`` says that it suggests going on talking with the partner.
    ``at_once`` is shown, for help outcomes, as soon as an option of its rules is chosen.
    """

    id: Slug
    priority: Number
    title: Line
    text: str
    tries: YesNo
    when: tuple[Rule, ...] = ()
    also: tuple[Also, ...] = ()
    next: tuple[Ref, ...]
    at_once: Line | None = None
    picture: Picture

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
    """The whole instrument, as the question file has it."""

    edition: Number
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
                [i.id, i.kind, i.private, [[o.id, o.then, o.alone, o.means] for o in i.options]]
                for i in self.items
            ],
            "outcomes": [
                [o.id, o.priority, o.tries, [{k: list(v) for k, v in r.items()} for r in o.when]]
                for o in self.outcomes
            ],
        }
        text = json.dumps(meaning, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_quiz(
    path: Path,
    pages: Pages,
    sources: frozenset[str],
    whole: bool = True,
    further: Sense[Quiz] = lambda quiz: (),
) -> Quiz:
    """The quiz in the file at ``path``. Raises RecordError with every fault and its line.

    ``whole`` says that pages and sources are complete, so that pointers can be checked;
    ``further`` finds what may be wrong with a quiz in which nothing else is.
    """

    def sense(quiz: Quiz) -> Iterable[Problem]:
        return list(problems(quiz, pages, sources)) or further(quiz)

    return load(path, Quiz, sense if whole else None)


def problems(quiz: Quiz, pages: Pages, sources: frozenset[str]) -> Iterator[Problem]:
    """What is well-formed but wrong, each with its place in the file."""
    yield from _ids(quiz)
    yield from _refs(quiz, pages)
    yield from _items(quiz)
    yield from _outcomes(quiz)
    yield from _checks(quiz, sources)


def _ids(quiz: Quiz) -> Iterator[Problem]:
    lists = {
        ("parts",): [p.id for p in quiz.parts],
        ("items",): [i.id for i in quiz.items],
        ("outcomes",): [o.id for o in quiz.outcomes],
        ("checks",): [c.id for c in quiz.checks],
    }
    for index, item in enumerate(quiz.items):
        lists["items", index, "options"] = [o.id for o in item.options]  # type: ignore[index]
    for index, check in enumerate(quiz.checks):
        lists["checks", index, "options"] = [o.id for o in check.options]  # type: ignore[index]
    for where, ids in lists.items():
        for index in duplicates(ids):
            yield Problem((*where, index, "id"), f'"{ids[index]}" is taken; choose another id')


def _refs(quiz: Quiz, pages: Pages) -> Iterator[Problem]:
    for i, item in enumerate(quiz.items):
        if fault := pages.fault(item.about):
            yield Problem(("items", i, "about"), fault)
        for o, option in enumerate(item.options):
            if fault := pages.fault(option.see):
                yield Problem(("items", i, "options", o, "see"), fault)
    for i, outcome in enumerate(quiz.outcomes):
        for n, ref in enumerate(outcome.next):
            if fault := pages.fault(ref):
                yield Problem(("outcomes", i, "next", n), fault)


def _items(quiz: Quiz) -> Iterator[Problem]:
    if not 1 <= quiz.edition <= EDITIONS:
        yield Problem(("edition",), f"must be 1 to {EDITIONS}: an answer code holds no more")
    if not quiz.items:
        yield Problem(("items",), "there are no items; add one")
    parts = [p.id for p in quiz.parts]
    order = {item.id: n for n, item in enumerate(quiz.items)}
    last = 0
    for i, item in enumerate(quiz.items):
        if item.part not in parts:
            yield Problem(
                ("items", i, "part"), f'there is no part "{item.part}"{nearest(item.part, parts)}'
            )
        elif parts.index(item.part) < last:
            yield Problem(("items", i, "part"), "items of a part must stand together, in order")
        else:
            last = parts.index(item.part)
        if len(item.stem.split()) > STEM_WORDS:
            yield Problem(("items", i, "stem"), f"is longer than {STEM_WORDS} words; shorten it")
        for word in ("always", "never"):
            if word in item.stem.lower().replace("?", " ").split():
                yield Problem(("items", i, "stem"), f'says "{word}"; nobody can answer that')
        if len(item.options) < 2:
            yield Problem(("items", i, "options"), "needs at least two options; add one")
        if len(item.options) > 26:
            yield Problem(("items", i, "options"), "has more options than letters, 26; cut some")
        for o, option in enumerate(item.options):
            spot = ("items", i, "options", o)
            if option.alone and item.kind == "single":
                yield Problem((*spot, "alone"), "is for kind: multiple; take it out here")
            if option.then is not None and option.then not in order:
                yield Problem(
                    (*spot, "then"),
                    f'there is no item "{option.then}"{nearest(option.then, order)}',
                )
            elif option.then is not None and order[option.then] <= i + 1:
                yield Problem((*spot, "then"), "must name a later item, not the next one")
            if option.then is not None and item.kind == "multiple":
                yield Problem((*spot, "then"), "belongs to items of kind: single; take it out")
    for p, part in enumerate(quiz.parts):
        if all(item.part != part.id for item in quiz.items):
            yield Problem(("parts", p, "id"), "no item stands in this part; take it out")


def _outcomes(quiz: Quiz) -> Iterator[Problem]:
    if not quiz.outcomes:
        yield Problem(("outcomes",), "there are no outcomes; add one with no when:")
        return
    floor = max(quiz.priorities)
    if not any(not o.when and o.priority == floor for o in quiz.outcomes):
        yield Problem(("outcomes",), "the last priority needs one outcome with no when:")
    last = 0
    for i, outcome in enumerate(quiz.outcomes):
        spot = ("outcomes", i)
        if outcome.priority < 1:
            yield Problem((*spot, "priority"), "must be 1 or more")
        if outcome.priority < last:
            yield Problem((*spot, "priority"), "is smaller than the one above; sort them")
        last = max(last, outcome.priority)
        if not outcome.when and outcome.priority != floor:
            yield Problem((*spot, "when"), "is missing; only the last priority may go without")
        if not 1 <= len(outcome.next) <= 3:
            yield Problem((*spot, "next"), "must be one to three pages or sections")
        if not outcome.paragraphs:
            yield Problem((*spot, "text"), "is empty")
        if (outcome.priority == HELP) != (outcome.at_once is not None):
            yield Problem(
                (*spot, "at_once"),
                f"each outcome of priority {HELP} needs it, and no other may have it",
            )
        if outcome.tries and outcome.priority == HELP:
            yield Problem((*spot, "tries"), "must be no: help never suggests going on talking")
        for r, rule in enumerate(outcome.when):
            if not rule:
                yield Problem((*spot, "when", r), "is empty; name an item")
            for name, options in rule.items():
                yield from _rule(quiz, (*spot, "when", r, name), name, options)
        for a, also in enumerate(outcome.also):
            item, _, option = also.of.partition(".")
            yield from _rule(quiz, (*spot, "also", a, "of"), item, (option,))


def _rule(
    quiz: Quiz, where: tuple[str | int, ...], name: str, options: tuple[str, ...]
) -> Iterator[Problem]:
    item = quiz.item(name)
    if item is None:
        known = nearest(name, [item.id for item in quiz.items])
        yield Problem(where, f'there is no item "{name}"{known}')
        return
    if not options:
        yield Problem(where, "names no option; name one, or take the item out")
    for option in options:
        if item.option(option) is None:
            known = ", ".join(o.id for o in item.options)
            yield Problem(where, f'{name} has no option "{option}" (it has: {known})')
    for index in duplicates(options):
        yield Problem(where, f'"{options[index]}" stands twice; keep one')


def _checks(quiz: Quiz, sources: frozenset[str]) -> Iterator[Problem]:
    for i, check in enumerate(quiz.checks):
        if check.right not in {o.id for o in check.options}:
            yield Problem(("checks", i, "right"), f'there is no option "{check.right}" below')
        if len(check.options) < 2:
            yield Problem(("checks", i, "options"), "needs at least two options; add one")
        if check.source not in sources:
            close = nearest(check.source, sources)
            spot = ("checks", i, "source")
            yield Problem(spot, f'sources.yml has no source "{check.source}"{close}')
