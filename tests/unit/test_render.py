"""What the macros draw for professionals: the rules, the questions, the picture, the edition."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from macros.quiz.flow import flow
from macros.quiz.model import Quiz
from macros.render import Renderer, typographic
from macros.site import MACROS, Site
from tests.support.reading import plain, read


def words(html: str) -> str:
    """The words of a piece of HTML on one line."""
    return plain(read(html))


@pytest.fixture
def drawn(records: Site) -> Renderer:
    """Return a renderer whose links are the references themselves."""
    return Renderer(records, lambda ref: f"/{ref}")


def changed(records: Site, change: Callable[[dict[str, Any]], None]) -> Renderer:
    data = json.loads(records.quiz.model_dump_json())
    change(data)
    site = replace(records, quiz=Quiz.model_validate(data))
    return Renderer(site, lambda ref: f"/{ref}")


def test_every_macro_a_page_may_call_exists() -> None:
    assert [name for name in MACROS if not callable(getattr(Renderer, name, None))] == []


def test_every_rule_is_said_with_question_numbers_and_the_words_of_its_answers(
    drawn: Renderer, records: Site
) -> None:
    said = words(drawn.rules_in_words())
    quiz = records.quiz
    numbers = {item.id: n for n, item in enumerate(quiz.items, start=1)}
    at = 0
    for outcome in quiz.outcomes:
        at = said.index(typographic(outcome.title), at)
        for rule in outcome.when:
            for name, options in rule.items():
                item = quiz.item(name)
                assert item
                start = said.index(f"the answer to question {numbers[name]} is", at)
                for option in item.options:
                    if option.id in options:
                        assert f"“{typographic(option.text)}”" in said[start : start + 600]
    assert said.count("Shown if nothing above is so") == 1
    helps = [outcome for outcome in quiz.outcomes if outcome.is_help]
    assert said.count("Help, before anything else.") == len(helps)


def test_a_rule_of_two_answers_reads_as_one_sentence(drawn: Renderer) -> None:
    said = words(drawn.rules_in_words())
    one, other = "question 6 is “They want to break up”", "question 8 is “I asked"
    assert f"the answer to {one}, and the answer to {other}" in said


def test_a_changed_rule_changes_the_words_and_the_picture(records: Site) -> None:
    def change(data: dict[str, Any]) -> None:
        data["outcomes"][-2]["when"].append({"missing": ["spark"]})

    before = Renderer(records, lambda ref: f"/{ref}")
    after = changed(records, change)
    assert words(after.rules_in_words()) != words(before.rules_in_words())
    assert words(after.flow_picture()) != words(before.flow_picture())


def test_every_question_is_said_with_its_answers_and_what_it_is_for(
    drawn: Renderer, records: Site
) -> None:
    said = words(drawn.questions_in_words())
    for item in records.quiz.items:
        assert typographic(item.stem) in said
        assert typographic(item.why) in said
        for option in item.options:
            assert typographic(option.text) in said
    private = [item for item in records.quiz.items if item.private]
    assert said.count("Private: never in an answer code or a summary.") == len(private)
    assert "“It is over, and that was said clearly” skips to question 13." in said


def test_questions_keep_their_numbers_from_part_to_part(drawn: Renderer, records: Site) -> None:
    starts = [int(n) for n in re.findall(r'<ol[^>]* start="(\d+)"', drawn.questions_in_words())]
    parts = [item.part for item in records.quiz.items]
    assert starts == [parts.index(part.id) + 1 for part in records.quiz.parts]


def test_the_edition_line_names_edition_digest_and_how_to_cite(
    drawn: Renderer, records: Site
) -> None:
    said = words(drawn.edition_line())
    cited = f"edition {records.quiz.edition} ({records.quiz.digest})"
    assert f"Hold On or Let Go: self-quiz, {cited}." in said
    assert "not validated" in said


def test_text_from_records_is_never_markup(records: Site) -> None:
    def change(data: dict[str, Any]) -> None:
        data["items"][0]["stem"] = "<script>alert(1)</script>?"
        data["items"][0]["why"] = "<img src=x onerror=alert(1)>"
        data["items"][0]["options"][1]["text"] = "<b>Sometimes</b>"
        data["outcomes"][0]["title"] = "<i>Be safe</i>"

    drawn = changed(records, change)
    for name in ("rules_in_words", "questions_in_words", "flow_picture", "quiz"):
        html = getattr(drawn, name)()
        assert "&lt;" in html
        assert not re.search(r"<(script|b>Sometimes|i>Be|img)", html)


def svg_of(html: str) -> ElementTree.Element:
    found = re.search(r"<svg.*?</svg>", html, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0])


def test_the_picture_shows_questions_by_part_skips_and_outcomes(
    drawn: Renderer, records: Site
) -> None:
    quiz, svg = records.quiz, svg_of(drawn.flow_picture())
    said = " ".join(text.text or "" for text in svg.iter("text"))
    plan = flow(quiz)
    assert [text.words for text in plan.parts] == [part.title for part in quiz.parts]
    for outcome in quiz.outcomes:
        assert typographic(outcome.title) in said
    for row, item in zip(plan.rows, quiz.items, strict=True):
        assert " ".join(text.words for text in row.lines) == item.stem
    skips = dict.fromkeys((i.id, o.skip_to) for i in quiz.items for o in i.options if o.skip_to)
    middle = {row.item.id: row.middle for row in plan.rows}
    assert [s.end for s in plan.skips] == [middle[b] for _, b in skips if b]
    # Two arrows from one question begin a little apart.
    assert all(abs(s.start - middle[a]) < 10 for s, (a, _) in zip(plan.skips, skips, strict=True))
    assert [skip.letters for skip in plan.skips] == ["aj", "ik", "h"]
    ranks = [rank for box in plan.boxes for rank in box.ranks]
    assert [rank.outcome for rank in ranks] == list(quiz.outcomes)
    for rank in ranks:
        named = {name for rule in rank.outcome.when for name in rule}
        looked_at = [n for n, item in enumerate(quiz.items, start=1) if item.id in named]
        assert list(rank.looks_at) == looked_at


def test_the_picture_has_no_style_of_its_own_and_a_name(drawn: Renderer) -> None:
    html = drawn.flow_picture()
    assert "style=" not in html
    assert "fill=" not in html
    assert svg_of(html).get("aria-label")


def test_the_picture_is_also_there_in_words(drawn: Renderer, records: Site) -> None:
    said = words(drawn.flow_picture())
    assert "“It is over, and that was said clearly” skips to question 13." in said
    assert "Rank 12: Respect the no. Its rules look at questions 6, 8 and 13." in said
    assert said.count("Shown when nothing above holds.") == 1
