"""What the oldest browsers do not know of a style or a script, by MDN's browser-compat-data."""

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import playwright
import tinycss2

from tests.support.programs import from_npm

Data = dict[str, Any]
Lacking = dict[str, list[str]]
"""What an oldest browser does not know, each with the browsers that do not."""

OLDEST = {
    "safari_ios": ("Safari on iOS", "15"),
    "chrome_android": ("Chrome on Android", "100"),
    "firefox": ("Firefox ESR", "115"),
}
"""The oldest browsers the site is made for, by their names in browser-compat-data."""

NODE = Path(playwright.__file__).parent / "driver/node"


@cache
def data() -> Data:
    """The whole of browser-compat-data."""
    text = (from_npm("@mdn/browser-compat-data") / "data.json").read_text("utf-8")
    return dict(json.loads(text))


def lacking(feature: Data) -> list[str]:
    """The oldest browsers that do not know a feature, or only by another name or a setting."""
    support = feature["__compat"]["support"]
    return [name for key, (name, oldest) in OLDEST.items() if not _knows(support.get(key), oldest)]


def _knows(statements: Any, oldest: str) -> bool:
    for one in statements if isinstance(statements, list) else [statements or {}]:
        added, removed = one.get("version_added"), one.get("version_removed")
        plain = not (one.get("flags") or one.get("prefix") or one.get("alternative_name"))
        if plain and added and added != "preview" and _number(added) <= _number(oldest):
            if removed and _number(removed) <= _number(oldest):
                continue
            return True
    return False


def _number(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.removeprefix("≤").split("."))


def unknown_in_style(css: str) -> Lacking:
    """The properties, values, selectors, at-rules and conditions that one of them does not know.

    What stands in ``@supports`` is there for those that do.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return {
        name: without
        for name, feature in _rules(rules)
        if "__compat" in feature and (without := lacking(feature))
    }


def _rules(rules: list[Any]) -> Iterator[tuple[str, Data]]:
    known = data()["css"]
    for rule in rules:
        if rule.type == "at-rule":
            keyword = rule.lower_at_keyword
            found = known["at-rules"].get(keyword, {})
            yield f"@{keyword}", found
            for name in re.findall(r"\(\s*([a-z-]+)", tinycss2.serialize(rule.prelude)):
                if name in found:
                    yield f"@{keyword} ({name})", found[name]
            if keyword == "media" and rule.content:
                yield from _rules(
                    tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                )
        elif rule.type == "qualified-rule":
            for name in re.findall(r"::?(-?[a-z-]+)", tinycss2.serialize(rule.prelude)):
                yield f":{name}", known["selectors"].get(name, {})
            yield from _declarations(rule.content)


def _declarations(content: list[Any]) -> Iterator[tuple[str, Data]]:
    properties, types = data()["css"]["properties"], data()["css"]["types"]
    for declaration in tinycss2.parse_declaration_list(
        content, skip_comments=True, skip_whitespace=True
    ):
        if declaration.type != "declaration" or declaration.name.startswith("--"):
            continue
        name = declaration.lower_name
        found = properties.get(name, {})
        yield name, found
        for token in declaration.value:
            word = getattr(token, "lower_value", None) or getattr(token, "lower_name", None)
            if isinstance(word, str) and word in found:
                yield f"{name}: {word}", found[word]
            if token.type == "function":
                yield f"{token.lower_name}()", types.get(token.lower_name, {})


def unknown_in_script(script: Path) -> Lacking:
    """The grammar, methods and properties that one of them does not know.

    A name is known where any interface that has it is: whose it is, a reader of the text cannot
    tell.
    """
    read = ["tests/support/grammar.mjs", str(from_npm("acorn") / "dist/acorn.js"), str(script)]
    done = subprocess.run([str(NODE), *read], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    found: Lacking = {}
    for name in said["grammar"]:
        feature = data()["javascript"]
        for part in name.split("."):
            feature = feature[part]
        if without := lacking(feature):
            found[name] = without
    for name in said["members"]:
        all_without = [lacking(member) for member in _members().get(name, [])]
        if all_without and all(all_without):
            found[name] = min(all_without, key=len)
    return found


@cache
def _members() -> dict[str, list[Data]]:
    """The methods and properties of all interfaces by their names."""
    found: dict[str, list[Data]] = {}
    for tree in (data()["javascript"]["builtins"], data()["api"]):
        for entry in tree.values():
            for name, member in entry.items():
                if isinstance(member, dict) and "__compat" in member:
                    found.setdefault(name.removesuffix("_static"), []).append(member)
    return found
