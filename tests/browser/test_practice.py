"""The practice scenes as a reader plays them: on the screen, without scripts, and on paper."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from macros.practice import proof
from macros.practice.booklet import booklet
from macros.practice.model import Ending, Opening, Reply, Scene
from macros.render import typographic
from tests.support.browsers import NARROW, PHONE
from tests.support.netlify import ROOT, Served
from tests.support.records import read_records
from tests.support.speed import AT_ONCE, STOPWATCH, shortest

SCENES = read_records().practice
NUMBERS = booklet(SCENES).numbers

HEAVIEST = 26_000

Move = tuple[Scene, Reply]


def press(page: Page, name: str) -> None:
    """Press a button by keyboard: a click of its own, not half of a double one."""
    page.get_by_role("button", name=name, exact=True).press("Enter")


def line(page: Page) -> Locator:
    """The partner's line, or the title of the ending."""
    return page.locator(".play").get_by_role("heading", level=2).first


def words(reply: Reply) -> str:
    return typographic(reply.says or reply.does or "")


def option(page: Page, reply: Reply) -> Locator:
    return page.get_by_role("radio").and_(page.get_by_label(words(reply)))


def begin(page: Page, opening: Opening) -> None:
    page.goto("/practice/")
    page.get_by_role("button", name=opening.title).press("Enter")


def choose(page: Page, reply: Reply) -> None:
    option(page, reply).check()
    press(page, "Say it" if reply.says else "Do it")


def moves_to(ending: str) -> tuple[Opening, list[Move]]:
    """The opening and the fewest replies that lead to an ending."""

    def ways(name: str, made: tuple[Move, ...]) -> Iterator[tuple[Move, ...]]:
        if name == ending:
            yield made
        elif scene := SCENES.scene.get(name):
            if scene.to == ending:
                yield made
            for reply in scene.replies:
                yield from ways(reply.to, (*made, (scene, reply)))

    found = [(o, way) for o in SCENES.openings for way in ways(o.first, ())]
    opening, moves = min(found, key=lambda pair: len(pair[1]))
    return opening, list(moves)


def walk(page: Page, ending: str) -> None:
    opening, moves = moves_to(ending)
    begin(page, opening)
    for _, reply in moves:
        choose(page, reply)


@pytest.mark.parametrize("kind", sorted({e.kind for e in SCENES.endings} - {"help"}))
def test_a_walk_to_each_kind_of_ending_shows_their_side(page: Page, kind: str) -> None:
    ending = next(
        e
        for e in SCENES.endings
        if e.kind == kind and e.id not in (SCENES.anywhere.stop, SCENES.anywhere.afraid)
    )
    walk(page, ending.id)
    expect(line(page)).to_have_text(typographic(ending.title))
    expect(line(page)).to_be_focused()
    play = page.locator(".play")
    expect(play.get_by_text(typographic(ending.text))).to_be_visible()
    expect(play.get_by_text("Their side")).to_be_visible()
    expect(play.get_by_text(typographic(ending.partner_side or ""))).to_be_visible()
    assert play.get_by_role("link").count() == len(ending.next)
    assert not page.get_by_role("radio").count()
    expect(page.get_by_text("Take a minute before you go on.")).to_be_visible()


@pytest.mark.parametrize("name", [e.id for e in SCENES.endings if e.kind == "help"])
def test_each_help_ending_shows_help_first_and_nothing_beside_it(page: Page, name: str) -> None:
    ending = SCENES.ending[name]
    if name == SCENES.anywhere.afraid:
        begin(page, SCENES.openings[0])
        press(page, "I am afraid")
    else:
        walk(page, name)
    shows_help(page, ending)


