"""What is installed is exactly what was chosen, and no setting runs code of its own."""

import re
from collections.abc import Iterator

import pytest
import yaml

from tests.support.netlify import ROOT

LOCKS = {"requirements.in": "requirements.txt", "requirements-test.in": "requirements-test.txt"}
PINNED = re.compile(r"([a-z0-9][a-z0-9._-]*)(\[[a-z0-9,-]+\])?==[^\s;*]+( ;.*)?", re.IGNORECASE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def faults(lock: str) -> Iterator[str]:
    """Say what a lock must not hold: anything without a version and a hash, any address."""
    for entry in re.sub(r"\\\n", " ", lock).splitlines():
        entry = entry.split(" #")[0].strip()
        if not entry or entry.startswith("#"):
            continue
        requirement, *hashes = entry.split(" --hash=")
        if not PINNED.fullmatch(requirement.strip()):
            yield f"not one version of one package: {entry[:60]}"
        if not hashes or not all(HASH.fullmatch(f"--hash={one.strip()}") for one in hashes):
            yield f"not held by hashes: {entry[:60]}"
    if "://" in lock:
        yield "names an address"


@pytest.mark.parametrize("lock", LOCKS.values())
def test_every_requirement_is_one_version_held_by_hashes(lock: str) -> None:
    """And the lock names no index, no file and no repository."""
    assert list(faults(text(lock))) == []


@pytest.mark.parametrize(
    "planted",
    [
        "requests==2.0",
        "requests>=2.0 --hash=sha256:" + "0" * 64,
        "requests --hash=sha256:" + "0" * 64,
        "requests==2.* --hash=sha256:" + "0" * 64,
        "requests==2.0 --hash=md5:" + "0" * 32,
        "--index-url https://example.com/simple",
        "-i example",
        "--extra-index-url example",
        "--find-links wheels",
        "-e .",
        "requests @ https://example.com/requests.whl",
        "git+https://example.com/requests",
        "./requests.whl",
    ],
)
def test_a_loose_requirement_would_be_seen(planted: str) -> None:
    """Each way to let something else in shows."""
    assert list(faults(f"{text('requirements.txt')}\n{planted}\n"))


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


def tags(settings: str) -> set[str]:
    """Return the YAML tags of a file. MkDocs reads its settings with a loader that runs some."""
    return {
        "".join(filter(None, token.value))
        for token in yaml.scan(settings)
        if isinstance(token, yaml.TagToken)
    }


def test_the_settings_run_no_code() -> None:
    """No tag but the one that reads the environment, and no hook."""
    assert tags(text("mkdocs.yml")) == {"!ENV"}
    assert not re.search(r"^hooks:", text("mkdocs.yml"), re.MULTILINE)


def test_a_tag_that_runs_code_would_be_seen() -> None:
    """Python's own, in the short and the long form."""
    assert tags("a: !!python/name:os.system") == {"!!python/name:os.system"}
    assert tags("a: !<tag:yaml.org,2002:python/object:os.x> 1") != {"!ENV"}
