"""Pages: front matter, headings with lasting ids, what they may contain, what they point at."""

from pathlib import Path

import pytest
from markdown import markdown

from macros.data.lint import lint
from macros.data.pages import Page, Pages, read_page, read_pages
from macros.data.records import RecordError
from macros.render import day_in_words
from macros.site import Site
from tests.support.fault_injection import append, errors, project, replace, restored
from tests.support.netlify import ROOT

FRONT = """---
title: Talk
heading: Ask for one talk
lead: Ask once.
description: How to ask.
reviewed: 2026-11-23
picture:
  apart: 98
  says: Two circles meeting.
next: care.md
next_says: Where help is.
---
"""
BODY = "Words.\n\n## Ask why { #ask-why }\n\nMore.\n\n### When { #when }\n"


def page(front: str = FRONT, body: str = BODY) -> Page:
    return read_page(front + body, "talk.md", "talk.md")


def refused(front: str = FRONT, body: str = BODY) -> list[str]:
    with pytest.raises(RecordError) as error:
        page(front, body)
    return list(error.value.lines)


def test_a_page_is_its_front_matter_and_its_sections() -> None:
    talk = page()
    assert talk.meta.heading == "Ask for one talk"
    assert [(s.id, s.title, s.level) for s in talk.sections] == [
        ("ask-why", "Ask why", 2),
        ("when", "When", 3),
    ]
    assert (talk.body, talk.body_line, talk.sections[0].line) == (BODY, 13, 15)


def test_a_reference_is_checked_and_named() -> None:
    pages = Pages({"talk.md": page()}, unreadable=["care.md"])
    assert pages.ref_error("talk.md#ask-why") == pages.ref_error("talk.md") == ""
    assert pages.ref_error("care.md#now") == ""
    assert pages.ref_error("tlk.md") == 'there is no page tlk.md; did you mean "talk.md"?'
    assert pages.ref_error("talk.md#x") == 'talk.md has no section "x" (it has: ask-why, when)'
    assert pages.title("talk.md#ask-why") == "Ask why"
    assert pages.title("talk.md") == "Ask for one talk"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("---\ntitle", "title", "1: must begin with front matter between two lines of ---"),
        ("title: Talk\n", "", "2: title: is missing; add it"),
        ("title: Talk", "title: {{ ''.__class__ }}", "2: has a bracket that is not closed"),
        ("title: Talk", "title: \"{{ ''.__class__ }}\"", "2: title: must be plain text"),
        ("title: Talk", "title: <script>x</script>", "2: title: must be plain text"),
        ("title: Talk", "title: 'The \"talk\"'", "2: title: must be without straight double"),
        ("Ask for one talk", "Ask <b>once</b>", "3: heading: must be plain text"),
        ("Ask once.", "&lt;script&gt;", "4: text cannot begin with & or *"),
        ("Ask once.", "A &lt;script&gt;", "4: lead: must be plain text"),
        ("How to ask.", "<img src=x>", "5: description: must be plain text"),
        ("2026-11-23", "November", "6: reviewed: must be a date like 2026-11-23"),
        ("2026-11-23", "2026-13-01", "6: reviewed: must be a date like 2026-11-23"),
        ("2026-11-23", "2026-00-10", "6: reviewed: must be a date like 2026-11-23"),
        ("2026-11-23", "2026-02-29", "6: reviewed: must be a date like 2026-11-23"),
        ("apart: 98", "apart: near", "8: picture > apart: must be a whole number"),
        ("apart: 98", "apart: 98\n  them: red", "9: picture > them: must be 'ink'"),
        ("next: care.md", "next: /care/", "10: next: must be a page or section"),
        ("next_says: Where help is.\n", "", "10: next: needs next_says: what the reader finds"),
        ("Where help is.", "<a href=x>", "11: next_says: must be plain text"),
        ("next_says", "next-says", "11: next-says: unknown key"),
        ("reviewed", "step: 9\nreviewed", "6: step: must be a step from 1 to 5"),
        ("reviewed", "level: expert\nreviewed", "6: level: must be 'reader' or 'reference'"),
        ("reviewed", "title: Again\nreviewed", "6: title: stands here twice (first on line 2)"),
        ("reviewed", "x: !!python/name:os.system\nreviewed", "6: tags are not allowed"),
    ],
)
def test_an_error_in_the_front_matter_is_reported_at_its_line(
    old: str, new: str, line: str
) -> None:
    found = refused(FRONT.replace(old, new, 1))
    assert len(found) <= 2
    assert any(told.startswith(f"talk.md:{line}") for told in found), found


