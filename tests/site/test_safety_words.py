"""What the pages say where a wrong word could hurt: held section by section, before any build."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from macros.data.pages import Pages
from macros.data.reviews import Reviews
from macros.publish.review import HELP, passages
from macros.render import Renderer, typographic
from macros.site import Site
from tests.support.reading import Block, plain, words
from tests.support.records import read_records

SITE = read_records()
READER_PAGES = [path for path, page in SITE.pages.items() if page.meta.level == "reader"]
SITUATIONS = [path for path, page in SITE.pages.items() if page.meta.group == "situations"]
FORM = ["different", "this-week", "avoid", "whom", "read-on"]
FEWEST, MOST = 150, 350

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def paragraphs(pages: Pages, ref: str) -> list[str]:
    """The paragraphs and list entries of a page or section, with their links as references."""
    found = passages(Reviews(passages=(ref,), reviews=()), pages)
    return [paragraph for passage in found for paragraph in passage.paragraphs]


def said(text: str) -> str:
    """A paragraph as it reads: without links and emphasis."""
    return _LINK.sub(r"\1", text).replace("*", "")


def section(ref: str) -> str:
    """What a section says, on one line."""
    return " ".join(said(paragraph) for paragraph in paragraphs(SITE.pages, ref))


def links(text: str) -> list[str]:
    """Where the links of a text lead."""
    return re.findall(r"\]\(([^)]*)\)", text)


def section_links(ref: str) -> list[str]:
    """Where the links of a section lead."""
    return [href for paragraph in paragraphs(SITE.pages, ref) for href in links(paragraph)]


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence of every page for readers, after its page."""
    for path in READER_PAGES:
        for paragraph in paragraphs(SITE.pages, path):
            for sentence in Block("p", said(paragraph)).sentences:
                yield path, sentence


# Leaving


def tells_to_go_at_once(sentence: str) -> bool:
    """Whether a sentence tells someone to leave now, without danger and without a plan."""
    who = r"them|him|her|home|your partner|the house|now|tonight|today|at once"
    go = rf"\b(leave(?= (?:{who})\b)|move out|get out|go away|pack|sleep somewhere else)\b"
    at_once = r"\b(tonight|now|today|at once|right away|immediately)\b"
    held = r"\b(don't|never|not|unless|before|danger|phone|car keys|alcohol)\b"
    text = sentence.lower()
    return bool(
        re.search(rf"{go}[^.;]*{at_once}|{at_once}[^.;]*{go}", text) and not re.search(held, text)
    )


@pytest.mark.parametrize(
    "sentence",
    ["Pack a bag and leave tonight.", "Move out today.", "Tonight, go away for a few days."],
)
def test_a_sentence_that_sends_someone_away_at_once_is_noticed(sentence: str) -> None:
    assert tells_to_go_at_once(sentence)


def test_no_page_tells_anyone_to_leave_at_once_without_a_plan() -> None:
    assert [found for found in sentences() if tells_to_go_at_once(found[1])] == []


def test_who_is_afraid_is_sent_to_a_line_before_telling_the_partner() -> None:
    text = section("care.md#quietly")
    assert "before you tell your partner anything" in text
    assert "help/index.md" in section_links("care.md#quietly")


def test_a_safety_plan_covers_five_things_and_is_made_with_an_advocate() -> None:
    text = section("care.md#plan").lower()
    assert "advocate" in text and "together" in text
    covered = ("children", "pets", "money", "papers", "a phone of your own")
    assert [thing for thing in covered if thing not in text] == []
    assert "before you move any of these" in text


@pytest.mark.parametrize(
    "ref", ["now.md#quietly", "asked-to-stay.md#safe", "asked-to-stay.md#say-no"]
)
def test_the_plan_is_a_link_away_where_someone_may_be_leaving(ref: str) -> None:
    assert "care.md#plan" in section_links(ref)


def test_nobody_is_asked_to_move_out_before_legal_advice() -> None:
    first = paragraphs(SITE.pages, "let-go.md#home")[0]
    assert Block("p", first).sentences[0] == (
        "Before anyone moves out, gives notice or signs, get local legal advice."
    )
    assert all(word in first for word in ("the children", "a visa", "house or apartment"))
    assert "If you are afraid of your partner, agree to nothing yet" in first


