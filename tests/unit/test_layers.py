"""The rooms of the code: imports run one way, and only two places know MkDocs."""

import ast
from pathlib import Path

import macros

HOUSE = Path(macros.__file__).parent
LAYERS = ("data", "quiz", "practice", "publish", "site", "render", "__init__", "__main__")
KNOWS_MKDOCS = ("__init__.py", "publish/offline.py")


def test_imports_run_one_way() -> None:
    """A room imports itself and those to its left; inside a function only MkDocs is imported."""
    for path in HOUSE.rglob("*.py"):
        name = path.relative_to(HOUSE).as_posix()
        room = name.split("/")[0].removesuffix(".py")
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level > name.count("/"):
                targets = [node.module] if node.module else [alias.name for alias in node.names]
                for target in targets:
                    other = target.split(".")[0]
                    assert LAYERS.index(other) <= LAYERS.index(room), f"{name}:{node.lineno}"
            if isinstance(node, ast.Import | ast.ImportFrom) and node not in tree.body:
                assert name in KNOWS_MKDOCS, f"{name}:{node.lineno} imports inside a function"
                assert str(getattr(node, "module", "")).startswith("mkdocs."), name
