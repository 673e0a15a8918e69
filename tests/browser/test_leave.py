"""Leaving the site: at once, for good, and with no answer left to come back to."""

import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, ViewportSize, expect

from macros import LEAVE
from tests.conftest import DESKTOP, NARROW, PHONE, soon
from tests.support import journeys
from tests.support.netlify import ROOT, Served, serve

LOW: ViewportSize = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
SIZES = {"low": LOW, "narrow": NARROW, "phone": PHONE, "desktop": DESKTOP}

# Weather and encyclopedias: on any screen, for any reason, the same for everyone, no account.
NEUTRAL = {"www.weather.gov", "www.bbc.co.uk", "www.wikipedia.org", "en.wikipedia.org"}
TO_NEUTRAL = f"^request to another host: {re.escape(LEAVE)}$"

Leave = Callable[[Page], None]


def by_click(page: Page) -> None:
    """Leave with the mouse. (Playwright's own click would wait for the neutral site.)"""
    box = page.get_by_role("link", name="Leave this site", exact=True).bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def by_shift(page: Page) -> None:
    """Leave by the keyboard, both Shift keys in turn."""
    for key in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
        page.keyboard.press(key)


WAYS = {"click": by_click, "shift": by_shift}


def forecast(page: Page) -> list[dict[str, str]]:
    """Stand in for the neutral site; the list fills with the headers of each request to it."""
    asked: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        asked.append(route.request.all_headers())
        route.fulfill(body="<title>Forecast</title>Sunny", content_type="text/html")

    page.context.route(LEAVE, answer)
    return asked


@pytest.fixture
def silent(page: Page) -> Page:
    """Return the page, with a neutral site that sends no page: ours stays, whatever it has become.

    (204 does that. While a browser waits for an answer, nothing can be asked of the page.)
    """
    page.context.route(LEAVE, lambda route: route.fulfill(status=204))
    return page


# At each press: is the next frame blank, and how long did it take to reach the screen? The browser
# measures the second itself (Event Timing), from the key or button to the pixels, in steps of 8 ms;
# it leaves out what took less than 16.
STOPWATCH = """() => { window.pressed = new Promise((resolve) => {
    let took, blank, timer;
    new PerformanceObserver((list) => {
        for (const { name, duration } of list.getEntries()) {
            if (name === "click" || name === "keyup") took = duration;
        }
    }).observe({ type: "event", durationThreshold: 16 });
    const press = () => {
        took = 16;
        requestAnimationFrame(() => (blank = !document.body.checkVisibility()));
        clearTimeout(timer);
        timer = setTimeout(() => resolve([took, blank]), 500);
    };
    for (const kind of ["click", "keyup"]) addEventListener(kind, press, true);
}) }"""


def timed(page: Page, way: str) -> tuple[float, bool]:
    """Leave; return the milliseconds to the next frame, and whether it was blank."""
    page.evaluate(STOPWATCH)
    WAYS[way](page)
    took, blank = page.evaluate("pressed")
    return took, blank


def one_color(picture: bytes) -> bool:
    """Tell whether a picture is of one color throughout."""
    extrema = Image.open(BytesIO(picture)).convert("RGB").getextrema()
    return all(low == high for low, high in extrema)


# Where it leads


def test_the_neutral_site_is_encrypted_and_on_the_list() -> None:
    """Anyone may be seen reading about the weather."""
    address = urlsplit(LEAVE)
    assert (address.scheme, address.query, address.fragment) == ("https", "", "")
    assert address.hostname in NEUTRAL


def test_the_neutral_site_is_named_in_one_place() -> None:
    """Changing it takes one line."""
    host = urlsplit(LEAVE).hostname or ""
    folders = ("docs", "macros", "overrides")
    files = [f for folder in folders for f in (ROOT / folder).rglob("*.*") if f.suffix != ".pyc"]
    named = [f for f in [*files, ROOT / "mkdocs.yml"] if host.encode() in f.read_bytes()]
    assert named == [ROOT / "macros" / "__init__.py"]


# How it stands on a page


def test_leave_is_first_after_the_skip_link_on_every_page(site: Path, page: Page) -> None:
    """Two presses of Tab reach it, and it opens in this tab, telling nobody where from."""
    for address in journeys.addresses(site):
        page.goto(address)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
        page.keyboard.press("Tab")
        leave = page.get_by_role("link", name="Leave this site", exact=True)
        expect(leave).to_be_focused()
        expect(leave).to_have_attribute("href", LEAVE)
        expect(leave).to_have_attribute("rel", "noreferrer nofollow")
        expect(leave).not_to_have_attribute("target", re.compile(""))


