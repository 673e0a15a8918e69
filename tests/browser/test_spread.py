"""The spread: text with notes beside it, the contents, and what an old browser makes of both."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from tests.support.probes import probe

PHONE: ViewportSize = {"width": 360, "height": 640}
TABLET: ViewportSize = {"width": 768, "height": 1024}
WIDE: ViewportSize = {"width": 1280, "height": 800}

# What has moved so far, but for what followed a press.
SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(sum), 50));
})"""


def without(page: Page, *changes: tuple[str, str]) -> None:
    """Serve stylesheets as a browser sees them that does not know what the changes replace."""

    def serve(route: Route) -> None:
        text = route.fetch().text()
        for known, unknown in changes:
            assert known in text, known
            text = text.replace(known, unknown)
        route.fulfill(body=text, content_type="text/css")

    page.route(re.compile(r"/site\.\w+\.css$"), serve)


OLD = (
    ("(grid-template-columns:subgrid)", "(grid-template-columns:unknown)"),
    (":has(", ":unknown("),
    ("::details-content", "::unknown"),
    ("(scripting:enabled)", "(unknown:enabled)"),
)
"""Away with subgrid, :has(), ::details-content and the scripting query, as in Chrome 100."""
NO_SUBGRID = "const real = CSS.supports; CSS.supports = (...a) => a[1] !== 'subgrid' && real(...a);"


