"""From the HTML that Markdown made to an article: sections, marks for notes, pairs, kept ids.

Plain text in, plain text out: the shapes are those of Python-Markdown's own output, and what
macros drew is not looked into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

Draw = Callable[..., str]
"""Draws a component's template, by its path below ``components/``."""

DEFERRED = re.compile(r'<div data-deferred="(\d+)"></div>')
"""What stands for the HTML that a macro drew."""

_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_SAID = re.compile(r"^\u201c([^\u201d]*)\u201d$")
_TAIL = re.compile(r"(?:\s*</(?:p|li|ul|ol|blockquote|dd|div|dl)>)+\s*$")
_LINK = re.compile(r'<a\b[^>]*? href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)

MARK = '<sup class="mark" aria-hidden="true"></sup>'
"""The number of a note, at the end of the paragraph it bears on. The style counts."""


def mark_notes(html: str, is_note: Callable[[int], bool]) -> str:
    """``html`` with a mark before each note; ``is_note`` tells which placeholders are notes."""
    parts = DEFERRED.split(html)
    for n in range(1, len(parts), 2):
        if not is_note(int(parts[n])):
            continue
        before = next((k for k in range(n - 1, -1, -2) if parts[k].strip()), n - 1)
        tail = _TAIL.search(parts[before])
        at = tail.start() if tail else len(parts[before])
        parts[before] = parts[before][:at] + MARK + parts[before][at:]
    return "".join(
        part if n % 2 == 0 else f'<div data-deferred="{part}"></div>'
        for n, part in enumerate(parts)
    )


def pair_cards(html: str, draw: Draw, heads: tuple[str, str] = ("Instead of", "Try")) -> str:
    """Each pair of sentences, instead of this try that, as a card of its own.

    ``heads`` are the words that a page heads the two with.
    """
    first, second = (re.escape(head) for head in heads)
    pair = re.compile(
        rf"<dt>{first}</dt>\n<dd>\n?(.*?)\n?</dd>\n<dt>{second}</dt>\n<dd>\n?(.*?)\n?</dd>",
        re.DOTALL,
    )

    def card(found: re.Match[str]) -> str:
        said = _SAID.match(Markup(found[2]).striptags())
        return draw(
            "instead-try/instead-try.html",
            instead=Markup(found[1]),
            **{"try": Markup(found[2])},
            say=said[1] if said else "",
        )

    return re.sub(
        rf"<dl>\n(<dt>{first}</dt>.*?)\n</dl>",
        lambda found: "\n".join(card(each) for each in pair.finditer(found[1])),
        html,
        flags=re.DOTALL,
    )


def sections(html: str, lasting: Iterable[str], heading: Callable[[str, str, str], str]) -> str:
    """Each second-level heading with what follows it as a section that carries its id.

    ``lasting`` are the ids that are kept for good; other headings are left as they are.
    ``heading`` draws a heading from its level, id and words.
    """
    known = set(lasting)
    parts: list[str] = []
    end, inside = 0, False
    for found in _HEADING.finditer(html):
        level, name, words = found.groups()
        if name not in known:
            continue
        parts.append(html[end : found.start()])
        if level == "2":
            parts.append("</section>\n" * inside + f'<section class="section" id="{name}">\n')
            inside = True
        parts.append(heading(level, name, words))
        end = found.end()
    return "".join(parts) + html[end:] + "\n</section>" * inside


def links(html: str, resolve: Callable[[str, str], tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Where the links of an article lead, each once: words and the whole address.

    ``resolve`` gives both for an address on this site, from the address as the page writes it and
    the words of the link.
    """
    found: dict[str, str] = {}
    for href, words in _LINK.findall(html):
        if href.startswith(("#", "tel:", "sms:")):
            continue
        plain = Markup(words).striptags()
        title, address = (plain, href) if "://" in href else resolve(href, plain)
        found.setdefault(address, title)
    return ((words, address) for address, words in found.items())
