"""The question file: every seeded fault is refused at its line, in words an author can act on."""

import re
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.data.records import Problem, RecordError, parse
from macros.quiz import editions, proof
from macros.quiz.model import Quiz, problems
from macros.site import Site
from tests.support.fault_injection import Fault, differences, fault
from tests.support.netlify import ROOT

NAME = "docs/data/questions.yml"
TEXT = (ROOT / NAME).read_text("utf-8")
EDITION = int(re.findall(r"^edition: (\d+)$", TEXT, re.MULTILINE)[0])

Read = Callable[[str], Quiz]


@pytest.fixture(scope="module")
def read(records: Site) -> Read:
    """Read a question file's text as the build does."""

    def sense(quiz: Quiz) -> list[Problem]:
        return (
            list(problems(quiz, records.pages, records.sources.ids))
            or list(proof.problems(quiz))
            or list(editions.problems(records.editions)(quiz))
        )

    return lambda text: parse(text, Quiz, sense, NAME)


LONG = "Do you think that they would stay if you could find just the right words tonight?"

SHAPE = [
    fault("unknown kind", "items/hurt/kind", "single", "several", "'single' or 'multiple'"),
    fault("no stem", "items/hurt/stem", "", None, ("items/hurt", "stem: is missing; add it")),
    fault("no stem but the key", "items/hurt/stem", "", "", "is empty; fill it"),
    fault("no words at all", "items/hurt/stem", "", '"  "', "must be one paragraph"),
    fault("two paragraphs", "items/hurt/stem", "", r'"One.\n\nTwo?"', "must be one paragraph"),
    fault(
        "no feedback",
        "items/hurt/options/no/feedback",
        "",
        None,
        ("items/hurt/options/no", "feedback: is missing"),
    ),
    fault("key misspelt", "items/hurt/private", "private", "privat", "check the spelling"),
    fault(
        "needed key misspelt",
        "items/hurt/options/no/see",
        "see",
        "sea",
        ("items/hurt/options/no", "see: is missing"),
        ("items/hurt/options/no/see", "unknown key"),
    ),
    fault("list misspelt", "checks", "checks", "cheks", "unknown key"),
    fault(
        "list gone",
        "outcomes",
        "outcomes",
        "outcome",
        ("edition", "outcomes: is missing"),
        "unknown",
    ),
    fault("capital in an id", "items/hurt/id", "hurt", "Hurt", "lower-case letters"),
    fault("dot in an id", "items/hurt/id", "hurt", "hu.rt", "lower-case letters"),
    fault("number as an id", "items/hurt/id", "hurt", "2", "lower-case letters"),
    fault("endless id", "items/hurt/id", "hurt", "h" * 61, "is too long"),
    fault("neither yes nor no", "items/hurt/private", "yes", "maybe", "must be yes or no"),
    fault("yes in another spelling", "outcomes/together/tries", "yes", "true", "must be yes or no"),
    fault("number in words", "outcomes/together/priority", "", "four", "must be a whole number"),
    fault("number with a point", "outcomes/together/priority", "", "4.0", "must be a whole number"),
    fault("number with a zero", "edition", "", "01", "must be a whole number"),
    fault("number out of hand", "edition", "", "9" * 5000, "must be a whole number"),
    fault("one page as next", "outcomes/get-safe/next", "", "care.md", "must be a list"),
    fault("one option in a rule", "outcomes/get-safe/when/0/afraid", "", "yes", "must be a list"),
    fault("address", "items/hurt/about", "", "/care/#signs", "talk.md or talk.md#ask-why"),
    fault("other site", "items/hurt/about", "", "https://x.org", "talk.md or talk.md#ask-why"),
    fault("script", "items/hurt/about", "", "javascript:alert(1)", "talk.md or talk.md#ask-why"),
    fault("other folder", "items/hurt/about", "", "../care.md", "talk.md or talk.md#ask-why"),
    fault("no meaning", "items/hurt/options/yes/means", "threat", "rage", "must be 'fear'"),
    fault("picture", "items/closeness/options/apart/picture/apart", "", "far", "a whole number"),
    fault(
        "added line", "outcomes/together/also/0/of", "accept.not-now", "accept", "accept.not-now"
    ),
]

