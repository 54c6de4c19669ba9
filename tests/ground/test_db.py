"""Writing is one transaction, locking is real, times have a zone, careless databases are refused."""

from datetime import datetime

import pytest
from cast import an_event, at, run
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import StatementError

from eventapp.db import db, refuse_careless_database
from eventapp.errors import ConfigurationProblem
from eventapp.models.event import Event

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_what_fails_leaves_nothing_behind():
    event = an_event()

    def write_and_fail() -> None:
        with db.writing():
            event.name_ko = "다른 이름"
            db.session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert db.session.scalar(select(Event.name_ko)) == "2017 파트너스 데이"


def test_a_rule_inside_a_rule_joins_its_transaction():
    event = an_event()

    def outer() -> None:
        with db.writing():
            with db.writing():
                event.name_ko = "다른 이름"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        outer()
    assert db.session.scalar(select(Event.name_ko)) == "2017 파트너스 데이"


def test_locking_outside_of_writing_is_a_defect_of_ours():
    event = an_event()
    with pytest.raises(AssertionError):
        db.lock(event)


def test_a_lock_reads_the_row_anew():
    event = an_event()
    run(event, 1)
    with db.writing():
        stale = run(event, 1)
        db.session.execute(text("UPDATE event_session SET capacity = 7 WHERE number = 1"))
        assert db.lock(stale).capacity == 7


def test_a_time_without_a_zone_is_refused_and_one_with_a_zone_comes_back_in_utc():
    event = an_event()

    def keep(moment: datetime) -> None:
        with db.writing():
            event.facts_confirmed_at = moment

    with pytest.raises(StatementError):
        keep(datetime(2017, 11, 9, 10, 0))
    keep(at("2017-11-09 10:00"))
    db.session.expire_all()
    assert event.facts_confirmed_at.isoformat() == "2017-11-09T01:00:00+00:00"


def test_every_commit_is_durable():
    with db.engine.connect() as connection:
        refuse_careless_database(connection)


@pytest.mark.usefixtures("in_app")
def test_a_careless_database_is_refused(database_kind):
    with db.engine.connect() as connection:
        if database_kind == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA synchronous=NORMAL")
        else:
            connection.execute(text("SET synchronous_commit = off"))
        with pytest.raises(ConfigurationProblem):
            refuse_careless_database(connection)
        connection.invalidate()


def test_sqlite_runs_as_promised(database_kind):
    if database_kind != "sqlite":
        pytest.skip("SQLite only")
    with db.engine.connect() as connection:
        values = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    assert values == ["wal", 2, 1, 1]


def test_a_reader_without_the_house_is_careless():
    reader = create_engine("sqlite://")
    with reader.connect() as connection:
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
        with pytest.raises(ConfigurationProblem):
            refuse_careless_database(connection)
    reader.dispose()
