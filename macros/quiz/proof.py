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

The shortest way to an outcome is among the smallest sets, because every way contains one. What an
answer changes on a path is found the same way: whatever changes rests on a rule, an added line or
a link, and the smallest set for that one, with the choices that make the path, shows it too.

How often an outcome comes is no question of this kind, and is counted in ``shares``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from ..data.records import Problem, Where
from .model import Flag, Item, Option, Outcome, Quiz, Responses, Rule
from .outcomes import added, effective, read_on, standing, visited

Pick = tuple[str, str]
"""An item's id and the id of one of its options."""

LEAST_SHARE, MOST_SHARE = 0.03, 0.40
"""Each outcome but help gets between these shares of the fully answered, safe responses."""


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
    return given is not None and any(o is outcome for o in standing(quiz, given))


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
    proof = _Proof(quiz)
    yield from proof.reachable()
    yield from proof.flags_lead_to_help()
    yield from proof.nobody_is_blamed()
    yield from proof.nobody_is_talked_round()
    yield from proof.nothing_contradicts()
    yield from proof.nothing_said_is_met_kindly()
    yield from proof.shares_are_in_bounds()
    yield from proof.every_question_matters()


class _Proof:
    """The guarantees of one quiz; what several of them need is worked out once."""

    def __init__(self, quiz: Quiz) -> None:
        self.quiz = quiz
        self.paths = {outcome.id: paths(quiz, outcome) for outcome in quiz.outcomes}
        self.flags = {flag.id: flag for flag in quiz.flags}

    def alone(self, item: Item, option: Option) -> tuple[Outcome, ...]:
        """What one answer leads to, with no other given."""
        given = responses(self.quiz, [(item.id, option.id)]) or {}
        return tuple(standing(self.quiz, given))

    def standing_flags(self, outcome: Outcome) -> Iterator[tuple[Flag, tuple[Pick, ...]]]:
        """The flags that can stand with an outcome, each with the shortest such responses."""
        for _, item, option in flagged(self.quiz):
            pick = (item.id, option.id)
            if picks := can_co_occur(self.quiz, outcome, pick, self.paths[outcome.id]):
                yield self.flags[str(option.flag)], picks

    def reachable(self) -> Iterator[Problem]:
        """Every outcome, every rule, every option a rule names, and every added line."""
        for i, outcome in enumerate(self.quiz.outcomes):
            found = self.paths[outcome.id]
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
                                f"{option} never leads here by this rule: a stronger outcome or "
                                "a skip gets in the way; leave it out",
                            )
                others = [other for n, other in enumerate(outcome.when) if n != r]
                if own and all(any(_covers(other, picks) for other in others) for picks in own):
                    yield Problem(spot, "adds nothing: other rules of this outcome cover it")
            for a, also in enumerate(outcome.also):
                for name, options in also.when.items():
                    for option in options:
                        rule = {**also.when, name: (option,)}
                        if not self._can_be_added(outcome, rule):
                            yield Problem(
                                ("outcomes", i, "also", a, "when", name),
                                f"{option} is never chosen where this line could be shown; "
                                "leave it out",
                            )

    def _can_be_added(self, outcome: Outcome, rule: Rule) -> bool:
        return any(
            reaches(self.quiz, outcome, {*picks, *more})
            for picks in self.paths[outcome.id]
            for more in minimal_answers(rule)
        )

    def flags_lead_to_help(self) -> Iterator[Problem]:
        """Fear and harm lead to help, whatever else is said, and no skip passes by the question."""
        for where, item, option in flagged(self.quiz, needs_help=True):
            # Any responses with this option contain this one. No answer takes a rule away, and
            # only help is stronger than help, so that they lead to help as well.
            if not all(outcome.is_help for outcome in self.alone(item, option)):
                yield Problem(
                    (*where, "flag"),
                    f"means {option.flag}, so it must lead to help: "
                    "name it in a rule of an outcome with immediate_help",
                )
                continue
            offers = self.flags[str(option.flag)].always_offers
            for i, outcome in enumerate(self.quiz.outcomes):
                here = {*outcome.next, *(button.to for button in outcome.buttons)}
                gone = [ref for ref in offers if ref not in here]
                if gone and self._with(outcome, item, option):
                    yield Problem(
                        ("outcomes", i, "next"),
                        f"must offer {gone[0]}, here or by a button: it can stand with an answer "
                        f"that means {option.flag}",
                    )
        order = [item.id for item in self.quiz.items]
        hidden = {item.id for _, item, _ in flagged(self.quiz, needs_help=True)}
        for i, item in enumerate(self.quiz.items):
            for o, option in enumerate(item.options):
                over = order[i + 1 : order.index(option.skip_to)] if option.skip_to else []
                for name in hidden & set(over):
                    yield Problem(
                        ("items", i, "options", o, "skip_to"),
                        f"skips over {name}, which asks about harm; nobody may miss that question",
                    )

    def _with(self, outcome: Outcome, item: Item, option: Option) -> tuple[Pick, ...] | None:
        return can_co_occur(self.quiz, outcome, (item.id, option.id), self.paths[outcome.id])

    def nobody_is_blamed(self) -> Iterator[Problem]:
        """Where harm to the reader meets an act of the reader's, the outcome knows of both."""
        told = [(w, i, o, self.flags[str(o.flag)].harm) for w, i, o in flagged(self.quiz)]
        one_sided = {
            outcome.id
            for _, item, option, harm in told
            if harm in ("to-reader", "by-reader")
            for outcome in self.alone(item, option)
        }
        for (_, item, option, harm), (where, act_item, act, by) in product(told, told):
            if harm not in ("to-reader", "both") or by != "by-reader":
                continue
            given = responses(self.quiz, ((item.id, option.id), (act_item.id, act.id)))
            for outcome in standing(self.quiz, given) if given else ():
                if outcome.id in one_sided:
                    yield Problem(
                        (*where, "flag"),
                        f'leads to "{outcome.title}" even beside {item.id}: {option.id}; an '
                        "outcome that blames nobody must come before it",
                    )

    def nobody_is_talked_round(self) -> Iterator[Problem]:
        """No flag stands with going on talking, with a page about it, or with a bargain."""
        outcomes = self.quiz.outcomes
        contact_pages = {page(o.next[0]) for o in outcomes if o.encourages_contact}
        for where, _, option in flagged(self.quiz):
            if page(option.see) in contact_pages:
                yield Problem(
                    (*where, "see"),
                    f"means {option.flag}, and this page is about going on talking",
                )
        for i, outcome in enumerate(outcomes):
            flag, picks = next(self.standing_flags(outcome), (None, ()))
            if not flag:
                continue
            said = in_words(self.quiz, picks)
            if outcome.encourages_contact:
                yield Problem(
                    ("outcomes", i, *_broken_rule(outcome, picks)),
                    f"suggests going on talking to somebody whose answer means {flag.id}: {said}",
                )
            if not outcome.hide_changes:
                yield Problem(
                    ("outcomes", i, "id"),
                    f"needs hide_changes: yes, because it can stand with an answer that means "
                    f"{flag.id}: {said}",
                )
            for n, ref in enumerate(outcome.next):
                if not outcome.encourages_contact and page(ref) in contact_pages:
                    yield Problem(
                        ("outcomes", i, "next", n),
                        "is about going on talking, and can stand with an answer that means "
                        f"{flag.id}: {said}",
                    )

    def nothing_contradicts(self) -> Iterator[Problem]:
        """Contradicting outcomes never meet, and nothing done or refused is advised."""
        places = {outcome.id: i for i, outcome in enumerate(self.quiz.outcomes)}
        for one, other, picks in together(self.quiz):
            for a, b in ((one, other), (other, one)):
                if b.id in a.contradicts:
                    yield Problem(
                        ("outcomes", places[a.id], "contradicts", a.contradicts.index(b.id)),
                        f"{b.id} can stand beside this outcome: {in_words(self.quiz, picks)}",
                    )
        for i, outcome in enumerate(self.quiz.outcomes):
            for name, options in outcome.never_with.items():
                for option in options:
                    pick = (name, option)
                    if found := can_co_occur(self.quiz, outcome, pick, self.paths[outcome.id]):
                        yield Problem(
                            ("outcomes", i, "never_with", name),
                            f"{option} can stand with this outcome: {in_words(self.quiz, found)}",
                        )

    def nothing_said_is_met_kindly(self) -> Iterator[Problem]:
        """With nothing answered a reader is led to pages that name help, and not to a talk."""
        for outcome in standing(self.quiz, {}):
            spot = ("outcomes", self.quiz.outcomes.index(outcome))
            if outcome.encourages_contact:
                yield Problem(
                    (*spot, "encourages_contact"),
                    "stands when nothing is said, so it must not encourage contact",
                )
            if not {page(ref) for ref in outcome.next} & set(self.quiz.opening_help):
                yield Problem(
                    (*spot, "next"),
                    "stands when the questions about safety are skipped: "
                    f"add {' or '.join(self.quiz.opening_help)}",
                )

    def shares_are_in_bounds(self) -> Iterator[Problem]:
        """Each outcome fits some readers and not most of them, as answers go."""
        for name, share in shares(self.quiz).items():
            if not LEAST_SHARE <= share.weight <= MOST_SHARE:
                i = next(i for i, o in enumerate(self.quiz.outcomes) if o.id == name)
                yield Problem(
                    ("outcomes", i, "when" if self.quiz.outcomes[i].when else "id"),
                    f"gets {share.weight:.1%} of the fully answered responses without danger; "
                    f"each outcome needs {LEAST_SHARE:.0%} to {MOST_SHARE:.0%}",
                )

    def every_question_matters(self) -> Iterator[Problem]:
        """On every path each question can change an outcome, a line or a link."""
        tries = self._tries()
        idle: dict[str, tuple[Pick, ...]] = {}
        for route in _routes(self.quiz):
            for name in effective_path(self.quiz, route):
                base = tuple(pick for pick in route if pick[0] != name)
                if name not in idle and not any(
                    self._changes(name, (*base, *picks)) for picks in tries.get(name, ())
                ):
                    idle[name] = route
        for i, item in enumerate(self.quiz.items):
            if item.id in idle:
                where = in_words(self.quiz, idle[item.id])
                yield Problem(
                    ("items", i, "id"),
                    f"changes nothing that is shown on the path of {where}: "
                    "let a rule, a line or a link rest on it, or let this path skip it",
                )

    def _tries(self) -> dict[str, dict[tuple[Pick, ...], None]]:
        """By item, the smallest sets that show what an answer to it changes, likely ones first."""
        links = [
            (item.id, option.id)
            for item in self.quiz.items
            for option in item.options
            if option.read_on
        ]
        tries: dict[str, dict[tuple[Pick, ...], None]] = {}
        for outcome in reversed(self.quiz.outcomes):
            lines = [p for also in outcome.also for p in minimal_answers(also.when)]
            for picks in self.paths[outcome.id]:
                for more in ((), *((link,) for link in links), *lines):
                    for name, _ in more or picks:
                        tries.setdefault(name, {})[tuple(dict.fromkeys((*picks, *more)))] = None
        return tries

    def _changes(self, item: str, picks: Iterable[Pick]) -> bool:
        given = responses(self.quiz, picks)
        if given is None or item not in given:
            return False
        without = {name: chosen for name, chosen in given.items() if name != item}
        return shown(self.quiz, given) != shown(self.quiz, effective(self.quiz, without))


