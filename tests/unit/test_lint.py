"""Pages can't run code: what is refused in them, where, and that the real pages are fine."""

from pathlib import Path

import pytest

from macros.data.lint import faults, strangers
from macros.data.records import RecordError
from macros.site import MACROS, Site, read_site
from tests.support.fault_injection import project
from tests.support.netlify import ROOT


def refused(body: str) -> list[str]:
    return list(faults(body, "p.md", 1, MACROS))


def test_the_real_pages_hold_nothing_that_is_refused(records: Site) -> None:
    for page in records.pages.values():
        assert list(faults(page.body, page.path, page.body_line, MACROS)) == []
    assert list(strangers(ROOT / "docs/en")) == []


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
def test_what_a_page_may_hold(body: str) -> None:
    assert refused(body) == []


HTML = "p.md:3: HTML is not allowed in a page; use Markdown or a macro"
TEMPLATE = "p.md:3: templating is limited to a macro call alone on its line"
LINK = "p.md:3: a link must be a page of ours"

PAYLOADS = [
    ("<script>alert(1)</script>", HTML),
    ("Words <b onclick=alert(1)>here</b>", HTML),
    ("<img src=x onerror=alert(1)>", HTML),
    ("    <iframe src=https://x.org></iframe>", HTML),
    ("<!-- a note -->", HTML),
    ("<?php echo 1 ?>", HTML),
    ("<javascript:alert(1)>", HTML),
    ("<\x02script>alert(1)</\x02script>", "p.md:3: has a hidden character, '\\x02'"),
    ("Words\twith a tab", "p.md:3: has a tab; use spaces"),
    ("{{ ''.__class__.__mro__ }}", TEMPLATE),
    ("{{ quiz.__globals__ }}", TEMPLATE),
    ("Words {{ quiz() }} words", TEMPLATE),
    ('{{ research("a") if true }}', TEMPLATE),
    ("{% for x in ().__class__.__bases__ %}", TEMPLATE),
    ("{% raw %}", TEMPLATE),
    ("{# hidden #}", TEMPLATE),
    ("## Heading {#id }", TEMPLATE),
    ("{{ cycler() }}", "p.md:3: there is no macro cycler; known: "),
    ("{{ lipsum() }}", "p.md:3: there is no macro lipsum"),
    ('{{ research("a", x="{{") }}', TEMPLATE),
    ("[Link](talk.md){ onclick=alert(1) }", "p.md:3: braces may only hold an id or a class"),
    ('## Heading { #id style="color:red" }', "p.md:3: braces may only hold"),
    ("[Click](javascript:alert(1))", LINK),
    ("[Click](JaVaScRiPt:alert(1))", LINK),
    ("[Click](java&#115;cript:alert(1))", LINK),
    ("[Click](<javascript:alert(1)>)", LINK),
    ("[Click](data:text/html,x)", LINK),
    ("[Click](vbscript:x)", LINK),
    ("[Click](//x.org/)", LINK),
    ("[Click](http://x.org/)", LINK),
    ("[Click](/talk/)", LINK),
    ("[Click](talk/)", LINK),
    ("[Click](talk.md?client=7)", LINK),
    ("[ref]: javascript:alert(1)", LINK),
    ("label]: javascript:alert(1)", LINK),
    ("[Click](", "p.md:3: a link and its address must stand on one line"),
    ("[ref]:", "p.md:3: a link and its address must stand on one line"),
    ("![dot](https://x.org/pixel.png)", "p.md:3: a picture comes from"),
]


@pytest.mark.parametrize(("line", "says"), PAYLOADS, ids=[repr(line) for line, _ in PAYLOADS])
def test_what_a_page_may_not_hold_is_refused_at_its_line(line: str, says: str) -> None:
    found = refused(f"Words.\n\n{line}\n\nWords.")
    assert found
    assert any(fault.startswith(says) for fault in found), found
    assert all(fault.startswith("p.md:3: ") for fault in found)


def test_a_page_with_code_stops_the_site(tmp_path: Path) -> None:
    root = project(tmp_path / "copy")
    page = root / "docs/en/talk.md"
    text = page.read_text("utf-8")
    page.write_text(f"{text}\n{{{{ ''.__class__ }}}}\n", "utf-8")
    with pytest.raises(RecordError) as error:
        read_site(root)
    last = text.count("\n") + 2
    assert [line.split(": ")[0] for line in error.value.lines] == [f"docs/en/talk.md:{last}"]


@pytest.mark.parametrize("name", ["x.html", "quiz/x.js", "x.markdown", "x.svg", "Makefile"])
def test_a_file_that_is_no_page_and_no_record_stops_the_site(tmp_path: Path, name: str) -> None:
    root = project(tmp_path / "copy")
    (root / "docs" / name).write_text("<script>alert(1)</script>", "utf-8")
    with pytest.raises(RecordError) as error:
        read_site(root)
    assert len(error.value.lines) == 1
    assert error.value.lines[0].startswith(f"docs/{name}:1: only .md, ")
