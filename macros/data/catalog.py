"""The words that templates, scripts and Python put on a page, in other languages.

English stands where it is used and is the message; ``docs/data/frame.es.po`` has the Spanish of
each. Babel finds the messages, so a catalog is held against what the templates say at each build.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from jinja2 import TemplateSyntaxError

from .records import RecordError, shortened
from .yaml_reader import read_text

SOURCE = "en"
"""The language of the messages themselves, which needs no catalog."""

Words = NullTranslations
"""The words of a language: ``gettext`` and ``ngettext`` of an English message."""

ENGLISH = Words()

FILE = "docs/data/frame.{}.po"

_PACKAGE = Path(__file__).parent.parent
_TEMPLATES = {
    "macros/components": _PACKAGE / "components",
    "overrides": _PACKAGE.parent / "overrides",
}
_JINJA = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}

_TAG = re.compile(r"</?[a-z][^>]*>")
_LINE = re.compile(r'^(#.*|((msgid|msgid_plural|msgctxt|msgstr(\[\d\])?) )?"([^"\\]|\\.)*")?$')
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")

_HEADER = r"""msgid ""
msgstr ""
"Language: {}\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: {};\n"

"""

MessageId = str | tuple[str, ...]
"""An English message, or its singular and plural."""


def N_(message: str) -> str:
    """Marks a message that is translated where it is drawn."""
    return message


def words_of(language: str, root: Path) -> Words:
    """The words of a language, from the catalog in the project folder ``root``.

    Raises RecordError when it has none.
    """
    if language == SOURCE:
        return ENGLISH
    file = FILE.format(language)
    return _compiled(read_text(root / file, file), language, file)


@lru_cache(maxsize=8)
def _compiled(text: str, language: str, file: str) -> Words:
    compiled = BytesIO()
    write_mo(compiled, _read(text, language, file))
    compiled.seek(0)
    return GNUTranslations(compiled)


def problems(root: Path) -> list[str]:
    """What is wrong with the catalogs of a project, one ``path:line: …`` each."""
    errors: list[str] = []
    for language in languages(root):
        file = FILE.format(language)
        try:
            catalog = _read(read_text(root / file, file), language, file)
        except RecordError as error:
            errors += error.lines
            continue
        errors += (f"{file}:{line}: {message}" for line, message in _problems(catalog))
    return errors


def languages(root: Path) -> list[str]:
    """The languages that have a catalog."""
    return sorted(path.name.split(".")[1] for path in root.glob(FILE.format("*")))


def update(root: Path, language: str) -> int:
    """Bring a catalog up to date, or begin it; returns how many messages wait for a translation.

    Messages that are new come without a translation. One that no template has any more is kept at
    the end, behind ``#~``, for a message that takes its place.
    """
    file = FILE.format(language)
    path = root / file
    old = _read(read_text(path, file) if path.exists() else "", language, file)
    # A guess from a message that looks alike would be taken for a translation.
    old.update(_messages(), no_fuzzy_matching=True)
    text = BytesIO()
    # Without a header of Babel's, and without line numbers, an update changes only what is new.
    write_po(text, old, width=0, omit_header=True, include_lineno=False)
    head = _HEADER.format(language, old.plural_forms.rstrip(";"))
    path.write_text(head + text.getvalue().decode(), "utf-8")
    return sum(not all(_said(message)) for message in _entries(old))


def _read(text: str, language: str, file: str) -> Catalog:
    for number, line in enumerate(text.splitlines(), start=1):
        # Babel takes the first and the last letter of a text for its quotes, whatever they are.
        if not _LINE.match(line):
            raise RecordError([f'{file}:{number}: must be a comment, or like msgstr "…"'])
    try:
        return read_po(text.splitlines(keepends=True), locale=language, abort_invalid=True)
    except PoFileError as error:
        message = str(error).removesuffix(f" on {error.lineno}")
        raise RecordError([f"{file}:{error.lineno + 1}: {message}"]) from None


def _entries(catalog: Iterable[Message]) -> list[Message]:
    """The messages of a catalog without its header."""
    return [message for message in catalog if message.id]


def _said(message: Message) -> tuple[str, ...]:
    """The forms of a translation."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def _problems(catalog: Catalog) -> Iterator[tuple[int, str]]:
    wanted = {(message.id, message.context): message for message in _entries(_messages())}
    there = {(message.id, message.context) for message in _entries(catalog)}
    add = "run make translation, then translate it"
    for key, message in wanted.items():
        if key not in there:
            where = ", ".join(sorted({file for file, _ in message.locations}))
            yield 1, f"{_name(message)} of {where} has no translation; {add}"
    for message in _entries(catalog):
        line = message.lineno or 1
        if (message.id, message.context) not in wanted:
            yield line, f"{_name(message)} is said nowhere any more; remove it"
        elif not all(_said(message)):
            yield line, f"{_name(message)} has no translation"
        elif message.fuzzy:
            yield line, f"{_name(message)} is marked fuzzy; look at it, then remove the mark"
        else:
            yield from ((line, fault) for fault in _faults(message))
    for message in catalog.obsolete.values():
        yield message.lineno or 1, f"{_name(message)} is said nowhere any more; remove it"


