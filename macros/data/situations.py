"""What may be happening for a reader, in the reader's words, and where to go."""

from __future__ import annotations

from collections.abc import Iterator

from .pages import Pages
from .records import Line, Problem, Record, Ref, Slug, duplicates, nearest


class Group(Record):
    """Situations that stand together, under a title."""

    translated = ("title",)

    id: Slug
    title: Line


class Situation(Record):
    """One line of "What is happening for you?": the reader's words, and their target."""

    translated = ("says", "line")

    id: Slug
    group: Slug
    says: Line
    line: Line
    target: Ref


class Choice(Record):
    """One of the first things to press on the home page."""

    translated = ("says", "line")

    says: Line
    line: Line
    target: Ref


class Step(Record):
    """A step of the way. Other pages may stand at the same step, by their front matter."""

    translated = ("title",)

    title: Line
    page: Ref


class Situations(Record):
    """The whole file."""

    way: tuple[Step, ...]
    choices: tuple[Choice, ...]
    groups: tuple[Group, ...]
    situations: tuple[Situation, ...]

    def of(self, group: Group) -> tuple[Situation, ...]:
        """The situations of a group, in the file's order."""
        return tuple(s for s in self.situations if s.group == group.id)


def problems(record: Situations) -> Iterator[Problem]:
    """Ids that stand twice, and groups that do not exist or are empty."""
    groups = [group.id for group in record.groups]
    for index in duplicates(groups):
        yield Problem(("groups", index, "id"), "stands twice")
    for index, group in enumerate(record.groups):
        if not record.of(group):
            yield Problem(("groups", index, "id"), "no situation stands in this group; take it out")
    for index in duplicates([s.id for s in record.situations]):
        yield Problem(("situations", index, "id"), "stands twice")
    for index, situation in enumerate(record.situations):
        if situation.group not in groups:
            yield Problem(
                ("situations", index, "group"),
                f'there is no group "{situation.group}"{nearest(situation.group, groups)}',
            )


def ref_problems(record: Situations, pages: Pages) -> Iterator[Problem]:
    """Targets that do not exist."""
    for n, step in enumerate(record.way):
        if error := pages.ref_error(step.page):
            yield Problem(("way", n, "page"), error)
        elif pages[step.page].meta.step != n + 1:
            yield Problem(("way", n, "page"), f"its front matter does not say step: {n + 1}")
    for n, choice in enumerate(record.choices):
        if error := pages.ref_error(choice.target):
            yield Problem(("choices", n, "target"), error)
    for n, situation in enumerate(record.situations):
        if error := pages.ref_error(situation.target):
            yield Problem(("situations", n, "target"), error)
