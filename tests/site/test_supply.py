"""What is installed is exactly what was chosen, and no setting runs code of its own."""

import re

import pytest
import yaml

from tests.support.netlify import ROOT

LOCKS = {"requirements.in": "requirements.txt", "requirements-test.in": "requirements-test.txt"}
PINNED = re.compile(r"([a-z0-9][a-z0-9._-]*)(\[[a-z0-9,-]+\])?==[^\s;*]+( ;.*)?", re.IGNORECASE)
HASH = re.compile(r"sha256:[0-9a-f]{64}")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS.values())
def test_every_requirement_is_one_version_held_by_hashes(lock: str) -> None:
    """And the lock names no index, no file and no repository."""
    assert "://" not in text(lock)
    for entry in re.sub(r"\\\n", " ", text(lock)).splitlines():
        requirement, *hashes = entry.split(" #")[0].split(" --hash=")
        assert PINNED.fullmatch(requirement.strip()), entry[:60]
        assert hashes and all(HASH.fullmatch(one.strip()) for one in hashes), entry[:60]


@pytest.mark.parametrize(("wanted", "lock"), LOCKS.items())
def test_what_we_ask_for_is_what_the_lock_has(wanted: str, lock: str) -> None:
    """Each line of the .in file stands in its lock, in that version."""
    lines = [line.split("#")[0].strip() for line in text(wanted).splitlines()]
    for line in filter(None, lines):
        if line.startswith("-c ") or "<" in line:
            continue
        assert f"\n{line.lower()} " in f"\n{text(lock)}", line


def test_both_locks_agree() -> None:
    """A package in both has one version, so that tests run what the host builds with."""
    pins = [
        dict(line.split(" ")[0].split("==") for line in text(lock).splitlines() if "==" in line)
        for lock in LOCKS.values()
    ]
    both = pins[0].keys() & pins[1].keys()
    assert both
    assert {name: pins[0][name] for name in both} == {name: pins[1][name] for name in both}


def test_make_installs_only_by_hash() -> None:
    """Every pip install of the Makefile asks for hashes."""
    assert "--require-hashes" in re.sub(r"\\\n", " ", text("Makefile")).split("INSTALL :=")[1]
    assert "pip install" not in text("Makefile").replace("-m pip install --quiet", "")


def test_nothing_else_is_installed_by_the_host() -> None:
    """Netlify acts on these files where it finds them; npm would bring hundreds of packages."""
    for name in ("package.json", "Pipfile", "pyproject.lock", "Gemfile", "go.mod", "runtime.txt"):
        assert not (ROOT / name).exists(), name


def test_the_settings_run_no_code() -> None:
    """MkDocs reads its settings with a loader that runs what some tags name.

    There is no tag but the one that reads the environment, and no hook but our own.
    """
    tokens = yaml.scan(text("mkdocs.yml"))
    tags = {"".join(filter(None, t.value)) for t in tokens if isinstance(t, yaml.TagToken)}
    assert tags == {"!ENV"}
    assert yaml.load(text("mkdocs.yml"), yaml.BaseLoader)["hooks"] == ["macros/hooks.py"]