def box(of: Locator) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is found."""
    found = of.bounding_box()
    assert found, of
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def note(page: Page, n: int = 0) -> Locator:
    """Return a research note."""
    return page.locator(".text details", has_text="Research").nth(n)


# ---------------------------------------------------------------------------------------------
# Grid


def test_boxes_that_meet_are_noticed(page: Page) -> None:
    """The check above fails on a note that is drawn over the next one."""
    page.set_viewport_size(WIDE)
    page.goto("/talk/")
    assert probe(page, "crowded") == []
    note(page, 1).evaluate("note => { note.style.translate = '0 -40rem' }")
    assert probe(page, "crowded") != []


def test_contents_text_and_notes_stand_side_by_side(page: Page) -> None:
    """From 1,100 px there are three columns, from 704 px two; a note is level with its sentence."""
    page.set_viewport_size({"width": 1100, "height": 800})
    page.goto("/talk/")
    text = page.locator(".text p:has(sup)").first
    contents = page.get_by_role("navigation", name="Contents")
    assert box(contents)[2] < box(text)[0] < box(text)[2] < box(note(page))[0]
    assert abs(box(text)[1] - box(note(page))[1]) < 16
    page.set_viewport_size(TABLET)
    expect(contents).to_be_hidden()
    assert box(text)[2] < box(note(page))[0]


def test_the_contents_stay_in_view(page: Page) -> None:
    """Beside the text of a long page, wherever it is scrolled."""
    page.set_viewport_size(WIDE)
    page.goto("/talk/")
    for place in (0.3, 0.7):
        page.evaluate("place => scrollTo(0, place * document.body.scrollHeight)", place)
        expect(page.get_by_role("link", name="Stop convincing").first).to_be_in_viewport()


# ---------------------------------------------------------------------------------------------
# Notes


def test_on_a_phone_a_note_is_one_line_that_opens_in_place(new_page: Callable[..., Page]) -> None:
    """Closed it is as high as a finger; open it stands between its paragraph and the next."""
    page = new_page(size=PHONE)
    page.goto("/talk/")
    closed = box(note(page))
    assert 44 <= closed[3] - closed[1] <= 48
    note(page).locator("summary").click()
    expect(note(page).get_by_role("link")).to_be_visible()
    assert probe(page, "crowded") == []


def test_every_note_is_open_where_nothing_can_open_it(new_page: Callable[..., Page]) -> None:
    """Without scripts, on paper, and in the page as it is sent."""
    page = new_page(size=PHONE, scripts=False)
    page.goto("/talk/")
    links = page.locator(".text details:has(sup, .mark) a")
    assert links.count() > 4
    for link in links.all():
        expect(link).to_be_visible()
    page = new_page(size=PHONE)
    page.goto("/talk/")
    expect(note(page).get_by_role("link")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(note(page).get_by_role("link")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(note(page).get_by_role("link")).to_be_hidden()


@pytest.mark.parametrize("size", (PHONE, TABLET, WIDE))
def test_nothing_moves_when_the_script_is_late(
    new_page: Callable[..., Page], size: ViewportSize
) -> None:
    """The script arrives a second after the page, all notes in view; then one is opened."""
    page = new_page(size={"width": size["width"], "height": 5000})
    held: list[Route] = []
    page.route(re.compile(r"/frame\.\w+\.js$"), lambda route: held.append(route))
    page.goto("/talk/", wait_until="commit")
    expect(page.get_by_text("Last reviewed")).to_be_attached()
    page.evaluate("new Promise((done) => setTimeout(done, 1000))")
    for route in held:
        route.continue_()
    expect(page.locator("html[data-notes]")).to_be_attached()
    assert page.evaluate(SHIFTED) == 0
    if size is PHONE:
        note(page).locator("summary").click()
        assert page.evaluate(SHIFTED) == 0


# ---------------------------------------------------------------------------------------------
# Old browsers, and no style


@pytest.mark.parametrize("width", (360, 768, 1440))
@pytest.mark.fresh
def test_an_old_browser_has_one_column(new_page: Callable[..., Page], width: int) -> None:
    """Without subgrid and its kin: a readable line, notes that open in place, the contents."""
    page = new_page(size={"width": width, "height": 800})
    page.add_init_script(NO_SUBGRID)
    without(page, *OLD)
    page.goto("/talk/")
    assert probe(page, "crowded") == []
    left, _, right, _ = box(page.locator(".text p").first)
    assert right - left <= 39 * 16
    expect(note(page).get_by_role("link")).to_be_hidden()
    note(page).locator("summary").click()
    expect(note(page).get_by_role("link")).to_be_visible()
    page.get_by_role("link", name="Contents").click()
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="When to stop").click()
    expect(page.get_by_role("heading", name="When to stop")).to_be_in_viewport()


@pytest.mark.parametrize("change", OLD[1:], ids=lambda change: change[0])
def test_the_spread_does_without_any_one_of_them(
    new_page: Callable[..., Page], change: tuple[str, str]
) -> None:
    """With subgrid but without :has(), ::details-content or the scripting query nothing meets."""
    for size in (PHONE, TABLET, WIDE):
        page = new_page(size=size)
        without(page, change)
        for address in ("/talk/", "/after/", "/asked-to-stay/"):
            page.goto(address)
            expect(page.locator("html[data-notes]")).to_be_attached()
            assert probe(page, "crowded") == []
            link = note(page).get_by_role("link")
            expect(link).to_be_visible(visible=size is not PHONE)


def test_without_style_the_page_is_in_order(new_page: Callable[..., Page]) -> None:
    """Title, contents as plain links, then each section with its notes after their paragraph."""
    page = new_page(size=PHONE, scripts=False)
    page.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
    page.goto("/talk/")
    contents = page.get_by_role("navigation", name="Contents")
    section = page.get_by_role("heading", name="How to begin")
    sentence = page.locator("#begin p:has(sup)").first
    order = [
        page.get_by_role("heading", level=1),
        contents.get_by_role("link", name="How to begin"),
        section,
        sentence,
        page.locator("#begin details").first.get_by_role("link"),
    ]
    tops = [box(place)[1] for place in order]
    assert tops == sorted(tops)
    for picture in page.locator("svg").all():
        if shown := picture.bounding_box():
            assert shown["height"] <= 100


# ---------------------------------------------------------------------------------------------
# Contents and the way


def sheet(page: Page) -> Locator:
    """Return the contents."""
    return page.get_by_role("navigation", name="Contents")


@pytest.mark.parametrize("scripts", (True, False))
def test_the_contents_of_a_phone_close_when_a_section_is_pressed(
    new_page: Callable[..., Page], scripts: bool
) -> None:
    """A plain link opens them over the text; Leave and the rest of the bar stay where they are."""
    page = new_page(size=PHONE, scripts=scripts)
    page.goto("/talk/")
    expect(sheet(page)).to_be_hidden()
    page.get_by_role("link", name="Contents").click()
    expect(sheet(page)).to_be_visible()
    for name in ("Leave this site", "Find", "Get help"):
        page.get_by_role("banner").get_by_role("link", name=name, exact=True).click(trial=True)
    sheet(page).get_by_role("link", name="When to stop").click()
    expect(sheet(page)).to_be_hidden()
    expect(page.get_by_role("heading", name="When to stop")).to_be_in_viewport()


@pytest.mark.parametrize("how", ("Back", "Close", "Escape"))
def test_back_closes_the_contents_and_keeps_the_place(
    new_page: Callable[..., Page], how: str
) -> None:
    """So do Close and Escape."""
    page = new_page(size=PHONE)
    page.goto("/talk/")
    page.evaluate("scrollTo(0, 2000)")
    # By hand: the driver would first scroll the button into view, which it is.
    left, top, right, bottom = box(page.get_by_role("link", name="Contents"))
    page.mouse.click((left + right) / 2, (top + bottom) / 2)
    expect(sheet(page)).to_be_visible()
    if how == "Back":
        page.go_back()
    elif how == "Close":
        sheet(page).get_by_role("link", name="Close").click()
    else:
        page.keyboard.press("Escape")
    expect(sheet(page)).to_be_hidden()
    assert abs(page.evaluate("scrollY") - 2000) < 2


def test_the_keyboard_goes_from_the_button_into_the_contents(
    new_page: Callable[..., Page],
) -> None:
    """The first stop is Close; what they cover is neither reached nor scrolled."""
    page = new_page(size=PHONE)
    page.goto("/talk/")
    page.get_by_role("link", name="Contents").press("Enter")
    expect(sheet(page)).to_be_visible()
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("document.activeElement.closest('.map, .bar, .text, .help')?.className")
        )
    assert stops[0] == "map"
    assert not {"text", "help"} & set(stops)
    assert page.evaluate("getComputedStyle(document.documentElement).overflowY") == "hidden"
    page.keyboard.press("Escape")
    assert page.evaluate("getComputedStyle(document.documentElement).overflowY") != "hidden"


def test_the_contents_mark_the_section_one_reads(page: Page) -> None:
    """One at a time, and in the order of the page."""
    page.set_viewport_size(WIDE)
    page.goto("/talk/")
    marked = sheet(page).locator("ul [aria-current=true]")
    for name in ("How to begin", "When to stop"):
        page.get_by_role("heading", name=name).evaluate("h => h.scrollIntoView()")
        expect(marked).to_have_text([name])


@pytest.mark.parametrize(
    ("address", "step"),
    (
        ("/stop-convincing/", "Stop convincing"),
        ("/look-honestly/", "Look honestly"),
        ("/what-changed/", "Look honestly"),
        ("/talk/", "Talk once"),
        ("/counseling/", "Get help or let go"),
        ("/let-go/", "Get help or let go"),
        ("/after/", "After"),
    ),
)
def test_the_five_steps_are_links_with_where_one_stands(
    page: Page, address: str, step: str
) -> None:
    """On every page of the way; the step one is at leads to the page one is on."""
    page.set_viewport_size(WIDE)
    page.goto(address)
    steps = sheet(page).locator("ol > li > a")
    assert steps.count() == 5
    here = sheet(page).locator("[aria-current=step]")
    expect(here).to_have_accessible_name(re.compile(f"^Step \\d: {step}$"))
    assert here.evaluate("a => a.pathname") == address
    for link in steps.all():
        assert page.request.get(link.evaluate("a => a.href")).ok
    if address in ("/let-go/", "/counseling/"):
        other = "Getting help together" if address == "/let-go/" else "Letting go, with peace"
        expect(sheet(page).get_by_role("link", name=other)).to_be_visible()


def test_on_the_way_the_circles_come_from_the_step_before(new_page: Callable[..., Page]) -> None:
    """Once, within two seconds; not with reduced motion, and not on other pages."""
    page = new_page(size=WIDE, reduced_motion="no-preference")
    moving = "document.getAnimations().filter(a => a.effect.target.tagName === 'circle').length"
    page.goto("/talk/")
    assert page.evaluate(moving) == 2
    page.goto("/stop-convincing/")
    assert page.evaluate(moving) == 0
    still = new_page(size=WIDE, reduced_motion="reduce")
    still.goto("/talk/")
    assert still.evaluate("document.getAnimations().length") == 0


# ---------------------------------------------------------------------------------------------
# Sections, links, first screen


def test_a_section_that_a_link_leads_to_repeats_the_warning(page: Page) -> None:
    """In one line, above its text, only there; on every page that begins with a warning."""
    for address in ("/talk/#begin", "/let-go/#contact", "/situations/children/#different"):
        page.goto("/")
        page.goto(address)
        again = page.locator(".section__again:visible")
        expect(again).to_have_count(1)
        expect(again.get_by_role("link", name="taking care")).to_be_visible()


def test_the_link_of_a_section_says_what_it_copies(new_page: Callable[..., Page]) -> None:
    """An icon as large as a finger, named after its section."""
    page = new_page(size=PHONE)
    page.goto("/talk/")
    link = page.get_by_role("link", name="Copy link to this section: How to begin", exact=True)
    left, top, right, bottom = box(link)
    assert right - left >= 44
    assert bottom - top >= 44
    link.scroll_into_view_if_needed()


@pytest.mark.fresh
def test_share_stands_at_the_top_and_at_the_end(new_page: Callable[..., Page]) -> None:
    """It opens the system's sheet with the lasting address, or else copies and says so."""
    page = new_page(size=PHONE)
    page.add_init_script("navigator.share = async (what) => { window.shared = what.url }")
    page.goto("/talk/")
    shares = page.get_by_role("button", name=re.compile("^Share"))
    expect(shares).to_have_count(2)
    shares.first.click()
    assert page.evaluate("shared") == page.locator("link[rel=canonical]").get_attribute("href")
    page = new_page(size=PHONE)
    page.add_init_script(
        "Object.defineProperty(navigator, 'share', { value: undefined });"
        "Object.defineProperty(navigator, 'clipboard',"
        " { value: { writeText: async (text) => { window.copied = text } } });"
    )
    page.goto("/talk/")
    page.get_by_role("button", name="Share this page").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("copied") == page.locator("link[rel=canonical]").get_attribute("href")