# Doing harm


def test_who_did_it_to_protect_themselves_is_spoken_to_first() -> None:
    first = paragraphs(SITE.pages, "care.md#pressing")[0]
    assert "protecting yourself" in first and "to stay safe" in first
    assert "help/index.md" in links(first)
    assert not any(word in first for word in ("sign out", "Stop", "stay away"))


EXCEPTIONS = ("children", "rent and shared money", "a court order")
RULE = ["care.md#pressing", "before-you-send.md#not-at-all", "now.md#before-you-send"]
SHORT_RULE = [f"situations/{name}.md#this-week" for name in ("silence", "pause", "weeks-later")]


def test_after_a_no_there_are_three_exceptions() -> None:
    text = section("let-go.md#contact")
    assert text.startswith("After a clear no, write nothing about the two of you")
    bold = [
        found[1].lower()
        for paragraph in paragraphs(SITE.pages, "let-go.md#contact")
        if (found := re.match(r"\*\*([^*:]+):\*\*", paragraph))
    ]
    assert bold == list(EXCEPTIONS)


@pytest.mark.parametrize("ref", RULE)
def test_the_rule_for_contact_is_the_same_in_every_place(ref: str) -> None:
    found = [p for p in paragraphs(SITE.pages, ref) if "let-go.md#contact" in links(p)]
    assert len(found) == 1
    assert [name for name in EXCEPTIONS if name not in said(found[0])] == []


@pytest.mark.parametrize("ref", SHORT_RULE)
def test_where_writing_stops_the_exceptions_are_a_link_away(ref: str) -> None:
    assert "let-go.md#contact" in section_links(ref)


def test_every_country_has_a_line_on_own_behavior_or_says_there_is_none() -> None:
    silent = [
        country.name
        for country in SITE.helplines.countries
        if not any("own-behavior" in line.topics for line in country.lines)
        and not re.search(r"know of no|found no", country.note or "")
    ]
    assert silent == []
    assert "Where we know of none" in section("care.md#pressing")


# Ending a life


def test_nothing_said_to_who_threatens_stands_where_a_suicidal_reader_looks() -> None:
    assert not re.search(r"\bfear\b(?! you)|\bholds?\b|\bheld\b|threat", section("care.md#self"))
    assert "it held them by fear" in section("care.md#pressing")
    assert "tell someone else too" in section("care.md#self")


def test_a_partner_s_words_about_dying_have_a_section_with_what_to_do() -> None:
    text = section("care.md#if-they-say")
    for step in ("call the emergency number", "a crisis line", "Tell someone close", "still go"):
        assert step in text
    assert "Don't go there by yourself if you are afraid" in text


@pytest.mark.parametrize("ref", ["now.md#if-they-say", "asked-to-stay.md#if-they-say"])
def test_that_section_is_reached_from(ref: str) -> None:
    assert "care.md#if-they-say" in section_links(ref)


def test_that_section_is_on_the_home_page() -> None:
    assert "care.md#if-they-say" in [s.target for s in SITE.situations.situations]


# A doctor


def makes_them_wait(sentence: str) -> bool:
    """Whether someone who does not eat or sleep is told to wait for weeks."""
    return bool(re.search(r"\b(eat\w*|sle(?:ep\w*|pt))\b[^,.;]*\bweeks?\b", sentence.lower()))


def test_who_cannot_eat_or_sleep_sees_a_doctor_within_days() -> None:
    now, soon = (
        next(p for p in paragraphs(SITE.pages, "after.md#get-help") if p.startswith(start))
        for start in ("**Now", "**Soon")
    )
    assert "eaten or slept" in now and "a few days" in now and "doctor" in now
    assert "two weeks" in soon and "doctor" in soon
    assert makes_them_wait("See a doctor if you can't sleep and it has gone on for two weeks.")
    assert [found for found in sentences() if makes_them_wait(found[1])] == []


# Helplines


def test_the_silent_call_in_the_uk_is_told_whole() -> None:
    (note,) = (c.note or "" for c in SITE.helplines.countries if c.id == "gb")
    missing = [
        fact
        for fact in (
            "don't hang up",
            "Cough or tap",
            "press 55",
            "works from a mobile phone",
            "does not tell the police where you are",
        )
        if fact not in note
    ]
    assert missing == []


