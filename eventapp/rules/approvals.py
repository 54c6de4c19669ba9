"""Approvals: where the Event wants them, a place is held for everybody named until an organizer says yes or no."""

from __future__ import annotations

from sqlalchemy import select

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.badge import Because
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import RegistrationStatus, move
from eventapp.rules import (
    answers,
    attendees,
    confirmations,
    cutoffs,
    journal,
    messages,
    registrations,
    rosters,
    seats,
)


def approve(registration: Registration, *, seen: int | None = None) -> None:
    """Yes: the place is theirs, with a letter.

    seen: the Attendee the reader meant. Raises Stale where somebody else sits there now, or nobody waits for a yes.
    """
    with db.writing():
        runs = answers.hold(registration, by_host=True)
        attendee = _require_waiting(registration, seen)
        move(registration, RegistrationStatus.REGISTERED)
        rosters.mark(runs, attendee)
        journal.record("approved", registration, event_id=registration.invitation.event_id)
        attendees.send_pass(attendee, occasion=messages.next_occasion(Purpose.PASS, attendee.id))
        confirmations.to_coordinator(registration.invitation)


def refuse(registration: Registration, *, seen: int | None = None) -> None:
    """No: the place is free, the seat is empty again, and a letter says so. Raises Stale as approve does."""
    with db.writing():
        runs = answers.hold(registration, by_host=True)
        _require_waiting(registration, seen)
        registrations.end_registration(registration, runs, because=Because.REFUSED)
        seats.promote(runs)
        confirmations.to_coordinator(registration.invitation)


def want(event: Event, wanted: bool) -> None:
    """Switch it. Switched off, who waits for a yes gets it; a name that came after its day waits on."""
    with db.writing():
        db.lock(event)
        db.lock_all(seats.runs(event))
        if event.wants_approval == wanted:
            return
        event.wants_approval = wanted
        journal.record(f"approval {'wanted' if wanted else 'not wanted'}", event)
        for registration in waiting(event):
            if cutoffs.placed(registration, registration.event_session) == RegistrationStatus.REGISTERED:
                approve(registration)


def waiting(event: Event) -> list[Registration]:
    """Everybody who waits for a yes, first come first."""
    return list(
        db.session.scalars(
            select(Registration)
            .join(Invitation, Registration.invitation_id == Invitation.id)
            .where(Invitation.event_id == event.id, Registration.status == RegistrationStatus.PENDING)
            .order_by(Registration.id)
        )
    )


def _require_waiting(registration: Registration, seen: int | None) -> Attendee:
    attendee = attendees.require(registration)
    if registration.status != RegistrationStatus.PENDING or seen not in (None, attendee.id):
        raise Stale()
    return attendee
