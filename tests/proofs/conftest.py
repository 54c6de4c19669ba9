"""The worlds that proofs walk through: one for each file of tests, back to its beginning after each test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from conftest import KEYS, MONDAY, pg_url
from flask import Flask
from proofs.world import World, on_postgres, on_sqlite

from eventapp import create_app
from eventapp.clock import standing_at


@pytest.fixture(scope="module")
def world(sqlite_template, tmp_path_factory) -> Iterator[World]:
    with standing_at(MONDAY):
        yield from on_sqlite(sqlite_template, tmp_path_factory.mktemp("world"), open_app)


@pytest.fixture(scope="module")
def postgres_world(postgres, tmp_path_factory) -> Iterator[World]:
    name = f"w{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE empty")
    with standing_at(MONDAY):
        yield from on_postgres(pg_url(postgres, name), tmp_path_factory.mktemp("world"), open_app)


@pytest.fixture
def as_it_was(world: World) -> Iterator[None]:
    """Whatever a test did, the next one begins anew."""
    yield
    world.memory.restore()


def open_app(config: dict[str, str]) -> Flask:
    """The app without form tokens and rate limits; crashes are answers here, as for people."""
    return create_app({**KEYS, **config, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False})
