"""The headers Netlify will send are exactly the promised ones."""

import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup

from tests.support.netlify import ROOT, Served, load, parse, serve

Pages = Mapping[str, BeautifulSoup]

TOML = (ROOT / "netlify.toml").read_text(encoding="utf-8")

# Written out a second time on purpose: a change of netlify.toml alone must not pass.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "script-src-attr": "'none'",
    "style-src": "'self'",
    "style-src-attr": "'none'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'none'",
    "manifest-src": "'self'",
    "worker-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
    "upgrade-insecure-requests": "",
}
DENIED = (
    "accelerometer autoplay camera clipboard-read display-capture geolocation gyroscope "
    "magnetometer microphone midi payment publickey-credentials-get screen-wake-lock usb"
)
EVERYWHERE = {
    "Content-Security-Policy": "; ".join(f"{key} {POLICY[key]}".strip() for key in POLICY),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in DENIED.split(" ")),
}
PROMISED = {
    "/*": EVERYWHERE,
    "/quiz/*": {"Cache-Control": "no-store"},
    "/practice/*": {"Cache-Control": "no-store"},
    "/assets/*": {"Cache-Control": "public, max-age=31536000, immutable"},
}
# The same below the folder of the Spanish site.
PROMISED |= {f"/es{path}": values for path, values in PROMISED.items() if path != "/*"}


def get(url: str, **headers: str) -> tuple[int, dict[str, str]]:
    """Fetch an address; return its status and its headers."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, dict(answer.headers)


def test_the_promised_headers_and_no_others() -> None:
    """Nothing is missing from netlify.toml, nothing is weaker, and nothing was added."""
    assert {rule.path: rule.values for rule in load().headers} == PROMISED


def test_python_and_folder() -> None:
    """Netlify builds with the Python the lock is for, strictly, into the folder it publishes."""
    build = load().build
    assert "mkdocs build --strict" in build.command
    assert build.publish == "site"
    version = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    assert build.environment["PYTHON_VERSION"] == version


FAULTS = {
    "table of headers misspelt": ("[[headers]]", "[[header]]"),
    "table of values misspelt": ("[headers.values]", "[headers.value]"),
    "table of redirects misspelt": ("[[headers]]", '[[redirect]]\nfrom="/a"\nto="/b"\n[[headers]]'),
    "pattern misspelt": ('for = "/quiz/*"', 'fro = "/quiz/*"'),
    "pattern without slash": ('for = "/quiz/*"', 'for = "quiz/*"'),
    "values outside their table": ("[headers.values]\nCache", "Cache"),
    "line break in a value": ('"DENY"', '"""DENY\nX-Two: 1"""'),
    "escaped line break": ('"DENY"', '"DENY\\nX-Two: 1"'),
    "empty value": ('"DENY"', '""'),
    "value that is not text": ('"DENY"', "true"),
    "list of values": ('"DENY"', '["DENY"]'),
    "space in a name": ("X-Frame-Options =", '"X-Frame Options" ='),
    "colon in a name": ("X-Frame-Options =", '"X-Frame-Options:" ='),
    "header Netlify ignores": ("X-Frame-Options =", "Location ="),
    "header set twice": ('"DENY"', '"DENY"\nX-Frame-Options = "SAMEORIGIN"'),
    "header set in two spellings": ('"DENY"', '"DENY"\nx-frame-options = "SAMEORIGIN"'),
    "header set by two blocks": ('"DENY"', '"DENY"\nCache-Control = "no-cache"'),
    "unknown build key": ("publish =", "publsh ="),
    "unknown redirect status": (
        "[[headers]]",
        '[[redirects]]\nfrom="/a"\nto="/b"\nstatus=42\n[[headers]]',
    ),
    "quote left open": ('"DENY"', '"DENY'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_the_host_would_drop_or_misread_in_silence_is_refused(fault: str) -> None:
    right, wrong = FAULTS[fault]
    assert right in TOML
    with pytest.raises(ValueError):
        parse(TOML.replace(right, wrong, 1))


def test_every_file_comes_with_the_headers(pages: Pages, served: Served) -> None:
    """Every page and asset, the 404 included, has all of them, and only the quiz is not stored."""
    for address in {*pages, *linked_assets(pages), "/no/such/page/"}:
        status, headers = get(served.url + address)
        assert status == (404 if address == "/no/such/page/" else 200), address
        assert EVERYWHERE.items() <= headers.items(), address
        assert (headers["Cache-Control"] == "no-store") == address.startswith(
            ("/quiz/", "/practice/")
        ), address
        assert ("immutable" in headers["Cache-Control"]) == address.startswith("/assets/"), address


def linked_assets(pages: Pages) -> set[str]:
    """The addresses of what pages make a browser fetch: pictures, styles, scripts and icons."""
    fetched = "link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], [src]"
    return {
        urljoin(here, str(tag.get("src") or tag.get("href")))
        for here, page in pages.items()
        for tag in page.select(fetched)
    }


def test_what_is_kept_for_a_year_has_a_fingerprint(pages: Pages) -> None:
    """A file under /assets/ that pages use changes its name when it changes."""
    kept = {asset for asset in linked_assets(pages) if asset.startswith("/assets/")}
    assert len(kept) > 5
    assert all(re.search(r"\.[0-9a-f]{8,}\.", asset) for asset in kept)


def test_server_answers_as_the_host(site: Path, served: Served) -> None:
    """Directory, redirect, type, compression, revalidation and missing page are as on Netlify."""
    status, headers = get(f"{served.url}/", **{"Accept-Encoding": "gzip, br"})
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=UTF-8")
    assert headers["Content-Encoding"] == "br"
    assert int(headers["Content-Length"]) < (site / "index.html").stat().st_size
    assert get(f"{served.url}/", **{"If-None-Match": headers["ETag"]})[0] == 304
    assert "Content-Encoding" not in get(f"{served.url}/")[1]
    assert "LinkChecker" not in headers
    assert get(f"{served.url}/quiz?a=1")[0] == 200
    came = [(request.path, request.query, request.status) for request in served.requests[-2:]]
    assert came == [("/quiz", "a=1", 301), ("/quiz/", "a=1", 200)]
    assert get(f"{served.url}/../../etc/passwd")[0] == 404
    assert get(f"{served.url}/{'x' * 5000}")[0] == 404
    assert get(f"{served.url}/%00")[0] == 404


def test_redirects_work_as_on_the_host(tmp_path: Path) -> None:
    """A rule answers where no file does, or always if forced; a 200 keeps the address."""
    rules = """
[build]
command = ""
publish = ""
environment = {}
[[headers]]
for = "/:one/b"
values = {X-One = "1"}
[[redirects]]
from = "/old/*"
to = "/:splat"
[[redirects]]
from = "/new"
to = "/elsewhere"
[[redirects]]
from = "/forced"
to = "/new"
status = 302
force = true
[[redirects]]
from = "/same"
to = "/new"
status = 200
"""
    for name in ("new", "forced", "404.html"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    with serve(tmp_path, parse(rules)) as served:
        assert served.find("/old/a/b") == (301, "/a/b")
        assert served.find("/new") == (200, tmp_path / "new")
        assert served.find("/forced") == (302, "/new")
        assert served.find("/same") == (200, tmp_path / "new")
        assert served.find("/none") == (404, tmp_path / "404.html")
        assert "X-One" in get(f"{served.url}/a/b")[1]
        assert "X-One" not in get(f"{served.url}/a/c/b")[1]
