"""Everything the site is made of: each file read and checked by itself, then one cross-check.

The cross-check looks at everything that points somewhere: from a page or a record to a page, a
section, a source, an item. It runs over whatever could be read, so an error in one file hides
none in another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, TypeVar

from pydantic import BaseModel

from .data import (
    claims,
    desk,
    helplines,
    lint,
    pages,
    reviews,
    search,
    situations,
    sources,
)
from .data.addresses import address
from .data.records import Problem, RecordError, nearest
from .data.yaml_reader import Document, parse, read_text
from .practice import checks as practice_checks
from .practice import proof as practice_proof
from .practice.model import Practice
from .publish import permalinks
from .publish.assets import COMPONENTS
from .publish.citations import citing_pages
from .quiz import checks, editions, personas, proof
from .quiz.model import Quiz

LANGUAGE = "docs/en"
"""The folder of the pages."""

DATA = "docs/data"
"""The folder of everything that pages are made from."""

MACROS: dict[str, str] = {
    "check": "check",
    "choices": "",
    "code_reader": "",
    "edition_line": "",
    "examples": "",
    "find_list": "",
    "flow_picture": "",
    "helplines": "",
    "link_desk": "",
    "list_maker": "",
    "offline_copy": "",
    "question": "item",
    "practice": "",
    "practice_map": "",
    "questions_in_words": "",
    "quiz": "",
    "reading_list": "",
    "research": "source",
    "reviews": "",
    "rules_in_words": "",
    "situations": "",
    "source_names": "strength",
    "sources": "strength",
}
"""The macro calls a page may make, each with what its arguments name (nothing when empty)."""

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Site:
    """The pages and the records they draw on."""

    root: Path
    pages: pages.Pages
    quiz: Quiz
    editions: editions.Editions
    personas: personas.Personas
    sources: sources.Sources
    all_helplines: helplines.Helplines
    helplines: helplines.Helplines
    """Those that readers of the site's language are shown."""
    situations: situations.Situations
    claims: claims.Claims
    desk: desk.Desk
    search: search.Search
    reviews: reviews.Reviews
    practice: Practice
    permalinks: permalinks.Permalinks
    language: str = "en"

    @cached_property
    def citing_pages(self) -> dict[str, tuple[str, ...]]:
        """The sources that pages cite, each with those pages."""
        return citing_pages(self.pages, self.quiz)


def read_site(root: Path, editions_current: bool = True) -> Site:
    """The site whose project folder is ``root``.

    ``editions_current`` asks that the history of editions has the quiz as it is; the command that
    writes the history goes without. Raises RecordError with every error of every file.
    """
    reader = _Reader(root)
    site = reader.read(editions_current)
    if reader.errors or site is None:
        raise RecordError(reader.errors)
    return site


