"""Helplines by country, as ``docs/data/helplines.yml`` has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from .records import (
    AnyWebAddress,
    Line,
    Matching,
    Month,
    Problem,
    Record,
    Slug,
    WebAddress,
    duplicates,
)

Topic = Literal[
    "crisis", "partner", "own-behavior", "young", "lgbtq", "stalking", "couples", "talk"
]

_NUMBER = re.compile(r"^[0-9][0-9 -]*[0-9]$")


Language = Annotated[str, Matching(r"^[a-z]{2}\Z", "must be the code of a language, like es")]
"""A language of this site, by its code."""


class Contact(Record):
    """One way to reach a service: a number to call or text (with a word to send), or a chat.

    ``only`` names the language whose readers it is shown to, where it is not for all.
    """

    call: Line | None = None
    text: Line | None = None
    send: Line | None = None
    chat: WebAddress | None = None
    only: Language | None = None

    @property
    def digits(self) -> str:
        """The number as a ``tel:`` or ``sms:`` address wants it."""
        return re.sub(r"\D", "", self.call or self.text or "")


class Confirmed(Record):
    """How a fact was confirmed: on the service's ``own`` page or an ``other``, and its date.

    ``note`` says more to someone who wants to know how sure we are.
    """

    translated = ("note",)

    how: Literal["own", "other"]
    date: Month | None = None
    where: AnyWebAddress | None = None
    note: Line | None = None


class Helpline(Record):
    """A service a reader can turn to; ``whom`` it is for where that is not everyone.

    ``caution`` is what to know before a call. ``answers_in`` are languages, besides that of its
    country, in which people answer. ``only`` as in a contact.
    """

    translated = ("name", "about", "whom", "hours", "caution")
    own_entry = True

    id: Slug
    name: Line
    about: Line
    whom: Line | None = None
    topics: tuple[Topic, ...]
    contacts: tuple[Contact, ...]
    hours: Line | None = None
    web: WebAddress | None = None
    confirmed: Confirmed
    caution: Line | None = None
    answers_in: tuple[Language, ...] = ()
    only: Language | None = None

    @property
    def calls(self) -> bool:
        """Whether it has a number to call."""
        return any(way.call for way in self.contacts)

    @property
    def texts(self) -> bool:
        """Whether it has a number to text."""
        return any(way.text for way in self.contacts)


class Country(Record):
    """A country, its emergency number, its services. ``only`` as in a contact: people there answer
    in that language."""

    translated = ("name", "note")

    id: Slug
    name: Line
    emergency: Line | None = None
    note: Line | None = None
    lines: tuple[Helpline, ...]
    only: Language | None = None

    def answered_in(self, language: str) -> frozenset[str]:
        """The ids of the lines of this country where people are known to answer in a language."""
        everywhere = self.only == language
        return frozenset(
            line.id
            for line in self.lines
            if everywhere or line.only == language or language in line.answers_in
        )


class Helplines(Record):
    """The whole file."""

    countries: tuple[Country, ...]

    def for_readers_of(self, language: str) -> Helplines:
        """What readers of a language are shown, first where people answer in that language."""

        def shown(records: Iterable[Any]) -> list[Any]:
            return [record for record in records if record.only in (None, language)]

        countries = []
        for country in shown(self.countries):
            lines = [
                line.model_copy(update={"contacts": tuple(shown(line.contacts))})
                for line in shown(country.lines)
            ]
            known = country.answered_in(language)
            lines.sort(key=lambda line: line.id not in known)
            countries.append(country.model_copy(update={"lines": tuple(lines)}))
        countries.sort(key=lambda country: not country.answered_in(language))
        return Helplines(countries=tuple(countries))


def problems(record: Helplines) -> Iterator[Problem]:
    """What is well-formed but wrong: repeated ids, numbers no phone can dial, no way in."""
    for index in duplicates([c.id for c in record.countries]):
        yield Problem(("countries", index, "id"), "stands twice")
    ids = [
        (c, n, line.id)
        for c, country in enumerate(record.countries)
        for n, line in enumerate(country.lines)
    ]
    countries = {country.id for country in record.countries}
    taken = set(duplicates([name for _, _, name in ids]))
    for index, (c, n, name) in enumerate(ids):
        # Both are addresses on the same page.
        if index in taken or name in countries:
            yield Problem(("countries", c, "lines", n, "id"), f'"{name}" is taken')
    for c, country in enumerate(record.countries):
        if country.emergency and not _NUMBER.match(country.emergency):
            yield Problem(("countries", c, "emergency"), "must be a number to dial")
        for n, line in enumerate(country.lines):
            spot = ("countries", c, "lines", n)
            if not line.contacts and not line.web:
                yield Problem(spot, "has no way to reach it: add contacts or web")
            if not line.topics:
                yield Problem((*spot, "topics"), "is empty")
            for k, contact in enumerate(line.contacts):
                here = (*spot, "contacts", k)
                ways = [w for w in (contact.call, contact.text, contact.chat) if w]
                if len(ways) != 1:
                    yield Problem(here, "must be exactly one of call, text or chat")
                if contact.send and not contact.text:
                    yield Problem((*here, "send"), "is a word to text; it needs text:")
                for key in ("call", "text"):
                    number = getattr(contact, key)
                    if number and not _NUMBER.match(number):
                        yield Problem((*here, key), "must be digits, spaces and hyphens only")
