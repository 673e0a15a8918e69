"""The hooks of mkdocs-macros: which macros a page may call, and nothing more.

This module and ``hooks.py`` know MkDocs; everything they call runs, and is tested, without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from .data.catalog import N_
from .data.records import RecordError
from .languages import ENGLISH, languages, read_edition
from .publish.assets import assets, page_styles
from .render import LEAVE, Article, Renderer, components_of
from .site import MACROS


class Links:
    """Relative addresses from the page being made; ``here`` is its URL below the site's root."""

    def __init__(self, config: Any) -> None:
        from mkdocs.structure.files import File
        from mkdocs.utils import get_relative_url

        @cache
        def url(path: str) -> str:
            file = File(path, config["docs_dir"], config["site_dir"], config["use_directory_urls"])
            return str(file.url)

        self.here = ""
        self.url, self._relative = url, cache(get_relative_url)

    def __call__(self, ref: str) -> str:
        path, mark, section = ref.partition("#")
        return self._relative(f"{self.url(path)}{mark}{section}", self.here)


def define_env(env: Any) -> None:
    """Read and check the whole site, then offer its macros to the pages.

    Called by the macros plugin at each build. Raises PluginError with one error per line, before
    anything is written.
    """
    from mkdocs.exceptions import PluginError

    config = env.conf
    root, language = Path(config["config_file_path"]).parent, config["theme"]["language"]
    try:
        edition = read_edition(root, language)
    except RecordError as error:
        raise PluginError(f"the site cannot be built:\n{error}") from None

    site, top = edition.site, str(config["site_url"])
    if language != ENGLISH:
        # URL is the address of the English site, which the others stand below.
        config["site_url"] = f"{top.rstrip('/')}/{language}/"
    links = Links(config)
    foot = _foot(config)
    listed = places_in_nav(config)
    ordered = sorted(site.pages.values(), key=lambda page: listed.get(page.path, len(listed)))
    renderer = Renderer(
        site,
        links,
        order=[page.path for page in ordered],
        home=str(config["site_url"]),
        offline=not config["use_directory_urls"],
        language=language,
        has_offline_copy=bool(config["extra"].get("has_offline_copy")),
    )
    for name in MACROS:
        env.macro(renderer.deferred(getattr(renderer, name)), name)
    scripts = {"frame"} | {p.meta.script for p in site.pages.values() if p.meta.script}
    env.links, env.renderer, env.edition = links, renderer, edition
    try:
        env.assets = assets(sorted(scripts), renderer.favicon())
    except ValueError as error:
        raise PluginError(f"the site cannot be built:\n{error}") from None
    env.styles = page_styles({components_of(page) for page in site.pages.values()})
    # The address of the home page from the root is empty: "" + "../" leads there from below.
    address = {path: links.url(path).removeprefix("./") for path in site.pages}
    config["extra"].update(
        assets={name: made.address for name, made in env.assets.items()},
        exit=renderer.exit(LEAVE),
        logo=renderer.logo(),
        missing=renderer.missing(),
        icon=renderer.icon,
        words=renderer.words,
        top=top,
        direction=Locale(language).text_direction,
        countries=site.helplines.countries,
        once=_once(),
        languages=twins(languages(root), language, str(config["site_url"])),
        address=address,
        foot=[
            {
                "title": renderer.words.gettext(title),
                "pages": [
                    {"address": address[path], "title": site.pages[path].meta.title}
                    for path in paths
                ],
            }
            for title, paths in foot
        ],
    )


def _once() -> Callable[..., str]:
    """For ``{% call once("footer", root) %}``: a part of a template, drawn once for each key."""
    drawn: dict[tuple[str, ...], str] = {}

    def once(*key: str, caller: Callable[[], str]) -> str:
        if key not in drawn:
            drawn[key] = caller()
        return drawn[key]

    return once


def twins(codes: Sequence[str], here: str, home: str) -> list[dict[str, str]]:
    """Where the same page is in each language; nothing when there is one language alone.

    ``home`` is the address of the site in the language ``here``. Each has its ``code``, its own
    ``name``, the whole address its pages begin with (``home``), and the way there from the root of
    this one (``way``). English is at the root of all.
    """
    if len(codes) == 1:
        return []
    top = home if here == ENGLISH else home.removesuffix(f"{here}/")
    up = "" if here == ENGLISH else "../"
    found = []
    for code in codes:
        below = "" if code == ENGLISH else f"{code}/"
        name = str(Locale(code).get_display_name(code)).capitalize()
        found.append({"code": code, "name": name, "home": top + below, "way": up + below})
    return found


def places_in_nav(config: Any) -> dict[str, int]:
    """The pages of the navigation in mkdocs.yml, each with its place."""
    return {path: place for place, path in enumerate(_paths(config["nav"] or []))}


def _paths(nav: list[Any]) -> Iterator[str]:
    """The pages of a navigation or of one of its groups."""
    for entry in nav:
        target = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from _paths(target) if isinstance(target, list) else [target]


FOOT = (N_("Tonight"), N_("Five steps"), N_("Your situation"), N_("Other people"), N_("About"))
"""The titles of the groups of the navigation in mkdocs.yml, as messages."""


def _foot(config: Any) -> list[tuple[str, list[str]]]:
    """The groups of the navigation: the title of each, and the paths of its pages.

    Only these pages stand at the foot of every page: a list of all would make a site of a
    thousand pages a thousand times a thousand links.
    """
    return [
        (title, list(_paths(pages)))
        for group in config["nav"] or []
        if isinstance(group, dict)
        for title, pages in group.items()
        if isinstance(pages, list)
    ]


def on_pre_page_macros(env: Any) -> None:
    """Give the page's frame (overrides/) what it needs of our records."""
    page, here = env.page, env.page.url
    ours = env.renderer.site.pages[page.file.src_uri]
    env.links.here = here
    # The sitemap's date. MkDocs would write today's, and no build would repeat another.
    page.update_date = ours.meta.reviewed.isoformat()

    def article(html: str) -> Article:
        # The frame is drawn when the macros of all pages have run.
        env.links.here = here
        made: Article = env.renderer.article(ours.path, html)
        return made

    page.meta["frame"] = env.renderer.frame(ours)
    page.meta["article"] = article
    page.meta["behind"] = ours.path in env.edition.behind_pages
    page.meta["style"] = env.styles.get(components_of(ours))


def on_post_build(env: Any) -> None:
    """Write styles, scripts and icon."""
    site_dir = Path(env.conf["site_dir"])
    for made in (*env.assets.values(), *env.styles.values()):
        target = site_dir / made.address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made.content)