def shows_help(page: Page, ending: Ending) -> None:
    """Help is shown, first and in reach, and nothing that goes on with the scene."""
    play = page.locator(".play")
    expect(play.get_by_role("heading", name=typographic(ending.title))).to_be_visible()
    first = play.get_by_role("link").first
    expect(first).to_be_visible()
    assert (first.get_attribute("href") or "").endswith("/help/")
    box = first.bounding_box()
    assert box
    assert box["height"] >= 52
    assert not page.get_by_role("radio").count()
    expect(page.get_by_role("button", name="Begin this scene again")).to_have_count(0)
    expect(page.get_by_role("heading", name="So far")).to_be_hidden()


def test_a_danger_stands_above_the_help_for_it(page: Page) -> None:
    """Every scene with a danger, each with its line and without a reply."""
    dangers = [scene for scene in SCENES.scenes if scene.danger]
    assert dangers
    for scene in dangers:
        opening, moves = next(
            (o, list(path)) for o in SCENES.openings for path in paths_to(o.first, scene.id)
        )
        begin(page, opening)
        for _, reply in moves:
            choose(page, reply)
        expect(line(page)).to_contain_text(typographic(scene.line or ""))
        expect(line(page)).to_be_focused()
        shows_help(page, SCENES.ending[scene.to or ""])


def paths_to(name: str, goal: str, made: tuple[Move, ...] = ()) -> Iterator[tuple[Move, ...]]:
    if name == goal:
        yield made
    elif scene := SCENES.scene.get(name):
        for reply in scene.replies:
            yield from paths_to(reply.to, goal, (*made, (scene, reply)))


HOME = next(opening for opening in SCENES.openings if opening.id == "home")
FIRST = SCENES.scene[HOME.first]


def test_who_the_two_are_stands_before_the_first_line_and_only_there(page: Page) -> None:
    begin(page, HOME)
    play = page.locator(".play")
    expect(play.get_by_text(typographic(HOME.people))).to_be_visible()
    choose(page, FIRST.replies[0])
    expect(play.get_by_text(typographic(HOME.people))).to_be_hidden()


def test_what_a_reply_may_do_is_told_before_it_is_said(page: Page) -> None:
    begin(page, HOME)
    status = page.get_by_role("status").last
    assert not status.inner_text()
    for reply in FIRST.replies:
        option(page, reply).check()
        expect(status).to_contain_text(typographic(reply.effect))
        expect(line(page)).to_contain_text(typographic(FIRST.stage or FIRST.line or ""))


def test_nothing_is_said_until_something_is_chosen(page: Page) -> None:
    begin(page, HOME)
    press(page, "Say it")
    expect(page.get_by_text("Choose something to say first.")).to_be_visible()
    expect(line(page)).to_contain_text(typographic(FIRST.stage or ""))


def test_a_line_is_announced_once(page: Page) -> None:
    """The focus goes to it; no live region says it too, and the last effect is gone."""
    begin(page, HOME)
    choose(page, FIRST.replies[0])
    next_line = typographic(SCENES.scene[FIRST.replies[0].to].line or "")
    expect(line(page)).to_be_focused()
    expect(line(page)).to_contain_text(next_line)
    live = page.locator("[role=status], [role=alert], [aria-live]")
    assert not "".join(live.all_inner_texts()).strip()


def test_what_was_said_so_far_stands_there_with_the_distance(page: Page) -> None:
    opening, moves = moves_to("h-why")
    begin(page, opening)
    for _, reply in moves[:-1]:
        choose(page, reply)
    said = page.get_by_role("region").or_(page.locator(".play__so-far")).get_by_role("listitem")
    expect(said).to_have_count(2 * (len(moves) - 1))
    shown = said.all_inner_texts()
    for n, (scene, reply) in enumerate(moves[:-1]):
        assert typographic(scene.line or scene.stage or "") in shown[2 * n]
        assert words(reply) in shown[2 * n + 1]
    apart = page.locator(".play__so-far .circles").evaluate_all(
        "all => all.map((one) => [...one.children].map((circle) => circle.getAttribute('cx')))"
    )
    drawn = [float(them) - float(you) for you, them in apart]
    assert drawn[::2] == [scene.distance for scene, _ in moves[:-1]]


