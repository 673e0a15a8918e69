"""Other programs that read pages: the Nu checker, reader mode, and browsers of text alone."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from tests.support.journeys import ADDRESSES
from tests.support.programs import from_npm, require
from tests.support.reading import read as parsed

pytestmark = pytest.mark.slow


def html_of(site: Path, address: str) -> str:
    """The file of a page, as the host sends it."""
    name = f"{address}index.html" if address.endswith("/") else address
    return (site / name.removeprefix("/")).read_text("utf-8")


def test_the_nu_checker_finds_nothing(site: Path) -> None:
    """No error and no warning in any page, the pictures in it included."""
    require("nu")
    jar = from_npm("vnu-jar") / "build/dist/vnu.jar"
    options = [
        "-Xss1m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--skip-non-html",
        "--also-check-svg",
    ]
    done = subprocess.run(
        ["java", *options, str(site)], capture_output=True, text=True, check=False, timeout=120
    )
    said = json.loads(done.stderr)["messages"]
    found = [
        f"{message.get('url', '').rpartition(site.name)[2]}:{message.get('lastLine', 0)}:"
        f" {message['message']}"
        for message in said
    ]
    assert found == []
    assert done.returncode == 0


# Reader mode, as in Firefox

READER = """([script, html]) => {
    const make = new Function(`${script}; return { Readability, isProbablyReaderable }`);
    const { Readability, isProbablyReaderable } = make();
    const page = new DOMParser().parseFromString(html, "text/html");
    const offered = isProbablyReaderable(page);
    const { title, textContent } = new Readability(page).parse() ?? { title: "", textContent: "" };
    return { offered, title, text: textContent };
}"""

# Not reading matter: what a script shows, what is for paper, and what stands beside the text.
BESIDE = (
    "svg, script, template, nav, h1, [hidden], .leave-note, .reviewed, .sheet, .paper, .end,"
    " .hero__top, .section__link, .moved, .mark"
)
# Reader mode shows the title and not the line below it.
LEAD = ".hero__lead"
# Where it is offered and does not show all: it leaves out forms, lists of links and, beside the
# helplines, shorter sections. A page that comes out whole has to go from here.
NOT_WHOLE = {"/", "/help/", "/practice/", "/quiz/"}


def dense(text: str) -> str:
    """Letters and digits alone: what stands between words is of no interest."""
    return re.sub(r"\W+", " ", text).strip()


def pieces(page: BeautifulSoup) -> list[str]:
    """The paragraphs, headings and items of a page that a reader must not lose."""
    assert page.main
    for beside in page.main.select(f"{BESIDE}, {LEAD}"):
        beside.decompose()
    parts = page.main.select("p, h2, h3, h4, li, dt, dd, legend, summary, label, th, td")
    own = [part for part in parts if not part.select("p, li, dd, dt")]
    return [words for part in own if len(words := dense(part.get_text(" "))) > 3]


@pytest.mark.fresh
def test_reader_mode_shows_pages_whole(site: Path, page: Page) -> None:
    """Where it is offered: the page's own title, and every paragraph, heading and note."""
    folder = from_npm("@mozilla/readability")
    names = ("Readability.js", "Readability-readerable.js")
    script = "\n".join((folder / name).read_text("utf-8") for name in names)
    offered = 0
    lost: dict[str, list[str]] = {}
    for address in ADDRESSES:
        html = html_of(site, address)
        shown: dict[str, Any] = page.evaluate(READER, [script, html])
        if not shown["offered"]:
            continue
        offered += 1
        text = dense(shown["text"])
        ours = parsed(html)
        assert ours.title
        missing = [piece for piece in pieces(ours) if piece not in text]
        if shown["title"] != ours.title.text.split(" · ")[0]:
            missing.append(f"the title is {shown['title']!r}")
        if missing:
            lost[address] = missing
    assert {address: lost[address] for address in lost.keys() - NOT_WHOLE} == {}
    assert NOT_WHOLE - lost.keys() == set()
    assert offered > 35


# Browsers that show text alone

BROWSERS = {
    "w3m": ("w3m", "-dump", "-cols", "80", "-T", "text/html"),
    "lynx": ("lynx", "-dump", "-nolist", "-width=80", "-force_html"),
    "links": ("links", "-dump", "-width", "80", "-force-html"),
}
# They know no template, and print what the scripts of these pages put in place.
TEMPLATES = {"/counselors/code/", "/counselors/list/", "/find/", "/practice/", "/quiz/"}


@pytest.mark.parametrize("name", BROWSERS)
def test_a_text_browser_shows_the_whole_page(site: Path, tmp_path: Path, name: str) -> None:
    """Leave and help first, every word of the page, and no button that does nothing."""
    require("text")
    found = {}
    file = tmp_path / "page.html"
    for address in ADDRESSES:
        html = html_of(site, address)
        file.write_text(html, encoding="utf-8")
        command = [*BROWSERS[name], str(file)]
        done = subprocess.run(command, capture_output=True, check=True, timeout=60)
        # Lynx may cut the last letter of a list to choose from in two.
        text = dense(done.stdout.decode(errors="replace"))
        page = parsed(html)
        wrong = [] if "Leave this site" in text[:200] else ["Leave does not come first"]
        templates = [dense(template.get_text(" "))[:40] for template in page.select("template")]
        if any(words in text for words in filter(None, templates)) and address not in TEMPLATES:
            wrong.append("the content of a template")
        dead = [dense(button.get_text()) for button in page.select("button[disabled]")]
        wrong += [f"a dead button: {words}" for words in dead if words in text]
        joined = text.replace(" ", "")
        wrong += [piece for piece in pieces(page) if piece.replace(" ", "") not in joined]
        if wrong:
            found[address] = wrong[:5]
    assert found == {}
