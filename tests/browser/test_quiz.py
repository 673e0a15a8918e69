"""The self-quiz as its reader uses it, in a real browser.

The cases are written by hand: what a reader says, and what they must then see. How it looks, and
what each made-up person gets, is in test_quiz_second.py.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from macros.data.addresses import address
from macros.quiz.model import Item
from macros.quiz.outcomes import outcomes_for
from macros.render import typographic
from tests.support import crockford
from tests.support.journeys import QUIZ
from tests.support.netlify import Served
from tests.support.privacy import Ledger
from tests.support.probes import STRUCTURE, axe, probe
from tests.support.quiz_page import (
    answer,
    asked,
    at_the_start,
    choice,
    given,
    go_to,
    label,
    open_quiz,
    option_of,
    outcome,
    press,
    question,
    reason,
    reasons,
    show_code,
    show_summary,
    shown_outcomes,
    stem_of,
    step,
    take_quiz,
    title_of,
    words_of,
)
from tests.support.stages import calls_for_help

PRIVATE = [item for item in QUIZ.items if item.private]
HELPED = [item for item in QUIZ.items if any(calls_for_help(o) for o in item.options)]
SMALL: ViewportSize = {"width": 360, "height": 640}

# What is said, the one next step, and the answers it rests on, those to one question together:
# only answers of rules that hold, in the order of the questions.
OUTCOMES: dict[str, tuple[str, str, list[str]]] = {
    "afraid": ("afraid.sometimes would-work.both", "get-safe", ["afraid.sometimes"]),
    "two dangers": (
        "afraid.yes their-acts.hit their-acts.followed self.dying",
        "safe-and-alive",
        ["afraid.yes", "their-acts.hit their-acts.followed", "self.dying"],
    ),
    "pressing": (
        "pressing.kept-writing pressing.keep-checking talk.willing",
        "stop-pressing",
        ["pressing.keep-checking pressing.kept-writing"],
    ),
    "pressed none": ("pressing.none", "no-hurry", []),
    "a clear no": ("afraid.no stand.over accept.yes", "at-peace", ["stand.over"]),
    # Leaving alone is no reason here: its rule also asks for more than was said.
    "unsure": (
        "stand.unsure talk.willing would-work.neither accept.yes",
        "one-talk",
        ["stand.unsure", "talk.willing", "accept.yes"],
    ),
    "a picture": ("stand.nothing missing.trust", "look-first", ["stand.nothing"]),
}
WHERE = "links => links.map(a => a.pathname + a.hash)"
"""Where links lead, below the site."""


@pytest.mark.parametrize("case", OUTCOMES)
@pytest.mark.fresh
def test_what_is_said_leads_to_the_next_step_and_it_says_why(
    page: Page, served: Served, case: str
) -> None:
    """Reasons, readable by everyone; nothing is asked for, kept, or shown in address or title."""
    said, name, because = OUTCOMES[case]
    open_quiz(page)
    before, ledger = served.asked(), Ledger(page)
    answer(page, *said.split())
    ledger.look()
    press(page, "Stop here")
    assert shown_outcomes(page) == [title_of(name)]
    assert reasons(page) == [reason(*answers.split()) for answers in because]
    expect(page.get_by_text("Nothing you said points anywhere else.")).to_be_visible(
        visible=not because
    )
    assert axe(page, "main", STRUCTURE) == []
    assert probe(page, "outline") == []
    show_summary(page)
    show_code(page)
    assert ledger.close() == []
    assert served.asked() == before


@pytest.mark.parametrize(
    ("said", "refs"),
    [
        ("stand.break missing.time missing.spark", ["missing.time", "missing.spark"]),
        ("afraid.yes missing.trust", []),
    ],
    ids=["a break", "help keeps to its own"],
)
def test_where_to_read_on_goes_by_the_answers(page: Page, said: str, refs: list[str]) -> None:
    """First what belongs to the next step, then what belongs to the answers, each once."""
    take_quiz(page, *said.split())
    (result,) = outcomes_for(QUIZ, given(*said.split()))
    links = outcome(page, result.outcome.id).locator(".outcome__next a").evaluate_all(WHERE)
    wanted = [*result.outcome.next, *(option_of(each).see for each in refs)]
    assert sorted(links) == sorted({address(ref) for ref in wanted})
    assert links[: len(result.outcome.next)] == [address(ref) for ref in result.outcome.next]


# At a question


def helped_by(said: str) -> str:
    """The words of the help that an answer calls for."""
    (result,) = outcomes_for(QUIZ, given(said))
    assert result.outcome.immediate_help
    return typographic(result.outcome.immediate_help)


@pytest.mark.parametrize("item", HELPED, ids=lambda item: item.id)
def test_help_comes_at_once_and_hides_again(page: Page, item: Item) -> None:
    """For every answer that calls for it, with two links; gone when the answer is taken back."""
    open_quiz(page)
    go_to(page, item.id)
    status = page.locator("form").get_by_role("status")
    harmless = next(o.id for o in item.options if o.exclusive or o.id == "no")
    for option in item.options:
        said = f"{item.id}.{option.id}"
        expect(status).to_be_empty()
        choice(page, said).check()
        if not calls_for_help(option):
            expect(status).to_be_empty()
            press(page, "Clear this answer")
            continue
        expect(status).to_contain_text(helped_by(said))
        expect(status.get_by_role("link").locator("visible=true")).to_have_count(2)
        press(page, "Clear this answer")
        expect(status).to_be_empty()
        choice(page, said).check()
        expect(status).to_contain_text(helped_by(said))
        choice(page, f"{item.id}.{harmless}").check()
        expect(status).to_be_empty()
        press(page, "Clear this answer")


@pytest.mark.parametrize("item", HELPED, ids=lambda item: item.id)
def test_in_danger_nothing_suggests_talking_them_round(page: Page, item: Item) -> None:
    """Whatever hopeful is said after it."""
    said = f"{item.id}.{next(o.id for o in item.options if calls_for_help(o))}"
    hopeful = ("stand.unsure", "why.guessing", "talk.willing", "choose.yes", "would-work.both")
    open_quiz(page)
    answer(page, said, *hopeful, "accept.yes")
    press(page, "Stop here")
    (result,) = outcomes_for(QUIZ, given(said))
    assert shown_outcomes(page) == [title_of(result.outcome.id)]
    shown = page.locator("form").inner_text()
    for encouraging in (o for o in QUIZ.outcomes if o.encourages_contact):
        assert title_of(encouraging.id) not in shown
    assert "you would see" not in shown
    for link in page.locator("form a:visible").all():
        assert not re.search(r"/(talk|counseling)/", link.get_attribute("href") or "")


@pytest.mark.parametrize("item", HELPED, ids=lambda item: item.id)
def test_help_never_stands_on_the_answer_that_called_for_it(
    new_page: Callable[..., Page], item: Item
) -> None:
    """On a small phone: what was just chosen stays in sight, and so does the focus."""
    page = new_page(size=SMALL)
    open_quiz(page)
    go_to(page, item.id)
    for option in item.options:
        label(page, f"{item.id}.{option.id}").click()
        assert in_sight(page, f"{item.id}.{option.id}")
        if calls_for_help(option):
            expect(page.locator("form").get_by_role("status")).not_to_be_empty()
    # By the keyboard, with the help in place: up through the answers.
    first = next(o for o in item.options if calls_for_help(o))
    choice(page, f"{item.id}.{first.id}").check()
    boxes = question(page, item.id).get_by_role("checkbox" if item.kind == "multiple" else "radio")
    for _ in range(boxes.count() * 2):
        page.keyboard.press("Shift+Tab" if item.kind == "multiple" else "ArrowUp")
        here = page.evaluate("`${document.activeElement.name}.${document.activeElement.value}`")
        if not here.startswith(f"{item.id}."):
            break
        assert in_sight(page, here), here


def in_sight(page: Page, answer: str) -> bool:
    """Tell whether an answer lies whole between the bar and what stands at the foot."""
    return bool(
        label(page, answer).evaluate(
            """label => {
                const { top, bottom } = label.getBoundingClientRect();
                const bar = document.querySelector("header").getBoundingClientRect();
                const dock = document.querySelector(".quiz__dock").getBoundingClientRect();
                return top >= bar.bottom - 1 && bottom <= dock.top + 1;
            }"""
        )
    )


def test_stop_here_gives_the_outcome_of_what_was_said_so_far(page: Page) -> None:
    take_quiz(page)
    assert shown_outcomes(page) == ["You don’t have to decide today"]


def test_answers_to_questions_passed_over_count_nowhere(page: Page) -> None:
    """Not in summary, code, reasons or the list of answers: as if they had never been given."""
    open_quiz(page)
    answer(page, "stand.break", "why.guessing", "talk.willing")
    for _ in range(2):
        press(page, "Back")
    assert asked(page) == "stand"
    label(page, "stand.over").click()
    press(page, "Stop here")
    assert show_code(page) == crockford.code(QUIZ, given("stand.over"))
    assert words_of("why.guessing") not in show_summary(page)
    assert shown_outcomes(page) == [title_of("at-peace")]
    assert words_of("why.guessing") not in page.locator("form").inner_text()
    press(page, "Look at your answers")
    review = page.locator(".quiz__answers").inner_text()
    assert words_of("stand.over") in review
    assert stem_of("why") not in review


def test_back_and_forward_walk_the_questions_and_keep_the_answers(page: Page) -> None:
    """By the browser's buttons, and by ours; before the first question stands the start."""
    page.goto("/")
    open_quiz(page)
    answer(page, "afraid.no", "their-acts.none")
    step(page)
    assert asked(page) == "their-life"
    press(page, "Back")
    assert asked(page) == "their-acts"
    expect(choice(page, "their-acts.none")).to_be_checked()
    page.go_back(wait_until="commit")
    assert asked(page) == "afraid"
    expect(choice(page, "afraid.no")).to_be_checked()
    page.go_forward(wait_until="commit")
    page.go_forward(wait_until="commit")
    assert asked(page) == "their-life"
    for _ in range(3):
        page.go_back(wait_until="commit")
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    page.go_back(wait_until="commit")
    expect(page).to_have_url(re.compile(r":\d+/$"))