YAML = [
    fault("tab", "items/hurt/part", "    part", "\tpart", "has a tab; use spaces"),
    fault("hidden character", "items/hurt/stem", "", "Is it\u200b so?", "has a hidden character"),
    fault("line end", "items/hurt/stem", "", "Is it\u2028so?", "has a hidden character"),
    fault("bell", "items/hurt/stem", "", "Is it so?\a", "has a hidden character"),
    fault("quote left open", "items/hurt/stem", "", '"Is it so?', "opens a quote"),
    fault("second colon", "items/hurt/stem", "", "Is it: so?", "quotes around the text"),
    fault("bracket left open", "outcomes/no-hurry/next", "]", "", ("checks", "not closed")),
    fault("text begins with @", "items/hurt/stem", "", "@ home?", "put quotes around it"),
    fault(
        "key too far left",
        "items/hurt/stem",
        "    stem",
        "   stem",
        "has an indent that does not fit",
    ),
    fault("key too far right", "items/hurt/stem", "    stem", "      stem", "check the indent"),
    fault("anchor", "items/hurt/stem", "", "&a Is it so?", "anchors and aliases are not allowed"),
    fault("alias", "items/hurt/stem", "", "*a", "anchors and aliases are not allowed"),
    fault("merge key", "items/hurt/stem", "stem:", "<<: *hurt #", "anchors and aliases"),
    fault(
        "tag that runs code",
        "items/hurt/stem",
        "",
        '!!python/object/apply:os.system ["true"]',
        "tags are not allowed",
    ),
    fault("type by a tag", "edition", "", "!!int 1", "tags are not allowed"),
    fault("key twice", "items/hurt/private", "private: yes", "part: safe", "stands here twice"),
    fault("second document", "parts", "parts:", "---\nparts:", "a second document"),
    fault("too deep", "items/hurt/stem", "", "[" * 20 + "]" * 20, "nested more than 12 deep"),
    fault("no key", "items/hurt/stem", "stem:", "? [stem]\n    :", "a key must be a plain word"),
    fault("list for a key", "items/hurt/stem", "", "[a, b]", "must be text"),
    fault("keys for text", "items/hurt/stem", "", "{a: b}", "must be text"),
    fault(
        "text for keys",
        "outcomes/get-safe/when/1/hurt",
        "hurt: [unsure, yes]",
        "hurt",
        ("outcomes/get-safe/when/1", "must be keys with values"),
    ),
]

