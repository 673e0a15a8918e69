"""The script and Python apply the same rules; the key on paper says the same words."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from macros.quiz.model import Quiz
from macros.quiz.outcomes import counterfactuals, effective, outcomes_for
from macros.render import typographic
from macros.site import Site
from tests.support import crockford
from tests.support.netlify import ROOT
from tests.support.responses import Given, classes, random_responses

COMPONENTS = ROOT / "macros/components"


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
          const rules = await import("/modules/quiz/rules.js");
          const code = await import("/modules/answer-code/code.js");
          const quiz = readQuiz(document.querySelector("form[data-module=quiz]"));
          return JSON.stringify(JSON.parse(given).map((pairs) => {{
            const responses = new Map(pairs);
            return {body};
          }}));
        }}""",
        json.dumps([plain(g) for g in given]),
    )
    return json.loads(found)


def in_python(quiz: Quiz, given: list[Given]) -> list[Any]:
    return [
        [[r.outcome.id, [f"{i}.{o}" for i, o in r.because]] for r in outcomes_for(quiz, g)]
        for g in given
    ]


OUTCOMES = "rules.outcomesFor(quiz, responses).map(({ id, because }) => [id, because])"
CHANGES = "rules.counterfactuals(quiz, responses).map((c) => [c.item, c.option, c.leadsTo])"


def sample(quiz: Quiz, count: int, seed: int = 1) -> list[Given]:
    """Some of all classes of responses that the rules tell apart, and random responses."""
    return [*Random(seed).sample([*classes(quiz)], count), *random_responses(quiz, count, seed)]


def assert_agree(page: Page, quiz: Quiz, given: list[Given]) -> None:
    """Check that script and Python reach the same outcomes for the same reasons."""
    theirs, ours = in_script(page, OUTCOMES, given), in_python(quiz, given)
    assert [g for g, a, b in zip(given, theirs, ours, strict=True) if a != b] == []


def test_script_and_python_reach_the_same_outcomes(module_page: Page, records: Site) -> None:
    assert_agree(module_page, records.quiz, sample(records.quiz, 3_000))


@pytest.mark.slow
def test_script_and_python_agree_on_every_class(module_page: Page, records: Site) -> None:
    """All sets of responses that rules, skip logic and added lines tell apart."""
    given = [*classes(records.quiz)]
    assert len(given) > 20_000
    assert_agree(module_page, records.quiz, given)


def test_script_and_python_agree_on_what_would_change_it(module_page: Page, records: Site) -> None:
    quiz = records.quiz
    given = list(random_responses(quiz, 700, seed=2))
    theirs = in_script(module_page, CHANGES, given)
    ours = [[[c.item, c.option, list(c.leads_to)] for c in counterfactuals(quiz, g)] for g in given]
    assert [g for g, a, b in zip(given, theirs, ours, strict=True) if a != b] == []


def paper_rules(page: Page) -> list[tuple[int, str, list[list[tuple[int, set[int]]]]]]:
    """The key as somebody reads it: number, outcome title, rules of (question, letters)."""
    lines = page.locator(".quiz__key-list > li").all_inner_texts()
    found = []
    for line in lines:
        head, title = line.split(" → ")
        number, _, words = head.partition(".")
        rules = []
        if "question" in words:
            for alternative in words.split("; or "):
                parts = re.findall(r"question (\d+): ([a-z](?:(?:, | or )[a-z]\b)*)", alternative)
                rules.append(
                    [
                        (int(n), {ord(c) - ord("a") for c in re.findall(r"\b[a-z]\b", letters)})
                        for n, letters in parts
                    ]
                )
        found.append((int(number), title, rules))
    return found


def assert_key_agrees(page: Page, quiz: Quiz, given: list[Given]) -> None:
    """Check that whoever goes down the key by hand comes to the same next steps."""
    page.goto("/quiz/")
    key = paper_rules(page)
    assert len(key) == len(quiz.outcomes)

    def by_hand(responses: Given) -> list[str]:
        ticked = effective(quiz, responses)
        marks = {
            (n, k)
            for n, item in enumerate(quiz.items, start=1)
            for k, option in enumerate(item.options)
            if option.id in ticked.get(item.id, ())
        }
        true = [
            (number, title)
            for number, title, rules in key
            if not rules
            or any(all(any((n, k) in marks for k in ks) for n, ks in rule) for rule in rules)
        ]
        return [title for number, title in true if number == true[0][0]]

    for responses in given:
        expected = [typographic(r.outcome.title) for r in outcomes_for(quiz, responses)]
        assert by_hand(responses) == expected


def test_the_key_on_paper_gives_the_same_outcomes(
    new_page: Callable[..., Page], records: Site
) -> None:
    assert_key_agrees(new_page(scripts=False), records.quiz, sample(records.quiz, 3_000, seed=9))


@pytest.mark.slow
def test_the_key_on_paper_agrees_on_every_class(
    new_page: Callable[..., Page], records: Site
) -> None:
    assert_key_agrees(new_page(scripts=False), records.quiz, [*classes(records.quiz)])


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
        assert len(c) <= 14


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
          const { decode } = await import("/modules/answer-code/code.js");
          return decode(typed, new Map()).fault;
        }""",
        typed,
    )
    assert fault in ("form", "check")
