"""The oldest browsers that readers hold: what they do not know, and what a reader sees instead."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.compat import Lacking, unknown_in_script, unknown_in_style
from tests.support.journeys import ADDRESSES, KINDS, longest
from tests.support.netlify import serve
from tests.support.probes import probe
from tests.support.quiz_page import answer_all, finish, open_quiz, shown_outcomes

pytestmark = pytest.mark.slow

INSTEAD = {
    ":-moz-progress-bar": "another engine's name for the bar, beside its own",
    ":-webkit-progress-bar": "another engine's name for the bar, beside its own",
    ":-webkit-progress-value": "another engine's name for the bar, beside its own",
    ":details-content": "notes are level with the text only as long as they are open, as they come",
    ":focus-visible": "the browser's own ring",
    ":has": "more of the page than is needed now; taken away below",
    "@media (forced-colors)": "no such setting there",
    "@media (scripting)": "the worksheet until its script has run; taken away below",
    "@page": "the browser's own margins",
    "accent-color": "the browser's own color",
    "align-self: end": "known for a grid, by another entry",
    "align-self: start": "known for a grid, by another entry",
    "appearance": "known by its prefix, for the one who draws fields of its own",
    "break-after: avoid": "a heading may stand at the foot of a sheet",
    "content-visibility": "see :details-content",
    "content-visibility: visible": "see :details-content",
    "cursor: pointer": "a phone has no pointer",
    "float: inline-end": "the button that closes the contents stands at the start of its line",
    "forced-color-adjust": "no such setting there",
    "forced-color-adjust: none": "no such setting there",
    "hyphenate-limit-chars": "short words may be hyphenated too",
    "hyphens": "known by its prefix; or else no hyphens",
    "orphans": "a line may stand alone on a sheet",
    "overflow-wrap: anywhere": "a word longer than the window would stick out; taken away below",
    "overflow: clip": "what is cut off here is empty",
    "overscroll-behavior": "behind the open contents the page may scroll",
    "overscroll-behavior: contain": "behind the open contents the page may scroll",
    "text-size-adjust": "known by its prefix, which stands beside it",
    "text-wrap": "lines break where they would anyway",
    "text-wrap: balance": "lines break where they would anyway",
    "text-wrap: pretty": "lines break where they would anyway",
    "widows": "a line may stand alone on a sheet",
    "share": "asked for before it is called; the address is copied",
}
"""What we use and one of the oldest browsers does not know, with what is seen there."""

OWN = {"address", "country", "first", "forget", "inputs", "pad", "priority", "s", "show", "silent"}
OWN |= {"skipped", "take", "to", "transcript", "views", "when"}
"""Names of our own that some newer interface has as well."""


def unknown(site: Path) -> Lacking:
    """What the styles and scripts of a built site use and one of the oldest does not know."""
    styles = sorted((site / "assets").glob("*.css"))
    scripts = sorted((site / "assets").glob("*.js"))
    assert styles and scripts
    found: Lacking = {}
    for style in styles:
        found |= unknown_in_style(style.read_text("utf-8"))
    for script in scripts:
        found |= unknown_in_script(script)
    return found


def test_what_the_oldest_browsers_do_not_know_has_a_fallback(site: Path) -> None:
    """All of it is listed with what a reader sees instead, and nothing is listed in vain."""
    found = unknown(site)
    listed = INSTEAD.keys() | OWN
    assert {name: without for name, without in found.items() if name not in listed} == {}
    assert listed - found.keys() == set()


# Taken away from every style: what stands for it is a rule or a condition no browser knows.
STYLES = {
    "has": (r":has\(", ":gone("),
    "scripting": (r"\(scripting:enabled\)", "(gone:enabled)"),
    "focus-visible": (r":focus-visible", ":gone"),
    "subgrid": (r"\(grid-template-columns:subgrid\)", "(gone:gone)"),
    "anywhere": (r"overflow-wrap:anywhere", "gone:gone"),
    "clip": (r"overflow(-[xy])?:clip", "gone:gone"),
    "hyphens": (r"(-webkit-)?hyphens:auto|hyphenate-limit-chars:[^;}]*", "gone:gone"),
    "details-content": (r"::details-content", "::gone"),
}
# Taken away from the browser, all at once.
GONE = """
    delete Navigator.prototype.share;
    delete Navigator.prototype.clipboard;
    delete Array.prototype.at;
    delete Array.prototype.findLast;
    delete String.prototype.at;
    delete HTMLDetailsElement.prototype.name;
    delete Element.prototype.ariaLabel;
"""


def take_the_quiz(page: Page) -> None:
    """From the first question to a next step."""
    open_quiz(page)
    answer_all(page, longest())
    finish(page)
    assert shown_outcomes(page)


@pytest.mark.allow("404")
@pytest.mark.parametrize("feature", STYLES)
def test_without_a_newer_style_the_site_is_of_use(
    feature: str, site: Path, tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    """On each kind of page all words are seen, none sticks out, and a question is asked."""
    target = tmp_path / "site"
    shutil.copytree(site, target)
    pattern, instead = STYLES[feature]
    replaced = 0
    for style in (target / "assets").glob("*.css"):
        text, count = re.subn(pattern, instead, style.read_text("utf-8"))
        style.write_text(text, "utf-8")
        replaced += count
    assert replaced, "no style uses it any more"
    with serve(target) as served:
        page = new_page(base_url=served.url, size={"width": 360, "height": 640})
        found = {}
        for address in KINDS:
            page.goto(address)
            findings = probe(page, "unseen") + probe(page, "sticksOut")
            if findings:
                found[address] = findings
        assert found == {}
        if feature in ("has", "scripting"):  # which show and hide
            take_the_quiz(page)
        else:
            open_quiz(page)


@pytest.mark.fresh
def test_without_newer_methods_no_page_fails(new_page: Callable[..., Page]) -> None:
    """Each page with a tool opens without an error, and the quiz can be taken."""
    page = new_page()
    page.add_init_script(GONE)
    for address in ADDRESSES:
        if address in ("/", "/talk/", "/find/", "/list/", "/practice/", "/help/"):
            page.goto(address)
        elif address.startswith("/counselors/"):
            page.goto(address)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
    take_the_quiz(page)
