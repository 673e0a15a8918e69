"""The schema editors use for the question file is the model's own, and fits the real file."""

import json
import re
from typing import Any

import pytest
import yaml

from macros.quiz import schema
from tests.support.fault_injection import edit
from tests.support.netlify import ROOT

TEXT = (ROOT / "docs/data/questions.yml").read_text("utf-8")
SCHEMA = json.loads((ROOT / schema.FILE).read_text("utf-8"))


def misfits(value: Any, part: dict[str, Any], place: str = "") -> list[str]:
    """Where a value does not fit the schema, for as much of JSON Schema as ours uses."""
    if "$ref" in part:
        part = SCHEMA["$defs"][part["$ref"].removeprefix("#/$defs/")]
    known = {"array": list, "object": dict, "string": str, "integer": int}
    if not isinstance(value, known[part["type"]]):
        return [f"{place}: no {part['type']}"]
    found = []
    if isinstance(value, list):
        for number, entry in enumerate(value):
            found += misfits(entry, part["items"], f"{place}/{number}")
    elif isinstance(value, dict):
        found += [f"{place}: no {key}" for key in part.get("required", ()) if key not in value]
        for key, entry in value.items():
            inner = part.get("properties", {}).get(key) or next(
                (p for r, p in part.get("patternProperties", {}).items() if re.search(r, key)), None
            )
            found += misfits(entry, inner, f"{place}/{key}") if inner else [f"{place}: {key}?"]
    elif isinstance(value, str):
        if "enum" in part and value not in part["enum"]:
            found.append(f"{place}: not one of the words")
        if "pattern" in part and not re.search(part["pattern"], value):
            found.append(f"{place}: not of the form")
    return found


def as_an_editor_reads(text: str) -> Any:
    """The file as YAML 1.2 has it: yes and no are words, numbers are numbers."""

    def numbers(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: numbers(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [numbers(entry) for entry in value]
        return int(value) if re.fullmatch(r"-?\d+", value) else value

    return numbers(yaml.load(text, Loader=yaml.CBaseLoader))


def test_the_schema_is_up_to_date() -> None:
    assert schema.schema() == (ROOT / schema.FILE).read_text("utf-8"), (
        "run .venv/bin/python -m macros schema"
    )


def test_the_question_file_names_the_schema_beside_it_and_fits_it() -> None:
    assert TEXT.startswith("# yaml-language-server: $schema=questions.schema.json\n")
    assert misfits(as_an_editor_reads(TEXT), SCHEMA) == []


@pytest.mark.parametrize(
    ("place", "new"),
    [
        ("items/self/kind", "several"),
        ("items/self/stem", None),
        ("items/self/private", "true-ish"),
        ("items/self/about", "/care/"),
        ("outcomes/get-safe/priority", "first"),
    ],
)
def test_an_editor_would_mark_an_error(place: str, new: str | None) -> None:
    assert len(misfits(as_an_editor_reads(edit(TEXT, place, new)), SCHEMA)) == 1


def test_an_editor_would_mark_an_unknown_key() -> None:
    text = edit(TEXT, "items/self/private", "privat", old="private")
    assert len(misfits(as_an_editor_reads(text), SCHEMA)) == 1
