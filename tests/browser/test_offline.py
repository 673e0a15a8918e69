"""The copy for a disk: opened from there, with no network at all, everything still works."""

import hashlib
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros.publish.offline import NAME, build, pack
from tests.conftest import PHONE
from tests.support.netlify import ROOT
from tests.tools.sheets import sides

FILE = f"{NAME}.zip"


@pytest.fixture(scope="module")
def copy(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder unpacked from the zip that the site offers."""
    target = tmp_path_factory.mktemp("disk")
    with zipfile.ZipFile(site / "offline" / FILE) as packed:
        packed.extractall(target)
    return target / NAME


@pytest.fixture
def disk(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser without a network; anything but a file that is asked for fails the test."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    context.set_offline(True)
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on("console", lambda said: said.type == "error" and problems.append(said.text))
    context.on(
        "request",
        lambda asked: asked.url.startswith(("file:", "blob:")) or problems.append(asked.url),
    )
    yield context
    context.close()
    assert problems == []


class Links(HTMLParser):
    """The addresses and ids of a page."""

    def __init__(self, file: Path) -> None:
        """Read a file."""
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what a tag names."""
        has = dict(attrs)
        self.ids.add(has.get("id") or "")
        if has.get("rel") != "canonical":
            self.targets += [has[name] or "" for name in ("href", "src") if name in has]


def broken(folder: Path) -> list[str]:
    """Return the links of a folder of pages that lead to no file or no id in it."""
    pages = {file: Links(file) for file in folder.rglob("*.html")}
    found = []
    for file, page in pages.items():
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            there = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            known = there.is_file() and there.is_relative_to(folder)
            if not known or (parts.fragment and parts.fragment not in pages[there].ids):
                found.append(f"{file.relative_to(folder)}: {target}")
    return found


def test_every_link_of_the_copy_names_a_file_in_it(copy: Path, tmp_path: Path) -> None:
    """Down to the id; and a link to a folder, a missing file or id is found."""
    assert broken(copy) == []
    (tmp_path / "folder").mkdir()
    wrong = [f'<a href="{target}">x</a>' for target in ("folder/", "b.html", "#c")]
    (tmp_path / "a.html").write_text("".join(wrong))
    assert len(broken(tmp_path)) == 3


def test_the_copy_has_every_page(site: Path, copy: Path) -> None:
    """As many as the site, less what only a server needs."""
    online = {f.relative_to(site).as_posix() for f in site.rglob("index.html")}
    flat = {re.sub(r"/index\.html$", ".html", name) for name in online}
    copied = {f.relative_to(copy).as_posix() for f in copy.rglob("*.html")}
    assert {re.sub(r"/index\.html$", ".html", name) for name in copied} == flat
    assert not list(copy.rglob("*.xml")) + list(copy.rglob("404.html")) + list(copy.rglob("*.gz"))


def test_the_checksum_is_that_of_the_zip(site: Path) -> None:
    """As published, in the form that sha256sum reads."""
    digest = hashlib.sha256((site / "offline" / FILE).read_bytes()).hexdigest()
    assert (site / "offline" / f"{FILE}.sha256").read_text() == f"{digest}  {FILE}\n"


def test_the_zip_of_the_same_site_is_the_same_file(copy: Path, site: Path, tmp_path: Path) -> None:
    """Built again and packed again: not a byte differs; one word more, and it does."""
    build(ROOT / "mkdocs.yml", tmp_path / "again")
    pack(tmp_path / "again", tmp_path)
    assert (tmp_path / FILE).read_bytes() == (site / "offline" / FILE).read_bytes()
    page = tmp_path / "again/talk.html"
    page.write_text(page.read_text("utf-8") + " ", "utf-8")
    pack(tmp_path / "again", tmp_path)
    assert (tmp_path / FILE).read_bytes() != (site / "offline" / FILE).read_bytes()


def test_the_zip_holds_plain_files_in_one_folder(site: Path) -> None:
    """Nothing unpacks outside that folder, runs, or points elsewhere."""
    with zipfile.ZipFile(site / "offline" / FILE) as packed:
        for entry in packed.infolist():
            assert entry.filename.startswith(f"{NAME}/") and ".." not in entry.filename
            assert stat.S_IMODE(entry.external_attr >> 16) == 0o644


def test_the_copy_is_offered_to_counselors(page: Page, served: object) -> None:
    """The page links to the zip and its checksum, and both are there."""
    page.goto("/counselors/")
    for name in ("Get the copy", "Its checksum"):
        link = page.get_by_role("link", name=name)
        answer = page.request.get(link.evaluate("link => link.href"))
        assert answer.status == 200 and answer.body()


def test_the_command_writes_folder_zip_and_checksum(project: Path) -> None:
    """`make offline`, in a copy of the project."""
    done = subprocess.run(
        [sys.executable, "-m", "macros", "offline"], cwd=project, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (project / "dist/offline" / NAME / "index.html").is_file()
    digest = hashlib.sha256((project / "dist/offline" / FILE).read_bytes()).hexdigest()
    assert done.stdout.startswith(f"{digest}  {FILE}\n")


def test_pages_are_read_from_disk(copy: Path, disk: BrowserContext) -> None:
    """From page to page by links, styled, to a section."""
    page = disk.new_page()
    page.goto((copy / "index.html").as_uri())
    bar = page.get_by_role("banner")
    assert bar.evaluate("bar => getComputedStyle(bar).position") == "sticky"
    page.get_by_role("link", name="They say they want to break up").click()
    page.wait_for_url("**/talk.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for one open talk")
    page.goto((copy / "talk.html").as_uri() + "#stop")
    expect(page.get_by_role("heading", name="When to stop")).to_be_in_viewport()


def test_quiz_and_code_reader_work_from_disk(copy: Path, disk: BrowserContext) -> None:
    """Answered, coded, read: with no network from beginning to end."""
    page = disk.new_page()
    page.goto((copy / "quiz/index.html").as_uri())
    # No question is skipped over by this answer.
    for _ in range(4):
        page.get_by_role("button", name="Skip", exact=True).click()
    page.locator('[id="said.over"]').check()
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="Skip", exact=True).click()
    page.get_by_role("button", name="See a next step").click()
    shown = page.locator(".outcome:visible .outcome__title").inner_text()
    page.get_by_role("button", name="Show an answer code").click()
    code = page.locator(".quiz__code output").inner_text()
    page.goto((copy / "counselors/code.html").as_uri())
    page.get_by_label("Answer code", exact=True).fill(code)
    page.keyboard.press("Enter")
    outcome = page.locator(".reader__outcome a")
    expect(outcome).to_have_text(shown)
    outcome.click()
    expect(page.locator("article").filter(has_text=shown)).to_be_in_viewport()


def test_the_desk_works_from_disk(copy: Path, disk: BrowserContext) -> None:
    """It hands out the lasting addresses, never those of the disk; lists open."""
    page = disk.new_page()
    page.goto((copy / "counselors/links.html").as_uri())
    addresses = page.locator(".desk__address").all_text_contents()
    assert addresses and all(a.startswith("http://127.0.0.1:8000/") for a in addresses)
    assert not any(".html" in address for address in addresses)
    page.goto((copy / "counselors/list.html").as_uri())
    page.locator('[id="pick.talk"]').check()
    assert page.locator(".maker__address").inner_text() == "http://127.0.0.1:8000/list/#talk"
    page.get_by_role("link", name="See it as your client will").click()
    page.wait_for_url("**/list.html#talk")
    page.get_by_role("link", name="Ask for one open talk").click()
    page.wait_for_url("**/talk.html")


def test_a_sheet_is_printed_from_disk(copy: Path, disk: BrowserContext) -> None:
    """With the lasting address and the edition that the site's own sheet has."""
    page = disk.new_page()
    page.goto((copy / "talk.html").as_uri())
    text = "".join(sides(page.pdf()))
    assert "http://127.0.0.1:8000/talk/" in text
    assert re.search(r"Edition[0-9a-f]{8}", text)


def test_the_edition_of_a_page_is_the_same_on_disk(site: Path, copy: Path) -> None:
    """Where a copy is read changes its links, not its words."""
    for online in site.rglob("index.html"):
        folder = online.parent.relative_to(site).as_posix()
        there = copy / f"{folder}.html"
        if folder == "." or not there.exists():
            there = copy / folder / "index.html"
        found = [
            re.findall(r"Edition ([0-9a-f]{8})", file.read_text("utf-8"))
            for file in (online, there)
        ]
        if folder != "counselors":  # which offers the copy, or says that it is one
            assert found[0] == found[1] and len(found[0]) == 1, folder


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_leave_works_from_disk(copy: Path, browser: Browser, scripts: bool) -> None:
    """The page is gone at once, though the neutral one cannot load."""
    context = browser.new_context(java_script_enabled=scripts, viewport=PHONE)
    context.set_offline(True)
    page = context.new_page()
    page.goto((copy / "quiz/index.html").as_uri())
    asked: list[str] = []
    page.on("requestfailed", lambda request: asked.append(request.url))
    with page.expect_event("requestfailed"):
        page.get_by_role("link", name="Leave this site").click()
    assert asked[0].startswith("https://www.weather.gov")
    expect(page.get_by_text("Questions to think with")).to_have_count(0)
    context.close()
