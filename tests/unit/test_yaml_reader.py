"""YAML files: what is refused whatever the file is about."""

from pathlib import Path

import pytest

from macros.data.records import Line, Number, Problem, Record, RecordError, YesNo, paragraphs
from macros.data.yaml_reader import MAX_BYTES, load, parse


class Thing(Record):
    """A record to try things with."""

    name: Line
    count: Number = 0
    sure: YesNo = False


class Things(Record):
    """A list of them."""

    things: tuple[Thing, ...]


def refused(text: str) -> list[str]:
    with pytest.raises(RecordError) as error:
        parse(text, Things, "f.yml")
    return list(error.value.lines)


def test_words_stay_words() -> None:
    things = parse("things:\n  - name: no\n  - name: 12:30\n  - name: ~\n", Things).record.things
    assert [thing.name for thing in things] == ["no", "12:30", "~"]


def test_all_errors_are_reported_at_once_each_with_its_line() -> None:
    text = "things:\n  - name:\n  - nam: x\n  - name: x\n    count: 1.5\n    sure: true\n"
    assert refused(text) == [
        "f.yml:2: things > entry 1 > name: is empty; fill it or take the key out",
        "f.yml:3: things > entry 2 > name: is missing; add it",
        "f.yml:3: things > entry 2 > nam: unknown key; check the spelling",
        "f.yml:5: things > entry 3 > count: must be a whole number, like 3",
        "f.yml:6: things > entry 3 > sure: must be yes or no",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "1: is empty"),
        ("# nothing\n", "1: is empty"),
        ("- a\n", "1: must be keys with values"),
        ("just words\n", "1: must be keys with values"),
        ("things: {}\n", "1: things: must be a list, one '- ' a line"),
        ("things: []\nthings: []\n", "2: things: stands here twice (first on line 1); keep one"),
        ("things:\n  - &a {name: x}\n", "2: anchors and aliases are not allowed"),
        ("things: *a\n", "1: anchors and aliases are not allowed"),
        ("things: !!python/name:os.system\n", "1: tags are not allowed"),
        ("things: []\n---\nthings: []\n", "2: a second document (---) is not allowed"),
        ("things: " + "[" * 5_000, "1: is nested more than 12 deep"),
        ("things:\n" + "- " * 5_000, "2: is nested more than 12 deep"),
        ("things:\n\t- name: x\n", "2: has a tab; use spaces"),
        ("things:\n  - name: a\x00b\n", "2: has a hidden character"),
        ("things:\n  - name: a\u202eb\n", "2: has a hidden character, '\\u202e'"),
        ("things:\n  - name: 'x\n    y'\n", "2: opens a quote that is not closed on the same line"),
        ('things:\n  - name: "x\n', "2: opens a quote that is not closed on the same line"),
        ("things:\n  - name: a: b\n", '2: has a second ": "'),
        ('things:\n  - name: "\\d"\n', "2: has a backslash in double quotes"),
        ("things:\n  - name: |x\n", "2: must have nothing after | or >"),
        ("things:\n  - name: x\n   count: 1\n", "3: has an indent that does not fit"),
        ('things:\n  - name: x\n    "a\\nb\\e[31m": c\n', "3: things > entry 1 > a b?[31m: unk"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_a_data_file_may_not_hold(text: str, line: str) -> None:
    (only,) = refused(text)
    assert only.startswith(f"f.yml:{line}")


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    rungs = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert all("anchors and aliases" in line for line in refused(f"a0: &a0 x\n{rungs}"))


def test_a_file_may_begin_with_a_byte_order_mark_and_end_its_lines_as_windows_does(
    tmp_path: Path,
) -> None:
    (tmp_path / "f.yml").write_bytes(b"\xef\xbb\xbfthings:\r\n  - name: x\r\n")
    assert load(tmp_path / "f.yml", Things).record.things[0].name == "x"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"things:\n  - name: caf\xe9\n", "2: is not UTF-8 text; save it as UTF-8"),
        (b"things: []\n# " + b"x" * MAX_BYTES, "1: is larger than 524288 bytes; split it"),
        (None, "1: cannot be read: No such file or directory"),
    ],
    ids=["not UTF-8", "too large", "missing"],
)
def test_a_file_that_is_no_text_too_large_or_missing_is_named(
    tmp_path: Path, content: bytes | None, line: str
) -> None:
    if content is not None:
        (tmp_path / "f.yml").write_bytes(content)
    with pytest.raises(RecordError) as error:
        load(tmp_path / "f.yml", Things, "f.yml")
    assert error.value.lines == (f"f.yml:{line}",)


def test_a_problem_is_shown_at_its_line_with_its_path_in_words() -> None:
    document = parse("things:\n  - name: a\n  - name: b\n    count: 7\n", Things, "f.yml")
    problems = [Problem(("things", 1, "count"), "is too many"), Problem(("things", 9), "is odd")]
    assert document.errors(problems) == [
        "f.yml:4: things > entry 2 > count: is too many",
        "f.yml:1: things > entry 10: is odd",
    ]


def test_text_is_cut_into_paragraphs_at_blank_lines() -> None:
    assert paragraphs("a\nb\n\n \nc\n") == ("a b", "c")
