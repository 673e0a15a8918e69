"""The counselors' desk, used as a counselor and a client would: to send, to hand over, to read."""

import io
import re
from collections.abc import Callable, Iterator

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from macros.data.addresses import address, short
from macros.quiz.outcomes import outcomes_for
from tests.support import crockford, fault_injection
from tests.support.browsers import PHONE
from tests.support.builds import run
from tests.support.desk_page import (
    QR,
    code_in,
    copied,
    path_of,
    read_code,
    tick,
    unfold,
    with_clipboard,
)
from tests.support.fault_injection import replace
from tests.support.journeys import PUBLIC, QUIZ, SITE
from tests.support.netlify import Served, serve
from tests.support.paper import dense, printed
from tests.support.quiz_page import (
    given,
    option_of,
    reason,
    reasons,
    show_code,
    shown_outcomes,
    take_quiz,
    title_of,
    words_of,
)

OURS = [path for path, page in SITE.pages.items() if page.meta.group != "desk"]


# The link at a heading


@pytest.mark.fresh
def test_a_heading_copies_its_lasting_address(page: Page) -> None:
    """By keyboard: the plain address is copied, said, and the page stays where it is."""
    with_clipboard(page).goto("/talk/?from=somewhere#stop")
    link = page.get_by_role("link", name="Copy link to this section: Ask why, then be quiet")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert copied(page) == f"{PUBLIC}/talk/#ask-why"
    assert page.url.endswith("/talk/?from=somewhere#stop")
    page.keyboard.press("Tab")
    expect(page.get_by_role("status")).to_have_text("")


@pytest.mark.whole_browser
def test_a_heading_s_link_is_copied_by_the_real_clipboard(page: Page) -> None:
    """The site's own policy lets a page write to the clipboard."""
    page.goto("/talk/")
    page.get_by_role("link", name="Copy link to this section: Children").or_(
        page.get_by_role("link", name="Copy link to this section: How to begin")
    ).first.click()
    expect(page.get_by_role("status")).to_have_text("Copied.")


@pytest.mark.whole_browser
def test_a_heading_s_link_is_large_enough_for_a_thumb(new_page: Callable[..., Page]) -> None:
    """44 by 44 pixels, on a phone, and a tap copies."""
    page = new_page(size=PHONE, has_touch=True)
    page.goto("/talk/")
    for link in page.get_by_role("link", name="Copy link to this section").all():
        box = link.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44
    page.get_by_role("link", name="Copy link to this section: How to begin").tap()
    expect(page.get_by_role("status")).to_have_text("Copied.")


@pytest.mark.fresh
def test_a_heading_s_link_is_a_link_where_nothing_can_be_copied(
    new_page: Callable[..., Page],
) -> None:
    """Without scripts, or without a clipboard, it leads to the section."""
    page = new_page(scripts=False)
    page.goto("/talk/")
    page.get_by_role("link", name="Copy link to this section: When to stop").click()
    assert page.url.endswith("/talk/#stop")
    page = new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto("/talk/")
    page.get_by_role("link", name="Copy link to this section: When to stop").click()
    page.wait_for_url("**/talk/#stop")


# The link desk


