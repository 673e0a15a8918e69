"""The words of templates and scripts in other languages: complete, current, and put as they are."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from macros.data import catalog
from macros.data.records import RecordError
from macros.languages import read_edition
from macros.publish.assets import COMPONENTS
from macros.render import Renderer, day_in_words, join_words, typographic
from macros.site import Site
from tests.support.fault_injection import project
from tests.support.netlify import ROOT
from tests.support.reading import plain, read

SPANISH = "docs/data/frame.es.po"
ENGLISH_ONLY = ("gallery", "review-sheet")
"""Components that no reader of the site meets."""

OF_OTHERS = ("qr.js",)

TEMPLATES = [
    path
    for folder in (COMPONENTS, ROOT / "overrides")
    for path in sorted(folder.rglob("*.*"))
    if path.suffix in (".html", ".svg") and path.parent.name not in ENGLISH_ONLY
]
SCRIPTS = [
    path
    for path in sorted(COMPONENTS.rglob("*.js"))
    if path.parent.name not in ENGLISH_ONLY and path.name not in OF_OTHERS
]

Change = Callable[[str, str], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the Spanish catalog and nothing else."""
    (tmp_path / SPANISH).parent.mkdir(parents=True)
    shutil.copy(ROOT / SPANISH, tmp_path / SPANISH)
    return tmp_path


@pytest.fixture
def change(root: Path) -> Change:
    """Replace what stands exactly once in the catalog of that folder."""

    def replace(old: str, new: str) -> None:
        text = (root / SPANISH).read_text("utf-8")
        assert text.count(old) == 1
        (root / SPANISH).write_text(text.replace(old, new), "utf-8")

    return replace


@pytest.fixture
def spanish(records: Site) -> Renderer:
    """A renderer that says in Spanish what is ours."""
    return Renderer(records, lambda ref: f"/{ref}", language="es")


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_the_catalogs_are_complete_and_current() -> None:
    assert catalog.languages(ROOT) == ["es"]
    assert catalog.problems(ROOT) == []


WRONG = {
    "no translation": ('"Salir<span> de este sitio</span>"', '""', "has no translation"),
    "no link": (
        '<a href=\\"%(url)s#private\\">Leer en privado</a>',
        "Leer en privado",
        'lacks <a href="%(url)s#private">',
    ),
    "another link": (
        '<a href=\\"%(url)s#private\\">Leer en privado',
        '<a href=\\"%(url)s\\">Leer en privado',
        'has <a href="%(url)s">, which the English has not',
    ),
    "no value": ("Paso %(step)s de 5", "Paso 3 de 5", "lacks %(step)s"),
    "another value": ("Paso %(step)s de 5", "Paso %(step)s de %(of)s", "has no %(of)s"),
    "a percent sign": ('"Cargando"', '"Cargando 100%"', "is written %%"),
    "a straight quote": ('"Cargando"', '"Cargando \\"esto\\""', "straight quote"),
    "a plural without its number": ("Sus %(count)s secciones", "Sus secciones", "lacks %(count)s"),
}


