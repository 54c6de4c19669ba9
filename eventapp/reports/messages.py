"""Letters as a list: what needs a hand first, the rest newest first; what became of every try."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from eventapp.db import db
from eventapp.formats import hangul
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message, MessageAttempt
from eventapp.models.person import Person
from eventapp.models.states import MessageStatus

TROUBLE = (MessageStatus.FAILED, MessageStatus.UNCERTAIN)


@dataclass(frozen=True)
class Row:
    """One letter, its reader, and when something last happened to it."""

    id: int
    purpose: str
    status: str
    held: bool
    tries: int
    at: datetime
    due_at: datetime
    name: str
    title: str
    email: str
    company: str

    @property
    def trouble(self) -> bool:
        """Whether somebody has to do something."""
        return self.status in TROUBLE

    def fits(self, query: str) -> bool:
        """Whether the reader, their company or address is meant."""
        return (
            hangul.matches(query, self.name)
            or hangul.matches(query, self.company)
            or query.casefold() in self.email.casefold()
        )


def of(event: Event, *, company_ids: Collection[int] | None = None) -> list[Row]:
    """Every letter of the Event, newest first; company_ids: only to people of these."""
    last = (
        select(MessageAttempt.message_id, func.max(MessageAttempt.started_at).label("tried_at"))
        .group_by(MessageAttempt.message_id)
        .subquery()
    )
    wanted = (
        select(Message, Person, Company.name, last.c.tried_at)
        .join(Person, Message.person_id == Person.id)
        .join(Company, Person.company_id == Company.id)
        .outerjoin(last, last.c.message_id == Message.id)
        .where(Message.event_id == event.id)
    )
    if company_ids is not None:
        wanted = wanted.where(Person.company_id.in_(company_ids))
    rows = [_row(*found) for found in db.session.execute(wanted)]
    return sorted(rows, key=lambda row: (row.at, row.id), reverse=True)


def _row(message: Message, person: Person, company: str, tried_at: datetime | None) -> Row:
    times = [at for at in (message.queued_at, tried_at, message.done_at) if at is not None]
    return Row(
        id=message.id,
        purpose=message.purpose,
        status=message.status,
        held=message.held_at is not None,
        tries=message.tries,
        at=max(times),
        due_at=message.due_at,
        name=person.name,
        title=person.title,
        email=person.email,
        company=company,
    )


def attempts(message: Message) -> list[MessageAttempt]:
    """Every try at a letter, newest first."""
    return list(
        db.session.scalars(
            select(MessageAttempt)
            .where(MessageAttempt.message_id == message.id)
            .order_by(MessageAttempt.id.desc())
        )
    )


def held(event: Event) -> int:
    """How many letters are held back."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Message)
            .where(
                Message.event_id == event.id,
                Message.held_at.is_not(None),
                Message.status == MessageStatus.QUEUED,
            )
        )
        or 0
    )


def invitations(event: Event, *, company_ids: Collection[int] | None = None) -> list[Invitation]:
    """The Event's invitations by company name, for choosing one."""
    wanted = (
        select(Invitation)
        .join(Company, Invitation.company_id == Company.id)
        .options(contains_eager(Invitation.company))
        .where(Invitation.event_id == event.id)
    )
    if company_ids is not None:
        wanted = wanted.where(Company.id.in_(company_ids))
    found = db.session.scalars(wanted).all()
    return sorted(found, key=lambda invitation: hangul.sort_key(invitation.company.name))
