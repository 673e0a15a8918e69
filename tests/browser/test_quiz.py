"""The self-quiz as its reader uses it, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.quiz.model import HELP
from macros.quiz.outcomes import outcomes_for
from macros.render import typographic
from macros.site import Site, read_site
from tests.support import journeys
from tests.support.netlify import ROOT
from tests.support.responses import Given

QUIZ = read_site(ROOT).quiz


def question(page: Page, item: str) -> Locator:
    found = QUIZ.item(item)
    assert found
    return page.get_by_role("group", name=typographic(found.stem))


def option(page: Page, item: str, name: str) -> Locator:
    found = QUIZ.item(item)
    assert found
    chosen = found.option(name)
    assert chosen
    role = "radio" if found.kind == "single" else "checkbox"
    return question(page, item).get_by_role(role, name=typographic(chosen.text), exact=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def asked(page: Page) -> str:
    """The id of the one question on show."""
    stem = page.locator(".quiz__stem-text:visible").inner_text()
    return next(item.id for item in QUIZ.items if typographic(item.stem) == stem)


def step(page: Page) -> None:
    """Next, or Skip: whichever stands there. A click of its own, not half of a double one."""
    page.get_by_role("button", name=re.compile("^(Next|Skip)$")).press("Enter")


def answer(page: Page, given: Given) -> None:
    """Go through the whole quiz to its end, answering what is given and skipping the rest."""
    page.goto("/quiz/")
    while page.locator(".quiz__stem-text:visible").count():
        item = asked(page)
        for chosen in given.get(item, ()):
            option(page, item, chosen).check()
        step(page)
    press(page, "See a next step")


def outcome(page: Page, name: str) -> Locator:
    title = next(o.title for o in QUIZ.outcomes if o.id == name)
    return page.get_by_role("article").filter(
        has=page.get_by_role("heading", name=typographic(title), exact=True)
    )


@pytest.mark.parametrize("name", [o.id for o in QUIZ.outcomes])
def test_each_outcome_is_reached_and_says_why(page: Page, name: str) -> None:
    given = journeys.witnesses()[name]
    answer(page, given)
    shown = page.locator(".outcome:visible")
    reached = outcomes_for(QUIZ, given)
    assert shown.count() == len(reached)
    for article, one in zip(shown.all(), reached, strict=True):
        expect(article.get_by_role("heading", level=2)).to_have_text(typographic(one.outcome.title))
        reasons = article.locator(".outcome__because li").all_inner_texts()
        expected = []
        for item, chosen in one.because:
            found = QUIZ.item(item)
            assert found
            because = found.option(chosen)
            assert because
            expected.append(typographic(because.said))
        assert reasons == expected
        assert 1 <= article.get_by_role("link").count() <= 3
        assert not re.search(r"\d|%|!", article.inner_text())


def test_where_two_outcomes_are_equal_both_stand_in_the_order_of_the_file(page: Page) -> None:
    answer(page, {"would-work": frozenset({"both"}), "said": frozenset({"break"})})
    titles = page.locator(".outcome:visible .outcome__title").all_inner_texts()
    assert titles == ["Get help together", "Find out what each of you wants"]


@pytest.mark.parametrize(
    ("item", "chosen"),
    [(i.id, o.id) for i in QUIZ.items for o in i.options if o.means and o.means != "clear-no"],
)
def test_help_comes_at_once_and_from_then_on_nothing_suggests_talking_them_round(
    page: Page, item: str, chosen: str
) -> None:
    page.goto("/quiz/")
    while asked(page) != item:
        step(page)
    helping = question(page, item).get_by_role("status")
    expect(helping.get_by_role("link")).to_have_count(0)
    option(page, item, chosen).check()
    expect(helping.get_by_role("link").first).to_be_visible()
    # Now everything that would lead to "keep trying", were it not for this answer.
    while page.locator(".quiz__stem-text:visible").count():
        here = asked(page)
        hopeful = {"why": "guessing", "would-talk": "yes", "would-work": "both", "said": "unsure"}
        if here in hopeful:
            option(page, here, hopeful[here]).check()
        step(page)
    press(page, "See a next step")
    shown = page.locator("form").inner_text()
    for tries in (o for o in QUIZ.outcomes if o.tries):
        assert typographic(tries.title) not in shown
    assert page.locator(".outcome:visible").first.get_attribute("data-priority") == str(HELP)
    assert not page.locator(".outcome__else:visible li").count()
    for link in page.locator("form a:visible").all():
        assert not re.search(r"/(talk|counseling)/", link.get_attribute("href") or "")


def test_nothing_said_leads_somewhere_kind(page: Page) -> None:
    answer(page, {})
    expect(outcome(page, "no-hurry")).to_be_visible()
    expect(page.get_by_text("Nothing you said points anywhere else.")).to_be_visible()


def test_stop_here_gives_the_outcome_of_what_was_said_so_far(page: Page) -> None:
    page.goto("/quiz/")
    while asked(page) != "said":
        step(page)
    option(page, "said", "over").check()
    press(page, "Stop here")
    expect(outcome(page, "respect-no")).to_be_visible()


def test_skip_logic_passes_over_questions_that_would_hurt(page: Page) -> None:
    page.goto("/quiz/")
    while asked(page) != "said":
        step(page)
    option(page, "said", "over").check()
    step(page)
    assert asked(page) == "accept"


def test_answers_to_questions_passed_over_do_not_count(page: Page) -> None:
    page.goto("/quiz/")
    while asked(page) != "said":
        step(page)
    step(page)
    option(page, "why", "guessing").check()
    page.go_back(wait_until="commit")
    option(page, "said", "over").check()
    press(page, "Stop here")
    press(page, "Show a summary")
    assert "guessing" not in page.get_by_label("Your summary").input_value()


def test_the_browsers_back_and_forward_walk_the_questions_and_keep_the_answers(
    page: Page,
) -> None:
    page.goto("/")
    page.goto("/quiz/")
    option(page, "afraid", "no").check()
    step(page)
    assert asked(page) == "hurt"
    page.go_back(wait_until="commit")
    expect(option(page, "afraid", "no")).to_be_checked()
    page.go_forward(wait_until="commit")
    assert asked(page) == "hurt"
    page.go_back(wait_until="commit")
    page.go_back(wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_contain_text("They want to")


def test_no_answer_stands_in_address_title_or_history(page: Page) -> None:
    page.goto("/quiz/")
    address, title = page.url, page.title()
    while page.locator(".quiz__stem-text:visible").count():
        question(page, asked(page)).get_by_role("radio").or_(
            question(page, asked(page)).get_by_role("checkbox")
        ).first.check()
        step(page)
        assert (page.url, page.title()) == (address, title)
        state = page.evaluate("history.state")
        assert set(state) == {"quiz"}
        assert isinstance(state["quiz"], int)


def test_reload_begins_at_question_one_with_nothing_chosen(page: Page) -> None:
    page.goto("/quiz/")
    option(page, "afraid", "yes").check()
    step(page)
    page.reload()
    assert asked(page) == "afraid"
    assert not page.locator("form :checked").count()


def test_every_answer_can_be_changed_in_the_review(page: Page) -> None:
    page.goto("/quiz/")
    while page.locator(".quiz__stem-text:visible").count():
        if asked(page) == "said":
            option(page, "said", "unsure").check()
        step(page)
    expect(page.get_by_role("heading", name="Your answers")).to_be_focused()
    assert page.locator(".quiz__answer").count() == len(QUIZ.items)
    press(page, "Change: What have they told you?")
    expect(option(page, "said", "unsure")).to_be_checked()
    option(page, "said", "nothing").check()
    press(page, "Next")
    expect(page.get_by_role("heading", name="Your answers")).to_be_visible()
    assert "Nothing. I feel it" in page.locator(".quiz__answers").inner_text()


def test_an_answer_can_be_cleared_and_all_of_them(page: Page) -> None:
    page.goto("/quiz/")
    option(page, "afraid", "yes").check()
    press(page, "Clear this answer")
    assert not page.locator("form :checked").count()
    expect(page.get_by_role("button", name="Skip")).to_be_visible()
    option(page, "afraid", "yes").check()
    press(page, "Stop here")
    press(page, "Clear everything and start again")
    assert asked(page) == "afraid"
    assert not page.locator("form :checked").count()


def test_none_of_these_stands_alone(page: Page) -> None:
    page.goto("/quiz/")
    while asked(page) != "pressing":
        step(page)
    option(page, "pressing", "checked").check()
    option(page, "pressing", "none").check()
    expect(option(page, "pressing", "checked")).not_to_be_checked()
    option(page, "pressing", "turned-up").check()
    expect(option(page, "pressing", "none")).not_to_be_checked()


def test_a_double_click_is_one_step(page: Page) -> None:
    page.goto("/quiz/")
    page.get_by_role("button", name="Skip").dblclick()
    assert asked(page) == QUIZ.items[1].id


def test_the_whole_quiz_works_by_keyboard_alone_and_choosing_never_moves_on(page: Page) -> None:
    page.goto("/quiz/")

    def tab_to(what: Locator) -> None:
        for _ in range(40):
            if what.evaluate("e => e === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError("not reached by Tab")

    first = QUIZ.items[0]
    tab_to(option(page, first.id, first.options[0].id))
    page.keyboard.press("Space")
    for follower in first.options[1:]:
        page.keyboard.press("ArrowDown")
        expect(option(page, first.id, follower.id)).to_be_checked()
        assert asked(page) == first.id
    page.keyboard.press("Enter")
    assert asked(page) == first.id
    tab_to(page.get_by_role("button", name="Next"))
    page.keyboard.press("Enter")
    second = QUIZ.items[1]
    assert asked(page) == second.id
    expect(question(page, second.id).locator("legend")).to_be_focused()
    tab_to(page.get_by_role("button", name="Stop here"))
    page.keyboard.press("Enter")
    title = page.locator(".outcome:visible .outcome__title").first
    expect(title).to_be_focused()


def test_a_summary_and_a_code_come_only_when_asked_for_and_hold_nothing_private(
    page: Page,
) -> None:
    answer(page, {"afraid": frozenset({"yes"}), "said": frozenset({"break"})})
    assert not page.locator("textarea, output").count()
    press(page, "Show a summary")
    text = page.get_by_label("Your summary").input_value()
    assert "They want a break" in text
    for item in (i for i in QUIZ.items if i.private):
        assert typographic(item.stem) not in text
    for one in (o for o in QUIZ.outcomes if o.priority == HELP):
        assert typographic(one.title) not in text
    press(page, "Show an answer code")
    assert re.fullmatch(r"[0-9A-Z*~$=-]{9,14}", page.locator("output").inner_text())


def test_what_would_change_it_is_true(page: Page) -> None:
    given = journeys.witnesses()["one-talk"]
    answer(page, given)
    line = page.locator(".outcome__else li").first.inner_text()
    said, title = re.match(r"If you had said that (.*), you would see (.*)\.", line).groups()  # type: ignore[union-attr]
    changed = {
        **given,
        **{
            item.id: frozenset({o.id})
            for item in QUIZ.items
            for o in item.options
            if typographic(o.said) == said
        },
    }
    assert title == " / ".join(typographic(r.outcome.title) for r in outcomes_for(QUIZ, changed))


def test_without_scripts_every_question_option_and_outcome_is_there_and_nothing_is_sent(
    new_page: Callable[..., Page], records: Site
) -> None:
    page = new_page(scripts=False)
    page.goto("/quiz/")
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()
        for each in item.options:
            expect(option(page, item.id, each.id)).to_be_visible()
    for one in QUIZ.outcomes:
        expect(outcome(page, one.id)).to_be_visible()
    expect(page.get_by_role("heading", name="What your answers point to")).to_be_visible()
    option(page, "afraid", "yes").check()
    address = page.url
    option(page, "afraid", "yes").press("Enter")
    assert page.url == address
    assert not page.get_by_role("button").count()


@pytest.mark.allow("planted")
def test_a_failure_half_way_brings_the_whole_worksheet_back(page: Page) -> None:
    page.goto("/quiz/")
    step(page)
    page.evaluate("() => { history.pushState = () => { throw new Error('planted') } }")
    step(page)
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()
    expect(page.get_by_role("heading", name="What your answers point to")).to_be_visible()


LOOK = """box => [box, box.parentElement].flatMap((part) => {
    const { appearance, backgroundColor, backgroundImage, boxShadow, borderTopWidth } =
        getComputedStyle(part);
    return [appearance, backgroundColor, backgroundImage, boxShadow, borderTopWidth];
})"""


def test_on_paper_the_worksheet_is_blank_whatever_was_chosen(page: Page) -> None:
    page.goto("/quiz/")
    chosen, other = option(page, "afraid", "yes"), option(page, "afraid", "no")
    chosen.check()
    assert chosen.evaluate(LOOK) != other.evaluate(LOOK)
    page.emulate_media(media="print")
    assert chosen.evaluate(LOOK) == other.evaluate(LOOK)
    assert "none" in chosen.evaluate(LOOK)
    for button in page.get_by_role("button").all():
        assert not button.is_visible()
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()


def test_a_printed_next_step_leaves_out_private_reasons(page: Page) -> None:
    answer(page, {"afraid": frozenset({"yes"}), "said": frozenset({"break"})})
    reason = outcome(page, "get-safe").get_by_text("you are afraid of your partner", exact=True)
    expect(reason).to_be_visible()
    page.emulate_media(media="print")
    expect(reason).not_to_be_visible()
    # Nor the beginning of a sentence that then does not go on.
    expect(page.get_by_text("You said that", exact=True).locator("visible=true")).to_have_count(0)
    expect(page.get_by_role("heading", name="Why you see this")).to_have_count(0)
    expect(outcome(page, "get-safe")).to_be_visible()
    for button in page.get_by_role("button").all():
        assert not button.is_visible()


def test_what_an_outcome_adds_for_a_private_answer_is_not_printed(page: Page) -> None:
    """Each way of pressing has its own words on the screen; paper has those for all of them."""
    answer(page, {"pressing": frozenset({"said-harm"})})
    card = outcome(page, "stop-pressing")
    expect(card.get_by_text("call or text a crisis line")).to_be_visible()
    expect(card.get_by_text("Sleep somewhere else")).to_be_hidden()
    page.emulate_media(media="print")
    expect(card.get_by_text("call or text a crisis line")).to_be_hidden()
    expect(card.get_by_text("Stop it today")).to_be_visible()