def _faults(message: Message) -> Iterator[str]:
    """What each form of a translation lacks of the English, or has more than the English."""
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    known = {name for form in english for name in _PLACEHOLDER.findall(form)} | {"num"}
    for n, form in enumerate(_said(message)):
        own = english[min(n, len(english) - 1)]
        for name in sorted(set(_PLACEHOLDER.findall(own)) - set(_PLACEHOLDER.findall(form))):
            yield f"{_name(message)}: the translation lacks %({name})s"
        tags, said = Counter(_TAG.findall(own)), Counter(_TAG.findall(form))
        for tag in sorted((tags - said).keys()):
            yield f"{_name(message)}: the translation lacks {tag}"
        for tag in sorted((said - tags).keys()):
            yield f"{_name(message)}: the translation has {tag}, which the English has not"
        if re.search(r"[\"']", _TAG.sub("", form)):
            # Some stand in attributes, which a straight quote would end.
            yield f"{_name(message)}: the translation has a straight quote; write a curly one"
        try:
            form % dict.fromkeys(known, "")
        except KeyError as error:
            yield f"{_name(message)}: the English has no %({error.args[0]})s"
        except (TypeError, ValueError):
            yield f"{_name(message)}: a percent sign is written %%"


def _name(message: Message) -> str:
    return shortened(message.id if isinstance(message.id, str) else message.id[0])


def _messages() -> Catalog:
    """Every message of our templates and Python, with the files that say it."""
    found = Catalog()
    for name, path in _sources():
        for line, message, context in _extracted(path.read_text("utf-8"), path.suffix, name):
            found.add(message, locations=[(name, line)], context=context)
    return found


def _sources() -> Iterator[tuple[str, Path]]:
    """The files that may say something, each with the name messages call it by."""
    for name, folder in _TEMPLATES.items():
        for path in sorted(folder.rglob("*.*")):
            if path.suffix in (".html", ".svg"):
                yield f"{name}/{path.relative_to(folder).as_posix()}", path
    for path in sorted(_PACKAGE.rglob("*.py")):
        yield f"macros/{path.relative_to(_PACKAGE).as_posix()}", path


@lru_cache(maxsize=512)
def _extracted(text: str, kind: str, name: str) -> tuple[tuple[int, MessageId, str | None], ...]:
    """The messages of a file, each with its line and context.

    Remembered, so that after an edit only the file that changed is looked through.
    """
    # Most files say nothing, and to look for a word is much faster than to parse.
    if not re.search(r"\b(_|N_|n?gettext)\(|\{%-? *trans\b", text):
        return ()
    method = "python" if kind == ".py" else "jinja2.ext:babel_extract"
    try:
        found = list(extract(method, BytesIO(text.encode()), options=_JINJA))
    except TemplateSyntaxError as error:
        raise RecordError([f"{name}:{error.lineno}: {error.message}"]) from None
    return tuple((line, message, context) for line, message, _, context in found)
