"""Every address ever given out: the build stops when one would lead nowhere."""

from pathlib import Path

import pytest

from macros.__main__ import permalinks as command
from macros.data.records import RecordError
from macros.publish.permalinks import FILE, Ledger, Permalinks, Redirect, Released
from tests.support.fault_injection import append, errors, project, replace


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what is checked."""
    return project(tmp_path / "project", build=False)


@pytest.mark.parametrize(
    ("file", "old", "new", "gone"),
    [
        ("en/talk.md", "{ #shared }", "{ #children }", "/talk/#shared"),
        ("data/helplines.yml", "- id: gb-galop\n", "- id: gb-galop-2\n", "/help/#gb-galop"),
        ("data/sources.yml", "- id: on-off\n", "- id: on-off-2\n", "/sources/#on-off"),
    ],
)
def test_an_address_that_disappears_stops_the_build(
    copy: Path, file: str, old: str, new: str, gone: str
) -> None:
    """The error stands at the line of the ledger, names the address, and says what to do."""
    replace(copy / "docs" / file, old, new)
    (line,) = [line for line in errors(copy) if f" {gone} was given out and is gone" in line]
    number = int(line.split(":")[1])
    text = (copy / FILE).read_text("utf-8").split("\n")
    assert text[number - 1].strip() == f"- {gone.partition('#')[2]}"
    assert "moved: [{was: " in line


def test_a_section_that_moved_keeps_its_old_address(copy: Path) -> None:
    page = copy / "docs/en/talk.md"
    replace(page, "{ #shared }", "{ #children }")
    replace(page, "group: way", "group: way\nmoved: [{was: shared, now: talk.md#children}]")
    assert errors(copy) == []


def test_a_page_that_disappears_needs_a_redirect(copy: Path) -> None:
    """Without one the build stops; with one it goes on; a redirect to nowhere is none."""
    append(copy / FILE, "  - page: /old-page/\n    ids:\n      - shared\n")
    (line,) = errors(copy)
    assert "/old-page/ was given out and is gone" in line
    toml = copy / "netlify.toml"
    append(toml, '\n[[redirects]]\nfrom = "/old-page/"\nto = "/nowhere/"\n')
    assert errors(copy) == [line]
    replace(toml, 'to = "/nowhere/"', 'to = "/after/"')
    assert "/old-page/#shared was given out and is gone" in errors(copy)[0]
    replace(toml, 'to = "/after/"', 'to = "/talk/"')
    assert errors(copy) == []


RULES = {
    "/old/*": "/new/:splat",
    "/gone": "/new/a/",
    "/away/*": "/new/a/",
    "/first/": "/gone/",
    "/loop/": "/loop/",
    "/*": "/new/b/",
}


@pytest.mark.parametrize(
    ("rules", "page", "leads_to"),
    [
        (["/old/*"], "/old/a/", "/new/a/"),
        (["/old/*"], "/old/c/", ""),
        (["/old/*"], "/older/a/", ""),
        (["/gone"], "/gone/", "/new/a/"),
        (["/gone"], "/gone/on/", ""),
        (["/away/*"], "/away/any/thing/", "/new/a/"),
        (["/away/*"], "/away/", "/new/a/"),
        (["/gone", "/first/"], "/first/", "/new/a/"),
        (["/loop/"], "/loop/", ""),
        (["/away/*", "/*"], "/away/x/", "/new/a/"),
        (["/*"], "/new/a/", "/new/a/"),
    ],
)
def test_redirects_are_read_as_the_host_reads_them(
    rules: list[str], page: str, leads_to: str
) -> None:
    """The first rule that matches counts, and a page that exists needs none."""
    redirects = tuple(Redirect(source, RULES[source]) for source in rules)
    links = Permalinks(Ledger(pages=()), {"/new/a/": (), "/new/b/": ()}, redirects)
    assert links.resolve(page) == leads_to


def test_the_ledger_only_grows(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command adds a new section after the known ones, and changes nothing else."""
    before = (copy / FILE).read_text("utf-8").splitlines()
    append(copy / "docs/en/talk.md", "\n## One more thing { #one-more }\n\nText.\n")
    command(copy)
    after = (copy / FILE).read_text("utf-8").splitlines()
    assert [line for line in after if line != "      - one-more"] == before
    assert after[after.index("      - one-more") + 1].startswith("  - page: ")
    assert capsys.readouterr().out == "/talk/ #one-more\n"
    command(copy)
    assert (copy / FILE).read_text("utf-8").splitlines() == after


def test_the_ledger_is_left_alone_when_the_site_has_an_error(copy: Path) -> None:
    """A lost address is not made good by writing it out of the ledger."""
    before = (copy / FILE).read_bytes()
    replace(copy / "docs/en/talk.md", "{ #shared }", "{ #children }")
    with pytest.raises(RecordError):
        command(copy)
    assert (copy / FILE).read_bytes() == before


def test_a_new_page_is_told_before_it_is_in_the_ledger() -> None:
    ledger = Ledger(pages=(Released(page="/a/", ids=("x",)),))
    links = Permalinks(ledger, {"/a/": ("x", "y"), "/b/": ()})
    assert links.unlisted() == {"/a/": ("y",), "/b/": ()}
