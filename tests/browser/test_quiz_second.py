"""The second edition of the quiz as a reader takes it, in a real browser."""

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from macros.quiz.model import Item, Responses
from macros.quiz.outcomes import (
    added,
    counterfactuals,
    effective,
    outcomes_for,
    read_on,
    visited,
)
from macros.render import typographic
from macros.site import Site
from tests.support.netlify import ROOT, Served
from tests.support.quiz_page import answer_all
from tests.support.records import read_records

QUIZ, PEOPLE = read_records().quiz, read_records().personas.people
HELP = [outcome for outcome in QUIZ.outcomes if outcome.is_help]
COMPONENTS = ROOT / "macros/components"
SMALL: ViewportSize = {"width": 360, "height": 640}
TARGET = 52
"""Least height, in pixels, of what a shaking hand must hit."""
QUIZ_BYTES = 34_200


def start(page: Page) -> None:
    """Open the quiz and begin."""
    page.goto("/quiz/")
    press(page, "Start")


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard: two quick clicks on one spot count as one."""
    page.get_by_role("button", name=name, exact=True).press("Enter")


def question(page: Page, item: Item) -> Locator:
    """Return a question by its words."""
    return page.get_by_role("group", name=typographic(item.stem))


def option(page: Page, item: Item, name: str) -> Locator:
    """Return an option by its words."""
    chosen = item.option(name)
    assert chosen
    role = "radio" if item.kind == "single" else "checkbox"
    return question(page, item).get_by_role(role, name=typographic(chosen.text), exact=True)


def answer(page: Page, given: Responses) -> None:
    """Take the whole quiz, skipping what has no answer, to its end."""
    start(page)
    answer_all(page, given)
    press(page, "See a next step")


def card(page: Page) -> Locator:
    """Return the next step on show; fails unless it is the only one."""
    cards = page.locator(".outcome:visible")
    expect(cards).to_have_count(1)
    return cards


@pytest.fixture
def module_page(page: Page) -> Page:
    """The quiz page, able to import the very modules its script is joined from."""

    def module(route: Route) -> None:
        file = COMPONENTS / route.request.url.partition("/modules/")[2]
        route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript")

    page.route("**/modules/**", module)
    page.goto("/quiz/")
    return page


def test_the_script_gives_all_made_up_people_what_they_must_get(module_page: Page) -> None:
    """The shipped rules, read from the shipped page, for all of them at once."""
    given = [[[item, list(chosen)] for item, chosen in p.responses.items()] for p in PEOPLE]
    got = module_page.evaluate(
        """async (given) => {
          const { readQuiz } = await import("/modules/quiz/read-quiz.js");
          const { outcomesFor } = await import("/modules/quiz/rules.js");
          const quiz = readQuiz(document.querySelector(".quiz__sheet"));
          const ids = (pairs) => outcomesFor(quiz, new Map(pairs)).map(({ id }) => id);
          return JSON.parse(given).map(ids);
        }""",
        json.dumps(given),
    )
    wrong = {
        person.id: reached
        for person, reached in zip(PEOPLE, got, strict=True)
        if set(person.must) - set(reached) or set(person.must_not) & set(reached)
    }
    assert wrong == {}


def test_the_script_and_python_agree_on_any_responses(module_page: Page) -> None:
    """Outcomes, their reasons and what would change them, for 3,000 sets drawn at random."""
    chance = Random(2)
    given = [drawn(chance) for _ in range(3_000)]
    theirs = module_page.evaluate(
        """async (given) => {
          const { readQuiz } = await import("/modules/quiz/read-quiz.js");
          const { outcomesFor, counterfactuals } = await import("/modules/quiz/rules.js");
          const quiz = readQuiz(document.querySelector(".quiz__sheet"));
          return JSON.stringify(JSON.parse(given).map((pairs) => {
            const responses = new Map(pairs);
            return [
              outcomesFor(quiz, responses).map(({ id, because }) => [id, because]),
              counterfactuals(quiz, responses).map((c) => [c.item, c.option, c.leadsTo]),
            ];
          }));
        }""",
        json.dumps([[[item, sorted(chosen)] for item, chosen in g.items()] for g in given]),
    )
    ours = [
        [
            [[r.outcome.id, [f"{i}.{o}" for i, o in r.because]] for r in outcomes_for(QUIZ, g)],
            [[c.item, c.option, list(c.leads_to)] for c in counterfactuals(QUIZ, g)],
        ]
        for g in given
    ]
    pairs = zip(given, json.loads(theirs), ours, strict=True)
    assert [g for g, a, b in pairs if a != b] == []


def drawn(chance: Random) -> dict[str, frozenset[str]]:
    """Return responses drawn at random, most of them without danger, some skipped."""
    given: dict[str, frozenset[str]] = {}
    for item in QUIZ.items:
        plain = [o.id for o in item.options if not o.exclusive]
        safe = [o.id for o in item.options if not o.flag and not o.exclusive]
        pool = plain if not item.private or chance.random() < 0.1 else safe
        most = 1 if item.kind == "single" else len(pool)
        if pool and (chosen := chance.sample(pool, chance.randint(0, min(most, 3)))):
            given[item.id] = frozenset(chosen)
    return given


# One for each outcome, written by hand: who, and the one title this reader must read at the end.
READERS = {
    "fought-back-and-suicidal": "First stay alive, then get safe",
    "tracks-to-stay-safe": "Get safe, and tell them all of it",
    "not-sure-it-counts": "Be safe first",
    "partner-would-die": "Get them help. It is not yours to carry",
    "wants-to-go": "You are allowed to go",
    "affair-over-both-willing": "Rebuild slowly, if you both choose it",
    "declined-at-1am": "Take the visit they offered",
    "co-parent-asked-to-stop": "Respect the no",
    "blocked-at-17": "Let the silence be the answer",
    "affair-going-on-unsure": "Don’t compete with someone else",
    "i-cheated": "You broke something. Let them decide",
    "one-wants-children": "Two lives may not fit into one",
    "on-a-break-both-willing": "Agree what the break means",
    "on-and-off-fourth-time": "Look at what brings you back",
    "at-peace": "Let it end in peace",
    "disagrees": "They have told you",
    "surprise-dinner": "Ask once, and listen",
}


@pytest.mark.parametrize(("name", "title"), READERS.items())
def test_a_made_up_person_takes_the_quiz(page: Page, name: str, title: str) -> None:
    """They read one title, the lines that fit their answers, why, and where to read on."""
    (person,) = (p for p in PEOPLE if p.id == name)
    answer(page, person.given)
    step = card(page)
    expect(step.get_by_role("heading", level=2)).to_have_text(title)
    expect(step.get_by_role("heading", level=2)).to_be_focused()
    counted = effective(QUIZ, person.given)
    (result,) = outcomes_for(QUIZ, counted)
    lines = [typographic(also.text) for also in added(result.outcome, counted)]
    assert step.locator(".outcome__also li:visible").all_inner_texts() == lines
    reasons = step.get_by_role("heading", name="Why you see this").locator(
        "xpath=following::ul[1]/li"
    )
    items = list(dict.fromkeys(item for item, _ in result.because))
    assert reasons.count() == len(items)
    for reason, name_of_item in zip(reasons.all(), items, strict=True):
        item = QUIZ.item(name_of_item)
        assert item
        expect(reason).to_contain_text(typographic(item.stem))
    links = step.locator(".outcome__next a")
    assert links.count() == len(read_on(QUIZ, result.outcome, counted))
    assert not re.search(r"\d|%|!", step.inner_text())


def test_the_whole_quiz_is_taken_by_hand(page: Page) -> None:
    """Each question as a reader meets it, skipping what has no answer, past the offer of help."""
    (person,) = (p for p in PEOPLE if p.id == "not-sure-it-counts")
    start(page)
    for item in visited(QUIZ, person.given):
        expect(question(page, item)).to_be_visible()
        for chosen in sorted(person.given.get(item.id, ())):
            option(page, item, chosen).check()
        press(page, "Continue")
        go_on = page.get_by_role("button", name="Go on with the questions")
        if go_on.is_visible():
            go_on.press("Enter")
    press(page, "See a next step")
    expect(card(page).get_by_role("heading", level=2)).to_have_text(READERS[person.id])


def test_the_start_says_what_it_is_and_begins(new_page: Callable[..., Page]) -> None:
    """On a small phone the heading, the facts and Start stand on the first screen."""
    page = new_page(size=SMALL)
    page.goto("/quiz/")
    for fact in ("14 questions at most", "Nothing is kept or sent", "Every one can be skipped"):
        expect(page.get_by_text(fact, exact=True)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Start")).to_be_in_viewport(ratio=1)
    assert not page.get_by_role("group").filter(visible=True).count()
    press(page, "Start")
    expect(question(page, QUIZ.items[0])).to_be_visible()
    page.go_back(wait_until="commit")
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_each_question_begins_on_the_first_screen(new_page: Callable[..., Page]) -> None:
    """At 360 x 640: stem, first option and Continue, all in sight, nothing over them."""
    page = new_page(size=SMALL)
    start(page)
    for item in QUIZ.items:
        legend = question(page, item).locator("legend")
        expect(legend).to_be_focused()
        expect(legend).to_be_in_viewport(ratio=1)
        first = option(page, item, item.options[0].id)
        go_on = page.get_by_role("button", name="Continue")
        expect(first).to_be_in_viewport(ratio=1)
        expect(go_on).to_be_in_viewport(ratio=1)
        label = first.locator("xpath=..").bounding_box()
        dock = page.locator(".quiz__dock").bounding_box()
        bar = page.get_by_role("banner").bounding_box()
        stem = legend.bounding_box()
        assert label and dock and bar and stem
        assert label["y"] + label["height"] <= dock["y"], item.id
        assert stem["y"] >= bar["y"] + bar["height"], item.id
        press(page, "Continue")


@pytest.mark.parametrize("outcome", HELP, ids=lambda outcome: outcome.id)
def test_help_can_be_pressed_on_the_first_screen(
    new_page: Callable[..., Page], outcome: Any
) -> None:
    """At 360 x 640: the title and both buttons, large, before any picture or paragraph."""
    page = new_page(size=SMALL)
    (rule, *_) = outcome.when
    given = {item: frozenset({options[0]}) for item, options in rule.items()}
    start(page)
    for item in QUIZ.items[:5]:
        for chosen in given.get(item.id, ()):
            option(page, item, chosen).check()
        if item.id == list(given)[-1]:
            break
        press(page, "Continue")
    # At once, beside the question.
    for button in outcome.buttons:
        pressable(page.get_by_role("link", name=typographic(button.text), exact=True))
    press(page, "Stop here")
    step = card(page)
    expect(step.get_by_role("heading", level=2)).to_have_text(typographic(outcome.title))
    expect(step.get_by_role("heading", level=2)).to_be_in_viewport(ratio=1)
    for button in outcome.buttons:
        pressable(step.get_by_role("link", name=typographic(button.text), exact=True))
    assert not step.locator("svg").count()
    assert not step.get_by_text("you would see").count()


def pressable(link: Locator) -> None:
    """Assert that a link is large and in sight."""
    expect(link).to_be_in_viewport(ratio=1)
    box = link.bounding_box()
    assert box and box["height"] >= TARGET


def test_after_the_questions_on_safety_help_is_offered_before_the_rest(page: Page) -> None:
    """Once; the questions can go on, or the next step comes now."""
    start(page)
    option(page, QUIZ.items[0], "yes").check()
    for _ in range(5):
        press(page, "Continue")
    expect(page.get_by_role("heading", name="Help comes first")).to_be_focused()
    press(page, "Go on with the questions")
    expect(question(page, QUIZ.items[5])).to_be_visible()
    page.go_back(wait_until="commit")
    press(page, "See your next step now")
    expect(card(page).get_by_role("heading", level=2)).to_have_text("Be safe first")


def test_nothing_moves_when_an_option_is_chosen(page: Page) -> None:
    """Neither the options nor Continue, Skip, Back and Stop, whatever help appears."""
    start(page)
    item = QUIZ.items[0]
    parts = [
        *question(page, item).locator("label").all(),
        *(
            page.get_by_role("button", name=name)
            for name in ("Continue", "Skip", "Back", "Stop here")
        ),
    ]
    before = [part.bounding_box() for part in parts]
    for chosen in item.options:
        option(page, item, chosen.id).check()
        assert [part.bounding_box() for part in parts] == before
    press(page, "Clear this answer")
    assert [part.bounding_box() for part in parts] == before


def test_continue_keeps_its_name_and_place(new_page: Callable[..., Page]) -> None:
    """On a phone it stands at the same height at every question, and is always filled."""
    page = new_page(size=SMALL)
    start(page)
    places = set()
    for _ in QUIZ.items:
        button = page.get_by_role("button", name="Continue")
        box = button.bounding_box()
        assert box
        places.add((box["x"], box["y"], box["width"], box["height"]))
        assert button.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
        button.press("Enter")
    assert len(places) == 1


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_radios_and_checkboxes_are_ours(new_page: Callable[..., Page], dark: bool) -> None:
    """Not the browser's own, in either scheme; a checked one is told by more than color."""
    page = new_page(dark=dark)
    start(page)
    for n, item in enumerate(QUIZ.items[:2]):
        box = option(page, item, item.options[n].id)
        assert box.evaluate("e => getComputedStyle(e).appearance") == "none"
        assert box.evaluate("e => getComputedStyle(e, '::before').content") == "none"
        box.check()
        assert box.evaluate("e => getComputedStyle(e, '::before').content") == '""'
        press(page, "Continue")


