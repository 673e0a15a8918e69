"""A ledger of all that a page sends, keeps, or shows in its address, title and history."""

import re

from playwright.sync_api import Page

from tests.support.probes import probe


class Ledger:
    """Writes down what a page does that it must not: see `close`."""

    def __init__(self, page: Page) -> None:
        """Begin with a page that has loaded: from here on, nothing may be asked for."""
        self._page = page
        self._address, self._title = page.url, page.title()
        self.entries: list[str] = []
        page.context.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self.entries.append(f"opened: {socket.url}"))
        page.on("popup", lambda popup: self.entries.append(f"opened: {popup.url}"))
        page.on("download", lambda download: self.entries.append(f"saved: {download.url}"))

    def _asked(self, url: str) -> None:
        self.entries.append(f"asked: {url}")

    def look(self) -> None:
        """Look at address, title and history state: a step number is all that may be there."""
        page = self._page
        if page.url != self._address:
            self.entries.append(f"address: {page.url}")
        if page.title() != self._title:
            self.entries.append(f"title: {page.title()}")
        state = page.evaluate("history.state")
        if state and not re.fullmatch(r"\{'(?:quiz|practice)': \d{1,2}\}", str(state)):
            self.entries.append(f"history: {state}")

    def close(self) -> list[str]:
        """Look one last time, at what was kept too; return all entries."""
        self.look()
        self.entries += probe(self._page, "kept")
        self.entries += [f"kept: cookie {cookie}" for cookie in self._page.context.cookies()]
        return self.entries