def shown(quiz: Quiz, counted: Responses) -> tuple[object, ...]:
    """All that depends on the responses: outcomes, added lines, links."""
    return tuple(
        (outcome.id, added(outcome, counted), read_on(quiz, outcome, counted))
        for outcome in standing(quiz, counted)
    )


def _routes(quiz: Quiz) -> Iterator[tuple[Pick, ...]]:
    """Every way to answer, or not to answer, the items with skip logic."""
    choices = (
        ((), *(((item.id, option.id),) for option in item.options))
        for item in quiz.items
        if item.id in quiz.skips
    )
    for chosen in product(*choices):
        route = tuple(pick for picks in chosen for pick in picks)
        if responses(quiz, route) is not None:
            yield route


def effective_path(quiz: Quiz, route: Iterable[Pick]) -> list[str]:
    """The items met when these are the answers to items with skip logic."""
    return [item.id for item in visited(quiz, responses(quiz, route) or {})]


@dataclass(frozen=True)
class Share:
    """How often an outcome comes.

    ``weight`` counts each answer to a question that is met the same; ``sets`` counts each
    different set of responses the same, so that a path with few questions hardly counts.
    """

    weight: float
    sets: float


def shares(quiz: Quiz) -> Mapping[str, Share]:
    """The shares of all outcomes that are not help, by id.

    Counted over all fully answered responses in which nothing needs help, by the items that rules
    look at. Multiple items count as answered by one option.
    """
    walk = _Walk(quiz)
    walk.go(0, walk.rules, 0, 1.0, 1)
    total = sum(walk.sets.values())
    return {
        o.id: Share(walk.weight[o.id], walk.sets[o.id] / total)
        for o in quiz.outcomes
        if not o.is_help
    }