def test_the_desk_has_every_page_and_section_once(page: Page) -> None:
    """Generated: what the site has, the desk has, with its whole address."""
    page.goto("/counselors/links/")
    refs = [*SITE.pages]
    refs += [f"{path}#{s.id}" for path, found in SITE.pages.items() for s in found.sections]
    shown = page.locator("[data-entry] .desk__address").all_text_contents()
    assert sorted(shown) == sorted(PUBLIC + address(ref) for ref in refs)
    # What an entry's title opens, what its button copies, and what it prints, are that address.
    wrong = page.locator("[data-entry]").evaluate_all(
        """(entries, home) => entries.filter(entry => {
            const shown = entry.querySelector(".desk__address").textContent;
            const [title, print] = entry.querySelectorAll("a");
            const here = a => home + a.pathname;
            return entry.querySelector("[data-copy]").dataset.copy !== shown
                || here(title) + title.hash !== shown
                || here(print) !== shown.split("#")[0] || print.hash !== "#on-paper";
        }).map(entry => entry.textContent)""",
        PUBLIC,
    )
    assert wrong == []


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_every_code_of_the_desk_holds_the_address_beside_it(
    new_page: Callable[..., Page], step: int
) -> None:
    """Read from pictures, a group at a time: one of the whole open page takes far longer."""
    page = new_page()
    page.goto("/counselors/links/")
    page.get_by_role("banner").evaluate("bar => bar.remove()")  # it would stand on the pictures
    page.evaluate("for (const fold of document.querySelectorAll('.desk details')) fold.open = true")
    codes = page.locator(".desk__code").count()
    assert codes
    expect(page.locator(".desk__code .qr path[d]")).to_have_count(codes)
    read = 0
    for group in page.locator(".desk__group").all()[::step]:
        shown = group.locator(".desk__address").all_text_contents()
        group.evaluate(
            "g => { for (const other of document.querySelectorAll('.desk__group'))"
            " other.style.display = other === g ? '' : 'none' }"
        )
        picture = Image.open(io.BytesIO(group.screenshot()))
        places = group.evaluate(
            """group => [...group.querySelectorAll("[role=img]")].map(code => {
                const { x, y } = group.getBoundingClientRect();
                const { left, top, right, bottom } = code.getBoundingClientRect();
                return [left - x, top - y, right - x, bottom - y];
            })"""
        )
        found = [zxingcpp.read_barcodes(picture.crop(tuple(place)), QR) for place in places]
        assert [[code.text for code in codes] for codes in found] == [[text] for text in shown]
        read += len(found)
    assert 10 < read <= codes
    assert step > 1 or read == codes


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_code_scanned_from_the_desk_opens_the_section(
    new_page: Callable[..., Page], dark: bool
) -> None:
    """From the counselor's screen to the client's phone."""
    desk = new_page(dark=dark)
    desk.goto("/counselors/links/")
    desk.get_by_label("Find a page or section").fill("ask quiet")
    entry = desk.locator("[data-entry]:visible").filter(has_text="Ask why, then be quiet")
    expect(entry).to_have_count(1)
    entry.get_by_text("QR code").click()
    phone = new_page(size=PHONE, has_touch=True)
    phone.goto(path_of(code_in(entry.get_by_role("img", name="QR code"))))
    expect(phone.get_by_role("heading", name="Ask why, then be quiet")).to_be_in_viewport()


@pytest.mark.fresh
def test_the_desk_copies_an_address(page: Page) -> None:
    """One press, and it is said."""
    with_clipboard(page).goto("/counselors/links/")
    unfold(page, "Ask for one open talk")
    page.get_by_role("button", name="Copy the address: Ask why, then be quiet").click()
    assert copied(page) == f"{PUBLIC}/talk/#ask-why"
    expect(page.locator(".bar__status")).to_have_text("Copied.")


def test_the_desk_leaves_what_is_typed(page: Page) -> None:
    """Groups without a hit go too; an emptied field brings everything back."""
    page.goto("/counselors/links/")
    everything = page.locator("[data-entry]:visible").count()
    find = page.get_by_label("Find a page or section")
    find.fill("children")
    hits = page.locator("[data-entry]:visible")
    assert 0 < hits.count() < everything
    assert any("Children" in text for text in hits.all_inner_texts())
    expect(page.locator(".desk [role=status]")).to_have_text(f"{hits.count()} found")
    find.fill("<qqqq>")
    expect(hits).to_have_count(0)
    expect(page.locator("[data-group]:visible")).to_have_count(0)
    find.fill("")
    expect(hits).to_have_count(everything)


def test_the_desk_is_whole_without_scripts(new_page: Callable[..., Page]) -> None:
    """Nothing that needs a script is offered; the rest is there."""
    page = new_page(scripts=False)
    page.goto("/counselors/links/")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(page.get_by_text("QR code", exact=True).locator("visible=true")).to_have_count(0)
    expect(page.get_by_label("Find a page or section")).to_be_hidden()
    unfold(page)
    assert page.get_by_role("link", name=re.compile("^Print")).count() == len(
        page.locator("[data-entry]").all()
    )
    for name in ("Print: Ask for one open talk", "Print its page: Ask why, then be quiet"):
        page.goto("/counselors/links/")
        unfold(page, "Ask for one open talk")
        page.get_by_role("link", name=name).click()
        assert page.url.endswith("/talk/#on-paper")
        expect(page.get_by_text("On paper, this page carries its address")).to_be_in_viewport()


# The reading list