def test_the_reader_is_told_where_they_are(page: Page) -> None:
    """Which part, which question of how many."""
    open_quiz(page)
    where = page.locator(".quiz__where")
    expect(where).to_contain_text(QUIZ.parts[0].title)
    expect(where).to_contain_text("Question 1 of 14 at most")
    go_to(page, "stand")
    expect(where).to_contain_text(QUIZ.parts[1].title)
    expect(where).to_contain_text("Question 6 of 14 at most")


def test_every_answer_can_be_changed_in_the_review(page: Page) -> None:
    """It lists all that was asked and said, and each Change leads to its own question and back."""
    open_quiz(page)
    answer(page, "stand.unsure", "missing.time", "missing.spark")
    while asked(page):
        step(page)
    expect(page.get_by_role("heading", name="Your answers")).to_be_focused()
    rows = page.locator(".quiz__answer")
    assert rows.locator("dt").all_inner_texts() == [stem_of(item.id) for item in QUIZ.items]
    shown = dict(
        zip([i.id for i in QUIZ.items], rows.locator("dd:nth-of-type(1)").all(), strict=True)
    )
    told = {"stand": "They are unsure", "missing": "The spark · Time together"}
    for item, row in shown.items():
        expect(row).to_have_text(told.get(item, "Skipped"))
    press(page, f"Change: {stem_of('stand')}")
    expect(choice(page, "stand.unsure")).to_be_checked()
    choice(page, "stand.nothing").check()
    press(page, "Continue")
    expect(page.get_by_role("heading", name="Your answers")).to_be_visible()
    expect(rows.nth(5)).to_contain_text("They have said nothing. I feel it")
    press(page, "See a next step")
    assert shown_outcomes(page) == [title_of("look-first")]