def test_a_date_is_written_in_words() -> None:
    """The month by its name, the day without a zero, whatever the machine's language."""
    assert day_in_words(page(FRONT.replace("11-23", "02-03")).meta.reviewed) == "February 3, 2026"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("# Again { #a }\n", "13: the page's one h1 is heading: in the front matter"),
        ("Words.\n\n## No id\n", '15: "No id" needs a lasting id: ## No id { #its-id }'),
        ("## A { #a }\n## B { #a }\n", '14: the id "a" stands on this page twice'),
        ("## A { #Bad }\n", '13: "A { #Bad }" needs a lasting id'),
        ("Words.\n```\ncode\n", "14: a block of code needs a line of ``` at its end"),
    ],
)
def test_an_error_in_a_heading_is_reported_at_its_line(body: str, line: str) -> None:
    (only,) = refused(body=body)
    assert only.startswith(f"talk.md:{line}")


@pytest.mark.parametrize(
    "body",
    [
        "##Foo\n",
        "#######Foo\n",
        "Words\n##Foo { #a }\n",
        "Foo\n===\n",
        "Foo\n---\n",
        "> ## Foo\n",
        "> Foo\n> ---\n",
        "- ## Foo\n",
        "1. ##Foo\n",
        "- a\n\n    ## Foo\n",
        "- a\n\n    Foo\n    ---\n",
        "Word\n\n:   ## Foo\n",
        "``` x\n## Foo\n",
        "````\n```\n````\n\n##Foo\n```\n```\n",
    ],
    ids=repr,
)
def test_what_markdown_makes_a_heading_of_is_refused_without_an_id(body: str) -> None:
    """Markdown knows many ways to write a heading; a section needs one that has a lasting id."""
    assert "<h" in markdown(body, extensions=["attr_list", "def_list", "fenced_code"])
    assert refused(body=body)


def test_a_heading_in_a_block_of_code_is_none() -> None:
    assert [s.id for s in page(body="```\n## No\n```\n## A { #a }\n").sections] == ["a"]


# What a page may contain


def linted(body: str) -> list[str]:
    return list(lint(page(body=body), "p.md"))


@pytest.mark.parametrize(
    "body",
    [
        "## Ask why { #ask-why }",
        "[Read](talk.md#ask-why){ .button } and [this](#here)",
        "[Up](../care.md), [call](tel:988), [text](sms:741741), <https://findahelpline.com/>",
        '{{ research("reactance") }}',
        "{{ quiz() }}",
        "1 < 2 and 3 > 2, she said & left",
    ],
)
def test_what_a_page_may_contain(body: str) -> None:
    assert linted(body) == []


HTML = "HTML is not allowed in a page; use Markdown or a macro"
TEMPLATE = "templating is limited to a macro call alone on its line"
LINK = "a link must be a page of ours"
PAYLOADS = {
    HTML: (
        "<script>alert(1)</script>",
        "Words <b onclick=alert(1)>here</b>",
        "<img src=x onerror=alert(1)>",
        "    <iframe src=https://x.org></iframe>",
        "<!-- a note -->",
        "<?php echo 1 ?>",
        "<javascript:alert(1)>",
    ),
    "has a hidden character, '\\x02'": ("<\x02script>alert(1)</\x02script>",),
    "has a tab; use spaces": ("Words\twith a tab",),
    TEMPLATE: (
        "{{ ''.__class__.__mro__ }}",
        "{{ quiz.__globals__ }}",
        "Words {{ quiz() }} words",
        '{{ research("a") if true }}',
        "{% for x in ().__class__.__bases__ %}",
        "{% raw %}",
        "{# hidden #}",
        '{{ research("a", x="{{") }}',
    ),
    "braces may only hold an id, a class or a language": (
        "[Link](talk.md){ onclick=alert(1) }",
        "*Words*{ #id style=x }",
    ),
    LINK: (
        "[Click](javascript:alert(1))",
        "[Click](JaVaScRiPt:alert(1))",
        "[Click](java&#115;cript:alert(1))",
        "[Click](<javascript:alert(1)>)",
        "[Click](data:text/html,x)",
        "[Click](vbscript:x)",
        "[Click](//x.org/)",
        "[Click](http://x.org/)",
        "[Click](/talk/)",
        "[Click](talk/)",
        "[Click](talk.md?client=7)",
        "[ref]: javascript:alert(1)",
        "label]: javascript:alert(1)",
    ),
    "a link and its address must stand on one line": ("[Click](", "[ref]:"),
    "a picture comes from": ("![dot](https://x.org/pixel.png)",),
}


@pytest.mark.parametrize(
    ("line", "says"),
    [(line, says) for says, lines in PAYLOADS.items() for line in lines],
    ids=lambda value: repr(value)[:50],
)
def test_what_could_run_code_or_lead_astray_is_refused_at_its_line(line: str, says: str) -> None:
    found = linted(f"Words.\n\n{line}\n\nWords.")
    assert any(told.startswith(f"p.md:15: {says}") for told in found), found
    assert all(told.startswith("p.md:15: ") for told in found)