@pytest.fixture(scope="module")
def help_page() -> BeautifulSoup:
    return BeautifulSoup(Renderer(SITE, lambda ref: ref).helplines(), "html.parser")


def test_no_doubt_stands_under_a_number(help_page: BeautifulSoup) -> None:
    doubt = r"confirm|dated|page we saw|pages|rely on|saved copies"
    found = [plain(line) for line in help_page.select(".helpline")]
    assert len(found) == sum(len(country.lines) for country in SITE.helplines.countries)
    assert [text for text in found if re.search(doubt, text)] == []


def test_how_each_number_was_confirmed_is_folded_at_the_end_of_its_country(
    help_page: BeautifulSoup,
) -> None:
    for country, part in zip(SITE.helplines.countries, help_page.select(".country"), strict=True):
        (folded,) = part.select("details:not([open])")
        assert folded.find_next_sibling() is None
        listed = [plain(entry) for entry in folded.select("li")]
        for line, entry in zip(country.lines, listed, strict=True):
            assert entry.startswith(f"{typographic(line.name)}: ")
            assert (line.confirmed.date or "undated") in entry
            assert typographic(line.confirmed.note or "") in entry


# Situations


def opening(path: str) -> list[str]:
    """The paragraphs of a page before its first section."""
    return list(
        next(p.paragraphs for p in passages(Reviews(passages=(path,), reviews=()), SITE.pages))
    )


def test_there_are_twenty_situations() -> None:
    assert len(SITUATIONS) == 20


@pytest.mark.parametrize("path", SITUATIONS)
def test_a_situation_is_two_taps_from_home(path: str) -> None:
    """Home lists it and so does no page between: a tap on Home, a tap on the situation."""
    assert any(call.name == "situations" for call in SITE.pages["index.md"].calls)
    assert path in [s.target for s in SITE.situations.situations]


@pytest.mark.parametrize("path", SITUATIONS)
def test_a_situation_has_its_five_sections_in_order(path: str) -> None:
    assert [section.id for section in SITE.pages[path].sections] == FORM


@pytest.mark.parametrize("path", SITUATIONS)
def test_a_situation_begins_with_safety(path: str) -> None:
    """Before its first heading it says who should read something else first, and links there."""
    first = opening(path)[0]
    assert {href.partition("#")[0] for href in links(first)} & set(HELP)
    assert re.search(r"afraid|scared?|frighten|hurt|threat|ending your life|sent away", first)


def own_words(path: str) -> int:
    """How many words a page has of its own, without headings and notes."""
    return sum(len(words(said(p))) for p in paragraphs(SITE.pages, path))


@pytest.mark.parametrize("path", SITUATIONS)
def test_a_situation_is_half_a_page_for_readers(path: str) -> None:
    """150 to 350 words. That it reads at grade 6 or lower is held for every page for readers."""
    assert FEWEST <= own_words(path) <= MOST
    assert SITE.pages[path].meta.level == "reader"


@pytest.mark.parametrize("path", SITUATIONS)
def test_a_situation_has_what_research_says(path: str) -> None:
    assert SITE.pages[path].arguments_of("research")


# Depressed is a reader's word


def test_the_page_on_health_uses_the_readers_word() -> None:
    page = SITE.pages["situations/health.md"]
    assert "depressed" in page.meta.heading
    assert any("depressed" in s.says for s in SITE.situations.situations if s.target == page.path)


# What a professional is asked to check


@pytest.fixture(scope="module")
def sheet() -> BeautifulSoup:
    return BeautifulSoup(Renderer(SITE, lambda ref: f"/{ref}").review_sheet(), "html.parser")


def test_the_review_sheet_has_all_that_is_about_safety(sheet: BeautifulSoup) -> None:
    """Every section on safety, every first line of a situation, each with a box for initials."""
    rows = sheet.select(".row")
    assert [row for row in rows if len(row.select(".initial")) != 1] == []
    shown = " ".join(plain(row) for row in rows)

    def there(text: str) -> bool:
        return " ".join(typographic(said(text)).split()) in shown

    wanted = [p for path in ("care.md", "now.md") for p in paragraphs(SITE.pages, path)]
    wanted += [
        p
        for ref in ("after.md#get-help", "let-go.md#contact", "let-go.md#home")
        for p in paragraphs(SITE.pages, ref)
    ]
    wanted += [opening(path)[0] for path in SITUATIONS]
    wanted += [page.meta.warning for page in SITE.pages.values() if page.meta.warning]
    assert [text for text in wanted if not there(text)] == []