SENSE = [
    fault("edition no code can hold", "edition", "", "64", "must be 1 to 63"),
    fault("stem too long", "items/hurt/stem", "", LONG, "longer than 15 words; shorten it"),
    fault("always", "items/hurt/stem", "", "Are you always afraid?", 'says "always"'),
    fault("never", "items/hurt/stem", "", "Do they never listen?", 'says "never"'),
    fault("part unknown", "items/hurt/part", "safe", "save", 'no part "save"; did you mean "safe"'),
    fault("part out of order", "items/someone/part", "said", "safe", "must stand together"),
    fault(
        "part without items",
        "parts",
        "parts:",
        "parts:\n  - id: empty\n    title: Empty",
        ("parts/safe", "no item stands in this part; take it out"),
    ),
    fault(
        "item id taken",
        "items/hurt/id",
        "hurt",
        "afraid",
        '"afraid" is taken; choose another id',
        ("outcomes/get-safe/when/1/hurt", 'there is no item "hurt"'),
    ),
    fault(
        "option id taken",
        "items/hurt/options/unsure/id",
        "unsure",
        "no",
        '"no" is taken',
        ("outcomes/get-safe/when/1/hurt", 'hurt has no option "unsure" (it has: no, no, yes)'),
    ),
    fault("outcome id taken", "outcomes/together/id", "together", "one-talk", "is taken"),
    fault("check id taken", "checks/nowhere/id", "nowhere", "push", "is taken"),
    fault("page unknown", "items/hurt/about", "care.md", "car.md", 'did you mean "care.md"'),
    fault("section unknown", "items/hurt/about", "#signs", "#sign", "has no section"),
    fault("option sees nothing", "items/hurt/options/no/see", "#signs", "#no", "it has: now"),
    fault("next unknown", "outcomes/get-safe/next", "care.md#quietly", "a.md", "no page a.md"),
    fault("skip to nowhere", "items/said/options/over/then", "", "acept", 'mean "accept"'),
    fault("skip backward", "items/said/options/over/then", "", "afraid", "must name a later item"),
    fault("skip to itself", "items/said/options/over/then", "", "said", "must name a later item"),
    fault("skip to the next", "items/said/options/over/then", "", "why", "not the next one"),
    fault(
        "skip from several",
        "items/pressing/options/none/alone",
        "alone: yes",
        "then: accept",
        "belongs to items of kind: single",
    ),
    fault(
        "alone where one is chosen",
        "items/hurt/options/yes/means",
        "means: threat",
        "alone: yes",
        "is for kind: multiple",
    ),
    fault(
        "rule over no item",
        "outcomes/get-safe/when/1/hurt",
        "hurt",
        "hurts",
        ("outcomes/get-safe/when/1", 'there is no item "hurts"; did you mean "hurt"?'),
    ),
    fault(
        "rule over no option",
        "outcomes/get-safe/when/1/hurt",
        "unsure",
        "maybe",
        'hurt has no option "maybe" (it has: no, unsure, yes)',
    ),
    fault("option twice", "outcomes/get-safe/when/1/hurt", "unsure", "yes", "twice; keep one"),
    fault("rule over nothing", "outcomes/get-safe/when/1/hurt", "", "[]", "names no option"),
    fault("order", "outcomes/together/priority", "4", "2", "smaller than the one above; sort them"),
    fault(
        "below the first",
        "outcomes/get-safe/priority",
        "1",
        "0",
        "must be 1 or more",
        ("outcomes/get-safe/at_once", "no other may have it"),
    ),
    fault(
        "no floor",
        "outcomes/no-hurry/tries",
        "tries: no",
        "tries: no\n    when: [{self: [no]}]",
        ("outcomes", "the last priority needs one outcome with no when:"),
    ),
    fault(
        "nothing at once", "outcomes/get-safe/at_once", "", None, ("outcomes/get-safe", "at_once")
    ),
    fault(
        "at once without need",
        "outcomes/together/tries",
        "tries: yes",
        "tries: yes\n    at_once: Wait.",
        ("outcomes/together/title", "no other may have it"),
    ),
    fault("help that tries", "outcomes/get-safe/tries", "no", "yes", "help never suggests"),
    fault(
        "too much to read",
        "outcomes/get-safe/next",
        "",
        "[care.md, help/index.md, talk.md, after.md]",
        "must be one to three",
    ),
    fault("nothing to read", "outcomes/get-safe/next", "", "[]", "must be one to three"),
    fault("wrong key", "checks/push/right", "untrue", "wrong", 'no option "wrong" below'),
    fault("no such source", "checks/push/source", "", "reactanc", 'did you mean "reactance"'),
    fault("added line for nothing", "outcomes/together/also/0/of", "not-now", "never", "it has:"),
]

PROVED = [
    fault(
        "fear that leads nowhere",
        "outcomes/get-safe/when/0/afraid",
        "[sometimes, yes]",
        "[yes]",
        ("items/afraid/options/sometimes/means", "means fear, so it must lead to help"),
        ("outcomes/one-talk/when/0", "suggests going on talking to somebody whose answer means"),
        ("outcomes/together/when/0", "suggests going on talking"),
        ("outcomes/get-clear/when/0", "suggests going on talking"),
    ),
    fault(
        "no overruled",
        "outcomes/respect-no/when/1/would-talk",
        "would-talk: [refused]",
        "accept: [not-now]",
        ("outcomes/one-talk/also/0/of", "accept.not-now is never chosen where"),
        ("outcomes/together/also/0/of", "accept.not-now is never chosen where"),
        ("outcomes/together/when/0", 'means clear-no: 14 "I asked, and they said no"; 15 "Both'),
        ("outcomes/get-clear/also/0/of", "accept.not-now is never chosen where"),
        ("outcomes/get-clear/when/0", "suggests going on talking"),
    ),
    fault(
        "rule that cannot hold",
        "outcomes/respect-no/when/2/said",
        "break-up",
        "over",
        ("outcomes/respect-no/when/2/someone", "theirs never leads here by this rule"),
        ("outcomes/respect-no/when/2/said", "over never leads here by this rule"),
    ),
    fault(
        "no way to help when safety is skipped",
        "outcomes/no-hurry/next",
        ", care.md",
        "",
        "add care.md or help/index.md",
    ),
    fault(
        "a talk after a no",
        "outcomes/respect-no/next",
        "after.md",
        "talk.md#ask-chance",
        "is about going on talking",
    ),
    fault(
        "meaning changed, edition not",
        "outcomes/what-you-want/when/0/choose",
        "[unsure, no]",
        "[no]",
        ("edition", f"mean something else than in edition {EDITION}"),
    ),
    fault("edition from nowhere", "edition", "", str(EDITION + 6), f"or {EDITION + 1}"),
    fault(
        "edition not written",
        "edition",
        "",
        str(EDITION + 1),
        "run .venv/bin/python -m macros.editions",
    ),
]

