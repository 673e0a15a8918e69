"""The counselors' desk, used as a counselor and a client would: to send, to hand over, to read."""

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from macros.data.addresses import address, short
from macros.data.records import RecordError
from macros.quiz.outcomes import outcomes_for
from macros.site import read_site
from tests.conftest import NARROW, PHONE
from tests.support.fault_injection import edit, fault
from tests.support.netlify import ROOT, Served, serve

SITE = read_site(ROOT)
PUBLIC = "http://127.0.0.1:8000"
"""The address a build without URL calls its own."""
QR = zxingcpp.BarcodeFormat.QRCode

OURS = [path for path, page in SITE.pages.items() if page.meta.group != "desk"]


def code_in(picture: Locator) -> str:
    """Read the QR code of a part of the page from a screenshot, as a phone's camera would."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.screenshot())))
    assert len(found) == 1, f"{len(found)} codes in the picture"
    return found[0].text


def path_of(address: str) -> str:
    """Return a public address without the site's name."""
    assert address.startswith(f"{PUBLIC}/")
    return address.removeprefix(PUBLIC)


def copied(page: Page) -> str:
    """Return what the page last gave to the clipboard."""
    return page.evaluate("() => window.copied")


@pytest.fixture
def clipboard(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Return new_page with a clipboard that can be read: the site's policy forbids the real one."""

    def opened(**options: object) -> Page:
        page = new_page(**options)
        page.context.add_init_script(
            "navigator.clipboard.writeText = async text => { window.copied = text }"
        )
        return page

    return opened


# The link at a heading


def test_a_heading_copies_its_lasting_address(clipboard: Callable[..., Page]) -> None:
    """By keyboard: the plain address is copied, said, and the page stays where it is."""
    page = clipboard()
    page.goto("/talk/?from=somewhere#stop")
    link = page.get_by_role("link", name="Link to this section: Ask why, then be quiet")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Address copied.")
    assert copied(page) == f"{PUBLIC}/talk/#ask-why"
    assert page.url.endswith("/talk/?from=somewhere#stop")
    page.keyboard.press("Tab")
    expect(page.get_by_role("status")).to_have_text("")


@pytest.mark.whole_browser
def test_a_heading_s_link_is_copied_by_the_real_clipboard(page: Page) -> None:
    """The site's own policy lets a page write to the clipboard."""
    page.goto("/talk/")
    page.get_by_role("link", name="Link to this section: Children").or_(
        page.get_by_role("link", name="Link to this section: How to begin")
    ).first.click()
    expect(page.get_by_role("status")).to_have_text("Address copied.")


@pytest.mark.whole_browser
def test_a_heading_s_link_is_large_enough_for_a_thumb(new_page: Callable[..., Page]) -> None:
    """44 by 44 pixels, on a phone, and a tap copies."""
    page = new_page(size=PHONE, has_touch=True)
    page.goto("/talk/")
    for link in page.get_by_role("link", name="Link to this section").all():
        box = link.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44
    page.get_by_role("link", name="Link to this section: How to begin").tap()
    expect(page.get_by_role("status")).to_have_text("Address copied.")


def test_a_heading_s_link_is_a_link_where_nothing_can_be_copied(
    new_page: Callable[..., Page],
) -> None:
    """Without scripts, or without a clipboard, it leads to the section."""
    page = new_page(scripts=False)
    page.goto("/talk/")
    page.get_by_role("link", name="Link to this section: When to stop").click()
    assert page.url.endswith("/talk/#stop")
    page = new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto("/talk/")
    page.get_by_role("link", name="Link to this section: When to stop").click()
    page.wait_for_url("**/talk/#stop")


def test_a_heading_s_link_leaves_its_name_alone_and_covers_nothing(
    new_page: Callable[..., Page],
) -> None:
    """A screen reader hears the heading as it is written; no heading runs under its link."""
    page = new_page(size=NARROW)
    for path in OURS:
        page.goto(address(path))
        for section in SITE.pages[path].sections:
            heading = page.locator(f'[id="{section.id}"]')
            link = page.locator(f'a[data-copy][href="#{section.id}"]')
            overlap = heading.evaluate(
                """(heading, link) => {
                    const words = document.createRange();
                    words.selectNodeContents(heading);
                    const target = link.getBoundingClientRect();
                    return [...words.getClientRects()].some(line =>
                        line.right > target.left && line.bottom > target.top
                        && line.top < target.bottom);
                }""",
                link.element_handle(),
            )
            assert not overlap, f"{path}#{section.id}"
            assert "Link" not in heading.inner_text()


# The link desk


def unfold(page: Page, *titles: str) -> None:
    """Show the sections of the pages named, or of all."""
    folds = page.locator("summary", has_text="section")
    for title in titles or [""]:
        for fold in folds.filter(has_text=title).all():
            fold.click()


def test_the_desk_has_every_page_and_section_once(page: Page) -> None:
    """Generated: what the site has, the desk has, with its whole address."""
    page.goto("/counselors/links/")
    refs = [*SITE.pages]
    refs += [f"{path}#{s.id}" for path, found in SITE.pages.items() for s in found.sections]
    shown = page.locator("[data-entry] .desk__address").all_text_contents()
    assert sorted(shown) == sorted(PUBLIC + address(ref) for ref in refs)


def test_every_code_of_the_desk_holds_the_address_beside_it(
    new_page: Callable[..., Page],
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
    for group in page.locator(".desk__group").all():
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
    assert read == codes


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


def test_the_desk_copies_an_address(clipboard: Callable[..., Page]) -> None:
    """One press, and it is said."""
    page = clipboard()
    page.goto("/counselors/links/")
    unfold(page, "Ask for one open talk")
    page.get_by_role("button", name="Copy the address: Ask why, then be quiet").click()
    assert copied(page) == f"{PUBLIC}/talk/#ask-why"
    expect(page.locator(".bar__status")).to_have_text("Address copied.")


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


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("- help/index.md", "- help/nowhere.md"), "there is no page help/nowhere.md"),
        (("- after.md", "- talk.md"), "talk.md stands on the desk already; keep one"),
    ],
)
def test_a_fault_in_the_desk_s_file_stops_the_build(
    project: Path, change: tuple[str, str], fault: str
) -> None:
    """It is named with its file and line."""
    file = project / "docs/data/desk.yml"
    file.write_text(file.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(RecordError) as stopped:
        read_site(project)
    assert any(
        re.match(r"docs/data/desk\.yml:\d+: groups > ", line) and line.endswith(fault)
        for line in stopped.value.lines
    )


# The reading list


def tick(page: Page, *ids: str) -> None:
    """Tick entries of the maker by their short ids, opening what they stand in."""
    for name in ids:
        box = page.locator(f'[id="pick.{name}"]')
        if not box.is_visible():
            page.locator("details", has=box).locator("summary").click()
        box.check()


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
    expect(page.locator(".maker__said")).to_have_text(f"{title}: place 2 of 3.")
    page.get_by_role("button", name=f"Remove: {title}").press("Enter")
    expect(page.locator('[id="pick.care"]')).not_to_be_checked()
    assert page.locator(".maker__address").inner_text().endswith("/list/#talk,after")
    expect(page.get_by_role("button", name=re.compile("^Remove"))).to_have_count(2)
    expect(page.locator(":focus")).to_have_text("Remove")


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
    page.evaluate("document.dispatchEvent(new Event('forget'))")
    expect(page.locator(".maker__chosen li")).to_have_count(0)


@pytest.mark.parametrize("known", ["", "talk,"], ids=["alone", "beside a known one"])
@pytest.mark.parametrize(
    "hostile",
    [
        "no-such-page",
        "talk.no-such-section",
        "__proto__",
        "constructor",
        "talk,",
        ",",
        "%3Cimg%20src=x%20onerror=alert(1)%3E",
        "<svg onload=alert(1)>",
        "javascript:alert(1)",
        "../../etc/passwd",
        "TALK",
        "talk talk",
        "a" * 5000,
        ",".join(f"x{n}" for n in range(5000)),
    ],
    ids=lambda text: text[:24],
)
def test_a_list_s_address_is_taken_as_hostile(page: Page, known: str, hostile: str) -> None:
    """What is not ours is a kind note that does not repeat it."""
    page.goto(f"/list/#{known}{hostile}")
    note = page.get_by_text("Part of this list is not on this site")
    if hostile == "talk," and known:
        expect(page.locator(".reading__list li")).to_have_count(0)
    expect(note).to_be_visible()
    for entry in page.locator(".reading__list li a").all_inner_texts():
        assert entry == SITE.pages["talk.md"].meta.heading
    text = page.locator("main").inner_text()
    assert hostile[:40] not in text or hostile in ("talk,", ",", "constructor")


def test_the_skip_link_does_not_lose_the_list(page: Page) -> None:
    """An address within the page is not another list; another list is."""
    page.goto("/list/#talk,after")
    page.get_by_role("link", name="Skip to the text").focus()
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


def take_quiz(page: Page, responses: dict[str, str]) -> str:
    """Answer the quiz as a reader would, and return the answer code it shows."""
    page.goto("/quiz/")
    while page.get_by_role("button", name=re.compile("^(Skip|Next)$")).is_visible():
        item = page.locator(".quiz__item:visible").get_attribute("data-item")
        if item in responses:
            page.locator(f'[id="{item}.{responses[item]}"]').check()
        page.get_by_role("button", name=re.compile("^(Skip|Next)$")).click()
    page.get_by_role("button", name="See a next step").click()
    page.get_by_role("button", name="Show an answer code").click()
    return page.locator(".quiz__code output").inner_text()


def reachable() -> Iterator[tuple[str, dict[str, str]]]:
    """Each outcome that answers without private ones lead to, with such answers."""
    public = [item for item in SITE.quiz.items if not item.private]
    for outcome in SITE.quiz.outcomes:
        for rule in outcome.when or ({},):
            chosen = {item: options[0] for item, options in rule.items()}
            if all(SITE.quiz.item(name) in public for name in chosen):
                sets = {name: frozenset([option]) for name, option in chosen.items()}
                if outcome.id in [found.outcome.id for found in outcomes_for(SITE.quiz, sets)]:
                    yield outcome.id, chosen
                    break


REACHABLE = dict(reachable())


def test_every_outcome_but_help_can_be_read_from_a_code() -> None:
    """Help rests on private answers, which no code holds."""
    assert {*REACHABLE} == {o.id for o in SITE.quiz.outcomes if o.priority > 1}


@pytest.mark.parametrize("outcome", REACHABLE)
def test_a_code_goes_from_the_quiz_to_the_reader(
    new_page: Callable[..., Page], outcome: str
) -> None:
    """The reader shows the answers given, the same next step, and what it rests on."""
    responses = REACHABLE[outcome]
    client = new_page()
    code = take_quiz(client, responses)
    shown = client.locator(".outcome:visible .outcome__title").all_inner_texts()
    reader = new_page()
    reader.goto("/counselors/code/")
    reader.get_by_label("Answer code", exact=True).fill(code)
    reader.get_by_role("button", name="Read it").click()
    assert reader.locator(".reader__outcome a").all_inner_texts() == shown
    for name, option in responses.items():
        item = SITE.quiz.item(name)
        assert item and (found := item.option(option))
        answer = reader.locator(".reader__answers > div").filter(has_text=item.stem[:20])
        expect(answer).to_contain_text(found.text.replace("'", "\u2019").split('"')[0])
    expect(reader.get_by_text("The four questions on safety are never in a code")).to_be_visible()


def read_code(page: Page, code: str) -> None:
    """Type a code into the first field, and press Enter."""
    page.get_by_label("Answer code", exact=True).fill(code)
    page.get_by_label("Answer code", exact=True).press("Enter")


@pytest.fixture
def code(new_page: Callable[..., Page]) -> str:
    """Return the code of a client who has been told of a breakup."""
    return take_quiz(new_page(), {"said": "break-up", "closeness": "apart", "accept": "yes"})


def test_a_code_is_read_however_it_is_typed(page: Page, code: str) -> None:
    """Small letters, spaces, no spaces, O for zero, I and L for one."""
    page.goto("/counselors/code/")
    told = SITE.quiz.item("said").option("break-up").text
    plain = code.replace("-", "")
    spoken = plain.replace("0", "O").replace("1", "l")
    for typed in (code, plain.lower(), " ".join(plain), spoken, plain.replace("1", "I")):
        read_code(page, typed)
        expect(page.locator(".reader__answers")).to_contain_text(told)
        page.get_by_role("button", name="Forget the codes").click()


def test_a_mistyped_code_is_never_guessed(page: Page, code: str) -> None:
    """Any one symbol wrong, or two neighbors swapped: a note, and no answers."""
    page.goto("/counselors/code/")
    plain = code.replace("-", "")
    wrong = [
        f"{plain[:n]}{'7' if plain[n] != '7' else '8'}{plain[n + 1 :]}" for n in range(len(plain))
    ]
    wrong += [
        f"{plain[:n]}{plain[n + 1]}{plain[n]}{plain[n + 2 :]}"
        for n in range(len(plain) - 1)
        if plain[n] != plain[n + 1]
    ]
    for typed in wrong:
        read_code(page, typed)
        expect(page.get_by_role("alert")).to_contain_text("Ask for the code again")
        expect(page.locator(".reader__answers")).to_have_count(0)
    for typed in ("", "hello", "<b>", "0" * 60, "U-U-U"):
        read_code(page, typed)
        expect(page.get_by_role("alert")).not_to_be_empty()
        expect(page.locator(".reader__answers")).to_have_count(0)


@pytest.fixture
def next_edition(project: Path) -> Iterator[Served]:
    """Serve a site whose quiz has gone on: another edition, one option with another id."""

    def run(*command: str) -> None:
        whole = [sys.executable, "-m", *command]
        done = subprocess.run(whole, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    run("macros.editions", "2026-12-01")
    now = SITE.quiz.edition
    change = fault("", "edition", str(now), str(now + 1))
    edit(project, "docs/data/questions.yml", change)
    change = fault("", "items/closeness/options/very-close", "very-close", "as-one")
    edit(project, "docs/data/questions.yml", change)
    run("macros.editions")
    run("mkdocs", "build", "--strict", "--site-dir", "built")
    with serve(project / "built") as served:
        yield served


def test_a_code_of_an_older_edition_is_still_read(
    next_edition: Served, new_page: Callable[..., Page]
) -> None:
    """Its answers, what is no longer known, and no next step by the rules of another day."""
    code = take_quiz(new_page(), {"said": "break-up", "closeness": "very-close"})
    page = new_page(base_url=next_edition.url)
    page.goto("/counselors/code/")
    read_code(page, code)
    expect(page.get_by_text(f"Edition {SITE.quiz.edition} of the quiz")).to_be_visible()
    expect(page.get_by_text("The quiz has changed since this code was made")).to_be_visible()
    expect(page.locator(".reader__outcome")).to_have_count(0)
    answers = page.locator(".reader__answers")
    expect(answers).to_contain_text(SITE.quiz.item("said").option("break-up").text)
    expect(answers.get_by_text("An answer this edition no longer has")).to_have_count(1)


def test_a_code_of_an_edition_to_come_is_not_guessed(
    next_edition: Served, new_page: Callable[..., Page]
) -> None:
    """An old copy of the page, say from a disk, says that it cannot read it."""
    code = take_quiz(new_page(base_url=next_edition.url), {"said": "break-up"})
    page = new_page()
    page.goto("/counselors/code/")
    read_code(page, code)
    expect(page.get_by_role("alert").first).to_contain_text("from another edition of the quiz")


def test_two_codes_come_with_the_caution_first(new_page: Callable[..., Page], code: str) -> None:
    """The second field is behind the caution; then agreement is told question by question."""
    other = take_quiz(new_page(), {"said": "break-up", "closeness": "close"})
    page = new_page()
    page.goto("/counselors/code/")
    expect(page.get_by_label("The other answer code")).to_be_hidden()
    read_code(page, code)
    expect(page.get_by_label("The other answer code")).to_be_hidden()
    expect(page.get_by_text("Stop here if either of them is afraid")).to_be_visible()
    page.get_by_role("button", name="I have asked each of them alone").click()
    expect(page.get_by_label("The other answer code")).to_be_focused()
    page.keyboard.type(other)
    page.keyboard.press("Enter")
    expect(
        page.get_by_text("They agree on one question and differ on one question.")
    ).to_be_visible()
    verdicts = {
        row.get_by_role("rowheader").inner_text(): row.get_by_role("cell").all_inner_texts()[2]
        for row in page.locator(".reader__table tbody tr").all()
    }
    public = [item for item in SITE.quiz.items if not item.private]
    expected = {"said": "Yes", "closeness": "No"}
    assert [*verdicts.values()] == [expected.get(item.id, "") for item in public]


def test_the_reader_sends_and_keeps_nothing(page: Page, code: str, served: Served) -> None:
    """No request, no trace in the address, title or history; gone on Forget, and on leaving."""
    page.goto("/counselors/code/", wait_until="networkidle")
    asked, title, entries = served.asked(), page.title(), page.evaluate("history.length")
    read_code(page, code)
    expect(page.locator(".reader__answers")).to_be_visible()
    assert served.asked() == asked
    assert (page.title(), page.evaluate("history.length")) == (title, entries)
    assert page.url == f"{served.url}/counselors/code/"
    page.evaluate("document.dispatchEvent(new Event('forget'))")
    expect(page.get_by_label("Answer code", exact=True)).to_have_value("")
    expect(page.locator(".reader__answers")).to_have_count(0)
    read_code(page, code)
    page.get_by_role("button", name="Forget the codes").click()
    expect(page.get_by_label("Answer code", exact=True)).to_be_focused()
    assert code not in page.content()


def test_the_reader_points_to_the_paper_key_without_scripts(
    new_page: Callable[..., Page],
) -> None:
    """Nothing that needs a script is offered."""
    page = new_page(scripts=False)
    page.goto("/counselors/code/")
    expect(page.get_by_label("Answer code", exact=True)).to_be_hidden()
    page.get_by_role("link", name="the worksheet\u2019s key").click()
    expect(page.get_by_role("heading", name="What your answers point to")).to_be_in_viewport()


@pytest.mark.parametrize("size", [NARROW, PHONE], ids=["320", "390"])
@pytest.mark.parametrize(
    "path", ["/counselors/links/", "/counselors/list/", "/counselors/code/", "/counselors/quiz/"]
)
def test_the_desk_fits_a_narrow_window(
    new_page: Callable[..., Page], path: str, size: dict[str, int]
) -> None:
    """Nothing makes the page scroll sideways."""
    page = new_page(size=size)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