def test_an_answer_can_be_cleared_and_all_of_them(page: Page) -> None:
    open_quiz(page)
    choice(page, "afraid.yes").check()
    press(page, "Clear this answer")
    assert not page.locator("form :checked").count()
    choice(page, "afraid.yes").check()
    press(page, "Stop here")
    show_code(page)
    press(page, "Clear everything and start again")
    at_the_start(page)


def test_none_of_these_stands_alone(page: Page) -> None:
    open_quiz(page)
    answer(page, "pressing.keep-checking", "pressing.none")
    expect(choice(page, "pressing.keep-checking")).not_to_be_checked()
    choice(page, "pressing.kept-coming").check()
    expect(choice(page, "pressing.none")).not_to_be_checked()


def test_two_clicks_or_a_held_key_make_one_step(page: Page) -> None:
    """Nobody skips a question about fear by a nervous finger."""
    open_quiz(page)
    skip = page.get_by_role("button", name="Skip", exact=True)
    skip.dblclick()
    assert asked(page) == "their-acts"
    # Where the button stays under the pointer, its second click comes to it too.
    skip.dispatch_event("click", {"detail": 2})
    assert asked(page) == "their-acts"
    skip.focus()
    for _ in range(10):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    assert asked(page) == "their-life"


def test_the_whole_quiz_works_by_keyboard_alone_and_choosing_never_moves_on(page: Page) -> None:
    def tab_to(what: Locator) -> None:
        for _ in range(40):
            if what.evaluate("e => e === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError("not reached by Tab")

    page.goto("/quiz/")
    tab_to(page.get_by_role("button", name="Start"))
    page.keyboard.press("Enter")
    first, second = QUIZ.items[:2]
    assert asked(page) == first.id
    tab_to(choice(page, f"{first.id}.{first.options[0].id}"))
    page.keyboard.press("Space")
    for follower in first.options[1:]:
        page.keyboard.press("ArrowDown")
        expect(choice(page, f"{first.id}.{follower.id}")).to_be_checked()
        assert asked(page) == first.id
    page.keyboard.press("Enter")
    assert asked(page) == first.id
    tab_to(page.get_by_role("button", name="Continue"))
    page.keyboard.press("Enter")
    assert asked(page) == second.id
    expect(question(page, second.id).locator("legend")).to_be_focused()
    tab_to(page.get_by_role("button", name="Stop here"))
    page.keyboard.press("Enter")
    expect(page.locator(".outcome h2:visible")).to_be_focused()


def test_a_link_within_the_quiz_leaves_the_reader_where_they_are(page: Page) -> None:
    """The skip link changes the fragment; Continue and the browser's Back go on from there."""
    open_quiz(page)
    go_to(page, "self")
    page.get_by_role("link", name=re.compile("^Skip to ")).press("Enter")
    expect(page).to_have_url(re.compile("/quiz/#main$"))
    assert asked(page) == "self"
    step(page)
    assert asked(page) == "pressing"
    page.go_back(wait_until="commit")
    assert asked(page) == "self"


# What is taken along


def test_a_summary_and_a_code_come_only_when_asked_for_and_hold_nothing_private(
    page: Page,
) -> None:
    """Nor a next step that rests on a private answer; the code is the same as without it."""
    take_quiz(page, "afraid.yes", "stand.break", "life.residence")
    assert not page.locator("textarea, output").count()
    assert show_summary(page).split("\n") == [
        "Self-quiz, edition 2",
        "",
        "Where do things stand between the two of you?",
        "  They want a break, or we are on one",
    ]
    assert show_code(page) == crockford.code(QUIZ, given("stand.break"))


def test_a_summary_has_the_next_step_and_the_answers(page: Page) -> None:
    take_quiz(page, "stand.over", "accept.try")
    assert show_summary(page).split("\n") == [
        "Self-quiz, edition 2",
        "A next step to think about: Respect the no",
        "",
        "Where do things stand between the two of you?",
        "  It is over, and that was said clearly",
        "If it has to end, could you let it end?",
        "  I would try",
    ]
    assert show_code(page) == crockford.code(QUIZ, given("stand.over", "accept.try"))


# Without scripts, and on paper


def test_the_worksheet_sends_nothing_and_its_key_leads_to_the_next_steps(
    new_page: Callable[..., Page],
) -> None:
    """Every link of the key opens the step it names; Enter in an answer does nothing."""
    page = new_page(scripts=False)
    page.goto("/quiz/")
    key = page.get_by_role("region", name="What your answers point to")
    for one in QUIZ.outcomes:
        there = key.get_by_role("link", name=title_of(one.id), exact=True).get_attribute("href")
        expect(page.locator(there or "").get_by_role("heading").first).to_have_text(
            title_of(one.id)
        )
    choice(page, "afraid.yes").check()
    before = page.url
    choice(page, "afraid.yes").press("Enter")
    assert page.url == before


# Question, the letters of the answers that call for help, and the step they lead to.
HELP_ON_THE_WORKSHEET = [
    ("afraid", "If bc:", "get-safe"),
    ("their-acts", "If abcdef:", "get-safe"),
    ("their-life", "If bc:", "get-them-help"),
    ("self", "If bcd:", "help-today"),
    ("pressing", "If cefh:", "stop-pressing"),
    ("pressing", "If ij:", "stop-and-call"),
    ("pressing", "If kl:", "safe-no-blame"),
]


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_worksheet_has_the_help_beside_its_question(
    new_page: Callable[..., Page], media: str
) -> None:
    """With the letters that call for it; the step it names begins with people who answer."""
    page = new_page(scripts=False)
    page.goto("/quiz/")
    page.emulate_media(media=media)  # type: ignore[arg-type]
    for item, letters, name in HELP_ON_THE_WORKSHEET:
        expect(question(page, item).get_by_text(f"{letters} {title_of(name)}")).to_be_visible()
        link = outcome(page, name).get_by_role("link").first
        expect(link).to_be_visible()
        assert "help/" in (link.get_attribute("href") or ""), name


def test_the_worksheet_s_jump_names_the_right_question(new_page: Callable[..., Page]) -> None:
    """Whoever follows it on paper comes to the question the screen would ask."""
    page = new_page(scripts=False)
    page.goto("/quiz/")
    jumps = [
        (item, option, option.skip_to)
        for item in QUIZ.items
        for option in item.options
        if option.skip_to
    ]
    expect(page.get_by_text(re.compile("go on with question"))).to_have_count(len(jumps))
    for item, option, there in jumps:
        line = (
            question(page, item.id)
            .get_by_role("listitem")
            .filter(has=label(page, f"{item.id}.{option.id}"))
        )
        number = re.search(r"Then go on with question (\d+)\.", line.inner_text())
        assert number
        stem = question(page, there).locator("legend").inner_text()
        assert stem == f"{number[1]}. {stem_of(there)}"
    expect(question(page, "accept").locator("legend")).to_have_text(
        "13. If it has to end, could you let it end?"
    )


LOOK = """box => [box, box.parentElement].flatMap((part) => {
    const { appearance, backgroundColor, backgroundImage, boxShadow, borderTopWidth, display } =
        getComputedStyle(part);
    return [appearance, backgroundColor, backgroundImage, boxShadow, borderTopWidth, display];
})"""


def test_on_paper_the_worksheet_is_blank_whatever_was_chosen(page: Page) -> None:
    open_quiz(page)
    choice(page, "afraid.yes").check()
    # On paper they have no name any more.
    chosen = choice(page, "afraid.yes").element_handle()
    other = choice(page, "afraid.no").element_handle()
    assert chosen.evaluate(LOOK) != other.evaluate(LOOK)
    page.emulate_media(media="print")
    assert chosen.evaluate(LOOK) == other.evaluate(LOOK)
    assert "none" in chosen.evaluate(LOOK)
    assert not page.get_by_role("button").locator("visible=true").count()
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("afraid.yes stand.break", False),
        ("afraid.no their-acts.none self.no pressing.none stand.unsure why.no", True),
        ("stand.over accept.try life.children", True),
        ("pressing.said-harm stand.over", False),
        ("self.dying", False),
    ],
)
def test_a_printed_next_step_has_no_private_answer(page: Page, said: str, why: bool) -> None:
    """Neither as a reason nor the start of such a sentence."""
    take_quiz(page, *said.split())
    (result,) = outcomes_for(QUIZ, given(*said.split()))
    private = {i for i, _ in result.because} & {item.id for item in PRIVATE}
    for name in private:
        expect(page.get_by_text(stem_of(name), exact=True).locator("visible=true")).to_have_count(1)
    show_code(page)
    page.emulate_media(media="print")
    paper = page.locator("form").inner_text()
    assert title_of(result.outcome.id) in paper
    assert ("Why you see this" in paper) is why
    assert ("You answered:" in paper) is (why and bool(result.because))
    for item in PRIVATE:
        assert stem_of(item.id) not in paper
    assert not page.get_by_role("button").locator("visible=true").count()
    assert not page.locator("output:visible").count()