_Live = tuple[int, str, tuple[tuple[str, frozenset[str]], ...]]


def _after(live: tuple[_Live, ...], item: str, option: str) -> tuple[_Live, ...]:
    """The rules that may still hold after an answer, without what the answer has met."""
    return tuple(
        (priority, name, tuple(part for part in rule if part[0] != item))
        for priority, name, rule in live
        if all(option in options for i, options in rule if i == item)
    )


class _Walk:
    """A walk through the questions, each answer in turn.

    It carries along the rules that may still hold, and ends as soon as one holds that nothing
    stronger can overtake; what is left to answer is counted, not walked.
    """

    def __init__(self, quiz: Quiz) -> None:
        danger = {item.id for _, item, _ in flagged(quiz, needs_help=True)}
        self.rules = tuple(
            (outcome.priority, outcome.id, rule)
            for outcome, rules in quiz.ranked
            for rule in rules or ((),)
            if not danger & {item for item, _ in rule}
        )
        named = {item for _, _, rule in self.rules for item, _ in rule}
        self.items = [item for item in quiz.items if item.id in named]
        order = [item.id for item in quiz.items]
        self.place = [order.index(item.id) for item in self.items]
        self.jumps = [
            {o.id: order.index(o.skip_to) for o in item.options if o.skip_to} for item in self.items
        ]
        self.weight = {outcome.id: 0.0 for outcome in quiz.outcomes}
        self.sets = {outcome.id: 0 for outcome in quiz.outcomes}
        self._left: dict[int, int] = {}

    def go(self, n: int, live: tuple[_Live, ...], jump: int, weight: float, times: int) -> None:
        """Walk on from the item at ``n``, past those before the place ``jump``.

        ``weight`` and ``times`` are what the responses so far count.
        """
        while n < len(self.items) and self.place[n] < jump:
            live = tuple(rule for rule in live if all(i != self.items[n].id for i, _ in rule[2]))
            n += 1
        certain = next((rule for rule in live if not rule[2]), None)
        if certain and all(not rest for priority, _, rest in live if priority <= certain[0]):
            for name in {name for priority, name, _ in live if priority == certain[0]}:
                self.weight[name] += weight
                self.sets[name] += times * self.left(n)
            return
        item = self.items[n]
        # Options that no rule tells apart are walked as one.
        alike = Counter(
            (_after(live, item.id, option.id), self.jumps[n].get(option.id, 0))
            for option in item.options
        )
        for (still, target), count in alike.items():
            share = weight * count / len(item.options)
            self.go(n + 1, still, target, share, times * count)

    def left(self, n: int, jump: int = 0) -> int:
        """How many different sets of responses there are from the item at ``n`` on."""
        while n < len(self.items) and self.place[n] < jump:
            n += 1
        if n == len(self.items):
            return 1
        if n not in self._left:
            self._left[n] = sum(
                self.left(n + 1, self.jumps[n].get(option.id, 0))
                for option in self.items[n].options
            )
        return self._left[n]


