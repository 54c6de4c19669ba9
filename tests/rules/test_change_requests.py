"""After the cut-off a change is asked for with a word why; one yes does it, under the same rules for places."""

from collections.abc import Iterator

import pytest
from cast import JUNG, OH, a_colleague, a_registration, an_event, an_invitation, at, attendee_of, run
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import SessionFull, Stale
from eventapp.models.message import Message, Purpose
from eventapp.models.registration import Registration
from eventapp.reports import audit
from eventapp.rules import change_requests, registrations, seats
from eventapp.rules.change_requests import NoReason, NoSuchDay
from eventapp.rules.cutoffs import NamesClosed

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
LATE = at("2017-10-26 09:00")
WHY = "고객사 점검이 겹쳤습니다."


@pytest.fixture
def registration() -> Iterator[Registration]:
    """In run 1, whose names were due on 25 October; it is the 26th."""
    event = an_event()
    run(event, 1).names_due_on = at("2017-10-25 00:00").date()
    db.session.commit()
    named = a_registration(an_invitation(event), OH)
    with standing_at(LATE):
        yield named


def letters(registration):
    wanted = select(Message).where(
        Message.purpose == Purpose.ANSWER, Message.subject_id == registration.invitation_id
    )
    return db.session.scalars(wanted).all()


def other_run(registration):
    return run(registration.invitation.event, 2)


def test_without_a_yes_nothing_changes(registration):
    with pytest.raises(NamesClosed):
        registrations.substitute(registration, JUNG)
    with pytest.raises(NamesClosed):
        registrations.move(registration, other_run(registration))
    change_requests.ask_substitution(registration, JUNG, reason=WHY)
    assert attendee_of(registration).person.name == OH.name
    assert letters(registration) == []


def test_one_yes_does_it_with_one_letter(registration):
    asked = change_requests.ask_substitution(registration, JUNG, reason=WHY)
    change_requests.approve(asked)
    change_requests.approve(asked)
    assert (attendee_of(registration).person.name, asked.status) == (JUNG.name, "approved")
    assert len(letters(registration)) == 1
    assert change_requests.of_event(registration.invitation.event) == []
    assert audit.broken() == []


def test_the_other_run_is_given_only_where_a_place_is_free(registration):
    to = other_run(registration)
    asked = change_requests.ask_move(registration, to, reason=WHY)
    seats.set_capacity(to, 0)
    with pytest.raises(SessionFull):
        change_requests.approve(asked)
    assert (registration.event_session.number, asked.status, letters(registration)) == (1, "open", [])
    seats.set_capacity(to, 1)
    change_requests.approve(asked)
    assert (registration.event_session.number, asked.status) == (2, "approved")


def test_a_no_leaves_everything_and_may_say_why(registration):
    asked = change_requests.ask_substitution(registration, JUNG, reason=WHY)
    change_requests.refuse(asked, word="명찰과 방이 이미 나왔습니다.")
    assert attendee_of(registration).person.name == OH.name
    assert [one.word for one in change_requests.to_tell(registration.invitation)] == [asked.word]
    with pytest.raises(Stale):
        change_requests.approve(asked)


def test_asked_again_it_is_one_request_with_the_newest_wish(registration):
    first = change_requests.ask_substitution(registration, JUNG, reason=WHY)
    again = change_requests.ask_substitution(registration, JUNG, reason="출장")
    assert (again.id, again.reason) == (first.id, "출장")
    with pytest.raises(NoReason):
        change_requests.ask_substitution(registration, JUNG, reason=" ")
    change_requests.withdraw(again)
    assert change_requests.standing(registration.invitation) == []
    with pytest.raises(Stale):
        change_requests.refuse(again)


def test_what_nobody_could_grant_any_more_is_not_shown(registration):
    asked = change_requests.ask_substitution(registration, JUNG, reason=WHY)
    registrations.cancel(registration)
    assert change_requests.of_event(registration.invitation.event) == []
    with pytest.raises(Stale):
        change_requests.approve(asked)


def test_an_exception_has_a_day_to_come(registration):
    with pytest.raises(NoSuchDay):
        change_requests.exempt(registration.invitation, at("2017-10-25 00:00").date())
    change_requests.exempt(registration.invitation, at("2017-10-26 00:00").date())
    registrations.substitute(registration, JUNG)
    assert attendee_of(registration).person.name == JUNG.name


def test_a_yes_is_for_who_held_the_place_when_it_was_asked(registration):
    asked = change_requests.ask_move(registration, other_run(registration), reason=WHY)
    registrations.substitute(registration, JUNG, late=True)
    with pytest.raises(Stale):
        change_requests.approve(asked)
    assert (registration.event_session.number, asked.status) == (1, "open")
    assert change_requests.of_event(registration.invitation.event) == []


def test_a_yes_passes_nobody_who_waits(registration):
    to = other_run(registration)
    seats.set_capacity(to, 0)
    registrations.register(
        an_invitation(registration.invitation.event), a_colleague(), event_session=to, or_wait=True
    )
    asked = change_requests.ask_move(registration, to, reason=WHY)
    with pytest.raises(SessionFull):
        change_requests.approve(asked)
    assert registration.event_session.number == 1
