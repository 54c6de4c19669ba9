"""The project as the checkers see it: a dict from path to text, real or made up for a self-test."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = ("static/vendor/", "tests/vendor/", "eventapp/migrations/versions/")


def read_tree(*patterns: str) -> dict[str, str]:
    """Our own text files matching the patterns, by path from the root; vendored and generated ones left out."""
    files = {file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()}
    paths = {str(file.relative_to(ROOT)): file for file in files}
    return {
        path: file.read_text(encoding="utf-8")
        for path, file in sorted(paths.items())
        if "__pycache__" not in path and not path.startswith(NOT_OURS)
    }


def app_files() -> dict[str, str]:
    """app.py and all of eventapp/."""
    return read_tree("app.py", "eventapp/**/*.py")


def python_files() -> dict[str, str]:
    """Everything in Python, tests and all."""
    return read_tree("app.py", "eventapp/**/*.py", "tests/**/*.py")


def tracked_files() -> list[str]:
    """Every path git holds or would hold; in a copy without git, every path but what set-up makes."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        return sorted(path for path in set(listed.stdout.splitlines()) if (ROOT / path).is_file())
    made = (".venv/", ".git/", ".pytest_cache/", ".ruff_cache/", "instance/")
    paths = [str(file.relative_to(ROOT)) for file in ROOT.rglob("*") if file.is_file()]
    return sorted(path for path in paths if not path.startswith(made) and "__pycache__" not in path)


def nothing(problems: list[str]) -> None:
    """Fail with one sentence a line."""
    assert not problems, "\n" + "\n".join(dict.fromkeys(problems))
