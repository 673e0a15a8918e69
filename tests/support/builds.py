"""Build the site as the host does, also with changes made to a copy of the project."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.netlify import ROOT

ENGLISH_ONLY = "TEST_ENGLISH_ONLY"
"""While this variable is set, the tests build the English pages alone: a fifth of the work."""


def is_whole() -> bool:
    """Whether the site that the tests share has all languages and the copy for a disk."""
    return ENGLISH_ONLY not in os.environ


def build(
    target: Path, root: Path = ROOT, whole: bool = True, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build a project strictly into a folder, in all languages, with the copy for a disk.

    Not ``whole``, the folder has the English pages alone, as they are in the whole site. Returns
    the last process, with its output in stdout: the first that failed, if one did.
    """
    environment = {"OFFLINE_COPY": "yes", **environment}
    commands = [["mkdocs", "build", "--strict", "--site-dir", str(target)]]
    if whole:
        for config in sorted(root.glob("mkdocs.*.yml")):
            there = target / config.name.split(".")[1]
            commands.append(
                ["mkdocs", "build", "--strict", "-f", config.name, "--site-dir", str(there)]
            )
        commands.append(["macros", "offline", str(target)])
    for command in commands:
        done = run(root, *command, **environment)
        if done.returncode:
            break
    return done


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
