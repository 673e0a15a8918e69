"""The built site as a whole: one heading a page, titles of its own, nothing left over."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from macros.site import Site


class Outline(HTMLParser):
    """Gathers headings, title, description, ids and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.title = ""
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_title = tag == "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def count(self, tag: str) -> int:
        """How often a tag stands on the page."""
        return sum(1 for name, _ in self.tags if name == tag)

    def description(self) -> str:
        """The meta description."""
        return next(a["content"] or "" for _, a in self.tags if a.get("name") == "description")


def pages_of(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.fixture(scope="module")
def outlines(site: Path) -> dict[str, Outline]:
    return {
        path.relative_to(site).as_posix(): Outline(path.read_text("utf-8"))
        for path in pages_of(site)
    }


def test_every_page_has_one_h1(outlines: dict[str, Outline]) -> None:
    assert {name for name, page in outlines.items() if page.count("h1") != 1} == set()


def test_titles_and_descriptions_are_the_pages_own(outlines: dict[str, Outline]) -> None:
    real = {name: page for name, page in outlines.items() if name != "404.html"}
    for told in ([p.title for p in real.values()], [p.description() for p in real.values()]):
        assert all(told)
        assert len(set(told)) == len(told)


def test_no_template_text_is_left_over(site: Path) -> None:
    for path in pages_of(site):
        text = path.read_text("utf-8")
        assert not re.search(r"\{\{|\}\}|\{%|%\}|markdown=|Undefined|None</", text), path


def test_ids_stand_once_on_a_page(outlines: dict[str, Outline]) -> None:
    for name, page in outlines.items():
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert sorted(set(ids)) == sorted(ids), name  # type: ignore[type-var]


def test_every_section_of_a_page_keeps_its_id_in_the_built_site(
    site: Path, records: Site, outlines: dict[str, Outline]
) -> None:
    for page in records.pages.values():
        folder = page.path.removesuffix("index.md").removesuffix(".md").strip("/")
        built = outlines["/".join(filter(None, [folder, "index.html"]))]
        ids = {attrs.get("id") for _, attrs in built.tags}
        assert {section.id for section in page.sections} <= ids


def test_every_page_links_to_help_and_to_leaving(outlines: dict[str, Outline]) -> None:
    for name, page in outlines.items():
        links = [attrs.get("href") or "" for tag, attrs in page.tags if tag == "a"]
        assert "/help/" in {urljoin(f"/{name}", link) for link in links}, name
        modules = [attrs.get("data-module") for tag, attrs in page.tags if tag == "a"]
        assert "leave" in modules, name


def test_the_steps_of_the_way_lead_on(records: Site) -> None:
    steps = {
        page.path: (page.meta.step, page.meta.next)
        for page in records.pages.values()
        if page.meta.step
    }
    assert sorted({step for step, _ in steps.values()}) == [1, 2, 3, 4, 5]  # type: ignore[type-var]
    for path, (step, following) in steps.items():
        assert step and following
        if following in steps:
            assert (steps[following][0] or 0) >= step, f"{path} leads back"


def test_the_build_writes_only_what_pages_need(site: Path) -> None:
    kinds = {path.suffix for path in site.rglob("*") if path.is_file()}
    pages = {".html", ".css", ".js", ".svg", ".png", ".xml", ".gz", ".txt"}
    assert kinds <= pages | {".zip", ".sha256"}
    assert not list(site.rglob("*.map"))
