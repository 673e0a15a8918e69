"""The hooks of mkdocs-macros: which macros a page may call, and nothing more.

This is the only module that knows MkDocs; everything it calls runs, and is tested, without it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from .data.records import RecordError
from .publish.assets import assets, style_name
from .render import Renderer, components_of, day_in_words, digest, qr, typographic
from .site import MACROS, read_site

LEAVE = "https://www.weather.gov/"
"""Where "Leave this site" goes: a public weather page, neutral, the same for everyone."""

WAY = ("Stop convincing", "Look honestly", "Talk once", "Get help or let go", "After")
"""The five steps of the way, as the marker on each page names them."""


def define_env(env: Any) -> None:
    """Read and check the whole site, then offer its macros to the pages.

    Called by the macros plugin at each build. Raises PluginError with one error per line, before
    anything is written.
    """
    from mkdocs.exceptions import PluginError
    from mkdocs.structure.files import File
    from mkdocs.utils import get_relative_url

    config = env.conf
    try:
        site = read_site(Path(config["config_file_path"]).parent)
    except RecordError as error:
        raise PluginError(f"the site cannot be built:\n{error}") from None

    def address(ref: str) -> str:
        path, _, section = ref.partition("#")
        file = File(path, config["docs_dir"], config["site_dir"], config["use_directory_urls"])
        return str(file.url) + (f"#{section}" if section else "")

    def link(ref: str) -> str:
        return str(get_relative_url(address(ref), env.page.url))

    listed = _listed(config)
    ordered = sorted(site.pages.values(), key=lambda page: listed.get(page.path, len(listed)))
    order = [page.path for page in ordered]
    home, offline = str(config["site_url"]), not config["use_directory_urls"]
    drawn = Renderer(site, link, order, home, offline)
    for name in MACROS:
        env.macro(getattr(drawn, name), name)
    scripts = {"frame"} | {p.meta.script for p in site.pages.values() if p.meta.script}
    styles = [components_of(page) for page in site.pages.values()]
    env.link_to, env.drawn = link, drawn
    env.assets = assets(sorted(scripts), styles, drawn.icon())
    config["extra"].update(
        assets={name: made.address for name, made in env.assets.items()},
        leave=LEAVE,
        way=WAY,
        logo=drawn.logo(),
        missing=drawn.missing(),
        countries=site.helplines.countries,
        address={path: address(path) for path in site.pages},
        pages=[
            {
                "address": address(p.path),
                "title": p.meta.title,
                "heading": typographic(p.meta.heading),
            }
            for p in ordered
            if p.path in listed
        ],
    )


def _listed(config: Any) -> dict[str, int]:
    """The pages of the navigation in mkdocs.yml, each with its place.

    Only these stand at the foot of every page: a list of all would make a site of a thousand
    pages a thousand times a thousand links.
    """
    listed = [next(iter(e.values())) if isinstance(e, dict) else e for e in config["nav"] or []]
    return {path: place for place, path in enumerate(listed)}


def on_pre_page_macros(env: Any) -> None:
    """Give the page's frame (overrides/) what it needs of our records."""
    page = env.page
    ours = env.drawn.site.pages[page.file.src_uri]
    page.meta.update(ours=ours, heading=typographic(ours.meta.heading))
    # The sitemap's date. MkDocs would write today's, and no build would repeat another.
    page.update_date = ours.meta.reviewed.isoformat()
    page.meta.update(lead=typographic(ours.meta.lead))
    page.meta["reviewed_says"] = day_in_words(ours.meta.reviewed)
    page.meta["public"] = env.drawn.public(ours.path)
    page.meta["qr"] = qr(env.drawn.public(ours.path)) if ours.meta.qr else ""
    page.meta["digest"] = digest
    page.meta["article"] = lambda html: env.drawn.with_heading_anchors(ours.path, html)
    page.meta["picture_drawn"] = env.drawn.circles(ours.meta.picture)
    page.meta["style"] = f"{style_name(components_of(ours))}.css"
    if ours.meta.step:
        page.meta["steps_drawn"] = env.drawn.steps(ours.meta.step)
    if ours.meta.next:
        path = ours.meta.next.partition("#")[0]
        page.meta["next_picture"] = env.drawn.circles(
            env.drawn.site.pages[path].meta.picture, decorative=True
        )
        page.meta["next_title"] = typographic(env.drawn.site.pages.title(ours.meta.next))
        page.meta["next_address"] = env.link_to(ours.meta.next)


def on_post_build(env: Any) -> None:
    """Write style, scripts and icon; drop the theme's own, which no page asks for."""
    site_dir = Path(env.conf["site_dir"])
    for name in ("assets/javascripts", "assets/stylesheets", "assets/images"):
        shutil.rmtree(site_dir / name, ignore_errors=True)
    for made in env.assets.values():
        target = site_dir / made.address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made.content)
