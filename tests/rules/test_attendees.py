"""An attendee's own part, and what ends with an attendee."""

import pytest
from cast import JUNG, OH, a_registration, an_event, an_invitation, attendee_of, run

from eventapp.errors import SessionFull, Stale
from eventapp.models.registration import Diet
from eventapp.rules import attendees, badges, registrations, seats

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_confirming_takes_the_place_and_both_or_nothing_happen():
    event = an_event(capacity=(1, 1))
    a_registration(an_invitation(event))
    registration = a_registration(an_invitation(event), number=None)
    with pytest.raises(SessionFull):
        attendees.confirm(attendee_of(registration), diet=Diet.VEGAN, event_session=run(event, 1))
    attendee = attendee_of(registration)
    assert (attendee.confirmed_at, attendee.diet, registration.status) == (None, "", "undecided")
    attendees.confirm(attendee, diet=Diet.VEGAN, event_session=run(event, 2))
    assert (attendee.diet, registration.event_session.number, seats.free(run(event, 2))) == ("vegan", 2, 0)
    with pytest.raises(SessionFull):
        registrations.move(registration, run(event, 1))


def test_an_ended_attendee_confirms_nothing():
    registration = a_registration(an_invitation(an_event()), OH)
    before = attendee_of(registration)
    registrations.substitute(registration, JUNG)
    with pytest.raises(Stale):
        attendees.confirm(before, diet=Diet.VEGAN)


def test_one_ready_to_wait_confirms_into_the_queue():
    event = an_event(capacity=(0, 1))
    registration = a_registration(an_invitation(event), number=None)
    attendees.confirm(attendee_of(registration), event_session=run(event, 1), or_wait=True)
    assert (registration.status, attendee_of(registration).confirmed_at is None) == ("waitlisted", False)


def test_link_and_badge_end_with_the_attendee():
    registration = a_registration(an_invitation(an_event()), OH)
    before = attendee_of(registration)
    generation = before.generation
    registrations.substitute(registration, JUNG)
    assert (before.generation, badges.valid(before)) == (generation + 1, None)
    with pytest.raises(Stale):
        attendees.require(a_cancelled(registration))


def a_cancelled(registration):
    registrations.cancel(registration)
    return registration


def test_the_first_touch_is_noted_once(clock):
    attendee = attendee_of(a_registration(an_invitation(an_event())))
    attendees.mark_opened(attendee)
    attendees.mark_opened(attendee)
    assert attendee.opened_at == clock
