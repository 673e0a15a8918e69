"""Build the site as the host does, also with changes made to a copy of the project."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.netlify import ROOT


def build(target: Path, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build a project strictly into a folder, with the copy for a disk, as the host does.

    Returns the last process, with its output in stdout: the first that failed, if one did.
    """
    environment = {"OFFLINE_COPY": "yes", **environment}
    done = run(root, "mkdocs", "build", "--strict", "--site-dir", str(target), **environment)
    return done if done.returncode else run(root, "macros", "offline", str(target), **environment)


def run(root: Path, *module: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module, with arguments, in a project's folder; stdout has all its output."""
    return subprocess.run(
        [sys.executable, "-m", *module],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
