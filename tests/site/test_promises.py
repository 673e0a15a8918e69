"""What the privacy page promises names the test that holds it."""

import re
from pathlib import Path

from tests.support.netlify import ROOT

NAMED = re.compile(r"\btests/(?:[a-z]+/)?test_[a-z_]+\.py|\btest_[a-z_]+\b(?!\.py)")


def test_each_promise_names_the_test_that_holds_it() -> None:
    """On the privacy page every promise ends with a test; there, and in SECURITY.md, all exist."""
    page = (ROOT / "docs/en/privacy.md").read_text(encoding="utf-8")
    promises = page.split("{ #promises }")[1].split("## ")[0].strip().split("\n\n")[1:]
    assert len(promises) >= 8
    for promise in promises:
        assert re.search(r"`tests/(?:[a-z]+/)?test_[a-z_]+\.py`$", promise), promise
    for text in (page, (ROOT / "SECURITY.md").read_text(encoding="utf-8")):
        for name in NAMED.findall(text):
            assert [*(ROOT / "tests").rglob(f"{Path(name).stem}.py")], name
