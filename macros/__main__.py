"""The commands of the project, from ``check`` to ``review``.

They run as ``python -m macros check``; ``--help`` lists them.

Each prints what it did, or every error with its file and line, and exits with 1 on an error.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from . import gallery
from .data import catalog
from .data.addresses import address
from .data.records import RecordError
from .languages import begin, languages, read_edition
from .practice import proof as practice_proof
from .practice.model import Practice
from .publish import offline as disk_copy
from .publish import permalinks as links
from .publish.assets import COMPONENTS, style, stylesheets
from .quiz import editions, proof, schema
from .render import Renderer
from .site import read_site

ROOT = Path(__file__).resolve().parent.parent
PRACTICE_SCHEMA = "docs/data/practice.schema.json"


def check(root: Path) -> None:
    """Check pages and data files in every language, and the quiz over all responses.

    What was made from an older English is listed; it is no error.
    """
    for language in languages(root):
        edition = read_edition(root, language)
        print(*edition.behind, sep="\n", end="\n" if edition.behind else "")
        print(f"{language}: {len(edition.site.pages)} pages and their data are in order")


def prove(root: Path) -> None:
    """Print what was proved of the quiz over all responses, and of the scenes over all walks."""
    site = read_site(root)
    print("\n".join((*proof.report(site.quiz), "", *practice_proof.report(site.practice))))


def edition(root: Path, released: str) -> None:
    """Write the question file's edition into the history; with a date, stamp it as released.

    Raises ValueError when an edition that readers have would change.
    """
    site = read_site(root, editions_current=False)
    after = editions.with_entry(
        site.editions, site.quiz, date.fromisoformat(released) if released else None
    )
    (root / editions.FILE).write_text(editions.serialize(after), "utf-8")
    done = "stands as it was" if after == site.editions else "is written"
    print(f"{editions.FILE}: edition {site.quiz.edition} ({site.quiz.digest}) {done}")


def write_schema(root: Path) -> None:
    """Write the JSON Schemas of the question file and of the file of scenes."""
    made = {schema.FILE: schema.schema(), PRACTICE_SCHEMA: schema.schema(Practice)}
    for file, text in made.items():
        (root / file).write_text(text, "utf-8")
        print(f"{file} is written")


def permalinks(root: Path) -> None:
    """Add the pages and sections that are new to the ledger of addresses, and print them."""
    permalinks = read_site(root).permalinks
    new = permalinks.unlisted()
    (root / links.FILE).write_text(links.serialize(permalinks.ledger, new), "utf-8")
    for page, ids in new.items():
        print(page, *(f"#{name}" for name in ids))


def translation(root: Path, language: str) -> None:
    """Write what the languages lack, in English, to be translated; with a code, begin a new one."""
    for code in sorted({*languages(root)[1:], *([language] if language else [])}):
        for path in begin(root, code):
            print(f"{path} is written; put the words of the language in place of the English")
        waiting = catalog.update(root, code)
        print(f"{catalog.FILE.format(code)}: {waiting or 'no'} messages wait for a translation")


def offline(root: Path, site: str) -> None:
    """Write the copy for a disk, its zip and its checksum into dist/offline.

    With ``site``, the folder of a built site, write only zip and checksum, into that site. It is
    a second build, so it stands beside ``mkdocs build``: an author's rebuild need not wait for it.
    """
    config = root / "mkdocs.yml"
    if site:
        disk_copy.publish(config, Path(site))
        return
    target = root / "dist/offline"
    shutil.rmtree(target, ignore_errors=True)
    disk_copy.build(config, target / disk_copy.NAME)
    disk_copy.pack(target / disk_copy.NAME, target)
    print((target / f"{disk_copy.NAME}.zip.sha256").read_text(), end="")
    print(f"open {target / disk_copy.NAME / 'index.html'}")


def write_gallery(root: Path) -> None:
    """Write every component in each of its states into dist/gallery."""
    target = root / "dist/gallery"
    shutil.rmtree(target, ignore_errors=True)
    drawn = gallery.write(read_site(root), target)
    print(f"{len(drawn)} examples: open {target / 'index.html'}")


def write_review(root: Path) -> None:
    """Write what a therapist or an advocate is asked to check into dist/review."""
    home = os.environ.get("URL", "http://127.0.0.1:8000/").rstrip("/")
    renderer = Renderer(read_site(root), lambda ref: home + address(ref), home=home)
    target = root / "dist/review"
    target.mkdir(parents=True, exist_ok=True)
    (target / "review.html").write_text(renderer.review_sheet() + "\n", "utf-8")
    sheet = COMPONENTS / "review-sheet/review-sheet.css"
    (target / "review.css").write_text(style(stylesheets([sheet])), "utf-8")
    print(f"open {target / 'review.html'}")


def main(arguments: list[str]) -> int:
    """Run one command on the project this file is in; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, run in COMMANDS.items():
        command = commands.add_parser(name, help=(run.__doc__ or "").splitlines()[0])
        if name == "edition":
            command.add_argument("released", nargs="?", default="", help="a day, like 2026-12-01")
        if name == "translation":
            command.add_argument("language", nargs="?", default="", help="a new one, like fr")
        if name == "offline":
            command.add_argument("site", nargs="?", default="", help="the folder of a built site")
    given = vars(parser.parse_args(arguments))
    try:
        COMMANDS[given.pop("command")](ROOT, **given)
    except (RecordError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


COMMANDS: dict[str, Callable[..., None]] = {
    "check": check,
    "proof": prove,
    "edition": edition,
    "schema": write_schema,
    "permalinks": permalinks,
    "offline": offline,
    "translation": translation,
    "gallery": write_gallery,
    "review": write_review,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
