"""Anyone can rebuild the site bit for bit, anywhere, on any day."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.builds import is_whole
from tests.support.fault_injection import project
from tests.support.netlify import ROOT
from tests.support.records import read_records

# Runs MkDocs on another day: whatever asks for the date is told this one.
ANOTHER_DAY = """
import datetime, sys, time
class Another(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2031, 5, 17, 3, 4, 5, tzinfo=tz)
    utcnow = today = now
datetime.datetime = Another
time.time = lambda: 1936926245.0
from mkdocs.__main__ import cli
cli(sys.argv[1:])
"""


def contents(folder: Path) -> dict[str, str]:
    """Return the fingerprint of every file below a folder."""
    return {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def rebuilt(work: Path) -> Path:
    """Build a copy of the sources far away: folder, zone, language, seed, day; return the site."""
    root = project(work / "a folder with a longer name" / "project")
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4242",
        "NO_MKDOCS_2_WARNING": "1",
        "OFFLINE_COPY": "yes",
    }
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"} | elsewhere
    site = work / "site"
    configs = {"mkdocs.yml": site}
    if is_whole():
        configs["mkdocs.es.yml"] = site / "es"
    for config, target in configs.items():
        command = ["build", "--strict", "-f", config, "--site-dir", str(target)]
        done = subprocess.run(
            [sys.executable, "-c", ANOTHER_DAY, *command],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    if is_whole():
        copy = [sys.executable, "-m", "macros", "offline", str(site)]
        subprocess.run(copy, cwd=root, env=environment, check=True)
    return site


@pytest.mark.slow
def test_a_build_elsewhere_and_on_another_day_is_the_same(site: Path, tmp_path: Path) -> None:
    """Folder, time zone, language, hash seed and date change no byte of any file."""
    assert contents(rebuilt(tmp_path)) == contents(site)


def test_no_file_names_the_day_or_the_folder_it_was_built_in(site: Path) -> None:
    """The sitemap has the days of the reviews, and nothing says where it was made."""
    reviewed = {page.meta.reviewed.isoformat() for page in read_records().pages.values()}
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    dates = {part.split("<")[0] for part in sitemap.split("<lastmod>")[1:]}
    assert dates == reviewed
    for file in site.rglob("*"):
        if file.is_file():
            assert not [p for p in (ROOT, site) if str(p).encode() in file.read_bytes()], file
