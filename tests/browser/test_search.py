"""Find answers what people type: the right place among the first three, help before all else."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from macros.data.addresses import address
from macros.site import Site
from tests.support.find_page import answers, under
from tests.support.netlify import ROOT, Served

PHONE_WITH_KEYBOARD = {"width": 360, "height": 640}
FIELD = "What is happening?"
RIGHT = 0.95
AT_ONCE = 50
"""Milliseconds from a key to its results, on a processor six times slower."""

GROUPS = yaml.safe_load((ROOT / "tests/site/phrases.yml").read_text(encoding="utf-8"))["groups"]


@pytest.mark.parametrize("part", ["tuned", "held"])
def test_a_right_place_is_among_the_first_three(page: Page, part: str) -> None:
    """For 95 of 100 things people type."""
    asked = [(p, g["any"]) for g in GROUPS if "any" in g for p in g.get(part, ())]
    said = answers(page, [phrase for phrase, _ in asked])
    missed = [
        f"{phrase}: {answer['found']}"
        for (phrase, accepted), answer in zip(asked, said, strict=True)
        if not any(under(place, address(a)) for place in answer["found"] for a in accepted)
    ]
    assert len(asked) > 30
    assert len(missed) <= (1 - RIGHT) * len(asked), "\n".join(missed)


def test_words_of_danger_bring_help_first(page: Page) -> None:
    """Every one of them, misspelt or in slang."""
    asked = [
        p
        for g in GROUPS
        if g.get("help", "none") != "none"
        for p in (*g["tuned"], *g.get("held", ()))
    ]
    said = answers(page, asked)
    assert [phrase for phrase, answer in zip(asked, said, strict=True) if not answer["help"]] == []


def test_help_is_for_what_was_said(page: Page, records: Site) -> None:
    """Who is hurt, who hurts, and whose life it is about each get their own help."""
    headings = {help.id: help.heading.replace("'", "\u2019") for help in records.search.help}
    asked = [(p, g["help"]) for g in GROUPS if g.get("help", "none") != "none" for p in g["tuned"]]
    said = answers(page, [phrase for phrase, _ in asked])
    other = [
        f"{phrase}: {answer['help']}"
        for (phrase, kind), answer in zip(asked, said, strict=True)
        if answer["help"] != headings[kind]
    ]
    assert len(other) <= (1 - RIGHT) * len(asked), "\n".join(other)


def test_a_word_of_several_dangers_is_told_by_those_beside_it(page: Page, records: Site) -> None:
    """A gun is one thing in my hands, and another in theirs: none of these may go wrong."""
    headings = {help.heading.replace("'", "\u2019"): help.id for help in records.search.help}
    asked = {
        "i have a gun": "self",
        "she has a gun": "partner",
        "im scared he has a gun": "partner",
        "scared to break up w her she has a gun": "partner",
        "i want to shoot him": "own",
    }
    said = answers(page, [*asked])
    assert [headings.get(answer["help"]) for answer in said] == [*asked.values()]


def test_what_only_sounds_like_danger_alarms_seldom(page: Page) -> None:
    """Afraid of being alone is no danger; in doubt, help may stand there all the same."""
    asked = [
        p for g in GROUPS if g.get("help") == "none" for p in (*g["tuned"], *g.get("held", ()))
    ]
    said = answers(page, asked)
    alarmed = [phrase for phrase, answer in zip(asked, said, strict=True) if answer["help"]]
    assert len(alarmed) <= 0.15 * len(asked), alarmed


@pytest.mark.parametrize(
    "typed",
    [
        "she got a restraining order against me can we talk",
        "he put his hands round my neck does couples counseling work",
        "i said id kill myself if she left how do i ask for another chance",
    ],
)
def test_nothing_about_going_on_trying_stands_below_help(
    page: Page, records: Site, typed: str
) -> None:
    """Not as what was asked for, and not to fill the list."""
    away = {address(path) for path in records.search.not_with_help}
    page.goto("/find/")
    page.get_by_role("searchbox", name=FIELD).fill(typed)
    expect(page.get_by_role("alert").get_by_role("heading")).to_be_visible()
    found = [str(a.get_attribute("href")) for a in page.locator(".find__results a").all()]
    places = {
        urljoin("/find/", urlsplit(href)._replace(scheme="", netloc="").geturl()) for href in found
    }
    assert places and "/talk/" in away
    assert not {place.split("#")[0] for place in places} & away


def test_help_stands_above_all_and_is_announced(new_page: Callable[..., Page]) -> None:
    """As an alert, above the results, with a number once a country is chosen."""
    page = new_page(size=PHONE_WITH_KEYBOARD)
    page.goto("/find/")
    page.get_by_role("searchbox", name=FIELD).fill("suicidal")
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("heading", name="You can talk to someone now")).to_be_in_viewport()
    results = page.locator(".find__results")
    assert alert.bounding_box()["y"] < results.bounding_box()["y"]
    expect(alert.get_by_role("link", name="People who answer, by country")).to_be_visible()
    expect(alert.get_by_role("link", name="Call 116 123")).to_be_hidden()
    alert.get_by_label("Your country").select_option("United Kingdom")
    expect(alert.get_by_role("link", name="Call 116 123")).to_have_attribute("href", "tel:116123")
    expect(alert.get_by_role("link", name="In danger now: 999")).to_be_visible()
    for link in alert.get_by_role("link").all():
        assert link.bounding_box()["height"] >= 44
    page.get_by_role("searchbox", name=FIELD).fill("she blocked me")
    expect(alert).to_be_hidden()


def test_the_same_help_is_announced_once(page: Page) -> None:
    """More letters of the same danger don't make a screen reader say it again."""
    page.goto("/find/")
    page.get_by_role("searchbox", name=FIELD).fill("he hits me")
    page.evaluate(
        "() => { window.changes = 0; new MutationObserver(() => { window.changes += 1 })"
        ".observe(document.querySelector('[role=alert]'), {childList: true}) }"
    )
    page.get_by_role("searchbox", name=FIELD).press_sequentially(" and i am scared")
    assert page.evaluate("window.changes") == 0


