"""What a browser must never report while a page of ours is open."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext


class BrowserMonitor:
    """Collects what must not happen in a browser context: see `problems`."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        """Monitor all pages the context will have; only the origin may be asked for anything."""
        self.problems: list[str] = []
        self._origin = origin
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        context.on("request", self._request)
        # The console tells of a policy violation in prose; the event names directive and address.
        context.expose_binding("__violation", self._violation)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', event => __violation("
            "`${event.violatedDirective} ${event.blockedURI} ${event.sample}`), true)"
        )

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning", "assert"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _violation(self, source: Any, what: str) -> None:
        self.problems.append(f"policy: {what} on {source['page'].url}")

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and not request.url.startswith(
            f"{self._origin}/"
        ):
            self.problems.append(f"request to another host: {request.url}")
