"""Whatever stands behind the # or the ? of a link, the page is the same as without it."""

from collections.abc import Iterator
from itertools import islice
from random import Random
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.support.journeys import KINDS

RANDOM = 200  # on each kind of page, after those written by hand
QUERIES = (1, pytest.param(5, marks=pytest.mark.slow))  # each is a page loaded anew, twice

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
# Which section is being read is marked a moment after the page is there, or has scrolled.
STATE = (
    "() => document.documentElement.outerHTML.replace(/ aria-current=.(true|false)./g, '')"
    f" + ({CHOSEN})()"
)

# Sets each fragment in turn; returns those after which the page was another, or had been touched
# at all, if only to put it back.
TRY = f"""async (fragments) => {{
    const state = {STATE};
    const chosen = {CHOSEN};
    const clean = [state(), chosen()];
    const changed = [];
    let moved = 0;
    let touched = false;
    const counts = (records) => records.some((record) => record.attributeName !== "aria-current");
    const watch = new MutationObserver((records) => (touched ||= counts(records)));
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
        const now = counts(watch.takeRecords());
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


def assert_unchanged(page: Page, address: str, count: int) -> None:
    """Set this many fragments, one after another, as links within the page would."""
    open_clean(page, address)
    tried = page.evaluate(TRY, list(islice(hostile(KINDS.index(address)), count)))
    assert tried["changed"] == []
    assert tried["moved"] > count / 2


@pytest.mark.allow("404")
@pytest.mark.parametrize("address", KINDS)
def test_no_fragment_changes_a_page(address: str, page: Page) -> None:
    """The nasty ones, and some at random. (test_published: no other script reads the address.)"""
    assert_unchanged(page, address, len(NASTY) + RANDOM)


@pytest.mark.slow
@pytest.mark.allow("404")
@pytest.mark.parametrize("address", KINDS)
def test_none_of_ten_thousand_fragments_changes_a_page(address: str, page: Page) -> None:
    """Two thousand on each kind of page."""
    assert_unchanged(page, address, 2_000)


# The address of a question is a permalink: it shows the whole worksheet (test_permalinks).
NAMED = """name => [...document.querySelectorAll("form.quiz, form.quiz [id]")]
    .some((part) => part.id === name)"""


@pytest.mark.allow("404")
@pytest.mark.parametrize("count", QUERIES)
@pytest.mark.parametrize("address", KINDS)
def test_no_query_changes_a_page(address: str, count: int, page: Page) -> None:
    """Nor a fragment that is there from the start. What has no meaning gets none.

    Another text on each kind of page.
    """
    open_clean(page, address)
    clean = page.evaluate(STATE)
    first = 1 + 7 * KINDS.index(address)
    for text in islice(hostile(99), first, first + 11 * count, 11):
        fitting = quote(text[:2000], safe="=&+", errors="surrogatepass")
        named = page.evaluate(NAMED, text)
        for mark in ("?",) if named else ("?", "#"):
            if mark == "#":
                page.goto("about:blank")  # else the browser would only move within the page
            open_clean(page, f"{address}{mark}{fitting}")
            assert page.evaluate(STATE) == clean, (mark, text)