@pytest.mark.parametrize(("old", "new", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_translation_is_reported_at_its_line(
    root: Path, change: Change, old: str, new: str, says: str
) -> None:
    text = (ROOT / SPANISH).read_text("utf-8")
    message = text[text.rindex('\nmsgid "', 0, text.index(old)) + 1 :].splitlines()[0]
    change(old, new)
    problems = catalog.problems(root)
    assert any(says in problem for problem in problems), problems
    start = f"{SPANISH}:{line_of(text, message)}: "
    assert [problem for problem in problems if not problem.startswith(start)] == []


def test_a_guess_is_not_taken_for_a_translation(root: Path, change: Change) -> None:
    change('msgid "Loading"', '#, fuzzy\nmsgid "Loading"')
    (problem,) = catalog.problems(root)
    assert "'Loading' is marked fuzzy" in problem


def test_a_translation_of_what_nobody_says_is_reported(root: Path, change: Change) -> None:
    change('msgid "Loading"', 'msgid "Lading"')
    missing, unknown = catalog.problems(root)
    assert missing.startswith(f"{SPANISH}:1: 'Loading' of macros/components/exit/exit.html")
    assert "make translation" in missing
    assert "'Lading' is said nowhere any more" in unknown


def test_a_broken_catalog_is_reported_at_its_line(root: Path, change: Change) -> None:
    change('msgid "Loading"', 'msgid Loading"')
    text = (root / SPANISH).read_text("utf-8")
    (problem,) = catalog.problems(root)
    assert problem.startswith(f"{SPANISH}:{line_of(text, 'msgid Loading')}: ")


def test_a_message_without_a_translation_stops_the_build(tmp_path: Path) -> None:
    copy = project(tmp_path / "project", build=False)
    text = (copy / SPANISH).read_text("utf-8")
    (copy / SPANISH).write_text(text.replace('msgstr "Cargando"', 'msgstr ""'), "utf-8")
    line = line_of(text, 'msgid "Loading"')
    with pytest.raises(RecordError) as refused:
        read_edition(copy, "es")
    assert refused.value.lines == (f"{SPANISH}:{line}: 'Loading' has no translation",)


def test_a_language_without_a_catalog_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"docs/data/frame\.fr\.po:1: cannot be read"):
        catalog.words_of("fr", tmp_path)


def test_an_update_changes_nothing_of_a_current_catalog(root: Path) -> None:
    assert catalog.update(root, "es") == 0
    assert (root / SPANISH).read_bytes() == (ROOT / SPANISH).read_bytes()


def test_an_update_adds_what_is_new_and_keeps_the_rest(root: Path, change: Change) -> None:
    change('msgid "Loading"', 'msgid "Lading"')
    assert catalog.update(root, "es") == 1
    text = (root / SPANISH).read_text("utf-8")
    assert 'msgid "Loading"\nmsgstr ""\n' in text
    assert '#~ msgid "Lading"\n#~ msgstr "Cargando"' in text
    assert 'msgstr "Salir<span> de este sitio</span>"' in text
    assert len(catalog.problems(root)) == 2


def test_a_new_language_begins_with_every_message(tmp_path: Path) -> None:
    (tmp_path / SPANISH).parent.mkdir(parents=True)
    waiting = catalog.update(tmp_path, "fr")
    with (tmp_path / catalog.FILE.format("fr")).open("rb") as file:
        made = [message.id for message in read_po(file) if message.id]
    with (ROOT / SPANISH).open("rb") as file:
        assert made == [message.id for message in read_po(file) if message.id]
    assert waiting == len(made)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_outside_a_message(path: Path) -> None:
    text = path.read_text("utf-8")
    for template in (
        r"\{#.*?#\}",
        r"\{%-? *trans\b.*?endtrans *-?%\}",
        r"_\((\"[^\"]*\"|'[^']*')\)",
    ):
        text = re.sub(template, "", text, flags=re.DOTALL)
    html = re.sub(r"\{[{%].*?[%}]\}", "", text, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", " ", html)) == []
    assert re.findall(r'(?:aria-label|alt|title|placeholder)="[^"]*\w[^"]*"', html) == []
    # What a template puts out as it stands: words that begin with a capital, or several.
    assert re.findall(r'[({,]\s*"([A-Z][a-z]+[^"]*|[a-z]+ [a-z]+[^"]*)"', text) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_nothing_of_its_own(path: Path) -> None:
    code = re.sub(r"^\s*(//|/?\*).*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    said = re.findall(r"[\"'`]([A-Z][a-z]+[^\"'`]*)[\"'`]", code)
    assert set(said) <= {"Escape", "Shift"}


def test_what_is_ours_is_said_in_spanish(spanish: Renderer) -> None:
    assert plain(read(str(spanish.exit("/")))) == "Salir de este sitio"
    assert "Llama al 911" in plain(read(spanish.helplines()))
    assert "Pregunta" in spanish.practice()
    page = spanish.site.pages["talk.md"]
    assert spanish.frame(page).reviewed_in_words == day_in_words(page.meta.reviewed, "es")


def test_a_pair_is_known_by_its_spanish_heads(spanish: Renderer) -> None:
    text = "<dl>\n<dt>En vez de</dt>\n<dd>“No”</dd>\n<dt>Mejor</dt>\n<dd>“¿Y tú?”</dd>\n</dl>"
    card = read(str(spanish.article("talk.md", text).html))
    assert [plain(head) for head in card.select(".pair dt")] == ["En vez de", "Mejor"]


def test_a_source_is_named_in_spanish(spanish: Renderer) -> None:
    source = spanish.site.sources["needs"]
    assert source.in_words(spanish.words) == "varios estudios pequeños"
    assert "Drigotas, S. M., y Rusbult, C. E., 1992" in plain(read(spanish.research("needs")))
    many = spanish.site.sources["predictors"]
    assert many.cite.people(spanish.words) == "Le, B. y otros"


@pytest.mark.parametrize(
    ("joint", "words", "joined"),
    [
        ("y", ["padre", "hijo"], "padre e hijo"),
        ("y", ["una", "ir", "íntimo"], "una, ir e íntimo"),
        ("y", ["agua", "hielo"], "agua y hielo"),
        ("y", ["vocales", "hiatos"], "vocales y hiatos"),
        ("y", ["6", "8"], "6 y 8"),
        ("y", ["“Sí”", "“Igual”"], "“Sí” e “Igual”"),
        ("o", ["uno", "otro"], "uno u otro"),
        ("o", ["ayer", "hoy"], "ayer u hoy"),
        ("o", ["siete", "ocho"], "siete u ocho"),
        ("o", ["7", "8"], "7 u 8"),
        ("o", ["10", "11"], "10 u 11"),
        ("o", ["100", "110"], "100 o 110"),
        ("o", ["a", "b", "c"], "a, b o c"),
        ("o", ["solo"], "solo"),
    ],
)
def test_a_spanish_list_ends_as_it_is_said(joint: str, words: list[str], joined: str) -> None:
    assert join_words(words, joint, "es") == joined


def test_only_spanish_changes_its_joint() -> None:
    assert join_words(["a", "o", "hotels"], "y") == "a, o y hotels"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ('Di: "¿Por qué?"', "Di: “¿Por qué?”"),
        ('¿"No" es no?', "¿“No” es no?"),
        ('Lo dijo ("hoy no") y ya.', "Lo dijo (“hoy no”) y ya."),
        ("\"Me dijo '¿y tú?' y se fue\"", "“Me dijo ‘¿y tú?’ y se fue”"),
        ("\"'Ya', dijo\"", "“‘Ya’, dijo”"),
        ("They don't, and it's 'fine'.", "They don’t, and it’s ‘fine’."),
    ],
)
def test_quotes_are_curled_in_either_language(typed: str, set_: str) -> None:
    assert typographic(typed) == set_


def test_a_quotation_in_a_question_is_opened(spanish: Renderer) -> None:
    """Markdown's own rule takes the inverted mark for the end of a word."""
    html = str(spanish.article("talk.md", "<p>¿”No” es no? ”‘¿Ya?’, dijo.”</p>").html)
    assert "<p>¿“No” es no? “‘¿Ya?’, dijo.”</p>" in html


def test_a_day_is_written_as_the_language_writes_it() -> None:
    assert day_in_words(date(2026, 11, 23), "es") == "23 de noviembre de 2026"
    assert day_in_words(date(2026, 11, 23)) == "November 23, 2026"
