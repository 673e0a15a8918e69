"""Every link of the built site leads somewhere, down to the anchor."""

import csv
import io
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
