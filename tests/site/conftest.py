"""The built pages, each parsed once for all tests of this folder."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.support.journeys import addresses
from tests.support.reading import read


class Parsed(Mapping[str, BeautifulSoup]):
    """The built pages of a language by address, each parsed when it is first asked for."""

    def __init__(self, site: Path, language: str) -> None:
        self.site, self.language = site, language
        self._read: dict[str, BeautifulSoup] = {}

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """All of them, in order."""
        return tuple(addresses(self.site, self.language))

    def __getitem__(self, address: str) -> BeautifulSoup:
        if address not in self._read:
            if address not in self.addresses:
                raise KeyError(address)
            file = address[1:] if address.endswith(".html") else f"{address[1:]}index.html"
            self._read[address] = read((self.site / file).read_text("utf-8"))
        return self._read[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self.addresses)

    def __len__(self) -> int:
        return len(self.addresses)


@pytest.fixture(scope="session")
def pages(site: Path) -> Parsed:
    """Every English page by its address, /404.html among them. Nothing changes them."""
    return Parsed(site, "en")


@pytest.fixture(scope="session")
def spanish(site: Path) -> Parsed:
    """Every page of the Spanish site by its address, below /es/. Nothing changes them."""
    return Parsed(site, "es")
