"""Which outcomes a set of responses leads to, why, and what would change it."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.quiz.model import Quiz
from macros.quiz.outcomes import counterfactuals, effective, outcomes_for, visited
from macros.site import Site
from tests.support.random_quizzes import every, quizzes
from tests.support.responses import Given, random_responses

bounded = settings(derandomize=True, max_examples=40, deadline=None, database=None)


@pytest.fixture(scope="module")
def quiz(records: Site) -> Quiz:
    """The quiz as the question file has it."""
    return records.quiz


def said(**answers: str) -> Given:
    """Responses by item: ``said(said="over", would_talk="yes")``."""
    return {name.replace("_", "-"): frozenset({option}) for name, option in answers.items()}


def led_to(quiz: Quiz, responses: Given) -> list[str]:
    return [reached.outcome.id for reached in outcomes_for(quiz, responses)]


def test_nothing_said_leads_to_no_hurry(quiz: Quiz) -> None:
    assert led_to(quiz, {}) == ["no-hurry"]
    assert outcomes_for(quiz, {})[0].because == ()


def test_an_outcome_names_exactly_the_answers_it_rests_on(quiz: Quiz) -> None:
    responses = said(stand="unsure", talk="willing", accept="try", why="no", choose="yes")
    (reached,) = outcomes_for(quiz, responses)
    assert reached.outcome.id == "one-talk"
    assert reached.because == (("stand", "unsure"), ("talk", "willing"), ("accept", "try"))
    # Another of its rules names accept, but asks for another stand.
    (reached,) = outcomes_for(quiz, said(stand="break-up", talk="refused", accept="try"))
    assert reached.outcome.id == "respect-no"
    assert reached.because == (("stand", "break-up"), ("talk", "refused"))


def test_answers_that_skip_logic_hides_do_not_count(quiz: Quiz) -> None:
    responses = said(stand="over", why="no", talk="no-answer", accept="try")
    assert "why" not in [item.id for item in visited(quiz, responses)]
    assert set(effective(quiz, responses)) == {"stand", "accept"}
    (reached,) = outcomes_for(quiz, responses)
    assert reached.outcome.id == "respect-no"
    assert reached.because == (("stand", "over"), ("accept", "try"))


def test_an_answer_that_would_change_it_is_named_with_where_it_leads(quiz: Quiz) -> None:
    found = counterfactuals(quiz, said(stand="unsure", talk="willing", accept="try"))
    changes = {(c.item, c.option): c.leads_to for c in found}
    assert changes["talk", "had"] == ("let-it-rest",)
    assert changes["accept", "not-now"] == ("no-hurry",)
    assert changes["stand", "me"] == ("yours-to-say",)


def test_help_is_never_bargained_about(quiz: Quiz) -> None:
    hidden = 0
    for responses in random_responses(quiz, 500, seed=21):
        now = outcomes_for(quiz, responses)
        found = counterfactuals(quiz, responses)
        if any(result.outcome.hide_changes for result in now):
            assert found == ()
            hidden += 1
        private = {item.id for item in quiz.items if item.private}
        assert not private & {change.item for change in found}
    assert hidden


def test_every_change_named_leads_where_it_says(quiz: Quiz) -> None:
    for responses in random_responses(quiz, 200, seed=22):
        here = tuple(led_to(quiz, responses))
        found = counterfactuals(quiz, responses)
        for change in found:
            there = led_to(quiz, {**responses, change.item: frozenset({change.option})})
            assert tuple(there) == change.leads_to != here
            assert change.item in effective(quiz, responses)
        assert len({change.leads_to for change in found}) == len(found)


@bounded
@given(quiz=quizzes(), data=st.data())
def test_the_order_of_answers_does_not_matter(quiz: Quiz, data: st.DataObject) -> None:
    responses = data.draw(st.sampled_from(list(every(quiz))))
    expected = outcomes_for(quiz, responses)
    for order in permutations(responses):
        assert outcomes_for(quiz, {item: responses[item] for item in order}) == expected


@bounded
@given(quiz=quizzes(), data=st.data())
def test_the_order_of_rules_does_not_matter(quiz: Quiz, data: st.DataObject) -> None:
    responses = data.draw(st.sampled_from(list(every(quiz))))
    turned = quiz.model_copy(
        update={
            "outcomes": tuple(
                outcome.model_copy(update={"when": outcome.when[::-1]}) for outcome in quiz.outcomes
            )
        }
    )
    expected = [(r.outcome.id, r.because) for r in outcomes_for(quiz, responses)]
    assert [(r.outcome.id, r.because) for r in outcomes_for(turned, responses)] == expected


@bounded
@given(quiz=quizzes())
def test_a_skipped_item_never_leads_to_an_outcome(quiz: Quiz) -> None:
    for responses in every(quiz):
        for reached in outcomes_for(quiz, responses):
            assert all(option in responses[item] for item, option in reached.because)
            rests_on = {item for item, _ in reached.because}
            alone = {item: responses[item] for item in rests_on}
            assert reached.outcome in [r.outcome for r in outcomes_for(quiz, alone)]


@bounded
@given(quiz=quizzes())
def test_one_place_is_always_reached_and_only_of_one_priority(quiz: Quiz) -> None:
    order = {outcome.id: n for n, outcome in enumerate(quiz.outcomes)}
    for responses in every(quiz):
        reached = [r.outcome for r in outcomes_for(quiz, responses)]
        assert len({outcome.priority for outcome in reached}) == 1
        assert reached == sorted(reached, key=lambda outcome: order[outcome.id])
