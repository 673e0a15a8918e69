"""The site in another language: the English records with its words in them, and its own pages.

Nothing is written twice that is not words. Ids, order, rules, links and macro calls are the
English ones, and a page or a word file that has others is an error. Pages and entries whose English
has changed since they were translated are listed, and their pages say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from .data import catalog, desk, helplines, pages, search, situations, sources
from .data.pages import Page, Pages, skeleton_page
from .data.records import Problem, RecordError, Where
from .data.translation import Translation, WordFile, dump, skeleton
from .data.yaml_reader import load
from .practice import checks as practice_checks
from .quiz import checks, personas
from .site import DATA, LANGUAGE, Site, page_lint, read_site

ENGLISH = "en"

FILES: dict[str, Callable[[Any], Iterable[Problem]]] = {
    "desk": desk.problems,
    "helplines": helplines.problems,
    "personas": personas.problems,
    "practice": practice_checks.problems,
    "questions": checks.problems,
    "search": search.problems,
    "situations": situations.problems,
    "sources": sources.problems,
}
"""The data files with words in them, each with its checks."""

FIELDS = {name: name for name in FILES} | {"questions": "quiz", "helplines": "all_helplines"}
"""The field of ``Site`` that each of them fills."""

DRAWN_FROM = {
    "check": "questions",
    "choices": "situations",
    "code_reader": "questions",
    "examples": "personas",
    "find_list": "search",
    "flow_picture": "questions",
    "helplines": "helplines",
    "link_desk": "desk",
    "list_maker": "desk",
    "practice": "practice",
    "practice_map": "practice",
    "question": "questions",
    "questions_in_words": "questions",
    "quiz": "questions",
    "reading_list": "desk",
    "research": "sources",
    "rules_in_words": "questions",
    "situations": "situations",
    "source_names": "sources",
    "sources": "sources",
}
"""The data file whose words each macro shows."""


@dataclass(frozen=True)
class Edition:
    """The site in one language. ``behind`` lists what was made from an older English, a line each,
    and ``behind_pages`` the paths of the pages that show any of it."""

    site: Site
    language: str
    behind: tuple[str, ...] = ()
    behind_pages: frozenset[str] = frozenset()


def languages(root: Path) -> tuple[str, ...]:
    """The languages of a project, English first: the folders in ``docs`` beside the data."""
    folders = sorted(path.name for path in (root / "docs").iterdir() if path.is_dir())
    return (ENGLISH, *(name for name in folders if name not in ("data", ENGLISH)))


def read_edition(root: Path, language: str = ENGLISH) -> Edition:
    """The site of a project in one language. Raises RecordError with every error of every file."""
    english = read_site(root)
    if language == ENGLISH:
        return Edition(english, ENGLISH)
    return _Reader(root, english, language).read()


def begin(root: Path, language: str) -> tuple[str, ...]:
    """Write the pages and word files that a language lacks, with the English words in them.

    What is there already stays. Returns the paths of the files written.
    """
    english = read_site(root)
    texts = {f"docs/{language}/{path}": skeleton_page(page) for path, page in english.pages.items()}
    for name, field in FIELDS.items():
        texts[f"{DATA}/{name}.{language}.yml"] = dump(skeleton(getattr(english, field)))
    new = {path: text for path, text in texts.items() if not (root / path).exists()}
    for path, text in new.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return tuple(new)


@dataclass
class _Reader:
    """Reads the words and pages of a language and collects their errors."""

    root: Path
    english: Site
    language: str

    def __post_init__(self) -> None:
        self.errors: list[str] = []
        self.behind: list[str] = []
        self.behind_pages: set[str] = set()

    def read(self) -> Edition:
        """The site, or a RecordError with all that is wrong."""
        records = {FIELDS[name]: self._records(name) for name in FILES}
        known = self._pages()
        self.errors += catalog.problems(self.root)
        if self.errors:
            raise RecordError(self.errors)
        records["helplines"] = records["all_helplines"].for_readers_of(self.language)
        site = replace(self.english, pages=known, language=self.language, **records)
        return Edition(site, self.language, tuple(self.behind), frozenset(self.behind_pages))

    def _records(self, name: str) -> Any:
        """A data file's record with the words of the language in it."""
        record = getattr(self.english, FIELDS[name])
        shown = f"{DATA}/{name}.{self.language}.yml"
        try:
            document = load(self.root / shown, WordFile, shown)
        except RecordError as error:
            self.errors += error.lines
            return record
        translation = Translation()
        made = translation.of(record, document.record.root)
        self.errors += document.errors(translation.problems)
        if not translation.problems:
            found = [Problem(_in_word_file(made, p.where), p.message) for p in FILES[name](made)]
            self.errors += document.errors(found)
        if translation.behind:
            self.behind += document.errors(translation.behind)
            self.behind_pages |= {
                page.path
                for page in self.english.pages.values()
                if any(DRAWN_FROM.get(call.name) == name for call in page.calls)
            }
        return made

    def _pages(self) -> Pages:
        folder = f"docs/{self.language}"
        made: dict[str, Page] = {}
        known, errors = pages.read_pages(
            self.root / folder, folder, read=lambda *given: self._page(*given)
        )
        self.errors += errors
        self.errors += page_lint(self.root, folder, known)
        for path in self.english.pages:
            if path not in known and path not in known.unreadable:
                self.errors.append(f"{folder}/{path}:1: is missing; translate {LANGUAGE}/{path}")
        for path, page in known.items():
            if path in self.english.pages:
                made[path] = page
                self.errors += _differences(page, self.english.pages[path], f"{folder}/{path}")
        return Pages({path: made[path] for path in self.english.pages if path in made})

    def _page(self, text: str, path: str, name: str) -> Page:
        """A translated page: its front matter holds words, and the rest of it is the English."""
        if path not in self.english.pages:
            raise RecordError([f"{name}:1: there is no {LANGUAGE}/{path}; remove it"])
        english = self.english.pages[path]
        translation = Translation()
        page = pages.read_translated(text, path, name, english, translation)
        if translation.behind:
            self.behind += page.front.errors(translation.behind)
            self.behind_pages.add(path)
        return page


