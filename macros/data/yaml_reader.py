"""YAML files read into typed records, or one error that lists every wrong line.

Scalars are read as text and nothing else (YAML's own guesses turn ``no`` into false and
``12:30`` into 750), so a record says itself which of its fields are numbers. Duplicate keys,
anchors, aliases, tags and files of unreasonable size or depth are refused: they are how a data
file surprises the next person who edits it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .records import Problem, RecordError, Where

MAX_BYTES = 512 * 1024
MAX_DEPTH = 12

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Document(Generic[M]):
    """A YAML text read into a record that remembers the line of each of its values."""

    record: M
    _tree: _Tree

    def of(self, record: R) -> Document[R]:
        """The same text, read into another record."""
        return Document(record, self._tree)

    def errors(self, problems: Iterable[Problem]) -> list[str]:
        """Problems with the record as ``path:line: names > of > places: what is wrong``."""
        return [self._tree.error(problem) for problem in problems]


def load(path: Path, model: type[M], name: str = "") -> Document[M]:
    """Read the YAML file at ``path`` into ``model``.

    ``name`` is how messages call the file (the path when empty). Raises RecordError with every
    value that is missing, unknown or of the wrong form, one line each.
    """
    shown = name or str(path)
    return parse(read_text(path, shown), model, shown)


def read_text(path: Path, name: str = "") -> str:
    """The text of a file with line ends as ``\\n``. Raises RecordError when there is none to read.

    ``name`` is how messages call the file (the path when empty).
    """
    shown = name or str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RecordError([f"{shown}:1: cannot be read: {error.strerror}"]) from None
    if len(raw) > MAX_BYTES:
        raise RecordError([f"{shown}:1: is larger than {MAX_BYTES} bytes; split it"])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RecordError([f"{shown}:{line}: is not UTF-8 text; save it as UTF-8"]) from None
    return text.replace("\r\n", "\n")


def parse(text: str, model: type[M], name: str = "text", first_line: int = 1) -> Document[M]:
    """Read YAML ``text`` into ``model``; see ``load``. ``first_line`` is the line it starts on."""
    tree = _Tree(text, name, first_line)
    try:
        return Document(model.model_validate(tree.data), tree)
    except ValidationError as error:
        raise RecordError(
            tree.error(Problem(tuple(e["loc"]), message_of(e))) for e in _distinct(error)
        ) from None


def _distinct(error: ValidationError) -> list[Any]:
    """Pydantic's errors, each place once (a union reports every branch it tried)."""
    seen: dict[tuple[Any, ...], Any] = {}
    for entry in error.errors(include_url=False):
        seen.setdefault(tuple(entry["loc"]), entry)
    return list(seen.values())


_MESSAGES = {
    "missing": "is missing; add it",
    "list_type": "must be a list, one '- ' a line",
    "tuple_type": "must be a list, one '- ' a line",
    "string_type": "must be text",
    "dict_type": "must be keys with values",
    "model_type": "must be keys with values",
    "model_attributes_type": "must be keys with values",
    "extra_forbidden": "unknown key; check the spelling",
    "string_too_short": "is empty; fill it or take the key out",
}


def message_of(error: Any) -> str:
    """A pydantic error in words for an author."""
    if error["type"] == "literal_error":
        return f"must be {error['ctx']['expected']}, not {str(error['input'])!r}"
    return _MESSAGES.get(error["type"], str(error["msg"]).removeprefix("Value error, "))


