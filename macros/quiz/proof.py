"""What holds of the quiz over every possible set of responses, shown by trying very few of them.

Why few are enough. Rules have no "not": a rule holds when, for every item it names, one of its
options was chosen. Skip logic hides later items and never un-hides one. Take any responses that
lead to an outcome by a rule, and keep of them one option for each item the rule names. Then

- what is kept is still a possible set of responses (one option of a single item; one of those
  chosen together in a multiple one, or the one that stands alone);
- nothing kept is hidden: dropping answers can only drop jumps, and an item that comes back into
  view has no answer, so it cannot jump either;
- the rule still holds, and no stronger rule holds that did not hold before.

So the smaller set leads to the outcome as well. An outcome can be reached by a rule if, and only
if, one of the *smallest* sets of that rule (one option for each item it names) reaches it. In the
same way an outcome can stand together with a chosen option, or with a second outcome, if and only
if a smallest set with that option, or two smallest sets joined, reach it. This is exact, and the
number of sets to try is the sum over rules of the product of the options *within* one rule.

The shortest way to an outcome is among the smallest sets, because every way contains one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from ..data.records import Problem, Where
from .model import Item, Option, Outcome, Quiz, Responses, Rule
from .outcomes import effective, outcomes_for

Pick = tuple[str, str]
"""An item's id and the id of one of its options."""

NO_EFFECT = "It changes no outcome."
"""What an item says to professionals when no rule, skip or added line looks at it."""


def responses(quiz: Quiz, picks: Iterable[Pick]) -> Responses | None:
    """The picks as a set of responses; None when nobody could give them together."""
    chosen: dict[str, set[str]] = {}
    for name, option in picks:
        chosen.setdefault(name, set()).add(option)
    for item in quiz.items:
        together = chosen.get(item.id, ())
        if len(together) > 1 and (
            item.kind == "single" or any(o.exclusive for o in item.options if o.id in together)
        ):
            return None
    given = {name: frozenset(options) for name, options in chosen.items()}
    return given if effective(quiz, given) == given else None


def minimal_answers(rule: Rule) -> Iterator[tuple[Pick, ...]]:
    """Every way to choose one option for each item a rule names."""
    return product(*([(name, option) for option in options] for name, options in rule.items()))


def rules(outcome: Outcome) -> tuple[Rule, ...]:
    """The rules of an outcome; for one that always holds, the rule that asks for nothing."""
    return outcome.when or ({},)


def reaches(quiz: Quiz, outcome: Outcome, picks: Iterable[Pick]) -> bool:
    """Whether the picks can be given, and lead to the outcome."""
    given = responses(quiz, picks)
    return given is not None and any(r.outcome is outcome for r in outcomes_for(quiz, given))


def paths(quiz: Quiz, outcome: Outcome) -> tuple[tuple[Pick, ...], ...]:
    """All smallest sets that lead to an outcome, the shortest first, then in the file's order."""
    found = (picks for rule in rules(outcome) for picks in minimal_answers(rule))
    return tuple(sorted((p for p in found if reaches(quiz, outcome, p)), key=len))


def can_co_occur(
    quiz: Quiz, outcome: Outcome, pick: Pick, found: Iterable[tuple[Pick, ...]]
) -> tuple[Pick, ...] | None:
    """The shortest responses with this pick among them that lead to the outcome, if any do.

    ``found`` are the outcome's paths.
    """
    for picks in found:
        if reaches(quiz, outcome, (*picks, pick)):
            return (*picks, pick) if pick not in picks else picks
    return None


def together(quiz: Quiz) -> Iterator[tuple[Outcome, Outcome, tuple[Pick, ...]]]:
    """Each two outcomes that can stand side by side, with the shortest responses that do it."""
    found = {outcome.id: paths(quiz, outcome) for outcome in quiz.outcomes}
    for one, other in combinations(quiz.outcomes, 2):
        if one.priority != other.priority:
            continue
        both = sorted(
            (
                tuple(dict.fromkeys((*a, *b)))
                for a in found[one.id]
                for b in found[other.id]
                if reaches(quiz, one, (*a, *b)) and reaches(quiz, other, (*a, *b))
            ),
            key=len,
        )
        if both:
            yield one, other, both[0]


