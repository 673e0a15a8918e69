"""Whatever stands behind the # or the ? of a link, the page is the same as without it."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Watch
from tests.support import journeys
from tests.support.netlify import serve

FRAGMENTS = 2000  # on each kind of page
QUERIES = 12  # on each kind of page: each is a page loaded anew

NASTY = [
    "",
    "%",
    "%zz",
    "%00",
    "\x00",
    "__proto__",
    "constructor",
    "prototype[x]",
    "toString",
    "main",
    "body",
    "afraid",
    "afraid.yes",
    "to-get-safe",
    "key",
    "summary",
    "quiz",
    "1",
    "-1",
    "1e999",
    "NaN",
    "null",
    "undefined",
    "true",
    "[object Object]",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "');alert(1)//",
    "{{7*7}}",
    "${7*7}",
    "../../etc/passwd",
    "//example.com",
    "https://example.com/",
    ":~:text=afraid",
    "x:~:text=Self-quiz",
    "#",
    "##main",
    "*",
    "a b",
    "a+b",
    "a&b=c",
    "a,b,c",
    "[id]",
    "#main .leave",
    "\u202egnp.exe",
    "\u200b\u200c\u200d\ufeff",
    "שלום",
    "مرحبا",
    "😀" * 50,
    "é" * 500,
    "a" * 20_000,
    "%F0%28%8C%BC",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
]
ALPHABET = "abcxyz019-_.~!*'();:@&=+$,/?#[]%<>\"\\^`{|} \t\u202e\u05d0\u0661\u00e9\u4e2d\U0001f600"


def hostile(seed: int) -> Iterator[str]:
    """Yield strings without end: the nasty ones, in pairs, cut, then at random."""
    yield from NASTY
    chance = Random(seed)
    while True:
        kind = chance.randrange(4)
        if kind == 0:
            yield chance.choice(NASTY)[:40] + chance.choice("&=#?;/.") + chance.choice(NASTY)[:40]
        elif kind == 1:
            yield f"{chance.choice(NASTY)[:40]}={chance.choice(NASTY)[:40]}"
        else:
            yield "".join(chance.choices(ALPHABET, k=chance.randrange(1, 80)))


# The page as the reader has it: everything in it, what is chosen and open, what may be kept. The
# browser moves to a fragment that names a place; that is all it may do.
CHOSEN = """() => JSON.stringify([
    [...document.querySelectorAll("input")].map((input) => input.checked),
    [...document.querySelectorAll("textarea, output")].map((field) => field.value),
    document.title, history.state, localStorage.length, sessionStorage.length, document.cookie,
])"""
STATE = f"() => document.documentElement.outerHTML + ({CHOSEN})()"

# Sets each fragment in turn; returns those after which the page was another, or had been touched
# at all, if only to put it back.
TRY = f"""async (fragments) => {{
    const state = {STATE};
    const chosen = {CHOSEN};
    const clean = [state(), chosen()];
    const changed = [];
    let moved = 0;
    let touched = false;
    const watch = new MutationObserver(() => (touched = true));
    watch.observe(document, {{
        subtree: true, childList: true, attributes: true, characterData: true }});
    for (const fragment of fragments) {{
        const before = location.href;
        location.hash = fragment;
        if (location.href !== before) {{
            // Heard last: by then the page has done whatever it does.
            await new Promise((done) => addEventListener("hashchange", done, {{ once: true }}));
            moved++;
        }}
        const now = watch.takeRecords().length > 0;
        if (touched || now || chosen() !== clean[1]) changed.push(fragment);
        touched = false;
    }}
    await new Promise((done) => setTimeout(done, 50));
    if (touched || state() !== clean[0]) changed.push("the last");
    return {{ changed, moved }};
}}"""


def open_clean(page: Page, address: str) -> None:
    """Open a page and wait until its scripts have run."""
    page.goto(address, wait_until="load")
    if address.startswith("/quiz/"):
        expect(page.locator("form[data-quiz-ready]")).to_be_visible()


@pytest.mark.allow("404")
@pytest.mark.parametrize("address", journeys.KINDS)
def test_no_fragment_changes_a_page(address: str, page: Page) -> None:
    """Thousands on each kind of page, one after another, as links within it would set them."""
    open_clean(page, address)
    fragments = list(islice(hostile(journeys.KINDS.index(address)), FRAGMENTS))
    tried = page.evaluate(TRY, fragments)
    assert tried["changed"] == []
    assert tried["moved"] > FRAGMENTS / 2


def test_that_is_more_than_ten_thousand() -> None:
    """As promised."""
    assert (FRAGMENTS + 2 * QUERIES) * len(journeys.KINDS) > 10_000


# The address of a question is a permalink: it shows the whole worksheet (test_permalinks).
NAMED = """name => [...document.querySelectorAll("form.quiz, form.quiz [id]")]
    .some((part) => part.id === name)"""


@pytest.mark.allow("404")
@pytest.mark.parametrize("address", journeys.KINDS)
def test_no_query_changes_a_page(address: str, page: Page) -> None:
    """Nor a fragment that is there from the start. What has no meaning gets none."""
    open_clean(page, address)
    clean = page.evaluate(STATE)
    for text in islice(hostile(99), 1, 5 * QUERIES, 5):
        fitting = quote(text[:2000], safe="=&+", errors="surrogatepass")
        named = page.evaluate(NAMED, text)
        for mark in ("?",) if named else ("?", "#"):
            if mark == "#":
                page.goto("about:blank")  # else the browser would only move within the page
            open_clean(page, f"{address}{mark}{fitting}")
            assert page.evaluate(STATE) == clean, (mark, text)


PLANTED = {
    "an answer from a link": "addEventListener('hashchange', () => {"
    "const input = document.getElementById(decodeURIComponent(location.hash.slice(1)));"
    "if (input && 'checked' in input) input.checked = true });",
    "a message from a link": "addEventListener('hashchange', () =>"
    "document.querySelector('h1').append(location.hash));",
    "a throw": "addEventListener('hashchange', () => decodeURIComponent(location.hash));",
}


@pytest.mark.allow
@pytest.mark.parametrize("fault", PLANTED)
def test_a_page_that_listens_to_its_link_would_be_seen(
    fault: str,
    site: Path,
    tmp_path: Path,
    new_page: Callable[..., Page],
    watches: list[Watch],
) -> None:
    """The same fragments find it out."""
    copy = journeys.planted(site, tmp_path / "site", PLANTED[fault])
    with serve(copy) as served:
        page = new_page(base_url=served.url)
        open_clean(page, "/quiz/")
        tried = page.evaluate(TRY, NASTY)
        page.context.close()
    assert tried["changed"] or watches[0].problems


def test_a_link_within_the_quiz_leaves_the_reader_where_they_are(page: Page) -> None:
    """The skip link changes the fragment; Next and the browser's Back go on from the same place."""
    journeys.open_quiz(page)
    journeys.answer(page, journeys.longest(), steps=2)
    where = page.locator(".quiz__where-count")
    page.get_by_role("link", name="Skip to the text").press("Enter")
    expect(page).to_have_url(re.compile("/quiz/#main$"))
    expect(where).to_contain_text("Question 3 ")
    page.get_by_role("button", name="Skip").press("Enter")
    expect(where).to_contain_text("Question 4 ")
    page.go_back()
    expect(where).to_contain_text("Question 3 ")
