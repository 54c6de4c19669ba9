"""A company's seats as its coordinator sees them: who sits where, what is open, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from eventapp.clock import today
from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message, Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import LIVE, MessageStatus, RegistrationStatus
from eventapp.models.waitlist import Party, PartyMember
from eventapp.reports import open_consents, open_questions
from eventapp.rules import answers, own_parts, parties, seats

FRIDAY = 4


@dataclass(frozen=True)
class Seat:
    """One seat in use. `number` counts from 1 in the order of naming; `letter_at`: the pass letter went out.

    event_session: the run of the place held; waits_for: the party it waits in, for a place that it has not yet.
    """

    number: int
    registration: Registration
    attendee: Attendee
    person: Person
    event_session: EventSession | None
    letter_at: datetime | None
    waits_for: Party | None
    questions_left: int = 0
    consents_left: int = 0

    @property
    def is_confirmed(self) -> bool:
        """Whether the attendee said yes in person and has a place."""
        return self.attendee.confirmed_at is not None and self.event_session is not None

    @property
    def is_complete(self) -> bool:
        """Whether nothing more is asked of the attendee."""
        return own_parts.is_complete(
            self.registration.status,
            confirmed_at=self.attendee.confirmed_at,
            questions_left=self.questions_left,
            consents_left=self.consents_left,
        )

    @property
    def is_waitlisted(self) -> bool:
        """Whether it has no place, only one in the queue."""
        return self.registration.status == RegistrationStatus.WAITLISTED

    @property
    def dot(self) -> str:
        """How the seat is drawn."""
        if self.is_waitlisted:
            return "waiting"
        return "done" if self.is_complete else "half"


@dataclass(frozen=True)
class Queue:
    """A company's people in the queue of one run. place: of the first of them, from 1; split: others between them."""

    event_session: EventSession
    seats: list[Seat]
    place: int
    together: bool
    split: bool


def named(invitation: Invitation) -> list[Seat]:
    """The seats in use, in the order they were named."""
    rows = db.session.execute(
        select(Registration, Attendee, Person, EventSession)
        .join(Attendee, Attendee.registration_id == Registration.id)
        .join(Person, Attendee.person_id == Person.id)
        .outerjoin(EventSession, Registration.event_session_id == EventSession.id)
        .where(
            Registration.invitation_id == invitation.id,
            Registration.status.in_(LIVE),
            Attendee.ended_at.is_(None),
        )
        .order_by(Registration.id)
    ).all()
    letters = _letters([row[1].id for row in rows])
    waiting = _parties([row[0].id for row in rows])
    left = open_questions.of(invitation.event)
    unagreed = open_consents.of(invitation.event)
    return [
        Seat(
            number,
            registration,
            attendee,
            person,
            None if registration.status == RegistrationStatus.WAITLISTED else run,
            letters.get(attendee.id),
            waiting.get(registration.id),
            left.get(attendee.id, 0),
            unagreed.get(attendee.id, 0),
        )
        for number, (registration, attendee, person, run) in enumerate(rows, start=1)
    ]


def queues(found: list[Seat]) -> list[Queue]:
    """Where the company waits, one entry a run."""
    runs = {seat.waits_for.event_session for seat in found if seat.waits_for is not None}
    return [_queue(run, found) for run in sorted(runs, key=lambda run: run.number)]


def _queue(run: EventSession, found: list[Seat]) -> Queue:
    waiting = [seat for seat in found if seat.waits_for and seat.waits_for.event_session_id == run.id]
    own = {seat.waits_for for seat in waiting if seat.waits_for}
    return Queue(
        run,
        waiting,
        place=min(parties.place(party) for party in own),
        together=all(party.together for party in own),
        split=len(own) > 1,
    )


def dots(invitation: Invitation, found: list[Seat], *, writing: bool = False) -> list[str]:
    """One state for each seat of the company; writing: the next empty one is being filled in."""
    empty = ["empty"] * max(0, invitation.seats - len(found))
    if writing and empty:
        empty[0] = "writing"
    return [seat.dot for seat in found] + empty


def free_places(invitation: Invitation) -> list[tuple[EventSession, int]]:
    """The runs this company may choose, each with its free places now; none where others wait for it."""
    return [(event_session, seats.on_offer(event_session)) for event_session in seats.choices(invitation)]


def newest(invitation: Invitation) -> int:
    """The id of the invitation's newest Registration, 0 where there is none."""
    return (
        db.session.scalar(
            select(func.max(Registration.id)).where(Registration.invitation_id == invitation.id)
        )
        or 0
    )


def names_due_on(invitation: Invitation) -> date | None:
    """Until when names may follow: the invitation's own day, else the earliest of its runs'."""
    if invitation.expires_on is not None:
        return invitation.expires_on
    days = [run.names_due_on for run in seats.choices(invitation) if run.names_due_on is not None]
    return min(days, default=None)


def keep_until(invitation: Invitation) -> date | None:
    """The day offered to someone who wants to think longer; None where no day is left before the names are due.

    The Friday after next; where names are due before it, the last Friday that leaves a day in between; where
    there is none either, the day they are due.
    """
    day = today(invitation.event.time_zone)
    friday = day + timedelta(days=(FRIDAY - day.weekday()) % 7 + (7 if day.weekday() != FRIDAY else 14))
    due = names_due_on(invitation)
    while due is not None and friday >= due:
        friday -= timedelta(days=7)
    if due is not None and friday <= day + timedelta(days=1):
        return due if due > day else None
    return friday


def takes_names(invitation: Invitation) -> bool:
    """Whether one more colleague may be named here now."""
    return answers.is_open(invitation) and not answers.has_expired(invitation)


def _parties(registration_ids: list[int]) -> dict[int, Party]:
    found = db.session.execute(
        select(PartyMember.registration_id, Party)
        .join(Party, PartyMember.party_id == Party.id)
        .where(PartyMember.registration_id.in_(registration_ids))
    )
    return dict(found.all())


def _letters(attendee_ids: list[int]) -> dict[int, datetime]:
    found = db.session.execute(
        select(Message.subject_id, func.max(Message.done_at))
        .where(
            Message.purpose == Purpose.PASS,
            Message.subject_id.in_(attendee_ids),
            Message.status == MessageStatus.SENT,
        )
        .group_by(Message.subject_id)
    )
    return {subject_id: at for subject_id, at in found if at is not None}
