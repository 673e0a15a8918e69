"""The JSON Schema of the question file, so that an editor completes and checks while one types.

``python -m macros schema`` writes it; it is made from the records, never by hand.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from .model import Quiz

FILE = "docs/data/questions.schema.json"


def schema(model: type[BaseModel] = Quiz) -> str:
    """The schema of a data file, as its own file has it."""
    made = _for_authors(model.model_json_schema())
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _for_authors(part: Any) -> Any:
    """The schema as an author needs it: one line on hover, no null (a key is left out instead)."""
    if isinstance(part, list):
        return [_for_authors(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    real = [branch for branch in part.get("anyOf", ()) if branch != {"type": "null"}]
    if real:
        return _for_authors(real[0])
    kept = {}
    for key, value in part.items():
        if key == "default" or (key == "title" and isinstance(value, str)):
            continue
        if key == "description" and isinstance(value, str):
            value = " ".join(value.replace("``", "").split())
        kept[key] = _for_authors(value)
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    return kept
