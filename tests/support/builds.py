"""Build the site as the host does, also with changes made to a copy of the project."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
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
    the last process, with its output in stdout: one that failed, if one did.
    """
    environment = {"OFFLINE_COPY": "yes", **environment}
    # All at once: whatever needs the site waits for this. MkDocs empties the folder it builds into,
    # so each part has one of its own, and is moved when all are there.
    beside = target.with_name(f"{target.name}-parts")
    languages = {config.name.split(".")[1]: config.name for config in root.glob("mkdocs.*.yml")}
    strict = ["mkdocs", "build", "--strict", "--site-dir"]
    commands = [[*strict, str(target)]]
    if whole:
        commands += [[*strict, str(beside / n), "-f", config] for n, config in languages.items()]
        commands.append(["macros", "offline", str(beside)])
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda command: run(root, *command, **environment), commands))
    failed = next((done for done in results if done.returncode), None)
    if failed:
        return failed
    for part in (*languages, "offline") if whole else ():
        shutil.move(beside / part, target / part)
    return results[-1]


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
