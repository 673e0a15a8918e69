"""Every made-up person gets what fits them, and a file that says otherwise is refused."""

from pathlib import Path
from typing import Any

import pytest

from macros.data.yaml_reader import load, parse
from macros.quiz.model import Quiz
from macros.quiz.outcomes import outcomes_for
from macros.quiz.personas import Persona, Personas, problems, quiz_problems
from macros.site import Site
from tests.support.netlify import ROOT

PEOPLE_AT_LEAST, EXAMPLES_AT_LEAST = 60, 12

# The people the first edition failed, and what somebody who knows the field would give them, by
# hand: an edit of the file cannot bend these.
FAILED_BEFORE = {
    "blocked-at-17": "silence",
    "partner-would-die": "get-them-help",
    "fought-back": "safe-no-blame",
    "tracks-to-stay-safe": "safe-no-blame",
    "fought-back-and-suicidal": "safe-and-alive",
    "at-peace": "at-peace",
    "disagrees": "told-you",
    "affair-over-both-willing": "rebuild",
    "affair-going-on-unsure": "someone-else",
    "on-a-break-both-willing": "on-a-break",
    "i-cheated": "mine-over",
    "on-and-off-fourth-time": "again",
    "one-wants-children": "different-lives",
    "wants-to-go": "yours-to-say",
    "declined-at-1am": "take-visit",
    "counselor-but-no-talk": "take-visit",
    "shared-map-once": "one-talk",
    "surprise-dinner": "one-talk",
    "co-parent-asked-to-stop": "respect-no",
}


def test_there_are_enough_people_and_each_outcome_has_one(records: Site) -> None:
    """Sixty at least, a dozen of them to show, and nobody's outcome is untried."""
    people = records.personas.people
    assert len(people) >= PEOPLE_AT_LEAST
    assert sum(person.example for person in people) >= EXAMPLES_AT_LEAST
    assert {name for person in people for name in person.must} == {
        outcome.id for outcome in records.quiz.outcomes
    }


@pytest.mark.parametrize(("name", "outcome"), FAILED_BEFORE.items())
def test_whom_the_first_edition_failed_is_served(name: str, outcome: str, records: Site) -> None:
    """Each gets the one outcome that fits."""
    (person,) = (p for p in records.personas.people if p.id == name)
    shown = [result.outcome.id for result in outcomes_for(records.quiz, person.given)]
    assert shown == [outcome]


def test_everybody_gets_what_they_must_and_nothing_they_must_not() -> None:
    """All of `must`, none of `must_not`, and no answer to a question that is not asked.

    Both files are read by themselves: a site that fails somebody cannot be read at all.
    """
    people = load(ROOT / "docs/data/personas.yml", Personas).record
    quiz = load(ROOT / "docs/data/questions.yml", Quiz).record
    assert list(quiz_problems(people, quiz)) == []


GOOD = {
    "id": "somebody",
    "who": "Somebody.",
    "responses": {"stand": ("over",), "accept": ("try",)},
    "must": ("respect-no",),
    "must_not": ("one-talk",),
    "why": "Because.",
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"must": ("one-talk",), "must_not": ()}, "somebody gets respect-no instead"),
        ({"must_not": ("respect-no",)}, "is shown this"),
        ({"must": ("respect",)}, 'no outcome "respect"'),
        ({"responses": {"stands": ("over",)}}, 'no item "stands"; did you mean "stand"?'),
        ({"responses": {"stand": ("gone",)}}, 'no option "gone"'),
        ({"responses": {"stand": ("over",), "why": ("no",)}}, "is not asked of this person"),
        ({"responses": {"stand": ("over", "me")}}, "nobody can give together"),
        ({"responses": {"pressing": ("none", "said-harm")}}, "nobody can give together"),
    ],
)
def test_a_person_the_quiz_would_fail_is_named(
    change: dict[str, Any], words: str, records: Site
) -> None:
    """Each error says what is wrong with whom."""
    people = Personas(people=(Persona(**{**GOOD, **change}),))
    assert any(words in problem.message for problem in quiz_problems(people, records.quiz))


def test_a_person_stands_once_and_something_is_expected() -> None:
    """Ids are not shared, and `must` names an outcome."""
    twice = Personas(people=(Persona(**GOOD), Persona(**{**GOOD, "must": ()})))
    messages = [problem.message for problem in problems(twice)]
    assert any("is taken" in message for message in messages)
    assert any("names no outcome" in message for message in messages)


def test_an_error_has_its_line(project: Path, records: Site) -> None:
    """The place of an error is the line of the value in the file."""
    text = (project / "docs/data/personas.yml").read_text("utf-8")
    broken = text.replace("must: [silence]", "must: [one-talk]", 1)
    line = broken[: broken.index("must: [one-talk]")].count("\n") + 1
    document = parse(broken, Personas, "personas.yml")
    (error, *_) = document.errors(quiz_problems(document.record, records.quiz))
    assert error.startswith(f"personas.yml:{line}: ")
