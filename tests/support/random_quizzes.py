"""Small random quizzes, and every possible set of responses to them, one by one."""

from collections.abc import Iterator
from itertools import chain, combinations, product

from hypothesis import strategies as st

from macros.data.pages import Picture
from macros.quiz.model import Flag, Item, Option, Outcome, Part, Quiz, Rule
from macros.quiz.outcomes import effective
from tests.support.responses import Given

PICTURE = Picture(apart=60, says="Two circles")
FLAGS = tuple(Flag(id=n, needs_help=n != "clear-no") for n in ("fear", "self-harm", "clear-no"))
SAFE = ("care.md",)


@st.composite
def quizzes(draw: st.DrawFn) -> Quiz:
    """A quiz of two to four items and two to five outcomes, skip logic and all."""
    count = draw(st.integers(2, 4))
    items = tuple(_item(draw, number, count) for number in range(count))
    priorities = sorted(draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)))
    outcomes = [_outcome(draw, f"o{n}", priority, items) for n, priority in enumerate(priorities)]
    last = Outcome(
        id="last",
        priority=4,
        title="Last",
        text="Last.",
        encourages_contact=draw(st.booleans()),
        next=(draw(st.sampled_from(("talk.md", "care.md"))),),
        picture=PICTURE,
    )
    part = Part(id="one", title="One")
    return Quiz(
        edition=1,
        flags=FLAGS,
        opening_help=SAFE,
        parts=(part,),
        items=items,
        outcomes=(*outcomes, last),
    )


def _item(draw: st.DrawFn, number: int, count: int) -> Item:
    kind = draw(st.sampled_from(("single", "single", "multiple")))
    later = [f"i{n}" for n in range(number + 2, count)]
    options = tuple(
        Option(
            id=f"o{n}",
            text=f"Option {n}",
            restatement="you said so",
            feedback="All right.",
            see="care.md",
            flag=draw(st.sampled_from((None, None, None, *(flag.id for flag in FLAGS)))),
            skip_to=draw(st.sampled_from((None, *later))) if kind == "single" else None,
            exclusive=draw(st.booleans()) if kind == "multiple" else False,
        )
        for n in range(draw(st.integers(2, 3)))
    )
    return Item(
        id=f"i{number}",
        part="one",
        kind=kind,
        stem="Is it so?",
        about="care.md",
        why="To know.",
        options=options,
    )


def _outcome(draw: st.DrawFn, name: str, priority: int, items: tuple[Item, ...]) -> Outcome:
    def rule() -> Rule:
        named = draw(st.lists(st.sampled_from(items), min_size=1, max_size=2, unique=True))
        return {
            item.id: tuple(
                draw(
                    st.lists(
                        st.sampled_from([o.id for o in item.options]),
                        min_size=1,
                        max_size=2,
                        unique=True,
                    )
                )
            )
            for item in named
        }

    return Outcome(
        id=name,
        priority=priority,
        title=name,
        text="Words.",
        encourages_contact=draw(st.booleans()),
        when=tuple(rule() for _ in range(draw(st.integers(1, 2)))),
        next=("talk.md",),
        immediate_help="Call someone." if priority == 1 else None,
        picture=PICTURE,
    )


def every(quiz: Quiz) -> Iterator[Given]:
    """Every possible set of responses, without answers to items that skip logic hides."""
    for choice in product(*(_choices(item) for item in quiz.items)):
        given = {item.id: c for item, c in zip(quiz.items, choice, strict=True) if c}
        if effective(quiz, given) == given:
            yield given


def _choices(item: Item) -> list[frozenset[str]]:
    ids = [option.id for option in item.options]
    if item.kind == "single":
        return [frozenset(), *(frozenset({o}) for o in ids)]
    exclusive = [option.id for option in item.options if option.exclusive]
    others = [o for o in ids if o not in exclusive]
    subsets = chain.from_iterable(combinations(others, n) for n in range(len(others) + 1))
    return [*map(frozenset, subsets), *(frozenset({o}) for o in exclusive)]
