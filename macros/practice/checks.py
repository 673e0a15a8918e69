"""What can be wrong with one scene, reply or ending of a file whose values have the right form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..data.pages import Pages
from ..data.records import Problem, Where, duplicates, nearest
from .model import Practice, Scene

DISTANCES = range(90, 151)
REPLIES = (3, 4)

_SENTENCE = re.compile(r"[.?!][\"']?(?=\s|$)")


def sentences(text: str) -> int:
    """How many sentences a text has."""
    return len(_SENTENCE.findall(text))


def problems(practice: Practice) -> Iterator[Problem]:
    """What is wrong within the file, each with its place in it; ``proof`` looks at whole walks."""
    yield from _ids(practice)
    for n, opening in enumerate(practice.openings):
        if opening.first not in practice.scene:
            known = nearest(opening.first, practice.scene)
            yield Problem(
                ("openings", n, "first"), f'leads to "{opening.first}", which is no scene{known}'
            )
    for name, kind in (("stop", "stopped"), ("afraid", "help")):
        ending = practice.ending.get(getattr(practice.anywhere, name))
        if ending is None or ending.kind != kind:
            yield Problem(("anywhere", name), f"must name an ending of kind {kind}")
    for n, scene in enumerate(practice.scenes):
        yield from _scene(practice, ("scenes", n), scene)
    for n, ending in enumerate(practice.endings):
        spot = ("endings", n, "partner_side")
        if ending.partner_side is None:
            if ending.kind != "help":
                yield Problem(spot, "needs partner_side: two sentences on what it was like to hear")
        elif (found := sentences(ending.partner_side)) != 2:
            yield Problem(spot, f"has {found} sentences; write two")


def _ids(practice: Practice) -> Iterator[Problem]:
    lists: dict[Where, list[str]] = {
        ("openings",): [o.id for o in practice.openings],
        ("scenes",): [s.id for s in practice.scenes],
        ("endings",): [e.id for e in practice.endings],
    }
    for n, scene in enumerate(practice.scenes):
        lists["scenes", n, "replies"] = [r.id for r in scene.replies]
    for where, ids in lists.items():
        for index in duplicates(ids):
            yield Problem((*where, index, "id"), "stands twice; choose another id")
    for n, scene in enumerate(practice.scenes):
        if scene.id in practice.ending:
            yield Problem(
                ("scenes", n, "id"),
                "is also an ending; rename one, since a reply's to: names either",
            )


def _scene(practice: Practice, spot: Where, scene: Scene) -> Iterator[Problem]:
    if not (scene.stage or scene.line):
        yield Problem(spot, "has no stage and no line; write what is seen or said")
    if scene.distance not in DISTANCES:
        yield Problem((*spot, "distance"), "must be from 90 to 150: closer would look like winning")
    if scene.danger:
        yield from _danger(practice, spot, scene)
        return
    if scene.to:
        yield Problem((*spot, "to"), 'has to: but is no danger; write replies, or danger: "yes"')
    if len(scene.replies) not in REPLIES:
        yield Problem((*spot, "replies"), f"has {len(scene.replies)} replies; write three or four")
    if scene.replies and all(reply.presses for reply in scene.replies):
        yield Problem(
            (*spot, "replies"),
            "has only replies that press; add one that listens, asks, tells, thanks or stops",
        )
    for n, reply in enumerate(scene.replies):
        here = (*spot, "replies", n)
        if (reply.says is None) == (reply.does is None):
            yield Problem(here, "needs says: or does:, and not both")
        if (found := sentences(reply.effect)) != 1:
            yield Problem((*here, "effect"), f"has an effect of {found} sentences; make it one")
        if reply.to not in practice.scene and reply.to not in practice.ending:
            known = nearest(reply.to, (*practice.scene, *practice.ending))
            yield Problem(
                (*here, "to"),
                f'leads to "{reply.to}", which is neither a scene nor an ending{known}',
            )
        elif scene.clear_no and reply.presses:
            ending = practice.ending.get(reply.to)
            if ending is None or ending.kind not in ("clear-no", "help"):
                yield Problem(
                    (*here, "to"),
                    f"presses after a clear no and leads on to {reply.to}; "
                    "lead to an ending of kind clear-no or help",
                )


def _danger(practice: Practice, spot: Where, scene: Scene) -> Iterator[Problem]:
    if scene.replies:
        yield Problem(
            (*spot, "replies"),
            "is a danger, so it has no replies; remove them and name a help ending in to:",
        )
    ending = practice.ending.get(scene.to or "")
    if ending is None or ending.kind != "help":
        ids = ", ".join(e.id for e in practice.endings if e.kind == "help")
        yield Problem(
            (*spot, "to"),
            f"is a danger and leads to {scene.to or 'nothing'}, which is no help ending; "
            f"lead to one of: {ids}",
        )


def ref_problems(practice: Practice, pages: Pages) -> Iterator[Problem]:
    """Endings that name no page, or one that does not exist."""
    for n, ending in enumerate(practice.endings):
        if not ending.next:
            yield Problem(("endings", n, "next"), "has no next; name a page or a section")
        for i, ref in enumerate(ending.next):
            if error := pages.ref_error(ref):
                yield Problem(("endings", n, "next", i), error)
