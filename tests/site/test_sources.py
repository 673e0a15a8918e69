"""What the site cites: each source stands in full on one page, and is named where one looks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from macros.data.records import RecordError
from macros.data.sources import users
from macros.render import Renderer
from macros.site import Site, read_site

LISTS = ("/sources/", "/sources/small/", "/sources/services/")


def faults(project: Path) -> list[str]:
    """Read a project; return its faults."""
    try:
        read_site(project)
    except RecordError as error:
        return list(error.lines)
    return []


def test_every_source_in_use_stands_on_one_page_and_is_found_from_the_first(
    new_page: Callable[..., Page], records: Site
) -> None:
    """In full once; on the first page of the sources each has its place or its name."""
    used = {s.id for s in records.sources.sources if users(s.id, records.pages, records.quiz)}
    page = new_page()
    full: list[str] = []
    for address in LISTS:
        page.goto(address)
        full += [str(entry.get_attribute("id")) for entry in page.locator("article[id]").all()]
    assert sorted(full) == sorted(used)
    page.goto(LISTS[0])
    here = {str(e.get_attribute("id")) for e in page.locator("article[id], .names li[id]").all()}
    assert here == used


def test_no_two_names_on_the_first_page_are_the_same(page: Page) -> None:
    """Who knows a study by its authors and year finds the right one of two."""
    page.goto(LISTS[0])
    names = page.locator(".names li").all_inner_texts()
    assert len(names) == len(set(names)) > 20


def test_a_kind_of_source_that_no_page_lists_stops_the_build(project: Path) -> None:
    """And one that two pages list: a note could not tell where to lead."""
    page = project / "docs/en/sources/services.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace('"guidance", "law"', '"guidance"'), "utf-8")
    (line,) = [line for line in faults(project) if "sources.yml" in line]
    assert 'strength: is listed by no page: write {{ sources("law") }} on one' in line
    page.write_text(text.replace('"guidance", "law"', '"guidance", "law", "trial"'), "utf-8")
    found = [line for line in faults(project) if "sources.yml" in line]
    assert len(found) == 7
    assert all("is listed by sources/index.md and by sources/services.md" in f for f in found)


def test_a_kind_of_source_that_is_misspelled_is_named(records: Site) -> None:
    """The author sees which word of the call is wrong."""
    drawn = Renderer(records, lambda ref: f"/{ref}")
    with pytest.raises(ValueError, match="no source has the strength smal"):
        drawn.sources("review", "smal")