@pytest.mark.parametrize("size", SIZES)
def test_leave_is_large_and_always_in_view(
    size: str, site: Path, new_page: Callable[..., Page]
) -> None:
    """At least 44 by 44, at the top, in the middle and at the end of every page."""
    page = new_page(size=SIZES[size])
    for address in journeys.addresses(site):
        page.goto(address)
        for place in (0, 0.5, 1):
            page.evaluate("place => scrollTo(0, document.body.scrollHeight * place)", place)
            left, top, right, bottom = page.evaluate(
                """() => { const {left, top, right, bottom} = document.querySelector(".leave")
                    .getBoundingClientRect(); return [left, top, right, bottom] }"""
            )
            assert min(right - left, bottom - top) >= 44, address
            assert left >= 0 and right <= SIZES[size]["width"], (address, place)
            assert top >= 0 and bottom <= SIZES[size]["height"], (address, place)


# Walks through everything that takes the focus, up or down, as Tab does; returns what stands
# under something that stays in view.
COVERED = """up => {
    const sticks = [...document.querySelectorAll("body *")].filter(
        (element) => /fixed|sticky/.test(getComputedStyle(element).position));
    const stops = [...document.querySelectorAll("a, button, input, summary, textarea")].filter(
        (element) => element.checkVisibility() && !sticks.some((bar) => bar.contains(element)));
    const covered = [];
    for (const stop of up ? stops.reverse() : stops) {
        stop.focus();
        const a = stop.getBoundingClientRect();
        const under = sticks.some((bar) => {
            const b = bar.getBoundingClientRect();
            return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        });
        if (under && !stop.matches(".skip")) covered.push(stop.outerHTML.slice(0, 90));
    }
    return covered;
}"""


@pytest.mark.parametrize("size", SIZES)
def test_leave_never_covers_what_has_the_focus(
    size: str, site: Path, new_page: Callable[..., Page]
) -> None:
    """Down every page and up again, nothing focused lies under the bar or the button."""
    page = new_page(size=SIZES[size])
    for address in journeys.addresses(site):
        page.goto(address)
        assert page.evaluate(COVERED, False) == [], address
        assert page.evaluate(COVERED, True) == [], address


@pytest.mark.parametrize("size", SIZES)
def test_a_focus_under_the_bar_would_be_seen(size: str, new_page: Callable[..., Page]) -> None:
    """Without the room kept for the bar, the walk finds links under it."""
    page = new_page(size=SIZES[size])
    page.goto("/help/")
    page.evaluate("document.documentElement.style.scrollPadding = 0")
    assert page.evaluate(COVERED, True)


def test_leave_is_never_printed(site: Path, page: Page) -> None:
    """Paper shows neither the button nor the note about it."""
    for address in journeys.addresses(site):
        page.goto(address)
        for media, shown in (("screen", True), ("print", False)):
            page.emulate_media(media=media)  # type: ignore[arg-type]
            expect(page.locator("a.leave")).to_be_visible(visible=shown)
            assert page.locator(".leave-note:visible").count() == (shown and "404" not in address)


# What happens at once


def whole_quiz(page: Page) -> None:
    """Go through the quiz to its end, and have it show everything it can."""
    journeys.open_quiz(page)
    journeys.answer(page, journeys.longest())
    journeys.finish(page)
    assert journeys.answers_in(page)


@pytest.mark.allow(TO_NEUTRAL)
@pytest.mark.parametrize("way", WAYS)
def test_leaving_asks_for_one_thing_and_says_nothing(way: str, page: Page, served: Served) -> None:
    """One request, to the neutral site, without a word about where the reader was."""
    asked = forecast(page)
    whole_quiz(page)
    before = served.asked()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    WAYS[way](page)
    expect(page).to_have_title("Forecast")
    assert requests == [LEAVE]
    assert served.asked() == before
    assert [headers.keys() & {"referer", "origin", "cookie"} for headers in asked] == [set()]


@pytest.mark.allow(TO_NEUTRAL)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("way", WAYS)
def test_if_the_neutral_site_never_comes_the_page_stays_blank(
    way: str, dark: bool, silent: Page
) -> None:
    """Nothing of ours is left in sight, in the title or in the form, for as long as it takes."""
    silent.emulate_media(color_scheme="dark" if dark else "light")
    whole_quiz(silent)
    assert not one_color(silent.screenshot())
    WAYS[way](silent)
    expect(silent).to_have_title("Loading")
    assert one_color(silent.screenshot())
    assert silent.evaluate("document.documentElement.innerText") == ""
    assert journeys.answers_in(silent) == []