def test_a_list_goes_from_the_desk_to_the_phone(
    new_page: Callable[..., Page], served: Served
) -> None:
    """Ticked, ordered, scanned, opened: the same entries in the same order, and no request."""
    desk = new_page()
    desk.goto("/counselors/list/", wait_until="networkidle")
    asked = served.asked()
    tick(desk, "talk.ask-why", "after", "home.tonight")
    for ref in ("after.md", "index.md#tonight"):
        desk.get_by_role("button", name=f"Up: {SITE.pages.title(ref)}").click()
    shown = desk.locator(".maker__chosen .maker__title").all_inner_texts()
    whole = desk.locator(".maker__address").inner_text()
    assert whole == f"{PUBLIC}/list/#after,home.tonight,talk.ask-why"
    assert code_in(desk.get_by_role("img", name="QR code of the list")) == whole
    assert desk.url == f"{served.url}/counselors/list/"
    assert served.asked() == asked
    phone = new_page(size=PHONE, has_touch=True)
    phone.goto(path_of(whole))
    entries = phone.locator(".reading__list li")
    assert entries.locator("a").all_inner_texts() == shown
    expect(phone.locator(".reading__all")).to_be_hidden()
    entries.nth(2).get_by_role("link").tap()
    expect(phone.get_by_role("heading", name="Ask why, then be quiet")).to_be_in_viewport()


def test_a_list_is_put_in_order_by_keyboard(page: Page) -> None:
    """The focus stays with what moves, each move is said, and what is taken off is unticked."""
    page.goto("/counselors/list/")
    tick(page, "talk", "after", "care")
    title = SITE.pages["care.md"].meta.heading
    up = page.get_by_role("button", name=f"Up: {title}")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    status = page.get_by_role("region", name="The list").get_by_role("status")
    expect(status).to_have_text(f"{title}: place 2 of 3.")
    page.get_by_role("button", name=f"Remove: {title}").press("Enter")
    expect(page.locator('[id="pick.care"]')).not_to_be_checked()
    assert page.locator(".maker__address").inner_text().endswith("/list/#talk,after")
    expect(page.get_by_role("button", name=re.compile("^Remove"))).to_have_count(2)
    expect(page.locator(":focus")).to_have_text("Remove")
    page.get_by_role("button", name="Down: Ask for one open talk").press("Enter")
    assert page.locator(".maker__address").inner_text().endswith("/list/#after,talk")


@pytest.mark.fresh
def test_a_list_is_copied_and_printed_as_it_is_shown(page: Page) -> None:
    """The button copies the address beside it; paper has each entry's own, in order, and a code."""
    with_clipboard(page).goto("/counselors/list/")
    page.evaluate("window.print = () => { window.printed = true }")
    tick(page, "care", "talk")
    page.get_by_role("button", name="Copy the address").click()
    assert (
        copied(page) == page.locator(".maker__address").inner_text() == f"{PUBLIC}/list/#care,talk"
    )
    page.get_by_role("button", name="Print the list").click()
    assert page.evaluate("window.printed") is True
    (text,) = printed(page, "A4").sides
    for path in ("care.md", "talk.md"):
        meta = SITE.pages[path].meta
        for said in (meta.heading, meta.lead, PUBLIC + address(path)):
            assert dense(said.replace("'", "\u2019")) in text
    assert text.index(f"{PUBLIC}/care/") < text.index(f"{PUBLIC}/talk/")
    assert dense(f"{PUBLIC}/list/#care,talk") in text
    assert dense("The whole page") not in text
    page.emulate_media(media="print")
    assert (
        code_in(page.get_by_role("img", name="QR code of the list")) == f"{PUBLIC}/list/#care,talk"
    )


def test_every_entry_of_the_maker_is_known_to_the_list(page: Page) -> None:
    """Whatever can be ticked can be shown; nothing on the desk's own pages can be ticked."""
    page.goto("/counselors/list/")
    offered = page.locator(".maker__pick input").evaluate_all("all => all.map(box => box.value)")
    refs = OURS + [f"{path}#{s.id}" for path in OURS for s in SITE.pages[path].sections]
    assert sorted(offered) == sorted(short(ref) for ref in refs)
    half = len(offered) // 3
    for part in (offered[:half], offered[half : 2 * half], offered[2 * half :]):
        page.goto("about:blank")
        page.goto(f"/list/#{','.join(part[:40])}")
        expect(page.locator(".reading__list li")).to_have_count(len(part[:40]))
        expect(page.locator(".reading__unknown")).to_be_hidden()