def test_every_page_is_read(records: Site) -> None:
    files = {path.relative_to(ROOT / "docs/en").as_posix() for path in ROOT.glob("docs/en/**/*.md")}
    assert set(records.pages) == files


def test_a_page_saved_on_windows_reads_the_same(tmp_path: Path) -> None:
    text = (FRONT + BODY).replace("\n", "\r\n")
    (tmp_path / "talk.md").write_bytes(b"\xef\xbb\xbf" + text.encode())
    pages, told = read_pages(tmp_path)
    assert (pages["talk.md"].body, told) == (BODY, [])


def test_a_page_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_bytes(FRONT.encode() + b"caf\xe9\n")
    assert read_pages(tmp_path, "docs")[1] == [
        "docs/talk.md:13: is not UTF-8 text; save it as UTF-8"
    ]


# What pages point at


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is checked; each test leaves it as it was."""
    return project(tmp_path_factory.mktemp("copy") / "project", build=False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ cycler() }}", "there is no macro cycler; known: "),
        ('{{ question("nope") }}', 'questions.yml has no item "nope"'),
        ('{{ check("push-1") }}', 'questions.yml has no check "push-1"; did you mean "push"?'),
        ('{{ research("nope") }}', 'sources.yml has no source "nope"'),
        ("{{ research() }}", "research() takes the id of one source"),
        ('{{ sources("smal") }}', 'no source has the strength "smal"; did you mean "small"?'),
        ('{{ quiz("x") }}', "quiz() takes nothing; empty its parentheses"),
        ("[Read](nope.md)", "there is no page nope.md"),
        ("[Read](../talk.md)", "there is no page ../talk.md"),
        ("[Read](talk.md#nope)", 'talk.md has no section "nope"'),
        ("[Read](#nope)", 'talk.md has no section "nope"'),
        ("[ref]: quiz/index.md#nope", 'quiz/index.md has no section "nope"'),
    ],
)
def test_what_points_nowhere_is_refused_at_its_line(copy: Path, text: str, says: str) -> None:
    with restored(copy / "docs/en/talk.md") as before:
        append(copy / "docs/en/talk.md", f"\n{text}\n")
        (only,) = errors(copy)
    assert only.startswith(f"docs/en/talk.md:{before.count(chr(10)) + 2}: {says}")


@pytest.mark.parametrize("target", ["care.md#signs", "help/index.md#us-988", "quiz/index.md#hurt"])
def test_a_link_may_lead_to_what_a_macro_draws(copy: Path, target: str) -> None:
    with restored(copy / "docs/en/talk.md"):
        append(copy / "docs/en/talk.md", f"\n[Read]({target})\n")
        assert errors(copy) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("talk.md", "\nnext: ", "\nnext: x-", "next: there is no page x-"),
        ("quiz/index.md", "script: quiz", "script: qiuz", "script: there is no macros/components/"),
        (
            "talk.md",
            "group: way",
            "group: way\nmoved: [{was: old, now: x.md}]",
            "moved > entry 1: old",
        ),
        (
            "talk.md",
            "group: way",
            "group: way\nmoved: [{was: begin, now: care.md}]",
            "moved > entry 1: beg",
        ),
    ],
    ids=["next", "script", "moved to nowhere", "moved and still here"],
)
def test_what_the_front_matter_names_must_exist(
    copy: Path, file: str, old: str, new: str, says: str
) -> None:
    with restored(copy / "docs/en" / file):
        replace(copy / "docs/en" / file, old, new)
        (only,) = errors(copy)
    assert only.split(": ", 1)[1].startswith(says)


@pytest.mark.parametrize("name", ["en/x.html", "en/quiz/x.js", "en/x.svg", "data/x.md", "en/Make"])
def test_a_file_that_is_no_page_and_no_record_is_refused(copy: Path, name: str) -> None:
    file = copy / "docs" / name
    file.touch()
    (only,) = errors(copy)
    file.unlink()
    assert only.startswith(f"docs/{name}:1: only ")


def test_a_kind_of_source_that_no_page_lists_is_refused(copy: Path, records: Site) -> None:
    """And one that two pages list: a note could not tell where to lead."""
    page = copy / "docs/en/sources/services.md"
    with restored(page):
        replace(page, '"guidance", "law"', '"guidance"')
        line = next(line for line in errors(copy) if "sources.yml" in line)
        assert 'strength: is listed by no page: write {{ sources("law") }} on one' in line
    with restored(page):
        replace(page, '"guidance", "law"', '"guidance", "law", "trial"')
        lines = [line for line in errors(copy) if "sources.yml" in line]
        trials = [s for s in records.sources.sources if s.strength == "trial"]
        assert len(lines) == len(trials) > 0
        assert all("is listed by sources/index.md and by sources/services.md" in t for t in lines)
