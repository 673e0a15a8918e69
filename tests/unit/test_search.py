"""The words of the search: each error has its line, and the index holds what the file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.data import search
from macros.data.records import RecordError
from macros.data.yaml_reader import parse
from macros.publish import assets
from macros.publish.search import index, line, services
from macros.site import Site, read_site
from tests.support.netlify import ROOT

WORDS = """skip: [the, of]
common: [not, me]
endings: [ing, ed, s]
whole: [scared, they]
same:
  - id: they
    words: [he, she]
topics:
  - id: silence
    leads: [situations/silence.md]
    words: [blocked, not answer]
help:
  - id: partner
    heading: Help
    says: Now.
    topics: [partner]
    leads: [care.md]
    words: [they hit me]
otherwise: []
finals: eyi
not_with_help: []
"""


def record(text: str = WORDS) -> search.Search:
    return parse(text, search.Search, "search.yml").record


def errors(text: str) -> list[str]:
    document = parse(text, search.Search, "search.yml")
    return document.errors(search.problems(document.record))


def test_the_sample_has_no_error() -> None:
    """So that each error below is the planted one."""
    assert errors(WORDS) == []


@pytest.mark.parametrize(
    ("before", "after", "error"),
    [
        ("skip: [the, of]", "skip: [the, the]", 'search.yml:1: skip > entry 2: "the" stands twice'),
        ("common: [not, me]", "common: [not, not]", 'search.yml:2: common > entry 2: "not" stands'),
        (
            "words: [he, she]",
            "words: [he, he]",
            'search.yml:7: same > they > words > entry 2: "he"',
        ),
        (
            "words: [blocked, not answer]",
            "words: [blocked, blocked]",
            'search.yml:11: topics > silence > words > entry 2: "blocked" stands twice',
        ),
        (
            "words: [blocked, not answer]",
            "words: [blocked, me]",
            'search.yml:11: topics > silence > words > entry 2: "me" tells nothing alone',
        ),
        (
            "words: [they hit me]",
            "words: [the]",
            'search.yml:18: help > partner > words > entry 1: "the" tells nothing alone',
        ),
        (
            "leads: [care.md]",
            "leads: [care.md, care.md]",
            "search.yml:17: help > partner > leads > entry 2: stands here twice",
        ),
    ],
)
def test_an_error_has_its_line(before: str, after: str, error: str) -> None:
    """And says which word it is about."""
    assert before in WORDS
    (found,) = errors(WORDS.replace(before, after, 1))
    assert found.startswith(error)


def test_a_place_that_does_not_exist_is_an_error(project: Path) -> None:
    """With the file and the line."""
    file = project / "docs/data/search.yml"
    file.write_text(
        file.read_text("utf-8").replace("leads: [talk.md,", "leads: [walk.md,", 1), "utf-8"
    )
    with pytest.raises(RecordError) as caught:
        read_site(project)
    (found,) = caught.value.lines
    assert "docs/data/search.yml:" in found and "there is no page walk.md" in found


@pytest.mark.parametrize(
    ("word", "stem"),
    [("hits", "hit"), ("hitting", "hit"), ("blocked", "block"), ("scared", "scared"), ("is", "is")],
)
def test_endings_are_taken_off(word: str, stem: str) -> None:
    """But not from words that are kept whole or would be too short."""
    assert record().stem(word) == stem


def test_how_a_word_is_typed_does_not_matter() -> None:
    """Capitals, accents, apostrophes and letters held down."""
    assert search.plain_words("He\u2019s my FIANC\u00c9, soooo \u201cdone\u201d!") == [
        "he", "my", "fiance", "so", "done",
    ]  # fmt: skip


def test_a_phrase_keeps_the_words_that_make_it_one() -> None:
    """Words that never count go, unless nothing telling would be left."""
    assert record().phrase("blocked the door") == ("block", "door")
    assert record().phrase("not the") == ("not", "the")


def test_the_index_knows_places_by_number(records: Site) -> None:
    """In the order of the list they stand on; what is not on the list is left out."""
    found = index(record(), records.pages, ["talk.md", "situations/silence.md"])
    assert found["topics"] == [[[1], "block,not answer", ""]]
    assert found["help"] == [[[], "they hit me", ""]]


def test_a_longer_phrase_is_left_out_where_a_shorter_one_matches(records: Site) -> None:
    """It would only weigh."""
    text = WORDS.replace("[they hit me]", "[hit me, he hit me, hit]")
    assert index(record(text), records.pages, [])["help"] == [[[], "hit", ""]]


def test_every_page_says_what_it_answers(records: Site) -> None:
    """In the first sentence of its lead."""
    lines = [line(records.pages, path) for path in records.pages]
    assert all(one and len(one) <= 120 and one[-1] in ".?" for one in lines)


def test_phrases_that_begin_alike_share_their_first_word(records: Site) -> None:
    """It stands once, and the others after a slash."""
    text = WORDS.replace("[blocked, not answer]", "[not answer, not reply, blocked]")
    assert index(record(text), records.pages, [])["topics"][0][1] == "block,not answer/repl"


def test_help_is_for_everyone_where_a_line_is(records: Site) -> None:
    """Elsewhere each line says whom it is for."""
    found = services(records.helplines.countries, ["partner"])
    for country in records.helplines.countries:
        offered = found[country.id]
        assert not any(one.whom for one in offered) or all(one.whom for one in offered)
    assert [one.name for one in found["us"]] == ["National Domestic Violence Hotline"]
    assert {one.whom for one in found["gb"]} >= {"women in England", "Scotland", "Wales", "men"}


def test_a_vendored_script_is_the_published_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """One changed letter stops the build; our joined script carries its license."""
    assert "MIT" in assets.script(assets.COMPONENTS / "find/find.js")
    original = Path.read_bytes
    monkeypatch.setattr(
        Path,
        "read_bytes",
        lambda path: (
            original(path).replace(b"pv", b"pw", 1)
            if path.is_relative_to(assets.VENDOR)
            else original(path)
        ),
    )
    with pytest.raises(ValueError, match="is not the file of version"):
        assets.script(assets.COMPONENTS / "find/find.js")


@pytest.mark.parametrize("folder", sorted(p.parent for p in assets.VENDOR.glob("*/vendor.toml")))
def test_a_vendored_script_has_version_license_and_hash(folder: Path) -> None:
    """And the license itself beside it."""
    known = assets.vendored(folder)
    assert known.version and known.license and len(known.sha256) == 64
    assert known.integrity.startswith("sha512-")
    assert list(folder.glob("LICENSE*"))


def test_the_phrases_of_the_tests_are_not_the_index() -> None:
    """Every file the search is made from is in docs/data."""
    assert "phrases.yml" not in (ROOT / "docs/data/search.yml").read_text("utf-8")
