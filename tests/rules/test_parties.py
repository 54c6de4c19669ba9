"""The queue of a full run: its order, and who stands where."""

import pytest
from cast import a_registration, an_event, an_invitation, run

from eventapp.db import db
from eventapp.rules import parties, seats

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def event():
    return an_event(capacity=(0, 9))


def waits(invitation):
    registration = a_registration(invitation, number=None)
    with db.writing():
        seats.hold(invitation)
        seats.join_queue(registration, run(invitation.event, 1))
    return registration


def test_a_company_waits_as_one_while_nobody_came_in_between(event):
    mine, other = an_invitation(event), an_invitation(event)
    one, two, theirs, three = waits(mine), waits(mine), waits(other), waits(mine)
    assert [parties.place(parties.of(each)) for each in (one, two, theirs, three)] == [1, 1, 2, 3]
    assert parties.members(parties.of(one)) == [one, two]


def test_an_empty_party_ends(event):
    registration = waits(an_invitation(event))
    assert parties.is_awaited(run(event, 1))
    with db.writing():
        seats.hold(registration.invitation)
        seats.stop_waiting(registration)
    assert not parties.is_awaited(run(event, 1))
    assert (registration.status, registration.event_session_id) == ("undecided", None)


def test_nobody_waits_twice(event):
    registration = waits(an_invitation(event))
    with db.writing():
        seats.hold(registration.invitation)
        seats.join_queue(registration, run(event, 2))
    assert parties.waiting_for(run(event, 1)) == []
    assert parties.of(registration).event_session.number == 2
