"""Two companies whose people want each other's places change them at once, and pass nobody."""

from __future__ import annotations

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation, attendee_of, run

from eventapp.db import db
from eventapp.models.message import Message
from eventapp.models.registration import Registration
from eventapp.reports import audit
from eventapp.rules import parties, registrations, waitlists

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def full_runs(count: int):
    """Both runs with `count` places, all taken: who sits in run 1 and who in run 2, each of another company."""
    event = an_event(capacity=(count, count))
    return event, [
        [a_registration(an_invitation(event), number=number) for _ in range(count)] for number in (1, 2)
    ]


def numbers(*registered: Registration) -> list[int]:
    return [one.event_session.number for one in registered]


def test_two_companies_who_want_each_others_place_change_at_once():
    event, ((one,), (other,)) = full_runs(1)
    waitlists.join(one, run(event, 2))
    assert numbers(one, other) == [1, 2]
    waitlists.join(other, run(event, 1))
    assert numbers(one, other) == [2, 1]
    assert (parties.of(one), parties.of(other)) == (None, None)
    told = db.session.scalars(db.select(Message.subject_id).where(Message.purpose == "promoted")).all()
    assert sorted(told) == sorted(attendee_of(each).id for each in (one, other))
    assert audit.broken() == []


def test_a_change_of_places_passes_nobody():
    event, ((one, patient), (other, _)) = full_runs(2)
    stranger = registrations.register(
        an_invitation(event), a_colleague(), event_session=run(event, 2), or_wait=True
    )
    waitlists.join(one, run(event, 2))
    waitlists.join(other, run(event, 1))
    assert numbers(one, other, patient) == [1, 2, 1]
    registrations.cancel(stranger)
    assert numbers(one, other, patient) == [2, 1, 1]
    assert audit.broken() == []
