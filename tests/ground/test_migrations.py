"""One history for both databases: up, down, up again, and equal to the models."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect

from eventapp.db import db

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app")]


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
