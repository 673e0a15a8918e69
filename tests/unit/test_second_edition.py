"""What the second edition of the quiz promises, over all responses; each fault is found."""

from random import Random

import pytest
import yaml

from macros.data.yaml_reader import load, parse
from macros.quiz import checks, editions, personas, proof
from macros.quiz.letters import help_at_once, pages_by_answer, rule_in_letters
from macros.quiz.model import Quiz
from macros.quiz.outcomes import added, outcomes_for, read_on, standing
from macros.site import Site
from tests.support.netlify import ROOT
from tests.support.responses import Given

QUESTIONS = ROOT / "docs/data/questions.yml"
FAULTS: list[dict[str, str]] = yaml.safe_load((ROOT / "tests/faults/quiz.yml").read_text("utf-8"))[
    "faults"
]

# Words of the error that must name each fault of the question file.
NAMED = {
    "Each outcome fits some readers and not only a few.": "each outcome needs 3% to 40%",
    "No outcome is what nearly everybody gets.": "each outcome needs 3% to 40%",
    "Two outcomes that contradict each other never meet.": "told-you can stand beside",
    "What was refused is not advised.": "them can stand with this outcome",
    "What is done already is not advised.": "had can stand with this outcome",
    "Someone who is afraid is not blamed for what they did.": "an outcome that blames nobody",
    "Every question on every path can change what is shown.": "changes nothing that is shown",
    "A silence is not answered with another try.": "suggests going on talking to somebody",
    "A partner who threatens themself leads to help.": "so it must lead to help",
    "At a clear no nothing is said of what would change it.": "needs hide_changes: yes",
    "Every added line can be shown.": "is never chosen where this line could be shown",
    "Nobody is asked more than fourteen questions.": "nobody is asked more",
    "Every made-up person gets what fits them.": "affair-over-both-willing gets",
    "Thoughts of suicide lead to a crisis line, whatever stands beside them.": "must offer care.md",
    "No skip passes by a question about harm.": "skips over their-acts",
    "With nothing answered nobody is sent into a talk.": "must not encourage contact",
    "In danger nobody has to pick between two texts.": "must be its own",
    "Help begins with two buttons.": "must be 2",
}

SAFE: Given = {
    "afraid": frozenset({"no"}),
    "their-acts": frozenset({"none"}),
    "their-life": frozenset({"no"}),
    "self": frozenset({"no"}),
    "pressing": frozenset({"none"}),
}


def errors(text: str, people: personas.Personas) -> list[str]:
    """Return what the build says of a question file, apart from the history of editions."""
    document = parse(text, Quiz, "questions.yml")
    found = list(checks.problems(document.record)) or list(proof.problems(document.record))
    gets = personas.quiz_problems(people, document.record)
    return [*document.errors(found), *(problem.message for problem in gets)]


def test_every_guarantee_holds() -> None:
    """The project's own quiz has no error.

    Its files are read by themselves: a site that breaks a guarantee cannot be read at all.
    """
    people = load(ROOT / "docs/data/personas.yml", personas.Personas).record
    assert errors(QUESTIONS.read_text("utf-8"), people) == []


@pytest.mark.parametrize(
    "fault", [f for f in FAULTS if f["promise"] in NAMED], ids=lambda f: f["promise"]
)
def test_each_planted_fault_is_named(fault: dict[str, str], records: Site) -> None:
    """A file that breaks a promise is refused, and the message says how."""
    text = (ROOT / fault["file"]).read_text("utf-8")
    assert text.count(fault["find"]) == 1
    found = errors(text.replace(fault["find"], fault.get("replace", "")), records.personas)
    assert any(NAMED[fault["promise"]] in line for line in found), found


def test_the_shares_are_what_answering_at_random_gives(records: Site) -> None:
    """A sample of 4,000 fully answered sets, drawn answer by answer, has the shares of the walk."""
    quiz, chance, drawn = records.quiz, Random(13), 4_000
    named = {i for o in quiz.outcomes for rule in o.when for i in rule} - set(SAFE)
    items = [item for item in quiz.items if item.id in named]
    counted = dict.fromkeys((outcome.id for outcome in quiz.outcomes), 0)
    for _ in range(drawn):
        given = {i.id: frozenset({chance.choice(i.options).id}) for i in items}
        for result in outcomes_for(quiz, {**SAFE, **given}):
            counted[result.outcome.id] += 1
    shares = proof.shares(quiz)
    assert sum(share.weight for share in shares.values()) == pytest.approx(1)
    for name, share in shares.items():
        assert counted[name] / drawn == pytest.approx(share.weight, abs=0.016), name


def test_no_two_outcomes_ever_stand_side_by_side(records: Site) -> None:
    """Nobody has to choose between two texts."""
    assert list(proof.together(records.quiz)) == []