def flagged(quiz: Quiz, needs_help: bool = False) -> Iterator[tuple[Where, Item, Option]]:
    """The options with a flag; with ``needs_help``, only those whose flag must lead to help."""
    flags = {flag.id for flag in quiz.flags if flag.needs_help or not needs_help}
    for i, item in enumerate(quiz.items):
        for o, option in enumerate(item.options):
            if option.flag in flags:
                yield ("items", i, "options", o), item, option


def problems(quiz: Quiz) -> Iterator[Problem]:
    """Every guarantee that does not hold, at the place in the file that breaks it."""
    yield from _reachable(quiz)
    yield from _harm_leads_to_help(quiz)
    yield from _nobody_is_talked_round(quiz)
    yield from _nothing_said_is_met_kindly(quiz)
    yield from _effects_are_told(quiz)


def _reachable(quiz: Quiz) -> Iterator[Problem]:
    for i, outcome in enumerate(quiz.outcomes):
        found = paths(quiz, outcome)
        if not found:
            yield Problem(
                ("outcomes", i, "id"),
                "no responses lead here: a stronger outcome always takes its place",
            )
            continue
        for r, rule in enumerate(outcome.when):
            spot = ("outcomes", i, "when", r)
            own = [picks for picks in minimal_answers(rule) if picks in found]
            for name, options in rule.items():
                for option in options:
                    if not any((name, option) in picks for picks in own):
                        yield Problem(
                            (*spot, name),
                            f"{option} never leads here by this rule: a stronger outcome or a "
                            "skip gets in the way; leave it out",
                        )
            others = [other for n, other in enumerate(outcome.when) if n != r]
            if own and all(any(_covers(other, picks) for other in others) for picks in own):
                yield Problem(spot, "adds nothing: other rules of this outcome cover it")
        for a, also in enumerate(outcome.also):
            name, _, option = also.of.partition(".")
            if can_co_occur(quiz, outcome, (name, option), found) is None:
                yield Problem(
                    ("outcomes", i, "also", a, "of"),
                    f"{also.of} is never chosen where this outcome stands; leave the line out",
                )


def _covers(rule: Rule, picks: Iterable[Pick]) -> bool:
    chosen = set(picks)
    return all(any((name, o) in chosen for o in options) for name, options in rule.items())


def _harm_leads_to_help(quiz: Quiz) -> Iterator[Problem]:
    for where, item, option in flagged(quiz, needs_help=True):
        # Any responses with this option contain this one, and what holds of it holds of them.
        given = responses(quiz, [(item.id, option.id)]) or {}
        if all(not r.outcome.is_help for r in outcomes_for(quiz, given)):
            yield Problem(
                (*where, "flag"),
                f"means {option.flag}, so it must lead to help: "
                "name it in a rule of an outcome with immediate_help",
            )
    order = [item.id for item in quiz.items]
    hidden = {item.id for _, item, _ in flagged(quiz, needs_help=True)}
    for i, item in enumerate(quiz.items):
        for o, option in enumerate(item.options):
            over = order[i + 1 : order.index(option.skip_to)] if option.skip_to else []
            for name in filter(hidden.__contains__, over):
                yield Problem(
                    ("items", i, "options", o, "skip_to"),
                    f"skips over {name}, which asks about harm; nobody may miss that question",
                )


def _nobody_is_talked_round(quiz: Quiz) -> Iterator[Problem]:
    contact_pages = {
        page(outcome.next[0]) for outcome in quiz.outcomes if outcome.encourages_contact
    }
    for where, _, option in flagged(quiz):
        if page(option.see) in contact_pages:
            yield Problem(
                (*where, "see"), f"means {option.flag}, and this page is about going on talking"
            )
    for i, outcome in enumerate(quiz.outcomes):
        found = paths(quiz, outcome)
        standing = (
            (option.flag, picks)
            for _, item, option in flagged(quiz)
            if (picks := can_co_occur(quiz, outcome, (item.id, option.id), found))
        )
        flag, picks = next(standing, ("", ()))
        if flag and outcome.encourages_contact:
            yield Problem(
                ("outcomes", i, *_broken_rule(outcome, picks)),
                f"suggests going on talking to somebody whose answer means {flag}: "
                f"{in_words(quiz, picks)}",
            )
        for n, ref in enumerate(outcome.next):
            if flag and not outcome.encourages_contact and page(ref) in contact_pages:
                yield Problem(
                    ("outcomes", i, "next", n),
                    f"is about going on talking, and can stand with an answer that means {flag}: "
                    f"{in_words(quiz, picks)}",
                )


