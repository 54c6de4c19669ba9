"""The tables as they were: whether anybody wrote since, what, and back to then."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg


class Memory:
    """The tables as they were: whether anybody wrote since, what, and back to then."""

    def __init__(self, database: Path, saved: Path):
        self.saved = saved
        self.live = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        with closing(sqlite3.connect(saved)) as copy:
            self.live.backup(copy)
        self._look()

    def _look(self) -> None:
        self.version = self.live.execute("PRAGMA data_version").fetchone()[0]

    def written(self) -> bool:
        """Whether anybody committed a change since the last look."""
        return self.live.execute("PRAGMA data_version").fetchone()[0] != self.version

    def digest(self, *left_out: str) -> str:
        """One hash over every row of every table but those."""
        return _digest(self.live, left_out)

    def differs(self, *left_out: str) -> bool:
        """Whether the tables hold something else than at the beginning."""
        if not self.written():
            return False
        with closing(sqlite3.connect(self.saved)) as copy:
            return _digest(copy, left_out) != self.digest(*left_out)

    def close(self) -> None:
        """Let go of the file."""
        self.live.close()

    def restore(self) -> None:
        """As it was."""
        if self.written():
            with closing(sqlite3.connect(self.saved)) as copy:
                copy.backup(self.live)
            self._look()


NOTING = """
CREATE SCHEMA saved;
CREATE UNLOGGED TABLE saved.touched (name text);
CREATE FUNCTION saved.note() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN INSERT INTO saved.touched VALUES (TG_TABLE_NAME); RETURN NULL; END$$;
"""


def _kept(table: str) -> str:
    """A copy of a table's rows, and a trigger that notes whoever writes to it."""
    return (
        f"CREATE TABLE saved.{table} AS TABLE public.{table}; CREATE TRIGGER touched "
        f"AFTER INSERT OR UPDATE OR DELETE ON public.{table} EXECUTE FUNCTION saved.note();"
    )


class ClusterMemory:
    """The same on PostgreSQL, as far as a fuzz needs it: whether anybody wrote, and back to the beginning."""

    def __init__(self, url: str):
        self.own = psycopg.connect(url, autocommit=True)
        listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        self.tables = [f'"{name}"' for (name,) in self.own.execute(listed)]
        self.own.execute(f"{NOTING} {''.join(map(_kept, self.tables))}")
        self._look()

    def _newest(self) -> int:
        return self.own.execute("SELECT txid_snapshot_xmax(txid_current_snapshot())").fetchone()[0]

    def _look(self) -> None:
        self.version = self._newest()

    def written(self) -> bool:
        """Whether any transaction wrote since."""
        return self._newest() != self.version

    def restore(self) -> None:
        """As it was: the tables that somebody wrote to, with their triggers asleep."""
        if not self.written():
            return
        touched = {name for (name,) in self.own.execute("SELECT DISTINCT name FROM saved.touched")}
        back = "".join(
            f"DELETE FROM public.{table}; INSERT INTO public.{table} SELECT * FROM saved.{table};"
            for table in self.tables
            if table.strip('"') in touched
        )
        asleep = "SET LOCAL session_replication_role = replica"
        self.own.execute(f"BEGIN; {asleep}; {back} DELETE FROM saved.touched; COMMIT")
        self._look()

    def close(self) -> None:
        """Let go of the database."""
        self.own.close()


def _digest(connection: sqlite3.Connection, left_out: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    for (name,) in tables:
        if name not in left_out:
            found.update(repr((name, connection.execute(f'SELECT * FROM "{name}"').fetchall())).encode())
    return found.hexdigest()
