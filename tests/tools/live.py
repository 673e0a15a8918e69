"""What needs network and calendar: links to others, ages, vulnerabilities, the live site.

    make live                          before a review, and once a month
    make live URL=https://the.site     after a deploy: compares the live site too

Prints a line for each thing to do. Exit code 0: nothing to do; 1: something; 2: the network could
not be reached, so links, vulnerabilities and the live site are not known.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPMessage
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

from bs4 import BeautifulSoup, SoupStrainer

from macros.publish.assets import VENDOR
from macros.publish.assets import vendored as vendored_script
from macros.site import Site, read_site
from tests.support.builds import build
from tests.support.journeys import addresses
from tests.support.netlify import ROOT, load

LINKS = SoupStrainer("a", href=re.compile(r"^https?://"))
REVIEW_DAYS = 365
HELPLINE_DAYS = 90
PATIENCE = 20
LOCKS = ("requirements.txt", "requirements-test.txt")
# Sites that turn programs away answer with these. A person must look.
NO_PROGRAMS = {401, 403, 405, 406, 429, 503, 999}


class NoNetwork(Exception):
    """No other host can be reached."""


# Ages


def due(site: Site, today: date) -> Iterator[str]:
    """Say which reviews and confirmations are too old, or have no date at all."""
    for page in site.pages.values():
        if (days := (today - page.meta.reviewed).days) > REVIEW_DAYS:
            yield f"docs/en/{page.path}: reviewed {days} days ago"
    for country in site.helplines.countries:
        for line in country.lines:
            day = line.confirmed.date
            if day is None:
                yield f"docs/data/helplines.yml: {line.id}: confirmed from an undated page"
            elif (days := (today - _first_day(day)).days) > HELPLINE_DAYS:
                yield f"docs/data/helplines.yml: {line.id}: confirmed {days} days ago ({day})"


def _first_day(day: str) -> date:
    """Return the first day of a year (2024) or of a month (2024-11)."""
    return date.fromisoformat(f"{day}-01-01"[:10])


# Links


def links(site: Path) -> list[str]:
    """Return every address on another host that a built site links to."""
    found = {
        str(link["href"]).partition("#")[0]
        for file in site.rglob("*.html")
        for link in BeautifulSoup(file.read_text("utf-8"), "html.parser", parse_only=LINKS)
    }
    return sorted(found)


def broken(found: list[str]) -> Iterator[str]:
    """Say which links do not lead to a page. Raises NoNetwork if no host at all answered."""
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(found, pool.map(_answer, found), strict=True))
    if found and all(isinstance(answer, str) for answer in answers.values()):
        raise NoNetwork(next(iter(answers.values())))
    for address, answer in answers.items():
        if answer in NO_PROGRAMS:
            yield f"{address}: turns programs away ({answer}); look by hand"
        elif answer != 200:
            yield f"{address}: {answer}"


def _answer(address: str) -> int | str:
    """Ask for an address; return the status, or in words why there was no answer."""
    try:
        with urlopen(Request(address, headers={"User-Agent": "link check"}), timeout=PATIENCE) as a:
            return int(a.status)
    except HTTPError as error:
        return error.code
    except (URLError, OSError, ValueError) as error:
        return f"no answer: {getattr(error, 'reason', error)}"


# Known vulnerabilities


def vulnerabilities() -> Iterator[str]:
    """Ask pip-audit about each lock; say what it found, and what it could not find out."""
    for lock in LOCKS:
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", "--requirement", lock, "--require-hashes"]
            + ["--disable-pip", "--format", "json", "--progress-spinner", "off"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        yield from audited(lock, done.stdout, done.stderr)


def vendored() -> Iterator[str]:
    """Say which scripts of others are not what the registry has, or have a newer version."""
    for folder in sorted(path.parent for path in VENDOR.glob("*/vendor.toml")):
        known = vendored_script(folder)
        package = json.loads(_registry(known.package))
        published = package["versions"][known.version]["dist"]
        name = f"macros/vendor/{folder.name}"
        if published["integrity"] != known.integrity:
            yield f"{name}: the registry has another package as {known.version}"
            continue
        packed = _registry(f"{known.package}/-/{known.package}-{known.version}.tgz")
        hashed = b64encode(hashlib.sha512(packed).digest()).decode()
        if f"sha512-{hashed}" != known.integrity:
            yield f"{name}: the package is not what the registry says it is"
        with tarfile.open(fileobj=io.BytesIO(packed)) as files:
            script = files.extractfile(known.file)
            if not script or hashlib.sha256(script.read()).hexdigest() != known.sha256:
                yield f"{name}: {known.file} of {known.version} is another script"
        if (latest := package["dist-tags"]["latest"]) != known.version:
            yield f"{name}: {latest} is out; here is {known.version}"


def _registry(path: str) -> bytes:
    """Return a file of the registry. Raises NoNetwork."""
    try:
        with urlopen(f"https://registry.npmjs.org/{path}", timeout=PATIENCE) as answer:
            return bytes(answer.read())
    except URLError as error:
        raise NoNetwork(str(error.reason)) from None


def audited(lock: str, report: str, said: str = "") -> Iterator[str]:
    """Read pip-audit's report. What it skipped is an error here, as a vulnerability is."""
    try:
        found = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        yield f"{lock}: pip-audit gave no report: {said.strip()[-300:]}"
        return
    if not found:
        yield f"{lock}: pip-audit looked at nothing"
    for package in found:
        if "skip_reason" in package:
            yield f"{lock}: {package['name']}: not audited: {package['skip_reason']}"
        for known in package.get("vulns", []):
            fixed = ", ".join(known.get("fix_versions", [])) or "no release yet"
            yield f"{lock}: {package['name']} {package['version']}: {known['id']}, fixed in {fixed}"


