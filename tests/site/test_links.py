"""Every link of the built site leads somewhere, down to the anchor; one that does not is found."""

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.netlify import serve

# LinkChecker waits between requests unless both it and the server (linkchecker=True) allow more.
# It learns the latter from the first answer, so one thread at a time is twice as fast as many.
SETTINGS = """[AnchorCheck]
[filtering]
checkextern=0
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


def broken(site: Path, work: Path) -> set[tuple[str, str]]:
    """Check a folder of pages over http; return (page, link as written) of each link that fails.

    Every page is handed over by name: one nothing links to, such as the 404, counts as well.
    Links to other hosts are left to `make live`.
    """
    settings = work / "linkcheckerrc"
    settings.write_text(SETTINGS, encoding="utf-8")
    with serve(site, linkchecker=True) as served:
        pages = [
            f"{served.url}/{page.relative_to(site).as_posix().removesuffix('index.html')}"
            for page in sorted(site.rglob("*.html"))
        ]
        done = subprocess.run(
            [sys.executable, "-m", "linkcheck", "--config", str(settings), *pages],
            cwd=work,
            capture_output=True,
            text=True,
            check=False,
        )
        asked = {request.path for request in served.requests}
        missed = [page for page in pages if page.removeprefix(served.url) not in asked]
        if missed or done.returncode not in (0, 1):
            pytest.fail(f"linkchecker did not check {missed or 'anything'}:\n{done.stderr}")
    rows = csv.DictReader(io.StringIO(done.stdout))
    found = {(row["parentname"].removeprefix(served.url), row["urlname"]) for row in rows}
    assert bool(found) == bool(done.returncode), done.stdout
    return found


def test_every_link_leads_somewhere(site: Path, tmp_path: Path) -> None:
    """No page, anchor, picture, style or script is missing."""
    assert broken(site, tmp_path) == set()


def test_planted_faults_are_found(site: Path, tmp_path: Path) -> None:
    """A broken page, anchor, picture, style or script shows up, and nothing else does."""
    small = tmp_path / "site"
    small.mkdir()
    sound = '<a href="/404.html#here">a</a><a href="#here">a</a><img src="/icon.svg" alt="">'
    page = f'<!doctype html><html lang="en"><title>A</title><body id="here">{sound}</body>'
    (small / "404.html").write_text(page, encoding="utf-8")
    shutil.copy(*[*site.glob("assets/icon.*.svg")], small / "icon.svg")
    faults = {
        "/no-such-page/": '<a href="{}">a</a>',
        "#no-such-anchor": '<a href="{}">a</a>',
        "/404.html#no-such-anchor": '<a href="{}">a</a>',
        "/no-such-picture.png": '<img src="{}" alt="">',
        "/no-such-style.css": '<link rel="stylesheet" href="{}">',
        "/no-such-script.js": '<script src="{}"></script>',
    }
    planted = "".join(tag.format(link) for link, tag in faults.items())
    (small / "index.html").write_text(page.replace("</body>", f"{planted}</body>"), "utf-8")
    assert broken(small, tmp_path) == {("/", link) for link in faults}