def test_a_skip_shortens_what_is_left(page: Page) -> None:
    """Somebody for whom it is over is not told of fourteen questions."""
    start(page)
    for _ in range(5):
        press(page, "Skip")
    expect(page.get_by_text("Question 6 of 14 at most")).to_be_visible()
    stand = QUIZ.item("stand")
    assert stand
    option(page, stand, "over").check()
    press(page, "Continue")
    expect(page.get_by_text("Question 7 of 8 at most")).to_be_visible()
    accept = QUIZ.item("accept")
    assert accept
    expect(question(page, accept)).to_be_visible()


def test_skip_leaves_a_question_without_an_answer(page: Page) -> None:
    """Also when something was chosen: the answer is taken back."""
    start(page)
    option(page, QUIZ.items[0], "yes").check()
    press(page, "Skip")
    page.go_back(wait_until="commit")
    expect(option(page, QUIZ.items[0], "yes")).not_to_be_checked()


def test_at_a_clear_no_nothing_is_said_of_what_would_change_it(page: Page) -> None:
    """It would invite a bargain. Elsewhere the nearest other answers are named."""
    answer(page, {"stand": frozenset({"over"}), "accept": frozenset({"try"})})
    expect(card(page).get_by_text("If you had said")).to_have_count(0)
    answer(page, {"stand": frozenset({"unsure"}), "talk": frozenset({"had"})})
    line = card(page).get_by_text("If you had said").first.inner_text()
    found = re.fullmatch(r"If you had said “(.*)” to “(.*)”, you would see (.*)\.", line)
    assert found
    words, stem, title = found.groups()
    (item,) = (i for i in QUIZ.items if typographic(i.stem) == stem)
    (chosen,) = (o for o in item.options if typographic(o.text) == words)
    changed = {
        "stand": frozenset({"unsure"}),
        "talk": frozenset({"had"}),
        item.id: frozenset({chosen.id}),
    }
    assert title == typographic(outcomes_for(QUIZ, changed)[0].outcome.title)


