"""Rooms: which room of the hotel each seat has; it stays with the seat, whoever sleeps there."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import journal, rosters


def of_run(event_session: EventSession) -> list[Attendee]:
    """Everybody with a place in the run, whose seat may have a room."""
    return list(
        db.session.scalars(
            select(Attendee)
            .join(Attendee.registration)
            .options(
                contains_eager(Attendee.registration),
                joinedload(Attendee.person).joinedload(Person.company),
            )
            .where(
                Registration.event_session_id == event_session.id,
                Registration.status.in_(HOLDS_PLACE),
                Attendee.ended_at.is_(None),
            )
        )
    )


def number(event_session: EventSession, numbers: Mapping[int, str]) -> int:
    """Rooms by the id of the Registration, '' for none; what is not named stays. How many are different now."""
    with db.writing():
        db.lock(event_session)
        different = 0
        for attendee in of_run(event_session):
            registration = attendee.registration
            wanted = numbers.get(registration.id, registration.room_number)
            if wanted != registration.room_number:
                registration.room_number = wanted
                rosters.mark([event_session], attendee)
                different += 1
        if different:
            journal.record("rooms numbered", event_session, event_id=event_session.event_id, rooms=different)
    return different
