"""What a page may contain: Markdown, ids, classes and the macro calls we know. Nothing that runs.

The macros plugin renders pages as templates without a sandbox, and Markdown lets HTML through.
So a page is read as text first, and anything that could run code, at build or in the browser,
is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .records import hidden

_CALL = re.compile(r'^\{\{ ([a-z_]+)\(("[^"{}<>]*"(, "[^"{}<>]*")*)?\) \}\}$')
_ATTRIBUTES = re.compile(r"\{(?::|:? )(#[a-z][a-z0-9-]*|\.[a-z][a-z0-9-]*) ?\}")
_LINK = re.compile(r"\](?:\(|:)\s*<?([^)\s>]*)")
_ALLOWED_LINK = re.compile(
    r"^(https://|tel:|sms:|#[a-z][a-z0-9-]*$|([a-z0-9-]+/|\.\./)*[a-z0-9-]+\.md(#[a-z][a-z0-9-]*)?$)"
)
_AUTOLINK = re.compile(r"<https://[^<>\s]+>")
_KINDS = (".md", ".yml", ".json", ".txt", ".png")


def strangers(docs: Path) -> Iterator[str]:
    """Files below ``docs`` that would reach the site without being read as a page or a record."""
    for path in sorted(docs.rglob("*")):
        if path.is_file() and path.suffix not in _KINDS:
            yield f"{path}:1: only {', '.join(_KINDS)} files live in docs; move it or remove it"


def faults(body: str, name: str, first_line: int, macros: Iterable[str]) -> Iterator[str]:
    """What the text of a page may not contain, one ``path:line: …`` each.

    ``first_line`` is the line of the file the body starts on; ``macros`` the calls allowed.
    """
    known = sorted(macros)
    # Markdown drops some of these unseen, so that a tag could hide from the checks below.
    for line_before, message in hidden(body):
        yield f"{name}:{first_line + line_before}: {message}"
    for number, raw in enumerate(body.split("\n"), start=first_line):
        line = _AUTOLINK.sub("", raw)
        call = _CALL.match(line)
        if call:
            if call[1] not in known:
                yield f"{name}:{number}: there is no macro {call[1]}; known: {', '.join(known)}"
            continue
        rest = _ATTRIBUTES.sub("", line)
        if re.search(r"\{\{|\{%|\{#|%\}|\}\}", rest):
            yield (
                f"{name}:{number}: templating is limited to a macro call alone on its line, "
                'like {{ research("reactance") }}'
            )
        elif "{" in rest or "}" in rest:
            yield f"{name}:{number}: braces may only hold an id or a class, like {{ #ask-why }}"
        if re.search(r"<[A-Za-z/!?]", rest):
            yield f"{name}:{number}: HTML is not allowed in a page; use Markdown or a macro"
        if "![" in rest:
            yield f"{name}:{number}: a picture comes from picture: in the front matter or a macro"
        for match in _LINK.finditer(rest):
            target = match[1]
            if not target:
                yield f"{name}:{number}: a link and its address must stand on one line"
            elif not _ALLOWED_LINK.match(target):
                yield (
                    f"{name}:{number}: a link must be a page of ours (talk.md#ask-why), "
                    f"https://, tel: or sms:, not {target!r}"
                )
