"""Errors planted in copies of the project, and the lines they are refused with."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import yaml

from macros.data.records import RecordError
from macros.site import read_site
from tests.support.netlify import ROOT

Expected = tuple[str, str]
"""How an error begins, and words that follow."""


def project(target: Path, build: bool = True) -> Path:
    """A copy, in ``target``, of all that a build reads; without ``build``, of what is checked."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("docs", "macros", "overrides") if build else ("docs",):
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    for file in (*ROOT.glob("mkdocs*.yml"), ROOT / "netlify.toml"):
        shutil.copy(file, target / file.name)
    return target


def replace(file: Path, old: str, new: str) -> None:
    """Replace text that stands exactly once in a file."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file.name} has {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), "utf-8")


def append(file: Path, text: str) -> None:
    """Add text at the end of a file."""
    file.write_text(file.read_text("utf-8") + text, "utf-8")


@contextmanager
def restored(file: Path) -> Iterator[str]:
    """A file's text; what was done to the file within the block is undone after it."""
    raw = file.read_bytes()
    try:
        yield raw.decode()
    finally:
        file.write_bytes(raw)


def errors(root: Path) -> list[str]:
    """The lines a project is refused with; empty when it is accepted."""
    try:
        read_site(root)
    except RecordError as error:
        return list(error.lines)
    return []


def line_of(text: str, place: str) -> int:
    """The line (from 1) of a key in YAML text, or of the first key of a list entry.

    ``place`` is a path like ``items/hurt/kind``: keys by name, list entries by id or number.
    """
    node = _tree(text)
    line = 0
    for part in place.split("/"):
        if isinstance(node, yaml.MappingNode):
            key, node = next((k, v) for k, v in node.value if k.value == part)
            line = key.start_mark.line
        else:
            node = next(e for n, e in enumerate(node.value) if part in (str(n), _id(e)))
            line = node.start_mark.line
    return line + 1


@cache
def _tree(text: str) -> yaml.Node:
    return yaml.compose(text, Loader=yaml.CBaseLoader)


def _id(node: yaml.Node) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((v.value for k, v in pairs if k.value == "id"), "")


def edit(text: str, place: str, new: str | None, old: str = "") -> str:
    """YAML text with one line changed.

    In the line at ``place``, ``old`` becomes ``new``: all that follows the key when ``old`` is
    empty. The line goes when ``new`` is None.
    """
    lines = text.split("\n")
    at = line_of(text, place) - 1
    if new is None:
        del lines[at]
    elif old:
        assert lines[at].count(old) == 1, f"{old!r} is not once in {lines[at]!r}"
        lines[at] = lines[at].replace(old, new)
    else:
        lines[at] = f"{lines[at].partition(':')[0]}: {new}".rstrip(" ")
    return "\n".join(lines)


def differences(lines: list[str], expected: list[Expected]) -> list[str]:
    """Where the lines a project was refused with are not those expected, in any order."""
    if len(lines) != len(expected):
        return [f"expected {expected}, got:", *lines]
    return [
        f"expected {start!r} and {words!r} in {line!r}"
        for line, (start, words) in zip(sorted(lines, key=_place), expected, strict=True)
        if not line.startswith(start) or words not in line
    ]


def _place(line: str) -> tuple[str, int]:
    """The file and line number that an error begins with."""
    found = re.match(r"(.*?):(\d+):", line)
    return (found[1], int(found[2])) if found else (line, 0)
