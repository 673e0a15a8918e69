"""An address given out brings its text into view, also where a script looks at it or it moved.

The addresses of all other pages are tried in test_visits, where the pages are open.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from macros.data.addresses import ADDRESS
from tests.support import fault_injection
from tests.support.builds import run
from tests.support.fault_injection import append, replace
from tests.support.journeys import ADDRESSES, OPENED_BY_ADDRESS, SITE
from tests.support.netlify import Served, parse, serve
from tests.support.probes import probe

LEDGER = SITE.permalinks.ledger.pages
APART = [e for e in LEDGER if e.page in OPENED_BY_ADDRESS or e.page not in ADDRESSES]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("entry", APART, ids=lambda entry: entry.page)
def test_each_address_given_out_brings_its_text_into_view(
    new_page: Callable[..., Page], entry: object, scripts: bool
) -> None:
    """The page answers, and each id on it leads to its text."""
    assert re.match(ADDRESS, entry.page)
    page = new_page(scripts=scripts)
    # The quiz looks at its address when it opens: one that names a part of it is opened with it.
    answer = page.goto(f"{entry.page}#{entry.ids[0]}" if entry.ids else entry.page)
    assert answer and answer.status == 200
    ids = [name for name in entry.ids if not name.startswith("scenes-")]
    assert probe(page, "notInView", ids) == []
    # An address that names a talk to practice opens the booklet there.
    for name in [name for name in entry.ids if name.startswith("scenes-")]:
        page.goto("about:blank")
        page.goto(f"{entry.page}#{name}")
        assert probe(page, "notInView", [name]) == []


@pytest.mark.parametrize("name", ["afraid", "accept", "key", "to-get-safe", "part-look"])
def test_a_part_of_the_quiz_is_opened_as_the_worksheet(page: Page, name: str) -> None:
    """Each part by itself, as from a counselor's link: never half a quiz."""
    page.goto(f"/quiz/#{name}")
    assert probe(page, "notInView", [name]) == []
    expect(page.get_by_role("button", name="Skip")).to_have_count(0)


@pytest.fixture(scope="module")
def moved_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a site with a renamed section, one that went elsewhere, a page that became another."""
    project = fault_injection.project(tmp_path_factory.mktemp("moved") / "project")
    replace(project / "docs/en/talk.md", "{ #shared }", "{ #children }")
    moved = "moved:\n  - was: shared\n    now: talk.md#children\n"
    moved += "  - was: whole\n    now: after.md#helps\n"
    replace(project / "docs/en/talk.md", "group: way\n", f"group: way\n{moved}")
    append(project / "docs/data/permalinks.yml", "  - page: /old-page/\n    ids:\n      - shared\n")
    append(project / "netlify.toml", '\n[[redirects]]\nfrom = "/old-page/"\nto = "/talk/"\n')
    assert not run(project, "macros", "permalinks").returncode
    done = run(project, "mkdocs", "build", "--strict", "--site-dir", "built")
    assert not done.returncode, done.stdout
    with serve(project / "built", parse((project / "netlify.toml").read_text("utf-8"))) as served:
        yield served


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_moved_is_found_at_its_old_address(
    moved_site: Served, new_page: Callable[..., Page], scripts: bool
) -> None:
    page = new_page(scripts=scripts, base_url=moved_site.url)
    page.goto("/talk/#shared")
    expect(page.get_by_role("heading", name="If you share a home")).to_be_in_viewport()
    page.goto("/old-page/#shared")
    assert page.url == f"{moved_site.url}/talk/#shared"
    expect(page.get_by_role("heading", name="If you share a home")).to_be_in_viewport()
    page.goto("/talk/#whole")
    note = page.get_by_text("This part has moved")
    expect(note).to_be_in_viewport()
    note.get_by_role("link").click()
    assert page.url == f"{moved_site.url}/after/#helps"