@pytest.mark.parametrize("act", ["keep-checking", "kept-writing", "stopped-them", "might-hurt"])
@pytest.mark.parametrize(
    "harm",
    [
        ("afraid", "sometimes"),
        ("their-acts", "unsure"),
        ("their-acts", "hit"),
        ("pressing", "fought-back"),
    ],
)
def test_a_victim_who_did_something_is_not_told_to_stop(
    harm: tuple[str, str], act: str, records: Site
) -> None:
    """Fear or harm beside one's own act is answered by the text that blames nobody."""
    given = {"pressing": frozenset({act})}
    given[harm[0]] = given.get(harm[0], frozenset()) | {harm[1]}
    assert [o.id for o in standing(records.quiz, given)] == ["safe-no-blame"]
    given["self"] = frozenset({"dying"})
    assert [o.id for o in standing(records.quiz, given)] == ["safe-and-alive"]


def test_a_yes_from_both_is_heard_and_a_talk_put_off_is_no_answer(records: Site) -> None:
    """The two that the first edition got most wrong."""
    heard = {"stand": frozenset({"trying"}), "would-work": frozenset({"both"})}
    assert [o.id for o in standing(records.quiz, heard)] == ["together"]
    later = {"stand": frozenset({"unsure"}), "talk": frozenset({"not-now"})}
    assert "respect-no" not in [o.id for o in standing(records.quiz, later)]


def test_added_lines_and_links_follow_the_answers(records: Site) -> None:
    """A line stands when its rule holds, and a page is listed once, after the outcome's own."""
    quiz = records.quiz
    given = {"talk": frozenset({"no-answer"}), "life": frozenset({"children", "young"})}
    (outcome,) = standing(quiz, given)
    assert outcome.id == "silence"
    lines = " ".join(also.text for also in added(outcome, given))
    assert "lawyer" in lines and "Tell one adult you trust" in lines
    links = read_on(quiz, outcome, given)
    assert links[: len(outcome.next)] == outcome.next
    assert links[len(outcome.next) :] == ("situations/children.md", "situations/young.md")
    helped = {"afraid": frozenset({"yes"}), "life": frozenset({"children"})}
    (help_first,) = standing(quiz, helped)
    assert read_on(quiz, help_first, helped) == help_first.next


def test_paper_has_every_rule_in_letters(records: Site) -> None:
    """3bc is b or c at question 3."""
    quiz = records.quiz
    (item,) = (i for i in quiz.items if i.id == "self")
    assert rule_in_letters(quiz, {"self": ("dying", "may-act"), "afraid": ("yes",)}) == "1c and 4cd"
    assert [(o.id, letters) for o, letters in help_at_once(quiz, item)] == [("help-today", "bcd")]
    pages = dict(pages_by_answer(quiz))
    assert pages["situations/children.md"] == "14a"


def test_no_private_answer_enters_a_code(records: Site) -> None:
    """Safety, and what else could give a reader away: visa, illness, not being out."""
    private = {item.id for item in records.quiz.items if item.private}
    assert private == {*SAFE, "life"}


def test_the_first_edition_stays_readable(records: Site) -> None:
    """Readers hold its codes, so it has a date, and nothing in it may change."""
    first = records.editions[1]
    assert first.released and first.digest == "4375c285ca26"
    with pytest.raises(ValueError, match="never changes again"):
        editions.with_entry(
            editions.Editions(editions=(first,)),
            records.quiz.model_copy(update={"edition": 1}),
        )


def test_each_verdict_of_a_learning_check_is_written_by_hand(records: Site) -> None:
    """Feedback begins with the verdict on that very answer; no template adds one."""
    for check in records.quiz.checks:
        for option in check.options:
            right = option.id == check.right
            begins = (
                ("Right.",)
                if right
                else ("No.", "No,", "It can feel so at midnight, and it is not so.")
            )
            assert option.feedback.startswith(begins), (check.id, option.id)
    template = (ROOT / "macros/components/check/check.html").read_text("utf-8")
    assert "what is known" not in template


def test_the_report_shows_shares_as_bars(records: Site) -> None:
    """`make proof`: each outcome that is not help, with its bar and both ways of counting."""
    lines = list(proof.report(records.quiz))
    for outcome in records.quiz.outcomes:
        bars = [line for line in lines if line.startswith(f"  {outcome.id} ") and "█" in line]
        assert len(bars) == (0 if outcome.is_help else 1)
    assert "  none" in lines


def test_the_fault_list_is_complete() -> None:
    """Each promise that is named here has its fault there."""
    assert set(NAMED) <= {fault["promise"] for fault in FAULTS}
