"""The copy for a disk: whole, and the same each time it is made."""

import hashlib
import os
import re
import stat
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from macros.publish.offline import NAME, pack
from tests.support.builds import run

FILE = f"{NAME}.zip"


def broken(folder: Path) -> list[str]:
    """Return the links of a folder of pages that lead to no file or no id in it."""
    pages = {f: BeautifulSoup(f.read_text("utf-8"), "html.parser") for f in folder.rglob("*.html")}
    files = {*folder.rglob("*")}
    ids = {file: {str(tag["id"]) for tag in page.select("[id]")} for file, page in pages.items()}
    found = []
    for file, page in pages.items():
        for tag in page.select("[href]:not([rel=canonical], template *), [src]:not(template *)"):
            target = str(tag.get("href", tag.get("src")))
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            there = file
            if parts.path:
                there = Path(os.path.normpath(file.parent / unquote(parts.path)))
            known = there in files and there.suffix
            if not known or (parts.fragment and parts.fragment not in ids[there]):
                found.append(f"{file.relative_to(folder)}: {target}")
    return found


def test_every_link_of_the_copy_names_a_file_in_it(copy: Path) -> None:
    """Down to the id."""
    assert broken(copy) == []


def test_the_copy_has_every_page(site: Path, copy: Path) -> None:
    """As many as the site, less what only a server needs."""
    online = {f.relative_to(site).as_posix() for f in site.rglob("index.html")}
    flat = {re.sub(r"/index\.html$", ".html", name) for name in online}
    copied = {f.relative_to(copy).as_posix() for f in copy.rglob("*.html")}
    assert {re.sub(r"/index\.html$", ".html", name) for name in copied} == flat
    assert not list(copy.rglob("*.xml")) + list(copy.rglob("404.html")) + list(copy.rglob("*.gz"))


def test_the_checksum_is_that_of_the_zip(site: Path) -> None:
    """As published, in the form that sha256sum reads."""
    digest = hashlib.sha256((site / "offline" / FILE).read_bytes()).hexdigest()
    assert (site / "offline" / f"{FILE}.sha256").read_text() == f"{digest}  {FILE}\n"


def test_the_zip_holds_plain_files_in_one_folder(site: Path) -> None:
    """Nothing unpacks outside that folder, runs, or points elsewhere."""
    with zipfile.ZipFile(site / "offline" / FILE) as packed:
        for entry in packed.infolist():
            assert entry.filename.startswith(f"{NAME}/") and ".." not in entry.filename
            assert stat.S_IMODE(entry.external_attr >> 16) == 0o644


def test_the_command_makes_the_zip_that_the_site_offers(project: Path, site: Path) -> None:
    """`make offline`, in a copy of the project: not a byte differs; one word more, and it does."""
    done = run(project, "macros", "offline")
    assert done.returncode == 0, done.stdout
    made = project / "dist/offline"
    assert (made / FILE).read_bytes() == (site / "offline" / FILE).read_bytes()
    digest = hashlib.sha256((made / FILE).read_bytes()).hexdigest()
    assert done.stdout.startswith(f"{digest}  {FILE}\n")
    page = made / NAME / "talk.html"
    page.write_text(page.read_text("utf-8") + " ", "utf-8")
    pack(made / NAME, made)
    assert (made / FILE).read_bytes() != (site / "offline" / FILE).read_bytes()


def test_the_edition_of_a_page_is_the_same_on_disk(site: Path, copy: Path) -> None:
    """Where a copy is read changes its links, not its words."""
    for online in site.rglob("index.html"):
        folder = online.parent.relative_to(site).as_posix()
        there = copy / f"{folder}.html"
        if folder == "." or not there.exists():
            there = copy / folder / "index.html"
        found = [
            re.findall(r"Edi(?:tion|ción) ([0-9a-f]{8})", file.read_text("utf-8"))
            for file in (online, there)
        ]
        if folder not in (
            "counselors",
            "es/counselors",
        ):  # which offers the copy, or says that it is one
            assert found[0] == found[1] and len(found[0]) == 1, folder
