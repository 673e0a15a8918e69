"""Every address ever given out leads to its text, and the build stops when one would not."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from macros.release import main as release
from playwright.sync_api import Page, expect

from macros.data.addresses import address
from macros.data.records import RecordError, load
from macros.publish.permalinks import PATH, Ledger
from macros.site import read_site
from tests.support.netlify import ROOT, parse, serve

LEDGER = load(ROOT / PATH, Ledger)


def edit(file: Path, old: str, new: str) -> None:
    """Replace text that stands exactly once in a file."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file.name} has {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), "utf-8")


def add(file: Path, text: str) -> None:
    """Add text at the end of a file."""
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def faults(project: Path) -> list[str]:
    """Read a project; return its faults, without the lines they stand on."""
    try:
        read_site(project)
    except RecordError as error:
        return [line.split(": ", 1)[1] for line in error.lines]
    return []


# Whether a part of the page has text that can be seen, and begins in the window.
SEEN = """name => {
    const part = document.getElementById(name);
    const { top } = part?.getBoundingClientRect() ?? {};
    return part?.checkVisibility() && part.innerText.trim() !== "" && top >= 0 && top < innerHeight;
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("entry", LEDGER.pages, ids=lambda entry: entry.page)
def test_each_address_given_out_lands_on_its_text(
    new_page: Callable[..., Page], entry: object, scripts: bool
) -> None:
    """The page answers, and each id on it brings its text into view."""
    page = new_page(scripts=scripts)
    answer = page.goto(f"{entry.page}#{entry.ids[0]}" if entry.ids else entry.page)
    assert answer and answer.status == 200
    for name in entry.ids:
        if entry.page == "/quiz/":
            # Its script looks at the address when the page opens, so each is opened anew.
            page.goto("about:blank")
        page.goto(f"{entry.page}#{name}")
        # At once: a script that has come leaves nothing to hold back for.
        assert page.evaluate(SEEN, name), name


def test_the_ledger_holds_every_section_of_the_site(page: Page) -> None:
    """Whatever stands on a page with an id and a heading may be linked to, so it is listed."""
    for entry in LEDGER.pages:
        page.goto(entry.page)
        ids = page.locator("main").evaluate(
            "main => [...main.querySelectorAll('h2[id],h3[id],article[id],fieldset[id]')]"
            ".map(found => found.id)"
        )
        # Not the name inside a helpline, nor what the list of everything calls its groups.
        named = {name for name in ids if not re.search("-name$|^list-", name)}
        assert named <= {*entry.ids}, f"{entry.page}: run `make permalinks`"


def test_the_ledger_holds_every_page() -> None:
    """No page is given out without its promise."""
    assert read_site(ROOT).permalinks.unlisted() == {}, "run `make permalinks`"


def test_addresses_are_those_of_the_build(site: Path) -> None:
    """What the ledger calls a page's address is where the build writes it."""
    for page in read_site(ROOT).pages:
        assert (site / address(page).lstrip("/") / "index.html").is_file()


def test_a_section_that_disappears_stops_the_build(project: Path) -> None:
    """The fault names the address, and says what to do."""
    edit(project / "docs/en/talk.md", "{ #shared }", "{ #children }")
    line = next(
        n for n, t in enumerate((project / PATH).read_text().split("\n"), 1) if "shared" in t
    )
    with pytest.raises(RecordError) as stopped:
        read_site(project)
    assert stopped.value.lines == (
        f"docs/data/permalinks.yml:{line}: pages > entry {_place('/talk/')} > ids > entry "
        f"{_entry('/talk/', 'shared')}: /talk/#shared was given out and is gone: keep the id, or "
        "say in the front matter of /talk/ where it went: "
        "moved: [{was: shared, now: page.md#section}]",
    )


def _place(page: str) -> int:
    return [entry.page for entry in LEDGER.pages].index(page) + 1