def test_one_step_back_and_the_browsers_back_and_forward_walk_the_scene(page: Page) -> None:
    page.goto("/")
    begin(page, HOME)
    choose(page, FIRST.replies[0])
    second = line(page).inner_text()
    press(page, "One step back")
    expect(line(page)).to_contain_text(typographic(FIRST.stage or ""))
    page.go_forward(wait_until="commit")
    expect(line(page)).to_have_text(re.compile(re.escape(second.split("\n")[-1])))
    page.go_back(wait_until="commit")
    page.go_back(wait_until="commit")
    expect(page.get_by_role("heading", name="Four talks to practice")).to_be_focused()
    page.go_back(wait_until="commit")
    assert urlsplit(page.url).path == "/"


def test_say_that_again_leads_back_from_an_ending(page: Page) -> None:
    opening, moves = moves_to("again")
    begin(page, opening)
    for _, reply in moves:
        choose(page, reply)
    press(page, "Say that again")
    for reply in moves[-1][0].replies:
        expect(option(page, reply)).not_to_be_checked()
    press(page, "Stop here")
    press(page, "Begin this scene again")
    expect(line(page)).to_contain_text(typographic(SCENES.scene[opening.first].stage or ""))
    press(page, "Stop here")
    press(page, "Choose another scene")
    for other in SCENES.openings:
        expect(page.get_by_role("button", name=other.title)).to_be_visible()


def test_stop_and_afraid_are_on_every_scene_that_goes_on(page: Page) -> None:
    """By the fewest replies to each scene; back leads to the scene again."""
    for scene in SCENES.scenes:
        if scene.danger or not scene.id.startswith("b-"):
            continue
        opening = SCENES.openings[-1]
        way = min(paths_to(opening.first, scene.id), key=len)
        begin(page, opening)
        for _, reply in way:
            choose(page, reply)
        for name, ending in (
            ("Stop here", SCENES.anywhere.stop),
            ("I am afraid", SCENES.anywhere.afraid),
        ):
            press(page, name)
            expect(line(page)).to_have_text(typographic(SCENES.ending[ending].title))
            press(page, "Say that again")
            expect(page.get_by_role("radio")).to_have_count(len(scene.replies))


def test_address_title_history_and_storage_tell_nothing(page: Page) -> None:
    page.goto("/practice/")
    before = (page.url, page.title())
    opening, moves = moves_to("care-line")
    page.get_by_role("button", name=opening.title).press("Enter")
    for _, reply in moves:
        choose(page, reply)
        assert (page.url, page.title()) == before
        state = page.evaluate("history.state")
        assert set(state) == {"practice"}
        assert isinstance(state["practice"], int)
    kept = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(kept) == [0, 0, ""]


def played(page: Page) -> None:
    begin(page, HOME)
    choose(page, FIRST.replies[0])


def empty(page: Page) -> None:
    """Assert that the page is at its beginning and holds nothing of a scene."""
    expect(page.get_by_role("heading", name="Four talks to practice")).to_be_visible()
    expect(page.locator(".play__so-far")).to_have_count(0)
    assert not page.locator("input:checked").count()


def test_a_reload_begins_anew(page: Page) -> None:
    played(page)
    page.reload()
    empty(page)


@pytest.mark.parametrize("event", ["forget", "pagehide"])
def test_leaving_forgets_the_scene(page: Page, event: str) -> None:
    played(page)
    target = "document" if event == "forget" else "window"
    page.evaluate(f"{target}.dispatchEvent(new Event('{event}'))")
    empty(page)
    page.go_back(wait_until="commit")
    page.go_forward(wait_until="commit")
    empty(page)


@pytest.mark.whole_browser
def test_a_page_that_comes_back_has_forgotten(new_page: Callable[..., Page]) -> None:
    page = new_page()
    played(page)
    page.goto("/privacy/")
    page.go_back(wait_until="commit")
    empty(page)