# The live site


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:  # type: ignore[override]
        return None


def drift(url: str, site: Path) -> Iterator[str]:
    """Compare every file of a live site with the same build here: bytes, headers, no cookie."""
    promised = load()
    pages = {f"/{name}" for name in (f.relative_to(site).as_posix() for f in _files(site))}
    for path in sorted(pages):
        address = path.removesuffix("index.html")
        status, headers, body = _fetch(url + address)
        if status != 200:
            yield f"{address}: status {status}"
            continue
        if body != (site / path[1:]).read_bytes():
            yield f"{address}: not the bytes of this build (something was added on the way?)"
        for name, value in promised.headers_for(address).items():
            if (sent := headers.get(name)) != value:
                yield f"{address}: {name} is {sent!r}"
        if "Set-Cookie" in headers:
            yield f"{address}: sets a cookie"
    status, headers, body = _fetch(f"{url}/no-such-page")
    if status != 404 or body != (site / "404.html").read_bytes():
        yield f"/no-such-page: status {status}, or not our page for it"
    if (
        headers.get("Content-Security-Policy")
        != promised.headers_for("/x")["Content-Security-Policy"]
    ):
        yield "/no-such-page: without our policy"
    if url.startswith("https://"):
        plain = "http://" + url.removeprefix("https://")
        status, headers, _ = _fetch(plain + "/")
        if status // 100 != 3 or not (headers.get("Location") or "").startswith(url):
            yield f"{plain}: does not lead to https (status {status})"


def _files(site: Path) -> Iterator[Path]:
    """Every file a host serves; the 404 page has no address of its own."""
    return (f for f in sorted(site.rglob("*")) if f.is_file() and f.name != "404.html")


def _fetch(address: str) -> tuple[int, HTTPMessage, bytes]:
    """Ask for an address as it is, uncompressed and without following redirects."""
    request = Request(address, headers={"Accept-Encoding": "identity", "User-Agent": "live check"})
    try:
        with build_opener(_NoRedirect).open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()
    except OSError as error:
        raise NoNetwork(f"{address}: {error}") from None


def main() -> int:
    """Run all checks; print what is to be done."""
    url = os.environ.get("URL", "").rstrip("/")
    outstanding, unreached = 0, 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        done = build(site)
        if done.returncode:
            print(done.stdout)
            return 1
        found = links(site)
        print(f"{len(addresses(site))} pages, {len(found)} links to others")
        checks = {
            "Due": due(read_site(ROOT), date.today()),
            "Links to others": broken(found),
            "Known vulnerabilities": vulnerabilities(),
            "Scripts of others": vendored(),
        }
        if url:
            checks[f"The live site {url}"] = drift(url, site)
        for name, lines in checks.items():
            print(f"\n{name}")
            count = 0
            try:
                for count, line in enumerate(lines, start=1):  # noqa: B007
                    print(f"  {line}")
            except NoNetwork as reason:
                unreached += 1
                print(f"  NOT CHECKED: the network cannot be reached ({reason})")
            else:
                print("" if count else "  nothing to do")
            outstanding += count
    if not url:
        print("\nThe live site: not compared (make live URL=https://…)")
    print(f"\n{outstanding} to do, {unreached} not checked, {time.monotonic() - started:.0f} s")
    return 2 if unreached else bool(outstanding)


if __name__ == "__main__":
    sys.exit(main())