@dataclass
class _Reader:
    """Reads the files of a project and collects their errors."""

    root: Path
    errors: list[str] = field(default_factory=list)
    unsound: set[str] = field(default_factory=set)
    """The data files with errors of their own."""

    def read(self, editions_current: bool) -> Site | None:
        """The site, or None when a file is missing or could not be read."""
        known, page_errors = pages.read_pages(self.root / LANGUAGE, LANGUAGE)
        self.errors += page_errors
        self.errors += lint.unexpected_files(self.root / DATA, (".yml", ".json", ".po"), DATA)
        self.errors += page_lint(self.root, LANGUAGE, known)

        cited = self._load("sources.yml", sources.Sources, sources.problems)
        lines = self._load("helplines.yml", helplines.Helplines, helplines.problems)
        rows = self._load("situations.yml", situations.Situations, situations.problems)
        contract = self._load("claims.yml", claims.Claims, claims.problems)
        groups = self._load("desk.yml", desk.Desk, desk.problems)
        words = self._load("search.yml", search.Search, search.problems)
        read = self._load("reviews.yml", reviews.Reviews, reviews.problems)
        history = self._load("editions.yml", editions.Editions, editions.problems)
        people = self._load("personas.yml", personas.Personas, personas.problems)
        ledger = self._load("permalinks.yml", permalinks.Ledger, _no_problems)
        quiz = self._load("questions.yml", Quiz, self._quiz_problems)
        scenes = self._load("practice.yml", Practice, self._practice_problems)

        anchors = None
        if quiz and lines and cited and scenes:
            anchors = permalinks.published_anchors(
                known,
                quiz.record,
                lines.record.for_readers_of("en"),
                cited.record,
                scenes.record,
            )
        self._cross_check_pages(known, cited, quiz)
        self.errors += _link_errors(known, anchors)
        if cited:
            self._add(cited, sources.unlisted(cited.record, known))
        if rows:
            self._add(rows, situations.ref_problems(rows.record, known))
        if groups:
            self._add(groups, desk.ref_problems(groups.record, known))
        if words:
            self._add(words, search.ref_problems(words.record, known))
        if read:
            self._add(read, reviews.ref_problems(read.record, known))
        if contract:
            self._add(contract, claims.home_problems(contract.record, known))
        if contract and cited:
            self._add(contract, claims.source_problems(contract.record, cited.record.ids))
        if quiz:
            self._add(quiz, checks.ref_problems(quiz.record, known))
        if quiz and cited:
            self._add(quiz, checks.source_problems(quiz.record, cited.record.ids))
        if scenes:
            self._add(scenes, practice_checks.ref_problems(scenes.record, known))
        # The history has nothing to say of a file that must change anyway.
        if quiz and history and editions_current and "questions.yml" not in self.unsound:
            self._add(quiz, editions.quiz_problems(history.record, quiz.record))
        # A quiz that is wrong in itself can show people anything, or nothing at all.
        if quiz and people and "questions.yml" not in self.unsound:
            self._add(people, personas.quiz_problems(people.record, quiz.record))

        if not (cited and lines and rows and contract and groups and people):
            return None
        if not (words and read and history and ledger and quiz):
            return None
        if not scenes:
            return None
        assert anchors is not None
        redirects = permalinks.read_redirects(self.root / "netlify.toml")
        links = permalinks.Permalinks(ledger.record, anchors, redirects)
        # An unreadable page's address leads nowhere only until its own errors are fixed.
        if not known.unreadable:
            self._add(ledger, links.problems())
        if not read:
            return None
        return Site(
            root=self.root,
            pages=known,
            quiz=quiz.record,
            editions=history.record,
            personas=people.record,
            sources=cited.record,
            helplines=lines.record.for_readers_of("en"),
            all_helplines=lines.record,
            situations=rows.record,
            claims=contract.record,
            desk=desk.complete(groups.record, known),
            search=words.record,
            reviews=read.record,
            practice=scenes.record,
            permalinks=links,
        )

    def _load(
        self, file: str, model: type[M], problems: Callable[[M], Iterable[Problem]]
    ) -> Document[M] | None:
        """A data file, checked by itself; None when it cannot be read."""
        document: Document[M] | None = None
        try:
            text = read_text(self.root / DATA / file, f"{DATA}/{file}")
            document, found = _checked(text, model, problems, f"{DATA}/{file}")
        except RecordError as error:
            found = error.lines
        if found:
            self.unsound.add(file)
        self.errors += found
        return document

    def _add(self, document: Document[M], problems: Iterable[Problem]) -> None:
        self.errors += document.errors(problems)

    @staticmethod
    def _quiz_problems(quiz: Quiz) -> Iterable[Problem]:
        # The proof reads rules, and rules that name nothing would only confuse it.
        return list(checks.problems(quiz)) or proof.problems(quiz)

    @staticmethod
    def _practice_problems(practice: Practice) -> Iterable[Problem]:
        # Walks can only be looked at when every reply leads somewhere.
        return list(practice_checks.problems(practice)) or practice_proof.problems(practice)

    def _cross_check_pages(
        self,
        known: pages.Pages,
        cited: Document[sources.Sources] | None,
        quiz: Document[Quiz] | None,
    ) -> None:
        """What the pages point at: each other, scripts, and records by their macro calls."""
        ids: dict[str, tuple[str, Iterable[str]]] = {
            "strength": ("no source has the strength", sources.IN_WORDS)
        }
        if cited:
            ids["source"] = ("sources.yml has no source", cited.record.ids)
        if quiz:
            ids["item"] = ("questions.yml has no item", [item.id for item in quiz.record.items])
            ids["check"] = ("questions.yml has no check", [c.id for c in quiz.record.checks])
        for page in known.values():
            name = f"{LANGUAGE}/{page.path}"
            self.errors += page.front.errors(_front_matter_problems(page, known))
            for call in page.calls:
                for message in _call_errors(call, ids):
                    self.errors.append(f"{name}:{call.line}: {message}")