@pytest.mark.allow("another host")
def test_leave_forgets_and_goes(page: Page) -> None:
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="Weather"))
    played(page)
    page.evaluate("addEventListener('pagehide', () => { window.name = document.body.innerText })")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url("https://www.weather.gov/")
    assert not page.evaluate("window.name").strip()


def test_the_whole_scene_works_by_keyboard_alone(page: Page) -> None:
    page.goto("/practice/")
    page.get_by_role("button", name=HOME.title).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(option(page, FIRST.replies[0])).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(option(page, FIRST.replies[1])).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Say it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(line(page)).to_contain_text(typographic(SCENES.scene[FIRST.replies[1].to].line or ""))


def test_a_double_click_is_one_choice(page: Page) -> None:
    """Its second click falls on what has come under the pointer, and chooses nothing there."""
    page.goto("/practice/")
    page.get_by_role("button", name=HOME.title).dblclick()
    expect(line(page)).to_contain_text(typographic(FIRST.stage or ""))
    second = {"detail": 2, "bubbles": True, "cancelable": True}
    for reply in FIRST.replies:
        option(page, reply).dispatch_event("click", second)
        expect(option(page, reply)).not_to_be_checked()
    press(page, "Say it")
    expect(page.get_by_text("Choose something to say first.")).to_be_visible()


def test_replies_and_buttons_are_as_large_as_a_finger(new_page: Callable[..., Page]) -> None:
    page = new_page(size=NARROW)
    begin(page, HOME)
    heights = page.locator(".play__reply, [data-do=say]").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 52
    ways = page.locator(".play__ways button").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert len(ways) == 3
    assert min(ways) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_chosen_reply_shows_in_forced_colors(new_page: Callable[..., Page]) -> None:
    page = new_page(forced_colors="active")
    begin(page, HOME)
    option(page, FIRST.replies[0]).check()
    outlines = page.locator(".play__reply").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).outlineStyle)"
    )
    assert outlines == ["solid", *["none"] * (len(FIRST.replies) - 1)]


@pytest.mark.allow("planted")
def test_any_fault_in_the_script_leaves_the_booklet(page: Page) -> None:
    page.goto("/practice/")
    page.get_by_role("button", name=HOME.title).press("Enter")
    page.evaluate(
        "() => { Element.prototype.replaceChildren = () => { throw new Error('planted') } }"
    )
    page.get_by_text(words(FIRST.replies[0])).last.click()
    expect(page.get_by_text("This booklet works without scripts.")).to_be_visible()
    expect(page.get_by_role("heading", name="1", exact=True)).to_be_visible()
    expect(page.locator(".play")).to_have_count(0)


def number_after(entry: Locator, text: str) -> int:
    """The number that stands in an entry after a text."""
    shown = re.sub(r"\s+", " ", entry.inner_text())
    found = re.search(re.escape(text) + r".*?Go to (\d+)", shown)
    assert found, (text, shown)
    return int(found[1])