def test_the_review_sheet_has_every_helpline_with_its_source_and_age(sheet: BeautifulSoup) -> None:
    part = sheet.select_one("#helplines")
    assert part
    for country, shown in zip(SITE.helplines.countries, part.select(".passage"), strict=True):
        rows = [plain(row) for row in shown.select(".row")][-len(country.lines) :]
        for line, row in zip(country.lines, rows, strict=True):
            numbers = [c.call or c.text or c.chat or "" for c in line.contacts]
            assert row.startswith(f"{typographic(line.name)}.")
            assert [number for number in numbers if number not in row] == []
            assert (line.confirmed.date or "undated") in row
            assert (line.confirmed.where or "") in row


def test_the_review_sheet_has_every_question_outcome_and_rule(sheet: BeautifulSoup) -> None:
    asked = [plain(row) for row in sheet.select("#questions .row")]
    assert len(asked) == len(SITE.quiz.items) + len(SITE.quiz.checks)
    for item, row in zip(SITE.quiz.items, asked, strict=False):
        assert typographic(item.stem) in row
        assert [o.id for o in item.options if typographic(o.text) not in row] == []
    first, other = sheet.select_one("#help-first"), sheet.select_one("#outcomes")
    assert first and other
    shown = {
        plain(part.h3).rpartition(" Rank ")[0]: part for part in sheet.select(".outcome") if part.h3
    }
    for outcome in SITE.quiz.outcomes:
        part = shown[typographic(outcome.title)]
        assert part in (first if outcome.is_help else other).select(".outcome")
        text = plain(part)
        assert [p for p in outcome.paragraphs if typographic(p) not in text] == []
        assert typographic(outcome.immediate_help or "") in text
        assert [also.text for also in outcome.also if typographic(also.text) not in text] == []
        assert len(part.select(".rule li")) == len(outcome.when)


def test_the_review_sheet_takes_an_hour(sheet: BeautifulSoup) -> None:
    """An advocate and a therapist each have parts that take an hour, and no part has no reader."""
    told = re.findall(r"(\d(?:, \d)*), (\d+) minutes", plain(sheet))
    assert len(told) == 2
    assert [minutes for _, minutes in told if not 10 < int(minutes) <= 60] == []
    numbers = {number for numbers, _ in told for number in numbers.split(", ")}
    assert sorted(numbers) == [str(n + 1) for n in range(len(sheet.select(".part")))]


def test_a_change_of_a_word_changes_the_edition_of_the_sheet(records: Site) -> None:
    def edition(site: Site) -> str:
        (found,) = re.findall(
            r"<title>Review sheet ([0-9a-f]{8})</title>",
            Renderer(site, lambda ref: f"/{ref}").review_sheet(),
        )
        return str(found)

    lines = records.helplines.model_copy(update={"countries": records.helplines.countries[1:]})
    assert edition(records) == edition(records)
    assert edition(Site(**{**vars(records), "helplines": lines})) != edition(records)


def test_about_says_plainly_that_nobody_has_reviewed_it_and_later_who_did(records: Site) -> None:
    def about(reviews: Reviews) -> str:
        site = Site(**{**vars(records), "reviews": reviews})
        return plain(BeautifulSoup(Renderer(site, lambda ref: ref).reviews(), "html.parser"))

    none = Reviews(passages=records.reviews.passages, reviews=())
    assert about(none).startswith("No couples therapist and no domestic-abuse advocate has read")
    entry = {
        "date": "2027-02-03",
        "who": "An advocate",
        "what": ["care.md", "quiz"],
        "edition": "00000000",
    }
    text = about(Reviews.model_validate({"passages": none.passages, "reviews": [entry]}))
    assert text.startswith("An advocate, February 3, 2027, read Taking care of yourself")
    assert "and the quiz." in text and "have changed since" in text
