"""The copy of the site for a disk: a folder that needs no network, its zip and its checksum.

Links name files (``talk.html``) instead of folders, and nothing a server would have to answer
is in it. The zip is the same to the byte for the same site, so its checksum means something.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from pathlib import Path

NAME = "hold-on-or-let-go"
SERVED_ONLY = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What is of use only on a server."""


def build(config_file: Path, folder: Path) -> None:
    """Build the site into ``folder``, to be opened from there, in all its languages."""
    from mkdocs.commands.build import build as write
    from mkdocs.config import load_config

    configs = {folder: config_file}
    for file in sorted(config_file.parent.glob("mkdocs.*.yml")):
        configs[folder / file.name.split(".")[1]] = file
    for target, file in configs.items():
        write(load_config(str(file), use_directory_urls=False, site_dir=str(target)))
        for name in SERVED_ONLY:
            (target / name).unlink(missing_ok=True)


def pack(folder: Path, target: Path) -> None:
    """Write ``<NAME>.zip`` of ``folder``, and beside it its checksum as sha256sum reads it."""
    target.mkdir(parents=True, exist_ok=True)
    file = target / f"{NAME}.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            # A fixed date and fixed rights: the zip of the same site is the same file.
            entry = zipfile.ZipInfo(f"{NAME}/{path.relative_to(folder).as_posix()}")
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes(), compresslevel=9)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (target / f"{NAME}.zip.sha256").write_text(f"{digest}  {NAME}.zip\n", "utf-8")


def publish(config_file: Path, site: Path) -> None:
    """Put the zip and its checksum into a built site, where the counselors' page links to them."""
    with tempfile.TemporaryDirectory() as folder:
        build(config_file, Path(folder))
        pack(Path(folder), site / "offline")
