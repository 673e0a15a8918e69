"""Records into HTML, through the templates in ``components/``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import markdown
import segno
from babel.dates import format_date
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    StrictUndefined,
)
from markupsafe import Markup

from . import article as shape
from .data.addresses import address
from .data.catalog import ENGLISH, Words, words_of
from .data.desk import REST, Entry, entries
from .data.pages import Meta, Page, Picture
from .data.sources import Source, pages_by_strength
from .practice.booklet import booklet
from .practice.map import practice_map
from .publish import review, search
from .quiz.flow import flow
from .quiz.letters import help_at_once, pages_by_answer, rule_in_letters
from .quiz.model import Item
from .quiz.outcomes import added, effective, outcomes_for
from .site import Site

COMPILED = ".cache/templates"
"""Where a project keeps its compiled templates; ``make clean`` empties it."""

Link = Callable[[str], str]
"""A reference like ``talk.md#ask-why`` to an address that works from the page being made."""


def typographic(text: str) -> str:
    """Straight quotes made curly, as Markdown's ``smarty`` does for pages."""
    text = re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text)
    text = re.sub(r"(?<![^\s(\u201c\u00bf])'(?=[\w\u00bf])", "\u2018", text)
    return text.replace("'", "\u2019")


def day_in_words(day: date, language: str = "en") -> str:
    """A date as ``November 3, 2026``, or as another language writes it."""
    return format_date(day, format="long", locale=language)


def letter(index: int) -> str:
    """The letter of an option on paper: a, b, c …"""
    return "abcdefghijklmnopqrstuvwxyz"[index]


COMPONENT_OF = {
    "check": "check",
    "choices": "choices",
    "code_reader": "answer-code",
    "edition_line": "edition",
    "examples": "examples",
    "find_list": "find",
    "flow_picture": "flow",
    "helplines": "helplines",
    "link_desk": "desk",
    "list_maker": "list-maker",
    "offline_copy": "offline-copy",
    "question": "question",
    "practice": "practice",
    "practice_map": "practice-map",
    "questions_in_words": "questions",
    "quiz": "quiz",
    "reading_list": "reading-list",
    "research": "research-note",
    "reviews": "reviews",
    "rules_in_words": "rules",
    "situations": "situations",
    "source_names": "sources",
    "sources": "sources",
}
"""The component that each macro draws: its folder in ``components/``."""


def components_of(page: Page) -> tuple[str, ...]:
    """The components that the macro calls of a page draw, sorted."""
    return tuple(sorted({COMPONENT_OF[call.name] for call in page.calls}))


_SVG = '<svg xmlns="http://www.w3.org/2000/svg"'
_NOTE = '<details class="note"'

LEAVE = "https://www.weather.gov/"
"""Where "Leave this site" goes: a public weather page, neutral, the same for everyone."""

STEPS = (20, 42, 82, 104, 132)
"""How far apart the circles stand at each of the five steps, in hundredths of a diameter."""


def join_words(words: Sequence[str], joint: str = "or", language: str = "en") -> str:
    """``a``, ``a or b``, ``a, b or c``, with the ``joint`` of the language."""
    *others, last = words
    if not others:
        return last
    if language == "es":
        joint = _as_it_sounds(joint, last)
    kind = Markup if any(isinstance(word, Markup) for word in words) else str
    return kind(", ").join(others) + kind(f" {joint} ") + last


def _as_it_sounds(joint: str, word: str) -> str:
    """A Spanish ``y`` or ``o`` as it is said before a word: ``e ir``, ``y hielo``, ``u once``."""
    sound = re.sub(r"<[^>]*>|^\W+", "", word).lower()
    if joint == "y" and re.match(r"h?[i\u00ed](?![aeo\u00e1\u00e9\u00f3])", sound):
        return "e"
    return "u" if joint == "o" and re.match(r"h?[o\u00f3]|8|11(?!\d)", sound) else joint


