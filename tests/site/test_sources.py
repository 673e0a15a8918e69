"""What the site cites: each source stands in full on one page, and is named where one looks."""

from collections.abc import Mapping

from bs4 import BeautifulSoup

from macros.site import Site
from tests.support.reading import plain

Pages = Mapping[str, BeautifulSoup]
LISTS = ("/sources/", "/sources/small/", "/sources/services/")


def test_every_source_in_use_stands_on_one_page_and_is_found_from_the_first(
    pages: Pages, records: Site
) -> None:
    """In full once; on the first page of the sources each has its place or its name."""
    full = [str(entry["id"]) for here in LISTS for entry in pages[here].select("article[id]")]
    assert sorted(full) == sorted(records.citing_pages)
    here = {str(entry["id"]) for entry in pages[LISTS[0]].select("article[id], .names li[id]")}
    assert here == {*records.citing_pages}


def test_no_two_names_on_the_first_page_are_the_same(pages: Pages) -> None:
    """Who knows a study by its authors and year finds the right one of two."""
    names = [plain(name) for name in pages[LISTS[0]].select(".names li")]
    assert len(set(names)) == len(names) > 20


def test_what_we_only_read_about_says_so(pages: Pages, records: Site) -> None:
    shown = {str(e["id"]): plain(e) for here in LISTS for e in pages[here].select("article[id]")}
    for source in records.sources.sources:
        if source.id in shown:
            told = "We read about it on another page." in shown[source.id]
            assert told == (source.read == "secondhand"), source.id
