"""Pages: their front matter, their headings and lasting ids, and what points at them."""

from pathlib import Path

import pytest

from macros.data.pages import Page, Pages, read_page, read_pages
from macros.data.records import RecordError
from macros.site import Site, read_site
from tests.support.fault_injection import project
from tests.support.netlify import ROOT

FRONT = """---
title: Talk
heading: Ask for one talk
point: Ask once.
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
    return read_page(front + body, "talk.md", "docs/en/talk.md")


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
    assert talk.body == BODY
    assert (talk.body_line, talk.sections[0].line, talk.line_of("next")) == (13, 15, 10)


def test_a_heading_in_a_block_of_code_is_none() -> None:
    assert [s.id for s in page(body="```\n## No\n```\n## A { #a }\n").sections] == ["a"]


def test_a_reference_is_checked_and_named() -> None:
    pages = Pages({"talk.md": page()})
    assert pages.fault("talk.md#ask-why") == pages.fault("talk.md") == ""
    assert pages.fault("tlk.md") == 'there is no page tlk.md; did you mean "talk.md"?'
    assert pages.fault("talk.md#x") == 'talk.md has no section "x" (it has: ask-why, when)'
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
        ("title: Talk", "title: '\"><script'", "2: title: must be plain text"),
        ("title: Talk", "title: 'The \"talk\"'", "2: title: must be without straight double"),
        ("Ask for one talk", "Ask <b>once</b>", "3: heading: must be plain text"),
        ("Ask once.", "&lt;script&gt;", "4: text cannot begin with & or *"),
        ("Ask once.", "A &lt;script&gt;", "4: point: must be plain text"),
        ("How to ask.", "<img src=x>", "5: description: must be plain text"),
        ("2026-11-23", "November", "6: reviewed: must be a date like 2026-11-23"),
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
def test_a_fault_in_the_front_matter_is_refused_at_its_line(old: str, new: str, line: str) -> None:
    assert FRONT.count(old) >= 1
    found = refused(FRONT.replace(old, new, 1))
    assert len(found) <= 2
    assert any(fault.startswith(f"docs/en/talk.md:{line}") for fault in found), found


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("# Again { #a }\n", "13: the page's one h1 is heading: in the front matter"),
        ("Words.\n\n## No id\n", '15: "No id" needs a lasting id: ## No id { #its-id }'),
        ("## A { #a }\n## B { #a }\n", '14: the id "a" stands on this page twice'),
        ("## A { #Bad }\n", '13: "A { #Bad }" needs a lasting id'),
    ],
)
def test_a_fault_in_a_heading_is_refused_at_its_line(body: str, line: str) -> None:
    found = refused(body=body)
    assert len(found) == 1
    assert found[0].startswith(f"docs/en/talk.md:{line}"), found


def test_a_next_step_that_leads_nowhere_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(FRONT + BODY, "utf-8")
    with pytest.raises(RecordError) as error:
        read_pages(tmp_path)
    assert error.value.lines == (f"{tmp_path}/talk.md:10: next: there is no page care.md",)


def test_a_page_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_bytes(FRONT.encode() + b"caf\xe9\n")
    with pytest.raises(RecordError, match=r"talk\.md:13: is not UTF-8 text"):
        read_pages(tmp_path)


def test_a_page_saved_on_windows_reads_the_same(tmp_path: Path) -> None:
    text = (FRONT + BODY).replace("next: care.md\nnext_says: Where help is.\n", "")
    (tmp_path / "talk.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_pages(tmp_path)["talk.md"].body == BODY


def test_a_script_that_does_not_exist_is_refused_at_its_line(tmp_path: Path) -> None:
    root = project(tmp_path / "copy")
    path = root / "docs/en/quiz/index.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("\nscript: quiz\n", "\nscript: qiuz\n"), "utf-8")
    line = text[: text.index("\nscript:")].count("\n") + 2
    with pytest.raises(RecordError) as error:
        read_site(root)
    assert error.value.lines == (
        f"docs/en/quiz/index.md:{line}: script: there is no macros/scripts/qiuz.js",
    )


def test_every_page_is_read(records: Site) -> None:
    files = {path.relative_to(ROOT / "docs/en").as_posix() for path in ROOT.glob("docs/en/**/*.md")}
    assert set(records.pages) == files
