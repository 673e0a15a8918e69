"""Another language: words by id, beside each data file, and pages beside the English pages.

A data file like ``questions.yml`` holds ids, order and rules, and its words in English. Beside it
``questions.es.yml`` holds the Spanish words and nothing else, in the same shape: a list of records
with ids becomes keys, the ids. Each entry carries under ``english`` the digest of the English words
it was made from, so that an entry whose English has changed since is known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml
from pydantic import RootModel, ValidationError

from .records import Problem, Record, Where, nearest
from .yaml_reader import message_of

DIGEST = "english"
"""The key of an entry's digest."""

R = TypeVar("R", bound=Record)

Words = Mapping[str, Any]


class WordFile(RootModel[dict[str, Any]]):
    """A file of words as plain data: what belongs in it depends on the file it translates."""


def words_of(record: Record) -> dict[str, Any]:
    """The words of a record and of all records in it, in the shape of a word file.

    Entries inside it that have a digest of their own are left out.
    """
    own = {name: getattr(record, name) for name in record.worded() if getattr(record, name)}
    for name, inner in _inner(record):
        if isinstance(inner, Record):
            found: Any = words_of(inner)
        elif _keyed(inner):
            found = {r.id: words_of(r) for r in inner if not r.own_entry}
            found = {name: words for name, words in found.items() if words}
        else:
            found = [words_of(r) for r in inner]
            found = found if any(found) else None
        if found:
            own[name] = found
    return own


def digest(words: Words) -> str:
    """Eight hex digits that change with any word."""
    text = json.dumps(words, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def skeleton(record: Record, inside: bool = False) -> dict[str, Any]:
    """A word file for a record with the English words in it, for a translator to replace."""
    made: dict[str, Any] = {}
    if inside and (words := words_of(record)):
        made[DIGEST] = digest(words)
    for name in (*record.worded(), *record.vocabulary):
        if value := getattr(record, name):
            made[name] = _plain(value)
    for name, inner in _inner(record):
        if isinstance(inner, Record):
            made[name] = skeleton(inner)
        elif _keyed(inner):
            made[name] = {r.id: skeleton(r, not inside or r.own_entry) for r in inner}
            made[name] = {key: value for key, value in made[name].items() if value}
        else:
            made[name] = [skeleton(r, not inside) for r in inner]
            if not any(made[name]):
                made[name] = None
        if not made[name]:
            del made[name]
    return made


class _Dumper(yaml.SafeDumper):
    """Writes words as a translator likes to read them: a paragraph on a line."""


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent)


def dump(words: Words) -> str:
    """The text of a word file."""
    return str(yaml.dump(words, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000))


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=lambda record: record.model_dump()))


def _inner(record: Record) -> Iterator[tuple[str, Any]]:
    """The fields of a record that hold records whose words are looked for one by one."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name in record.vocabulary or not value:
            continue
        if isinstance(value, Record) or (isinstance(value, tuple) and isinstance(value[0], Record)):
            yield name, value


def _keyed(records: Sequence[Record]) -> bool:
    return "id" in type(records[0]).model_fields


@dataclass
class Translation:
    """Puts the words of a language into English records, and collects what does not fit.

    ``problems`` are errors of the word file; ``behind`` the entries whose English has changed.
    """

    problems: list[Problem] = field(default_factory=list)
    behind: list[Problem] = field(default_factory=list)

    def of(self, record: R, words: Any, where: Where = (), inside: bool = False) -> R:
        """The record with ``words`` in place of its own; as it was where they do not fit."""
        if not isinstance(words, Mapping):
            self.problems.append(Problem(where, "must be keys with words"))
            return record
        changed: dict[str, Any] = {}
        expected = set(record.vocabulary)
        for name in record.worded():
            if getattr(record, name):
                expected.add(name)
                self._replace(record, name, words, where, changed)
        for name in record.vocabulary:
            if name in words:
                changed[name] = words[name]
            elif isinstance(getattr(record, name), tuple):
                changed[name] = ()
        for name, inner in _inner(record):
            if made := self._inner(name, inner, words.get(name), where, inside):
                changed[name] = made
                expected.add(name)
        if inside and (english := words_of(record)):
            expected.add(DIGEST)
            self.compare(words, digest(english), where)
        for key in words:
            if key not in expected:
                message = f"the English has no such words{nearest(key, expected)}; take them out"
                self.problems.append(Problem((*where, key), message))
        return self._made(record, changed, where)

    def _replace(
        self, record: Record, name: str, words: Words, where: Where, changed: dict[str, Any]
    ) -> None:
        if words.get(name):
            changed[name] = words[name]
            return
        english = str(getattr(record, name))
        shown = english if len(english) <= 60 else f"{english[:57]}..."
        self.problems.append(Problem(where, f"{name}: is missing; in English: {shown}"))

    def _inner(self, name: str, inner: Any, words: Any, where: Where, inside: bool) -> Any:
        """What stands in place of the records of one field; nothing when they hold no words."""
        here = (*where, name)
        if isinstance(inner, Record):
            if not (wanted := words_of(inner)) and not words:
                return None
            return self.of(inner, self._given(words, dict, wanted, where, name), here)
        if not any(skeleton(record, True) for record in inner) and not words:
            return None
        if not _keyed(inner):
            given = self._given(words, list, inner, where, name)
            if len(given) != len(inner):
                self.problems.append(
                    Problem(here, f"must be {len(inner)} entries, as in English, not {len(given)}")
                )
                return inner
            return tuple(
                self.of(record, given[n], (*here, n), not inside) for n, record in enumerate(inner)
            )
        given = self._given(words, dict, inner, where, name)
        made = []
        for record in inner:
            wanted = skeleton(record, True)
            if record.id in given:
                own = not inside or record.own_entry
                made.append(self.of(record, given[record.id], (*here, record.id), own))
            else:
                made.append(record)
                if wanted.keys() - set(record.vocabulary):
                    self.problems.append(Problem(here, f'has no words for "{record.id}"; add them'))
        known = [record.id for record in inner]
        for key in given:
            if key not in known:
                message = f"the English has no such entry{nearest(key, known)}; take it out"
                self.problems.append(Problem((*here, key), message))
        return tuple(made)

    def _given(self, words: Any, kind: type, wanted: Any, where: Where, name: str) -> Any:
        if isinstance(words, kind):
            return words
        message = f"{name}: is missing; add it" if words is None else f"{name}: has another shape"
        self.problems.append(Problem(where, message))
        return kind()

    def compare(self, words: Words, english: str, where: Where) -> None:
        """Hold the digest that an entry was made from against that of the English as it is."""
        made_from = words.get(DIGEST)
        if made_from is None:
            self.problems.append(Problem(where, f"{DIGEST}: is missing; add {DIGEST}: {english}"))
        elif made_from != english:
            self.behind.append(
                Problem(
                    (*where, DIGEST),
                    "the English has changed since; look at it, fix the words, "
                    f"and write {DIGEST}: {english}",
                )
            )

    def _made(self, record: R, changed: Mapping[str, Any], where: Where) -> R:
        if not changed:
            return record
        try:
            fields = {name: getattr(record, name) for name in type(record).model_fields}
            return type(record).model_validate({**fields, **changed})
        except ValidationError as error:
            self.problems += [
                Problem((*where, *entry["loc"]), message_of(entry)) for entry in error.errors()
            ]
            return record
