"""Arrival news: which partners of a host contact have come, for whoever looks after them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.checkin import CheckIn, Checkpoint, CheckpointKind
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration


@dataclass(frozen=True)
class News:
    """One person who came through a gate; `heard_at`: when we heard of it, later than `at` from a phone without a network."""

    person: Person
    company: str
    checkpoint: Checkpoint
    at: datetime
    heard_at: datetime


def of(event: Event, company_ids: Collection[int] | None, *, since: datetime | None = None) -> list[News]:
    """Newest first. company_ids: only theirs, None for everybody; since: what was heard after that alone."""
    wanted = (
        select(Person, Company.name, Checkpoint, CheckIn.at, CheckIn.received_at)
        .join(Attendee, CheckIn.attendee_id == Attendee.id)
        .join(Person, Attendee.person_id == Person.id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Company, Invitation.company_id == Company.id)
        .join(Checkpoint, CheckIn.checkpoint_id == Checkpoint.id)
        .join(EventSession, Checkpoint.event_session_id == EventSession.id)
        .where(EventSession.event_id == event.id, Checkpoint.kind == CheckpointKind.GATE, CheckIn.counted)
        .order_by(CheckIn.received_at.desc(), CheckIn.id)
        .select_from(CheckIn)
    )
    if company_ids is not None:
        wanted = wanted.where(Company.id.in_(company_ids))
    if since is not None:
        wanted = wanted.where(CheckIn.received_at > since)
    return [News(*row) for row in db.session.execute(wanted)]
