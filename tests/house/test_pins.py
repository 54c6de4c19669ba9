"""Pins: every requirement exact, hashed, and what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT, nothing

PINS = ("requirements.txt", "requirements-dev.txt")


def entries(text: str) -> list[str]:
    """One logical line for each requirement, hashes and all."""
    joined = re.sub(r" *\\\n\s*", " ", text)
    return [line.strip() for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def loose(text: str) -> list[str]:
    """Requirements that are not one exact version with at least one sha256, or that name a place."""
    problems = []
    for entry in entries(text):
        if entry.startswith("-") or "://" in entry or " @ " in entry:
            problems.append(f"{entry[:60]}: pins name no place and take no options.")
        elif not re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.!+]+( ;[^-]*)?( --hash=sha256:[0-9a-f]{64})+$", entry):
            problems.append(f"{entry[:60]}: pin one exact version with its sha256 hashes.")
    return problems


def pinned(text: str) -> dict[str, set[str]]:
    """Package to its pinned versions; several where markers choose among them."""
    versions: dict[str, set[str]] = {}
    for entry in entries(text):
        name, _, version = entry.split(" ")[0].partition("==")
        versions.setdefault(canonicalize_name(name.partition("[")[0]), set()).add(version)
    return versions


def uncovered(wanted: list[str], versions: dict[str, set[str]]) -> list[str]:
    """What pyproject.toml asks for and the pins do not give."""
    problems = []
    for line in wanted:
        asked = Requirement(line)
        given = versions.get(canonicalize_name(asked.name), set())
        if not given or not all(asked.specifier.contains(version) for version in given):
            problems.append(
                f"pyproject.toml asks for {line}; pinned is {sorted(given) or 'nothing'}: compile again."
            )
    return problems


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PINS)
def test_every_pin_is_exact_and_hashed(name):
    nothing(loose(read(name)))


def test_the_pins_cover_the_project():
    project = tomllib.loads(read("pyproject.toml"))
    nothing(uncovered(project["project"]["dependencies"], pinned(read("requirements.txt"))))
    nothing(uncovered(project["dependency-groups"]["dev"], pinned(read("requirements-dev.txt"))))


def test_the_tests_run_on_the_very_versions_that_serve():
    serving, testing = pinned(read("requirements.txt")), pinned(read("requirements-dev.txt"))
    assert {name: testing.get(name) for name in serving} == serving


HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    "text",
    [
        "flask>=3 \\\n    " + HASH,
        "flask==3.1.3",
        "flask==3.1.3 \\\n    --hash=md5:00",
        "--index-url https://somewhere",
        "flask @ https://somewhere/flask.whl " + HASH,
    ],
)
def test_a_loose_pin_is_noticed(text):
    assert len(loose(text)) == 1


def test_a_pin_with_a_marker_passes():
    assert loose(f"numpy==2.4.6 ; python_full_version < '3.12' \\\n    {HASH} \\\n    {HASH}\n") == []


@pytest.mark.parametrize("line", ["gunicorn~=28.0", "waitress"])
def test_a_missing_pin_is_noticed(line):
    assert len(uncovered([line, "flask~=3.1"], {"gunicorn": {"27.0.1"}, "flask": {"3.1.3"}})) == 1
