"""Nothing a reader does leaves the page, and nothing of it stays behind in the browser."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from macros.quiz.outcomes import visited
from macros.render import typographic
from tests.conftest import Watch
from tests.support import journeys
from tests.support.netlify import ROOT, Request, Served, serve

# Everything a page can keep in a browser.
KEPT = """async () => ({
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookies: document.cookie,
    name: window.name,
    files: (await navigator.storage.estimate()).usage,
})"""
NOTHING = {
    "local": [],
    "session": [],
    "databases": [],
    "caches": [],
    "workers": 0,
    "cookies": "",
    "name": "",
    "files": 0,
}


class Ledger:
    """Writes down all that a page sends, keeps or shows in its address, title and history."""

    def __init__(self, page: Page) -> None:
        """Begin with a page that has loaded: from here on, nothing may be asked for."""
        self._page = page
        self._address, self._title = page.url, page.title()
        self.entries: list[str] = []
        page.context.on("request", lambda request: self.entries.append(f"asked: {request.url}"))
        page.on("websocket", lambda socket: self.entries.append(f"opened: {socket.url}"))
        page.on("popup", lambda popup: self.entries.append(f"opened: {popup.url}"))
        page.on("download", lambda download: self.entries.append(f"saved: {download.url}"))

    def look(self) -> None:
        """Look at address, title and history state: a step number is all that may be there."""
        page = self._page
        if page.url != self._address:
            self.entries.append(f"address: {page.url}")
        if page.title() != self._title:
            self.entries.append(f"title: {page.title()}")
        state = page.evaluate("history.state")
        if state and not re.fullmatch(r"\{'quiz': \d{1,2}\}", str(state)):
            self.entries.append(f"history: {state}")

    def close(self) -> list[str]:
        """Look one last time, at what was kept too; return all entries."""
        self.look()
        kept = self._page.evaluate(KEPT)
        self.entries += [
            f"kept: {what} {kept[what]}" for what in kept if kept[what] != NOTHING[what]
        ]
        self.entries += [f"kept: cookie {cookie}" for cookie in self._page.context.cookies()]
        return self.entries


def use(page: Page) -> None:
    """Open everything that opens, move to everything that takes the focus, go to the end."""
    page.evaluate(
        """() => {
            for (const summary of document.querySelectorAll("main summary")) summary.click();
            for (const stop of document.querySelectorAll("a, button, input, summary")) {
                stop.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
                stop.focus();
            }
            scrollTo(0, document.body.scrollHeight);
        }"""
    )
    page.locator("footer a").first.hover()


def test_no_page_asks_for_anything_after_it_has_loaded_or_keeps_anything(
    site: Path, new_page: Callable[..., Page]
) -> None:
    """Every page, used from top to bottom."""
    for address in journeys.addresses(site):
        page = new_page()
        page.goto(address)
        ledger = Ledger(page)
        use(page)
        assert ledger.close() == [], address
        page.context.close()


# Journeys


def to_each_outcome(name: str) -> Callable[[Page, Ledger], None]:
    """Answer what leads to an outcome, read all it shows, then clear everything."""

    def journey(page: Page, ledger: Ledger) -> None:
        journeys.answer(page, journeys.witnesses()[name])
        ledger.look()
        journeys.finish(page)
        ledger.look()
        title = next(o.title for o in journeys.quiz().outcomes if o.id == name)
        expect(page.get_by_role("heading", name=typographic(title), exact=True)).to_be_visible()
        page.get_by_role("button", name="Clear everything and start again").click()

    return journey


def every_option(page: Page, ledger: Ledger) -> None:
    """Choose each option of each item once, and go on with one that skips nothing."""
    chosen = journeys.longest()
    for item in visited(journeys.quiz(), chosen):
        for option in [*(o.id for o in item.options), *chosen[item.id]]:
            journeys.label(page, item.id, option).click()
            ledger.look()
        page.get_by_role("button", name="Next").press("Enter")
        ledger.look()
    journeys.finish(page)


def back_and_forth(page: Page, ledger: Ledger) -> None:
    """Stop early, change an answer, clear one, walk back by the browser."""
    journeys.answer(page, journeys.longest(), steps=3)
    page.get_by_role("button", name="Stop here").click()
    ledger.look()
    page.get_by_role("button", name="Change an answer").click()
    page.get_by_role("button", name=re.compile("^Change: ")).first.click()
    page.get_by_role("button", name="Clear this answer").click()
    ledger.look()
    page.get_by_role("button", name=re.compile("^(Next|Skip)$")).press("Enter")
    for _ in range(3):
        page.go_back()
        ledger.look()


JOURNEYS = {
    **{outcome.id: to_each_outcome(outcome.id) for outcome in journeys.quiz().outcomes},
    "every option": every_option,
    "back and forth": back_and_forth,
}


@pytest.mark.parametrize("name", JOURNEYS)
def test_the_quiz_sends_and_keeps_nothing(name: str, page: Page, served: Served) -> None:
    """Whatever is answered: no request, no byte kept, no word in address, title or history."""
    journeys.open_quiz(page)
    before = served.asked()
    ledger = Ledger(page)
    JOURNEYS[name](page, ledger)
    assert ledger.close() == []
    assert served.asked() == before


# What the server sees of a visit


def strange(requests: Iterable[Request]) -> Iterator[str]:
    """Say what requests hold beyond the address of a file of ours."""
    for request in requests:
        where = f"{request.method} {request.path}"
        if request.method != "GET" or request.body:
            yield f"{where}: sends something"
        if request.query:
            yield f"{where}: asks {request.query}"
        if request.status not in (200, 304, 404):
            yield f"{where}: {request.status}"
        yield from (f"{where}: {h}" for h in ("cookie", "referer") if h in request.headers)


def test_the_host_sees_the_names_of_files_and_nothing_else(
    site: Path, new_page: Callable[..., Page]
) -> None:
    """No query, no body, no cookie, no word about the page before, on a walk along the links."""
    with serve(site) as own:
        page = new_page(base_url=own.url)
        page.goto("/")
        for name in ("Self-quiz", "Get help"):
            page.get_by_label("Main").get_by_role("link", name=name).click()
        page.get_by_role("navigation", name="All pages").get_by_role("link").first.click()
        page.wait_for_load_state("networkidle")
        files = {f"/{f.relative_to(site).as_posix()}" for f in site.rglob("*") if f.is_file()}
        asked = [request for request in own.requests]
    assert list(strange(asked)) == []
    assert {f"{r.path}index.html" if r.path.endswith("/") else r.path for r in asked} <= files


# What stands in the files


REACHING = re.compile(
    r"fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection|WebTransport|Worker"
    r"|import\(|localStorage|sessionStorage|indexedDB|caches|cookie|window\.name|\bopen\("
    r"|postMessage|BroadcastChannel|navigator\.(?!clipboard\.writeText\b)|Notification|innerHTML|\beval\("
)
LINKS = re.compile(r'<link[^>]*rel="?([a-z -]+)"?[^>]*>')


def test_no_script_names_a_way_out(site: Path) -> None:
    """What could send or keep something is not so much as mentioned."""
    scripts = list((site / "assets").glob("*.js"))
    assert scripts
    for script in scripts:
        code = script.read_text(encoding="utf-8")
        assert REACHING.findall(code) == [], script.name


def test_no_page_asks_the_browser_to_prepare_another(site: Path) -> None:
    """No prefetch, no preconnect, no speculation rules, no refresh, no form that sends."""
    for file in site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert set(LINKS.findall(html)) <= {"canonical", "icon", "stylesheet"}, file
        assert "speculationrules" not in html and "http-equiv" not in html, file
        assert set(re.findall(r'<form[^>]*method="([a-z]+)"', html)) <= {"dialog"}, file
        assert all('autocomplete="off"' in form for form in re.findall("<form[^>]*>", html)), file


# Planted faults: each must be seen by the same journey

ON_CHANGE = 'document.addEventListener("change", (event) => {{ {} }});'
PLANTED = {
    "a pixel": "new Image().src = `/icon.svg?${event.target.id}`",
    "a request": "fetch(`/?${event.target.id}`).catch(() => {})",
    "a beacon": "navigator.sendBeacon('/', event.target.id)",
    "a prefetch": "const a = document.createElement('link'); a.rel = 'prefetch';"
    "a.href = `/talk/?${event.target.id}`; document.head.append(a)",
    "a window": "window.open('/talk/')",
    "the address": "location.hash = event.target.id",
    "the query": "history.replaceState(null, '', `?${event.target.id}`)",
    "the history": "history.replaceState({ quiz: event.target.id }, '')",
    "the title": "document.title = event.target.id",
    "this tab": "sessionStorage.setItem('a', event.target.id)",
    "this device": "localStorage.setItem('a', event.target.id)",
    "a cookie": "document.cookie = `a=${event.target.id}`",
    "a database": "indexedDB.open(event.target.id)",
    "a cache": "caches.open(event.target.id)",
    "the window's name": "window.name = event.target.id",
}


@pytest.mark.allow
@pytest.mark.parametrize("fault", PLANTED)
def test_a_leak_would_be_seen(
    fault: str,
    site: Path,
    tmp_path: Path,
    new_page: Callable[..., Page],
    watches: list[Watch],
) -> None:
    """The ledger, or the watch over the policy, writes it down."""
    copy = journeys.planted(site, tmp_path / "site", ON_CHANGE.format(PLANTED[fault]))
    with serve(copy) as served:
        page = new_page(base_url=served.url)
        journeys.open_quiz(page)
        ledger = Ledger(page)
        journeys.label(page, "afraid", "sometimes").click()
        page.wait_for_load_state("networkidle")
        entries = ledger.close()
        context: BrowserContext = page.context
        context.close()
    problems: list[Any] = watches[0].problems
    assert entries or problems


def test_a_page_without_faults_has_an_empty_ledger(page: Page) -> None:
    """The same two steps as with the planted faults, without one."""
    journeys.open_quiz(page)
    ledger = Ledger(page)
    journeys.label(page, "afraid", "sometimes").click()
    assert ledger.close() == []


# What we say about it

NAMED = re.compile(r"\btests/test_[a-z]+\.py|\btest_[a-z]+\b(?!\.py)")


def test_each_promise_names_the_test_that_holds_it() -> None:
    """On the privacy page every promise ends with a test; there, and in SECURITY.md, all exist."""
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    promises = page.split("{ #promises }")[1].split("## ")[0].strip().split("\n\n")[1:]
    assert len(promises) >= 8
    for promise in promises:
        assert re.search(r"`tests/test_[a-z]+\.py`$", promise), promise
    for text in (page, (ROOT / "SECURITY.md").read_text(encoding="utf-8")):
        for name in NAMED.findall(text):
            assert (ROOT / "tests" / f"{Path(name).stem}.py").exists(), name
