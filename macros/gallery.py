"""The gallery: every component in each of its states, as local pages for designers and tests.

Each component's folder holds ``examples.yml``. An example names what it draws, from records of the
site or from small records of its own, through the templates the site uses. What only a script does
(an answer chosen, a view reached) is written as steps, which the gallery's script takes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import markdown
from jinja2 import Environment

from .data.addresses import address
from .data.helplines import Country
from .data.pages import Picture
from .data.records import Line, Record, RecordError, Slug, YesNo
from .data.sources import Source
from .data.yaml_reader import load
from .publish.assets import COMPONENTS, SITE_STYLE, page_styles, script, style, stylesheets
from .quiz.model import Check, Item
from .render import LEAVE, Renderer, qr
from .site import MACROS, Site

HOME = "https://site.example"

VIEWS: dict[str, tuple[tuple[str, str], ...]] = {
    "light": (
        ("@media (prefers-color-scheme:dark)", "@media not all"),
        ("color-scheme:light dark", "color-scheme:light"),
    ),
    "dark": (
        ("@media (prefers-color-scheme:dark)", "@media all"),
        ("color-scheme:light dark", "color-scheme:dark"),
    ),
    "forced": (
        ("@media (prefers-color-scheme:dark)", "@media not all"),
        ("@media (forced-colors:active)", "@media all"),
    ),
    "print": (
        ("@media (prefers-color-scheme:dark)", "@media not all"),
        ("@media print", "@media all"),
        ("@media screen", "@media not all and screen"),
    ),
}
"""What each view changes in a stylesheet, so that a designer need not change a setting."""


class Step(Record):
    """A click on the first element that ``on`` selects or, with ``type``, text put into it."""

    on: Line
    type: Line | None = None


class Example(Record):
    """One state of a component.

    What is drawn is one of: a ``macro`` with its ``arguments``; a part of the frame of a ``page``;
    ``markdown`` as the text of ``page``; a record written out (``countries`` …). ``steps`` bring a
    script to the state; ``fragment`` is what the address ends with; ``bar`` adds the top bar.
    """

    name: Slug
    shows: Line
    macro: Line | None = None
    arguments: tuple[Line, ...] = ()
    page: Line = "talk.md"
    markdown: str | None = None
    countries: tuple[Country, ...] | None = None
    source: Source | None = None
    item: Item | None = None
    check: Check | None = None
    picture: Picture | None = None
    steps: tuple[Step, ...] = ()
    fragment: str = ""
    bar: YesNo = False
    offline: YesNo = False


class Examples(Record):
    """The states of one component."""

    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Drawn:
    """An example with its HTML. ``path`` is its page below the gallery's folder."""

    component: str
    example: Example
    html: str

    @property
    def path(self) -> str:
        """Its page below the gallery's folder, without the fragment."""
        return f"{self.component}/{self.example.name}.html"

    @property
    def needs_section(self) -> bool:
        """Whether its first heading is one of level 3, below a section of a page."""
        first = re.search(r"<h([2-6])\b", self.html)
        return first is not None and first[1] != "2"


def examples(site: Site) -> list[Drawn]:
    """Every example of every component, drawn.

    Raises RecordError with every error of every ``examples.yml``, and for a component that has a
    template and no examples.
    """
    renderers = {
        offline: Renderer(site, address, home=HOME, offline=offline) for offline in (False, True)
    }
    drawn: list[Drawn] = []
    errors: list[str] = []
    for folder in sorted(path for path in COMPONENTS.iterdir() if path.is_dir()):
        file = folder / "examples.yml"
        name = f"macros/components/{folder.name}/examples.yml"
        if not file.exists():
            if folder.name != "gallery" and any(folder.glob(f"{folder.name}.[hs][tv][mg]*")):
                errors.append(f"{name}:1: is missing; list each state the component can be in")
            continue
        try:
            for example in load(file, Examples, name).record.examples:
                html = _draw(renderers[example.offline], folder.name, example)
                drawn.append(Drawn(folder.name, example, html))
        except RecordError as error:
            errors += error.lines
        except (KeyError, StopIteration) as error:
            errors.append(f"{name}:1: names what is not on the site: {error}")
    if errors:
        raise RecordError(errors)
    return drawn


def _draw(renderer: Renderer, component: str, example: Example) -> str:
    page = renderer.site.pages[example.page]
    records = {
        key: getattr(example, key)
        for key in ("countries", "source", "item", "check")
        if getattr(example, key) is not None
    }
    if example.check:
        records["source"] = renderer.site.sources[example.check.source]
    if records:
        return renderer.draw(f"{component}/{component}.html", **records)
    if example.picture:
        return str(renderer.circles(example.picture))
    if example.markdown is not None:
        extensions = ["attr_list", "def_list", "smarty", "tables"]
        text = markdown.markdown(example.markdown, extensions=extensions)
        return str(renderer.article(example.page, text).html)
    if example.macro in MACROS:
        return str(getattr(renderer, example.macro)(*example.arguments))
    parts: dict[str, Callable[[], object]] = {
        "next-step": lambda: renderer.next_step(page),
        "print-sheet": lambda: renderer.print_sheet(page, "0123abcd"),
        "contents": lambda: renderer.contents(page),
        "circles": lambda: renderer.circles(page.meta.picture),
        "exit": lambda: renderer.exit(LEAVE),
        "moved-sections": lambda: renderer.article(example.page, "").html,
        "qr": lambda: qr(renderer.public(example.page)),
        "icon": lambda: renderer.icon(example.arguments[0]),
    }
    return str(parts[component]()) if component in parts else ""


def write(site: Site, folder: Path) -> list[Drawn]:
    """Write the gallery into ``folder``: ``index.html``, a page for each example, their assets."""
    env: Environment = Renderer(site, address).templates
    drawn = examples(site)
    for path, text in _files(env, site, drawn):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return drawn


def _files(env: Environment, site: Site, drawn: list[Drawn]) -> Iterator[tuple[str, str]]:
    scripts = {page.meta.script for page in site.pages.values() if page.meta.script}
    components = {shown.component for shown in drawn}
    own = page_styles({(component,) for component in components})
    styles = {"site": style(stylesheets([SITE_STYLE]))}
    styles |= {component: asset.content.decode() for (component,), asset in own.items()}
    emulated = (COMPONENTS / "gallery/forced.css").read_text("utf-8")
    for name, text in styles.items():
        for view, changes in VIEWS.items():
            changed = text
            for old, new in changes:
                changed = changed.replace(old, new)
            yield f"assets/{name}.{view}.css", changed + (emulated if view == "forced" else "")
    for name in {"frame"} | (scripts & components):
        yield f"assets/{name}.js", script(COMPONENTS / name / f"{name}.js")
    for name in ("gallery.js", "gallery.css"):
        yield f"assets/{name}", (COMPONENTS / "gallery" / name).read_text("utf-8")
    example = env.get_template("gallery/example.html")
    for shown in drawn:
        yield (
            shown.path,
            example.render(
                shown=shown,
                styles=["site", *([shown.component] if shown.component in styles else [])],
                script=shown.component if shown.component in scripts else "",
                steps=json.dumps([step.model_dump() for step in shown.example.steps]),
                leave=LEAVE,
            ),
        )
    groups: dict[str, list[Drawn]] = {}
    for shown in drawn:
        groups.setdefault(shown.component, []).append(shown)
    yield "index.html", env.get_template("gallery/gallery.html").render(groups=groups, views=VIEWS)
