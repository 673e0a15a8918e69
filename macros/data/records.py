"""The types that records are made of, and the error that lists what is wrong with a file.

The message for a bad value stands beside its type, so that an author reads what the value must
be and a programmer finds the text where the rule is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

Where = tuple[str | int, ...]
"""A path into a record: keys by name, list entries by position."""

LONGEST_ID = 60


@dataclass(frozen=True)
class Matching:
    """Metadata of a text type: values match ``pattern``, and ``message`` says so to an author."""

    pattern: str
    message: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        # Editors read patterns as JavaScript does, where $ is the end of the text and \Z a letter.
        return {**handler(schema), "pattern": self.pattern.replace(r"\Z", "$")}

    def _checked(self, value: str) -> str:
        if not re.search(self.pattern, value):
            raise ValueError(f"{self.message}, not {shortened(value)}")
        return value


def _not_too_long(value: str) -> str:
    if len(value) > LONGEST_ID:
        raise ValueError(f"is longer than {LONGEST_ID} characters; shorten it")
    return value


Slug = Annotated[
    str,
    AfterValidator(_not_too_long),
    Matching(r"^[a-z][a-z0-9-]*\Z", "must be an id: lower-case letters, digits and hyphens"),
]
"""A lasting, hand-written id: lower-case letters, digits, hyphens."""

Line = Annotated[
    str,
    Field(min_length=1),
    Matching(
        r"^\S(.*\S)?\Z",
        "must be one paragraph of text, with no blank line or stray space around it",
    ),
]
"""One paragraph of plain text: not empty, no line breaks."""

Ref = Annotated[
    str,
    Matching(
        r"^[a-z0-9-]+(/[a-z0-9-]+)*\.md(#[a-z][a-z0-9-]*)?\Z",
        "must be a page or section of this site, like talk.md or talk.md#ask-why",
    ),
]
"""A page or a section of this site: ``talk.md`` or ``talk.md#ask-why``."""

Month = Annotated[
    str, Matching(r"^\d{4}(-(0[1-9]|1[0-2]))?\Z", "must be a year or a month, like 2026 or 2026-11")
]
"""A year or a month of a year."""

Year = Annotated[str, Matching(r"^\d{4}\Z", "must be a year, like 2026")]

WebAddress = Annotated[
    str, Matching(r"^https://\S+\Z", "must be an address that begins with https://")
]

AnyWebAddress = Annotated[
    str, Matching(r"^https?://\S+\Z", "must be an address that begins with https://")
]
"""A web address; http is for pages that have nothing else."""


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value), re.ASCII):
            return date.fromisoformat(str(value))
    except ValueError:
        pass
    raise ValueError(f"must be a date like 2026-11-23, not {shortened(value)}")


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-[01]\d-[0-3]\d$"}),
]
"""A date, written YYYY-MM-DD."""


def _yes_or_no(value: object) -> object:
    if value in ("yes", "no"):
        return value == "yes"
    if isinstance(value, bool):
        return value
    raise ValueError("must be yes or no")


def _number(value: object) -> object:
    if isinstance(value, int) or re.fullmatch(r"0|-?[1-9]\d{0,5}", str(value), re.ASCII):
        return value
    raise ValueError("must be a whole number, like 3")


YesNo = Annotated[
    bool, BeforeValidator(_yes_or_no), WithJsonSchema({"type": "string", "enum": ["yes", "no"]})
]
"""``yes`` or ``no``, and no other spelling."""

Number = Annotated[int, BeforeValidator(_number)]
"""A whole number, written one way only."""


class Record(BaseModel):
    """A frozen record that refuses keys it does not know.

    ``translated`` are the fields that each language has in its own words. Those of ``vocabulary``
    each language has as it needs them, with no counterpart, like the words people search by. An
    ``own_entry`` is compared with its English by itself, also inside another record.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    translated: ClassVar[tuple[str, ...]] = ()
    vocabulary: ClassVar[tuple[str, ...]] = ()
    own_entry: ClassVar[bool] = False

    def worded(self) -> tuple[str, ...]:
        """The fields of this one that need words in each language."""
        return self.translated


@dataclass(frozen=True)
class Problem:
    """Something wrong with a record: where in it, and what in words an author can act on."""

    where: Where
    message: str


class RecordError(Exception):
    """A file, or several, cannot be used. ``lines`` holds one ``path:line: …`` for each error."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def shortened(value: object) -> str:
    """A value as a message quotes it, at most 60 characters of it."""
    text = str(value)
    return repr(text if len(text) <= 60 else text[:57] + "...")


def nearest(word: str, known: Iterable[str]) -> str:
    """A question to end a message with, when something known looks like ``word``."""
    close = get_close_matches(word, list(known), n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def duplicates(ids: Iterable[str]) -> Iterator[int]:
    """The positions of ids that stood earlier in the list already."""
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            yield index
        seen.add(name)


def paragraphs(text: str) -> tuple[str, ...]:
    """``text`` cut at blank lines, each paragraph on one line."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())