FAULTS = [*SHAPE, *YAML, *SENSE, *PROVED]


def refusal(read: Read, text: str) -> tuple[str, ...]:
    with pytest.raises(RecordError) as error:
        read(text)
    return error.value.lines


def test_the_question_file_is_accepted_as_it_stands(read: Read, records: Site) -> None:
    assert read(TEXT) == records.quiz


@pytest.mark.parametrize("planted", FAULTS, ids=lambda planted: planted.name)
def test_a_fault_is_refused_at_its_line(read: Read, planted: Fault) -> None:
    lines = refusal(read, planted.plant(TEXT))
    assert differences(lines, planted.expected(TEXT, NAME)) == []


def test_faults_far_apart_are_told_at_once(read: Read) -> None:
    planted = [f for f in SENSE if f.name in ("always", "skip to nowhere", "wrong key")]
    text = TEXT
    for f in planted:
        text = f.plant(text)
    lines = refusal(read, text)
    assert differences(lines, [e for f in planted for e in f.expected(TEXT, NAME)]) == []


def test_a_planted_fault_missed_by_a_line_is_noticed() -> None:
    wrong = fault("", "items/hurt/part", "", "x", ("items/hurt/kind", "no part"))
    assert differences((f"{NAME}:1: no part",), wrong.expected(TEXT, NAME)) != []


# Random edits. What PyYAML alone reads from a text is the yardstick: whenever that differs from
# the real file, the record must differ too, or be refused. So no edit passes unseen.

LINES = TEXT.split("\n")
WHOLE = yaml.load(TEXT, Loader=yaml.CBaseLoader)  # noqa: S506 (reads text only)


def passes_unseen(text: str, found: Quiz, original: Quiz) -> bool:
    """Whether a text differs from the real file and what was read from it does not, or reversed."""
    plain = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506
    return (found == original) != (plain == WHOLE)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The question file after one to three small accidents."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        to = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(("drop", "double", "swap", "character", "indent", "cut")))
        if kind == "drop":
            del lines[at]
        elif kind == "double":
            lines.insert(to, lines[at])
        elif kind == "swap":
            lines[at], lines[to] = lines[to], lines[at]
        elif kind == "indent":
            lines[at] = " " * draw(st.integers(0, 10)) + lines[at].lstrip(" ")
        elif kind == "cut":
            lines = lines[: max(at, 1)]
        elif lines[at]:
            column = draw(st.integers(0, len(lines[at]) - 1))
            new = draw(
                st.sampled_from("abz09 :-#'\"[]{},&*!|>%@`?\\\t\u200b\u2028é") | st.characters()
            )
            lines[at] = lines[at][:column] + new + lines[at][column + 1 :]
    return "\n".join(lines)


@settings(derandomize=True, max_examples=250, deadline=None, database=None)
@given(text=mutated())
def test_no_accident_gives_a_traceback_or_passes_unseen(
    read: Read, records: Site, text: str
) -> None:
    try:
        quiz = read(text)
    except RecordError as error:
        assert error.lines
        for line in error.lines:
            at = re.fullmatch(rf"{NAME}:(\d+): \S.*", line)
            assert at, line
            assert 1 <= int(at[1]) <= text.count("\n") + 1
        return
    assert not passes_unseen(text, quiz, records.quiz)
    assert quiz.digest == records.quiz.digest


def test_a_reader_that_dropped_a_line_unseen_would_be_noticed(read: Read, records: Site) -> None:
    text = fault("", "items/hurt/part", "part: safe", "part: safe\n    note: new", "").plant(TEXT)
    assert passes_unseen(text, records.quiz, records.quiz)
    with pytest.raises(RecordError):
        read(text)
