"""Anyone can rebuild the site bit for bit, anywhere, on any day."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from macros.site import read_site
from tests.support.netlify import ROOT

SOURCES = ("docs", "macros", "overrides", "tests", "mkdocs.yml", "netlify.toml")

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
    project = work / "a folder with a longer name" / "project"
    project.mkdir(parents=True)
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, project / name)
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4242",
        "NO_MKDOCS_2_WARNING": "1",
    }
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"} | elsewhere
    site = work / "site"
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER_DAY, "build", "--strict", "--site-dir", str(site)],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    copy = [sys.executable, "-m", "macros", "offline", str(site)]
    subprocess.run(copy, cwd=project, env=environment, check=True)
    return site


def test_a_build_elsewhere_and_on_another_day_is_the_same(site: Path, tmp_path: Path) -> None:
    """Folder, time zone, language, hash seed and date change no byte of any file."""
    assert contents(rebuilt(tmp_path)) == contents(site)


def test_no_file_names_the_day_or_the_folder_it_was_built_in(site: Path) -> None:
    """The sitemap has the days of the reviews, and nothing says where it was made."""
    reviewed = {page.meta.reviewed for page in read_site(ROOT).pages.values()}
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    dates = {part.split("<")[0] for part in sitemap.split("<lastmod>")[1:]}
    assert dates == reviewed
    for file in site.rglob("*"):
        if file.is_file():
            assert not [p for p in (ROOT, site) if str(p).encode() in file.read_bytes()], file


def test_a_difference_would_be_seen(site: Path, tmp_path: Path) -> None:
    """One changed byte, one missing and one added file each make two sites differ."""
    for change in ("changed", "missing", "added"):
        copy = tmp_path / change
        shutil.copytree(site, copy)
        if change == "changed":
            page = copy / "index.html"
            page.write_bytes(page.read_bytes() + b" ")
        elif change == "missing":
            (copy / "404.html").unlink()
        else:
            (copy / "new.html").touch()
        assert contents(copy) != contents(site), change
