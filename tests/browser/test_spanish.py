"""The Spanish site in use: each page seen once, and each tool as a reader takes it.

What does not depend on the language is held by the tests of the English pages.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.data.addresses import address
from macros.languages import read_edition
from macros.quiz.outcomes import effective, outcomes_for, visited
from macros.quiz.personas import Persona
from macros.render import typographic
from tests.support.browsers import DESKTOP, NARROW, PHONE
from tests.support.find_page import answers, under
from tests.support.journeys import FEW, PUBLIC, longest
from tests.support.journeys import QUIZ as ENGLISH
from tests.support.leaving import LEAVE
from tests.support.netlify import ROOT
from tests.support.paper import dense, lost, pieces, printed
from tests.support.probes import DOUBLED, STRUCTURE, axe, probe, restyle
from tests.support.quiz_page import CONTINUE, GO_ON, SEE, START, label_selector
from tests.support.responses import Given

SITE = read_edition(ROOT, "es").site
QUIZ = SITE.quiz
EXAMPLES = [person for person in SITE.personas.people if person.example]
ADDRESSES = [*(f"/es{address(path)}" for path in sorted(SITE.pages)), "/es/404.html"]
PHRASES = [
    line.split("\t")
    for line in Path(__file__).with_name("phrases.es.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]

no_404 = pytest.mark.allow("404")


@no_404
@pytest.mark.parametrize(
    "address",
    [
        pytest.param(a, marks=[pytest.mark.slow] * (a.removeprefix("/es") not in FEW))
        for a in ADDRESSES
    ],
)
def test_a_spanish_page_fits_a_phone_and_a_desk(address: str, page: Page) -> None:
    """Spanish words are longer: nothing sticks out, the bar is one row, axe finds nothing."""
    findings = {}
    page.goto(address)
    for size in (NARROW, PHONE, DESKTOP):
        page.set_viewport_size(size)
        for name in ("sticksOut", "brokenWords", "barRows", "barInView", "covered"):
            findings[f"{name} at {size['width']}"] = probe(page, name)
    probe(page, "unfold")
    findings["axe"] = axe(page, rules=STRUCTURE)
    page.set_viewport_size(PHONE)
    restyle(page, DOUBLED)
    findings["doubled"] = probe(page, "sticksOut") + probe(page, "barInView")
    assert {name: found for name, found in findings.items() if found} == {}


def follow(page: Page, language: str) -> None:
    """Follow the link to another language, which stands in the bar or above the title."""
    page.wait_for_load_state()
    page.get_by_role("link", name=language).locator("visible=true").click()


def test_the_link_to_english_leads_to_the_same_section(page: Page) -> None:
    """And back, at any width; a reading list goes with it."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        page.goto("/es/talk/#ask-why")
        follow(page, "English")
        expect(page).to_have_url(re.compile(r"[^s]/talk/#ask-why$"))
        follow(page, "Español")
        expect(page).to_have_url(re.compile(r"/es/talk/#ask-why$"))
    page.goto("/list/#talk.ask-why,now")
    follow(page, "Español")
    expect(page).to_have_url(re.compile(r"/es/list/#talk\.ask-why,now$"))
    expect(page.get_by_role("link", name="Preguntar por qué, y callarse")).to_be_visible()