def test_private_answers_stay_out_of_summary_and_paper(page: Page) -> None:
    """Also what `life` says: children, a visa, not being out."""
    given = {
        "stand": frozenset({"break"}),
        "life": frozenset({"residence"}),
        "accept": frozenset({"not-now"}),
    }
    answer(page, given)
    links = card(page).locator(".outcome__next a")
    count = links.count()
    press(page, "Show a summary")
    text = page.get_by_label("Your summary").input_value()
    assert "They want a break" in text and "visa" not in text
    page.emulate_media(media="print")
    assert links.locator("visible=true").count() == count - 1


def test_leaving_forgets_everything(page: Page) -> None:
    """Back on the page, the start, and nothing chosen, no reason, no link that tells."""
    answer(page, {"afraid": frozenset({"yes"}), "life": frozenset({"children"})})
    page.goto("/help/")
    page.go_back()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    assert not page.locator(
        "form :checked, .outcome__why, .outcome__answered, .quiz__now *"
    ).count()
    assert not page.locator(".outcome:not([hidden])").count()


def test_without_scripts_the_worksheet_is_whole(new_page: Callable[..., Page]) -> None:
    """Questions, key, next steps, lines with the answers they go with; help is a link away."""
    page = new_page(scripts=False)
    page.goto("/quiz/")
    for item in QUIZ.items:
        expect(question(page, item)).to_be_visible()
    expect(page.get_by_role("heading", name="What your answers point to")).to_be_visible()
    expect(page.locator("form").get_by_role("button").filter(visible=True)).to_have_count(0)
    first = question(page, QUIZ.items[0])
    first.get_by_role("link", name="Be safe first").click()
    target = page.locator("#to-get-safe")
    expect(target.get_by_role("link", name="Find a helpline")).to_be_in_viewport()
    text = page.locator("form").inner_text()
    for outcome in QUIZ.outcomes:
        assert typographic(outcome.title) in text
        for also in outcome.also:
            assert typographic(also.text) in text


