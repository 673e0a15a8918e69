"""What the proof says of a quiz is what trying every set of responses says; each error is found."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from macros.quiz import proof
from macros.quiz.model import Outcome, Quiz
from macros.quiz.outcomes import effective, holds, outcomes_for, standing
from macros.site import Site
from tests.support.fault_injection import edit, project
from tests.support.netlify import ROOT
from tests.support.random_quizzes import every, quizzes
from tests.support.responses import Given, classes, random_responses, stand_ins

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
    paths = {outcome.id: proof.paths(quiz, outcome) for outcome in quiz.outcomes}
    return {
        "shortest": {name: len(found[0]) for name, found in paths.items() if found},
        "by rule": {
            (outcome.id, number, name, option)
            for outcome in quiz.outcomes
            for number, rule in enumerate(outcome.when)
            for picks in proof.minimal_answers(rule)
            if picks in paths[outcome.id]
            for name, option in picks
        },
        "with": {
            (outcome.id, item.id, option.id)
            for outcome in quiz.outcomes
            for _, item, option in proof.flagged(quiz)
            if proof.can_co_occur(quiz, outcome, (item.id, option.id), paths[outcome.id])
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


@pytest.mark.slow
def test_what_the_real_quiz_does_with_responses_is_what_the_proof_says(records: Site) -> None:
    """Its classes of responses are too many to try, so the two sides are held apart.

    What any of many responses does, the proof knows of; what the proof finds, its responses do.
    """
    quiz = records.quiz
    proved, seen = shown(quiz), tried_out(quiz, random_responses(quiz, 100_000))
    for name in ("by rule", "with", "side by side"):
        assert seen[name] <= proved[name]
        assert len(seen[name]) >= len(proved[name]) / 2
    assert {n: k for n, k in seen["shortest"].items() if k < proved["shortest"][n]} == {}
    reached = [((one,), picks) for one in quiz.outcomes for picks in proof.paths(quiz, one)]
    reached += [((one, other), picks) for one, other, picks in proof.together(quiz)]
    assert len(reached) > len(quiz.outcomes)
    for outcomes, picks in reached:
        responses: Given = {}
        for item, option in picks:
            responses[item] = responses.get(item, frozenset()) | {option}
        results = outcomes_for(quiz, effective(quiz, responses))
        assert {o.id for o in outcomes} <= {r.outcome.id for r in results}, picks


@settings(derandomize=True, max_examples=60, deadline=None, database=None)
@given(quiz=quizzes())
def test_the_proof_agrees_with_every_set_of_responses_to_random_quizzes(quiz: Quiz) -> None:
    responses = list(every(quiz))
    assert shown(quiz) == tried_out(quiz, responses)
    assert by_class(quiz, shown(quiz)) == tried_out(quiz, classes(quiz))
    assert proof.count(quiz) == len(responses)


@settings(derandomize=True, max_examples=60, deadline=None, database=None)
@given(quiz=quizzes())
def test_a_quiz_passes_only_if_its_promises_hold_for_all_responses(quiz: Quiz) -> None:
    said = "\n".join(problem.message for problem in proof.problems(quiz))
    facts = tried_out(quiz, every(quiz))
    by_id = {outcome.id: outcome for outcome in quiz.outcomes}
    needs_help = {flag.id for flag in quiz.flags if flag.needs_help}
    flags = {(i.id, o.id): o.flag for _, i, o in proof.flagged(quiz)}

    assert ("no responses lead here" in said) == (set(by_id) != set(facts["shortest"]))
    assert ("suggests going on talking" in said) == any(
        by_id[name].encourages_contact for name, _, _ in facts["with"]
    )
    assert ("must lead to help" in said) == any(
        flags[item, option] in needs_help and not by_id[name].is_help
        for name, item, option in facts["with"]
    )


def test_the_work_grows_with_the_rules_and_not_with_the_ways_to_answer(
    monkeypatch: pytest.MonkeyPatch, records: Site
) -> None:
    def tries(times: int) -> tuple[int, int]:
        """How often the rules are applied to the quiz ``times`` over, and the ways to answer it."""
        data = json.loads(records.quiz.model_dump_json())
        for number in range(1, times):
            for item in json.loads(json.dumps(data["items"][8:12])):
                item["id"] += f"-{number}"
                data["items"].append({**item, "part": "next"})
            rule = {f"someone-{number}": ["wonder"]}
            data["outcomes"][-2]["when"].append(rule)
        quiz = Quiz.model_validate(data)
        calls: list[None] = []
        with monkeypatch.context() as patch:
            counted = lambda *a: calls.append(None) or standing(*a)  # noqa: E731
            patch.setattr(proof, "standing", counted)
            # How often an outcome comes is counted by a walk through the answers, and not tried.
            patch.setattr(proof, "shares", lambda _: {})
            list(proof.problems(quiz))
        return len(calls), proof.count(quiz)

    once, ways_once = tries(1)
    tenfold, ways_tenfold = tries(10)
    assert ways_tenfold > ways_once**3
    assert tenfold < once * 2


def run(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "macros", "proof"],
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
    assert "nothing answered" in done.stdout
    assert f"{proof.count(records.quiz):,} possible sets of responses" in done.stdout


def test_the_ways_printed_lead_where_they_say(records: Site) -> None:
    quiz = records.quiz

    def reached(outcome: Outcome) -> bool:
        given: dict[str, set[str]] = {}
        for item, option in proof.paths(quiz, outcome)[0]:
            given.setdefault(item, set()).add(option)
        responses = {item: frozenset(chosen) for item, chosen in given.items()}
        return outcome in [r.outcome for r in outcomes_for(quiz, responses)]

    assert all(reached(outcome) for outcome in quiz.outcomes)


def test_make_proof_fails_with_the_line_of_the_rule(tmp_path: Path) -> None:
    root = project(tmp_path / "copy")
    file = root / "docs/data/questions.yml"
    file.write_text(
        edit(file.read_text("utf-8"), "outcomes/get-them-help/when/0/their-life", "[if-i-go]")
    )
    done = run(root)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.match(r"docs/data/questions\.yml:\d+: .*must lead to help", done.stderr)
    assert "Traceback" not in done.stderr