def test_the_first_screen_of_a_phone_has_the_three_choices(new_page: Callable[..., Page]) -> None:
    """And the note on leaving right below them."""
    page = new_page(size=PHONE)
    page.goto("/")
    for name in ("Get through tonight", "Talk to someone now", "Take the self-quiz"):
        choice = page.get_by_role("link", name=re.compile(f"^{name}"))
        expect(choice).to_be_in_viewport(ratio=1)
        assert choice.bounding_box()["height"] >= 52
    expect(page.get_by_text("“Leave” hides this page fast.")).to_be_in_viewport()


def test_the_bar_of_a_phone_is_one_line(site: Path, new_page: Callable[..., Page]) -> None:
    """At 360 px no word of it breaks, on pages with contents and without."""
    page = new_page(size=PHONE)
    for address in ("/", "/talk/"):
        page.goto(address)
        for link in page.get_by_role("banner").get_by_role("link").all():
            if not link.is_visible():
                continue
            tall = link.evaluate(
                "a => { const r = document.createRange(); r.selectNodeContents(a);"
                "const shown = [...r.getClientRects()].filter(b => b.width > 1);"
                "const tops = shown.map(b => b.top), ends = shown.map(b => b.bottom);"
                "return Math.max(...ends) - Math.min(...tops) }"
            )
            assert tall < 30, link.inner_text()


