"""The script and Python apply the same rules; the key on paper says the same words."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from macros.quiz.model import Quiz
from macros.quiz.outcomes import changes, effective, outcomes_for
from macros.site import Site
from tests.support.netlify import ROOT
from tests.support.responses import Given, classes, random_responses

SCRIPTS = ROOT / "macros/scripts"


@pytest.fixture
def module_page(page: Page) -> Page:
    """The quiz page, able to import the very modules its script is joined from."""

    def module(route: Route) -> None:
        name = Path(route.request.url).name
        route.fulfill(body=(SCRIPTS / name).read_text(), content_type="text/javascript")

    page.route("**/modules/*.js", module)
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
          const {{ readQuiz }} = await import("/modules/read-quiz.js");
          const rules = await import("/modules/rules.js");
          const code = await import("/modules/code.js");
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
CHANGES = "rules.changes(quiz, responses).map((c) => [c.item, c.option, c.leadsTo])"


def test_script_and_python_reach_the_same_outcomes_for_the_same_reasons(
    module_page: Page, records: Site
) -> None:
    quiz = records.quiz
    given = [*classes(quiz), *random_responses(quiz, 10_000)]
    assert len(given) > 20_000
    theirs, ours = in_script(module_page, OUTCOMES, given), in_python(quiz, given)
    assert [g for g, a, b in zip(given, theirs, ours, strict=True) if a != b] == []


def test_script_and_python_agree_on_what_would_change_it(module_page: Page, records: Site) -> None:
    quiz = records.quiz
    given = list(random_responses(quiz, 1_500, seed=2))
    theirs = in_script(module_page, CHANGES, given)
    ours = [[[c.item, c.option, list(c.leads_to)] for c in changes(quiz, g)] for g in given]
    assert [g for g, a, b in zip(given, theirs, ours, strict=True) if a != b] == []


def test_a_changed_rule_in_the_page_is_noticed(module_page: Page, records: Site) -> None:
    module_page.evaluate(
        """document.querySelector("[data-outcome=respect-no]").dataset.when = "said:break-up" """
    )
    given = list(random_responses(records.quiz, 500))
    assert in_script(module_page, OUTCOMES, given) != in_python(records.quiz, given)


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
                parts = re.findall(r"question (\d+): ([a-z](?:(?:, | or )[a-z])*)", alternative)
                rules.append(
                    [
                        (int(n), {ord(c) - ord("a") for c in re.findall(r"\b[a-z]\b", letters)})
                        for n, letters in parts
                    ]
                )
        found.append((int(number), title, rules))
    return found


def test_the_key_on_paper_gives_the_same_outcomes(
    new_page: Callable[..., Page], records: Site
) -> None:
    page = new_page(scripts=False)
    page.goto("/quiz/")
    key, quiz = paper_rules(page), records.quiz
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

    for responses in classes(quiz):
        expected = [r.outcome.title.replace("'", "’") for r in outcomes_for(quiz, responses)]
        assert by_hand(responses) == expected


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


def crockford(quiz: Quiz, responses: Given) -> str:
    """The code as the published scheme has it, written a second time to compare with."""
    number, unit = quiz.edition, 64
    top = 64
    for item in quiz.items:
        if item.private:
            continue
        ids = [o.id for o in item.options]
        chosen = responses.get(item.id, frozenset())
        if item.kind == "single":
            digit, radix = (ids.index(next(iter(chosen))) + 1 if chosen else 0), len(ids) + 1
        else:
            digit, radix = sum(1 << n for n, o in enumerate(ids) if o in chosen), 1 << len(ids)
        number += digit * unit
        unit *= radix
        top *= radix
    length = 0
    while 32**length < top:
        length += 1
    symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"
    text = "".join(symbols[number // 32**n % 32] for n in reversed(range(length)))
    text += symbols[number % 37]
    return "-".join(text[n : n + 4] for n in range(0, len(text), 4))


def test_a_code_follows_the_published_scheme(module_page: Page, records: Site) -> None:
    given = list(random_responses(records.quiz, 300, seed=6))
    codes = in_script(module_page, "code.encode(quiz, responses)", given)
    assert codes == [crockford(records.quiz, g) for g in given]


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


@pytest.mark.parametrize("typed", ["", "7", "hello there", "!!!!", "U" * 9, "0" * 500, "𝟘𝟘𝟘𝟘"])
def test_what_is_no_code_is_said_to_be_none(module_page: Page, typed: str) -> None:
    fault = module_page.evaluate(
        """async (typed) => {
          const { decode } = await import("/modules/code.js");
          return decode(typed, new Map()).fault;
        }""",
        typed,
    )
    assert fault in ("form", "check")
