"""One history for both databases: up, down, up again, and equal to the models."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from cast import an_event, at, run
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect, select, text

from eventapp.db import db
from eventapp.models.agenda import AgendaItem
from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind
from eventapp.rules import agenda
from eventapp.rules.agenda_items import Draft

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_down_to_nothing_and_up_again():
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    upgrade()
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version", *db.metadata.tables}


def test_the_history_makes_what_the_models_say():
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_every_check_constraint_is_in_the_database_and_allows_the_same_words():
    found = inspect(db.engine)
    for table in db.metadata.tables.values():
        checks = {check["name"]: words(check["sqltext"]) for check in found.get_check_constraints(table.name)}
        wanted = {
            str(one.name): words(str(one.sqltext))
            for one in table.constraints
            if isinstance(one, CheckConstraint)
        }
        assert {name: checks.get(name) for name in wanted} == wanted


def words(sql: str) -> set[str]:
    return set(re.findall(r"'([^']*)'", sql))


def test_speakers_of_a_line_become_rows_and_go_back():
    with db.writing():
        event = an_event()
        draft = Draft(
            kind=Kind.AI, title_ko="AI", starts_at=at("2017-11-09 10:00"), ends_at=at("2017-11-09 11:00")
        )
        agenda.add(run(event, 1), draft)
    downgrade(revision="0017")
    db.session.execute(
        text("UPDATE agenda_item SET speaker_ko = '김하늘 이사, 이바다', speaker_en = 'Kim; Lee'")
    )
    db.session.commit()
    upgrade()
    assert db.session.scalars(select(AgendaItem)).one().speakers == (
        Speaker(name_ko="김하늘 이사", name_en="Kim"),
        Speaker(name_ko="이바다", name_en="Lee"),
    )
    db.session.rollback()
    downgrade(revision="0017")
    rows = db.session.execute(text("SELECT speaker_ko, speaker_en FROM agenda_item")).all()
    assert rows == [("김하늘 이사, 이바다", "Kim, Lee")]
    db.session.rollback()
    upgrade()