def test_without_scripts_the_link_leads_to_the_page(new_page: Callable[..., Page]) -> None:
    """It is a plain link."""
    page = new_page(scripts=False)
    page.goto("/care/")
    follow(page, "Español")
    expect(page).to_have_url(re.compile(r"/es/care/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Cuidarte tú, y cuidar a tu pareja")


@pytest.mark.allow("request to another host")
def test_leave_leaves_from_a_spanish_page(page: Page) -> None:
    """By the link, named in Spanish, and by the key, which is announced in Spanish."""
    page.route(LEAVE, lambda route: route.fulfill(body="<title>Forecast</title>"))
    page.goto("/es/care/")
    page.keyboard.press("Shift")
    expect(page.get_by_role("status").first).to_have_text(
        "Para salir, presiona Shift dos veces más."
    )
    page.get_by_role("link", name="Salir de este sitio", exact=True).click()
    expect(page).to_have_title("Forecast")


def take(page: Page, given: Given) -> None:
    """Take the Spanish quiz: go on from each question that is met, past the offer of help."""
    page.goto("/es/quiz/")
    page.locator(START).click()
    for item in visited(QUIZ, given):
        for option in sorted(given.get(item.id, ())):
            page.locator(f"#{item.id} {label_selector(f'{item.id}.{option}')}").click()
        page.locator(CONTINUE).click()
        if page.locator(GO_ON).is_visible():
            page.locator(GO_ON).click()
    page.locator(SEE).click()


# The rules are one file for all languages: a few people show that the words are joined to them.
@pytest.mark.parametrize(
    "person",
    [
        pytest.param(person, id=person.id, marks=[pytest.mark.slow] * bool(number % 7))
        for number, person in enumerate(EXAMPLES)
    ],
)
def test_a_person_gets_the_same_next_step_in_spanish(page: Page, person: Persona) -> None:
    """The rules are those of the English quiz; the words, and the reasons, are Spanish."""
    take(page, person.given)
    results = outcomes_for(QUIZ, effective(QUIZ, person.given))
    titles = [typographic(result.outcome.title) for result in results]
    assert page.locator(".outcome h2:visible").all_inner_texts() == titles
    expect(page.get_by_role("heading", name="Por qué ves esto").first).to_be_visible()


def test_an_answer_code_made_in_spanish_is_read_in_english(page: Page) -> None:
    """A client answers in Spanish, and the counselor reads in English."""
    given = longest()
    take(page, given)
    page.locator("[data-do=code]").click()
    code = page.locator(".quiz__taken output").inner_text()
    page.goto("/counselors/code/")
    page.get_by_label("Answer code", exact=True).fill(code)
    page.get_by_role("button", name="Read it").first.click()
    held = page.get_by_role("region", name="What the code holds")
    (title,) = {
        typographic(result.outcome.title)
        for result in outcomes_for(ENGLISH, effective(ENGLISH, open_answers(given)))
    }
    expect(held.get_by_role("link", name=title, exact=True)).to_be_visible()


def open_answers(given: Given) -> Given:
    """The responses that a code holds: those to questions that are not private."""
    return {item.id: given[item.id] for item in QUIZ.items if item.id in given and not item.private}


def test_spanish_words_find_the_right_place(page: Page) -> None:
    """For 95 of 100 things people type, with and without accents, among the first three."""
    asked = [(phrase, places.split()) for phrase, kind, places in PHRASES if kind == "ordinary"]
    said = answers(page, [phrase for phrase, _ in asked], "/es/find/")
    missed = [
        f"{phrase}: {answer['found']}"
        for (phrase, accepted), answer in zip(asked, said, strict=True)
        if not any(under(place, f"/es{address(a)}") for place in answer["found"] for a in accepted)
    ]
    assert len(asked) > 80
    assert len(missed) <= 0.05 * len(asked), "\n".join(missed)
    alarmed = [phrase for (phrase, _), answer in zip(asked, said, strict=True) if answer["help"]]
    assert len(alarmed) <= 0.1 * len(asked), alarmed


def test_spanish_words_of_danger_bring_help_first(page: Page) -> None:
    """Every one of them, misspelt or in slang."""
    asked = [phrase for phrase, kind, _ in PHRASES if kind == "danger"]
    said = answers(page, asked, "/es/find/")
    assert len(asked) > 50
    assert [phrase for phrase, answer in zip(asked, said, strict=True) if not answer["help"]] == []


def test_a_scene_is_played_in_spanish(page: Page) -> None:
    """From the choice of a talk to the next line, in the words of the Spanish file."""
    page.goto("/es/practice/")
    opening = SITE.practice.openings[0]
    page.get_by_role("button", name=typographic(opening.title)).click()
    scene = SITE.practice.scene[opening.first]
    reply = scene.replies[1]
    page.get_by_role("group").get_by_text(typographic(str(reply.says)), exact=True).click()
    expect(page.get_by_role("status").filter(has_text=typographic(reply.effect))).to_be_visible()
    page.locator("[data-do=say]").click()
    following = SITE.practice.scene[reply.to]
    expect(page.locator(".play__line")).to_contain_text(typographic(str(following.line)))


@pytest.mark.parametrize("path", ["talk.md", "quiz/index.md", "before-talk.md", "help/index.md"])
def test_a_spanish_page_on_paper_has_all_its_words(page: Page, path: str) -> None:
    """And its own address and edition."""
    page.goto(f"/es{address(path)}")
    said = pieces(page.locator("main"))
    page.emulate_media(media="print")
    sheet = printed(page, "Letter")
    assert lost(said, sheet.text) == []
    assert dense(f"{PUBLIC}/es{address(path)}") in sheet.text
    assert re.search(r"Edición[0-9a-f]{8}", sheet.text)
