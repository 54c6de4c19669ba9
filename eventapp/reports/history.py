"""A company's story at one Event: what happened, newest last, from the journal and the letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, cast, or_, select

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import TO_COORDINATOR, Message
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.staff import Staff

TOLD = frozenset(
    {
        "invited", "sent", "opened", "accepted", "declined", "handed over", "kept open", "opened again", "revoked",
        "link renewed", "link copied", "seats set", "choices set", "on-duty wish", "together wish", "wished", "placed", "called", "imported again",
        "coordinator corrected", "coordinator replaced", "coordinator erased", "registered", "run chosen", "moved", "substituted",
        "cancelled", "refused", "approved", "confirmed", "waits", "waits no more", "promoted", "together", "one by one",
        "signed up", "item waits", "item left", "called in", "item ended", "item restored",
        "seats returned", "seat wished", "wish withdrawn", "seats offered", "offer accepted", "offer declined",
        "offer lapsed", "offer withdrawn",
        "change asked", "change approved", "change refused", "change withdrawn", "exception made",
    }
)  # fmt: skip

FACTS = frozenset(
    {
        "event made", "facts stated", "facts confirmed", "run added", "run changed", "imported", "event open",
        "event closed", "event archived", "approval wanted", "approval not wanted", "quiet hours set", "capacity set",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing that happened. `who`: a member of staff by name, else coordinator, attendee or command.

    A letter has action 'letter', its purpose and state in `detail`, and its reader in `person`.
    """

    at: datetime
    action: str
    who: str
    person: str
    detail: dict[str, Any]


def of(invitation: Invitation, *, newest: int | None = None) -> list[Step]:
    """Everything about the invitation, oldest first; newest: only so many of the latest."""
    letters = _letters(invitation)
    deeds = [step for step in _deeds(invitation) if not (letters and step.action == "sent")]
    steps = sorted(letters + deeds, key=lambda step: step.at)
    return steps if newest is None else steps[-newest:]


def of_facts(event: Event, *, newest: int) -> list[Step]:
    """What was stated, confirmed and changed about the Event and its runs, newest first."""
    rows = db.session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.action.in_(FACTS),
            or_(
                JournalEntry.event_id == event.id,
                and_(JournalEntry.thing == Event.__tablename__, JournalEntry.thing_id == str(event.id)),
            ),
        )
        .order_by(JournalEntry.id.desc())
        .limit(newest)
    ).all()
    staff = dict(db.session.execute(select(Staff.id, Staff.name)).all())
    return [Step(row.at, row.action, _who(row.actor, staff), "", row.detail or {}) for row in rows]


def _attendees(invitation: Invitation) -> Any:
    return (
        select(Attendee.id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .where(Registration.invitation_id == invitation.id)
    )


def _letters(invitation: Invitation) -> list[Step]:
    rows = db.session.execute(
        select(Message, Person.name)
        .join(Person, Message.person_id == Person.id)
        .where(
            Message.event_id == invitation.event_id,
            or_(
                and_(Message.purpose.in_(TO_COORDINATOR), Message.subject_id == invitation.id),
                and_(Message.purpose.not_in(TO_COORDINATOR), Message.subject_id.in_(_attendees(invitation))),
            ),
        )
    )
    return [
        Step(
            message.done_at or message.queued_at,
            "letter",
            "",
            name,
            {"purpose": message.purpose, "status": message.status, "id": message.id},
        )
        for message, name in rows
    ]


def _deeds(invitation: Invitation) -> list[Step]:
    registrations = select(Registration.id).where(Registration.invitation_id == invitation.id)
    things = {
        Registration.__tablename__: registrations.with_only_columns(cast(Registration.id, String)),
        Attendee.__tablename__: _attendees(invitation).with_only_columns(cast(Attendee.id, String)),
    }
    about = [
        and_(
            JournalEntry.thing == Invitation.__tablename__,
            JournalEntry.thing_id == str(invitation.id),
        ),
        *(and_(JournalEntry.thing == name, JournalEntry.thing_id.in_(ids)) for name, ids in things.items()),
    ]
    rows = db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.action.in_(TOLD), or_(*about))
        .order_by(JournalEntry.at, JournalEntry.id)
    ).all()
    staff = dict(db.session.execute(select(Staff.id, Staff.name)).all())
    people = _people(invitation)
    return [
        Step(
            entry.at,
            entry.action,
            _who(entry.actor, staff),
            people.get((entry.thing, entry.thing_id), ""),
            entry.detail or {},
        )
        for entry in rows
    ]


def _people(invitation: Invitation) -> dict[tuple[str, str], str]:
    """Whose registration or pass it is: the newest of those who held it."""
    rows = db.session.execute(
        select(Attendee.id, Registration.id, Person.name)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Person, Attendee.person_id == Person.id)
        .where(Registration.invitation_id == invitation.id)
        .order_by(Attendee.id)
    )
    found: dict[tuple[str, str], str] = {}
    for attendee_id, registration_id, name in rows:
        found[Attendee.__tablename__, str(attendee_id)] = name
        found[Registration.__tablename__, str(registration_id)] = name
    return found


def _who(actor: str, staff: dict[int, str]) -> str:
    kind, _, number = actor.partition(" ")
    if kind == "staff" and number.isdigit():
        return staff.get(int(number), "staff")
    return kind
