"""On paper: the worksheet's questions, the helplines of one country, the button that prints.

Every page is printed in test_visits.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from macros.render import digest, typographic
from tests.support.journeys import QUIZ, SITE
from tests.support.paper import SIZES, dense, lost, pieces, printed
from tests.tools import sheets


def test_no_question_is_split_over_two_sheets(page: Page) -> None:
    """A question stands on one sheet with all its options, on both sizes."""
    page.goto("/quiz/")
    for size in SIZES:
        sheets = printed(page, size).sides
        for item in QUIZ.items:
            stem = dense(item.stem.replace("'", "’"))
            holding = [sheet for sheet in sheets if stem in sheet]
            assert len(holding) == 1, item.id
            rest = holding[0][holding[0].index(stem) :]
            for option in item.options:
                said = dense(typographic(option.text))
                assert said in rest, f"{item.id}.{option.id} on {size}"
                rest = rest[rest.index(said) + len(said) :]


@pytest.mark.parametrize("size", ["Letter", pytest.param("A4", marks=pytest.mark.slow)])
@pytest.mark.parametrize("country", SITE.helplines.countries, ids=lambda country: country.id)
def test_a_country_is_printed_alone(
    new_page: Callable[..., Page], country: object, size: str
) -> None:
    """Where the address names one, on two sides at most; the others can be picked on the screen.

    Letter is the shorter paper.
    """
    page = new_page(scripts=False)
    sheet = sheets.Sheet(country.id, f"/help/#{country.id}")
    others = [each.name for each in SITE.helplines.countries if each != country]
    found = sheets.printed(page, sheet, size)
    assert found.problems(size, page.title()) == []
    assert len(found.sides) <= 2
    part = page.locator("section.country:target")
    said = pieces(part, "button, .visually-hidden, .country__change")
    assert len(said) > 10
    assert lost(said, found.text) == []
    own = " ".join(line.name for line in country.lines)
    for line in (line for other in SITE.helplines.countries for line in other.lines):
        assert line.name in own or dense(typographic(line.name)) not in found.text
    page.goto("/help/")
    choose = page.get_by_role("navigation", name="Pick a country")
    for name in others:
        expect(choose.get_by_role("link", name=name, exact=True)).to_be_visible()


@pytest.mark.fresh
def test_a_sheet_is_printed_from_the_page_s_own_button(new_page: Callable[..., Page]) -> None:
    """The button at the foot opens the browser's print; it is not offered without scripts."""
    page = new_page()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto("/talk/")
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("window.printed") is True
    page = new_page(scripts=False)
    page.goto("/talk/")
    expect(page.get_by_role("button", name="Print this page")).to_have_count(0)


def test_the_edition_is_that_of_the_words() -> None:
    """Other links or tags make no other edition; another word does."""
    assert digest('<p><a href="../talk/">Talk</a>  once</p>') == digest("<p>Talk once</p>")
    assert digest("<p>Talk once</p>") != digest("<p>Talk twice</p>")
