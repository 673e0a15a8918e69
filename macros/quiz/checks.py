"""What can be wrong with a question file whose every value has the right form."""

from __future__ import annotations

from collections.abc import Iterator

from ..data.pages import Pages
from ..data.records import Problem, Where, duplicates, nearest
from .model import Quiz, Rule

STEM_WORDS = 15
"""No stem is longer: house rule for reading ease (short items make formulas unreliable)."""

MOST_ITEMS = 14
"""No path is longer: a tired reader gets to the end. Skips can only shorten one."""

BUTTONS = 2
"""As many buttons as fit on the first screen of a small phone, above the words of help."""

EDITIONS = 63
"""As many editions as an answer code has room for."""


def problems(quiz: Quiz) -> Iterator[Problem]:
    """What is wrong within the question file, each with its place in it."""
    yield from _ids(quiz)
    yield from _items(quiz)
    yield from _outcomes(quiz)
    yield from _checks(quiz)


def _ids(quiz: Quiz) -> Iterator[Problem]:
    lists = {
        ("flags",): [f.id for f in quiz.flags],
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


def ref_problems(quiz: Quiz, pages: Pages) -> Iterator[Problem]:
    """Pages and sections the quiz names that do not exist."""
    for n, ref in enumerate(quiz.opening_help):
        if error := pages.ref_error(ref):
            yield Problem(("opening_help", n), error)
    for i, item in enumerate(quiz.items):
        if error := pages.ref_error(item.about):
            yield Problem(("items", i, "about"), error)
        for o, option in enumerate(item.options):
            if error := pages.ref_error(option.see):
                yield Problem(("items", i, "options", o, "see"), error)
    for i, outcome in enumerate(quiz.outcomes):
        for n, ref in enumerate(outcome.next):
            if error := pages.ref_error(ref):
                yield Problem(("outcomes", i, "next", n), error)
        for b, button in enumerate(outcome.buttons):
            if error := pages.ref_error(button.to):
                yield Problem(("outcomes", i, "buttons", b, "to"), error)
    for f, flag in enumerate(quiz.flags):
        for n, ref in enumerate(flag.always_offers):
            if error := pages.ref_error(ref):
                yield Problem(("flags", f, "always_offers", n), error)


def _items(quiz: Quiz) -> Iterator[Problem]:
    if not 1 <= quiz.edition <= EDITIONS:
        yield Problem(("edition",), f"must be 1 to {EDITIONS}: an answer code holds no more")
    if not quiz.items:
        yield Problem(("items",), "there are no items; add one")
    for i in range(MOST_ITEMS, len(quiz.items)):
        yield Problem(("items", i, "id"), f"is one more than {MOST_ITEMS}; nobody is asked more")
    parts = [p.id for p in quiz.parts]
    flags = [f.id for f in quiz.flags]
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
            if option.flag is not None and option.flag not in flags:
                yield Problem(
                    (*spot, "flag"),
                    f'there is no flag "{option.flag}"{nearest(option.flag, flags)}',
                )
            if option.exclusive and item.kind == "single":
                yield Problem((*spot, "exclusive"), "is for kind: multiple; take it out here")
            if option.skip_to is not None and option.skip_to not in order:
                yield Problem(
                    (*spot, "skip_to"),
                    f'there is no item "{option.skip_to}"{nearest(option.skip_to, order)}',
                )
            elif option.skip_to is not None and order[option.skip_to] <= i + 1:
                yield Problem((*spot, "skip_to"), "must name a later item, not the next one")
            if option.skip_to is not None and item.kind == "multiple":
                yield Problem((*spot, "skip_to"), "belongs to items of kind: single; take it out")
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
        if outcome.is_help and i and not quiz.outcomes[i - 1].is_help:
            yield Problem((*spot, "priority"), "must be smaller: help comes before anything else")
        if outcome.is_help and [o.priority for o in quiz.outcomes].count(outcome.priority) > 1:
            yield Problem(
                (*spot, "priority"), "must be its own: nobody in danger should have to pick"
            )
        if len(outcome.buttons) != (BUTTONS if outcome.is_help else 0):
            yield Problem(
                (*spot, "buttons"),
                f"must be {BUTTONS} where there is immediate_help, and none elsewhere",
            )
        if outcome.is_help and outcome.picture:
            yield Problem((*spot, "picture"), "must go: help begins with what can be pressed")
        if not outcome.is_help and not outcome.picture:
            yield Problem((*spot, "picture"), "is missing; only help goes without")
        if outcome.is_help and outcome.encourages_contact:
            yield Problem(
                (*spot, "encourages_contact"), "must be no: help never suggests going on talking"
            )
        for r, rule in enumerate(outcome.when):
            yield from _rule(quiz, (*spot, "when", r), rule)
        for a, also in enumerate(outcome.also):
            yield from _rule(quiz, (*spot, "also", a, "when"), also.when)
        for name, options in outcome.never_with.items():
            yield from _rule_item(quiz, (*spot, "never_with", name), name, options)
        known = [o.id for o in quiz.outcomes if o is not outcome]
        for n, other in enumerate(outcome.contradicts):
            if other not in known:
                yield Problem(
                    (*spot, "contradicts", n),
                    f'there is no other outcome "{other}"{nearest(other, known)}',
                )


def _rule(quiz: Quiz, where: Where, rule: Rule) -> Iterator[Problem]:
    if not rule:
        yield Problem(where, "is empty; name an item")
    for name, options in rule.items():
        yield from _rule_item(quiz, (*where, name), name, options)


def _rule_item(quiz: Quiz, where: Where, name: str, options: tuple[str, ...]) -> Iterator[Problem]:
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


def _checks(quiz: Quiz) -> Iterator[Problem]:
    for i, check in enumerate(quiz.checks):
        if check.right not in {o.id for o in check.options}:
            yield Problem(("checks", i, "right"), f'there is no option "{check.right}" below')
        if len(check.options) < 2:
            yield Problem(("checks", i, "options"), "needs at least two options; add one")


def source_problems(quiz: Quiz, sources: frozenset[str]) -> Iterator[Problem]:
    """Sources that learning checks name and that do not exist."""
    for i, check in enumerate(quiz.checks):
        if check.source not in sources:
            close = nearest(check.source, sources)
            spot = ("checks", i, "source")
            yield Problem(spot, f'sources.yml has no source "{check.source}"{close}')
