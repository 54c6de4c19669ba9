"""Starting over empties a demo and refuses every other database."""

import pytest
from cast import a_registration, an_event, an_invitation
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.registration import Registration
from eventapp.rules import demonstration
from eventapp.rules.demonstration import NotADemo

pytestmark = pytest.mark.usefixtures("in_app", "clock")


def rows() -> int:
    return sum(
        db.session.scalar(select(func.count()).select_from(table)) for table in db.metadata.sorted_tables
    )


@pytest.fixture
def day():
    a_registration(an_invitation(an_event()))


def test_a_demo_is_emptied_whole(app, day):
    app.config.update(DEMO=True, DATABASE_URL="")
    demonstration.start_over()
    assert rows() == 0


@pytest.mark.parametrize(("demo", "theirs"), [(False, ""), (False, "sqlite:///x"), (True, "sqlite:///x")])
def test_a_database_somebody_configured_is_refused_untouched(app, day, demo, theirs):
    app.config.update(DEMO=demo, DATABASE_URL=theirs)
    before = rows()
    with pytest.raises(NotADemo):
        demonstration.start_over()
    assert rows() == before
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 1