def test_there_is_no_field_for_a_name(page: Page) -> None:
    """Nothing can be typed into the maker, and leaving the page empties it."""
    page.goto("/counselors/list/")
    expect(page.get_by_role("textbox")).to_have_count(0)
    tick(page, "talk")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(page.locator(".maker__chosen li")).to_have_count(0)
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)


HOSTILE = [
    *("no-such-page", "talk.no-such-section", "__proto__", "constructor", "talk,", ",", "TALK"),
    *("%3Cimg%20src=x%20onerror=alert(1)%3E", "<svg onload=alert(1)>", "javascript:alert(1)"),
    *("../../etc/passwd", "talk talk", "a" * 5000, ",".join(f"x{n}" for n in range(5000))),
]


def test_a_list_s_address_is_taken_as_hostile(page: Page) -> None:
    """What is not ours is a kind note that does not repeat it, alone or beside a known page."""
    page.goto("/list/")
    for hostile in [f"{known}{text}" for text in HOSTILE for known in ("", "talk,")]:
        page.goto(f"/list/#{hostile}")
        expect(page.get_by_text("Part of this list is not on this site")).to_be_visible()
        shown = page.locator(".reading__list li a").all_inner_texts()
        assert set(shown) <= {SITE.pages["talk.md"].meta.heading}, hostile[:60]
        repeated = hostile.removeprefix("talk,")[:40]
        if repeated not in ("", "talk,", ",", "constructor"):
            assert repeated not in page.locator("main").inner_text()


