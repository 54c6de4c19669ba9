"""Seats and places are never sold twice."""

import pytest
from cast import HAN, OH, a_colleague, a_registration, an_event, an_invitation, attendee_of, badge_of, run

from eventapp.errors import CapacityTaken, InvitationClosed, NoSeatLeft, SessionFull
from eventapp.models.states import RegistrationStatus
from eventapp.rules import badges, invitations, registrations, seats
from eventapp.rules.people import AlreadyNamed

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_a_colleague_gets_a_place_a_badge_and_the_invitation_is_accepted():
    event = an_event()
    invitation = an_invitation(event)
    registration = registrations.register(invitation, OH, event_session=run(event, 1))
    assert registration.status == RegistrationStatus.REGISTERED
    assert (seats.free(run(event, 1)), seats.used(invitation), invitation.status) == (42, 1, "accepted")
    assert len(badge_of(registration).code) == 11


def test_a_full_run_is_refused_and_names_the_other_runs_places():
    event = an_event(capacity=(1, 4))
    a_registration(an_invitation(event))
    invitation = an_invitation(event)
    with pytest.raises(SessionFull) as refusal:
        a_registration(invitation)
    assert "4" in str(refusal.value)
    assert seats.used(invitation) == 0
    assert invitation.status == "sent"


def test_seats_cannot_be_exceeded():
    event = an_event()
    invitation = an_invitation(event, seats_kept=1)
    a_registration(invitation)
    with pytest.raises(NoSeatLeft):
        a_registration(invitation, number=None)


def test_moving_takes_the_new_place_and_frees_the_old():
    event = an_event(capacity=(2, 1))
    registration = a_registration(an_invitation(event))
    registrations.move(registration, run(event, 2))
    assert (seats.taken(run(event, 1)), seats.taken(run(event, 2))) == (0, 1)
    other = a_registration(an_invitation(event))
    with pytest.raises(SessionFull):
        registrations.move(other, run(event, 2))
    assert other.event_session_id == run(event, 1).id


def test_a_substitute_gets_a_new_badge_and_the_old_one_is_replaced():
    event = an_event()
    registration = a_registration(an_invitation(event), HAN)
    old = badge_of(registration)
    registrations.substitute(registration, OH)
    assert old.revoked_because == "replaced"
    assert badge_of(registration).code != old.code
    assert attendee_of(registration).person.name == "오세린"


def test_cancelling_frees_place_and_seat_and_ends_the_badge():
    event = an_event()
    invitation = an_invitation(event)
    registration = a_registration(invitation)
    badge = badge_of(registration)
    registrations.cancel(registration)
    registrations.cancel(registration)
    assert (seats.taken(run(event, 1)), seats.used(invitation)) == (0, 0)
    assert badge.revoked_because == "cancelled"
    assert badges.valid(badge.attendee) is None


def test_declining_frees_every_place():
    event = an_event()
    invitation = an_invitation(event)
    a_registration(invitation)
    a_registration(invitation, number=None)
    invitations.decline(invitation, reason="출장")
    assert (seats.used(invitation), seats.taken(run(event, 1)), invitation.status) == (0, 0, "declined")
    with pytest.raises(InvitationClosed):
        a_registration(invitation)


def test_the_same_colleague_is_not_seated_twice():
    event = an_event()
    invitation = an_invitation(event)
    a_registration(invitation, OH)
    with pytest.raises(AlreadyNamed):
        a_registration(invitation, OH, number=2)


def test_a_capacity_below_what_is_taken_is_refused_with_the_number():
    event = an_event()
    invitation = an_invitation(event)
    for _ in range(2):
        a_registration(invitation, a_colleague())
    with pytest.raises(CapacityTaken) as refusal:
        seats.set_capacity(run(event, 1), 1)
    assert refusal.value.facts["taken"] == 2
    seats.set_capacity(run(event, 1), 2)
    assert seats.free(run(event, 1)) == 0
