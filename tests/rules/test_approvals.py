"""Approval: a place is held and waits for a yes; a no frees it; the switch, and every road to a place."""

from __future__ import annotations

from datetime import date

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation, attendee_of, badge_of, run
from sqlalchemy import select

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.letters import letter_for
from eventapp.models.badge import Badge
from eventapp.models.event import Event
from eventapp.models.message import Message, Purpose
from eventapp.models.registration import Registration
from eventapp.postman import deliver_once
from eventapp.reports import audit
from eventapp.rules import approvals, attendees, messages, plans, registrations, seats

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def event() -> Event:
    made = an_event()
    approvals.want(made, True)
    return made


@pytest.fixture
def named(event: Event) -> Registration:
    return a_registration(an_invitation(event))


def letters(registration: Registration, purpose: Purpose) -> int:
    wanted = select(Message).where(
        Message.purpose == purpose, Message.subject_id == attendee_of(registration).id
    )
    return len(db.session.scalars(wanted).all())


def test_who_is_named_holds_a_place_and_waits_for_a_yes(event: Event, named: Registration):
    assert (named.status, seats.taken(run(event, 1)), approvals.waiting(event)) == ("pending", 1, [named])
    letter = letter_for(messages.last_for(Purpose.PASS, attendee_of(named).id))
    text = letter.get_body(("plain",)).get_content()
    assert "1차에 자리를 맡아 두었습니다. 정해지는 대로 편지를 드립니다." in text
    assert "배지" not in text
    assert (
        str(letter["Subject"]).startswith("2017 파트너스 데이: 자리를 맡아 두었습니다"),
        "QR" in text,
    ) == (
        True,
        False,
    )


def test_a_yes_confirms_it_with_one_letter_and_only_once(named: Registration):
    deliver_once()
    approvals.approve(named)
    assert (named.status, letters(named, Purpose.PASS)) == ("registered", 2)
    for again in (approvals.approve, approvals.refuse):
        with pytest.raises(Stale):
            again(named)
    assert letters(named, Purpose.PASS) == 2


def test_a_no_frees_the_place_for_the_next_in_line_and_is_said_in_a_letter(event: Event, named: Registration):
    seats.set_capacity(run(event, 1), 1)
    waits = registrations.register(
        an_invitation(event), a_colleague(), event_session=run(event, 1), or_wait=True
    )
    deliver_once()
    attendee, badge = attendee_of(named), badge_of(named)
    approvals.refuse(named)
    assert (named.status, waits.status, waits.event_session.number) == ("cancelled", "pending", 1)
    assert db.session.get_one(Badge, badge.id).revoked_because == "refused"
    said = letter_for(messages.last_for(Purpose.CANCELLED, attendee.id)).get_body(("plain",)).get_content()
    assert "확정해 드리지 못했습니다" in said
    assert audit.broken() == []


def test_a_yes_or_no_meant_for_somebody_else_counts_for_nobody(named: Registration):
    before = attendee_of(named).id
    registrations.substitute(named, a_colleague())
    for deed in (approvals.approve, approvals.refuse):
        with pytest.raises(Stale):
            deed(named, seen=before)
    assert named.status == "pending"
    approvals.approve(named, seen=attendee_of(named).id)
    assert named.status == "registered"


def test_who_moves_up_the_queue_and_still_needs_a_yes_is_not_told_that_the_place_is_theirs(event: Event):
    seats.set_capacity(run(event, 1), 0)
    waits = registrations.register(
        an_invitation(event), a_colleague(), event_session=run(event, 1), or_wait=True
    )
    seats.set_capacity(run(event, 1), 1)
    message = messages.last_for(Purpose.PROMOTED, attendee_of(waits).id)
    said = letter_for(message).get_body(("plain",)).get_content()
    kept, yours = "1차에 자리가 나서 맡아 두었습니다. 정해지는 대로", "1차에 자리가 나서 바로 모십니다."
    assert (waits.status, kept in said, yours in said) == ("pending", True, False)
    approvals.approve(waits)
    assert yours in letter_for(message).get_body(("plain",)).get_content()


def test_the_company_reads_who_still_waits_for_a_yes(named: Registration):
    attendees.confirm(attendee_of(named))
    message = messages.last_for(Purpose.CONFIRMATION, named.invitation_id)
    said = letter_for(message).get_body(("plain",)).get_content()
    assert ("확정을 기다리는 중" in said, "다 마쳤습니다" in said) == (True, False)


def test_a_move_keeps_what_was_said_a_new_name_is_asked_again(event: Event, named: Registration):
    registrations.move(named, run(event, 2))
    assert (named.status, named.event_session.number) == ("pending", 2)
    approvals.approve(named)
    registrations.move(named, run(event, 1))
    assert named.status == "registered"
    registrations.substitute(named, a_colleague())
    assert (named.status, seats.taken(run(event, 1))) == ("pending", 1)
    approvals.approve(named)
    registrations.substitute(named, a_colleague(), late=True)
    assert named.status == "registered"


def test_what_the_host_chooses_itself_needs_no_yes(event: Event):
    invitation = an_invitation(event)
    at_the_door = registrations.register(invitation, a_colleague(), event_session=run(event, 1), by_host=True)
    open_run = a_registration(invitation, number=None)
    plans.publish(plans.propose(event))
    assert (at_the_door.status, open_run.status) == ("registered", "registered")


def test_switched_off_everybody_gets_the_yes(event: Event, named: Registration):
    other = a_registration(an_invitation(event), number=2)
    approvals.want(event, False)
    assert (named.status, other.status, approvals.waiting(event)) == ("registered", "registered", [])
    assert a_registration(an_invitation(event)).status == "registered"


def test_who_never_had_a_badge_letter_hears_nothing_of_its_end(named: Registration):
    attendee = attendee_of(named)
    approvals.refuse(named)
    assert messages.last_for(Purpose.CANCELLED, attendee.id) is None


def test_a_name_after_its_day_waits_for_a_yes_though_nobody_wants_approval():
    event = an_event()
    first = run(event, 1)
    first.names_due_on = date(2017, 10, 15)
    db.session.commit()
    invitation = an_invitation(event, seats_kept=5)
    late, other = a_registration(invitation), a_registration(invitation, number=2)
    by_host = registrations.register(invitation, a_colleague(), event_session=first, by_host=True)
    assert [one.status for one in (late, other, by_host)] == ["pending", "registered", "registered"]
    assert (seats.taken(first), approvals.waiting(event)) == (2, [late])
    open_choice = registrations.register(invitation, a_colleague())
    attendees.confirm(attendee_of(open_choice), event_session=first)
    assert open_choice.status == "pending"
    for wanted in (True, False):
        approvals.want(event, wanted)
    assert [one.status for one in (late, open_choice)] == ["pending", "pending"]
    invitation.changes_until = date(2017, 10, 20)
    db.session.commit()
    assert a_registration(invitation).status == "registered"