@pytest.mark.allow(TO_NEUTRAL)
def test_leaving_works_where_the_style_did_not_load(silent: Page) -> None:
    """Blanking does not rest on the stylesheet."""
    silent.context.route("**/*.css", lambda route: route.fulfill(content_type="text/css"))
    silent.goto("/talk/")
    by_click(silent)
    expect(silent).to_have_title("Loading")
    assert one_color(silent.screenshot())


@pytest.mark.alone
@pytest.mark.whole_browser
@pytest.mark.allow(TO_NEUTRAL)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("address", ["/talk/", "/quiz/"])
def test_the_page_is_blank_within_a_tenth_of_a_second(
    address: str, way: str, silent: Page, note: Callable[[str], None]
) -> None:
    """With no answer from the network and the processor six times slower.

    Whatever else this machine does can only add to a try, so one that is fast enough shows that the
    page is; one that works too long before the blank is never fast enough.
    """
    slow = silent.context.new_cdp_session(silent)
    times: list[float] = []
    while len(times) < 20 and not (times and min(times) <= 100):
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        if address == "/quiz/":
            whole_quiz(silent)
        else:
            silent.goto(address)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        took, blank = timed(silent, way)
        assert blank
        times.append(took)
    note(f"press to blank, processor six times slower, {address} by {way}: {times[-1]:.0f} ms")
    assert min(times) <= 100, times


@pytest.mark.alone
@pytest.mark.whole_browser
@pytest.mark.allow(TO_NEUTRAL)
def test_a_slow_or_late_blank_would_be_seen(silent: Page) -> None:
    """Work before the blank shows in the time; a blank put off to later shows in the frame."""
    silent.goto("/talk/")
    silent.evaluate(
        """() => addEventListener("click", () => {
            const end = performance.now() + 150;
            while (performance.now() < end);
        }, true)"""
    )
    assert timed(silent, "click")[0] > 100
    silent.goto("/talk/")
    silent.evaluate(
        """() => Object.defineProperty(document.body, "hidden", {
            set: () => setTimeout(() => document.body.setAttribute("hidden", ""), 200),
        })"""
    )
    assert timed(silent, "click")[1] is False


@pytest.mark.whole_browser
@pytest.mark.allow(TO_NEUTRAL, "ERR_INTERNET_DISCONNECTED")
@pytest.mark.parametrize("way", WAYS)
def test_leaving_works_offline(way: str, page: Page) -> None:
    """The browser's own error page takes the place of ours, and Back shows no answer."""
    whole_quiz(page)
    page.context.set_offline(True)
    WAYS[way](page)
    expect(page).to_have_title(urlsplit(LEAVE).hostname or "")
    expect(page.get_by_text("Self-quiz")).to_have_count(0)
    page.context.set_offline(False)
    page.go_back(wait_until="commit")
    expect(page.locator("form[data-quiz-ready]")).to_be_visible()
    assert journeys.answers_in(page) == []


@pytest.mark.allow(TO_NEUTRAL)
def test_without_scripts_the_link_is_still_a_link(new_page: Callable[..., Page]) -> None:
    """It opens the neutral site in this tab, and does not say where from."""
    page = new_page(scripts=False)
    asked = forecast(page)
    for address in journeys.KINDS:
        page.goto(address)
        by_click(page)
        expect(page).to_have_title("Forecast")
    assert len(asked) == len(journeys.KINDS)
    assert not any("referer" in headers for headers in asked)


# Shift, three times


def status(page: Page) -> str:
    """Return what a screen reader was last told about leaving."""
    return page.locator("header").get_by_role("status").inner_text()


def test_shift_says_what_it_will_do(page: Page) -> None:
    """Each press is announced; another key calls it off and clears what was said."""
    page.goto("/talk/")
    assert status(page) == ""
    page.keyboard.press("Shift")
    assert status(page) == "Leaving: press Shift two more times."
    page.keyboard.press("Shift")
    assert status(page) == "Leaving: press Shift one more time."
    page.keyboard.press("Tab")
    assert status(page) == ""
    page.keyboard.press("Shift")
    assert status(page) == "Leaving: press Shift two more times."


def test_each_press_has_five_seconds(page: Page) -> None:
    """A slow hand has time; one press long ago does not count."""
    page.clock.install()
    page.goto("/talk/")
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    page.keyboard.press("Shift")
    page.clock.run_for(4900)
    page.keyboard.press("Shift")
    assert status(page) == "Leaving: press Shift one more time."
    page.clock.run_for(5100)
    assert status(page) == ""
    page.keyboard.press("Shift")
    assert status(page) == "Leaving: press Shift two more times."