def _in_word_file(record: BaseModel, where: Where) -> Where:
    """A place in a record as a place in its word file, where entries go by their ids."""
    found: list[str | int] = []
    here: Any = record
    for part in where:
        if isinstance(here, tuple) and isinstance(part, int) and part < len(here):
            here = here[part]
            found.append(here.id if hasattr(here, "id") else part)
        else:
            here = getattr(here, str(part), None)
            found.append(part)
    return tuple(found)


def _differences(page: Page, english: Page, name: str) -> Iterator[str]:
    """Where a translated page has other sections, macro calls or links than the English page."""
    ours = [(s.level, s.id) for s in page.sections]
    theirs = [(s.level, s.id) for s in english.sections]
    for section in page.sections:
        if (section.level, section.id) not in theirs:
            yield f"{name}:{section.line}: the English page has no section {section.id} here"
    missing = [name_ for level, name_ in theirs if (level, name_) not in ours]
    if missing:
        yield f"{name}:{page.body_line}: lacks the section {', '.join(missing)} of the English page"
    elif ours != theirs:
        yield f"{name}:{page.body_line}: has its sections in another order than the English page"
    calls = [(c.name, c.arguments) for c in page.calls]
    if calls != [(c.name, c.arguments) for c in english.calls]:
        wanted = ", ".join(c.name for c in english.calls) or "none"
        yield f"{name}:{page.body_line}: must have the macro calls of the English page: {wanted}"
    targets = sorted(target for _, target in english.links)
    for line, target in page.links:
        if target in targets:
            targets.remove(target)
        else:
            yield f"{name}:{line}: the English page has no such link: {target}"
    if targets:
        listed = ", ".join(targets)
        yield f"{name}:{page.body_line}: lacks links of the English page: {listed}"
