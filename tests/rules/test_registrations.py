"""Naming, correcting, substituting and confirming: each press once, each letter once."""

from __future__ import annotations

from datetime import date

import pytest
from cast import (
    HAN,
    JUNG,
    OH,
    a_colleague,
    a_registration,
    an_event,
    an_invitation,
    at,
    attendee_of,
    badge_of,
    run,
)

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import InvitationClosed, SessionFull, Stale, TooLate
from eventapp.models.message import Message
from eventapp.models.registration import Diet, Registration
from eventapp.models.states import EventStatus, MessageStatus
from eventapp.reports import company_seats
from eventapp.rules import attendees, cutoffs, events, invitations, people, registrations, seats
from eventapp.rules.people import AlreadyNamed, Colleague

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
NOBODY_ELSE = Colleague("김하늘")  # neither phone nor e-mail


def letters(purpose: str) -> list[tuple[int, str]]:
    """Whom a letter of that purpose waits for, and its occasion."""
    found = db.session.scalars(db.select(Message).where(Message.purpose == purpose).order_by(Message.id))
    return [(message.person_id, message.occasion) for message in found]


@pytest.mark.parametrize("colleague", [OH, NOBODY_ELSE], ids=["known", "no contact"])
def test_the_same_form_pressed_twice_names_once(colleague):
    invitation = an_invitation(an_event())
    drawn = company_seats.newest(invitation)
    first = registrations.register(
        invitation, colleague, event_session=run(invitation.event, 1), newest=drawn
    )
    second = registrations.register(
        invitation, colleague, event_session=run(invitation.event, 1), newest=drawn
    )
    assert (second.id, seats.used(invitation)) == (first.id, 1)
    assert len(letters("confirmation")) == 1


def test_two_people_of_one_name_may_both_come_when_named_one_after_the_other():
    invitation = an_invitation(an_event())
    for _ in range(2):
        drawn = company_seats.newest(invitation)
        registrations.register(invitation, NOBODY_ELSE, newest=drawn)
    assert seats.used(invitation) == 2


def test_the_last_seat_pressed_twice_is_no_refusal():
    invitation = an_invitation(an_event(capacity=(1, 1)), seats_kept=1)
    first = registrations.register(invitation, OH, event_session=run(invitation.event, 1), newest=0)
    assert (
        registrations.register(invitation, OH, event_session=run(invitation.event, 1), newest=0).id
        == first.id
    )


def test_a_refused_naming_leaves_no_person_and_no_letter_behind():
    event = an_event(capacity=(1, 1))
    a_registration(an_invitation(event))
    invitation = an_invitation(event)
    before = letters("pass"), letters("confirmation")
    with pytest.raises(SessionFull):
        registrations.register(invitation, OH, event_session=run(event, 1))
    assert (letters("pass"), letters("confirmation")) == before
    assert (
        db.session.scalars(db.select(Registration).where(Registration.invitation_id == invitation.id)).all()
        == []
    )


def test_after_the_last_day_no_new_name_and_changes_of_a_place_only_on_request():
    event = an_event()
    invitation = an_invitation(event, expires_on=date(2017, 10, 25))
    registration = a_registration(invitation, OH)
    silent = an_invitation(event, expires_on=date(2017, 10, 25))
    with standing_at(at("2017-10-26 09:00")):
        with pytest.raises(TooLate):
            a_registration(invitation)
        with pytest.raises(InvitationClosed):
            a_registration(silent)
        for change in (
            lambda: registrations.substitute(registration, JUNG),
            lambda: registrations.move(registration, run(event, 2)),
        ):
            with pytest.raises(cutoffs.NamesClosed):
                change()
        attendees.confirm(attendee_of(registration), diet=Diet.VEGAN)
        registrations.cancel(registration)
    assert registration.status == "cancelled"


