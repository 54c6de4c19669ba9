"""What the ladder is made of, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.db import db
from eventapp.models.checkin import CheckIn
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message, Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import LIVE, MessageStatus
from eventapp.reports import open_consents, open_questions
from eventapp.rules import own_parts


@dataclass(frozen=True)
class Seat:
    """One seat in use and who sits there. run: the number of the run or None; replaced: somebody sat there before."""

    registration_id: int
    attendee_id: int
    status: str
    run: int | None
    name: str
    title: str
    phone: str
    named_at: datetime
    confirmed_at: datetime | None
    replaced: bool
    questions_left: int = 0
    consents_left: int = 0

    @property
    def complete(self) -> bool:
        """Whether nothing more is asked of this person."""
        return own_parts.is_complete(
            self.status,
            confirmed_at=self.confirmed_at,
            questions_left=self.questions_left,
            consents_left=self.consents_left,
        )


@dataclass
class Facts:
    """Everything about one Event's companies, by the id of their invitation."""

    invitations: list[Invitation]
    seats: dict[int, list[Seat]]
    letters: dict[tuple[str, int], list[tuple[str, datetime | None]]]
    called_at: dict[int, datetime]
    arrived: dict[int, int]
    names_due: dict[int, date | None]

    def failed(self, invitation: Invitation, seats: list[Seat]) -> int:
        """How many of the company's last letters came back."""
        subjects = [(Purpose.INVITATION.value, invitation.id)]
        subjects += [(Purpose.PASS.value, seat.attendee_id) for seat in seats]
        last = [self.letters[subject][-1][0] for subject in subjects if self.letters.get(subject)]
        return sum(status == MessageStatus.FAILED for status in last)

    def sent_again(self, invitation: Invitation) -> list[datetime | None]:
        """When the invitation letter went out after the first time."""
        return [at for _status, at in self.letters.get((Purpose.INVITATION.value, invitation.id), [])[1:]]

    def last_sent_at(self, invitation: Invitation) -> datetime | None:
        """When the invitation letter last went out."""
        again = [at for at in self.sent_again(invitation) if at is not None]
        return max(again, default=None)


def read(event: Event, company_ids: Collection[int] | None) -> Facts:
    """The facts of all companies, or of these only."""
    return Facts(
        invitations=_invitations(event, company_ids),
        seats=_seats(event),
        letters=_letters(event),
        called_at=_called(event),
        arrived=_arrived(event),
        names_due=_names_due(event),
    )


def _invitations(event: Event, company_ids: Collection[int] | None) -> list[Invitation]:
    wanted = (
        select(Invitation)
        .where(Invitation.event_id == event.id)
        .options(
            joinedload(Invitation.event),
            joinedload(Invitation.coordinator),
            joinedload(Invitation.company).options(
                joinedload(Company.sector), joinedload(Company.host_contact)
            ),
        )
    )
    if company_ids is not None:
        wanted = wanted.where(Invitation.company_id.in_(company_ids))
    return list(db.session.scalars(wanted.order_by(Invitation.id)))


def _seats(event: Event) -> dict[int, list[Seat]]:
    earlier = select(Attendee.registration_id).where(Attendee.ended_at.is_not(None))
    rows = db.session.execute(
        select(
            Registration.invitation_id,
            Registration.id,
            Attendee.id,
            Registration.status,
            EventSession.number,
            Person.name,
            Person.title,
            Person.phone,
            Attendee.started_at,
            Attendee.confirmed_at,
            Registration.id.in_(earlier),
        )
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Attendee, Attendee.registration_id == Registration.id)
        .join(Person, Attendee.person_id == Person.id)
        .outerjoin(EventSession, Registration.event_session_id == EventSession.id)
        .where(Invitation.event_id == event.id, Registration.status.in_(LIVE), Attendee.ended_at.is_(None))
        .order_by(Registration.id)
    )
    found: dict[int, list[Seat]] = {}
    questions, consents = open_questions.of(event), open_consents.of(event)
    for invitation_id, *rest in rows:
        left = {"questions_left": questions.get(rest[1], 0), "consents_left": consents.get(rest[1], 0)}
        found.setdefault(invitation_id, []).append(Seat(*rest, **left))
    return found


def _letters(event: Event) -> dict[tuple[str, int], list[tuple[str, datetime | None]]]:
    """(state, when done or queued) of every invitation and pass letter, oldest first."""
    rows = db.session.execute(
        select(Message.purpose, Message.subject_id, Message.status, Message.done_at, Message.queued_at)
        .where(Message.event_id == event.id, Message.purpose.in_((Purpose.INVITATION, Purpose.PASS)))
        .order_by(Message.id)
    )
    found: dict[tuple[str, int], list[tuple[str, datetime | None]]] = {}
    for purpose, subject_id, status, done_at, queued_at in rows:
        found.setdefault((purpose, subject_id), []).append((status, done_at or queued_at))
    return found


def _called(event: Event) -> dict[int, datetime]:
    calls = (
        select(JournalEntry.thing_id, func.max(JournalEntry.at))
        .where(
            JournalEntry.event_id == event.id,
            JournalEntry.action == "called",
            JournalEntry.thing == Invitation.__tablename__,
        )
        .group_by(JournalEntry.thing_id)
    )
    return {int(thing_id): at for thing_id, at in db.session.execute(calls)}


def _arrived(event: Event) -> dict[int, int]:
    """How many of each company's people were let in anywhere."""
    people: Select[tuple[int, int]] = (
        select(Registration.invitation_id, func.count(Attendee.id.distinct()))
        .join(Attendee, Attendee.registration_id == Registration.id)
        .join(CheckIn, CheckIn.attendee_id == Attendee.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id, CheckIn.counted)
        .group_by(Registration.invitation_id)
    )
    return dict(db.session.execute(people).all())


def _names_due(event: Event) -> dict[int, date | None]:
    runs = select(EventSession.number, EventSession.names_due_on).where(EventSession.event_id == event.id)
    return dict(db.session.execute(runs).all())
