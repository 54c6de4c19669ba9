"""Seats and places: the only file that gives or frees a place of a run.

A seat is an Invitation's right; a place is a run's capacity. Whoever calls take(), join_queue() or release() holds
the locks that hold() took: every run of the Event by id, then the Invitation. Whoever freed a place calls
promote() at the end of the same transaction.
"""

from __future__ import annotations

from itertools import combinations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _n
from sqlalchemy import delete, func, select, update

from eventapp.clock import now, today
from eventapp.db import db
from eventapp.errors import CapacityTaken, NoSeatLeft, RuleBroken, SessionFull
from eventapp.models.agenda import SignUp
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation, InvitationChoice
from eventapp.models.message import Purpose
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE, LIVE, RegistrationStatus, move
from eventapp.models.waitlist import Party
from eventapp.rules import confirmations, cutoffs, item_places, journal, messages, parties, rosters


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


def on_offer(event_session: EventSession) -> int:
    """Places for somebody who comes now: none while others wait, until the run begins."""
    return 0 if parties.is_awaited(event_session) and _promotes(event_session) else free(event_session)


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
    db.session.refresh(invitation.event, ["wants_approval"])
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


def take(
    registration: Registration, event_session: EventSession, *, by_host: bool = False, approved: bool = False
) -> None:
    """Give a Registration without a place one of this run. Raises SessionFull, RunNotOffered.

    by_host: at the door the host may pass those who wait; approved: nobody need approve it.
    """
    _require_offered(registration, event_session, by_host=by_host)
    parties.dismiss(registration)
    sure = by_host or approved
    move(registration, RegistrationStatus.REGISTERED if sure else cutoffs.placed(registration, event_session))
    registration.event_session_id = event_session.id
    db.session.flush()


def exchange(registration: Registration, to: EventSession, *, by_host: bool = False) -> None:
    """Take the new place first, free the old; refused whole when the new run is full."""
    _require_offered(registration, to, by_host=by_host)
    parties.dismiss(registration)
    _settle_in(registration, to)


def join_queue(registration: Registration, event_session: EventSession) -> Party:
    """Wait for a place of a full run; a place held in the other run is kept meanwhile. Raises RunNotOffered."""
    if event_session not in choices(registration.invitation):
        raise RunNotOffered(field="event_session")
    parties.dismiss(registration)
    if registration.status == RegistrationStatus.UNDECIDED:
        move(registration, RegistrationStatus.WAITLISTED)
    if registration.status == RegistrationStatus.WAITLISTED:
        registration.event_session_id = event_session.id
    return parties.admit(registration, event_session)


def take_or_wait(
    registration: Registration, event_session: EventSession, *, wait: bool, by_host: bool = False
) -> None:
    """A place where there is one; wait: else the end of the queue. Raises SessionFull, RunNotOffered."""
    if wait and on_offer(event_session) < 1:
        join_queue(registration, event_session)
    else:
        take(registration, event_session, by_host=by_host)


def stop_waiting(registration: Registration) -> None:
    """Wait no more; a seat without a place is undecided again."""
    parties.dismiss(registration)
    if registration.status == RegistrationStatus.WAITLISTED:
        move(registration, RegistrationStatus.UNDECIDED)
        registration.event_session_id = None
    db.session.flush()


def release(registration: Registration) -> None:
    """Free the place and the seat: the Registration ends."""
    parties.dismiss(registration)
    move(registration, RegistrationStatus.CANCELLED)
    registration.cancelled_at = now()
    db.session.flush()


def promote(locked: list[EventSession]) -> list[Registration]:
    """Give every place that is free now to those who wait for it, strictly in order; returns who got one.

    One letter each. A party that stays together gets all its places or none, and nobody passes it. A place
    left for another run is free for those who wait there, and so is one in an item of the agenda. The first in
    two lines who want each other's places change them. Runs that have begun are left to the door.
    """
    promoted: list[Registration] = []
    while given := next((found for run in locked if (found := _give_next(run))), []) or _swap(locked):
        promoted += given
        for registration in given:
            _tell(registration, locked)
    item_places.call_in(locked)
    return promoted


