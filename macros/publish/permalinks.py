"""Every address ever given out, and whether each still leads to its text.

Links on paper, in messages and in notes cannot be called back. So the ledger only grows: a page
may go when netlify.toml sends its address on, a section when the front matter of its page says
where it went (``moved``). ``make permalinks`` adds what is new.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from ..data.addresses import ADDRESS, address
from ..data.helplines import Helplines
from ..data.pages import Pages
from ..data.records import Matching, Problem, Record, Slug, duplicates
from ..data.sources import Sources
from ..practice.model import Practice
from ..quiz.model import Quiz
from .citations import citing_pages

FILE = "docs/data/permalinks.yml"

Anchors = Mapping[str, tuple[str, ...]]
"""What the site answers to now: the address of each page, and the ids a link may name on it."""

HEAD = """\
# Every page and section ever given out. Nothing here is ever removed or renamed: the build fails
# when one of them leads nowhere. New ones are added by `make permalinks`.
"""


class Released(Record):
    """A page's address and the ids ever given out on it."""

    page: Annotated[str, Matching(ADDRESS, "must be an address like /talk/")]
    ids: tuple[Slug, ...] = ()


class Ledger(Record):
    """All that was ever given out."""

    pages: tuple[Released, ...]


@dataclass(frozen=True)
class Redirect:
    """A redirect of netlify.toml: ``/old/*`` to ``/new/:splat``, say."""

    source: str
    target: str

    def apply(self, page: str) -> str:
        """Where an address is sent on to; empty when the redirect is not about it.

        Netlify's rules: ``*`` at the end matches anything, ``:splat`` in the target is what it
        matched (docs.netlify.com/routing/redirects/redirect-options).
        """
        if self.source.endswith("*"):
            prefix = self.source[:-1]
            if not page.startswith(prefix):
                return ""
            return _slashed(self.target.replace(":splat", page.removeprefix(prefix)))
        return _slashed(self.target) if _slashed(self.source) == page else ""


@dataclass(frozen=True)
class Permalinks:
    """The ledger beside what the site has now."""

    ledger: Ledger
    anchors: Anchors
    redirects: tuple[Redirect, ...] = ()

    def resolve(self, page: str) -> str:
        """The address a released page is answered at, by itself or through redirects, or empty."""
        seen: set[str] = set()
        while page not in self.anchors and page not in seen:
            seen.add(page)
            page = next(filter(None, (rule.apply(page) for rule in self.redirects)), page)
        return page if page in self.anchors else ""

    def problems(self) -> Iterator[Problem]:
        """What was given out and leads nowhere, each with its place in the ledger."""
        for index in duplicates(entry.page for entry in self.ledger.pages):
            yield Problem(("pages", index, "page"), "stands here twice; keep one")
        for n, entry in enumerate(self.ledger.pages):
            here = self.resolve(entry.page)
            if not here:
                yield Problem(
                    ("pages", n, "page"),
                    f"{entry.page} was given out and is gone: keep the page, or let "
                    f'netlify.toml redirect from "{entry.page}" to one that exists',
                )
                continue
            for i, name in enumerate(entry.ids):
                if name not in self.anchors[here]:
                    yield Problem(
                        ("pages", n, "ids", i),
                        f"{entry.page}#{name} was given out and is gone: keep the id, or say in "
                        f"the front matter of {here} where it went: "
                        f"moved: [{{was: {name}, now: page.md#section}}]",
                    )

    def unlisted(self) -> dict[str, tuple[str, ...]]:
        """What the site gives out and the ledger does not hold yet, by page."""
        held = {entry.page: entry.ids for entry in self.ledger.pages}
        new = {
            page: tuple(name for name in ids if name not in held.get(page, ()))
            for page, ids in self.anchors.items()
        }
        return {page: ids for page, ids in new.items() if ids or page not in held}


def read_redirects(netlify: Path) -> tuple[Redirect, ...]:
    """The redirects of the file netlify.toml, in its order."""
    rules = tomllib.loads(netlify.read_text("utf-8")).get("redirects", [])
    return tuple(Redirect(r["from"], r["to"]) for r in rules if r.get("status") != 404)


def _slashed(path: str) -> str:
    return path.partition("#")[0].rstrip("/") + "/"


def published_anchors(
    pages: Pages, quiz: Quiz, helplines: Helplines, sources: Sources, practice: Practice
) -> Anchors:
    """Every page of the site by its address, with the ids a link may name on it."""
    drawn = {
        "quiz": [
            *(name for part in quiz.parts for name in _part(quiz, part.id)),
            "key",
            *(f"to-{outcome.id}" for outcome in quiz.outcomes),
        ],
        "helplines": [
            name
            for country in helplines.countries
            for name in (country.id, *(line.id for line in country.lines))
        ],
        "practice": [f"scenes-{opening.id}" for opening in practice.openings],
        "rules_in_words": [f"rule-{outcome.id}" for outcome in quiz.outcomes],
    }
    cited = citing_pages(pages, quiz)
    by_strength: dict[str, list[str]] = {}
    for source in sources.sources:
        if source.id in cited:
            by_strength.setdefault(source.strength, []).append(source.id)
    return {
        address(page.path): (
            *(section.id for section in page.sections),
            *(moved.was for moved in page.meta.moved),
            *(name for call in page.calls for name in drawn.get(call.name, ())),
            *(
                source
                for macro in ("sources", "source_names")
                for strength in page.arguments_of(macro)
                for source in by_strength.get(strength, ())
            ),
        )
        for page in pages.values()
    }


def _part(quiz: Quiz, part: str) -> list[str]:
    return [f"part-{part}", *(item.id for item in quiz.items if item.part == part)]


def serialize(ledger: Ledger, new: Mapping[str, tuple[str, ...]]) -> str:
    """The text of the ledger with what is new at the end of its page, or of the file."""
    pages = {entry.page: list(entry.ids) for entry in ledger.pages}
    for page, ids in sorted(new.items()):
        pages.setdefault(page, []).extend(ids)
    lines = [HEAD + "pages:"]
    for page, known in pages.items():
        lines.append(f"  - page: {page}")
        lines += ["    ids:"] * bool(known) + [f"      - {name}" for name in known]
    return "\n".join(lines) + "\n"
