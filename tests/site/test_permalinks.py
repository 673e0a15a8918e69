"""The ledger of addresses: the build stops when one that was given out would lead nowhere."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.__main__ import permalinks as release
from macros.data.addresses import address
from macros.data.records import RecordError
from macros.publish.permalinks import FILE
from macros.site import read_site
from tests.support.fault_injection import append, errors, replace
from tests.support.records import read_records

LEDGER = read_records().permalinks.ledger


def faults(project: Path) -> list[str]:
    """Return what a project is refused with, without the lines the faults are on."""
    return [line.split(": ", 1)[1] for line in errors(project)]


def test_the_ledger_holds_every_page() -> None:
    """No page is given out without its promise."""
    assert read_records().permalinks.unlisted() == {}, "run `make permalinks`"


def test_the_ledger_holds_every_section(pages: dict[str, BeautifulSoup]) -> None:
    """Whatever stands on a page with an id and a heading may be linked to, so it is listed."""
    for entry in LEDGER.pages:
        kinds = ":is(h2, h3, article, fieldset)[id]"
        found = pages[entry.page].select(f"main {kinds}:not(template *)")
        # Not the name inside a helpline, nor what the list of everything calls its groups.
        named = {str(e["id"]) for e in found if not re.search("-name$|^list-", str(e["id"]))}
        assert named <= {*entry.ids}, f"{entry.page}: run `make permalinks`"


def test_addresses_are_those_of_the_build(site: Path) -> None:
    """What the ledger calls a page's address is where the build writes it."""
    for page in read_records().pages:
        assert (site / address(page).lstrip("/") / "index.html").is_file()


def test_a_section_that_disappears_stops_the_build(project: Path) -> None:
    """The fault names the address, and says what to do."""
    replace(project / "docs/en/talk.md", "{ #shared }", "{ #children }")
    line = next(
        n for n, t in enumerate((project / FILE).read_text().split("\n"), 1) if "shared" in t
    )
    with pytest.raises(RecordError) as stopped:
        read_site(project)
    assert stopped.value.lines == (
        f"docs/data/permalinks.yml:{line}: pages > entry {_place('/talk/')} > ids > entry "
        f"{_entry('/talk/', 'shared')}: /talk/#shared was given out and is gone: keep the id, or "
        "say in the front matter of /talk/ where it went: "
        "moved: [{was: shared, now: page.md#section}]",
    )


@pytest.mark.parametrize(
    ("file", "old", "gone"),
    [
        ("docs/data/helplines.yml", "gb-galop", "/help/#gb-galop"),
        ("docs/data/sources.yml", "on-off", "/sources/#on-off"),
    ],
)
def test_a_record_that_disappears_stops_the_build(
    project: Path, file: str, old: str, gone: str
) -> None:
    """Helplines and sources have addresses too."""
    replace(project / file, f"- id: {old}\n", f"- id: {old}-2\n")
    assert any(f"{gone} was given out and is gone" in line for line in faults(project))


def test_a_page_that_disappears_needs_a_redirect(project: Path) -> None:
    """Without one the build stops; with one it goes on; a redirect to nowhere is none."""
    append(project / FILE, "  - page: /old-page/\n    ids:\n      - shared\n")
    assert len(faults(project)) == 1
    assert "/old-page/ was given out and is gone" in faults(project)[0]
    toml = (project / "netlify.toml").read_text()
    redirect = '\n[[redirects]]\nfrom = "/old-page/"\nto = "{}"\n'
    (project / "netlify.toml").write_text(toml + redirect.format("/nowhere/"))
    assert "/old-page/ was given out and is gone" in faults(project)[0]
    (project / "netlify.toml").write_text(toml + redirect.format("/after/"))
    assert "/old-page/#shared was given out and is gone" in faults(project)[0]
    (project / "netlify.toml").write_text(toml + redirect.format("/talk/"))
    assert faults(project) == []


@pytest.mark.parametrize(
    ("now", "fault"),
    [
        ("talk.md#nowhere", 'moved > entry 1: old: talk.md has no section "nowhere"'),
        ("nowhere.md", "moved > entry 1: old: there is no page nowhere.md"),
    ],
)
def test_what_moved_must_have_arrived(project: Path, now: str, fault: str) -> None:
    """A forwarding address is checked like any other."""
    replace(
        project / "docs/en/talk.md",
        "group: way\n",
        f"group: way\nmoved:\n  - was: old\n    now: {now}\n",
    )
    assert len(faults(project)) == 1
    assert faults(project)[0].startswith(fault)


def test_what_moved_must_have_left(project: Path) -> None:
    """An id cannot stand on a page and be gone from it."""
    moved = "group: way\nmoved:\n  - was: begin\n    now: talk.md#stop\n"
    replace(project / "docs/en/talk.md", "group: way\n", moved)
    assert faults(project) == ["moved > entry 1: begin: is still here"]


def test_the_ledger_only_grows(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command adds a new section after the known ones, and changes nothing else."""
    before = (project / FILE).read_text()
    append(project / "docs/en/talk.md", "\n## One more thing { #one-more }\n\nText.\n")
    release(project)
    after = (project / FILE).read_text()
    last = f"      - {LEDGER.pages[_place('/talk/') - 1].ids[-1]}\n"
    head, talk, rest = before.partition("  - page: /talk/\n")
    assert after == head + talk + rest.replace(last, f"{last}      - one-more\n", 1)
    assert capsys.readouterr().out == "/talk/ #one-more\n"
    release(project)
    assert (project / FILE).read_text() == after


def test_the_ledger_is_left_alone_when_the_site_has_a_fault(project: Path) -> None:
    """A lost address is not made good by writing it out of the ledger."""
    before = (project / FILE).read_text()
    replace(project / "docs/en/talk.md", "{ #shared }", "{ #children }")
    with pytest.raises(RecordError):
        release(project)
    assert (project / FILE).read_text() == before


def _place(page: str) -> int:
    return [entry.page for entry in LEDGER.pages].index(page) + 1


def _entry(page: str, name: str) -> int:
    return LEDGER.pages[_place(page) - 1].ids.index(name) + 1
