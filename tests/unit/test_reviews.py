"""What is wrong with a list of reviews is told with its line."""

import pytest

from macros.data.records import Problem, RecordError
from macros.data.reviews import Reviews, problems, ref_problems
from macros.data.yaml_reader import parse
from macros.site import Site

GOOD = """\
passages:
  - care.md
reviews:
  - date: 2027-02-03
    who: A domestic-abuse advocate
    what: [care.md#plan, quiz, helplines]
    edition: 0123abcd
  - date: 2027-01-03
    who: A couples therapist
    what: [counseling.md]
    edition: 0123abcd
    notes: Asked for one change. It was made.
"""


def told(text: str, site: Site) -> list[str]:
    """Every error of a list, those that stop it from being read or those found afterward."""
    try:
        document = parse(text, Reviews, "reviews.yml")
    except RecordError as error:
        return list(error.lines)
    found: list[Problem] = [*problems(document.record), *ref_problems(document.record, site.pages)]
    return document.errors(found)


def test_a_good_list_is_read(records: Site) -> None:
    assert told(GOOD, records) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("quiz, helplines", "quizz", "6: reviews > entry 1 > what > entry 2: must be"),
        (
            "care.md#plan",
            "care.md#plans",
            "6: reviews > entry 1 > what > entry 1: care",
        ),
        ("  - care.md\n", "  - cares.md\n", "2: passages > entry 1: there is no page"),
        (
            "  - care.md\n",
            "  - care.md\n  - care.md\n",
            "3: passages > entry 2: stands",
        ),
        ("[counseling.md]", "[]", "10: reviews > entry 2 > what: is empty"),
        ("[counseling.md]", "[quiz, quiz]", "10: reviews > entry 2 > what > entry 2"),
        ("2027-01-03", "2027-03-03", "8: reviews > entry 2 > date: is later"),
        ("2027-01-03", "soon", "8: reviews > entry 2 > date: must be a date"),
        (
            "    edition: 0123abcd\n  - date",
            "  - date",
            "4: reviews > entry 1 > edition",
        ),
        ("    who: A couples therapist\n", "    who:\n", "9: reviews > entry 2 > who"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, says: str, records: Site) -> None:
    assert GOOD.count(old) == 1 or "edition" in old
    (line,) = told(GOOD.replace(old, new, 1), records)
    assert line.startswith(f"reviews.yml:{says}")