def test_a_correction_puts_nobody_else_on_the_list():
    """Else meals, journey and consents of the one would stand for the other, and no day for names would count."""
    registration = a_registration(an_invitation(an_event()), OH)
    for other in (JUNG, Colleague("정도현", "부장"), Colleague("Jung", "", "", "jung@maru.example")):
        with pytest.raises(people.AnotherPerson):
            registrations.correct(registration, other)
    registrations.correct(registration, Colleague("Oh Serin", "대리", OH.phone, ""))  # one of the ways stays
    registrations.correct(registration, Colleague("Oh Serim", "", "+821000000009", "serim@maru.example"))
    with standing_at(at("2017-10-26 00:00")):  # the list of names is out
        registrations.correct(registration, Colleague("Oh Seri", "", "+821000000009", ""))
        with pytest.raises(cutoffs.NamesClosed):
            registrations.correct(registration, Colleague("정도현", "", "+821000000009", ""))
    assert attendee_of(registration).person.name == "Oh Seri"


def test_nothing_changes_in_a_closed_event():
    event = an_event()
    registration = a_registration(an_invitation(event), OH)
    events.set_status(event, EventStatus.CLOSED)
    for change in (
        lambda: registrations.substitute(registration, JUNG),
        lambda: registrations.correct(registration, JUNG),
        lambda: registrations.move(registration, run(event, 2)),
        lambda: attendees.confirm(attendee_of(registration)),
    ):
        with pytest.raises(InvitationClosed):
            change()
    assert attendee_of(registration).person.name == "오세린"


def test_a_substitution_pressed_twice_answers_with_the_first():
    registration = a_registration(an_invitation(an_event()), OH)
    seen = attendee_of(registration).id
    first = registrations.substitute(registration, JUNG, seen=seen)
    code = badge_of(registration).code
    assert registrations.substitute(registration, JUNG, seen=seen).id == first.id
    assert badge_of(registration).code == code
    with pytest.raises(Stale):
        registrations.substitute(registration, a_colleague(), seen=seen)
    with pytest.raises(Stale):
        registrations.correct(registration, OH, seen=seen)
    with pytest.raises(Stale):
        registrations.cancel(registration, seen=seen)


def test_a_substitution_by_somebody_with_a_seat_is_refused_whole():
    invitation = an_invitation(an_event())
    registration = a_registration(invitation, OH)
    a_registration(invitation, JUNG)
    code = badge_of(registration).code
    with pytest.raises(AlreadyNamed):
        registrations.substitute(registration, JUNG)
    assert (attendee_of(registration).person.name, badge_of(registration).code) == ("오세린", code)


def test_what_the_colleague_before_said_is_asked_again():
    registration = a_registration(an_invitation(an_event()), OH)
    attendees.confirm(attendee_of(registration), diet=Diet.HALAL)
    after = registrations.substitute(registration, JUNG)
    assert (after.diet, after.confirmed_at, registration.event_session.number) == ("", None, 1)


def test_a_first_address_brings_the_pass_and_a_mere_correction_none():
    registration = a_registration(an_invitation(an_event()), Colleague("오세린", "대리", "+821000004417"))
    assert letters("pass") == []
    registrations.correct(registration, Colleague("오세인", "과장", "+821000004417"))
    assert letters("pass") == []
    registrations.correct(registration, Colleague("오세인", "과장", "+821000004417", "serin@maru.example"))
    assert len(letters("pass")) == 1
    registrations.correct(registration, Colleague("오세인", "차장", "+821000004417", "serin@maru.example"))
    assert len(letters("pass")) == 1


def test_a_new_address_brings_the_pass_once_more_when_the_letter_had_left():
    registration = a_registration(an_invitation(an_event()), OH)
    with db.writing():
        for message in db.session.scalars(db.select(Message)):
            message.status = MessageStatus.SENT
    registrations.correct(registration, Colleague(OH.name, OH.title, OH.phone, "new@maru.example"))
    assert len(letters("pass")) == 2


def test_a_coordinator_with_a_seat_cannot_lose_their_address():
    invitation = an_invitation(an_event())
    person = invitation.coordinator
    own = Colleague(person.name, person.title, person.phone, person.email)
    registration = a_registration(invitation, own)
    registrations.correct(registration, Colleague(own.name, own.title, own.phone, ""))
    assert (invitation.coordinator.email, attendee_of(registration).person_id) == (own.email, person.id)


def test_a_revoked_invitation_takes_no_change():
    invitation = an_invitation(an_event())
    registration = a_registration(invitation, HAN)
    invitations.revoke(invitation)
    with pytest.raises(InvitationClosed):
        registrations.move(registration, run(invitation.event, 2))
    registrations.cancel(registration)
    assert registration.status == "cancelled"
