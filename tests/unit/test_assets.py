"""Scripts and styles: joined as they are written, or refused with file and line."""

from pathlib import Path

import pytest

from macros.publish.assets import COMPONENTS, asset, assets, script


def joined(folder: Path, **modules: str) -> str:
    """The script of the module ``main`` among these."""
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return script(folder / "main.js")


def test_every_script_of_a_component_can_be_joined() -> None:
    names = [
        path.parent.name for path in COMPONENTS.glob("*/*.js") if path.stem == path.parent.name
    ]
    made = assets(names, "<svg></svg>")
    assert {*made} == {"site.css", "icon.svg", *(f"{name}.js" for name in names)}
    assert len(names) > 5


def test_modules_may_use_the_same_names(tmp_path: Path) -> None:
    """Each keeps a scope of its own, so neither sees what the other declares."""
    said = joined(
        tmp_path,
        main='import { a } from "./b.js";\nconst { hash } = location;\na(hash);\n',
        b="const { hash } = location;\nexport function a() { return hash; }\n",
    )
    before, _, after = said.partition("return{a};})();")
    assert before.count("const{hash}=location") == after.count("const{hash}=location") == 1


def test_an_import_may_have_a_name_of_its_own(tmp_path: Path) -> None:
    main = 'import { a as other } from "./b.js";\nother();\n'
    assert "const{a:other}=$" in joined(tmp_path, main=main, b="export const a = () => 1;\n")


@pytest.mark.parametrize(
    ("main", "says"),
    [
        ('\nimport { c } from "./b.js";\n', "main.js:2: ./b.js exports no c"),
        ('import { a, c as d } from "./b.js";\n', "main.js:1: ./b.js exports no c as d"),
        ('import { a } from "./none.js";\n', "main.js:1: there is no ./none.js"),
        ('import a from "./b.js";\n', "main.js:1: imports and exports are named"),
        ('let x;\nimport * as b from "./b.js";\n', "main.js:2: imports and exports are named"),
        ("export default 1;\n", "main.js:1: imports and exports are named"),
        ('import { a } from "./main.js";\n', "main.js:1: ./main.js imports this module"),
    ],
)
def test_what_could_not_work_in_a_browser_is_refused_at_its_line(
    tmp_path: Path, main: str, says: str
) -> None:
    with pytest.raises(ValueError) as error:
        joined(tmp_path, main=main, b="export const a = 1;\n")
    assert str(error.value).startswith(says)


def test_a_name_changes_with_its_content() -> None:
    assert asset("a", "js", "1").address != asset("a", "js", "2").address
