"""What the proof says of a quiz is what trying every set of responses says; each fault is found."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from macros.quiz import proof
from macros.quiz.model import HELP, Outcome, Quiz
from macros.quiz.outcomes import effective, holds, outcomes_for
from macros.site import Site
from tests.support.fault_injection import edit, fault, project
from tests.support.netlify import ROOT
from tests.support.random_quizzes import every, quizzes
from tests.support.responses import Given, classes, stand_ins

Facts = dict[str, Any]


def tried_out(quiz: Quiz, all_responses: Iterable[Given]) -> Facts:
    """What holds of a quiz, found by trying all these responses."""
    facts: Facts = {"shortest": {}, "by rule": set(), "with": set(), "side by side": set()}
    for given_ones in all_responses:
        responses = effective(quiz, given_ones)
        reached = [r.outcome for r in outcomes_for(quiz, responses)]
        size = sum(len(chosen) for chosen in responses.values())
        for outcome in reached:
            before = facts["shortest"].get(outcome.id, size)
            facts["shortest"][outcome.id] = min(before, size)
            for number, rule in enumerate(outcome.when):
                if holds(rule, responses):
                    facts["by rule"] |= {
                        (outcome.id, number, name, option)
                        for name, options in rule.items()
                        for option in responses[name] & set(options)
                    }
            facts["with"] |= {
                (outcome.id, item.id, option.id)
                for _, item, option in proof.flagged(quiz)
                if option.id in responses.get(item.id, ())
            }
        facts["side by side"] |= {(a.id, b.id) for a, b in combinations(reached, 2)}
    return facts


def shown(quiz: Quiz) -> Facts:
    """The same, as the proof finds it from the smallest sets alone."""
    ways = {outcome.id: proof.ways(quiz, outcome) for outcome in quiz.outcomes}
    return {
        "shortest": {name: len(found[0]) for name, found in ways.items() if found},
        "by rule": {
            (outcome.id, number, name, option)
            for outcome in quiz.outcomes
            for number, rule in enumerate(outcome.when)
            for picks in proof.smallest(rule)
            if picks in ways[outcome.id]
            for name, option in picks
        },
        "with": {
            (outcome.id, item.id, option.id)
            for outcome in quiz.outcomes
            for _, item, option in proof.flagged(quiz)
            if proof.stands_with(quiz, outcome, (item.id, option.id), ways[outcome.id])
        },
        "side by side": {(a.id, b.id) for a, b, _ in proof.together(quiz)},
    }


def by_class(quiz: Quiz, facts: Facts) -> Facts:
    """The facts with each option by the one that stands for its class."""
    first = stand_ins(quiz)
    return {
        **facts,
        "by rule": {(name, n, i, first[i, o]) for name, n, i, o in facts["by rule"]},
        "with": {(name, i, first[i, o]) for name, i, o in facts["with"]},
    }


def test_the_proof_agrees_with_every_class_of_responses_to_the_real_quiz(records: Site) -> None:
    quiz = records.quiz
    assert by_class(quiz, shown(quiz)) == tried_out(quiz, classes(quiz))


@settings(derandomize=True, max_examples=150, deadline=None, database=None)
@given(quiz=quizzes())
def test_the_proof_agrees_with_every_set_of_responses_to_random_quizzes(quiz: Quiz) -> None:
    responses = list(every(quiz))
    assert shown(quiz) == tried_out(quiz, responses)
    assert by_class(quiz, shown(quiz)) == tried_out(quiz, classes(quiz))
    assert proof.count(quiz) == len(responses)


@settings(derandomize=True, max_examples=150, deadline=None, database=None)
@given(quiz=quizzes())
def test_a_quiz_passes_only_if_its_promises_hold_for_all_responses(quiz: Quiz) -> None:
    said = "\n".join(problem.message for problem in proof.problems(quiz))
    facts = tried_out(quiz, every(quiz))
    by_id = {outcome.id: outcome for outcome in quiz.outcomes}
    means = {(i.id, o.id): o.means for _, i, o in proof.flagged(quiz)}

    assert ("no responses lead here" in said) == (set(by_id) != set(facts["shortest"]))
    assert ("suggests going on talking" in said) == any(
        by_id[name].tries for name, _, _ in facts["with"]
    )
    assert ("must lead to help" in said) == any(
        means[item, option] in proof.HARM and by_id[name].priority != HELP
        for name, item, option in facts["with"]
    )


def test_a_proof_that_overlooks_skip_logic_would_be_caught(
    monkeypatch: pytest.MonkeyPatch, records: Site
) -> None:
    said = records.quiz.items[4]
    over = said.option("over")
    assert over is not None and over.then
    hidden = {"said": frozenset({"over"}), "why": frozenset({"no"})}
    assert proof.responses(records.quiz, [("said", "over"), ("why", "no")]) is None
    monkeypatch.setattr(proof, "effective", lambda quiz, given: given)
    assert proof.responses(records.quiz, [("said", "over"), ("why", "no")]) == hidden


# Each guarantee and a change to the real quiz that breaks it.

Change = Callable[[dict[str, Any]], None]


def changed(quiz: Quiz, change: Change) -> Quiz:
    data = json.loads(quiz.model_dump_json())
    change(data)
    return Quiz.model_validate(data)


def outcome_in(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(outcome for outcome in data["outcomes"] if outcome["id"] == name)


def item_in(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(item for item in data["items"] if item["id"] == name)


def option_in(data: dict[str, Any], name: str) -> dict[str, Any]:
    item, _, option = name.partition(".")
    return next(o for o in item_in(data, item)["options"] if o["id"] == option)


def unreachable(data: dict[str, Any]) -> None:
    outcome_in(data, "what-you-want")["when"] = [{"afraid": ["yes"]}]


def behind_a_skip(data: dict[str, Any]) -> None:
    outcome_in(data, "respect-no")["when"].append({"said": ["over"], "why": ["no"]})


def always_weaker(data: dict[str, Any]) -> None:
    outcome_in(data, "one-talk")["when"][0]["would-talk"].append("refused")


def said_before(data: dict[str, Any]) -> None:
    outcome_in(data, "respect-no")["when"].append({"said": ["over"], "accept": ["yes"]})


def line_for_nobody(data: dict[str, Any]) -> None:
    outcome_in(data, "one-talk")["also"] = [{"of": "would-talk.refused", "text": "Wait."}]


def fear_unheard(data: dict[str, Any]) -> None:
    outcome_in(data, "get-safe")["when"][0]["afraid"] = ["yes"]


def threat_unheard(data: dict[str, Any]) -> None:
    outcome_in(data, "get-safe")["when"].pop(1)


def self_harm_unheard(data: dict[str, Any]) -> None:
    outcome_in(data, "help-today")["when"] = [{"self": ["yes"]}]


def own_harm_unheard(data: dict[str, Any]) -> None:
    outcome_in(data, "stop-pressing")["when"][0]["pressing"].remove("stopped-them")


def safety_skipped(data: dict[str, Any]) -> None:
    option_in(data, "afraid.no")["then"] = "said"


def no_overruled(data: dict[str, Any]) -> None:
    outcome_in(data, "respect-no")["when"].remove({"would-talk": ["refused"]})


def talk_after_a_no(data: dict[str, Any]) -> None:
    outcome_in(data, "respect-no")["next"].append("talk.md#ask-chance")


def talk_for_the_afraid(data: dict[str, Any]) -> None:
    option_in(data, "afraid.sometimes")["see"] = "talk.md#one-talk"


def nothing_said_keeps_trying(data: dict[str, Any]) -> None:
    outcome_in(data, "no-hurry")["tries"] = True


def no_help_named(data: dict[str, Any]) -> None:
    outcome_in(data, "no-hurry")["next"].remove("care.md")


def claims_no_effect(data: dict[str, Any]) -> None:
    item_in(data, "choose")["why"] += " It changes no outcome."


def claims_an_effect(data: dict[str, Any]) -> None:
    item_in(data, "space")["why"] = "It decides."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (unreachable, "no responses lead here"),
        (behind_a_skip, "no never leads here by this rule"),
        (always_weaker, "refused never leads here by this rule"),
        (said_before, "adds nothing"),
        (line_for_nobody, "never chosen where this outcome stands"),
        (fear_unheard, "means fear, so it must lead to help"),
        (threat_unheard, "means threat, so it must lead to help"),
        (self_harm_unheard, "means self-harm, so it must lead to help"),
        (own_harm_unheard, "means own-harm, so it must lead to help"),
        (fear_unheard, "suggests going on talking to somebody whose answer means fear"),
        (safety_skipped, "skips over hurt, which asks about harm"),
        (no_overruled, "suggests going on talking to somebody whose answer means clear-no"),
        (talk_after_a_no, "is about going on talking"),
        (talk_for_the_afraid, "this page is about going on talking"),
        (nothing_said_keeps_trying, "stands when nothing is said, so it must not try"),
        (no_help_named, "add care.md or help/index.md"),
        (claims_no_effect, "but unsure does"),
        (claims_an_effect, "no rule looks at this item"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_broken_promise_is_found(records: Site, change: Change, words: str) -> None:
    assert list(proof.problems(records.quiz)) == []
    found = [problem.message for problem in proof.problems(changed(records.quiz, change))]
    assert any(words in message for message in found), found


def test_an_option_with_neither_effect_nor_words_is_found(records: Site) -> None:
    item = next(item for item in records.quiz.items if item.id == "space")
    silent = item.options[0].model_copy(update={"feedback": " "})
    item = item.model_copy(update={"options": (silent, *item.options[1:])})
    items = tuple(item if i.id == item.id else i for i in records.quiz.items)
    found = list(proof.problems(records.quiz.model_copy(update={"items": items})))
    assert [problem.message for problem in found] == [
        "has no effect and no feedback; give it feedback"
    ]


def test_the_work_grows_with_the_rules_and_not_with_the_ways_to_answer(
    monkeypatch: pytest.MonkeyPatch, records: Site
) -> None:
    def tries(times: int) -> tuple[int, int]:
        """How often the rules are applied to the quiz ``times`` over, and the ways to answer it."""
        data = json.loads(records.quiz.model_dump_json())
        for number in range(1, times):
            for item in json.loads(json.dumps(data["items"][6:12])):
                item["id"] += f"-{number}"
                data["items"].append({**item, "part": "next"})
            rule = {f"someone-{number}": ["mine"]}
            outcome_in(data, "what-you-want")["when"].append(rule)
        quiz = Quiz.model_validate(data)
        calls: list[None] = []
        with monkeypatch.context() as patch:
            counted = lambda *a: calls.append(None) or outcomes_for(*a)  # noqa: E731
            patch.setattr(proof, "outcomes_for", counted)
            list(proof.problems(quiz))
        return len(calls), proof.count(quiz)

    once, ways_once = tries(1)
    tenfold, ways_tenfold = tries(10)
    assert ways_tenfold > ways_once**3
    assert tenfold < once * 2


def run(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "macros.proof"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_proof_prints_a_way_to_each_outcome_in_words(records: Site) -> None:
    done = run(ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    for outcome in records.quiz.outcomes:
        assert f"{outcome.priority}. {outcome.title}: " in done.stdout
    assert "Get help together + Find out what each of you wants" in done.stdout
    assert "nothing answered" in done.stdout
    assert f"{proof.count(records.quiz):,} possible sets of responses" in done.stdout


def test_the_ways_printed_lead_where_they_say(records: Site) -> None:
    quiz = records.quiz

    def reached(outcome: Outcome) -> bool:
        given: dict[str, set[str]] = {}
        for item, option in proof.ways(quiz, outcome)[0]:
            given.setdefault(item, set()).add(option)
        responses = {item: frozenset(chosen) for item, chosen in given.items()}
        return outcome in [r.outcome for r in outcomes_for(quiz, responses)]

    assert all(reached(outcome) for outcome in quiz.outcomes)


def test_make_proof_fails_with_the_line_of_the_rule(tmp_path: Path) -> None:
    root = project(tmp_path / "copy")
    planted = fault("", "outcomes/get-safe/when/1/hurt", "[unsure, yes]", "[yes]", "")
    edit(root, "docs/data/questions.yml", planted)
    done = run(root)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "docs/data/questions.yml:" in done.stderr
    assert "means threat, so it must lead to help" in done.stderr
    assert "Traceback" not in done.stderr