def test_the_skip_link_does_not_lose_the_list(page: Page) -> None:
    """An address within the page is not another list; another list is."""
    page.goto("/list/#talk,after")
    page.get_by_role("link", name=re.compile("^Skip to ")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/list/#main")
    expect(page.locator(".reading__list li")).to_have_count(2)
    page.goto("/list/#care")
    expect(page.locator(".reading__list li")).to_have_count(1)


def test_a_list_is_everything_without_scripts(new_page: Callable[..., Page]) -> None:
    """The client still has every page, and the maker says where else to turn."""
    page = new_page(scripts=False)
    page.goto("/list/#talk,after")
    expect(page.locator("[data-id]")).not_to_have_count(0)
    expect(page.locator(".reading__all")).to_be_visible()
    expect(page.locator(".reading__list")).to_be_hidden()
    page.goto("/counselors/list/")
    expect(page.get_by_role("link", name="the link desk")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)


# The code reader


def reachable() -> Iterator[tuple[str, list[str]]]:
    """Each outcome that answers without private ones lead to, with such answers."""
    for outcome in QUIZ.outcomes:
        for rule in outcome.when or ({},):
            chosen = [
                f"{i.id}.{rule[i.id][0]}" for i in QUIZ.items if i.id in rule and not i.private
            ]
            reached = [found.outcome.id for found in outcomes_for(QUIZ, given(*chosen))]
            if len(chosen) == len(rule) and outcome.id in reached:
                yield outcome.id, chosen
                break


REACHABLE = dict(reachable())
CODE = crockford.code(QUIZ, given("stand.break-up", "choose.no", "accept.yes"))
"""The code of a client who has been told of a breakup."""


def test_every_outcome_but_help_can_be_read_from_a_code() -> None:
    """Help rests on private answers, which no code holds."""
    assert {*REACHABLE} == {o.id for o in QUIZ.outcomes if not o.is_help}


@pytest.mark.parametrize(
    "outcome",
    [pytest.param(o, marks=[pytest.mark.slow] * (n > 2)) for n, o in enumerate(REACHABLE)],
)
def test_a_code_goes_from_the_quiz_to_the_reader(page: Page, outcome: str) -> None:
    """The reader shows the answers given, the same next step, and what it rests on."""
    answers = REACHABLE[outcome]
    take_quiz(page, "afraid.no", *answers)
    code = show_code(page)
    assert code == crockford.code(QUIZ, given(*answers))
    shown, because = shown_outcomes(page), reasons(page)
    page.goto("/counselors/code/")
    page.get_by_label("Answer code", exact=True).fill(code)
    page.get_by_role("button", name="Read it").first.click()
    assert page.locator(".reader__outcome a").all_inner_texts() == shown
    assert page.locator(".reader__outcome li").all_inner_texts() == because
    told = dict.fromkeys((i.id for i in QUIZ.items if not i.private), "Skipped")
    for each in answers:
        told[each.partition(".")[0]] = words_of(each)
    assert page.locator(".reader__answers dd").all_inner_texts() == [*told.values()]
    expect(page.get_by_text("questions on safety are never in a code")).to_be_visible()
    page.locator(".reader__outcome a").first.click()
    expect(page.get_by_role("heading", name=shown[0], exact=True)).to_be_in_viewport()


def test_a_code_leads_to_the_next_step_of_its_answers(page: Page) -> None:
    """For every next step that a code can lead to, with all it rests on."""
    page.goto("/counselors/code/")
    for answers in REACHABLE.values():
        read_code(page, crockford.code(QUIZ, given(*answers)))
        (reached,) = outcomes_for(QUIZ, given(*answers))
        assert page.locator(".reader__outcome a").all_inner_texts() == [
            title_of(reached.outcome.id)
        ]
        because: dict[str, list[str]] = {}
        for item, option in reached.because:
            because.setdefault(item, []).append(f"{item}.{option}")
        said = [reason(*of) for of in because.values()]
        assert page.locator(".reader__outcome li").all_inner_texts() == said


def test_a_code_is_read_however_it_is_typed(page: Page) -> None:
    """Small letters, spaces, no spaces, O for zero, I and L for one."""
    page.goto("/counselors/code/")
    told = option_of("stand.break-up").text
    plain = CODE.replace("-", "")
    spoken = plain.replace("0", "O").replace("1", "l")
    for typed in (CODE, plain.lower(), " ".join(plain), spoken, plain.replace("1", "I")):
        read_code(page, typed)
        expect(page.locator(".reader__answers")).to_contain_text(told)
        page.get_by_role("button", name="Forget the codes").click()


def test_a_mistyped_code_is_never_guessed_and_leaves_no_answers_standing(page: Page) -> None:
    """A symbol wrong, or two neighbors swapped: a note, and not the last client's answers."""
    page.goto("/counselors/code/")
    plain = CODE.replace("-", "")
    wrong = [
        f"{plain[:n]}{'7' if plain[n] != '7' else '8'}{plain[n + 1 :]}"
        for n in (0, 3, len(plain) - 1)
    ]
    swap = next(n for n in range(len(plain) - 1) if plain[n] != plain[n + 1])
    wrong.append(f"{plain[:swap]}{plain[swap + 1]}{plain[swap]}{plain[swap + 2 :]}")
    for typed in [*wrong, "", "hello", "<b>", "0" * 60, "U-U-U"]:
        read_code(page, CODE)
        expect(page.locator(".reader__answers")).to_be_visible()
        expect(page.get_by_role("alert").first).to_be_empty()
        read_code(page, typed)
        if typed in wrong:
            expect(page.get_by_role("alert").first).to_contain_text("Ask for the code again")
        expect(page.get_by_role("alert").first).not_to_be_empty()
        expect(page.locator(".reader__answers, .reader__outcome")).to_have_count(0)
        expect(page.get_by_text("A second code", exact=True)).to_be_hidden()


@pytest.fixture(scope="module")
def next_edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a site whose quiz has gone on: another edition, one option with another id."""
    root = fault_injection.project(tmp_path_factory.mktemp("next") / "project")
    questions = root / "docs/data/questions.yml"
    assert not run(root, "macros", "edition", "2026-12-01").returncode
    replace(questions, f"\nedition: {QUIZ.edition}\n", f"\nedition: {QUIZ.edition + 1}\n")
    replace(questions, "- id: unnamed\n", "- id: nameless\n")
    assert not run(root, "macros", "edition").returncode
    done = run(root, "mkdocs", "build", "--strict", "--site-dir", "built")
    assert not done.returncode, done.stdout
    with serve(root / "built") as served:
        yield served


@pytest.mark.slow
def test_a_code_of_an_older_edition_is_still_read(
    next_edition: Served, new_page: Callable[..., Page]
) -> None:
    """Its answers, what is no longer known, and no next step by the rules of another day.

    test_a_code_written_down_from_the_first_edition_is_read holds it of the edition before this.
    """
    page = new_page(base_url=next_edition.url)
    page.goto("/counselors/code/")
    read_code(page, crockford.code(QUIZ, given("stand.break-up", "missing.unnamed")))
    expect(page.get_by_text(f"Edition {QUIZ.edition} of the quiz")).to_be_visible()
    expect(page.get_by_text("The quiz has changed since this code was made")).to_be_visible()
    expect(page.locator(".reader__outcome")).to_have_count(0)
    answers = page.locator(".reader__answers")
    expect(answers).to_contain_text(option_of("stand.break-up").text)
    expect(answers.get_by_text("An answer this edition no longer has")).to_have_count(1)


# Made by the first edition as it was released: it is over, they understand why, trust and fun are
# missing, they would not choose it again, they would try to let it end.
FIRST_EDITION = "D14E-MAP1-*"


def test_a_code_written_down_from_the_first_edition_is_read(page: Page) -> None:
    """What is still asked is told; a question or an answer that has gone is not guessed at."""
    page.goto("/counselors/code/")
    read_code(page, FIRST_EDITION)
    expect(page.get_by_text("Edition 1 of the quiz")).to_be_visible()
    expect(page.locator(".reader__outcome")).to_have_count(0)
    told = dict.fromkeys((item.id for item in QUIZ.items if not item.private), "Skipped")
    for each in ("why.understand", "choose.no", "accept.try"):
        told[each.partition(".")[0]] = words_of(each)
    told["missing"] = f"{words_of('missing.trust')} · An answer this edition no longer has"
    assert page.locator(".reader__answers dd").all_inner_texts() == [*told.values()]


def test_a_code_of_an_edition_to_come_is_not_guessed(page: Page) -> None:
    """An old copy of the page, say from a disk, says that it cannot read it."""
    to_come = QUIZ.model_copy(update={"edition": QUIZ.edition + 1})
    page.goto("/counselors/code/")
    read_code(page, crockford.code(to_come, given("stand.break-up")))
    expect(page.get_by_role("alert").first).to_contain_text("from another edition of the quiz")


def test_two_codes_come_with_the_caution_first(page: Page) -> None:
    """The second field is behind the caution; then agreement is told question by question."""
    page.goto("/counselors/code/")
    other = page.get_by_label("The other answer code")
    expect(other).to_be_hidden()
    read_code(page, CODE)
    expect(other).to_be_hidden()
    expect(page.get_by_text("Stop here if either of them is afraid")).to_be_visible()
    page.get_by_role("button", name="I have asked each of them alone").click()
    expect(other).to_be_focused()
    read_code(
        page,
        crockford.code(QUIZ, given("stand.break-up", "choose.unsure")),
        "The other answer code",
    )
    agreed = page.get_by_text("They agree on one question and differ on one question.")
    expect(agreed).to_contain_text("To 6 questions, one of them gave no answer, or both did not.")
    rows = [row.get_by_role("cell").all_inner_texts() for row in page.locator("tbody tr").all()]
    told = {
        "stand": ["They want to break up", "They want to break up", "Yes"],
        "choose": ["No", "I’m not sure", "No"],
        "accept": ["Yes", "Skipped", ""],
    }
    public = [item.id for item in QUIZ.items if not item.private]
    assert rows == [told.get(item, ["Skipped", "Skipped", ""]) for item in public]


def test_the_reader_sends_and_keeps_nothing(page: Page, served: Served) -> None:
    """No request, no trace in the address, title or history; gone on Forget, and on leaving."""
    page.goto("/counselors/code/", wait_until="networkidle")
    asked, title, entries = served.asked(), page.title(), page.evaluate("history.length")
    read_code(page, CODE)
    expect(page.locator(".reader__answers")).to_be_visible()
    assert served.asked() == asked
    assert (page.title(), page.evaluate("history.length")) == (title, entries)
    assert page.url == f"{served.url}/counselors/code/"
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(page.get_by_label("Answer code", exact=True)).to_have_value("")
    expect(page.locator(".reader__answers")).to_have_count(0)
    read_code(page, CODE)
    page.get_by_role("button", name="Forget the codes").click()
    expect(page.get_by_label("Answer code", exact=True)).to_be_focused()
    assert CODE not in page.content()


def test_the_reader_points_to_the_paper_key_without_scripts(
    new_page: Callable[..., Page],
) -> None:
    """Nothing that needs a script is offered."""
    page = new_page(scripts=False)
    page.goto("/counselors/code/")
    expect(page.get_by_label("Answer code", exact=True)).to_be_hidden()
    page.get_by_role("link", name="the worksheet\u2019s key").click()
    expect(page.get_by_role("heading", name="What your answers point to")).to_be_in_viewport()
