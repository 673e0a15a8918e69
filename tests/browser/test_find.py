"""The list of everything: whole without scripts, shorter as one types, and nothing of it kept."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.site import read_site
from tests.conftest import PHONE
from tests.support.netlify import ROOT, Served
from tests.support.reading import address, read

SITE = read_site(ROOT)
FIELD = "Type a word, such as “children” or “tonight”"


def lines(page: Page) -> list[str]:
    """What the list shows, line by line, first the words of the link."""
    return page.locator(".find__list a:visible").all_inner_texts()


def curly(text: str) -> str:
    """A text with the quotes that pages have."""
    return re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")


def everything() -> list[str]:
    """Every situation, question and section of the site, as its records have them."""
    return sorted(
        curly(says)
        for says in (
            *(situation.says for situation in SITE.situations.situations),
            *(item.stem for item in SITE.quiz.items),
            *(section.title for page in SITE.pages.values() for section in page.sections),
            *(country.name for country in SITE.helplines.countries),
        )
    )


def test_the_list_has_everything_without_scripts(new_page: Callable[..., Page]) -> None:
    """Every situation, question and section stands there, and no field that would do nothing."""
    page = new_page(scripts=False)
    page.goto("/find/")
    assert sorted(lines(page)) == everything()
    expect(page.get_by_role("searchbox")).to_have_count(0)


def test_every_page_of_the_site_is_on_the_list(site: Path) -> None:
    """Each page's heading leads to it."""
    found = read((site / address("find.md")).read_text(encoding="utf-8"))
    leads = {str(a["href"]) for a in found.select(".find__group h2 a")}
    assert len(leads) == len(SITE.pages)


def test_typing_shows_what_has_the_words(page: Page) -> None:
    """One word leaves the lines that speak of it, two leave those that speak of both."""
    page.goto("/find/")
    page.get_by_label(FIELD).fill("lawyer")
    assert "What not to do" in lines(page)  # the section speaks of one, though its heading does not
    assert "Has the spark gone?" not in lines(page)
    some = len(lines(page))
    page.get_by_label(FIELD).fill("lawyer jealous")
    assert lines(page) == ["What not to do"]
    assert some > 1
    page.get_by_label(FIELD).fill("")
    assert sorted(lines(page)) == everything()


@pytest.mark.parametrize(
    ("typed", "found"),
    {
        "kids": "Children",
        "cheating": "Is there someone else?",
        "suicide": "If you think about ending your life",
        "abuse": "Signs of control",
        "apartment": "Home and things",
        "divorce": "Money",
        "spyware": "If your phone may be watched",
    }.items(),
)
def test_a_reader_finds_it_in_their_own_words(page: Page, typed: str, found: str) -> None:
    """A word that stands in no heading still leads to the section that speaks of it."""
    page.goto("/find/")
    page.get_by_label(FIELD).fill(typed)
    assert found in lines(page)


@pytest.mark.parametrize("typed", ["wont", "WON’T", "won't", " won\u00b4t come "])
def test_how_a_word_is_typed_does_not_matter(page: Page, typed: str) -> None:
    """Capitals, apostrophes, spaces and half a word all find the same."""
    page.goto("/find/")
    page.get_by_label(FIELD).fill(typed)
    assert "If they won’t come" in lines(page)


def test_a_heading_without_lines_is_gone(page: Page) -> None:
    """A group with nothing left to show takes its heading with it."""
    page.goto("/find/")
    expect(page.get_by_role("heading", name="Privacy")).to_have_count(0)
    page.get_by_label(FIELD).fill("spark")
    groups = page.locator(".find__group:visible")
    for group in groups.all():
        assert group.locator("li:visible").count() > 0
    assert groups.count() < page.locator(".find__group").count()


def test_nothing_found_says_so_kindly(page: Page) -> None:
    """No line is left, and the reader is told where else to turn."""
    page.goto("/find/")
    none = page.get_by_text("Nothing here has those words.")
    expect(none).to_be_hidden()
    page.get_by_label(FIELD).fill("xylophone")
    assert lines(page) == []
    expect(none).to_be_visible()
    expect(none.get_by_role("link", name="people who answer")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Nothing found")).to_have_count(1)
    page.get_by_label(FIELD).fill("spark")
    expect(none).to_be_hidden()


def test_the_number_of_lines_is_announced_once(page: Page) -> None:
    """Typing a word letter by letter speaks up once, when the typing rests."""
    page.goto("/find/")
    page.evaluate(
        "() => { window.told = []; new MutationObserver(() => {"
        " const text = document.querySelector('.find__count').textContent;"
        " if (text) window.told.push(text);"
        " }).observe(document.querySelector('.find__count'), {childList: true}) }"
    )
    page.get_by_label(FIELD).press_sequentially("spark", delay=80)
    count = page.locator(".find__count")
    expect(count).to_have_text(f"{len(lines(page))} lines found")
    expect(count).to_have_role("status")
    assert page.evaluate("window.told") == [f"{len(lines(page))} lines found"]


def test_the_keyboard_reaches_field_and_lines(page: Page) -> None:
    """Tab goes from the field to the first line that is left, and Enter goes there."""
    page.goto("/find/")
    page.get_by_label(FIELD).focus()
    page.keyboard.type("outgrown it")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/find/$"))
    while page.evaluate("document.activeElement.tagName") != "A":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/what-changed/"))


@pytest.mark.whole_browser
def test_what_was_typed_is_kept_nowhere(page: Page, served: Served) -> None:
    """No request, no address and no history has it, and Back finds the field empty."""
    page.goto("/find/", wait_until="networkidle")
    asked = served.asked()
    before = page.evaluate("history.length")
    field = page.get_by_label(FIELD)
    expect(field).to_have_attribute("autocomplete", "off")
    expect(field).to_have_attribute("spellcheck", "false")
    field.fill("xylophone")
    expect(page.get_by_role("status").filter(has_text="Nothing found")).to_have_count(1)
    assert served.asked() == asked
    assert page.url == f"{served.url}/find/"
    assert page.evaluate("history.length") == before
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.goto("/talk/")
    page.go_back(wait_until="commit")
    expect(page.get_by_label(FIELD)).to_have_value("")
    assert sorted(lines(page)) == everything()


def test_forgetting_empties_the_field(page: Page) -> None:
    """What makes the quiz forget makes the list whole again."""
    page.goto("/find/")
    page.get_by_label(FIELD).fill("xylophone")
    page.evaluate("document.dispatchEvent(new Event('forget'))")
    expect(page.get_by_label(FIELD)).to_have_value("")
    assert sorted(lines(page)) == everything()


def test_the_field_fits_a_phone(new_page: Callable[..., Page]) -> None:
    """It is as wide as the text, tall enough for a thumb, and nothing scrolls sideways."""
    page = new_page(size=PHONE)
    page.goto("/find/")
    box = page.get_by_label(FIELD).bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
