"""The lasting addresses of pages and sections, the same wherever the site is built or read."""

from __future__ import annotations

import re

ADDRESS = r"^/([a-z0-9-]+/)*$"
"""A page's address: ``/`` or ``/counselors/links/``."""


def address(ref: str) -> str:
    """``talk.md#ask-why`` as ``/talk/#ask-why``: below the site, whatever the folder on disk."""
    path, _, section = ref.partition("#")
    folder = re.sub(r"(^|/)index$", r"\1", path.removesuffix(".md"))
    return f"/{folder.rstrip('/')}/".replace("//", "/") + (f"#{section}" if section else "")


def short(ref: str) -> str:
    """``talk.md#ask-why`` as ``talk.ask-why``: the id a reading list knows it by."""
    path, _, section = address(ref).partition("#")
    name = path.strip("/").replace("/", "-") or "home"
    return f"{name}.{section}" if section else name
