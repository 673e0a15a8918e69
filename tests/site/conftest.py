"""The built pages, each parsed once for all tests of this folder."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.support.journeys import addresses, html
from tests.support.reading import Lazy, read


@pytest.fixture(scope="session")
def pages(site: Path) -> Mapping[str, BeautifulSoup]:
    """Every English page by its address, /404.html among them. Nothing changes them."""
    return Lazy(addresses(site), lambda address: read(html(site, address)))


@pytest.fixture(scope="session")
def spanish(site: Path) -> Mapping[str, BeautifulSoup]:
    """Every page of the Spanish site by its address, below /es/. Nothing changes them."""
    return Lazy(addresses(site, "es"), lambda address: read(html(site, address)))