def _covers(rule: Rule, picks: Iterable[Pick]) -> bool:
    chosen = set(picks)
    return all(any((name, o) in chosen for o in options) for name, options in rule.items())


def page(ref: str) -> str:
    """The page of a reference like ``talk.md#ask-why``."""
    return ref.partition("#")[0]


def _broken_rule(outcome: Outcome, picks: Iterable[Pick]) -> Where:
    for r, rule in enumerate(outcome.when):
        if _covers(rule, picks):
            return "when", r
    return ("encourages_contact",)


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
    beside = [f"  {a.title} + {b.title}: {in_words(quiz, p)}" for a, b, p in together(quiz)]
    yield "Outcomes that can stand side by side:"
    yield from beside or ["  none"]
    yield ""
    found = shares(quiz)
    yield "Shares of the fully answered responses without danger, each answer counted the same"
    yield "(and, in brackets, each different set of responses counted the same):"
    for name, share in found.items():
        bar = "█" * round(share.weight * 150)
        yield f"  {name:16} {share.weight:6.1%}  {bar:24} ({share.sets:.1%})"
    yield ""
    yield from (f"Holds for all of them: {guarantee}" for guarantee in GUARANTEES)


GUARANTEES = (
    "every outcome, rule, named option and added line can be reached.",
    "fear, threats, self-harm and harm lead to help and only to help; no skip passes them by.",
    "thoughts of self-harm lead to a crisis line, whatever stands beside them.",
    "harm to the reader beside the reader's own acts is answered without blame.",
    "no clear no, fear, threat or harm stands with going on talking, or with a bargain.",
    "outcomes that contradict never meet; what is done or refused is never advised.",
    "with nothing said, or the first part skipped, a reader is led somewhere that names help.",
    f"every other outcome gets {LEAST_SHARE:.0%} to {MOST_SHARE:.0%} of the shares above.",
    "every question on every path can change what is shown.",
)
