"""The navigation of mkdocs.yml, which may have groups, and errors that MkDocs shows."""

import subprocess
import sys
from pathlib import Path

from macros import places_in_nav
from tests.support.fault_injection import append, project


def test_a_navigation_may_have_groups() -> None:
    nav = ["index.md", {"Start": [{"Now": "now.md"}, {"More": ["talk.md"]}]}, {"Care": "care.md"}]
    places = places_in_nav({"nav": nav})
    assert places == {"index.md": 0, "now.md": 1, "talk.md": 2, "care.md": 3}
    assert places_in_nav({"nav": None}) == {}


def test_a_script_that_cannot_be_joined_stops_the_build_with_its_line(tmp_path: Path) -> None:
    file = "components/frame/frame.js"
    root = project(tmp_path / "project")
    append(root / "macros" / file, 'import { nothing } from "../exit/exit.js";\n')
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert f"macros/{file}:" in done.stderr
    assert "exit.js exports no nothing" in done.stderr
    assert "Traceback" not in done.stderr
