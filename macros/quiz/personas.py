"""Made-up people with the answers they would give, and what the quiz must and must not show them.

The quiz cannot be tested on people in distress without harm. These people stand for them: a build
fails when one of them would get something that does not fit.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..data.records import Line, Problem, Record, Slug, YesNo, duplicates, nearest
from .model import Quiz, Responses, Rule
from .outcomes import outcomes_for, visited


class Persona(Record):
    """One person: who they are, what they answer, what they must be shown or not, and why.

    Those with ``example`` stand on the counselors' page.
    """

    id: Slug
    who: Line
    responses: Rule
    must: tuple[Slug, ...]
    must_not: tuple[Slug, ...] = ()
    why: Line
    example: YesNo = False

    def worded(self) -> tuple[str, ...]:
        """Only examples are shown to anyone."""
        return ("who", "why") if self.example else ()

    @property
    def given(self) -> Responses:
        """The answers as a set of responses."""
        return {item: frozenset(options) for item, options in self.responses.items()}


class Personas(Record):
    """The whole file."""

    people: tuple[Persona, ...]


def problems(personas: Personas) -> Iterator[Problem]:
    """People that stand twice, or that nothing is expected for."""
    for n in duplicates([person.id for person in personas.people]):
        yield Problem(("people", n, "id"), f'"{personas.people[n].id}" is taken; choose another id')
    for n, person in enumerate(personas.people):
        if not person.must:
            yield Problem(("people", n, "must"), "names no outcome; say what they must be shown")


def quiz_problems(personas: Personas, quiz: Quiz) -> Iterator[Problem]:
    """People who answer what they are not asked, and those the quiz would fail."""
    known = [outcome.id for outcome in quiz.outcomes]
    for n, person in enumerate(personas.people):
        wrong = list(_answer_problems(quiz, n, person))
        for key, names in (("must", person.must), ("must_not", person.must_not)):
            wrong += [
                Problem(("people", n, key, i), f'there is no outcome "{o}"{nearest(o, known)}')
                for i, o in enumerate(names)
                if o not in known
            ]
        yield from wrong
        if wrong:
            continue
        shown = [result.outcome.id for result in outcomes_for(quiz, person.given)]
        for i, name in enumerate(person.must):
            if name not in shown:
                yield Problem(("people", n, "must", i), f"{person.id} gets {shown[0]} instead")
        for i, name in enumerate(person.must_not):
            if name in shown:
                yield Problem(
                    ("people", n, "must_not", i), f"{person.id} is shown this all the same"
                )


def _answer_problems(quiz: Quiz, n: int, person: Persona) -> Iterator[Problem]:
    met = {item.id for item in visited(quiz, person.given)}
    for name, options in person.responses.items():
        spot = ("people", n, "responses", name)
        item = quiz.item(name)
        if item is None:
            yield Problem(
                spot, f'there is no item "{name}"{nearest(name, [i.id for i in quiz.items])}'
            )
            continue
        if name not in met:
            yield Problem(spot, "is not asked of this person: an answer before it skips it")
        for option in options:
            if item.option(option) is None:
                has = ", ".join(o.id for o in item.options)
                yield Problem(spot, f'{name} has no option "{option}" (it has: {has})')
        alone = [o for o in item.options if o.exclusive and o.id in options]
        if len(options) > 1 and (item.kind == "single" or alone):
            yield Problem(spot, "holds answers that nobody can give together")
