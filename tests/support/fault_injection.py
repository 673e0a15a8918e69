"""Faults planted in the project's own files, by the path of the key they stand at.

A place is written like ``items/hurt/options/yes/see``: keys by name, list entries by id or by
number. Edits are made to the real text, so these tests follow the files; ids never change.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.support.netlify import ROOT


def line_of(text: str, place: str) -> int:
    """The line (from 1) of a key, or of the first key of a list entry."""
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    line = 0
    for part in place.split("/"):
        if isinstance(node, yaml.MappingNode):
            key, node = next((k, v) for k, v in node.value if k.value == part)
            line = key.start_mark.line
        else:
            node = next(e for n, e in enumerate(node.value) if part in (str(n), _id(e)))
            line = node.start_mark.line
    return line + 1


def _id(node: yaml.Node) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((v.value for k, v in pairs if k.value == "id"), "")


@dataclass(frozen=True)
class Fault:
    """One small edit of a file, and what it must be refused with.

    In the line at ``place``, ``old`` becomes ``new``: all that follows the key when ``old`` is
    empty, the whole line when ``new`` is None. ``says`` are the places refused, in the order of
    the lines, and words of each message; an empty place stands for ``place``.
    """

    name: str
    place: str
    old: str
    new: str | None
    says: tuple[tuple[str, str], ...]

    def plant(self, text: str) -> str:
        """The text with the fault in it."""
        lines = text.split("\n")
        at = line_of(text, self.place) - 1
        head, _, rest = lines[at].partition(":")
        if self.new is None:
            del lines[at]
        elif not self.old:
            lines[at] = f"{head}: {self.new}".rstrip(" ")
        else:
            assert lines[at].count(self.old) == 1, f"{self.old!r} is not once in {lines[at]!r}"
            lines[at] = lines[at].replace(self.old, self.new)
        return "\n".join(lines)

    def expected(self, text: str, name: str) -> list[tuple[str, str]]:
        """How each line about it begins, and words that must follow."""
        return [
            (f"{name}:{line_of(text, place or self.place)}: ", words) for place, words in self.says
        ]


def fault(name: str, place: str, old: str, new: str | None, *says: str | tuple[str, str]) -> Fault:
    """A fault; a message without a place is expected at the place of the edit."""
    return Fault(name, place, old, new, tuple(("", s) if isinstance(s, str) else s for s in says))


def differences(lines: tuple[str, ...], expected: list[tuple[str, str]]) -> list[str]:
    """What is wrong with the lines a faulty file was refused with; empty when nothing is."""
    if len(lines) != len(expected):
        return [f"expected {expected}, got:", *lines]
    found = sorted(lines, key=lambda line: int(re.split(r":(\d+):", line)[1]))
    return [
        f"expected {start!r} and {words!r} in {line!r}"
        for line, (start, words) in zip(found, expected, strict=True)
        if not line.startswith(start) or words not in line
    ]


def project(target: Path) -> Path:
    """A copy, in ``target``, of all that a build reads."""
    for name in ("docs", "macros", "overrides"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    (target / "tests").mkdir()
    for name in ("mkdocs.yml", "netlify.toml", "docs/data/claims.yml"):
        shutil.copy(ROOT / name, target / name)
    return target


def edit(root: Path, name: str, planted: Fault) -> list[tuple[str, str]]:
    """Plant a fault in a file of a copy; what the build must say of it."""
    path = root / name
    text = path.read_text("utf-8")
    path.write_text(planted.plant(text), "utf-8")
    return planted.expected(text, name)
