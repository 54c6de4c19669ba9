"""Item places: how many an agenda item has left, who waits for one, and who is called in.

Whoever calls call_in() holds the runs: every sign-up, every freed place and every change of an item does.
"""

from __future__ import annotations

from sqlalchemy import Select, func, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.event_session import EventSession
from eventapp.models.message import Purpose
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import journal, messages, rosters


def taken(item: AgendaItem) -> int:
    """Places held by registrations that hold a place in the item's run now."""
    held = _standing().where(SignUp.agenda_item_id == item.id, SignUp.queued_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(held.subquery()))


def free(item: AgendaItem) -> int | None:
    """Places left, never below 0; None for an item without a limit."""
    return None if item.places is None else max(0, item.places - taken(item))


def queue(item: AgendaItem) -> list[SignUp]:
    """Who waits for the item, first come first."""
    return list(db.session.scalars(_waiting().where(SignUp.agenda_item_id == item.id)))


def at_that_time(item: AgendaItem, sign_ups: list[SignUp]) -> list[SignUp]:
    """Those of the sign-ups that are for something else at the item's time."""
    return [
        one
        for one in sign_ups
        if one.agenda_item_id != item.id
        and one.agenda_item.starts_at < item.ends_at
        and item.starts_at < one.agenda_item.ends_at
    ]


def of(registration: Registration) -> list[SignUp]:
    """The registration's sign-ups for items of its run that still stand and are seen, in the order of the day."""
    return list(
        db.session.scalars(
            select(SignUp)
            .join(AgendaItem, AgendaItem.id == SignUp.agenda_item_id)
            .where(
                SignUp.registration_id == registration.id,
                AgendaItem.event_session_id == registration.event_session_id,
                AgendaItem.removed_at.is_(None),
                AgendaItem.internal.is_(False),
            )
            .order_by(AgendaItem.starts_at, AgendaItem.id)
        )
    )


def call_in(runs: list[EventSession]) -> None:
    """Give every free place of the runs' items to who waits for it, in order, with one letter each.

    Whoever is called in gives up what else they had at that time, so somebody else may follow.
    """
    while (sign_up := _next(runs)) is not None:
        item, registration = sign_up.agenda_item, sign_up.registration
        sign_up.queued_at = None
        for other in at_that_time(item, of(registration)):
            db.session.delete(other)
        db.session.flush()
        attendee = db.session.scalars(
            select(Attendee).where(Attendee.registration_id == registration.id, Attendee.ended_at.is_(None))
        ).one()
        event = registration.invitation.event
        rosters.mark(runs, attendee)
        journal.record("called in", registration, event_id=event.id, by="waitlist", item=item.title_ko)
        occasion = messages.next_occasion(Purpose.ITEM_PLACE, attendee.id)
        messages.queue(
            Purpose.ITEM_PLACE, attendee.person, event=event, subject_id=attendee.id, occasion=occasion
        )


def _next(runs: list[EventSession]) -> SignUp | None:
    """The first of all who wait and for whose item, not begun yet, a place is free."""
    coming = _waiting().where(
        AgendaItem.event_session_id.in_([run.id for run in runs]),
        AgendaItem.removed_at.is_(None),
        AgendaItem.internal.is_(False),
        AgendaItem.starts_at > now(),
    )
    return next((one for one in db.session.scalars(coming) if free(one.agenda_item) != 0), None)


def _waiting() -> Select[tuple[SignUp]]:
    return _standing().where(SignUp.queued_at.is_not(None)).order_by(SignUp.queued_at, SignUp.id)


def _standing() -> Select[tuple[SignUp]]:
    return (
        select(SignUp)
        .join(AgendaItem, AgendaItem.id == SignUp.agenda_item_id)
        .join(Registration, Registration.id == SignUp.registration_id)
        .where(
            Registration.event_session_id == AgendaItem.event_session_id,
            Registration.status.in_(HOLDS_PLACE),
        )
    )
