"""Seats and places: the only file that gives or frees a place of a run.

A seat is an Invitation's right; a place is a run's capacity. Whoever calls take() or release() holds
the locks that hold() took: every run of the Event by id, then the Invitation.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _n
from sqlalchemy import func, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import CapacityTaken, NoSeatLeft, RuleBroken, SessionFull
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation, InvitationChoice
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE, LIVE, RegistrationStatus, move
from eventapp.rules import journal


class RunNotOffered(RuleBroken):
    """The Invitation may not choose this run."""

    code = "run-not-offered"
    sentence = _l("This run is not open to your company. Please choose the other one.")


def runs(event: Event) -> list[EventSession]:
    """The Event's runs, first to last."""
    return list(
        db.session.scalars(
            select(EventSession).where(EventSession.event_id == event.id).order_by(EventSession.number)
        )
    )


def choices(invitation: Invitation) -> list[EventSession]:
    """The runs this Invitation may choose, first to last."""
    return list(
        db.session.scalars(
            select(EventSession)
            .join(InvitationChoice, InvitationChoice.event_session_id == EventSession.id)
            .where(InvitationChoice.invitation_id == invitation.id)
            .order_by(EventSession.number)
        )
    )


def taken(event_session: EventSession) -> int:
    """Places held: pending and registered."""
    return db.session.scalar(
        select(func.count())
        .select_from(Registration)
        .where(Registration.event_session_id == event_session.id, Registration.status.in_(HOLDS_PLACE))
    )


def free(event_session: EventSession) -> int:
    """Places left, never below 0."""
    return max(0, event_session.capacity - taken(event_session))


def used(invitation: Invitation) -> int:
    """Seats in use: every live Registration."""
    return db.session.scalar(
        select(func.count())
        .select_from(Registration)
        .where(Registration.invitation_id == invitation.id, Registration.status.in_(LIVE))
    )


def hold(invitation: Invitation) -> list[EventSession]:
    """Lock every run of the Event, then the Invitation; returns the runs. Inside db.writing()."""
    locked = db.lock_all(runs(invitation.event))
    db.lock(invitation)
    return locked


def open_seat(invitation: Invitation) -> Registration:
    """Put one more seat in use, its run still undecided. Raises NoSeatLeft."""
    if used(invitation) >= invitation.seats:
        raise NoSeatLeft()
    registration = Registration(
        invitation_id=invitation.id, status=RegistrationStatus.UNDECIDED, created_at=now()
    )
    db.session.add(registration)
    db.session.flush()
    return registration


def take(registration: Registration, event_session: EventSession) -> None:
    """Give an undecided Registration a place. Raises SessionFull, RunNotOffered."""
    if event_session not in choices(registration.invitation):
        raise RunNotOffered(field="event_session")
    if free(event_session) < 1:
        raise full(event_session)
    move(registration, RegistrationStatus.REGISTERED)
    registration.event_session_id = event_session.id
    db.session.flush()


def exchange(registration: Registration, to: EventSession) -> None:
    """Take the new place first, free the old; refused whole when the new run is full."""
    if to not in choices(registration.invitation):
        raise RunNotOffered(field="event_session")
    if free(to) < 1:
        raise full(to)
    registration.event_session_id = to.id
    db.session.flush()


def release(registration: Registration) -> None:
    """Free the place and the seat: the Registration ends."""
    move(registration, RegistrationStatus.CANCELLED)
    registration.cancelled_at = now()
    db.session.flush()


def set_capacity(event_session: EventSession, capacity: int) -> None:
    """Change a run's capacity. Raises CapacityTaken with the number below which it cannot go."""
    with db.writing():
        db.lock(event_session)
        held = taken(event_session)
        if capacity < held:
            raise CapacityTaken(field="capacity", taken=held)
        journal.record("capacity set", event_session, before=event_session.capacity, after=capacity)
        event_session.capacity = capacity


def set_seats(invitation: Invitation, seats: int) -> None:
    """Change a company's seats. Raises CapacityTaken with the number below which it cannot go."""
    with db.writing():
        hold(invitation)
        live = used(invitation)
        if seats < live:
            raise CapacityTaken(field="seats", taken=live)
        journal.record("seats set", invitation, before=invitation.seats, after=seats)
        invitation.seats = seats


def full(event_session: EventSession) -> SessionFull:
    """The refusal for a full run, naming the free places of the others."""
    for other in runs(event_session.event):
        left = free(other)
        if other.id != event_session.id and left:
            return SessionFull(
                _n(
                    "The last place was taken in the meantime. Run %(run)s has %(num)s place left.",
                    "The last place was taken in the meantime. Run %(run)s has %(num)s places left.",
                    left,
                    run=other.number,
                ),
                field="event_session",
            )
    return SessionFull(
        _l("Both runs are full just now. Please leave the run open; your host contact will call you."),
        field="event_session",
    )
