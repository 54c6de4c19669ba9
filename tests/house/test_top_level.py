"""The top level is the customer's; no file speaks of one machine or of a registry."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT, nothing, tracked_files

FOLDERS = {"eventapp", "templates", "static", "tests", "instance", ".ci"}
FILES = {
    "pyproject.toml",
    "app.py",
    "README.md",
    "README.ko.md",
    "CHANGELOG.md",
    "LICENSE",
    "requirements.txt",
    "requirements-dev.txt",
    "compose.yaml",
    "Dockerfile",
    ".dockerignore",
    ".gitignore",
}
IN_INSTANCE = {"instance/.gitignore", "instance/config.example.py"}
FOLDERS_OF_ONE_MACHINE = re.compile(r"(?<![\w.}>])/(?:work|root|home/(?!app\b)\w+|Users/\w+|tmp/bin)/")
REGISTRIES = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|proxy\.golang\.org|crates\.io)\b"
    r"|--(?:extra-)?index-url|--find-links|--trusted-host",
    re.IGNORECASE,
)
NAMING_THEM = {"tests/house/test_top_level.py", "tests/house/test_pins.py"}  # they hold what they look for


def misplaced(paths: list[str]) -> list[str]:
    """Paths that stand where nothing of their kind belongs."""
    problems = []
    for path in paths:
        top, _, rest = path.partition("/")
        if rest and top not in FOLDERS:
            problems.append(
                f"{path}: no folder {top}/ at the top level; move it into one of {sorted(FOLDERS)}."
            )
        elif not rest and top not in FILES:
            problems.append(f"{path} does not belong at the top level; move it, or ask the customer.")
        elif top == "instance" and path not in IN_INSTANCE:
            problems.append(f"{path}: what is in instance/ stays out of the repository.")
    return problems


def tied_down(path: str, text: str) -> list[str]:
    """Lines that hold only on one machine, or name where packages come from."""
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if found := FOLDERS_OF_ONE_MACHINE.search(line):
            problems.append(f"{path}:{number} names {found[0]}, a folder of one machine; make it relative.")
        if found := REGISTRIES.search(line):
            problems.append(
                f"{path}:{number} names {found[0]}: where packages come from is the installer's business."
            )
    return problems


def ours_in_text() -> dict[str, str]:
    """Every tracked text file but vendored ones and the two that have to name what they look for."""
    texts = {}
    for path in tracked_files():
        if path.startswith(("static/vendor/", "tests/vendor/")) and not path.endswith(".py"):
            continue
        content = (ROOT / path).read_bytes()
        if path not in NAMING_THEM and b"\0" not in content[:4096]:
            texts[path] = content.decode("utf-8", errors="replace")
    return texts


def test_the_top_level_is_as_agreed():
    nothing(misplaced(tracked_files()))


def test_the_customers_entries_are_there():
    wanted = ["pyproject.toml", "app.py", "eventapp", "templates", "static", "tests", "instance"]
    assert [name for name in wanted if not (ROOT / name).exists()] == []


def test_no_file_is_tied_to_a_machine_or_a_registry():
    nothing([problem for path, text in ours_in_text().items() for problem in tied_down(path, text)])


def test_instance_keeps_its_contents_out_of_the_repository():
    assert (ROOT / "instance/.gitignore").read_text().splitlines()[0] == "*"


@pytest.mark.parametrize(
    "path",
    ["migrations/env.py", "docs/x.md", "setup.py", "notes.txt", "instance/config.py", "instance/x/y.eml"],
)
def test_a_misplaced_file_is_noticed(path):
    assert len(misplaced(["app.py", "tests/cast.py", "instance/.gitignore", path])) == 1


@pytest.mark.parametrize(
    "line",
    [
        "cd /" + "work/main",
        'open("/root/.venv/x")',
        "sh /home/kim/run",
        "/Users/kim/x",
        "--index-url https://example.org",
        "https://files.python" + "hosted.org/x",
        "registry.npm" + "js.org",
    ],
)
def test_a_tied_down_line_is_noticed(line):
    assert len(tied_down("README.md", line)) == 1


@pytest.mark.parametrize(
    "line", ["{{ asset('work/x') }}", "https://host/work/x", "/srv/partners-day/", "network/root/x"]
)
def test_what_is_allowed_passes(line):
    assert tied_down("README.md", line) == []
