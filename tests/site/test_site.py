"""The built site as a whole: structure, addresses, help in its place, nothing left over."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from macros.data.addresses import address
from macros.data.helplines import Helpline
from macros.quiz.letters import ALPHABET, rule_in_letters
from macros.render import Renderer, day_in_words, typographic
from macros.site import Site
from tests.support.reading import plain, read

Pages = Mapping[str, BeautifulSoup]


def leads(page: BeautifulSoup | Tag, here: str) -> set[str]:
    """Where the links of a part of a page lead, as addresses from the root."""
    return {urljoin(here, str(a["href"])) for a in page.select("a[href]:not(template *)")}


def test_every_page_has_one_h1_and_ids_that_stand_once(pages: Pages) -> None:
    for here, page in pages.items():
        assert len(page.find_all("h1")) == 1, here
        ids = [tag["id"] for tag in page.select("[id]:not(template *)")]
        assert len(set(ids)) == len(ids), here


def test_titles_and_descriptions_are_the_pages_own(pages: Pages) -> None:
    real = [page for here, page in pages.items() if here != "/404.html"]
    titles = [plain(title) for page in real for title in page.select("title")]
    told = [tag["content"] for page in real for tag in page.select("meta[name=description]")]
    assert len(set(titles)) == len(set(told)) == len(real)
    assert all(titles) and all(told)


def test_no_template_text_is_left_over(pages: Pages) -> None:
    for here, page in pages.items():
        assert not re.search(r"\{\{|\}\}|\{%|%\}|markdown=|Undefined|None</", str(page)), here


def test_every_published_address_is_in_the_built_site(pages: Pages, records: Site) -> None:
    """What the ledger of permalinks counts as published is there, on the page it names."""
    assert {*pages} == {*records.permalinks.anchors, "/404.html"}
    for here, ids in records.permalinks.anchors.items():
        assert {*ids} <= {str(tag["id"]) for tag in pages[here].select("[id]")}, here


def test_every_link_to_a_part_of_a_page_names_one(pages: Pages) -> None:
    """In the frame and in what macros draw too."""
    ids = {here: {str(tag["id"]) for tag in page.select("[id]")} for here, page in pages.items()}
    for here, page in pages.items():
        for there, _, name in (link.partition("#") for link in leads(page, here) if "#" in link):
            assert there not in ids or name in ids[there], f"{here} links to {there}#{name}"


def test_only_an_address_that_lasts_is_offered_to_copy(pages: Pages, records: Site) -> None:
    copied = 0
    for here, page in pages.items():
        for link in page.select("a[data-copy]"):
            there, _, name = urljoin(here, str(link["href"])).partition("#")
            assert not name or name in records.permalinks.anchors[there], f"{here} {link['href']}"
            copied += 1
    assert copied > 100


def test_the_ledger_holds_every_published_address(records: Site) -> None:
    assert records.permalinks.unlisted() == {}, "run `make permalinks`"


def test_the_steps_of_the_way_lead_on(records: Site) -> None:
    steps = {p.path: p.meta for p in records.pages.values() if p.meta.step}
    assert sorted({meta.step or 0 for meta in steps.values()}) == [1, 2, 3, 4, 5]
    for path, meta in steps.items():
        assert meta.next
        if meta.next in steps:
            assert (steps[meta.next].step or 0) >= (meta.step or 0), f"{path} leads back"


def test_the_build_writes_only_what_pages_need(site: Path) -> None:
    """No data file, no source map, nothing of the theme's."""
    kinds = {path.suffix for path in site.rglob("*") if path.is_file()}
    wanted = {".html", ".css", ".js", ".svg", ".png", ".xml", ".gz", ".txt", ".zip", ".sha256"}
    assert kinds <= wanted
    assert all(re.search(r"\.[0-9a-f]{10}\.", file.name) for file in (site / "assets").iterdir())


def test_a_page_says_when_it_was_last_reviewed(pages: Pages, records: Site) -> None:
    for path, ours in records.pages.items():
        (time,) = pages[address(path)].select("main .reviewed time[datetime]")
        day = ours.meta.reviewed
        assert (time["datetime"], plain(time)) == (day.isoformat(), day_in_words(day)), path


# Help


def frame(page: BeautifulSoup) -> list[str]:
    """The parts of a page in order, each by its tag and first class; a tool's script is none."""
    assert page.body is not None
    parts = [part for part in page.body.children if isinstance(part, Tag) and part.name != "script"]
    return [f"{part.name}.{part.get_attribute_list('class')[0]}" for part in parts]


def test_help_stands_in_the_same_place_on_every_page(pages: Pages) -> None:
    """One strip, after the text and before the foot, with the same three ways out on each page."""
    for here, page in pages.items():
        assert frame(page) == frame(pages["/"]), here
        (strip,) = page.select("body > aside.help:not([hidden])")
        assert {"/help/", "/care/", "/now/"} <= leads(strip, here), here


def test_every_page_can_be_left_at_once(pages: Pages) -> None:
    for here, page in pages.items():
        (leave,) = page.select("a[data-module=leave]")
        assert str(leave["href"]).startswith("https://"), here