def _entry(page: str, name: str) -> int:
    return LEDGER.pages[_place(page) - 1].ids.index(name) + 1


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
    edit(project / file, f"- id: {old}\n", f"- id: {old}-2\n")
    assert any(f"{gone} was given out and is gone" in line for line in faults(project))


def test_a_page_that_disappears_needs_a_redirect(project: Path) -> None:
    """Without one the build stops; with one it goes on; a redirect to nowhere is none."""
    add(project / PATH, "  - page: /old-page/\n    ids:\n      - shared\n")
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
        ("talk.md#nowhere", 'moved > old: talk.md has no section "nowhere"'),
        ("nowhere.md", "moved > old: there is no page nowhere.md"),
    ],
)
def test_what_moved_must_have_arrived(project: Path, now: str, fault: str) -> None:
    """A forwarding address is checked like any other."""
    edit(
        project / "docs/en/talk.md",
        "group: way\n",
        f"group: way\nmoved:\n  - was: old\n    now: {now}\n",
    )
    assert len(faults(project)) == 1
    assert faults(project)[0].startswith(fault)


def test_what_moved_must_have_left(project: Path) -> None:
    """An id cannot stand on a page and be gone from it."""
    moved = "group: way\nmoved:\n  - was: begin\n    now: talk.md#stop\n"
    edit(project / "docs/en/talk.md", "group: way\n", moved)
    assert faults(project) == ["moved > begin: is still here"]


def test_the_ledger_only_grows(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command adds a new section after the known ones, and changes nothing else."""
    before = (project / PATH).read_text()
    add(project / "docs/en/talk.md", "\n## One more thing { #one-more }\n\nText.\n")
    assert release(project) == 0
    after = (project / PATH).read_text()
    last = f"      - {LEDGER.pages[_place('/talk/') - 1].ids[-1]}\n"
    head, talk, rest = before.partition("  - page: /talk/\n")
    assert after == head + talk + rest.replace(last, f"{last}      - one-more\n", 1)
    assert capsys.readouterr().out == "/talk/ #one-more\n"
    assert release(project) == 0
    assert (project / PATH).read_text() == after


def test_the_ledger_is_left_alone_when_the_site_has_a_fault(project: Path) -> None:
    """A lost address is not made good by writing it out of the ledger."""
    before = (project / PATH).read_text()
    edit(project / "docs/en/talk.md", "{ #shared }", "{ #children }")
    assert release(project) == 1
    assert (project / PATH).read_text() == before


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_moved_is_found_at_its_old_address(
    project: Path, new_page: Callable[..., Page], scripts: bool
) -> None:
    """A renamed section, one that went to another page, a page that became another."""
    edit(project / "docs/en/talk.md", "{ #shared }", "{ #children }")
    moved = "moved:\n  - was: shared\n    now: talk.md#children\n"
    moved += "  - was: whole\n    now: after.md#helps\n"
    edit(project / "docs/en/talk.md", "group: way\n", f"group: way\n{moved}")
    add(project / PATH, "  - page: /old-page/\n    ids:\n      - shared\n")
    add(project / "netlify.toml", '\n[[redirects]]\nfrom = "/old-page/"\nto = "/talk/"\n')
    assert release(project) == 0
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", "built"],
        cwd=project,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    config = parse((project / "netlify.toml").read_text())
    with serve(project / "built", config) as served:
        page = new_page(scripts=scripts, base_url=served.url)
        page.goto("/talk/#shared")
        expect(page.get_by_role("heading", name="If you share a home")).to_be_in_viewport()
        page.goto("/old-page/#shared")
        assert page.url == f"{served.url}/talk/#shared"
        expect(page.get_by_role("heading", name="If you share a home")).to_be_in_viewport()
        page.goto("/talk/#whole")
        note = page.get_by_text("This part has moved")
        expect(note).to_be_in_viewport()
        note.get_by_role("link").click()
        assert page.url == f"{served.url}/after/#helps"
