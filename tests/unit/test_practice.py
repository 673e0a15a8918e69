"""The practice scenes: what hold over every walk, and how they become a booklet and a picture."""

import re

import pytest

from macros.data.yaml_reader import parse
from macros.practice import checks, proof
from macros.practice.booklet import booklet
from macros.practice.map import BOX, HEIGHT, LETTERS, practice_map
from macros.practice.model import CHANCE, PRESSING, Practice
from macros.site import Site
from tests.support.netlify import ROOT
from tests.support.reading import words

NAME = "docs/data/practice.yml"
TEXT = (ROOT / NAME).read_text("utf-8")


@pytest.fixture(scope="module")
def scenes(records: Site) -> Practice:
    """The project's own scenes."""
    return records.practice


@pytest.fixture(scope="module")
def walks(scenes: Practice) -> list[proof.Walk]:
    """Every walk there is."""
    return [walk for opening in scenes.openings for walk in proof.walks(scenes, opening)]


def refused(old: str, new: str) -> list[str]:
    """The errors of the real file with one text in it replaced."""
    assert TEXT.count(old) == 1, old
    document = parse(TEXT.replace(old, new), Practice, NAME)
    found = list(checks.problems(document.record)) or list(proof.problems(document.record))
    return document.errors(found)


def line(text: str, after: str) -> int:
    """The line of a text that stands somewhere after another."""
    return TEXT.count("\n", 0, TEXT.index(text, TEXT.index(after))) + 1


SIX = '    line: "Not tonight. I\'m on at six."\n'
LAST = """      - id: c
        kind: presses
        says: "You can't just go quiet on me."
        effect: "They may go quieter still."
        to: m-off
"""


def test_a_scene_has_three_or_four_replies() -> None:
    (error,) = refused(LAST, "")
    at = line("replies:", SIX)
    assert error.startswith(f"{NAME}:{at}: scenes > m-six > replies: has 2 replies")
    fifth = "".join(LAST.replace("id: c", f"id: {name}") for name in "cde")
    assert "has 5 replies" in refused(LAST, fifth)[0]


def test_a_scene_needs_a_reply_that_does_not_press() -> None:
    whole = TEXT[TEXT.index("  - id: m-six") : TEXT.index("  - id: m-care")]
    (error,) = refused(whole, re.sub("kind: .*", "kind: argues", whole))
    assert error.startswith(f"{NAME}:{line('replies:', SIX)}: ")
    assert "has only replies that press" in error


def test_a_reply_is_said_or_done_and_not_both() -> None:
    (error,) = refused('says: "You can\'t just go quiet on me."', "says: Hm.\n        does: Sit.")
    assert error.startswith(f"{NAME}:{line('- id: c', SIX)}: ")


def test_a_reply_stands_once_in_its_scene() -> None:
    (error,) = refused(LAST, LAST.replace("id: c", "id: b"))
    assert error.startswith(f"{NAME}:{line('- id: c', SIX)}: scenes > m-six > replies > b > id")


def test_a_threat_has_no_replies() -> None:
    """A menu under a threat would teach how to answer one."""
    errors = refused(SIX, f'{SIX}    danger: "yes"\n')
    assert [re.sub(r"^[^ ]+ scenes > m-six > (\w+): (.{11}).*", r"\1 \2", e) for e in errors] == [
        "replies is a danger",
        "to is a danger",
    ]


HAND_MADE = """
anywhere: {stop: stop, afraid: care}
openings: [{id: one, title: One, people: Two., setting: Here., first: a}]
scenes:
  - id: a
    distance: 100
    line: Yes.
    replies:
      - {id: a, kind: asks, says: Why?, effect: They may say., to: b}
      - {id: b, kind: presses, says: Stay., effect: They may go., to: no}
      - {id: c, kind: stops, does: Go., effect: They rest., to: stop}
  - id: b
    distance: 100
    line: I see red, and you'll be sorry.
    danger: "yes"
    to: care
endings:
  - {id: stop, kind: stopped, title: S, text: S., partner_side: One. Two., next: [a.md]}
  - {id: no, kind: clear-no, title: N, text: N., partner_side: One. Two., next: [a.md]}
  - {id: care, kind: help, title: C, text: C., next: [a.md]}
"""


def test_walks_are_found_in_the_order_of_the_file() -> None:
    small = parse(HAND_MADE, Practice).record
    assert not list(checks.problems(small)) + list(proof.problems(small))
    assert list(proof.walks(small, small.openings[0])) == [
        proof.Walk(("a", "b"), ("asks",), "care"),
        proof.Walk(("a",), ("presses",), "no"),
        proof.Walk(("a",), ("stops",), "stop"),
    ]
    report = "\n".join(proof.report(small))
    assert "2 scenes, 3 replies, 3 endings, 3 walks" in report
    assert "longest, 1 replies: a > b > care" in report


def test_there_are_sixty_scenes_over_four_openings(scenes: Practice) -> None:
    assert len(scenes.openings) == 4
    assert len(scenes.scenes) >= 60


def test_every_walk_ends_after_at_most_eight_replies(walks: list[proof.Walk]) -> None:
    assert 0 < max(len(walk.kinds) for walk in walks) <= 8


