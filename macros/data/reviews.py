"""Who has reviewed the site, as ``docs/data/reviews.yml`` has it, and what is put before them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from .pages import Pages
from .records import Day, Line, Matching, Problem, Record, Ref, duplicates

PARTS = ("quiz", "helplines")
"""What a review may cover besides pages and sections."""

Part = Annotated[
    str,
    Matching(
        rf"^({'|'.join(PARTS)}|[a-z0-9-]+(/[a-z0-9-]+)*\.md(#[a-z][a-z0-9-]*)?)\Z",
        "must be quiz, helplines, or a page or section like care.md or care.md#plan",
    ),
]
"""``quiz``, ``helplines``, or a page or section of this site."""


class Review(Record):
    """What one person read, and when.

    ``who`` is a role ("a domestic-abuse advocate"), and a name only if that person agreed to it.
    ``edition`` is printed on the review sheet: it tells whether the words have changed since.
    """

    date: Day
    who: Line
    what: tuple[Part, ...]
    edition: Annotated[
        str, Matching(r"^[0-9a-f]{8}\Z", "must be the eight characters printed on the review sheet")
    ]
    notes: Line | None = None


class Reviews(Record):
    """The whole file. ``passages`` are the pages and sections a review sheet has in full."""

    passages: tuple[Ref, ...]
    reviews: tuple[Review, ...]


def problems(record: Reviews) -> Iterator[Problem]:
    """Passages that stand twice, and reviews of nothing or out of order."""
    for index in duplicates(record.passages):
        yield Problem(("passages", index), "stands here twice; keep one")
    for n, review in enumerate(record.reviews):
        if not review.what:
            yield Problem(("reviews", n, "what"), "is empty; say what was read, like [quiz]")
        for index in duplicates(review.what):
            yield Problem(("reviews", n, "what", index), "stands here twice; keep one")
        if n and review.date > record.reviews[n - 1].date:
            yield Problem(("reviews", n, "date"), "is later than the one above; newest comes first")


def ref_problems(record: Reviews, pages: Pages) -> Iterator[Problem]:
    """Pages and sections that do not exist."""
    for n, ref in enumerate(record.passages):
        if error := pages.ref_error(ref):
            yield Problem(("passages", n), error)
    for n, review in enumerate(record.reviews):
        for k, part in enumerate(review.what):
            if part not in PARTS and (error := pages.ref_error(part)):
                yield Problem(("reviews", n, "what", k), error)
