"""The key on paper leads where the rules do, and the answer code holds what it may and no more.

That the script applies the rules as Python does is in test_quiz_second.py.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from macros.quiz.model import Quiz
from macros.quiz.outcomes import effective, outcomes_for
from macros.render import typographic
from macros.site import Site
from tests.support import crockford
from tests.support.netlify import ROOT
from tests.support.responses import Given, random_responses

COMPONENTS = ROOT / "macros/components"
LONGEST = 14
"""At most so many symbols are read aloud over a phone."""


@pytest.fixture
def module_page(page: Page) -> Page:
    """The quiz page, able to import the very modules its script is joined from."""

    def module(route: Route) -> None:
        file = COMPONENTS / "/".join(Path(route.request.url).parts[-2:])
        route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript")

    page.route("**/modules/**/*.js", module)
    page.goto("/quiz/")
    return page


def plain(responses: Given) -> list[list[Any]]:
    """Responses as JSON has them."""
    return [[item, sorted(chosen)] for item, chosen in responses.items()]


def in_script(page: Page, body: str, given: list[Given]) -> Any:
    """The value of ``body`` (a JavaScript expression of quiz and responses) for each set given.

    As one text both ways: a hundred thousand values handed over one by one take half a minute.
    """
    found = page.evaluate(
        f"""async (given) => {{
          const {{ readQuiz }} = await import("/modules/quiz/read-quiz.js");
          const code = {{
            ...(await import("/modules/answer-code/code.js")),
            ...(await import("/modules/answer-code/decode.js")),
          }};
          const quiz = readQuiz(document.querySelector(".quiz__sheet"));
          return JSON.stringify(JSON.parse(given).map((pairs) => {{
            const responses = new Map(pairs);
            return {body};
          }}));
        }}""",
        json.dumps([plain(g) for g in given]),
    )
    return json.loads(found)


def paper_rules(page: Page) -> list[tuple[str, list[list[tuple[int, set[int]]]]]]:
    """The key as somebody reads it: outcome title, rules of (question, letters)."""
    found = []
    for line in page.locator(".quiz__key-list > li").all_inner_texts():
        words, title = line.split(" → ")
        rules = [
            [
                (int(number), {ord(letter) - ord("a") for letter in letters})
                for number, letters in re.findall(r"(\d+)([a-z]+)", rule)
            ]
            for rule in words.split("; ")
        ]
        found.append((title, [rule for rule in rules if rule]))
    return found


def assert_key_agrees(page: Page, quiz: Quiz, given: list[Given]) -> None:
    """Check that whoever goes down the key by hand comes to the same next step."""
    page.goto("/quiz/")
    key = paper_rules(page)
    assert len(key) == len(quiz.outcomes)

    def by_hand(responses: Given) -> str:
        ticked = effective(quiz, responses)
        marks = {
            (n, k)
            for n, item in enumerate(quiz.items, start=1)
            for k, option in enumerate(item.options)
            if option.id in ticked.get(item.id, ())
        }
        return next(
            title
            for title, rules in key
            if not rules
            or any(all(any((n, k) in marks for k in ks) for n, ks in rule) for rule in rules)
        )

    for responses in given:
        (result,) = outcomes_for(quiz, responses)
        assert by_hand(responses) == typographic(result.outcome.title)


def test_the_key_on_paper_gives_the_same_outcomes(
    new_page: Callable[..., Page], records: Site
) -> None:
    """For the made-up people, who reach every outcome, and for responses drawn at random."""
    people = [person.given for person in records.personas.people]
    drawn = random_responses(records.quiz, 3_000, seed=9)
    safe = {i.id for i in records.quiz.items if not i.private}
    public = [
        {i: c for i, c in g.items() if i in safe} for g in random_responses(records.quiz, 3_000)
    ]
    assert_key_agrees(new_page(scripts=False), records.quiz, [*people, *drawn, *public])


def test_a_code_gives_back_exactly_the_answers_that_are_not_private(
    module_page: Page, records: Site
) -> None:
    quiz = records.quiz
    given = list(random_responses(quiz, 3_000, seed=3))
    back = in_script(
        module_page,
        """(() => {
          const told = code.decode(code.encode(quiz, responses), new Map([[quiz.edition, quiz]]));
          return [told.edition, [...told.responses]];
        })()""",
        given,
    )
    public = {item.id for item in quiz.items if not item.private}
    order = {item.id: [o.id for o in item.options] for item in quiz.items}
    for g, (edition, responses) in zip(given, back, strict=True):
        assert edition == quiz.edition
        assert {i: frozenset(c) for i, c in responses} == {
            i: c for i, c in g.items() if i in public
        }
        assert all(c == [o for o in order[i] if o in c] for i, c in responses)


def test_private_answers_leave_no_mark_on_the_code(module_page: Page, records: Site) -> None:
    quiz = records.quiz
    private = {item.id for item in quiz.items if item.private}
    given = list(random_responses(quiz, 500, seed=4))
    without = [{i: c for i, c in g.items() if i not in private} for g in given]
    encode = "code.encode(quiz, responses)"
    assert in_script(module_page, encode, given) == in_script(module_page, encode, without)


def test_codes_are_short_of_one_length_and_grouped_in_fours(
    module_page: Page, records: Site
) -> None:
    given: list[Given] = [{}, *random_responses(records.quiz, 500, seed=5)]
    codes = in_script(module_page, "code.encode(quiz, responses)", given)
    assert {len(c) for c in codes} == {len(codes[0])}
    for c in codes:
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-)+[0-9A-HJKMNP-TV-Z]{0,3}[0-9A-Z*~$=]", c)
        assert len(c.replace("-", "")) <= LONGEST


def test_a_code_follows_the_published_scheme(module_page: Page, records: Site) -> None:
    given = list(random_responses(records.quiz, 300, seed=6))
    codes = in_script(module_page, "code.encode(quiz, responses)", given)
    assert codes == [crockford.code(records.quiz, g) for g in given]


def test_one_wrong_symbol_or_two_swapped_are_noticed_and_never_guessed(
    module_page: Page, records: Site
) -> None:
    given = list(random_responses(records.quiz, 25, seed=7))
    faults = in_script(
        module_page,
        """(() => {
          const text = code.encode(quiz, responses).replaceAll("-", "");
          const editions = new Map([[quiz.edition, quiz]]);
          const found = [];
          const typed = (wrong) => {
            const told = code.decode(wrong, editions);
            if (!told.fault) found.push(wrong);
          };
          for (let n = 0; n < text.length - 1; n += 1) {
            for (const symbol of "0123456789ABCDEFGHJKMNPQRSTVWXYZ") {
              if (symbol !== text[n]) typed(text.slice(0, n) + symbol + text.slice(n + 1));
            }
            if (n < text.length - 2 && text[n] !== text[n + 1]) {
              typed(text.slice(0, n) + text[n + 1] + text[n] + text.slice(n + 2));
            }
          }
          return found;
        })()""",
        given,
    )
    assert [f for f in faults if f] == []


def test_a_code_is_read_however_it_is_typed(module_page: Page, records: Site) -> None:
    given = list(random_responses(records.quiz, 200, seed=8))
    told = in_script(
        module_page,
        """(() => {
          const editions = new Map([[quiz.edition, quiz]]);
          const neat = code.encode(quiz, responses);
          const messy = " " + neat.toLowerCase().replaceAll("-", "  ")
            .replaceAll("0", "o").replaceAll("1", "l") + " ";
          const read = (text) => [...code.decode(text, editions).responses];
          return JSON.stringify(read(neat)) === JSON.stringify(read(messy));
        })()""",
        given,
    )
    assert all(told)


@pytest.mark.parametrize("typed", ["", "7", "hello there", "!!!!", "U" * 9, "0" * 500, "ቐቐቐቐ"])
def test_what_is_no_code_is_said_to_be_none(module_page: Page, typed: str) -> None:
    fault = module_page.evaluate(
        """async (typed) => {
          const { decode } = await import("/modules/answer-code/decode.js");
          return decode(typed, new Map()).fault;
        }""",
        typed,
    )
    assert fault in ("form", "check")
