"""The layers of the code: imports run one way, and MkDocs is known to few."""

import ast
from collections.abc import Iterator
from pathlib import Path

import macros

PACKAGE = Path(macros.__file__).parent
ORDER = (
    "data",
    "quiz",
    "practice",
    "publish",
    "site",
    "languages",
    "article",
    "render",
    "gallery",
    "__init__",
    "__main__",
)
LAYERS = (*ORDER, "hooks")
KNOWS_MKDOCS = ("__init__.py", "publish/offline.py")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module by its path in the package, parsed."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def test_imports_run_one_way() -> None:
    """A layer imports itself and those before it."""
    for name, tree in modules():
        layer = LAYERS.index(name.split("/")[0].removesuffix(".py"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level > name.count("/"):
                targets = [node.module] if node.module else [alias.name for alias in node.names]
                for target in targets:
                    other = LAYERS.index(target.split(".")[0])
                    assert other <= layer, f"macros/{name}:{node.lineno} imports {target}"


def test_only_the_hooks_and_the_offline_copy_import_mkdocs() -> None:
    """Inside functions, so that all else runs without it. Nothing else is imported there."""
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                imported = getattr(node, "module", "") or node.names[0].name
                inside = node not in tree.body
                assert inside == imported.startswith("mkdocs"), f"macros/{name}:{node.lineno}"
                assert not inside or name in KNOWS_MKDOCS, f"macros/{name}:{node.lineno}"
