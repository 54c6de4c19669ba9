"""Registrations as a list: who comes when, found by name, 초성, company or the last four digits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import case, func, select

from eventapp.db import db
from eventapp.formats import hangul
from eventapp.formats import phone as phones
from eventapp.models.company import Company, Sector
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE, RegistrationStatus
from eventapp.reports import open_consents, open_questions
from eventapp.rules import own_parts


class State(StrEnum):
    """Where one registration stands."""

    OPEN = "open"
    UNDECIDED = "undecided"
    PENDING = "pending"
    WAITLISTED = "waitlisted"
    DONE = "done"
    CANCELLED = "cancelled"


# in the order of Row's fields
COLUMNS = (
    Attendee.id,
    Registration.id,
    Invitation.id,
    Company.id,
    Company.name,
    Sector.name_ko,
    Sector.name_en,
    Registration.status,
    EventSession.number,
    Person.name,
    Person.title,
    Person.phone,
    Person.email,
    Person.language,
    Attendee.diet,
    Attendee.confirmed_at,
    Registration.created_at,
    Attendee.allergy,
    Registration.room,
    Registration.room_with,
    Registration.shuttle_in,
    Registration.shuttle_out,
    Attendee.arrives_at,
    Attendee.flight_in,
    Attendee.departs_at,
    Attendee.flight_out,
    Attendee.on_call,
)


@dataclass(frozen=True)
class Row:
    """One registration and who holds it now, or held it last where it was given up. run: its number or None."""

    attendee_id: int
    registration_id: int
    invitation_id: int
    company_id: int
    company: str
    sector_ko: str
    sector_en: str
    status: str
    run: int | None
    name: str
    title: str
    phone: str
    email: str
    language: str
    diet: str
    confirmed_at: datetime | None
    created_at: datetime
    allergy: str
    room: str
    room_with: str
    shuttle_in: bool
    shuttle_out: bool
    arrives_at: datetime | None
    flight_in: str
    departs_at: datetime | None
    flight_out: str
    on_call: bool
    questions_left: int = 0
    consents_left: int = 0

    @property
    def state(self) -> State:
        """The state in one word; registered counts as open until the person finished their own part."""
        complete = own_parts.is_complete(
            self.status,
            confirmed_at=self.confirmed_at,
            questions_left=self.questions_left,
            consents_left=self.consents_left,
        )
        if self.status == RegistrationStatus.REGISTERED:
            return State.DONE if complete else State.OPEN
        return State(self.status)

    def fits(self, query: str) -> bool:
        """Whether the person or the company is meant."""
        digits = query.strip()
        if len(digits) == 4 and digits.isascii() and digits.isdigit():
            return phones.last_four(self.phone) == digits
        return hangul.matches(query, self.name) or hangul.matches(query, self.company)


@dataclass(frozen=True)
class RunCount:
    """A run's numbers: `taken` of `capacity` places, `done` of the taken have finished."""

    run: EventSession
    taken: int
    done: int

    @property
    def free(self) -> int:
        """Places left."""
        return max(0, self.run.capacity - self.taken)


def of(event: Event, *, company_ids: Collection[int] | None = None) -> list[Row]:
    """Every registration of the Event, by company and name; company_ids: only these."""
    newest = (
        select(Attendee.registration_id, func.max(Attendee.id).label("attendee_id"))
        .group_by(Attendee.registration_id)
        .subquery()
    )
    wanted = (
        select(*COLUMNS)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Company, Invitation.company_id == Company.id)
        .join(Sector, Company.sector_id == Sector.id)
        .join(newest, newest.c.registration_id == Registration.id)
        .join(Attendee, Attendee.id == newest.c.attendee_id)
        .join(Person, Attendee.person_id == Person.id)
        .outerjoin(EventSession, Registration.event_session_id == EventSession.id)
        .where(Invitation.event_id == event.id)
    )
    if company_ids is not None:
        wanted = wanted.where(Company.id.in_(company_ids))
    questions, consents = open_questions.of(event), open_consents.of(event)
    rows = [
        Row(*row, questions_left=questions.get(row[0], 0), consents_left=consents.get(row[0], 0))
        for row in db.session.execute(wanted)
    ]
    return sorted(rows, key=lambda row: (hangul.sort_key(row.company), row.registration_id))


def per_run(event: Event) -> list[RunCount]:
    """How full each run is and how many of its people have finished."""
    done = case((own_parts.completed([*open_questions.of(event), *open_consents.of(event)]), Attendee.id))
    rows = db.session.execute(
        select(EventSession, func.count(Registration.id), func.count(done))
        .outerjoin(
            Registration,
            (Registration.event_session_id == EventSession.id) & Registration.status.in_(HOLDS_PLACE),
        )
        .outerjoin(Attendee, (Attendee.registration_id == Registration.id) & Attendee.ended_at.is_(None))
        .where(EventSession.event_id == event.id)
        .group_by(EventSession.id)
        .order_by(EventSession.number)
    )
    return [RunCount(run, taken, done) for run, taken, done in rows]
