"""The records that the project's own site is made from."""

from functools import cache

from macros.site import Site, read_site
from tests.support.netlify import ROOT


@cache
def read_records() -> Site:
    """Pages, quiz, sources, helplines and all else, read and checked once in each process."""
    return read_site(ROOT)
