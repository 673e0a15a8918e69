"""Every claim of the article has one home on the site, and its home speaks of it."""

from collections.abc import Mapping
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from macros.data.addresses import address
from macros.data.claims import Claim
from tests.support.reading import plain, section
from tests.support.records import read_records

Pages = Mapping[str, BeautifulSoup]

VIEW = "The article\u2019s view."
SITE = read_records()
CLAIMS = SITE.claims.claims


def home(claim: Claim, pages: Pages) -> list[Tag]:
    """What stands in a claim's home section, below its heading."""
    page, _, name = address(claim.home).partition("#")
    return section(pages[page], name)[1:]


def links(parts: list[Tag], here: str) -> set[str]:
    """Where the links of a page's parts lead, as addresses from the root."""
    return {urljoin(here, str(a["href"])) for part in parts for a in part.select("a[href]")}


def views(parts: list[Tag]) -> int:
    """How many quotations in these parts are marked as the article's view."""
    quotes = [q for part in parts for q in [part, *part.find_all("blockquote")]]
    return sum(q.name == "blockquote" and plain(q).startswith(VIEW) for q in quotes)


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.id for claim in CLAIMS])
def test_a_claim_has_one_home_that_speaks_of_it(claim: Claim, pages: Pages) -> None:
    """It says the claim as the article's view, and the short version leads there."""
    below = home(claim, pages)
    text = " ".join(plain(part) for part in below).lower()
    assert any(word.lower().replace("'", "\u2019") in text for word in claim.words)
    assert views(below) == 1
    short = pages["/short/"].main
    assert short and address(claim.home) in links([short], "/short/")


@pytest.mark.parametrize("claim", [c for c in CLAIMS if c.beside], ids=lambda claim: claim.id)
def test_a_note_beside_a_claim_says_how_firm_it_is(claim: Claim, pages: Pages) -> None:
    """Where evidence qualifies the claim, a note with one of these sources stands with it."""
    notes = [part for part in home(claim, pages) if "note" in part.get_attribute_list("class")]
    cited = links(notes, address(claim.home).partition("#")[0])
    assert {link.partition("#")[2] for link in cited if "/sources/" in link} & {*claim.beside}


def test_each_view_on_the_site_is_the_view_of_one_claim(pages: Pages) -> None:
    assert len({claim.home for claim in CLAIMS}) == len(CLAIMS)
    assert sum(views([page]) for page in pages.values()) == len(CLAIMS)