def test_the_field_comes_first_and_results_right_under_it(new_page: Callable[..., Page]) -> None:
    """A phone's keyboard takes the lower half; the first result stands above it."""
    page = new_page(size=PHONE_WITH_KEYBOARD)
    page.goto("/find/")
    field = page.get_by_role("searchbox", name=FIELD)
    field.fill("she blocked me")
    first = page.locator(".find__results a").first
    expect(first).to_contain_text("They blocked you, or they don\u2019t answer")
    assert first.bounding_box()["y"] - field.bounding_box()["y"] < 200
    for link in page.locator(".find__results a").all():
        assert link.bounding_box()["height"] >= 44


def test_a_heading_beats_a_text(page: Page) -> None:
    """The section named Children is the first for children, with its line and its page."""
    page.goto("/find/")
    page.get_by_role("searchbox", name=FIELD).fill("children")
    first = page.locator(".find__results li").first
    expect(first.locator("b")).to_have_text(re.compile("children", re.IGNORECASE))


@pytest.mark.parametrize("typed", ["xylophone", "qqqq", "zzz zzz", "?", "1"])
def test_something_is_always_there(page: Page, typed: str) -> None:
    """Where no word is known, what may be happening and people who answer are."""
    page.goto("/find/")
    page.get_by_role("searchbox", name=FIELD).fill(typed)
    links = page.locator(".find__results a:visible, .find__group a:visible")
    assert links.count() > 2
    expect(
        page.locator(".find__found").get_by_role("link", name="people who answer")
    ).to_be_visible()


def test_the_number_of_results_is_told_once(page: Page) -> None:
    """When the typing rests, not at each letter."""
    page.goto("/find/")
    page.evaluate(
        "() => { window.told = []; new MutationObserver(() => {"
        " const text = document.querySelector('.find__count').textContent;"
        " if (text) window.told.push(text);"
        " }).observe(document.querySelector('.find__count'), {childList: true}) }"
    )
    page.get_by_role("searchbox", name=FIELD).press_sequentially("wedding", delay=40)
    shown = page.locator(".find__results a").count()
    expect(page.locator(".find__count")).to_have_text(re.compile(rf"^{shown} place"))
    assert len(page.evaluate("window.told")) == 1


def test_by_keyboard_alone(page: Page) -> None:
    """Tab leads from the field to the first result, Enter opens it."""
    page.goto("/find/")
    page.get_by_role("searchbox", name=FIELD).fill("she blocked me")
    page.keyboard.press("Tab")
    expect(page.locator(".find__results a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/situations/silence/"))


def test_nothing_typed_is_sent_or_kept(page: Page, served: Served) -> None:
    """No request while one types; no trace in address or storage; an empty field on return."""
    page.goto("/find/", wait_until="networkidle")
    before = len(served.requests)
    page.get_by_role("searchbox", name=FIELD).fill("suicidal")
    page.get_by_label("Your country").select_option("Ireland")
    page.get_by_role("searchbox", name=FIELD).press("Enter")
    assert len(served.requests) == before
    assert "suicid" not in page.url
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(page.get_by_role("searchbox", name=FIELD)).to_have_value("")
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator(".find__results a")).to_have_count(0)


def test_without_scripts_the_list_is_whole(new_page: Callable[..., Page], records: Site) -> None:
    """Every page and section, and no field that would do nothing."""
    page = new_page(scripts=False)
    page.goto("/find/")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    sections = sum(len(found.sections) for found in records.pages.values())
    assert page.locator("[data-page] li a:visible").count() >= sections
    assert page.locator("[data-page] h2 a:visible").count() == len(records.pages)


@pytest.mark.alone
def test_results_come_at_once(whole_browser: Browser, served: Served) -> None:
    """At each key, known words and mistyped ones, on a processor six times slower."""
    page = whole_browser.new_page(base_url=served.url)
    page.goto("/find/", wait_until="networkidle")
    page.get_by_role("searchbox", name=FIELD).fill("ready")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    typed = "my boyfreind of 3 yeers wants to brake up and i am so scraed of losing him"
    took = page.evaluate(
        """async (typed) => {
          const field = document.querySelector("[data-module=find] input");
          const took = [];
          for (let n = 1; n <= typed.length; n += 1) {
            const start = performance.now();
            field.value = typed.slice(0, n);
            field.dispatchEvent(new Event("input", { bubbles: true }));
            took.push(performance.now() - start);
            await new Promise((done) => setTimeout(done));
          }
          return took.sort((a, b) => a - b);
        }""",
        typed,
    )
    page.close()
    assert took[len(took) * 9 // 10] <= AT_ONCE, took
