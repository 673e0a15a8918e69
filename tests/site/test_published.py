"""What the built site must not hold, and must: read from its files, without a browser."""

import re
from pathlib import Path
from urllib.robotparser import RobotFileParser

from macros.site import Site
from tests.support.journeys import ADDRESSES, addresses
from tests.support.netlify import ROOT, Served
from tests.support.weight import named, too_heavy

REACHING = re.compile(
    r"fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection|WebTransport|Worker"
    r"|import\(|localStorage|sessionStorage|indexedDB|caches|cookie|window\.name|\bopen\("
    r"|postMessage|BroadcastChannel|navigator\.(?!clipboard\.writeText\b|share\b)|Notification|innerHTML|\beval\("
)
LINKS = re.compile(r'<link[^>]*rel="?([a-z -]+)"?[^>]*>')


def test_no_script_names_a_way_out(site: Path) -> None:
    """What could send or keep something is not so much as mentioned.

    The copy button may open the phone's own share menu: the reader chooses there who gets a link.
    """
    scripts = list((site / "assets").glob("*.js"))
    assert scripts
    for script in scripts:
        code = script.read_text(encoding="utf-8")
        assert REACHING.findall(code) == [], script.name


def test_a_first_visit_to_any_page_is_light(site: Path) -> None:
    """In both languages: few bytes and few requests, also where the line is slow."""
    pages = [address for language in ("en", "es") for address in addresses(site, language)]
    heavy = {address: too_heavy(address, named(site, address)) for address in pages}
    assert len(pages) > 100
    assert {address: found for address, found in heavy.items() if found} == {}


def test_no_style_asks_how_a_phone_is_held(site: Path) -> None:
    """So none can turn a page or lock it (WCAG 1.3.4)."""
    styles = [*(site / "assets").glob("*.css")]
    assert styles
    assert [style.name for style in styles if "orientation" in style.read_text("utf-8")] == []


def test_no_page_asks_the_browser_to_prepare_another(site: Path) -> None:
    """No prefetch, no preconnect, no speculation rules, no refresh, no form that sends."""
    for file in site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert set(LINKS.findall(html)) <= {"alternate", "canonical", "icon", "stylesheet"}, file
        assert "speculationrules" not in html and "http-equiv" not in html, file
        assert set(re.findall(r'<form[^>]*method="([a-z]+)"', html)) <= {"dialog"}, file
        assert all('autocomplete="off"' in form for form in re.findall("<form[^>]*>", html)), file


# The quiz and the practice (which part of the page is named?), the contents, a client's list, the
# copy button, Leave: nothing else reads or sets the address.
ADDRESS_READERS = {
    "quiz/quiz.js",
    "practice/practice.js",
    "contents/contents.js",
    "reading-list/reading-list.js",
    "copy-link/copy-link.js",
    "exit/exit.js",
    "frame/frame.js",
}


def test_only_these_scripts_name_the_address() -> None:
    """What no script reads, no link can set: the others need no trying out."""
    folder = ROOT / "macros/components"
    named = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*.js")
        if file.parent.name != "gallery"  # which is never published
        and re.search(
            r"\b(location|hashchange|document\.URL|baseURI|referrer)\b", file.read_text("utf-8")
        )
    }
    assert named == ADDRESS_READERS


def test_the_tests_know_every_page(site: Path) -> None:
    """The list that the browser tests go through is that of the built site."""
    assert sorted(ADDRESSES) == sorted(addresses(site))


def test_each_page_has_a_picture_of_its_own(records: Site) -> None:
    """No two pages have the same circles or the same words for them."""
    pictures = [page.meta.picture for page in records.pages.values()]
    assert len({(p.apart, p.lift, p.them) for p in pictures}) == len(pictures)
    assert len({p.says for p in pictures}) == len(pictures)


def test_search_engines_may_read_everything(served: Served) -> None:
    """Lighthouse cannot ask this under our policy, so we do."""
    rules = RobotFileParser(f"{served.url}/robots.txt")
    rules.read()
    assert rules.mtime()
    assert rules.can_fetch("Googlebot", f"{served.url}/talk/")


def test_nothing_of_the_theme_is_left(site: Path) -> None:
    """None of its classes, styles or scripts is in what is published."""
    for file in site.rglob("*.html"):
        assert 'class="md-' not in file.read_text(encoding="utf-8"), file
    assert {file.suffix for file in (site / "assets").rglob("*") if file.is_file()} <= {
        ".css", ".js", ".svg", ".png",
    }  # fmt: skip