def test_no_walk_with_pressing_ends_with_a_chance(
    scenes: Practice, walks: list[proof.Walk]
) -> None:
    """Each walk by itself: the checker looks at the graph alone."""
    pressing = [walk for walk in walks if PRESSING & {*walk.kinds}]
    assert pressing
    assert not [w for w in pressing if scenes.ending[w.ending].kind in CHANCE]
    assert [w for w in walks if scenes.ending[w.ending].kind in CHANCE]


def test_every_walk_through_a_danger_ends_there_with_help(
    scenes: Practice, walks: list[proof.Walk]
) -> None:
    met = 0
    for walk in walks:
        if dangers := [name for name in walk.scenes if scenes.scene[name].danger]:
            assert dangers == [walk.scenes[-1]]
            assert scenes.ending[walk.ending].kind == "help"
            met += 1
    assert met


def test_pressing_after_a_no_is_the_last_reply(scenes: Practice, walks: list[proof.Walk]) -> None:
    for walk in walks:
        for name, kind in zip(walk.scenes, walk.kinds, strict=False):
            if scenes.scene[name].clear_no and kind in PRESSING:
                assert name == walk.scenes[-1]
                assert scenes.ending[walk.ending].kind in ("clear-no", "help")


def test_every_scene_and_ending_is_met(scenes: Practice, walks: list[proof.Walk]) -> None:
    assert {name for walk in walks for name in walk.scenes} == {*scenes.scene}
    anywhere = {scenes.anywhere.stop, scenes.anywhere.afraid}
    assert {walk.ending for walk in walks} | anywhere == {*scenes.ending}


def test_no_id_gives_a_reader_away(scenes: Practice) -> None:
    """Openings stand in addresses; the other ids may come to."""
    bland = re.compile(r"break-?up|divorc|abus|violen|suicid|afraid|scared|threat|danger|leav")
    ids = [o.id for o in scenes.openings] + [*scenes.scene, *scenes.ending]
    assert not [name for name in ids if bland.search(name)]


def test_each_scene_and_ending_has_one_number_within_its_opening(scenes: Practice) -> None:
    made = booklet(scenes)
    entries = [entry.id for block in made.blocks for entry in block.entries]
    assert sorted(entries) == sorted([*scenes.scene, *scenes.ending])
    assert [made.numbers[name] for name in entries] == [*range(1, len(entries) + 1)]
    for block in made.blocks[:-1]:
        assert block.opening
        assert block.entries[0].id == block.opening.first


def test_nobody_sees_where_a_reply_leads_by_reading_on(scenes: Practice) -> None:
    numbers = booklet(scenes).numbers
    for scene in scenes.scenes:
        assert numbers[scene.id] + 1 not in {numbers[to] for to in scene.leads_to}, scene.id


def test_a_new_scene_moves_no_number_before_its_opening(scenes: Practice) -> None:
    reply = scenes.scene["b-hug"].replies[0]
    new = scenes.scene["b-hug"].model_copy(update={"id": "b-new"})
    hug = scenes.scene["b-hug"].model_copy(
        update={"replies": (reply.model_copy(update={"to": "b-new"}),)}
    )
    others = tuple(s for s in scenes.scenes if s.id != "b-hug")
    more = scenes.model_copy(update={"scenes": (*others, hug, new)})
    more = Practice.model_construct(**{name: getattr(more, name) for name in Practice.model_fields})
    before, after = booklet(scenes).numbers, booklet(more).numbers
    border = before["b-start"]
    kept = {name: n for name, n in before.items() if n <= border}
    assert {name: after[name] for name in kept} == kept
    assert len(after) == len(before) + 1


def test_the_picture_has_every_scene_once_and_no_box_over_another(scenes: Practice) -> None:
    numbers = booklet(scenes).numbers
    found = []
    for opening in scenes.openings:
        drawn = practice_map(scenes, opening, numbers)
        found += [box.scene.id for box in drawn.boxes]
        for n, box in enumerate(drawn.boxes):
            assert box.x >= 0
            assert box.x + BOX <= drawn.width
            assert box.y + HEIGHT <= drawn.height
            assert all(len(words) <= LETTERS for words in box.lines)
            for other in drawn.boxes[n + 1 :]:
                assert abs(box.x - other.x) >= BOX or abs(box.y - other.y) >= HEIGHT
    assert sorted(found) == sorted(scenes.scene)


def test_every_line_of_the_picture_leads_down_and_pressing_is_told_apart(scenes: Practice) -> None:
    numbers = booklet(scenes).numbers
    lines = [
        line for opening in scenes.openings for line in practice_map(scenes, opening, numbers).lines
    ]
    between = [reply for s in scenes.scenes for reply in s.replies if reply.to in scenes.scene]
    assert len(lines) == len(between)
    assert all(line.y1 < line.y2 for line in lines)
    assert sum(line.presses for line in lines) == sum(reply.presses for reply in between)


def test_the_words_of_the_scenes_are_short(scenes: Practice) -> None:
    """A line can be said in a breath, a reply read at a glance."""
    for scene in scenes.scenes:
        assert len(words(scene.line or "")) <= 25, scene.id
        for reply in scene.replies:
            assert len(words(reply.says or reply.does or "")) <= 25, scene.id
            assert len(words(reply.effect)) <= 15, scene.id
