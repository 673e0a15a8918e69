"""What a reader presses leads where its words say: written by hand, for what matters most."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from macros.render import typographic
from tests.support.journeys import SITE

# Page, what is pressed, the address it leads to, and the heading that is then in view.
WAYS_TO_HELP = [
    ("/now/", "Call or text someone now", "/help/", "People you can call, text or write to"),
    ("/now/", "a line for people hurt by a partner", "/help/", "People you can call"),
    ("/now/", "A safety plan", "/care/#plan", ""),
    ("/now/", "if you are the one pressing", "/care/#pressing", ""),
    ("/now/", "call someone", "/help/", "People you can call"),
    ("/now/", "a listening line", "/help/", "People you can call"),
    ("/now/", "a crisis line", "/help/", "People you can call"),
    ("/", "Get help", "/help/", "People you can call"),
    ("/", "Self-quiz", "/quiz/", ""),
    ("/talk/", "Get help now", "/help/", "People you can call"),
    ("/talk/", "how to take care", "/care/", ""),
    ("/talk/", "what to do right now", "/now/", "What to do right now"),
    ("/talk/", "Read in private", "/care/#private", ""),
    ("/404.html", "people who answer", "/help/", "People you can call"),
    ("/find/", "People you can call, text or write to", "/help/", "People you can call"),
]


@pytest.mark.allow("404")
@pytest.mark.parametrize(("address", "name", "there", "heading"), WAYS_TO_HELP)
def test_the_way_to_help_leads_to_help(
    page: Page, address: str, name: str, there: str, heading: str
) -> None:
    """Every link of that name on the page does, and what it names is in view."""
    page.goto(address)
    links = page.get_by_role("link", name=name, exact=True)
    assert links.count()
    assert set(links.evaluate_all("all => all.map(a => a.pathname + a.hash)")) == {there}
    links.first.click()
    expect(page).to_have_url(re.compile(f"{re.escape(there)}$"))
    if heading:
        expect(page.get_by_role("heading", name=heading).first).to_be_in_viewport()


# As a reader sees it, and as the phone must get it.
NUMBERS = {
    "/help/": [
        ("Call", "988", "tel:988"),
        ("Text", "988", "sms:988"),
        ("Text HOME to", "741741", "sms:741741?&body=HOME"),
        ("Text START to", "88788", "sms:88788?&body=START"),
        ("Call", "1-800-799-7233", "tel:18007997233"),
        ("Call", "116 123", "tel:116123"),
        ("Call", "0808 2000 247", "tel:08082000247"),
        ("Call", "000", "tel:000"),
        ("Call", "999", "tel:999"),
        ("Call", "911", "tel:911"),
    ],
    "/now/": [
        ("", "911", "tel:911"),
        ("", "999", "tel:999"),
        ("", "112", "tel:112"),
        ("", "000", "tel:000"),
        ("", "111", "tel:111"),
    ],
}


def phones(page: Page) -> list[tuple[str, str, str]]:
    """Each number of a page: the words before it, the number as it is read, where it leads."""
    found = page.locator("main a[href^='tel:'], main a[href^='sms:']").evaluate_all(
        """all => all.map(a => {
            const phone = a.querySelector(".phone") ?? a;
            const words = phone === a ? "" : phone.parentElement.textContent;
            return [words.replace(phone.textContent, "").trim(),
                phone.textContent, a.getAttribute("href")];
        })"""
    )
    return [tuple(each) for each in found]


@pytest.mark.parametrize("address", NUMBERS)
def test_a_number_is_called_or_texted_as_it_is_read(page: Page, address: str) -> None:
    """Digit for digit, leading zeros too; "Call" calls, "Text" texts, with the word to send."""
    page.goto(address)
    numbers = phones(page)
    missing = [each for each in NUMBERS[address] if each not in numbers]
    assert missing == []
    for before, shown, target in numbers:
        scheme, _, rest = target.partition(":")
        digits, _, body = rest.partition("?&body=")
        assert re.sub(r"[^\d+]", "", shown) == digits
        assert scheme == ("sms" if before.startswith("Text") else "tel"), (before, shown)
        assert not body or before == f"Text {body} to"


def test_every_helpline_has_its_own_numbers(page: Page) -> None:
    """All of its ways, under its own name, as its record has them; and a country to pick it by."""
    for country in SITE.helplines.countries:
        page.goto(f"/help/#{country.id}")
        part = page.get_by_role("region", name=country.name, exact=True)
        if country.emergency:
            danger = part.get_by_role("link", name="In danger now")
            expect(danger).to_have_accessible_name(f"Call {country.emergency} In danger now")
        for line in country.lines:
            card = page.locator(f'article[id="{line.id}"]')
            expect(card.get_by_role("heading")).to_have_text(typographic(line.name))
            ways = card.locator(".ways a > span:first-of-type").all_inner_texts()
            wanted = [
                f"Call {way.call}"
                if way.call
                else f"Text {f'{way.send} to ' if way.send else ''}{way.text}"
                if way.text
                else "Chat online"
                for way in line.contacts
            ]
            assert ways == wanted
            webs = card.get_by_role("link").evaluate_all("all => all.map(a => a.href)")
            chats = [way.chat for way in line.contacts if way.chat]
            assert set(chats) | ({line.web} if line.web else set()) <= set(webs), line.id
        part.get_by_role("link", name="Change the country").click()
        pick = page.get_by_role("navigation", name="Pick a country")
        pick.get_by_role("link", name=country.name, exact=True).click()
        expect(part.get_by_role("heading", name=country.name, exact=True)).to_be_in_viewport()


# What a reader says on the first page, and the page or section it opens.
SITUATIONS = {
    "We are drifting apart": "/look-honestly/",
    "They say they want to break up": "/talk/",
    "I keep asking them to stay": "/stop-convincing/",
    "There is someone else, for them": "/situations/third-person/",
    "They say they will hurt themselves": "/care/#if-they-say",
    "They won’t talk, or they have decided": "/let-go/",
}


def test_what_is_happening_leads_to_its_page(page: Page) -> None:
    """By hand for some, and each in the order and to the place of its record."""
    page.goto("/")
    links = page.locator(".situations a")
    says = links.locator("b").all_inner_texts()
    assert says == [typographic(s.says) for s in SITE.situations.situations]
    found = dict(
        zip(says, links.evaluate_all("all => all.map(a => a.pathname + a.hash)"), strict=True)
    )
    assert {name: found[name] for name in SITUATIONS} == SITUATIONS


# A learning check on a page, and the one answer that fits what is known.
VERDICTS = {True: ("Yes", "Right", "True", "False"), False: ("No", "Not", "True", "False")}
CHECKS = {
    "/now/": ("If I send nothing tonight", "False"),
    "/stop-convincing/": ("If I find the right words", "False"),
    "/talk/": ("What matters most about the talk?", "That they feel heard"),
}


@pytest.mark.parametrize("address", CHECKS)
def test_a_learning_check_says_which_answer_fits(
    new_page: Callable[..., Page], address: str
) -> None:
    """One of them fits, the others do not; each with a source. Without scripts, too."""
    page = new_page(scripts=False)
    page.goto(address)
    stem, right = CHECKS[address]
    group = page.get_by_role("group").filter(has_text=stem).filter(has=page.locator("details"))
    for option in group.first.locator("details").all():
        option.locator("summary").click()
        text = option.locator("p").inner_text()
        said = option.locator("summary").inner_text()
        assert text.startswith(VERDICTS[said == right]), said
        there = option.get_by_role("link", name="Where this comes from").evaluate("a => a.pathname")
        assert there.startswith("/sources/")


def test_an_opened_answer_closes_the_other(page: Page) -> None:
    """And closes when the page is left, so that nobody finds what was opened."""
    page.goto("/talk/")
    options = page.locator(".ask").first.locator("details")
    for n in (0, 1):
        options.nth(n).locator("summary").click()
    assert options.evaluate_all("all => all.map(d => d.open)")[:2] == [False, True]
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(page.locator(".ask details[open]")).to_have_count(0)


def test_each_step_of_the_way_leads_to_the_next(page: Page) -> None:
    """In the order of the way, each saying where the reader is."""
    steps = sorted(
        (p for p in SITE.pages.values() if p.meta.step), key=lambda p: (p.meta.step, p.path)
    )
    for each in steps:
        page.goto("/" + each.path.removesuffix(".md") + "/")
        expect(page.get_by_text(re.compile(f"^Step {each.meta.step} of 5"))).to_be_visible()
        link = page.locator("main .next")
        expect(link).to_contain_text(typographic(SITE.pages.title(each.meta.next)))
        there = "/" + re.sub(r"(/index)?\.md", "/", each.meta.next)
        assert link.evaluate("a => a.pathname + a.hash") == there


def test_a_source_says_how_strong_it_is(page: Page) -> None:
    """The note on a page says it in words, and leads to the source's own entry."""
    page.goto("/now/")
    source = next(s for s in SITE.sources.sources if s.id == "pursuit")
    note = page.locator("details.note", has_text=typographic(source.finding)).first
    expect(note.locator("summary")).to_contain_text(source.in_words())
    expect(note).to_contain_text(typographic(source.finding))
    note.get_by_role("link").click()
    expect(page.locator('[id="pursuit"]')).to_be_in_viewport()