def test_what_an_outcome_adds_for_a_private_answer_is_not_printed(page: Page) -> None:
    """Each way of pressing has its own words on the screen; paper has those for none of them."""
    take_quiz(page, "pressing.said-harm")
    card = outcome(page, "stop-pressing")
    own, other = "You said you would hurt yourself if they go.", "You keep checking on them."
    expect(card.get_by_text(own)).to_be_visible()
    expect(card.get_by_text(other)).to_be_hidden()
    page.emulate_media(media="print")
    expect(card.get_by_text(own)).to_be_hidden()
    expect(card.get_by_role("heading", name=title_of("stop-pressing"))).to_be_visible()


@pytest.mark.fresh
def test_the_print_button_prints(page: Page) -> None:
    page.add_init_script("window.print = () => { window.printed = true }")
    take_quiz(page, "stand.over")
    press(page, "Print this")
    assert page.evaluate("window.printed") is True


def test_what_an_outcome_adds_is_said_only_to_whom_it_concerns(page: Page) -> None:
    take_quiz(page, "stand.break", "accept.not-now")
    added = outcome(page, "on-a-break").get_by_text("Plan the empty evenings")
    expect(added).to_be_visible()
    press(page, "Look at your answers")
    press(page, f"Change: {stem_of('accept')}")
    choice(page, "accept.yes").check()
    press(page, "Continue")
    press(page, "See a next step")
    assert shown_outcomes(page) == [title_of("on-a-break")]
    expect(added).to_be_hidden()
