"""One attendee's own calendar."""

from __future__ import annotations

import re

from cast import an_item, run

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.rules import publications, registrations


def test_the_own_calendar_ends_with_the_pass(app, ready, holder):
    with app.app_context():
        event_session = run(db.session.get(Invitation, 1).event, 1)
        an_item(event_session, "동반성장 세미나", hour=13)
        publications.publish(event_session.event)
    feed = re.search(r'/feed/[^"]+\.ics', ready.get(holder.page).get_data(as_text=True))[0]
    answer = ready.get(feed)
    assert (answer.status_code, answer.data.count(b"BEGIN:VEVENT")) == (200, 1)
    assert "동반성장 세미나" in answer.get_data(as_text=True)
    with app.app_context():
        registrations.cancel(db.session.get(Registration, holder.registration_id))
    assert ready.get(feed).status_code == 404
