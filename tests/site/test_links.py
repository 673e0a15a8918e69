"""Every link of the built site leads somewhere, down to the anchor."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.support.builds import is_whole
from tests.support.netlify import Served, load, serve

Pages = Mapping[str, BeautifulSoup]

HOST = "https://site.example"
# LinkChecker waits between requests unless both it and the server (linkchecker=True) allow more.
# It learns the latter from the first answer, so one thread at a time is twice as fast as many.
SETTINGS = """[AnchorCheck]
[filtering]
checkextern=0
ignore=
{ignored}
[checking]
maxrequestspersecond=10000
threads=0
[output]
status=0
log=csv
[csv]
separator=,
parts=parentname,urlname,result,warning
"""
ELSEWHERE = ("/es/", "/offline/")
"""What the English pages lead to outside of them."""


def references(site: Path, pages: Pages) -> Iterator[tuple[str, str]]:
    """Every address that pages and styles name: where it is written, and as it is written."""
    for here, page in pages.items():
        for tag in page.select(
            ":is([href], [src], [action], [poster], [data], [srcset]):not(template *)"
        ):
            for name in ("href", "src", "action", "poster", "data"):
                if tag.has_attr(name):
                    yield here, str(tag[name])
            for candidate in str(tag.get("srcset", "")).split(","):
                yield from ((here, word) for word in candidate.split()[:1])
    for file in site.rglob("*.css"):
        for found in re.findall(r"url\(['\"]?([^)'\"]+)", file.read_text("utf-8")):
            yield f"/{file.relative_to(site).as_posix()}", found


def test_every_link_leads_somewhere(site: Path, pages: Pages, spanish: Pages) -> None:
    """No page, anchor, picture, style or script is missing, answered as the host would."""
    pages = {**pages, **spanish}
    host = Served(site, load())
    ids = {here: {str(tag["id"]) for tag in page.select("[id]")} for here, page in pages.items()}
    broken = []
    checked = 0
    for here, written in references(site, pages):
        there = urlsplit(urljoin(HOST + here, written))
        if f"{there.scheme}://{there.netloc}" != HOST:
            continue
        checked += 1
        path = unquote(there.path)
        status, found = host.find(path)
        if isinstance(found, str):
            path = urlsplit(urljoin(HOST + path, found)).path
            status, _ = host.find(path)
        if status != 200 or (there.fragment and unquote(there.fragment) not in ids[path]):
            broken.append(f"{here} has {written}")
    assert broken == []
    assert checked > 2_000


@pytest.mark.slow
def test_linkchecker_finds_no_broken_link(
    site: Path, tmp_path: Path, pages: Pages, spanish: Pages
) -> None:
    """Another program, over http, finds none either.

    It reads templates too, whose links a script completes when it draws them.

    Every page is handed over by name: one nothing links to, such as the 404, counts as well.
    Links to other hosts are left to `make live`.
    """
    settings = tmp_path / "linkcheckerrc"
    ignored = () if is_whole() else ELSEWHERE
    settings.write_text(SETTINGS.format(ignored="\n".join(f"  {a}" for a in ignored)), "utf-8")
    with serve(site, linkchecker=True) as served:
        addresses = [
            f"{served.url}/{page.relative_to(site).as_posix().removesuffix('index.html')}"
            for page in sorted(site.rglob("*.html"))
        ]
        done = subprocess.run(
            [sys.executable, "-m", "linkcheck", "--config", str(settings), *addresses],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        asked = {request.path for request in served.requests}
    assert [each for each in addresses if each.removeprefix(served.url) not in asked] == []
    assert done.returncode in (0, 1), done.stderr
    rows = csv.DictReader(io.StringIO(done.stdout))
    found = {(row["parentname"].removeprefix(served.url), row["urlname"]) for row in rows}
    waiting = {
        (here, str(tag["href"]))
        for here, page in {**pages, **spanish}.items()
        for template in page.find_all("template")  # which selectors do not look into
        for tag in template.find_all(href=True)
    }
    assert found - waiting == set()
    assert found or done.returncode == 0, done.stdout