_DISALLOWED = re.compile(
    "[^\n\x20-\x7e\xa0-\u200a\u2010-\u2027\u202f-\u205f\u2070-\ud7ff"
    "\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What has no place in a data file: characters nobody sees, line ends only some programs know."""

_YAML_MESSAGES = (
    (
        "mapping values are not",
        'has a second ": "; check the indent, or put quotes around the text',
    ),
    ("cannot start any token", "text cannot begin with this character; put quotes around it"),
    ("alphabetic or numeric", "text cannot begin with & or *; put quotes around it"),
    ("unexpected end of stream", "opens a quote that is not closed on the same line"),
    ("expected ',' or", "has a bracket that is not closed, or a comma missing"),
    ("expected node content", "has a bracket that is not closed, or a comma missing"),
    ("expected ':'", 'must be "key: value"'),
    ("expected key", "has an indent that does not fit the lines above"),
    ("expected '-' indicator", "has an indent that does not fit the list above"),
    ("expected comment or line break", "must have nothing after | or > on the line"),
    ("unknown escape character", "has a backslash in double quotes; use single quotes"),
)


class _Tree:
    """A YAML text as plain data, with the line of every key and entry."""

    def __init__(self, text: str, name: str, first_line: int) -> None:
        self.name, self.first = name, first_line
        self.last = text.rstrip().count("\n")
        invisible = [self._at(line, message) for line, message in invisible_characters(text)]
        if invisible:
            raise RecordError(invisible)
        try:
            self._refuse_unsupported(text)
            root = yaml.compose(text, Loader=yaml.CBaseLoader)
        except yaml.MarkedYAMLError as error:
            what = str(error.problem or error.context or "cannot be read")
            mark = error.problem_mark or error.context_mark
            if "end of stream" in what and error.context_mark:
                mark = error.context_mark
            words = next(
                (w for known, w in _YAML_MESSAGES if known in what), f"is not YAML: {what}"
            )
            raise RecordError([self._at(mark.line if mark else 0, words)]) from None
        self.root = root
        if self.root is None:
            raise RecordError([self._at(0, "is empty")])
        errors = list(self._key_errors(self.root, ()))
        if errors:
            raise RecordError(errors)
        self.data = self._plain(self.root)

    def _at(self, line: int, message: str) -> str:
        one_line = "".join(c if c.isprintable() else "?" for c in " ".join(message.split()))
        return f"{self.name}:{self.first + min(line, self.last)}: {one_line}"

    def _refuse_unsupported(self, text: str) -> None:
        depth = documents = 0
        errors: list[str] = []
        try:
            for event in yaml.parse(text, Loader=yaml.CBaseLoader):
                line = _start(event)
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                documents += isinstance(event, yaml.DocumentStartEvent)
                if depth > MAX_DEPTH:
                    deep = f"is nested more than {MAX_DEPTH} deep; write it flatter"
                    errors.append(self._at(line, deep))
                    break
                if reason := _unsupported(event, documents):
                    errors.append(self._at(line, reason))
        except yaml.YAMLError:
            # A quote that closes many lines further down breaks the file there, not where it opens.
            if not errors:
                raise
        if errors:
            raise RecordError(errors)

    def _key_errors(self, node: yaml.Node, where: Where) -> Iterator[str]:
        if isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for key, value in node.value:
                line = _start(key)
                if not isinstance(key, yaml.ScalarNode):
                    yield self._at(line, f"{self._path(where)}a key must be a plain word")
                    continue
                if key.value in seen:
                    before = self.first + seen[key.value]
                    yield self._at(
                        line,
                        f"{self._path((*where, key.value), colon=False)}: "
                        f"stands here twice (first on line {before}); keep one",
                    )
                seen[key.value] = line
                yield from self._key_errors(value, (*where, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                yield from self._key_errors(value, (*where, index))

    def _plain(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return {key.value: self._plain(value) for key, value in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(value) for value in node.value]
        return node.value

    def error(self, problem: Problem) -> str:
        """``path:line: names > of > places: what is wrong``."""
        names = self._path(problem.where, colon=False)
        spot = f"{names}: " if names else ""
        return self._at(self._line(problem.where), f"{spot}{problem.message}")

    def _line(self, where: Where) -> int:
        node, line = self.root, _start(self.root)
        for part in where:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == part:
                        node, line = value, _start(key)
                        break
                else:
                    break
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                if part >= len(node.value):
                    break
                node = node.value[part]
                line = _start(node)
            else:
                break
        return line

    def _path(self, where: Where, colon: bool = True) -> str:
        """The path in words: a list entry goes by its own id where it has one."""
        node: yaml.Node | None = self.root
        names: list[str] = []
        for part in where:
            if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part] if part < len(node.value) else None
                names.append(_id_of(node) or f"entry {part + 1}")
            elif part != "[key]":  # pydantic's word for "the key itself"
                names.append(str(part))
                node = _child(node, part)
        joined = " > ".join(names)
        return f"{joined}: " if colon and joined else joined


def _unsupported(event: yaml.Event, documents: int) -> str:
    """Why YAML allows this and we do not; empty when we do as well."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "anchors and aliases are not allowed; quote text with & or *"
    if getattr(event, "tag", None):
        return "tags are not allowed; quote text that begins with !"
    if isinstance(event, yaml.DocumentStartEvent) and documents > 1:
        return "a second document (---) is not allowed; take the line out"
    if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"'):
        end = event.end_mark.line if event.end_mark else 0
        if end != _start(event):
            return "opens a quote that is not closed on the same line"
    return ""


def _start(node: yaml.Node | yaml.Event | None) -> int:
    return node.start_mark.line if node is not None and node.start_mark else 0


def _child(node: yaml.Node | None, key: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return value  # type: ignore[no-any-return]
    return None


def _id_of(node: yaml.Node | None) -> str:
    found = _child(node, "id")
    return found.value if isinstance(found, yaml.ScalarNode) else ""


def invisible_characters(text: str) -> Iterator[tuple[int, str]]:
    """The lines (from 0) with characters nobody sees, and what to do about them."""
    for number, line in enumerate(text.split("\n")):
        found = _DISALLOWED.search(line)
        if found and found[0] == "\t":
            yield number, "has a tab; use spaces"
        elif found:
            yield number, f"has a hidden character, {found[0]!a}; type the line again"
