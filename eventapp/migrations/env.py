"""Alembic's environment: one history for SQLite and PostgreSQL."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import text
from sqlalchemy.engine import Connection

import eventapp.models as models
from eventapp.db import Moment

for found in pkgutil.iter_modules(models.__path__):
    import_module(f"{models.__name__}.{found.name}")


def run() -> None:
    """Migrate with foreign keys off (a rebuilt table would delete its children), then check them."""
    migrate = current_app.extensions["migrate"]
    with migrate.db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.execute(text("PRAGMA foreign_keys=OFF"))
            connection.rollback()
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        _migrate(connection, migrate.db.metadata)
        if sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            connection.rollback()
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"rows point nowhere after migrating: {broken[:5]}")


def _migrate(connection: Connection, metadata: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    """A Moment is a time with a zone in the history, so that the history needs none of our code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


run()
