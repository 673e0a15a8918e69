"""Add the pages and sections that are new to the ledger of addresses: ``make permalinks``."""

from __future__ import annotations

import sys
from pathlib import Path

from .permalinks import PATH, grown
from .records import RecordError
from .site import read_site


def main(root: Path) -> int:
    """Add what is new and print it. A site with faults is left alone, and its faults printed."""
    try:
        links = read_site(root).permalinks
    except RecordError as error:
        print(error, file=sys.stderr)
        return 1
    new = links.unlisted()
    (root / PATH).write_text(grown(links.ledger, new), "utf-8")
    for page, ids in new.items():
        print(page, *(f"#{name}" for name in ids))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent))
