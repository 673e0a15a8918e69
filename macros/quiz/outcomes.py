"""Which outcomes a set of responses leads to, why, and what would change it.

Pure functions of the quiz and the responses. The page's script applies the same rules; a test
feeds both the same responses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Also, Item, Outcome, Quiz, Responses, Rule


@dataclass(frozen=True)
class Result:
    """An outcome and the responses it rests on, as (item id, option id) in the quiz's order."""

    outcome: Outcome
    because: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Counterfactual:
    """One changed answer (item id, option id) and the ids of the outcomes it would lead to."""

    item: str
    option: str
    leads_to: tuple[str, ...]


def visited(quiz: Quiz, responses: Responses) -> Iterator[Item]:
    """The items a reader meets, in order: skip logic jumps forward over the rest."""
    jump_to: str | None = None
    for item in quiz.items:
        if jump_to is not None and item.id != jump_to:
            continue
        jump_to = None
        yield item
        for option, target in quiz.skips.get(item.id, {}).items():
            if option in responses.get(item.id, ()):
                jump_to = target


def effective(quiz: Quiz, responses: Responses) -> dict[str, frozenset[str]]:
    """The responses that count: to items the reader meets, with at least one option chosen."""
    return {
        item.id: frozenset(responses[item.id])
        for item in visited(quiz, responses)
        if responses.get(item.id)
    }


def holds(rule: Rule, responses: Responses) -> bool:
    """Whether, for every item the rule names, one of its options was chosen."""
    return all(responses.get(item, frozenset()) & set(options) for item, options in rule.items())


def outcomes_for(quiz: Quiz, responses: Responses) -> tuple[Result, ...]:
    """The outcomes the responses lead to: all of the strongest priority that any rule reaches.

    More than one may stand, always in the order of the file. Raises nothing: the file is
    checked to end in an outcome that always holds.
    """
    counted = effective(quiz, responses)
    return tuple(Result(o, _because(quiz, o, counted)) for o in standing(quiz, counted))


def standing(quiz: Quiz, counted: Responses) -> list[Outcome]:
    """The outcomes that responses lead to, when all of them count; no reasons."""
    found: list[Outcome] = []
    for outcome, rules in quiz.ranked:
        if found and outcome.priority > found[0].priority:
            break
        if not rules or any(
            all(not options.isdisjoint(counted.get(item, ())) for item, options in rule)
            for rule in rules
        ):
            found.append(outcome)
    return found


def added(outcome: Outcome, counted: Responses) -> tuple[Also, ...]:
    """The lines an outcome adds for these responses."""
    return tuple(also for also in outcome.also if holds(also.when, counted))


def read_on(quiz: Quiz, outcome: Outcome, counted: Responses) -> tuple[str, ...]:
    """Where a reader can read on: the outcome's own pages, then those of the responses.

    Each once. Help keeps to its own pages.
    """
    chosen = (
        option.see
        for item in quiz.items
        for option in item.options
        if option.read_on and option.id in counted.get(item.id, ())
    )
    return tuple(dict.fromkeys((*outcome.next, *(() if outcome.is_help else chosen))))


def _because(quiz: Quiz, outcome: Outcome, counted: Responses) -> tuple[tuple[str, str], ...]:
    named = {
        (item, option)
        for rule in outcome.when
        if holds(rule, counted)
        for item, options in rule.items()
        for option in counted[item] & set(options)
    }
    return tuple(
        (item.id, option.id)
        for item in quiz.items
        for option in item.options
        if (item.id, option.id) in named
    )


def counterfactuals(quiz: Quiz, responses: Responses) -> tuple[Counterfactual, ...]:
    """The nearest single answers that lead elsewhere: for each other place, the file's first.

    Only answers to items with a single response count, and only those the reader gave one to.
    Beside an outcome with ``hide_changes`` nothing is listed: at a clear no or a danger, that
    answer is not one to bargain with.
    Private items are left out, so that a changed answer about fear never reads as a bargain.
    """
    now = outcomes_for(quiz, responses)
    if any(r.outcome.hide_changes for r in now):
        return ()
    here = tuple(r.outcome.id for r in now)
    found: dict[tuple[str, ...], Counterfactual] = {}
    counted = effective(quiz, responses)
    for item in quiz.items:
        if item.private or item.kind != "single" or item.id not in counted:
            continue
        for option in item.options:
            if option.id in counted[item.id]:
                continue
            there = tuple(
                r.outcome.id
                for r in outcomes_for(quiz, {**responses, item.id: frozenset({option.id})})
            )
            if there != here:
                found.setdefault(there, Counterfactual(item.id, option.id, there))
    return tuple(found.values())
