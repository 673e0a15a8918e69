"""The checks of `make live`, which themselves run by hand, on a schedule."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.netlify import ROOT, Served, parse, serve
from tests.support.records import read_records
from tests.tools import live

SITE = read_records()
NEWEST = max(page.meta.reviewed for page in SITE.pages.values())


def test_a_page_is_due_a_year_after_its_review() -> None:
    """On the day itself it is not, a day later it is."""
    reviews = {f"docs/en/{page.path}" for page in SITE.pages.values()}

    def pages_due(day: date) -> set[str]:
        return {line.split(":")[0] for line in live.due(SITE, day)} & reviews

    oldest = min(page.meta.reviewed for page in SITE.pages.values())
    assert pages_due(oldest + timedelta(365)) == set()
    assert pages_due(NEWEST + timedelta(366)) == reviews


def test_a_helpline_is_due_after_ninety_days_or_without_a_date() -> None:
    """However long ago or soon the look, an undated one is on the list."""
    lines = [line for country in SITE.helplines.countries for line in country.lines]
    early = " ".join(live.due(SITE, date(1990, 1, 1)))
    late = " ".join(live.due(SITE, date(2099, 1, 1)))
    for line in lines:
        assert (f"{line.id}: " in early) == (line.confirmed.date is None), line.id
        assert f"{line.id}: " in late


def test_links_to_others_are_gathered_from_the_built_pages(site: Path) -> None:
    """Every helpline's website and chat is among them, and nothing of ours."""
    found = live.links(site)
    for country in SITE.helplines.countries:
        for line in country.lines:
            webs = [line.web, *(contact.chat for contact in line.contacts)]
            assert {web.partition("#")[0] for web in webs if web} <= set(found), line.id
    assert not [address for address in found if "127.0.0.1" in address]


def test_a_dead_link_is_told_from_a_network_that_is_away(served: Served) -> None:
    """A missing page is a line; if nobody answers at all, that is said instead."""
    good, gone, dead = f"{served.url}/talk/", f"{served.url}/none/", "http://127.0.0.1:1/"
    assert list(live.broken([good])) == []
    assert list(live.broken([good, gone])) == [f"{gone}: 404"]
    assert [line.split(": ")[0] for line in live.broken([good, dead])] == [dead]
    with pytest.raises(live.NoNetwork):
        list(live.broken([dead]))


@pytest.mark.parametrize(
    ("package", "line"),
    [
        ({"name": "a", "skip_reason": "not found"}, "lock: a: not audited: not found"),
        (
            {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]},
            "lock: a 1: CVE-1, fixed in 2",
        ),
    ],
    ids=["skipped", "vulnerable"],
)
def test_what_was_not_audited_is_told_like_a_vulnerability(package: object, line: str) -> None:
    fine = {"name": "b", "version": "1", "vulns": []}
    assert list(live.audited("lock", json.dumps({"dependencies": [fine]}))) == []
    assert list(live.audited("lock", json.dumps({"dependencies": [fine, package]}))) == [line]


@pytest.mark.parametrize("report", ["", "{}", '{"dependencies": []}'])
def test_an_audit_of_nothing_is_an_error(report: str) -> None:
    """No report, or an empty one, is not a clean one."""
    assert len(list(live.audited("lock", report))) == 1


def test_the_live_site_is_compared_byte_by_byte(site: Path, served: Served, tmp_path: Path) -> None:
    """The same build passes; one word added on the way to one page shows."""
    assert list(live.drift(served.url, site)) == []
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    page = copy / "talk" / "index.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "<!-- --></body>"), "utf-8")
    with serve(copy) as other:
        lines = list(live.drift(other.url, site))
    assert lines == ["/talk/: not the bytes of this build (something was added on the way?)"]


def test_a_live_site_without_a_header_is_found(site: Path) -> None:
    """One header less, on every file."""
    text = (ROOT / "netlify.toml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("Referrer-Policy")]
    with serve(site, parse("\n".join(kept))) as other:
        lines = list(live.drift(other.url, site))
    assert lines
    assert all(line.endswith("Referrer-Policy is None") for line in lines)


def test_a_live_site_that_is_away_is_not_a_clean_one(site: Path) -> None:
    """It is said that nothing could be checked."""
    with pytest.raises(live.NoNetwork):
        list(live.drift("http://127.0.0.1:1", site))
