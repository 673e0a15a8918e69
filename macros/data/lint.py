"""What a page may contain: Markdown, ids, classes and the macro calls we know. Nothing that runs.

The macros plugin renders pages as templates without a sandbox, and Markdown lets HTML through.
So a page is read as text first, and anything that could run code, at build or in the browser,
is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .pages import Page
from .yaml_reader import invisible_characters

_ATTRIBUTES = re.compile(r'\{(?::|:? )(#[a-z][a-z0-9-]*|\.[a-z][a-z0-9-]*|lang="[a-z]{2}") ?\}')
_ALLOWED_LINK = re.compile(
    r"^(https://|tel:|sms:|#[a-z][a-z0-9-]*$|([a-z0-9-]+/|\.\./)*[a-z0-9-]+\.md(#[a-z][a-z0-9-]*)?$)"
)
_AUTOLINK = re.compile(r"<https://[^<>\s]+>")


def unexpected_files(folder: Path, kinds: Iterable[str], name: str) -> Iterator[str]:
    """Files below ``folder`` of other ``kinds`` (endings like ``.md``), one ``path:1: …`` each.

    MkDocs would publish them without anybody having read them as a page or a record. ``name`` is
    how messages call the folder.
    """
    allowed = tuple(kinds)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in allowed:
            shown = f"{name}/{path.relative_to(folder).as_posix()}"
            listed = ", ".join(allowed)
            yield f"{shown}:1: only {listed} files live in {name}; move it or remove it"


def lint(page: Page, name: str) -> Iterator[str]:
    """What the text of a page may not contain, one ``path:line: …`` each.

    ``name`` is how messages call the page. Whether its macro calls name something that exists is
    the cross-check's question (``site.py``).
    """
    # Markdown drops some of these unseen, so that a tag could hide from the checks below.
    for line_before, message in invisible_characters(page.body):
        yield f"{name}:{page.body_line + line_before}: {message}"
    calls = {call.line for call in page.calls}
    for number, raw in enumerate(page.body.split("\n"), start=page.body_line):
        if number in calls:
            continue
        line = _AUTOLINK.sub("", raw)
        rest = _ATTRIBUTES.sub("", line)
        if re.search(r"\{\{|\{%|\{#|%\}|\}\}", rest):
            yield (
                f"{name}:{number}: templating is limited to a macro call alone on its line, "
                'like {{ research("reactance") }}'
            )
        elif "{" in rest or "}" in rest:
            yield (
                f"{name}:{number}: braces may only hold an id, a class or a language, "
                "like { #ask-why }"
            )
        if re.search(r"<[A-Za-z/!?]", rest):
            yield f"{name}:{number}: HTML is not allowed in a page; use Markdown or a macro"
        if "![" in rest:
            yield f"{name}:{number}: a picture comes from picture: in the front matter or a macro"
    for number, target in page.links:
        if not target:
            yield f"{name}:{number}: a link and its address must stand on one line"
        elif not _ALLOWED_LINK.match(target):
            yield (
                f"{name}:{number}: a link must be a page of ours (talk.md#ask-why), "
                f"https://, tel: or sms:, not {target!r}"
            )
