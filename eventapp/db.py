"""The database: one engine for SQLite and PostgreSQL, one way to write, one way to lock."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, event, inspect, select, text, update
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from eventapp.errors import ConfigurationProblem

WRITING = "writing"
PATIENCE = 15_000  # milliseconds that SQLite waits for a lock
NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Model(DeclarativeBase):
    """The parent of every table."""

    registry = registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: Moment()})

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class Turn:
    """A process-fair turn in front of SQLite's write lock: SQLite's own busy waiting is unfair."""

    def __init__(self, path: str):
        self.path = path
        self.thread_lock = threading.Lock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        with self.thread_lock:
            file = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
            finally:
                os.close(file)


class Database(SQLAlchemy):
    """Flask-SQLAlchemy, with the house's way to write."""

    locking = True  # the races' control switches this off to show what it is for

    def init_app(self, app: Flask) -> None:
        super().init_app(app)
        with app.app_context():
            engine = self.engine
            _listen(engine)
        if engine.dialect.name == "sqlite":
            database = engine.url.database
            if database and database != ":memory:":
                app.extensions["write_turn"] = Turn(f"{database}.turn")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction for a rule: ends the read before it, begins for writing, commits or undoes.

        Inside another `writing` it joins that one, so that rules can be built from rules.
        Every object loaded before is expired and read again.
        """
        info = self.session().info
        if info.get(WRITING):
            yield
            return
        self.session.rollback()
        with self._turn():
            info[WRITING] = True
            try:
                self.session.connection(execution_options={WRITING: self.locking})
                yield
                self.session.commit()
            except BaseException:
                self.session.rollback()
                raise
            finally:
                info.pop(WRITING, None)

    def lock(self, row: Any) -> Any:
        """Hold `row` until the end of the transaction and read it anew; returns it.

        A no-op UPDATE: PostgreSQL's row lock, SQLite's write lock. Order: Event, EventSessions by id,
        Invitations by id, agenda items, Attendees.
        """
        return self.lock_by_id(type(row), _id_of(row))

    def lock_by_id(self, table: type[Any], row_id: int) -> Any:
        """lock() for a row that was not read before: what it holds is read with its lock."""
        if not self.session().info.get(WRITING):
            raise AssertionError("lock() belongs inside db.writing()")
        if not self.locking:
            return self.session.get_one(table, row_id, populate_existing=True)
        held = update(table).where(table.id == row_id).values(id=table.id).returning(table)
        anew = {"populate_existing": True, "synchronize_session": False}
        return self.session.scalars(held, execution_options=anew).one()

    def lock_all(self, rows: list[Any]) -> list[Any]:
        """Lock several rows of one table in the order of their ids."""
        return [self.lock(row) for row in sorted(rows, key=_id_of)]

    def cut_log(self) -> None:
        """SQLite: fold the write-ahead log into the file and empty it, so that no old page keeps what was erased.

        Waits a moment for readers, and otherwise leaves it to the next one. Not inside writing().
        """
        if self.engine.dialect.name != "sqlite" or self.session().info.get(WRITING):
            return
        self.session.rollback()  # a read that is still open would keep the log
        connection = self.engine.raw_connection()
        try:
            for pragma in ("busy_timeout=2000", "wal_checkpoint(TRUNCATE)", f"busy_timeout={PATIENCE}"):
                connection.cursor().execute(f"PRAGMA {pragma}")
        finally:
            connection.close()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        turn = current_app.extensions.get("write_turn")
        if turn is None or not self.locking:
            yield
            return
        with turn.taken():
            yield


def refuse_careless_database(connection: Connection) -> None:
    """Raise ConfigurationProblem where an acknowledged commit could be lost in a power cut."""
    if connection.dialect.name == "sqlite":
        if connection.scalar(text("PRAGMA synchronous")) != 2:
            raise ConfigurationProblem("SQLite runs without synchronous=FULL; an answer would be no promise.")
    elif connection.scalar(text("SHOW synchronous_commit")) not in ("on", "remote_apply", "remote_write"):
        raise ConfigurationProblem(
            "PostgreSQL runs with synchronous_commit off; set it to on and start again."
        )


def _id_of(row: Any) -> int:
    """The row's id without reading an expired row again: the lock reads it anyway."""
    identity = inspect(row).identity
    return identity[0] if identity else row.id


def alive() -> bool:
    """Whether the database answers a question now."""
    return db.session.scalar(select(1)) == 1


def _listen(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={PATIENCE}"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


db = Database(model_class=Model, disable_autonaming=True)