@pytest.mark.allow("planted")
def test_a_failure_brings_the_worksheet_back(page: Page) -> None:
    """Half a quiz is worse than paper."""
    start(page)
    page.evaluate("() => { history.pushState = () => { throw new Error('planted') } }")
    press(page, "Continue")
    for item in QUIZ.items:
        expect(page.get_by_role("group", name=typographic(item.stem))).to_be_visible()
    expect(page.get_by_role("heading", name="What your answers point to")).to_be_visible()


def test_what_the_quiz_weighs(page: Page, served: Served) -> None:
    """A first visit, packed as the host packs it (Brotli 5): page, styles, scripts, icon."""
    before = len(served.requests)
    page.goto("/quiz/")
    icon = page.locator("link[rel=icon]").evaluate("e => e.href")
    addresses = {f"{served.url}{request.path}" for request in served.requests[before:]} | {icon}
    bodies = [page.request.get(address).body() for address in sorted(addresses)]
    assert sum(len(brotli.compress(body, quality=5)) for body in bodies) <= QUIZ_BYTES


def test_the_first_editions_code_is_read(page: Page, records: Site) -> None:
    """A code somebody wrote down before the quiz changed still says what is still asked."""
    page.goto("/counselors/code/")
    page.get_by_label("Answer code", exact=True).fill(first_edition_code(records))
    page.get_by_role("button", name="Read it").first.click()
    held = page.get_by_role("region", name="What the code holds")
    expect(held).to_contain_text("Edition 1 of the quiz")
    expect(held).to_contain_text("They told me, and I see it differently")


def first_edition_code(records: Site) -> str:
    """Return the code of one answer, `why: disagree`, in edition 1, made by hand from its rules."""
    symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number, values, weight = 0, 1, 1
    for item in (i for i in records.editions[1].items if not i.private):
        radix = len(item.options) + 1 if item.kind == "single" else 2 ** len(item.options)
        if item.id == "why":
            number += (item.options.index("disagree") + 1) * weight
        weight *= radix
    number, values = number * 64 + 1, weight * 64
    length = 0
    while 32**length < values:
        length += 1
    digits = "".join(symbols[number // 32**n % 32] for n in reversed(range(length)))
    return digits + (symbols + "*~$=U")[number % 37]
