"""Style, scripts and icon, joined and small, under names that change with their content.

Scripts are written as ES modules and joined into one plain script a page: modules do not load
from a folder on disk (``file://``), and one file is one request. The joining is deliberately
small: named exports, relative imports, no renaming. Two modules that use the same top-level
name are an error.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import rcssmin
import rjsmin

_IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"\./([a-z-]+\.js)";\n', re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Asset:
    """A file for the wire: its address below the site's root and its content."""

    address: str
    content: bytes


def asset(stem: str, ending: str, content: str) -> Asset:
    """``content`` under ``assets/<stem>.<hash>.<ending>``."""
    raw = content.encode()
    return Asset(f"assets/{stem}.{hashlib.sha256(raw).hexdigest()[:10]}.{ending}", raw)


def style(folder: Path = FOLDER / "styles") -> str:
    """All stylesheets of ``folder`` in the order of their names, minified."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css")))
    return str(rcssmin.cssmin(text))


def script(entry: str, folder: Path = FOLDER / "scripts") -> str:
    """The module ``entry`` and what it imports as one plain, strict, minified script.

    Raises ValueError when two modules share a top-level name or an import is not of our form.
    """
    parts: dict[str, str] = {}
    _gather(entry, folder, parts)
    taken: dict[str, str] = {}
    for module, text in parts.items():
        for name in _NAME.findall(text):
            if name in taken:
                raise ValueError(f"{module} and {taken[name]} both define {name}")
            taken[name] = module
    joined = "(()=>{\n'use strict';\n" + "\n".join(parts.values()) + "\n})();\n"
    return str(rjsmin.jsmin(joined))


def _gather(name: str, folder: Path, parts: dict[str, str]) -> None:
    if name in parts:
        return
    text = (folder / name).read_text("utf-8")
    for needed in _IMPORT.findall(text):
        _gather(needed, folder, parts)
    text = re.sub(r"^export (?=async |function|const|class)", "", _IMPORT.sub("", text), flags=re.M)
    if re.search(r"^(import|export)\b", text, re.MULTILINE):
        raise ValueError(f"{name}: imports and exports must be named and on one line each")
    parts[name] = text


def assets(scripts: Iterable[str], icon: str) -> dict[str, Asset]:
    """All files for the wire by a short name: ``style``, ``tools``, ``icon``, one a script.

    ``tools`` is the style of what only pages with a script of their own and the desk have.
    """
    made = {
        "style": asset("site", "css", style()),
        "tools": asset("tools", "css", style(FOLDER / "styles" / "tools")),
        "icon": asset("icon", "svg", icon),
    }
    for name in scripts:
        made[name] = asset(name, "js", script(f"{name}.js"))
    return made
