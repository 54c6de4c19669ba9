"""Door places: what the door itself may do about a place: move it to today, seat a walk-in, hand it to a colleague.

Whoever calls holds every run of the Event.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.db import db
from eventapp.errors import NoSeatLeft, RuleBroken
from eventapp.models.company import Company
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.pool import Because
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE, Verdict
from eventapp.rules import attendees, journal, pools, registrations, seats
from eventapp.rules.people import Colleague


def move(registration: Registration, event_session: EventSession) -> str:
    """Move or decide; '' when done, else the sentence that says why not."""
    try:
        with db.session.begin_nested():
            placed = registration.status in HOLDS_PLACE
            take = registrations.move if placed else registrations.choose_run
            take(registration, event_session, by_host=True)
    except RuleBroken as refusal:
        return str(refusal)
    return ""


def why_not_moved(verdict: str, event_session: EventSession) -> str:
    """The sentence for a move that was not possible, asked for again."""
    if verdict != Verdict.WRONG_RUN:
        return ""
    return str(RuleBroken() if seats.free(event_session) else seats.full(event_session))


def seat(name: str, company: Company, *, event_session: EventSession) -> Attendee | None:
    """Who holds a seat by that name already, or the one just registered; None: to be settled.

    The company's own free seat first, then one of the pool.
    """
    invitation = db.session.scalar(
        select(Invitation).where(
            Invitation.event_id == event_session.event_id, Invitation.company_id == company.id
        )
    )
    if invitation is None:
        return None
    seats.hold(invitation)
    found = _of_that_name(invitation, name)
    if found:
        return min(found, key=lambda one: (one.registration.event_session_id != event_session.id, one.id))
    for wants_pool in (False, True):
        try:
            with db.session.begin_nested():
                if wants_pool:
                    _take_from_pool(invitation)
                registration = registrations.register(
                    invitation, Colleague(name), event_session=event_session, by_host=True
                )
            return attendees.require(registration)
        except NoSeatLeft:
            continue
        except RuleBroken:
            return None
    return None


def hand_over(registration: Registration, name: str) -> Attendee | None:
    """The colleague of that name comes instead; None where that cannot be: to be settled."""
    try:
        with db.session.begin_nested():
            return registrations.substitute(registration, Colleague(name), late=True)
    except RuleBroken:
        return None


def _of_that_name(invitation: Invitation, name: str) -> list[Attendee]:
    return list(
        db.session.scalars(
            select(Attendee)
            .join(Attendee.person)
            .join(Attendee.registration)
            .options(joinedload(Attendee.registration))
            .where(
                Registration.invitation_id == invitation.id, Person.name == name, Attendee.ended_at.is_(None)
            )
        )
    )


def _take_from_pool(invitation: Invitation) -> None:
    """One seat of the pool is the company's from now on. Raises PoolShort."""
    left = pools.size(invitation.event)
    if left < 1:
        raise pools.PoolShort(left=left)
    invitation.seats += 1
    pools.enter(invitation, -1, because=Because.DOOR)
    journal.record("seat from the pool at the door", invitation)
