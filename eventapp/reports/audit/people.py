"""What must hold of those who hold a place, and of their badges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import and_, func, or_, select

from eventapp.db import db
from eventapp.formats import codes
from eventapp.models.badge import Badge
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import LIVE
from eventapp.rules import keeping

GRACE = timedelta(days=2)


def every_place_has_one_attendee() -> Iterator[str]:
    """Each live Registration has exactly one live Attendee, each cancelled one none."""
    living = (
        select(Attendee.registration_id, func.count().label("people"))
        .where(Attendee.ended_at.is_(None))
        .group_by(Attendee.registration_id)
        .subquery()
    )
    people = func.coalesce(living.c.people, 0)
    rows = db.session.execute(
        select(Registration.id, Registration.status, people)
        .outerjoin(living, living.c.registration_id == Registration.id)
        .where(
            or_(
                and_(Registration.status.in_(LIVE), people != 1),
                and_(Registration.status.not_in(LIVE), people != 0),
            )
        )
    )
    for registration_id, status, found in rows:
        yield f"registration {registration_id} ({status}): {found} live attendees"


def every_attendee_has_one_valid_badge() -> Iterator[str]:
    """Each live Attendee has exactly one valid Badge, each ended one none; codes check."""
    valid = (
        select(Badge.attendee_id, func.count().label("badges"))
        .where(Badge.revoked_at.is_(None))
        .group_by(Badge.attendee_id)
        .subquery()
    )
    count = func.coalesce(valid.c.badges, 0)
    rows = db.session.execute(
        select(Attendee.id, Attendee.ended_at, count).outerjoin(valid, valid.c.attendee_id == Attendee.id)
    )
    for attendee_id, ended_at, found in rows:
        if found != (0 if ended_at else 1):
            yield f"attendee {attendee_id}: {found} valid badges"
    for badge_id, code in db.session.execute(select(Badge.id, Badge.code)):
        if codes.normalise(code) != code:
            yield f"badge {badge_id}: its code does not fit its check character"


def everybody_belongs_where_they_sit() -> Iterator[str]:
    """An attendee is of the invited company; a run is of the invitation's event; nobody sits twice."""
    rows = db.session.execute(
        select(Attendee.id, Invitation.id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Person, Attendee.person_id == Person.id)
        .where(Person.company_id != Invitation.company_id)
    )
    for attendee_id, invitation_id in rows:
        yield f"attendee {attendee_id} is not of the company of invitation {invitation_id}"
    strange = db.session.scalars(
        select(Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(EventSession, Registration.event_session_id == EventSession.id)
        .where(EventSession.event_id != Invitation.event_id)
    )
    for registration_id in strange:
        yield f"registration {registration_id}: its run belongs to another event"
    twice = db.session.execute(
        select(Attendee.person_id, Invitation.event_id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .where(Attendee.ended_at.is_(None))
        .group_by(Attendee.person_id, Invitation.event_id)
        .having(func.count() > 1)
    )
    for person_id, event_id in twice:
        yield f"person {person_id} holds more than one seat of event {event_id}"


def nobody_erased_can_be_reached() -> Iterator[str]:
    """Of who was erased nothing is left that names or reaches them."""
    rows = db.session.scalars(
        select(Person.id)
        .where(Person.erased_at.is_not(None), (Person.email != "") | (Person.phone != ""))
        .order_by(Person.id)
    )
    for person_id in rows:
        yield f"person {person_id} was erased, yet has an address"


def nobody_is_kept_too_long() -> Iterator[str]:
    """Whoever is past their last day is erased within two more: the postman does it every hour."""
    late = [
        day for day in keeping.people().values() if day != keeping.ENDLESS and keeping.is_past(day + GRACE)
    ]
    if late:
        yield f"{len(late)} people are kept past their last day, since {min(late)}: is the postman at work?"


CHECKS = (
    nobody_is_kept_too_long,
    nobody_erased_can_be_reached,
    every_place_has_one_attendee,
    every_attendee_has_one_valid_badge,
    everybody_belongs_where_they_sit,
)
