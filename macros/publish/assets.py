"""Styles, scripts and icon, joined and minified, under names that change with their content.

Scripts are written as ES modules and joined into one plain script a page: modules do not load
from a folder on disk (``file://``), and one file is one request. The joining is deliberately
small: named imports and exports by relative path. Each module keeps a scope of its own. Modules
of others stand in ``vendor/`` as they were published; what we don't use of them is left out.
Stylesheets name what they build on with ``@import``, and are joined the same way.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from os.path import normpath
from pathlib import Path

import rcssmin
import rjsmin

_IMPORT = re.compile(
    r'^import\s*\{([^}]*)\}\s*from\s*"((?:\.{1,2}/)+[a-z/-]+\.js)";\n', re.MULTILINE
)
_IMPORTED = re.compile(r"^(\w+)(?:\s+as\s+(\w+))?$")
_STYLE_IMPORT = re.compile(r'^@import "([^"]*)";\n', re.MULTILINE)
_EXPORT_LIST = re.compile(r"^export \{ ([\w, ]+) \};\n?", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)

STYLES = Path(__file__).parent.parent / "styles"
COMPONENTS = Path(__file__).parent.parent / "components"
SITE_STYLE = STYLES / "site.css"
"""The style of every page; it imports the components of pages to read."""
VENDOR = Path(__file__).parent.parent / "vendor"


@dataclass(frozen=True)
class Asset:
    """A published asset: its address below the site's root and its content."""

    address: str
    content: bytes


def asset(stem: str, ending: str, content: str) -> Asset:
    """``content`` under ``assets/<stem>.<hash>.<ending>``."""
    raw = content.encode()
    return Asset(f"assets/{stem}.{hashlib.sha256(raw).hexdigest()[:10]}.{ending}", raw)


def stylesheets(entries: Iterable[Path]) -> list[Path]:
    """The stylesheets ``entries`` and all that they import, each once, after its imports.

    Raises ValueError, with file and line, when an imported stylesheet does not exist.
    """
    found: dict[Path, None] = {}
    for entry in entries:
        _add_stylesheet(entry, found)
    return list(found)


def _add_stylesheet(path: Path, found: dict[Path, None]) -> None:
    if path in found:
        return
    text = path.read_text("utf-8")
    for match in _STYLE_IMPORT.finditer(text):
        target = Path(normpath(path.parent / match[1]))
        if not target.exists():
            raise ValueError(f"{_spot(path, text, match)}: there is no {match[1]}")
        _add_stylesheet(target, found)
    found[path] = None


def style(paths: Iterable[Path]) -> str:
    """The text of these stylesheets in this order, without their imports, minified."""
    text = "\n".join(_STYLE_IMPORT.sub("", path.read_text("utf-8")) for path in paths)
    return str(rcssmin.cssmin(text))


def script(entry: Path) -> str:
    """The module ``entry`` and what it imports as one plain, strict, minified script.

    Raises ValueError, with file and line, when an import or export is not of our form or names
    what is not there.
    """
    scopes: dict[Path, str] = {}
    _add_module(entry.resolve(), scopes, ())
    joined = "(()=>{\n'use strict';\n" + "\n".join(scopes.values()) + "\n})();\n"
    # Readers download the names of scopes as well: numbers are shorter.
    for number, path in enumerate(scopes):
        joined = re.sub(rf"{re.escape(_scope(path))}(?!\w)", f"$_{number}", joined)
    return str(rjsmin.jsmin(joined, keep_bang_comments=True))


def _add_module(path: Path, scopes: dict[Path, str], importing: tuple[Path, ...]) -> list[str]:
    """Add the scope of a module after those it imports; returns the names it exports."""
    if path.is_relative_to(VENDOR):
        scopes[path], exports = _vendored_scope(path)
        return exports
    text = path.read_text("utf-8")
    exports = _EXPORT.findall(text)
    if path in scopes:
        return exports
    imports: list[str] = []
    for found in _IMPORT.finditer(text):
        target = (path.parent / found[2]).resolve()
        if not target.exists():
            raise ValueError(f"{_spot(path, text, found)}: there is no {found[2]}")
        if target in importing:
            raise ValueError(f"{_spot(path, text, found)}: {found[2]} imports this module")
        known = _add_module(target, scopes, (*importing, path))
        names = []
        for word in filter(None, (word.strip() for word in found[1].split(","))):
            name = _IMPORTED.match(word)
            if not name or name[1] not in known:
                raise ValueError(f"{_spot(path, text, found)}: {found[2]} exports no {word}")
            names.append(f"{name[1]}:{name[2]}" if name[2] else name[1])
        imports.append(f"const {{{','.join(names)}}}={_scope(target)};")
    body = _EXPORT.sub("", _IMPORT.sub(lambda found: "\n" * found[0].count("\n"), text))
    if stray := re.search(r"^(import|export)\b", body, re.MULTILINE):
        raise ValueError(
            f"{_spot(path, body, stray)}: imports and exports are named and at the line's start, "
            'like import { a } from "./b.js";'
        )
    head = f"const {_scope(path)}=" if exports else ""
    tail = f"\nreturn {{{','.join(exports)}}};" if exports else ""
    scopes[path] = f"{head}(()=>{{{''.join(imports)}\n{body}{tail}}})();"
    return exports


