"""The built pages, parsed once for all tests of this folder."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.support.reading import read


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of the built site by its address, /404.html among them. Nothing changes them."""
    return {
        f"/{file.relative_to(site).as_posix().removesuffix('index.html')}": read(
            file.read_text("utf-8")
        )
        for file in sorted(site.rglob("*.html"))
    }
