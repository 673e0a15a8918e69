"""The self-quiz as its reader uses it, in a real browser.

The cases are written by hand: what a reader says, and what they must then see.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.data.addresses import address
from tests.support import crockford
from tests.support.journeys import QUIZ
from tests.support.netlify import Served
from tests.support.privacy import Ledger
from tests.support.probes import axe, probe
from tests.support.quiz_page import (
    answer,
    asked,
    choice,
    given,
    go_to,
    label,
    open_quiz,
    option_of,
    outcome,
    press,
    question,
    restated,
    show_code,
    show_summary,
    shown_outcomes,
    step,
    take_quiz,
    title_of,
)

PRIVATE = [item for item in QUIZ.items if item.private]
HELPING = [o for o in QUIZ.outcomes if o.is_help]

# What is said, the next steps in their order, and the answers each rests on: only those of rules
# that hold, in the order of the questions.
OUTCOMES: dict[str, tuple[str, dict[str, str]]] = {
    "afraid": ("afraid.sometimes would-work.both", {"get-safe": "afraid.sometimes"}),
    "hurt, perhaps": ("hurt.unsure said.over", {"get-safe": "hurt.unsure"}),
    "two dangers": (
        "afraid.yes hurt.yes self.yes",
        {"get-safe": "afraid.yes hurt.yes", "help-today": "self.yes"},
    ),
    "pressing": (
        "pressing.kept-writing pressing.checked would-talk.yes",
        {"stop-pressing": "pressing.kept-writing pressing.checked"},
    ),
    "pressed none": ("pressing.none", {"no-hurry": ""}),
    "a clear no": ("afraid.no said.over accept.yes", {"respect-no": "said.over"}),
    # Who is with someone else counts only beside "they want to break up".
    "a refused talk": ("someone.theirs would-talk.refused", {"respect-no": "would-talk.refused"}),
    "someone else, and leaving": (
        "said.break-up someone.theirs",
        {"respect-no": "said.break-up someone.theirs"},
    ),
    # Leaving alone is no reason here: its rule also asks who would try counseling.
    "guessing": (
        "said.break-up why.guessing would-talk.yes",
        {"one-talk": "why.guessing would-talk.yes"},
    ),
    "unsure": ("said.unsure would-talk.maybe", {"one-talk": "said.unsure would-talk.maybe"}),
    "two rules": (
        "said.unsure why.no would-talk.unknown",
        {"one-talk": "said.unsure why.no would-talk.unknown"},
    ),
    "a break": (
        "said.break would-talk.yes would-work.neither",
        {"one-talk": "said.break would-talk.yes would-work.neither"},
    ),
    "both willing": ("would-work.both", {"together": "would-work.both"}),
    "willing, and a break": (
        "said.break would-work.both",
        {"together": "would-work.both", "get-clear": "said.break would-work.both"},
    ),
    "alone": ("said.break-up would-work.me", {"get-clear": "said.break-up would-work.me"}),
    "would not choose it": ("said.nothing choose.no", {"what-you-want": "choose.no"}),
    "someone of one's own": ("someone.mine choose.yes", {"what-you-want": "someone.mine"}),
    "a picture": ("closeness.apart missing.trust", {"no-hurry": ""}),
}


NEXT = {o.id: o.next for o in QUIZ.outcomes}
WHERE = "links => links.map(a => a.pathname + a.hash)"
"""Where links lead, below the site."""


def reasons(card: Locator) -> list[str]:
    """What a next step says it rests on."""
    return card.locator(".outcome__because li").all_inner_texts()


@pytest.mark.parametrize("case", OUTCOMES)
def test_what_is_said_leads_to_the_next_step_and_it_says_why(
    page: Page, served: Served, case: str
) -> None:
    """Reasons, readable by everyone; nothing is asked for, kept, or shown in address or title."""
    said, expected = OUTCOMES[case]
    open_quiz(page)
    before, ledger = served.asked(), Ledger(page)
    answer(page, *said.split())
    ledger.look()
    press(page, "Stop here")
    assert shown_outcomes(page) == [title_of(name) for name in expected]
    for name, because in expected.items():
        card = outcome(page, name)
        assert reasons(card) == [restated(answer) for answer in because.split()]
        links = card.get_by_role("link").evaluate_all(WHERE)
        assert links == [address(ref) for ref in NEXT[name]]
        assert not re.search(r"\d|%|!", card.inner_text())
        expect(card.get_by_text("Nothing you said points anywhere else.")).to_be_visible(
            visible=not because
        )
    assert axe(page, "main") == []
    assert probe(page, "outline") == []
    show_summary(page)
    show_code(page)
    assert ledger.close() == []
    assert served.asked() == before


def test_every_outcome_has_a_case() -> None:
    """A new one needs a case written by hand above."""
    assert {name for _, led in OUTCOMES.values() for name in led} == {o.id for o in QUIZ.outcomes}


# What is said, and each line of "what would change it": the other answer, and where it leads.
CHANGES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "one thing unknown": (
        "why.guessing would-talk.yes",
        [("why.understand", "no-hurry"), ("would-talk.refused", "respect-no")],
    ),
    "both willing": (
        "said.nothing would-work.both",
        [
            ("said.unsure", "together get-clear"),
            ("said.over", "respect-no"),
            ("would-work.me", "no-hurry"),
        ],
    ),
    "a private answer is never one to change": ("afraid.no choose.yes", [
        ("choose.unsure", "what-you-want"),
    ]),
    "a clear no is not bargained with": ("said.over", []),
    "nor is a danger": ("self.now-and-then would-talk.yes", []),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_what_would_change_it_is_told_in_the_quiz_s_own_words(page: Page, case: str) -> None:
    """At most three, the nearest; none beside help and a clear no."""
    said, expected = CHANGES[case]
    take_quiz(page, *said.split())
    shown = page.locator(".outcome:visible").first.locator(".outcome__else li").all_inner_texts()
    assert shown == [
        f"If you had said that {restated(answer)}, you would see "
        f"{' / '.join(title_of(name) for name in led.split())}."
        for answer, led in expected
    ]


# At a question


def hope(page: Page) -> None:
    """Answer everything that would lead to "keep trying", to the end."""
    hopeful = ("said.unsure", "why.guessing", "would-talk.yes", "would-work.both")
    while item := asked(page):
        for each in hopeful:
            if each.startswith(f"{item}."):
                choice(page, each).check()
        step(page)


@pytest.mark.parametrize(
    "said",
    [f"{i.id}.{o.id}" for i in QUIZ.items for o in i.options if o.flag and o.flag != "clear-no"],
)
def test_help_comes_at_once_and_then_nothing_suggests_talking_them_round(
    page: Page, said: str
) -> None:
    """With links to press; and it hides again when the answer is taken back."""
    item = said.partition(".")[0]
    helping = next(o for o in HELPING if item in {name for rule in o.when for name in rule})
    words = (helping.immediate_help or "").replace("'", "’")
    open_quiz(page)
    go_to(page, item)
    status = question(page, item).get_by_role("status")
    expect(status.get_by_role("link").locator("visible=true")).to_have_count(0)
    choice(page, said).check()
    expect(status.get_by_text(words)).to_be_visible()
    expect(status.get_by_role("link").locator("visible=true")).to_have_count(len(helping.next))
    press(page, "Clear this answer")
    expect(status.get_by_text(words)).to_be_hidden()
    choice(page, said).check()
    expect(status.get_by_text(words)).to_be_visible()
    harmless = next(o.id for o in QUIZ.item(item).options if not o.flag)
    choice(page, f"{item}.{harmless}").check()
    expect(status.get_by_text(words)).to_be_hidden()
    choice(page, said).check()
    hope(page)
    press(page, "See a next step")
    assert page.locator(".outcome:visible").first.get_by_text("Help first").is_visible()
    shown = page.locator("form").inner_text()
    for encouraging in (o for o in QUIZ.outcomes if o.encourages_contact):
        assert title_of(encouraging.id) not in shown
    assert not page.locator(".outcome__else:visible li").count()
    for link in page.locator("form a:visible").all():
        assert not re.search(r"/(talk|counseling)/", link.get_attribute("href") or "")


def test_stop_here_gives_the_outcome_of_what_was_said_so_far(page: Page) -> None:
    take_quiz(page)
    assert shown_outcomes(page) == ["You don’t have to decide today"]


def test_skip_logic_passes_over_questions_that_would_hurt(page: Page) -> None:
    open_quiz(page)
    answer(page, "said.over")
    step(page)
    assert asked(page) == "accept"
    page.go_back(wait_until="commit")
    assert asked(page) == "said"


def test_answers_to_questions_passed_over_count_nowhere(page: Page) -> None:
    """Not in summary, code, reasons or what our pages say: as if they had never been given."""
    open_quiz(page)
    answer(page, "said.break", "why.guessing", "would-talk.yes")
    for _ in range(30):
        if asked(page) == "said":
            break
        press(page, "Back")
    label(page, "said.over").click()
    press(page, "Stop here")
    assert show_code(page) == crockford.code(QUIZ, given("said.over"))
    assert "guessing" not in show_summary(page)
    page.get_by_text("What our pages say").click()
    assert shown_outcomes(page) == [title_of("respect-no")]
    assert restated("why.guessing") not in page.locator("form").inner_text()
    press(page, "Change an answer")
    review = page.locator(".quiz__answers").inner_text()
    assert option_of("said.over").text in review
    assert QUIZ.item("why").stem not in review


def what_pages_say(page: Page) -> list[str]:
    """Open that list, and return the answers it speaks to."""
    page.get_by_text("What our pages say").click()
    return page.locator(".quiz__pages li b").all_inner_texts()


def test_our_pages_answer_each_thing_that_was_said(page: Page) -> None:
    """Its words, and a link to the page it comes from."""
    take_quiz(page, "said.break", "someone.no", "missing.fun", "missing.time")
    assert what_pages_say(page) == [
        restated(each) for each in ("said.break", "someone.no", "missing.time", "missing.fun")
    ]
    links = page.locator(".quiz__pages").get_by_role("link").evaluate_all(WHERE)
    said = ("said.break", "someone.no", "missing.time", "missing.fun")
    assert links == [address(option_of(each).see) for each in said]
    first = page.locator(".quiz__pages li").first
    assert option_of("said.break").feedback.replace("'", "’") in first.inner_text()
    first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/let-go/#contact$"))


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ("afraid.no said.over accept.yes", "said.over"),
        ("self.yes said.unsure missing.trust", "self.yes"),
        ("pressing.checked pressing.turned-up", "pressing.turned-up pressing.checked"),
    ],
)
def test_help_and_a_clear_no_are_not_watered_down(page: Page, said: str, because: str) -> None:
    """Beside them our pages speak only to what they rest on."""
    take_quiz(page, *said.split())
    assert what_pages_say(page) == [restated(each) for each in because.split()]


def test_back_and_forward_walk_the_questions_and_keep_the_answers(page: Page) -> None:
    """By the browser's buttons, and by ours."""
    page.goto("/")
    open_quiz(page)
    expect(page.get_by_role("button", name="Back", exact=True)).to_be_hidden()
    answer(page, "afraid.no", "hurt.no")
    step(page)
    assert asked(page) == "self"
    press(page, "Back")
    assert asked(page) == "hurt"
    expect(choice(page, "hurt.no")).to_be_checked()
    page.go_back(wait_until="commit")
    assert asked(page) == "afraid"
    expect(choice(page, "afraid.no")).to_be_checked()
    page.go_forward(wait_until="commit")
    page.go_forward(wait_until="commit")
    assert asked(page) == "self"
    for _ in range(3):
        page.go_back(wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_contain_text("They want to")


def test_the_reader_is_told_where_they_are(page: Page) -> None:
    """Which part, which question of how many."""
    open_quiz(page)
    where = page.locator(".quiz__where")
    expect(where).to_contain_text("Are you both safe?")
    expect(where).to_contain_text("Question 1 of 16")
    go_to(page, "said")
    expect(where).to_contain_text("What has been said")
    expect(where).to_contain_text("Question 5 of 16")


def test_reload_begins_at_question_one_with_nothing_chosen(page: Page) -> None:
    open_quiz(page)
    choice(page, "afraid.yes").check()
    step(page)
    page.reload()
    assert asked(page) == "afraid"
    assert not page.locator("form :checked").count()


def test_every_answer_can_be_changed_in_the_review(page: Page) -> None:
    """It lists all that was asked and said, and each Change leads to its own question and back."""
    open_quiz(page)
    answer(page, "said.unsure", "missing.time", "missing.fun")
    while asked(page):
        step(page)
    expect(page.get_by_role("heading", name="Your answers")).to_be_focused()
    rows = page.locator(".quiz__answer")
    stems = rows.locator("dt").all_inner_texts()
    assert stems == [item.stem.replace("'", "’") for item in QUIZ.items]
    shown = dict(
        zip([i.id for i in QUIZ.items], rows.locator("dd:nth-of-type(1)").all(), strict=True)
    )
    told = {"said": "They are unsure", "missing": "Time together · Fun"}
    for item, row in shown.items():
        expect(row).to_have_text(told.get(item, "Skipped"))
    press(page, "Change: What have they told you?")
    expect(choice(page, "said.unsure")).to_be_checked()
    choice(page, "said.nothing").check()
    press(page, "Next")
    expect(page.get_by_role("heading", name="Your answers")).to_be_visible()
    expect(rows.nth(4)).to_contain_text("Nothing. I feel it")
    press(page, "See a next step")
    assert shown_outcomes(page) == [title_of("no-hurry")]


def test_an_answer_can_be_cleared_and_all_of_them(page: Page) -> None:
    open_quiz(page)
    choice(page, "afraid.yes").check()
    press(page, "Clear this answer")
    assert not page.locator("form :checked").count()
    expect(page.get_by_role("button", name="Skip")).to_be_visible()
    choice(page, "afraid.yes").check()
    press(page, "Stop here")
    show_code(page)
    press(page, "Clear everything and start again")
    assert asked(page) == "afraid"
    assert not page.locator("form :checked").count()
    assert not page.locator(".quiz__taken *, .outcome__why *").count()


def test_none_of_these_stands_alone(page: Page) -> None:
    open_quiz(page)
    answer(page, "pressing.checked", "pressing.none")
    expect(choice(page, "pressing.checked")).not_to_be_checked()
    choice(page, "pressing.turned-up").check()
    expect(choice(page, "pressing.none")).not_to_be_checked()


def test_two_clicks_or_a_held_key_make_one_step(page: Page) -> None:
    """Nobody skips a question about fear by a nervous finger."""
    open_quiz(page)
    skip = page.get_by_role("button", name="Skip")
    skip.dblclick()
    assert asked(page) == "hurt"
    # Where the button stays under the pointer, its second click comes to it too.
    skip.dispatch_event("click", {"detail": 2})
    assert asked(page) == "hurt"
    skip.focus()
    for _ in range(10):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    assert asked(page) == "self"


def test_the_whole_quiz_works_by_keyboard_alone_and_choosing_never_moves_on(page: Page) -> None:
    def tab_to(what: Locator) -> None:
        for _ in range(40):
            if what.evaluate("e => e === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError("not reached by Tab")

    open_quiz(page)
    first, second = QUIZ.items[:2]
    tab_to(choice(page, f"{first.id}.{first.options[0].id}"))
    page.keyboard.press("Space")
    for follower in first.options[1:]:
        page.keyboard.press("ArrowDown")
        expect(choice(page, f"{first.id}.{follower.id}")).to_be_checked()
        assert asked(page) == first.id
    page.keyboard.press("Enter")
    assert asked(page) == first.id
    tab_to(page.get_by_role("button", name="Next"))
    page.keyboard.press("Enter")
    assert asked(page) == second.id
    expect(question(page, second.id).locator("legend")).to_be_focused()
    tab_to(page.get_by_role("button", name="Stop here"))
    page.keyboard.press("Enter")
    expect(page.locator(".outcome__title:visible").first).to_be_focused()


def test_a_link_within_the_quiz_leaves_the_reader_where_they_are(page: Page) -> None:
    """The skip link changes the fragment; Next and the browser's Back go on from the same place."""
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
    take_quiz(page, "afraid.yes", "said.break")
    assert not page.locator("textarea, output").count()
    assert show_summary(page).split("\n") == [
        f"Self-quiz, edition {QUIZ.edition}",
        "",
        "What have they told you?",
        "  They want a break",
    ]
    assert show_code(page) == crockford.code(QUIZ, given("said.break"))


def test_a_summary_has_the_next_step_and_the_answers(page: Page) -> None:
    take_quiz(page, "said.over", "accept.try")
    assert show_summary(page).split("\n") == [
        f"Self-quiz, edition {QUIZ.edition}",
        "A next step to think about: Respect the no",
        "",
        "What have they told you?",
        "  It is over, and they said so clearly",
        "If they want to go, could you let them?",
        "  I would try",
    ]
    assert show_code(page) == crockford.code(QUIZ, given("said.over", "accept.try"))


# Without scripts, and on paper


def test_without_scripts_the_worksheet_is_whole(new_page: Callable[..., Page]) -> None:
    """Every question, option, help and outcome is there; nothing is sent, nothing does nothing."""
    page = new_page(scripts=False)
    page.goto("/quiz/")
    for item in QUIZ.items:
        expect(question(page, item.id)).to_be_visible()
        for each in item.options:
            expect(choice(page, f"{item.id}.{each.id}")).to_be_visible()
    for one in QUIZ.outcomes:
        expect(outcome(page, one.id)).to_be_visible()
        for also in one.also:
            expect(outcome(page, one.id).get_by_text(also.text.replace("'", "’"))).to_be_visible()
    key = page.get_by_role("region", name="What your answers point to")
    expect(key).to_be_visible()
    for one in QUIZ.outcomes:
        there = key.get_by_role("link", name=title_of(one.id), exact=True).get_attribute("href")
        expect(page.locator(there or "").get_by_role("heading").first).to_have_text(
            title_of(one.id)
        )
    choice(page, "afraid.yes").check()
    before = page.url
    choice(page, "afraid.yes").press("Enter")
    assert page.url == before
    assert not page.get_by_role("button").count()


# Question, the letters of the answers that call for help, and how its words begin.
HELP_ON_THE_WORKSHEET = [
    ("afraid", "If you chose b or c:", "You don’t have to sort this out alone."),
    ("hurt", "If you chose b or c:", "You don’t have to sort this out alone."),
    ("self", "If you chose b or c:", "You don’t have to be in danger to ask for help."),
    ("pressing", "If you chose a, b, c, d or e:", "You can stop today"),
]


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_worksheet_has_the_help_beside_its_question(
    new_page: Callable[..., Page], media: str
) -> None:
    """With the letters that call for it, and a link to people who answer."""
    page = new_page(scripts=False)
    page.goto("/quiz/")
    page.emulate_media(media=media)  # type: ignore[arg-type]
    for item, letters, words in HELP_ON_THE_WORKSHEET:
        expect(question(page, item).get_by_text(letters)).to_be_visible()
        expect(question(page, item).get_by_text(words)).to_be_visible()
        addresses = [
            a.get_attribute("href") for a in question(page, item).get_by_role("link").all()
        ]
        assert any((address or "").endswith("help/") for address in addresses), item


def test_the_worksheet_s_jump_names_the_right_question(new_page: Callable[..., Page]) -> None:
    """Whoever follows it on paper comes to the question the screen would ask."""
    page = new_page(scripts=False)
    page.goto("/quiz/")
    jumps = page.get_by_text(re.compile("go on with question"))
    expect(jumps).to_have_count(1)
    expect(question(page, "said").locator(jumps)).to_have_text("If e, go on with question 16.")
    expect(question(page, "said").locator("label").nth(4)).to_contain_text("e It is over")
    sixteenth = page.get_by_role("group").filter(has=page.get_by_text("16.", exact=True))
    expect(sixteenth).to_contain_text("If they want to go, could you let them?")
    page.goto("/counselors/quiz/")
    words = page.get_by_text("skips to question").first
    expect(words).to_contain_text("“It is over, and they said so clearly” skips to question 16.")


@pytest.mark.allow("planted")
def test_a_failure_half_way_brings_the_whole_worksheet_back(page: Page) -> None:
    open_quiz(page)
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
    open_quiz(page)
    chosen, other = choice(page, "afraid.yes"), choice(page, "afraid.no")
    chosen.check()
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
        ("afraid.yes said.break", False),
        ("afraid.no hurt.no self.no pressing.none said.unsure why.no", True),
        ("pressing.said-harm said.over", False),
        ("self.now-and-then", False),
    ],
)
def test_a_printed_next_step_has_no_private_answer(page: Page, said: str, why: bool) -> None:
    """Neither as a reason nor under "what our pages say", nor the start of such a sentence."""
    take_quiz(page, *said.split())
    private = [each for each in said.split() if QUIZ.item(each.partition(".")[0]) in PRIVATE]
    page.get_by_text("What our pages say").click()
    for each in private:
        expect(page.get_by_text(restated(each), exact=True).first).to_be_visible()
    show_code(page)
    page.emulate_media(media="print")
    paper = re.sub("If you are afraid of your partner", "", page.locator("form").inner_text())
    assert shown_outcomes(page)[0] in paper
    assert ("Why you see this" in paper) is why
    assert "You said that" not in paper
    for item in PRIVATE:
        for each in item.options:
            assert restated(f"{item.id}.{each.id}") not in paper
    assert not page.get_by_role("button").locator("visible=true").count()
    assert not page.locator("output:visible").count()


