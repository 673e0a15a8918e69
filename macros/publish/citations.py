"""Which pages rest on which source."""

from __future__ import annotations

from ..data.pages import Pages
from ..quiz.model import Quiz


def citing_pages(pages: Pages, quiz: Quiz) -> dict[str, tuple[str, ...]]:
    """Source id to the paths of the pages whose notes or checks rest on it, in the site's order.

    Sources that no page cites are absent.
    """
    checks = {check.id: check.source for check in quiz.checks}
    found: dict[str, dict[str, None]] = {}
    for page in pages.values():
        notes = page.arguments_of("research")
        answers = (checks[name] for name in page.arguments_of("check") if name in checks)
        for source in (*notes, *answers):
            found.setdefault(source, {})[page.path] = None
    return {source: tuple(paths) for source, paths in found.items()}
