"""Sets of responses to try the quiz with: every class the rules tell apart, and random ones."""

from collections.abc import Iterator
from itertools import chain, combinations, product
from random import Random

from macros.quiz.model import Item, Option, Quiz

Given = dict[str, frozenset[str]]


def classes(quiz: Quiz) -> Iterator[Given]:
    """One set of responses for each way the rules, skip logic and added lines can see an answer.

    Options of an item that no rule tells apart count as one. For an item with several answers,
    the subsets of its classes are told apart, exclusive options by themselves.
    """
    for choice in product(*(_choices(quiz, item) for item in quiz.items)):
        yield {item.id: chosen for item, chosen in zip(quiz.items, choice, strict=True) if chosen}


def _choices(quiz: Quiz, item: Item) -> list[frozenset[str]]:
    seen: dict[object, str] = {}
    for option in item.options:
        seen.setdefault(_signature(quiz, item, option), option.id)
    plain = (frozenset(), False, None, None)
    if item.kind == "single":
        return [frozenset(), *(frozenset({o}) for s, o in seen.items() if s != plain)]
    together = [o for s, o in seen.items() if s != plain and not _option(item, o).exclusive]
    by_itself = [
        {o}
        for s, o in seen.items()
        if _option(item, o).exclusive and s != (frozenset(), True, None, None)
    ]
    subsets = chain.from_iterable(combinations(together, n) for n in range(len(together) + 1))
    return [frozenset(s) for s in (*subsets, *by_itself)]


def stand_ins(quiz: Quiz) -> dict[tuple[str, str], str]:
    """For each option the one that stands for it in ``classes``: the first that is like it."""
    found = {}
    for item in quiz.items:
        seen: dict[object, str] = {}
        for option in item.options:
            first = seen.setdefault(_signature(quiz, item, option), option.id)
            found[item.id, option.id] = first
    return found


def _signature(quiz: Quiz, item: Item, option: Option) -> object:
    named = frozenset(
        (outcome.id, number)
        for outcome in quiz.outcomes
        for number, rule in enumerate(outcome.when)
        if option.id in rule.get(item.id, ())
    ) | {
        (outcome.id, "also", number)
        for outcome in quiz.outcomes
        for number, also in enumerate(outcome.also)
        if option.id in also.when.get(item.id, ())
    }
    return named, option.exclusive, option.skip_to, option.flag


def _option(item: Item, name: str) -> Option:
    return next(option for option in item.options if option.id == name)


def random_responses(quiz: Quiz, count: int, seed: int = 1) -> Iterator[Given]:
    """``count`` sets of responses, skips included; the same ones for the same ``seed``."""
    chance = Random(seed)
    for _ in range(count):
        yield {item.id: chosen for item in quiz.items if (chosen := _random(item, chance))}


def _random(item: Item, chance: Random) -> frozenset[str]:
    if item.kind == "single":
        return frozenset(chance.sample([o.id for o in item.options], chance.randint(0, 1)))
    exclusive = [o.id for o in item.options if o.exclusive]
    if exclusive and chance.random() < 0.3:
        return frozenset(chance.sample(exclusive, 1))
    others = [o.id for o in item.options if not o.exclusive]
    return frozenset(chance.sample(others, chance.randint(0, len(others))))