def test_without_scripts_the_booklet_is_whole_and_every_number_is_right(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(scripts=False)
    page.goto("/practice/")
    expect(page.get_by_text("This booklet works without scripts.")).to_be_visible()
    for name, number in NUMBERS.items():
        heading = page.get_by_role("heading", name=str(number), exact=True)
        entry = page.locator(".entry").filter(has=heading)
        shown = re.sub(r"\s+", " ", entry.inner_text())
        if scene := SCENES.scene.get(name):
            assert typographic(scene.stage or "") in shown
            assert typographic(scene.line or "") in shown
            for reply in scene.replies:
                assert typographic(reply.effect) in shown
                assert number_after(entry, words(reply)) == NUMBERS[reply.to]
            if scene.to:
                assert number_after(entry, "The scene stops here.") == NUMBERS[scene.to]
        else:
            ending = SCENES.ending[name]
            for text in (ending.title, ending.text, ending.partner_side or ""):
                assert typographic(text) in shown
            assert entry.get_by_role("link").count() == len(ending.next)
    for opening in SCENES.openings:
        part = page.locator(f"#scenes-{opening.id}").inner_text()
        assert f"Stop here, go to {NUMBERS[SCENES.anywhere.stop]}" in part
        assert f"I am afraid, go to {NUMBERS[SCENES.anywhere.afraid]}" in part


def test_an_address_that_names_one_talk_prints_it_by_itself(page: Page) -> None:
    page.goto("/practice/#scenes-steps")
    page.emulate_media(media="print")
    expect(page.locator("#scenes-steps")).to_be_visible()
    expect(page.locator("#scenes-home")).to_be_hidden()
    shared = page.get_by_role("heading", name="Endings of all four talks")
    expect(shared).to_be_visible()


def test_paper_has_the_booklet_whatever_is_on_the_screen(page: Page) -> None:
    played(page)
    page.emulate_media(media="print")
    expect(page.locator(".play")).to_be_hidden()
    assert page.locator(".entry:visible").count() == len(NUMBERS)


def test_the_script_walks_as_the_proof_does(page: Page) -> None:
    """Every walk, by the numbers met, from the rendered booklet."""
    folder = ROOT / "macros/components/practice"

    def module(route: Route) -> None:
        name = Path(urlsplit(route.request.url).path).name
        route.fulfill(body=(folder / name).read_text("utf-8"), content_type="text/javascript")

    page.route("**/modules/*.js", module)
    page.goto("/practice/")
    found = page.evaluate(
        """async () => {
          const { readBooklet, readOpenings } = await import("/modules/read-booklet.js");
          const { begin, met, say } = await import("/modules/walk.js");
          const form = document.querySelector("form[data-module=practice]");
          const book = readBooklet(form);
          const all = [];
          const onward = (walk) => {
            const numbers = met(book, walk);
            const scene = book.scenes.get(numbers.at(-1));
            if (!scene) all.push(numbers);
            else for (const reply of scene.replies.keys()) onward(say(walk, reply));
          };
          for (const { first } of readOpenings(form)) onward(begin(first));
          return JSON.stringify(all);
        }"""
    )
    ours = [
        [NUMBERS[name] for name in (*one.scenes, one.ending)]
        for opening in SCENES.openings
        for one in proof.walks(SCENES, opening)
    ]
    assert json.loads(found) == ours
    assert len(ours) > 500


def test_a_first_visit_stays_light(site: Path) -> None:
    """Page, style, scripts and icon, as a host sends them at once."""
    html = (site / "practice/index.html").read_bytes()
    files = {site / name.decode() for name in re.findall(rb"assets/[\w.-]+", html)}
    assert len(files) == 5
    weight = sum(
        len(brotli.compress(one, quality=5)) for one in (html, *(f.read_bytes() for f in files))
    )
    assert weight <= HEAVIEST


def played_fast(browser: Browser, base: str) -> list[float]:
    """Play the longest walk, six times slower; milliseconds from each press to the next line."""
    page = browser.new_page(base_url=base, viewport=PHONE)
    page.goto("/practice/")
    page.evaluate(STOPWATCH)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.get_by_role("button", name=SCENES.openings[0].title).press("Enter")
    longest = max(paths_to(SCENES.openings[0].first, "m-end"), key=len)
    for _, reply in longest:
        option(page, reply).check()
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))")
        page.evaluate("begun.push(performance.now())")
        press(page, "Say it" if reply.says else "Do it")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))")
    took: list[float] = page.evaluate("took()")
    page.close()
    return took


@pytest.mark.slow
@pytest.mark.alone
def test_the_next_line_comes_at_once(
    whole_browser: Browser, served: Served, note: Callable[[str], None]
) -> None:
    least = shortest(lambda: played_fast(whole_browser, served.url), 15)
    note(f"practice: {max(least):.0f} ms from a press to the next line, six times slower")
    assert len(least) == 8
    assert max(least) <= AT_ONCE, least
