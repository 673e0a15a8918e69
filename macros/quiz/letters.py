"""Answers by number and letter, as a reader on paper follows them: ``3bc`` is b or c at question 3.

The page's script reads the rules from these very letters (``read-quiz.js``).
"""

from __future__ import annotations

from .model import Item, Outcome, Quiz, Rule
from .outcomes import standing

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def rule_in_letters(quiz: Quiz, rule: Rule, joint: str = "and") -> str:
    """A rule, like ``1bc and 4bcd``, in the order of the questions."""
    return f" {joint} ".join(
        f"{number}{_letters(item, rule[item.id])}"
        for number, item in enumerate(quiz.items, start=1)
        if item.id in rule
    )


def help_at_once(quiz: Quiz, item: Item) -> list[tuple[Outcome, str]]:
    """The help that single answers to an item lead to, each with the letters of those answers."""
    found: dict[str, tuple[Outcome, list[str]]] = {}
    for option in item.options:
        for outcome in standing(quiz, {item.id: frozenset({option.id})}):
            if outcome.is_help:
                found.setdefault(outcome.id, (outcome, []))[1].append(option.id)
    return [(outcome, _letters(item, tuple(options))) for outcome, options in found.values()]


def pages_by_answer(quiz: Quiz) -> list[tuple[str, str]]:
    """The pages that answers add to what a reader is shown, each with those answers."""
    found: dict[str, dict[str, list[str]]] = {}
    for item in quiz.items:
        for option in item.options:
            if option.read_on:
                found.setdefault(option.see, {}).setdefault(item.id, []).append(option.id)
    return [
        (ref, "; ".join(rule_in_letters(quiz, {item: tuple(o)}) for item, o in answers.items()))
        for ref, answers in found.items()
    ]


def _letters(item: Item, options: tuple[str, ...]) -> str:
    return "".join(ALPHABET[n] for n, o in enumerate(item.options) if o.id in options)
