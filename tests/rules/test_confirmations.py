"""The coordinator gets one letter for all that was decided in one go."""

import pytest
from cast import a_registration, an_event, an_invitation
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.message import Message
from eventapp.rules import confirmations

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def letters() -> int:
    return db.session.scalar(select(func.count()).where(Message.purpose == "confirmation"))


def test_several_changes_make_one_letter_that_rests(clock):
    invitation = an_invitation(an_event())
    a_registration(invitation)
    a_registration(invitation)
    message = db.session.scalars(select(Message).where(Message.purpose == "confirmation")).one()
    assert message.due_at - clock == confirmations.REST


def test_nothing_is_confirmed_before_the_company_said_yes():
    invitation = an_invitation(an_event())
    with db.writing():
        confirmations.to_coordinator(invitation)
    assert letters() == 0
