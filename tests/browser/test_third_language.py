"""A third language can be begun in an afternoon: here one that is read from right to left."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from playwright.sync_api import Page, expect

from macros.data import catalog
from macros.languages import begin, read_edition
from tests.support.browsers import DESKTOP, PHONE
from tests.support.builds import build
from tests.support.fault_injection import project, replace
from tests.support.netlify import Served, serve
from tests.support.probes import probe

CODE = "he"
CONFIG = """INHERIT: mkdocs.yml
site_name: להמשיך או לשחרר
docs_dir: docs/he
site_dir: site/he
theme:
  language: he
"""
SAID = {
    "talk.md": ("heading: Ask for one open talk", "heading: לבקש שיחה אחת כנה"),
    "now.md": ("heading: What to do right now", "heading: מה לעשות עכשיו"),
    "care.md": ("heading: Taking care of yourself, and of them", "heading: לשמור על שניכם"),
}
"""The three pages that have words of the language; the others wait with the English ones."""

NEWER = "הדף באנגלית חדש יותר."
OLDER = re.compile(r"^english: .*$", re.MULTILINE)


def translated(root: Path) -> Path:
    """A copy of the project with the language begun, as CONTRIBUTING.md tells."""
    copy = project(root / "project")
    begin(copy, CODE)
    catalog.update(copy, CODE)
    (copy / "mkdocs.he.yml").write_text(CONFIG, "utf-8")
    for path, (english, words) in SAID.items():
        replace(copy / f"docs/{CODE}" / path, english, words)
    page = copy / f"docs/{CODE}/now.md"
    page.write_text(OLDER.sub("english: 0badf00d", page.read_text("utf-8"), count=1), "utf-8")
    file = copy / catalog.FILE.format(CODE)
    with file.open("rb") as text:
        messages = read_po(text, locale=CODE)
    for message in messages:
        if message.id:
            message.string = message.id
            if isinstance(message.id, tuple):
                message.string = message.id[:1] + message.id[1:] * (messages.num_plurals - 1)
    messages["Contents"].string = "תוכן"
    messages["The English page is newer."].string = NEWER
    head = file.read_text("utf-8").split("\n\n")[0]
    with file.open("wb") as target:
        write_po(target, messages, width=0, omit_header=True)
    file.write_text(f"{head}\n\n{file.read_text('utf-8')}", "utf-8")
    return copy


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site in three languages, served."""
    work = tmp_path_factory.mktemp("third")
    copy = translated(work)
    assert read_edition(copy, CODE).behind_pages == {"now.md"}
    done = build(work / "site", copy)
    assert done.returncode == 0, done.stdout
    with serve(work / "site") as running:
        yield running


@pytest.mark.slow
def test_a_third_language_is_built_and_read_from_right_to_left(
    third: Served, new_page: Callable[..., Page]
) -> None:
    """Its pages have its words and direction, fit a phone, and lead to both others and back.

    One whose English has changed since says so."""
    page = new_page(base_url=third.url)
    for path, (_, words) in SAID.items():
        page.goto(f"/he/{path.removesuffix('.md')}/")
        assert page.locator("html").get_attribute("lang") == CODE
        assert page.locator("html").get_attribute("dir") == "rtl"
        expect(page.get_by_role("heading", level=1)).to_have_text(words.removeprefix("heading: "))
        expect(page.get_by_text(NEWER)).to_have_count(int(path == "now.md"))
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            assert probe(page, "sticksOut") == []
    page.set_viewport_size(DESKTOP)
    for here, name, there in (
        ("/he/care/", "Español", "/es/care/"),
        ("/es/care/", "English", "/care/"),
        ("/care/", "עברית", "/he/care/"),
    ):
        page.goto(here)
        page.get_by_role("link", name=name).locator("visible=true").click()
        expect(page).to_have_url(third.url + there)