@dataclass(frozen=True)
class Vendored:
    """A script of others, as the ``vendor.toml`` beside it has it.

    ``file`` is its path in the package, ``sha256`` its hash, ``integrity`` the registry's hash of
    the package; ``unused`` are the functions that our scripts never reach.
    """

    package: str
    version: str
    license: str
    file: str
    sha256: str
    integrity: str
    unused: tuple[str, ...]


def vendored(folder: Path) -> Vendored:
    """What is known of the script in a folder of ``vendor/``."""
    found = tomllib.loads((folder / "vendor.toml").read_text("utf-8"))
    return Vendored(**{**found, "unused": tuple(found["unused"])})


def _vendored_scope(path: Path) -> tuple[str, list[str]]:
    """The scope of a script of others, with its license, and what it exports of what is used.

    Raises ValueError when the file is not as it was published, or has not what it should have.
    """
    name = path.relative_to(VENDOR).as_posix()
    known = vendored(path.parent)
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != known.sha256:
        raise ValueError(f"{name}:1: is not the file of version {known.version}; fetch it again")
    text = raw.decode()
    listed = _EXPORT_LIST.search(text)
    if not listed:
        raise ValueError(f"{name}:1: has no export {{ a, b }}; at its end")
    for part in known.unused:
        text, times = _part(part).subn("", text)
        if times != 1:
            raise ValueError(f"{name}:1: has {times} times what vendor.toml calls unused: {part}")
    exports = [word for word in listed[1].split(", ") if word not in known.unused]
    notice = f"/*! {known.package} {known.version}, {known.license} */"
    body = f"{notice}\n{_EXPORT_LIST.sub('', text)}\nreturn {{{','.join(exports)}}};"
    return f"const {_scope(path)}=(()=>{{{body}}})();", exports


def _part(name: str) -> re.Pattern[str]:
    """A constant that is a function, from its head to its end."""
    return re.compile(rf"^const {name} = [^\n]*\{{\n(?:.*\n)*?\}};\n", re.MULTILINE)


def _scope(path: Path) -> str:
    """The name of a module's scope, until all are known: ``$quiz_rules`` for ``quiz/rules.js``."""
    return "$" + re.sub(r"\W", "_", f"{path.parent.name}_{path.stem}")


def _spot(path: Path, text: str, found: re.Match[str]) -> str:
    root = COMPONENTS.parent.parent
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return f"{name}:{text[: found.start()].count(chr(10)) + 1}"


def page_styles(kinds: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Asset]:
    """The stylesheet of each kind of page: what its components need besides the site's style.

    A kind is the components of a page. A stylesheet is named after those whose style is in it; a
    kind that needs none is left out.
    """
    common = set(stylesheets([SITE_STYLE]))
    made = {}
    for components in kinds:
        own = {
            name: [path for path in stylesheets([file]) if path not in common]
            for name in components
            if (file := COMPONENTS / name / f"{name}.css") not in common and file.exists()
        }
        if paths := dict.fromkeys(path for files in own.values() for path in files):
            made[components] = asset("-".join(own), "css", style(paths))
    return made


def assets(scripts: Iterable[str], icon: str) -> dict[str, Asset]:
    """What many pages share, by a short name: ``site.css``, ``icon.svg``, one a script.

    ``scripts`` are the names of components.
    """
    made = {
        "site.css": asset("site", "css", style(stylesheets([SITE_STYLE]))),
        "icon.svg": asset("icon", "svg", icon),
    }
    for name in scripts:
        made[f"{name}.js"] = asset(name, "js", script(COMPONENTS / name / f"{name}.js"))
    return made