def test_what_an_outcome_adds_for_a_private_answer_is_not_printed(page: Page) -> None:
    """Each way of pressing has its own words on the screen; paper has those for none of them."""
    take_quiz(page, "pressing.said-harm")
    card = outcome(page, "stop-pressing")
    expect(card.get_by_text("call or text a crisis line")).to_be_visible()
    expect(card.get_by_text("Sleep somewhere else")).to_be_hidden()
    page.emulate_media(media="print")
    expect(card.get_by_text("call or text a crisis line")).to_be_hidden()
    expect(card.get_by_text("Stop it today")).to_be_visible()


def test_the_print_button_prints(page: Page) -> None:
    page.add_init_script("window.print = () => { window.printed = true }")
    take_quiz(page, "said.over")
    press(page, "Print this")
    assert page.evaluate("window.printed") is True


def test_what_an_outcome_adds_is_said_only_to_whom_it_concerns(page: Page) -> None:
    take_quiz(page, "would-work.both", "accept.not-now")
    added = outcome(page, "together").get_by_text("Tell the counselor that.")
    expect(added).to_be_visible()
    press(page, "Change an answer")
    press(page, "Change: If they want to go, could you let them?")
    choice(page, "accept.yes").check()
    press(page, "Next")
    press(page, "See a next step")
    expect(added).to_be_hidden()
