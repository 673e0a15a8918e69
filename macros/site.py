"""Everything the site is made of, read once and checked against itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .assets import FOLDER
from .claims import Claims, read_claims
from .desk import Desk, read_desk
from .guard import faults, strangers
from .helplines import Helplines, read_helplines
from .pages import Pages, read_pages
from .permalinks import Permalinks, given_out, read_permalinks
from .quiz import Quiz, read_quiz
from .records import Problem, RecordError
from .situations import Situations, read_situations
from .sources import Sources, read_sources

MACROS = (
    "check",
    "code_reader",
    "edition_line",
    "find_list",
    "flow_picture",
    "helplines",
    "link_desk",
    "list_maker",
    "offline_copy",
    "question",
    "questions_in_words",
    "quiz",
    "reading_list",
    "research",
    "rules_in_words",
    "situations",
    "source_names",
    "sources",
)
"""The macro calls a page may make."""

if TYPE_CHECKING:
    from .editions import Editions

T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """The pages and the records they draw on."""

    root: Path
    pages: Pages
    quiz: Quiz
    editions: Editions
    sources: Sources
    helplines: Helplines
    situations: Situations
    claims: Claims
    desk: Desk
    permalinks: Permalinks


def read_site(root: Path) -> Site:
    """The site whose project folder is ``root``.

    Raises RecordError with every fault of every file, so an author mends them in one go.
    """
    # Not above: these also run as programs (python -m), and Python wants them fresh then.
    from . import editions, proof

    docs = root / "docs"
    wrong: list[str] = []

    def attempt(read: Callable[[], T]) -> T | None:
        try:
            return read()
        except RecordError as error:
            wrong.extend(line.removeprefix(f"{root}/") for line in error.lines)
            return None

    pages = attempt(lambda: read_pages(docs))
    # With pages or sources missing, what points at them is checked for its form alone: a line
    # about every broken pointer would bury the real fault.
    known = pages or Pages({})
    sources = attempt(lambda: read_sources(docs / "sources/sources.yml", known, pages is not None))
    helplines = attempt(lambda: read_helplines(docs / "help/helplines.yml"))
    ids = sources.ids if sources else frozenset()
    whole = pages is not None and sources is not None
    ledger = attempt(lambda: editions.read_editions(root / editions.FILE))

    def further(quiz: Quiz) -> list[Problem]:
        changed = editions.problems(ledger)(quiz) if ledger else ()
        return list(proof.problems(quiz)) or list(changed)

    quiz = attempt(lambda: read_quiz(docs / "quiz/questions.yml", known, ids, whole, further))
    situations = attempt(lambda: read_situations(docs / "situations.yml", known, whole))
    claims = attempt(lambda: read_claims(root / "tests/claims.yml", known, ids, whole))
    desk = attempt(lambda: read_desk(docs / "counselors/desk.yml", known, pages is not None))
    wrong += [line.removeprefix(f"{root}/") for line in strangers(docs)]
    for page in known.values():
        if page.meta.script and not (FOLDER / "scripts" / f"{page.meta.script}.js").exists():
            spot = f"docs/{page.path}:{page.line_of('script')}"
            wrong.append(f"{spot}: script: there is no macros/scripts/{page.meta.script}.js")
        wrong += faults(page.body, f"docs/{page.path}", page.body_line, MACROS)
    if wrong or not (
        pages and (sources and helplines) and (ledger and quiz) and (situations and claims and desk)
    ):
        raise RecordError(wrong)
    # Last, and only over a site that is whole: any fault above may hide an id.
    given = given_out(pages, quiz, helplines, sources)
    permalinks = attempt(lambda: read_permalinks(root, given))
    if not permalinks:
        raise RecordError(wrong)
    return Site(root, pages, quiz, ledger, sources, helplines, situations, claims, desk, permalinks)