def page(ref: str) -> str:
    """The page of a reference like ``talk.md#ask-why``."""
    return ref.partition("#")[0]


def _broken_rule(outcome: Outcome, picks: Iterable[Pick]) -> Where:
    for r, rule in enumerate(outcome.when):
        if _covers(rule, picks):
            return "when", r
    return ("encourages_contact",)


def _nothing_said_is_met_kindly(quiz: Quiz) -> Iterator[Problem]:
    for result in outcomes_for(quiz, {}):
        spot = ("outcomes", quiz.outcomes.index(result.outcome))
        if result.outcome.encourages_contact:
            yield Problem(
                (*spot, "encourages_contact"),
                "stands when nothing is said, so it must not encourage contact",
            )
        if not {page(ref) for ref in result.outcome.next} & set(quiz.opening_help):
            yield Problem(
                (*spot, "next"),
                "stands when the questions about safety are skipped: "
                f"add {' or '.join(quiz.opening_help)}",
            )


def _effects_are_told(quiz: Quiz) -> Iterator[Problem]:
    for i, item in enumerate(quiz.items):
        acts = [o for o in item.options if acts_on(quiz, item, o)]
        if acts and NO_EFFECT in item.why:
            yield Problem(("items", i, "why"), f'says "{NO_EFFECT}", but {acts[0].id} does')
        if not acts and NO_EFFECT not in item.why:
            yield Problem(
                ("items", i, "why"), f'no rule looks at this item; say "{NO_EFFECT}" here'
            )


def acts_on(quiz: Quiz, item: Item, option: Option) -> bool:
    """Whether an option can change what a reader is shown: by a rule, a skip or an added line."""
    return (
        option.skip_to is not None
        or any(
            option.id in rule.get(item.id, ()) for outcome in quiz.outcomes for rule in outcome.when
        )
        or any(also.of == f"{item.id}.{option.id}" for o in quiz.outcomes for also in o.also)
    )


def count(quiz: Quiz) -> int:
    """How many different sets of responses there are, skips included and hidden items left out."""
    order = {item.id: n for n, item in enumerate(quiz.items)}
    after = [1] * (len(quiz.items) + 1)
    for n, item in reversed(list(enumerate(quiz.items))):
        if item.kind == "single":
            jumps = [order[o.skip_to] if o.skip_to else n + 1 for o in item.options]
            after[n] = after[n + 1] + sum(after[j] for j in jumps)
        else:
            alone = sum(o.exclusive for o in item.options)
            after[n] = (2 ** (len(item.options) - alone) + alone) * after[n + 1]
    return after[0]


def in_words(quiz: Quiz, picks: Iterable[Pick]) -> str:
    """Picks as a person would say them, in the quiz's order: ``3 "Yes"; 5 "They are unsure"``."""
    chosen = set(picks)
    said = [
        f'{number} "{option.text}"'
        for number, item in enumerate(quiz.items, start=1)
        for option in item.options
        if (item.id, option.id) in chosen
    ]
    return "; ".join(said) or "nothing answered"


def report(quiz: Quiz) -> Iterator[str]:
    """What was shown, for a person to read: a path to each outcome, what can stand together."""
    yield f"Edition {quiz.edition} ({quiz.digest}), {count(quiz):,} possible sets of responses."
    yield ""
    yield "The shortest path to each outcome (question number and answer):"
    for outcome in quiz.outcomes:
        yield f"  {outcome.priority}. {outcome.title}: {in_words(quiz, paths(quiz, outcome)[0])}"
    yield ""
    yield "Outcomes that can stand side by side:"
    for one, other, picks in together(quiz):
        yield f"  {one.title} + {other.title}: {in_words(quiz, picks)}"
    yield ""
    yield from (f"Holds for all of them: {guarantee}" for guarantee in GUARANTEES)


GUARANTEES = (
    "every outcome, every rule and every option a rule names can be reached.",
    "fear, threats, self-harm and harm to the partner lead to help, and no skip passes them by.",
    "no clear no, fear, threat or harm stands with an outcome that goes on talking.",
    "with nothing said, or the first part skipped, a reader is led somewhere that names help.",
    "every option changes what is shown or has words of its own.",
)
