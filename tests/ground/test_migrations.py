"""One history for both databases: up, down, up again, and equal to the models."""

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


def test_every_check_constraint_is_in_the_database():
    found = inspect(db.engine)
    missing = [
        constraint.name
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
        and constraint.name not in {check["name"] for check in found.get_check_constraints(table.name)}
    ]
    assert missing == []