def with_a_letter(page: Page) -> None:
    """Type a capital letter."""
    page.keyboard.press("Shift+A")


def with_another_modifier(page: Page) -> None:
    """Change the keyboard's language, as Alt and Shift do on many systems."""
    page.keyboard.down("Alt")
    page.keyboard.press("Shift")
    page.keyboard.up("Alt")


def before_another_modifier(page: Page) -> None:
    """The same, Shift first."""
    page.keyboard.down("Shift")
    page.keyboard.press("Control")
    page.keyboard.up("Shift")


def with_a_click(page: Page) -> None:
    """Stretch a selection with the mouse."""
    page.keyboard.down("Shift")
    page.get_by_role("heading", level=1).click()
    page.keyboard.up("Shift")


def held(page: Page) -> None:
    """Lean on a letter and on Shift: the keyboard repeats Shift after the letter."""
    page.keyboard.down("Shift")
    page.keyboard.press("A")
    page.keyboard.down("Shift")
    page.keyboard.up("Shift")


OTHER_USES = [with_a_letter, with_another_modifier, before_another_modifier, with_a_click, held]


@pytest.mark.parametrize("use", OTHER_USES, ids=lambda use: use.__name__)
def test_shift_for_something_else_is_not_counted(use: Leave, page: Page) -> None:
    """Three capitals in a row leave nothing and say nothing."""
    page.goto("/talk/")
    for _ in range(3):
        use(page)
        assert status(page) == ""


def test_shift_is_only_typing_where_people_type(page: Page) -> None:
    """In a field that takes text nothing is counted; in the summary, which takes none, it is."""
    journeys.open_quiz(page)
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    page.get_by_role("textbox").focus()
    for _ in range(3):
        page.keyboard.press("Shift")
        assert status(page) == ""
    journeys.answer(page, {})
    journeys.finish(page)
    page.get_by_role("textbox", name="Your summary").focus()
    page.keyboard.press("Shift")
    assert status(page) == "Leaving: press Shift two more times."


# Coming back


def question_one(page: Page) -> None:
    """Check that the quiz stands at its first question with nothing chosen, as if never used."""
    expect(page.locator("form[data-quiz-ready]")).to_be_visible()
    expect(page.get_by_text(f"Question 1 of {len(journeys.quiz().items)}")).to_be_visible()
    assert journeys.answers_in(page) == []


@pytest.fixture
def shown(page: Page) -> list[list[Any]]:
    """Hold [address, kept in memory] for each time a page was shown."""
    moments: list[list[Any]] = []
    page.expose_binding("__shown", lambda source, *moment: moments.append(list(moment)))
    page.add_init_script(
        "addEventListener('pageshow', (event) => __shown(location.pathname, event.persisted))"
    )
    return moments


@pytest.mark.allow(TO_NEUTRAL)
@pytest.mark.parametrize("way", WAYS)
def test_a_page_left_while_it_loads_stays_blank(way: str, silent: Page) -> None:
    """Its first showing comes after the press; only a kept copy brought back is whole again."""
    silent.goto("/talk/")
    title = silent.title()
    WAYS[way](silent)
    for kept, visible in ((False, False), (True, True)):
        silent.evaluate(
            "kept => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: kept }))", kept
        )
        assert silent.locator("body").is_visible() is visible
        assert (silent.title() == title) is visible