# How many presses from the home page of a phone: what is pressed, and what is then there.
TASKS = {
    "a helpline in the UK": (["Talk to someone now", "United Kingdom"], "Samaritans"),
    "how to ask for a talk": (["They say they want to break up"], "Ask for one open talk"),
    "someone else": (["There is someone else, for them"], None),
    "children": (["We have children"], "You have children"),
}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_takes_few_presses(new_page: Callable[..., Page], task: str) -> None:
    """Counted from the home page at 360 by 640; each thing to press says where it leads."""
    presses, there = TASKS[task]
    page = new_page(size=PHONE)
    page.goto("/")
    for name in presses:
        page.get_by_role("link", name=re.compile(f"^{name}")).first.click()
    if there:
        expect(page.get_by_role("heading", name=there).first).to_be_visible()
    assert len(presses) <= 2


def test_the_row_of_a_situation_says_what_to_do(page: Page) -> None:
    """Whoever heard it said reads on the home page that they can ask for one talk."""
    page.goto("/")
    row = page.get_by_role("link", name=re.compile("^They say they want to break up"))
    expect(row).to_contain_text("Ask for one talk, and find out why.")


def test_leaving_and_sending_are_within_two_presses(new_page: Callable[..., Page]) -> None:
    """Leave is one press away on any screen; a page is sent with one more than it takes to open."""
    page = new_page(size=PHONE)
    page.goto("/")
    expect(page.get_by_role("link", name="Leave this site")).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name=re.compile("^We have children")).click()
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_in_viewport(ratio=1)
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()


def test_a_page_that_is_not_here_offers_to_find_it(page: Page) -> None:
    """By one button, with the pages in groups below."""
    page.goto("/404.html")
    expect(
        page.get_by_role("main").get_by_role("link", name="Find it in your own words")
    ).to_be_visible()
    groups = page.get_by_role("contentinfo").get_by_role("heading").all_inner_texts()
    assert groups == ["Tonight", "Five steps", "Your situation", "Other people", "About"]