def page_lint(root: Path, folder: str, known: pages.Pages) -> Iterator[str]:
    """What the pages of a language's folder may not contain, and files that are no pages."""
    yield from lint.unexpected_files(root / folder, (".md", ".txt", ".png"), folder)
    for page in known.values():
        yield from lint.lint(page, f"{folder}/{page.path}")


@lru_cache(maxsize=64)
def _checked(
    text: str, model: type[BaseModel], problems: Callable[[Any], Iterable[Problem]], name: str
) -> tuple[Any, tuple[str, ...]]:
    """The document of a text, and what is wrong with it by itself.

    Remembered, so that after an edit only the file that changed is read and proved again.
    """
    document = parse(text, model, name)
    return document, tuple(document.errors(problems(document.record)))


def _no_problems(record: object) -> Iterable[Problem]:
    return ()


def _front_matter_problems(page: pages.Page, known: pages.Pages) -> Iterator[Problem]:
    if page.meta.next and (error := known.ref_error(page.meta.next)):
        yield Problem(("next",), error)
    for n, moved in enumerate(page.meta.moved):
        here = "is still here" if page.has(moved.was) else ""
        if error := known.ref_error(moved.now) or here:
            yield Problem(("moved", n), f"{moved.was}: {error}")
    script = page.meta.script
    if script and not (COMPONENTS / script / f"{script}.js").exists():
        yield Problem(("script",), f"there is no macros/components/{script}/{script}.js")


def _link_errors(known: pages.Pages, anchors: permalinks.Anchors | None) -> Iterator[str]:
    """Links that lead to no page or section of ours; without ``anchors`` only to no page."""
    for page in known.values():
        for line, target in page.links:
            path, _, section = target.partition("#")
            there = normpath(join(dirname(page.path), path)) if path else page.path
            if ":" in target or not (path.endswith(".md") or section):
                continue  # to another site, or refused by lint
            if there in known and (anchors is None or section in ("", *anchors[address(there)])):
                continue
            if error := known.ref_error(f"{there}#{section}" if section else there):
                yield f"{LANGUAGE}/{page.path}:{line}: {error}"


def _call_errors(call: pages.Call, ids: dict[str, tuple[str, Iterable[str]]]) -> Iterator[str]:
    if call.name not in MACROS:
        yield f"there is no macro {call.name}; known: {', '.join(MACROS)}"
        return
    kind = MACROS[call.name]
    if not kind and call.arguments:
        yield f"{call.name}() takes nothing; empty its parentheses"
    elif kind and (not call.arguments or (kind != "strength" and len(call.arguments) > 1)):
        yield f'{call.name}() takes the id of one {kind}, like {{{{ {call.name}("its-id") }}}}'
    elif kind in ids:
        missing, known = ids[kind]
        for argument in call.arguments:
            if argument not in set(known):
                yield f'{missing} "{argument}"{nearest(argument, known)}'
