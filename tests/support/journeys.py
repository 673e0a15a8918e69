"""The pages of the site, and responses that lead a reader through all of the quiz."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path

from macros.data.addresses import address
from macros.languages import languages
from macros.quiz.outcomes import outcomes_for, visited
from macros.site import Site
from tests.support.netlify import ROOT
from tests.support.records import read_records
from tests.support.responses import Given

SITE: Site = read_records()
QUIZ = SITE.quiz

ADDRESSES = [*sorted(address(path) for path in SITE.pages), "/404.html"]
"""Every page of the site."""

PUBLIC = "http://127.0.0.1:8000"
"""The address a build without URL calls its own."""

# One page of each kind: what stands on it, and which scripts it loads, differs.
KINDS = ("/", "/talk/", "/help/", "/find/", "/quiz/", "/404.html")


# With these, one page at least for each class of element (test_visits holds it).
SAMPLE = (
    *KINDS,
    *("/now/", "/care/", "/practice/", "/list/", "/sources/", "/look-honestly/"),
    *(f"/counselors/{tool}/" for tool in ("quiz", "practice", "list", "code", "links")),
)


FEW = (*KINDS, "/practice/", "/list/", "/counselors/links/")
"""For what takes longest to look at: in make test these, in make thorough every page."""

GIVEN_OUT = {entry.page: entry.ids for entry in SITE.permalinks.ledger.pages}
"""Each page given out, and the ids on it."""

OPENED_BY_ADDRESS = ("/quiz/", "/practice/", "/list/")
"""Pages whose script looks at the address as it opens."""


def addresses(site: Path, language: str = "en") -> list[str]:
    """Return the address of every page of a built site in a language, the 404 page included."""
    files = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    there = [f"/{name.removesuffix('index.html')}" for name in files]
    others = tuple(f"/{code}/" for code in languages(ROOT) if code != "en")
    if language != "en":
        return [address for address in there if address.startswith(f"/{language}/")]
    return [address for address in there if not address.startswith(others or "//")]


def html(site: Path, address: str) -> str:
    """Return a page as it is sent."""
    file = site / f".{address}{'index.html' if address.endswith('/') else ''}"
    return file.read_text("utf-8")


@cache
def witnesses() -> dict[str, Given]:
    """Return for each outcome the fewest responses that lead to it.

    Raises LookupError if one takes responses to more than three items: search deeper then.
    """
    found: dict[str, Given] = {}
    for given in _few():
        for result in outcomes_for(QUIZ, given):
            found.setdefault(result.outcome.id, given)
        if len(found) == len(QUIZ.outcomes):
            return found
    raise LookupError({outcome.id for outcome in QUIZ.outcomes} - set(found))


def _few() -> Iterator[Given]:
    """Nothing, then one option each of one item, of two, of three that rules name."""
    named = {item for outcome in QUIZ.outcomes for rule in outcome.when for item in rule}
    items = [item for item in QUIZ.items if item.id in named]
    for depth in range(4):
        for chosen in combinations(items, depth):
            for options in product(*(item.options for item in chosen)):
                pairs = zip(chosen, options, strict=True)
                yield {item.id: frozenset({option.id}) for item, option in pairs}


def longest() -> Given:
    """Return a response to every item: the second option, or the last that skips nothing."""
    chosen = {i.id: [o for o in i.options if not o.skip_to][:2][-1].id for i in QUIZ.items}
    given = {item: frozenset({option}) for item, option in chosen.items()}
    assert len([*visited(QUIZ, given)]) == len(QUIZ.items)
    return given
