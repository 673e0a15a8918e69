"""What holds of the scenes over every walk from an opening to an ending.

The rules are checked on the graph of scenes, which is enough: no scene can be met twice in a
walk, so whatever can be reached from a reply's target is what some walk reaches after it. The
report counts the walks themselves, one by one, and a test holds both against each other.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

from ..data.records import Problem
from .model import CHANCE, Ending, Opening, Practice

MOST_REPLIES = 8
"""A walk takes at most as many replies: about three minutes, and short enough to do again."""


@dataclass(frozen=True)
class Walk:
    """One way through: the ids of the scenes, the kinds of the replies, the ending's id."""

    scenes: tuple[str, ...]
    kinds: tuple[str, ...]
    ending: str


def walks(practice: Practice, opening: Opening) -> Iterator[Walk]:
    """Every walk from an opening, replies in the file's order. There must be no circle."""

    def onward(scenes: tuple[str, ...], kinds: tuple[str, ...], to: str) -> Iterator[Walk]:
        if to in practice.ending:
            yield Walk(scenes, kinds, to)
            return
        scene = practice.scene[to]
        if scene.to:
            yield Walk((*scenes, to), kinds, scene.to)
        for reply in scene.replies:
            yield from onward((*scenes, to), (*kinds, reply.kind), reply.to)

    return onward((), (), opening.first)


def problems(practice: Practice) -> Iterator[Problem]:
    """What does not hold over all walks. The file must have passed ``checks.problems``."""
    place = {scene.id: n for n, scene in enumerate(practice.scenes)}
    if circle := _circle(practice):
        yield Problem(
            ("scenes", place[circle[0]], "id"),
            f"leads back to itself: {' > '.join(circle)}; a walk must end",
        )
        return
    longest: dict[str, tuple[str, ...]] = {}
    for opening in practice.openings:
        path = _longest(practice, opening.first, longest)
        if len(path) - 1 > MOST_REPLIES:
            yield Problem(
                ("scenes", place[opening.first], "id"),
                f"can take {len(path) - 1} replies: {' > '.join(path)}; shorten it to eight",
            )
    for n, scene in enumerate(practice.scenes):
        for r, reply in enumerate(scene.replies):
            if not reply.presses:
                continue
            for path in _paths(practice, reply.to):
                ending = practice.ending.get(path[-1])
                if ending and ending.kind in CHANCE:
                    yield Problem(
                        ("scenes", n, "replies", r, "to"),
                        f"presses, and {ending.id} can still be reached by {' > '.join(path)}; "
                        "after pressing no small-step or needs-time may follow",
                    )
    met = {path[-1] for o in practice.openings for path in _paths(practice, o.first)}
    met |= {practice.anywhere.stop, practice.anywhere.afraid}
    for n, scene in enumerate(practice.scenes):
        if scene.id not in met:
            yield Problem(
                ("scenes", n, "id"), "is reached from no opening; lead to it or remove it"
            )
    for n, ending in enumerate(practice.endings):
        if ending.id not in met:
            yield Problem(("endings", n, "id"), "is reached by no reply; lead to it or remove it")


def _circle(practice: Practice) -> tuple[str, ...]:
    """Scenes that lead back to the first of them; empty when every walk ends."""
    done: set[str] = set()

    def search(name: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if name in path:
            return (*path[path.index(name) :], name)
        if name in done or name not in practice.scene:
            return ()
        for to in practice.scene[name].leads_to:
            if found := search(to, (*path, name)):
                return found
        done.add(name)
        return ()

    return next(filter(None, (search(scene.id, ()) for scene in practice.scenes)), ())


def _longest(practice: Practice, name: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The longest path from a scene to an ending; one entry more than it takes replies."""
    if name in practice.ending:
        return (name,)
    if name not in known:
        scene = practice.scene[name]
        # What follows a danger comes by itself, without a reply.
        ahead = [_longest(practice, r.to, known) for r in scene.replies]
        known[name] = (name, *max(ahead, key=len, default=()))
    return known[name]


def _paths(practice: Practice, start: str) -> Iterator[tuple[str, ...]]:
    """The shortest path from ``start`` to each scene and ending that can be reached, itself too."""
    seen = {start}
    ahead: deque[tuple[str, ...]] = deque([(start,)])
    while ahead:
        path = ahead.popleft()
        yield path
        scene = practice.scene.get(path[-1])
        for to in scene.leads_to if scene else ():
            if to not in seen:
                seen.add(to)
                ahead.append((*path, to))


def report(practice: Practice) -> Iterator[str]:
    """What was shown, for a person to read: walks by opening and ending, and the longest."""
    by_ending: Counter[str] = Counter()
    replies = sum(len(scene.replies) for scene in practice.scenes)
    found = {o.id: list(walks(practice, o)) for o in practice.openings}
    yield (
        f"Practice: {len(practice.scenes)} scenes, {replies} replies, {len(practice.endings)} "
        f"endings, {sum(map(len, found.values())):,} walks."
    )
    yield ""
    for opening in practice.openings:
        mine = found[opening.id]
        longest = max(mine, key=lambda walk: len(walk.kinds))
        kinds = Counter(practice.ending[walk.ending].kind for walk in mine)
        by_ending.update(walk.ending for walk in mine)
        yield (
            f"  {opening.title}: {len({s for walk in mine for s in walk.scenes})} scenes, "
            f"{len(mine):,} walks; {', '.join(f'{k} {kinds[k]}' for k in sorted(kinds))}"
        )
        path = " > ".join((*longest.scenes, longest.ending))
        yield f"    longest, {len(longest.kinds)} replies: {path}"
    yield ""
    yield "Walks to each ending:"
    for ending in practice.endings:
        count = by_ending[ending.id]
        yield f"  {count:5}  {ending.id} ({ending.kind}){_anywhere(practice, ending)}"
    yield ""
    yield from (f"Holds for all of them: {guarantee}" for guarantee in GUARANTEES)


def _anywhere(practice: Practice, ending: Ending) -> str:
    here = {practice.anywhere.stop, practice.anywhere.afraid}
    return ", and from every scene" if ending.id in here else ""


GUARANTEES = (
    "every scene and every ending can be reached.",
    f"every walk ends, after at most {MOST_REPLIES} replies.",
    "after a reply that presses, no ending with a chance can be reached.",
    "pressing after a clear no ends the scene.",
    "a threat, or a life at risk, has no replies and leads to help.",
    "stopping and saying that one is afraid are possible on every scene that goes on.",
)