def half_way(served: Served, new_page: Callable[..., Page]) -> Page:
    """Open a page whose rest does not come, and return it once its script has run."""
    served.stalls["/talk/"] = 2_000
    page = new_page(base_url=served.url)
    page.context.route(LEAVE, lambda route: route.fulfill(status=204))
    with page.expect_event("requestfinished", lambda sent: sent.url.endswith(".js")):
        page.goto("/talk/", wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("document.readyState") == "loading"
    return page


def left_half_way(folder: Path, way: str, new_page: Callable[..., Page]) -> None:
    """Leave a page that is not all there, and assert that what is there goes blank."""
    with serve(folder) as served:
        page = half_way(served, new_page)
        WAYS[way](page)
        expect(page.locator("body")).to_be_hidden()


@pytest.mark.allow(TO_NEUTRAL)
@pytest.mark.parametrize("way", WAYS)
def test_leaving_does_not_wait_for_the_whole_page(
    way: str, site: Path, new_page: Callable[..., Page]
) -> None:
    """On a line so slow that half a page stands there, both ways work already."""
    left_half_way(site, way, new_page)


def test_what_comes_after_the_script_works_too(site: Path, new_page: Callable[..., Page]) -> None:
    """The button at the foot of the page was not there yet when the script ran."""
    with serve(site) as served:
        page = half_way(served, new_page)
        served.over.set()
        expect(page.get_by_role("button", name="Print this page")).to_be_visible()


@pytest.mark.allow(TO_NEUTRAL)
def test_a_script_that_waits_for_the_page_would_be_seen(
    site: Path, tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    """One that runs after the last line of the page fails the check above."""
    shutil.copytree(site / "assets", tmp_path / "assets")
    (tmp_path / "talk").mkdir()
    html = (site / "talk/index.html").read_text("utf-8")
    (tmp_path / "talk/index.html").write_text(html.replace(" async>", " defer>"), "utf-8")
    with soon(), pytest.raises(AssertionError, match="to be hidden"):
        left_half_way(tmp_path, "shift", new_page)


@pytest.mark.allow(TO_NEUTRAL)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("steps", [1, 5, None], ids=["step 1", "step 5", "end"])
@pytest.mark.whole_browser
def test_back_after_leaving_shows_no_answer(way: str, steps: int | None, page: Page) -> None:
    """However far the reader was, and however often Back and Forward are pressed."""
    forecast(page)
    page.goto("/")
    journeys.open_quiz(page)
    journeys.answer(page, journeys.longest(), steps=steps)
    if steps is None:
        journeys.finish(page)
    before = page.evaluate("history.length")
    WAYS[way](page)
    expect(page).to_have_title("Forecast")
    assert page.evaluate("history.length") == before  # the page left was replaced
    for _ in range(min(steps or 3, 3)):
        page.go_back(wait_until="commit")
        question_one(page)
    page.go_forward(wait_until="commit")
    expect(page).to_have_title(re.compile("Self-quiz|Forecast"))
    assert journeys.answers_in(page) == []


@pytest.mark.allow(TO_NEUTRAL)
@pytest.mark.whole_browser
def test_a_page_left_and_brought_back_from_memory_is_whole(
    silent: Page, shown: list[list[Any]]
) -> None:
    """The neutral site never came, another page was opened, then Back: no blank dead page."""
    whole_quiz(silent)
    by_click(silent)
    silent.goto("/talk/")
    silent.go_back(wait_until="commit")
    question_one(silent)
    expect(silent).to_have_title(re.compile("Self-quiz"))
    assert shown[-1] == ["/quiz/", True]


@pytest.mark.whole_browser
def test_back_to_the_quiz_from_memory_starts_again(page: Page, shown: list[list[Any]]) -> None:
    """The browser kept the page with all its answers; we had emptied it."""
    whole_quiz(page)
    page.goto("/talk/")
    page.go_back(wait_until="commit")
    question_one(page)
    assert shown[-1] == ["/quiz/", True]
    page.go_back(wait_until="commit")
    question_one(page)


@pytest.mark.whole_browser
def test_back_to_a_question_on_a_page_closes_it(page: Page, shown: list[list[Any]]) -> None:
    """Outside the quiz an opened answer is closed too."""
    page.goto("/talk/")
    page.locator("summary").first.click()
    assert journeys.answers_in(page)
    page.goto("/after/")
    page.go_back(wait_until="commit")
    expect(page.locator("summary").first).to_be_visible()
    assert shown[-1] == ["/talk/", True]
    assert journeys.answers_in(page) == []


@pytest.mark.whole_browser
def test_forward_and_reload_start_again(page: Page) -> None:
    """Out by Back, in again by Forward; and by reload, from the end."""
    page.goto("/")
    journeys.open_quiz(page)
    journeys.answer(page, journeys.longest(), steps=2)
    for _ in range(3):
        page.go_back(wait_until="commit")
    expect(page).to_have_url(re.compile(r":\d+/$"))
    for _ in range(3):
        page.go_forward(wait_until="commit")
        question_one(page)
    journeys.answer(page, journeys.longest())
    journeys.finish(page)
    page.reload()
    question_one(page)


@pytest.mark.whole_browser
def test_a_form_that_is_not_emptied_would_be_seen(
    site: Path, tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    """Without the wiping, Back brings the answers back, and the same look finds them."""
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    for script in (copy / "assets").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        script.write_text(text.replace('"pagehide"', '"x"').replace('"pageshow"', '"x"'), "utf-8")
    with serve(copy) as served:
        page = new_page(base_url=served.url)
        whole_quiz(page)
        page.goto("/talk/")
        page.go_back(wait_until="commit")
        expect(page.locator("form")).to_be_visible()
        assert journeys.answers_in(page)