def qr(text: str) -> Markup:
    """``text`` as a QR code, a picture.

    The pattern laid over it is always the same. To find the best of eight would be most of the
    work of a build, and a reader takes any (ISO/IEC 18004, 7.8). The lowest level of correction
    makes the largest modules, and no part of a code on a sheet of paper is covered.
    """
    code = segno.make_qr(text, error="l", boost_error=False, mask=2)
    drawn = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None)
    # The size is for a page without style.
    return Markup(drawn.replace("<svg", '<svg height="96"', 1))


def digest(html: str) -> str:
    """Eight hex digits of the words of an article: two sheets that show the same hold the same."""
    words = " ".join(Markup(html).striptags().split())
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def environment(
    language: str = "en", words: Words = ENGLISH, compiled: Path | None = None
) -> Environment:
    """The template environment: autoescape on, unknown names an error.

    ``words`` are those of the language, for what stands in the templates in English.

    ``compiled`` is a folder to keep compiled templates in; without it each environment compiles
    its own, which is a tenth of a build.

    The theme's templates are behind ours: its words for a language (``lang.t``) and its icons.
    """
    env = Environment(
        loader=ChoiceLoader(
            [PackageLoader(__package__, "components"), PackageLoader("material", "templates")]
        ),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        # Each build makes an environment of its own, so a template read once stays as it is.
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=FileSystemBytecodeCache(str(compiled)) if compiled else None,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    joints = {"or": words.gettext("or"), "and": words.gettext("and")}

    def joined(parts: Sequence[str], joint: str = "or") -> str:
        return join_words(parts, joints[joint], language)

    def named(source: Source) -> str:
        return source.name(words)

    env.filters.update(typographic=typographic, letter=letter, join_words=joined, named=named)

    @cache
    def icon(name: str) -> Markup:
        """One of our signs, like ``phone``, or of the theme's icons, like ``material/phone``.

        The word beside it says the same.
        """
        if "/" not in name:
            return Markup(env.get_template(f"icon/signs/{name}.svg").render())
        svg = str(env.get_template(f".icons/{name}.svg").render())
        return Markup(
            svg.replace(
                _SVG, '<svg class="icon" height="20" fill="currentColor" aria-hidden="true"', 1
            )
        )

    env.globals["icon"] = icon
    env.globals["words"] = words
    env.globals["lang"] = env.get_template(f"partials/languages/{language}.html").module
    return env


@dataclass(frozen=True)
class Article:
    """The finished text of a page, and eight hex digits that change with its words."""

    html: Markup
    digest: str


@dataclass(frozen=True)
class Frame:
    """What the page around an article (``overrides/``) shows of our records.

    ``print_sheet`` draws the foot of the page on paper from the digest of its article.
    """

    path: str
    title: str
    description: str
    heading: str
    lead: str
    group: str
    script: str | None
    public: str
    layout: str
    step: int | None
    contents: str
    picture: str
    small_picture: str
    next_step: str
    leave_note: str
    reviewed: date
    reviewed_in_words: str
    qr: bool
    print_sheet: Callable[[str], str]


class Renderer:
    """Draws the parts of a site that are made from records.

    ``order`` is the order of the pages in the navigation, by their paths; ``home`` the site's
    address; ``offline`` says that this is the copy for a disk, ``has_offline_copy`` that the site
    will be published with one.
    """

    def __init__(
        self,
        site: Site,
        link: Link,
        order: Sequence[str] = (),
        home: str = "/",
        offline: bool = False,
        language: str = "en",
        has_offline_copy: bool = False,
    ) -> None:
        self.site, self._language = site, language
        self.words = words_of(language, site.root)
        self._has_offline_copy = has_offline_copy
        self._way = site.situations.way
        self._link, self._order = link, order
        self._home, self._offline = home.rstrip("/"), offline
        compiled = site.root / COMPILED
        compiled.mkdir(parents=True, exist_ok=True)
        self.templates = environment(language, self.words, compiled)
        self.icon: Any = self.templates.globals["icon"]
        self._deferred: list[str] = []
        self.templates.globals.update(public=self.public, qr=qr)
        self.templates.globals.update(link=link, site=site, title=site.pages.title)
        self.templates.globals["source_address"] = self._source_address
        self.templates.globals["circles"] = lambda picture, **kw: self.circles(picture, **kw)

    def draw(self, template: str, **context: Any) -> str:
        """A component's template, by its path below ``components/``."""
        # Without blank lines: Markdown reads a blank line as the end of a block of HTML.
        html = self.templates.get_template(template).render(**context)
        return "\n".join(line for line in html.splitlines() if line.strip())

    def deferred(self, macro: Callable[..., str]) -> Callable[..., str]:
        """A macro whose HTML is kept until after Markdown, which need not read it.

        In its place the macro returns a block for ``article()`` to fill.
        """

        def defer(*arguments: str) -> str:
            self._deferred.append(macro(*arguments))
            return f'<div data-deferred="{len(self._deferred) - 1}"></div>'

        return defer

    def _day(self, day: date) -> str:
        return day_in_words(day, self._language)

    def public(self, ref: str) -> str:
        """The whole, lasting address of a page or section, wherever this copy is read."""
        return self._home + address(ref)

    def circles(
        self,
        picture: Picture,
        decorative: bool = False,
        alone: bool = False,
        frame: int = 0,
        was: Picture | None = None,
    ) -> Any:
        """The two circles.

        ``decorative`` hides them from screen readers; ``alone`` is for a file of their own;
        ``frame`` is the distance the picture leaves room for, where several stand in a row;
        ``was`` is the picture they come from.
        """
        html = self.draw(
            "circles/circles.svg",
            picture=picture,
            decorative=decorative,
            alone=alone,
            frame=frame,
            was=was,
        )
        return Markup(html.replace("\n", ""))

    def quiz(self) -> str:
        """The whole quiz: a worksheet with a key.

        The script turns it into one question at a time.
        """
        return self._quiz("quiz/quiz.html")

    def code_reader(self) -> str:
        """Where an answer code is read, with the quiz it is read by and what was asked before."""
        return self._quiz("answer-code/answer-code.html", editions=self.site.editions.editions)

    def _quiz(self, template: str, **context: Any) -> str:
        """A template that speaks of the whole quiz, its questions by number and letter."""
        quiz = self.site.quiz
        numbers = {item.id: n for n, item in enumerate(quiz.items, start=1)}
        return self.draw(
            template,
            quiz=quiz,
            numbers=numbers,
            key=partial(rule_in_letters, quiz, joint=self.words.gettext("and")),
            at_once={item.id: help_at_once(quiz, item) for item in quiz.items},
            reads=pages_by_answer(quiz),
            **context,
        )

    def rules_in_words(self) -> str:
        """How outcomes are chosen: every rule, strongest first, in words."""
        return self._quiz("rules/rules.html")

    def questions_in_words(self) -> str:
        """What is asked and what for, as a professional wants to know."""
        items: dict[str, list[Item]] = {part.id: [] for part in self.site.quiz.parts}
        for item in self.site.quiz.items:
            items[item.part].append(item)
        first = {part: there[0].id for part, there in items.items()}
        return self._quiz("questions/questions.html", items=items, first=first)

    def flow_picture(self) -> str:
        """How outcomes are chosen, as one picture, and the picture in words."""
        return self._quiz("flow/flow.html", flow=flow(self.site.quiz))

    def examples(self) -> str:
        """Some made-up people: what they answer, what they get, and why.

        A private question is shown only where the answer does something.
        """
        quiz = self.site.quiz
        shown = []
        for person in self.site.personas.people:
            if person.example:
                counted = effective(quiz, person.given)
                chosen = [
                    (i, [o for o in i.options if o.id in counted.get(i.id, ())]) for i in quiz.items
                ]
                answers = [
                    (item, options)
                    for item, options in chosen
                    if options and (not item.private or any(o.flag or o.read_on for o in options))
                ]
                results = [(r, added(r.outcome, counted)) for r in outcomes_for(quiz, counted)]
                shown.append((person, answers, results))
        return self._quiz("examples/examples.html", examples=shown)

    def edition_line(self) -> str:
        """Which edition of the quiz this is, and how to cite it."""
        entry = self.site.editions[self.site.quiz.edition]
        name = self.site.pages["index.md"].meta.title
        return self.draw("edition/edition.html", edition=entry, name=name)

    def practice(self) -> str:
        """All practice scenes as a numbered booklet.

        The script turns it into one scene at a time.
        """
        scenes = self.site.practice
        return self.draw("practice/practice.html", practice=scenes, booklet=booklet(scenes))

    def practice_map(self) -> str:
        """All practice scenes as one picture for each opening, and the picture in words."""
        scenes = self.site.practice
        numbers = booklet(scenes).numbers
        maps = [(o, practice_map(scenes, o, numbers)) for o in scenes.openings]
        return self.draw(
            "practice-map/practice-map.html", practice=scenes, maps=maps, numbers=numbers
        )

    def question(self, name: str) -> str:
        """One item with each option's feedback behind it."""
        return self.draw("question/question.html", item=self.site.quiz.item(name))

    def check(self, name: str) -> str:
        """A learning check."""
        check = next(check for check in self.site.quiz.checks if check.id == name)
        source = self.site.sources[check.source]
        return self.draw("check/check.html", check=check, source=source)

    def research(self, name: str) -> str:
        """A research note."""
        return self.draw("research-note/research-note.html", source=self.site.sources[name])

    def reviews(self) -> str:
        """Who has reviewed the site, or that nobody has."""
        done = self.site.reviews.reviews
        return self.draw(
            "reviews/reviews.html",
            reviews=done,
            day=self._day,
            # The edition takes as long to find as the whole sheet takes to draw.
            edition=digest(self._review_contents()) if done else "",
        )

    def review_sheet(self) -> str:
        """The document that a professional goes through, pen in hand."""
        contents = self._review_contents()
        parts = review.parts(contents)
        return self.draw(
            "review-sheet/review-sheet.html",
            name=self.site.pages["index.md"].meta.title,
            edition=digest(contents),
            parts=parts,
            advocate=review.FOR_AN_ADVOCATE,
            therapist=review.FOR_A_THERAPIST,
            minutes=lambda numbers: review.minutes(parts, numbers),
            contents=Markup(contents),
        )

    def _review_contents(self) -> str:
        found, pages = self.site.reviews, self.site.pages
        return self._quiz(
            "review-sheet/contents.html",
            passages=review.passages(found, pages),
            pointers=review.pointers(found, pages),
            address=address,
            markdown=self._markdown,
        )

    def _markdown(self, text: str) -> Markup:
        """A paragraph with references of ours as links, outside any page."""
        linked = re.sub(r"\]\(([^):]+)\)", lambda found: f"]({self._link(found[1])})", text)
        return Markup(markdown.markdown(linked, extensions=["smarty"]))

    def situations(self) -> str:
        """What may be happening for a reader, as a list of links."""
        return self.draw("situations/situations.html", situations=self.site.situations)

    def choices(self) -> str:
        """The three choices of the home page."""
        return self.draw("choices/choices.html", choices=self.site.situations.choices)

    def find_list(self) -> str:
        """Every situation, question and section of the site, as one list of links."""
        pages = [self.site.pages[path] for path in self._order or self.site.pages]
        refs = [
            ref
            for page in pages
            for ref in (page.path, *(f"{page.path}#{section.id}" for section in page.sections))
        ]
        # Countries stand on the page for help as its sections do.
        after = max(n for n, ref in enumerate(refs) if ref.startswith("help/index.md")) + 1
        refs[after:after] = [f"help/index.md#{c.id}" for c in self.site.helplines.countries]
        return self.draw(
            "find/find.html",
            pages=pages,
            line=lambda path: search.line(self.site.pages, path),
            index=self._index(refs),
            services=self._services(),
        )

    def _index(self, refs: Sequence[str]) -> dict[str, Any]:
        """The index of the search over a list of places."""
        return search.index(self.site.search, self.site.pages, refs)

    def _services(self) -> dict[str, Any]:
        """For each kind of help, the services to offer in each country."""
        countries = self.site.helplines.countries
        return {h.id: search.services(countries, h.topics) for h in self.site.search.help}

    def helplines(self) -> str:
        """All helplines, by country."""
        return self.draw("helplines/helplines.html", countries=self.site.helplines.countries)

    def link_desk(self) -> str:
        """Every page and section, by the client's situation, with all ways to hand it over."""
        return self.draw("desk/desk.html", groups=self._groups())

    def list_maker(self) -> str:
        """What a client may read, to tick and put in order."""
        return self.draw("list-maker/list-maker.html", groups=self._groups(clients=True))

    def reading_list(self) -> str:
        """What a client may read; the script leaves what the address names."""
        return self.draw("reading-list/reading-list.html", groups=self._groups(clients=True))

    def offline_copy(self) -> str:
        """Where to get the copy for a disk, or, in that copy, where it came from."""
        return self.draw(
            "offline-copy/offline-copy.html",
            offline=self._offline,
            published=self._has_offline_copy,
        )

    def _groups(self, clients: bool = False) -> list[tuple[str, list[Entry]]]:
        """The desk's groups; for ``clients``, without the pages for counselors."""
        groups = []
        for group in self.site.desk.groups:
            found = [
                entry
                for entry in entries(group, self.site.pages)
                if not clients or self.site.pages[entry.ref].meta.group != "desk"
            ]
            rest = group.situation == REST
            situation = self.words.gettext(REST) if rest else group.situation
            groups += [(situation, found)] if found else []
        return groups

    def sources(self, *strengths: str) -> str:
        """The sources of these strengths that pages use, each with those pages."""
        return self._sources("sources/sources.html", strengths)

    def source_names(self, *strengths: str) -> str:
        """The same sources by name alone, each with a link to the page where it stands."""
        return self._sources("sources/source-names.html", strengths)

    def _sources(self, template: str, strengths: tuple[str, ...]) -> str:
        used = self.site.citing_pages
        cited = [source for source in self.site.sources.sources if source.id in used]
        groups = [(name, [s for s in cited if s.strength == name]) for name in strengths]
        return self.draw(template, groups=groups, used=used)

    @cached_property
    def _pages_by_strength(self) -> dict[str, list[str]]:
        return pages_by_strength(self.site.pages)

    def _source_address(self, source: Source) -> str:
        """Where a source stands in full, from the page being made."""
        (path,) = self._pages_by_strength[source.strength]
        return f"{self._link(path)}#{source.id}"

    def article(self, path: str, html: str) -> Article:
        """The article of a page from what Markdown made."""
        page = self.site.pages[path]
        former: dict[str, list[str]] = {}
        for moved in page.meta.moved:
            former.setdefault(moved.now, []).append(moved.was)
        # Only an address that is kept for good is offered to copy.
        lasting = self.site.permalinks.anchors[address(path)]

        def heading(level: str, name: str, words: str) -> str:
            return self.draw(
                "section/section.html",
                level=level,
                id=name,
                words=Markup(words),
                former=former.pop(f"{path}#{name}", []),
                warning=page.meta.warning,
            )

        html = shape.mark_notes(html, lambda n: self._deferred[n].startswith(_NOTE))
        heads = (self.words.gettext("Instead of"), self.words.gettext("Try"))
        html = shape.sections(shape.pair_cards(html, self.draw, heads), lasting, heading)
        # Python-Markdown closes a quotation that begins beside an inverted question mark.
        html = html.replace("\u00bf\u201d", "\u00bf\u201c").replace("\u201d\u2018", "\u201c\u2018")
        written = html
        html = shape.DEFERRED.sub(lambda found: self._deferred[int(found[1])], html)
        gone = [m for m in page.meta.moved if m.now in former]
        html += f"\n{self.draw('moved-sections/moved-sections.html', moved=gone)}"
        if self._layout(page) == "article":
            html += f"\n{self._print_links(path, written)}"
        return Article(Markup(html), digest(html))

    def _print_links(self, path: str, html: str) -> str:
        """Where the links of the page's own text lead; a note names its source on paper as well."""

        def resolve(href: str, words: str) -> tuple[str, str]:
            there = urljoin(address(path), href)
            # The copy for a disk links to files, from a page that is a file itself.
            if file := re.fullmatch(r"/(.+)\.html(#.+)?", urljoin(f"/{path}", href)):
                there = address(f"{file[1]}.md{file[2] or ''}")
            return typographic(self._titles.get(there, words)), self._home + there

        return self.draw("print-links/print-links.html", links=list(shape.links(html, resolve)))

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The heading of every page and section, by address."""
        return {
            address(ref): self.site.pages.title(ref)
            for page in self.site.pages.values()
            for ref in (page.path, *(f"{page.path}#{section.id}" for section in page.sections))
        }

    def _layout(self, page: Page) -> str:
        """How a page is laid out: ``home``, ``tool`` (one column) or ``article`` (a spread)."""
        if page.path == "index.md":
            return "home"
        tools = {"helplines", "link_desk"} & {call.name for call in page.calls}
        return "tool" if page.meta.script or tools else "article"

    def contents(self, page: Page) -> Markup:
        """What is on a page, and the five steps with where the reader stands.

        A step may have more than one page. The way leads to the first of them; at that step, to
        the page one is on and, below it, the others.
        """
        step = page.meta.step or 0
        others = [
            other.path
            for other in self.site.pages.values()
            if step and other.meta.step == step and other is not page
        ]
        sections = [(s.id, typographic(s.title)) for s in page.sections if s.level == 2]
        return Markup(
            self.draw(
                "contents/contents.html",
                sections=sections,
                here=step,
                page=page,
                others=others,
                way=self._way,
                step_picture=self.step_picture,
            )
        )

    def step_picture(self, step: int) -> Any:
        """The two circles as they stand at a step of the way."""
        picture = Picture(apart=STEPS[step - 1], says=self._way[step - 1].title)
        return self.circles(picture, decorative=True, frame=max(STEPS))

    def frame(self, page: Page) -> Frame:
        """What the frame of a page shows."""
        meta = page.meta
        return Frame(
            path=page.path,
            title=meta.title,
            description=meta.description,
            heading=typographic(meta.heading),
            lead=typographic(meta.lead),
            group=meta.group,
            script=meta.script,
            public=self.public(page.path),
            step=meta.step,
            layout=self._layout(page),
            contents=self.contents(page) if self._layout(page) == "article" else "",
            picture=self.circles(meta.picture, was=self._step_before(meta)),
            small_picture=self.circles(meta.picture, decorative=True, was=self._step_before(meta)),
            next_step=self.next_step(page) if meta.next else "",
            leave_note=self.draw("exit/leave-note.html"),
            reviewed=meta.reviewed,
            reviewed_in_words=self._day(meta.reviewed),
            qr=meta.qr,
            print_sheet=lambda digest: self.print_sheet(page, digest),
        )

    def _step_before(self, meta: Meta) -> Picture | None:
        """The circles as they stand at the step before, where the page is on the way."""
        if not meta.step or meta.step == 1:
            return None
        before = self.site.pages[self._way[meta.step - 2].page].meta.picture
        return before if meta.picture.them == before.them == "ink" else None

    def next_step(self, page: Page) -> Markup:
        """Where a page leads on to."""
        ref = str(page.meta.next)
        picture = self.site.pages[ref.partition("#")[0]].meta.picture
        return Markup(
            self.draw(
                "next-step/next-step.html",
                meta=page.meta,
                ref=ref,
                picture=picture,
                step=self.site.pages[ref.partition("#")[0]].meta.step,
            )
        )

    def print_sheet(self, page: Page, digest: str) -> Markup:
        """The foot of a page on paper."""
        return Markup(
            self.draw(
                "print-sheet/print-sheet.html",
                page=page,
                name=self.site.pages["index.md"].meta.title,
                reviewed=self._day(page.meta.reviewed),
                digest=digest,
            )
        )

    def exit(self, to: str) -> Markup:
        """The link that leaves the site for another address."""
        return Markup(self.draw("exit/exit.html", to=to))

    def favicon(self) -> str:
        """The circles as a picture file of their own."""
        picture = Picture(apart=60, says="Two overlapping circles")
        return str(self.circles(picture, alone=True))

    def logo(self) -> Any:
        """The circles, small, for the bar."""
        return self.circles(Picture(apart=55, says="Two overlapping circles"), decorative=True)

    def missing(self) -> Any:
        """The circles of a page that is not there."""
        says = self.words.gettext("A blue circle, and beside it the empty outline of another.")
        return self.circles(Picture(apart=112, them="outline", says=says))
