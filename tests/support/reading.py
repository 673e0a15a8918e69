"""The words of a built page as a reader meets them: block by block, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

BLOCKS = ["p", "li", "dt", "dd", "summary", "legend", "label", "figcaption", "th", "td"]
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]

# Not read as sentences: pictures, the names of cited works, the paper key of the quiz (a table in
# all but markup), its rules and options, lists of links to other pages under their own headings,
# the link at each heading, and the foot that stands on paper alone.
LEFT_OUT = (
    "svg, .note__source, cite, .quiz__key-list, .find__list, .rules, .asked__options, .here, .sheet"
)
# Not the page's own words: parts that stand on it by a macro, and its frame.
PARTS = ".note, .ask, .next, .reviewed, .leave-note, .head"

_ENDS = re.compile(r"(?<=[.?!])[\u201d\u2019\"')]*\s+(?=[\u201c\u2018\"'(]*[A-Z0-9])")
_WORD = re.compile(r"[\w\u2019'’&./@%-]*\w")


@dataclass(frozen=True)
class Block:
    """A stretch of text with a tag of its own; ``bad`` for the half of a pair not to be said."""

    tag: str
    text: str
    bad: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """The text, cut where a sentence ends."""
        return tuple(part for part in _ENDS.split(self.text) if _WORD.search(part))


def read(html: str) -> BeautifulSoup:
    """A page, parsed."""
    return BeautifulSoup(html, "html.parser")


def main(page: BeautifulSoup, without: str = "") -> Tag:
    """A copy of what the page says, less what is no reading matter and ``without``."""
    found = read(str(page.main)).main
    assert found is not None, "a page needs a main"
    for part in found.select(f"{LEFT_OUT}, {without}" if without else LEFT_OUT):
        part.decompose()
    return found


def blocks(part: Tag) -> Iterator[Block]:
    """The innermost blocks of text, in reading order, then what waits in attributes to be shown."""
    after_bad = False
    for tag in part.find_all(BLOCKS + HEADINGS):
        if tag.name == "dt":
            after_bad = plain(tag) == "Instead of"
        if tag.find(BLOCKS + HEADINGS) or not (text := plain(tag)):
            continue
        bad = after_bad and (tag.name == "dd" or tag.find_parent("dd") is not None)
        yield Block(tag.name, text, bad)
    for tag in part.select("[data-said], [data-feedback]"):
        yield Block("said", str(tag.get("data-said", "")))
        yield Block("feedback", str(tag.get("data-feedback", "")))


def plain(tag: Tag) -> str:
    """The text of a tag on one line."""
    return " ".join(tag.get_text().split())


def words(text: str) -> list[str]:
    """The words of a text; a number counts as one."""
    return _WORD.findall(text)


def section(page: BeautifulSoup, name: str) -> list[Tag]:
    """What stands under the heading of that id, up to the next of the same level or a higher one.

    Empty when there is no such heading.
    """
    head = page.find(HEADINGS, id=name)
    if not isinstance(head, Tag):
        return []
    found = [head]
    for tag in head.find_next_siblings():
        if tag.name in HEADINGS and tag.name <= head.name:
            break
        found.append(tag)
    return found


def address(path: str) -> str:
    """Where ``talk.md`` or ``quiz/index.md`` is built to, below the site's folder."""
    stem = path.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return f"{stem}.html"
    return f"{stem}/index.html"


def built(site: Path, paths: list[str]) -> dict[str, BeautifulSoup]:
    """The built pages, parsed, by their path below ``docs/``."""
    return {path: read((site / address(path)).read_text(encoding="utf-8")) for path in paths}