def set_capacity(event_session: EventSession, capacity: int) -> None:
    """Change a run's capacity; places added go to those who wait.

    Raises CapacityTaken with the number below which it cannot go.
    """
    with db.writing():
        locked = db.lock_all(runs(event_session.event))
        held = taken(event_session)
        if capacity < held:
            raise CapacityTaken(field="capacity", taken=held)
        journal.record("capacity set", event_session, before=event_session.capacity, after=capacity)
        event_session.capacity = capacity
        db.session.flush()
        promote(locked)


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
        left = on_offer(other)
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


def _require_offered(registration: Registration, event_session: EventSession, *, by_host: bool) -> None:
    if event_session not in choices(registration.invitation):
        raise RunNotOffered(field="event_session")
    if (free if by_host else on_offer)(event_session) < 1:
        raise full(event_session)


def _promotes(event_session: EventSession) -> bool:
    """Until a run begins; afterwards nobody is called in by a letter."""
    return today(event_session.event.time_zone) < event_session.starts_on


def _give_next(event_session: EventSession) -> list[Registration]:
    """Places for those whose turn it is; [] where they do not fit."""
    wanted = _called(event_session)
    return _seat(wanted, event_session) if free(event_session) >= len(wanted) else []


def _called(event_session: EventSession) -> list[Registration]:
    """Whose turn it is: the first who waits, or the whole of a party that stays together."""
    queue = parties.waiting_for(event_session) if _promotes(event_session) else []
    members = parties.members(queue[0]) if queue else []
    return members if queue and queue[0].together else members[:1]


def _swap(locked: list[EventSession]) -> list[Registration]:
    """Both runs are full, and the first in each line hold places in the other: they change places.

    Both coordinators asked for it by waiting, and neither passes anybody.
    """
    for one, other in combinations(locked, 2):
        coming, going = _called(one), _called(other)
        if coming and going and _fits(one, coming, leaving=going) and _fits(other, going, leaving=coming):
            return _seat(coming, one) + _seat(going, other)
    return []


def _fits(event_session: EventSession, coming: list[Registration], *, leaving: list[Registration]) -> bool:
    left = [one for one in leaving if one.status in HOLDS_PLACE and one.event_session_id == event_session.id]
    return free(event_session) + len(left) >= len(coming)


def _seat(wanted: list[Registration], event_session: EventSession) -> list[Registration]:
    for registration in wanted:
        parties.dismiss(registration)
        if registration.status == RegistrationStatus.WAITLISTED:
            move(registration, cutoffs.placed(registration, event_session))
        _settle_in(registration, event_session)
    return wanted


def _settle_in(registration: Registration, event_session: EventSession) -> None:
    """In another run than before; sign-ups there and the journey's times do not follow."""
    registration.event_session_id = event_session.id
    here = (Attendee.registration_id == registration.id, Attendee.ended_at.is_(None))
    db.session.execute(update(Attendee).where(*here).values(arrives_at=None, departs_at=None))
    db.session.execute(delete(SignUp).where(SignUp.registration_id == registration.id))
    db.session.flush()


def _tell(registration: Registration, locked: list[EventSession]) -> None:
    """The attendee's one letter, the door's list, the journal."""
    attendee = db.session.scalars(
        select(Attendee).where(Attendee.registration_id == registration.id, Attendee.ended_at.is_(None))
    ).one()
    event, number = registration.invitation.event, registration.event_session.number
    rosters.mark(locked, attendee)
    journal.record("promoted", registration, event_id=event.id, by="waitlist", run=number)
    occasion = messages.next_occasion(Purpose.PROMOTED, attendee.id)
    messages.queue(Purpose.PROMOTED, attendee.person, event=event, subject_id=attendee.id, occasion=occasion)
    confirmations.to_coordinator(registration.invitation)
