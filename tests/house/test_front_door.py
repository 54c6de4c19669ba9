"""The front door: bare Python is enough to open it, and it says in one line what is wrong."""

from __future__ import annotations

import ast
import socket
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT

APP = ROOT / "app.py"
SOURCE = APP.read_text(encoding="utf-8")


@pytest.fixture
def front() -> dict[str, Any]:
    """The set-up program's functions; its last lines, which start something, left out."""
    parsed = ast.parse(SOURCE)
    assert ast.unparse(parsed.body[-1]).startswith("if __name__ == '__main__':")
    names: dict[str, Any] = {"__file__": str(APP), "__name__": "front", "__doc__": ""}
    exec(compile(ast.Module(parsed.body[:-1], []), str(APP), "exec"), names)
    return names


def run(*given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(APP), *given], capture_output=True, text=True, timeout=60)


def test_setting_up_needs_the_standard_library_alone():
    imported = set()
    for node in ast.parse(SOURCE).body[:-1]:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in inner.names}
            elif isinstance(inner, ast.ImportFrom):
                imported.add((inner.module or "").split(".")[0])
    assert imported - sys.stdlib_module_names == set()


def test_an_old_python_can_read_it_far_enough_to_say_what_is_needed():
    ast.parse(SOURCE, feature_version=(3, 7))


def test_help_says_what_there_is():
    said = run("--help")
    assert said.returncode == 0
    assert [
        word for word in ("--on", "--lan", "--port", "test [--full]", "EVENTAPP_") if word not in said.stdout
    ] == []


@pytest.mark.parametrize("given", [("--on", "tomorrow"), ("--port", "80"), ("--port", "many"), ("--fast",)])
def test_a_wrong_option_gets_a_sentence(given):
    said = run(*given)
    assert said.returncode != 0
    assert given[0].split("=")[0] in said.stderr
    assert "Traceback" not in said.stderr


def test_another_python_is_named_with_those_that_fit(front, monkeypatch):
    monkeypatch.setitem(front, "NEWEST", (3, 10))
    with pytest.raises(front["Stop"], match=r"needs Python 3\.11, 3\.12 or 3\.13"):
        front["require_python"]([])


def test_a_missing_venv_part_is_named_with_the_line_that_installs_it(front, monkeypatch, tmp_path):
    monkeypatch.setitem(front, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(front["importlib"].util, "find_spec", lambda name: None)
    with pytest.raises(front["Stop"], match="sudo apt-get install -y python3-venv"):
        front["install_with_pip"]("requirements.txt")


def test_a_taken_port_is_named(front):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert front["is_open"](port)
    assert not front["is_open"](port)


def test_keys_are_fresh_and_their_owners_alone(front, tmp_path):
    keys = []
    for name in ("a.py", "b.py"):
        front["write_keys"](tmp_path / name)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        names: dict[str, str] = {}
        exec((tmp_path / name).read_text(), names)
        keys += [names["SECRET_KEY"], names["LINK_KEY"]]
    assert len(set(keys)) == 4
    assert min(map(len, keys)) >= 48
    with pytest.raises(FileExistsError):
        front["write_keys"](tmp_path / "a.py")


@pytest.mark.parametrize(
    ("written", "environment", "answer"),
    [
        ("", None, False),
        ("# DATABASE_URL = 'x'", None, False),
        ("SECRET_KEY = 'x'\nDATABASE_URL = 'x'", None, True),
        ("", "postgresql://x", True),
        ("", "", False),
    ],
)
def test_a_database_of_ones_own_is_recognised(front, tmp_path, monkeypatch, written, environment, answer):
    (tmp_path / "config.py").write_text(written)
    monkeypatch.delenv("EVENTAPP_DATABASE_URL", raising=False)
    if environment is not None:
        monkeypatch.setenv("EVENTAPP_DATABASE_URL", environment)
    assert front["is_set"]("DATABASE_URL", tmp_path) is answer


def database_with(folder: Path, *, events: int) -> Path:
    file = folder / "eventapp.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE event (id INTEGER)")
    connection.executemany("INSERT INTO event VALUES (?)", [(number,) for number in range(events)])
    connection.commit()
    connection.close()
    return file


@pytest.mark.parametrize(
    ("events", "accounts", "on", "played"),
    [
        (0, None, None, [("demo",)]),
        (0, "old", None, [("demo",)]),
        (1, "those who may sign in", None, []),
        (1, "", None, [("demo",)]),
        (1, "those who may sign in", "2017-11-09", [("demo", "--on", "2017-11-09T00:00:00")]),
        (1, None, None, []),
    ],
    ids=["empty", "emptied", "a demo stays", "a demo cut short", "a demo moves", "an Event of one's own"],
)
def test_the_demo_is_played_into_an_empty_database_alone(
    front, tmp_path, monkeypatch, events, accounts, on, played
):
    asked: list[tuple[str, ...]] = []
    monkeypatch.setitem(front, "flask", lambda *command: asked.append(command) or "those who may sign in")
    monkeypatch.setenv("EVENTAPP_DEMO", "")  # so that what see_to_demo() sets ends with this test
    monkeypatch.delenv("EVENTAPP_DEMO")
    file = tmp_path / "demo.txt"
    if accounts is not None:
        file.write_text(accounts)
    moment = front["datetime"].fromisoformat(on) if on else None
    front["see_to_demo"](database_with(tmp_path, events=events), file, moment)
    assert asked == played
    assert front["os"].environ.get("EVENTAPP_DEMO") == ("1" if played or accounts else None)
    assert front["read"](file) == ("those who may sign in" if played or accounts else "")


def test_an_event_of_ones_own_is_never_moved(front, tmp_path):
    with pytest.raises(front["Stop"], match="holds an Event of your own"):
        front["see_to_demo"](database_with(tmp_path, events=1), tmp_path / "demo.txt", "2017-11-09")
