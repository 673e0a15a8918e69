"""The built pages, parsed once for all tests of this folder."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.support.journeys import addresses
from tests.support.reading import read


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every English page by its address, /404.html among them. Nothing changes them."""
    return parsed(site, "en")


@pytest.fixture(scope="session")
def spanish(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of the Spanish site by its address, below /es/. Nothing changes them."""
    return parsed(site, "es")


def parsed(site: Path, language: str) -> dict[str, BeautifulSoup]:
    """The built pages of a language, by address."""
    return {
        address: read(
            (site / address[1:] / ("" if address.endswith(".html") else "index.html")).read_text(
                "utf-8"
            )
        )
        for address in addresses(site, language)
    }
