"""The worlds that proofs walk through: one for each file of tests, back to its beginning after each test."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from conftest import KEYS, MONDAY, pg_url
from flask import Flask
from proofs.memory import ClusterMemory, Memory
from proofs.world import World, build

from eventapp import create_app
from eventapp.clock import standing_at
from eventapp.db import db


@pytest.fixture(scope="module")
def world(sqlite_template, tmp_path_factory) -> Iterator[World]:
    with standing_at(MONDAY):
        yield from on_sqlite(sqlite_template, tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def postgres_world(postgres, tmp_path_factory) -> Iterator[World]:
    name = f"w{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE empty")
    with standing_at(MONDAY):
        yield from on_postgres(pg_url(postgres, name), tmp_path_factory.mktemp("world"))


@pytest.fixture
def as_it_was(world: World) -> Iterator[None]:
    """Whatever a test did, the next one begins anew."""
    yield
    world.memory.restore()


def open_app(config: dict[str, str]) -> Flask:
    """The app without form tokens and rate limits; crashes are answers here, as for people."""
    return create_app({**KEYS, **config, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False})


def on_sqlite(template: Path, folder: Path) -> Iterator[World]:
    """A world on a copy of the empty database; closed again afterwards."""
    database = folder / "world.sqlite3"
    shutil.copy(template, database)
    app = open_app({"INSTANCE": str(folder / "instance"), "DATABASE_URL": f"sqlite:///{database}"})
    yield from _lasting(app, lambda: Memory(database, folder / "saved.sqlite3"))


def on_postgres(url: str, folder: Path) -> Iterator[World]:
    """The same on PostgreSQL; the database of that URL is a copy of the empty one."""
    app = open_app({"INSTANCE": str(folder / "instance"), "DATABASE_URL": url})
    yield from _lasting(app, lambda: ClusterMemory(url))


def _lasting(app: Flask, memory: Callable[[], Memory | ClusterMemory]) -> Iterator[World]:
    world = build(app, memory)
    yield world
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    world.memory.close()