def test_call_or_text_someone_now_leads_to_the_helplines(pages: Pages) -> None:
    (link,) = pages["/now/"].find_all("a", string=re.compile("Call or text"))
    assert urljoin("/now/", str(link["href"])).startswith("/help/")


def test_every_number_is_one_to_call_or_to_text_as_the_file_has_it(
    pages: Pages, records: Site
) -> None:
    """Digit for digit, zeros in front too; a word to send stands in the message.

    Each country's emergency number comes first, then each line has its own and no others.
    """
    total = 0
    for country in records.helplines.countries:
        (drawn,) = pages["/help/"].select(f"section#{country.id}")
        emergency = [f"tel:{digits(country.emergency)}"] if country.emergency else []
        assert numbers(drawn)[: len(emergency)] == emergency, country.id
        total += len(emergency)
        for line in country.lines:
            (entry,) = drawn.select(f"article#{line.id}")
            assert numbers(entry) == list(linked(line)), line.id
            total += len(numbers(entry))
    assert len(numbers(pages["/help/"])) == total


def numbers(part: BeautifulSoup | Tag) -> list[str]:
    """The links of a part of a page that call or text, in order."""
    return [str(a["href"]) for a in part.select("a[href^='tel:'], a[href^='sms:']")]


def linked(line: Helpline) -> Iterator[str]:
    """The links that the contacts of a helpline ask for."""
    for contact in line.contacts:
        if contact.call:
            yield f"tel:{digits(contact.call)}"
        elif contact.text:
            send = f"?&body={contact.send}" if contact.send else ""
            yield f"sms:{digits(contact.text)}{send}"


def digits(number: str) -> str:
    """A number without what only helps to read it."""
    return re.sub("[ -]", "", number)


def test_a_service_that_has_only_a_web_address_can_be_shown(records: Site) -> None:
    """The frame names a number to talk only where there is one."""
    country = records.helplines.countries[0]
    lines = tuple(line.model_copy(update={"contacts": ()}) for line in country.lines)
    helplines = records.helplines.model_copy(
        update={"countries": (country.model_copy(update={"lines": lines}),)}
    )
    site = replace(records, helplines=helplines)
    page = read(Renderer(site, lambda ref: f"/{ref}").helplines())
    assert len(page.select("article")) == len(lines)
    assert len(page.select("a[href^='tel:']")) == 1


# The quiz on paper and without scripts


def test_the_worksheet_names_the_question_to_go_on_with(pages: Pages, records: Site) -> None:
    page, quiz = pages["/quiz/"], records.quiz
    numbers = {item.id: n for n, item in enumerate(quiz.items, start=1)}
    for item in quiz.items:
        (asked,) = page.select(f"fieldset#{item.id}")
        legend = asked.legend
        assert legend and plain(legend) == f"{numbers[item.id]}. {typographic(item.stem)}"
        lines = [plain(line) for line in asked.select("ol[type=a] > li")]
        assert lines == [
            typographic(option.text)
            + (f" Then go on with question {numbers[option.skip_to]}." if option.skip_to else "")
            for option in item.options
        ]


def test_immediate_help_stands_beside_the_answers_it_is_for(pages: Pages, records: Site) -> None:
    """In the page itself, so that readers without scripts have it, and without an attribute
    that hides it.
    """
    page, quiz = pages["/quiz/"], records.quiz
    needs_help = {flag.id for flag in quiz.flags if flag.needs_help}
    for item in quiz.items:
        (asked,) = page.select(f"fieldset#{item.id}")
        boxes = asked.select(".quiz__if")
        letters = "".join(plain(box).partition(":")[0].removeprefix("If ") for box in boxes)
        assert sorted(letters) == [
            ALPHABET[n] for n, option in enumerate(item.options) if option.flag in needs_help
        ]
        for box in boxes:
            assert not [p for p in (box, *box.parents) if p.has_attr("hidden")]
            (link,) = box.select("a[href]")
            (outcome,) = page.select(f"article{link['href']}")
            pressed = [str(a["href"]) for a in outcome.select(".outcome__buttons a")]
            assert len(pressed) == 2


def test_the_key_on_paper_has_each_step_with_its_rules(pages: Pages, records: Site) -> None:
    lines = [plain(line) for line in pages["/quiz/"].select(".quiz__key-list > li")]
    assert lines == [
        (
            "; ".join(rule_in_letters(records.quiz, rule) for rule in outcome.when)
            or "Anything else, or nothing"
        )
        + f" → {typographic(outcome.title)}"
        for outcome in records.quiz.outcomes
    ]


# The offline copy


@pytest.mark.parametrize("published", [True, False], ids=["published", "plain build"])
def test_the_offline_copy_is_linked_only_where_there_is_one(
    pages: Pages, records: Site, published: bool
) -> None:
    drawn = Renderer(records, lambda ref: "/", has_offline_copy=published).offline_copy()
    assert (".zip" in drawn) == published
    assert ("make build" in drawn) != published
    assert pages["/counselors/"].select_one("a[href$='offline/hold-on-or-let-go.zip']")
