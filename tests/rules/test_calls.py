"""A call is a line in the journal."""

import pytest
from cast import an_event, an_invitation
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.journal import JournalEntry
from eventapp.rules import calls

pytestmark = pytest.mark.usefixtures("in_app", "clock")


def test_a_call_is_noted_with_what_was_said():
    invitation = an_invitation(an_event())
    calls.note(invitation, "오후에 다시")
    calls.note(invitation)
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "called")).all()
    assert [entry.detail for entry in entries] == [{"note": "오후에 다시"}, None]
    assert {entry.thing_id for entry in entries} == {str(invitation.id)}
