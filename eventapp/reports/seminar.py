"""Questions for the seminar as organizers, attendees and everybody read them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.person import Person
from eventapp.models.programme import Kind
from eventapp.models.registration import Attendee
from eventapp.models.seminar import SeminarQuestion, SeminarTopic


@dataclass(frozen=True)
class Group:
    """A topic with what was asked in it, in no telling order."""

    topic: SeminarTopic
    questions: list[SeminarQuestion]


@dataclass(frozen=True)
class Desk:
    """loose: in no group yet; open: groups without a published answer; answered: those of this Event with one."""

    loose: list[SeminarQuestion]
    open: list[Group]
    answered: list[Group]


def desk(event: Event) -> Desk:
    """Everything of the Event, and what those before it left unanswered."""
    rows = db.session.scalars(
        select(SeminarQuestion)
        .join(Event, Event.id == SeminarQuestion.event_id)
        .outerjoin(SeminarTopic, SeminarTopic.id == SeminarQuestion.topic_id)
        .where(or_(Event.id == event.id, and_(Event.year < event.year, SeminarTopic.published_at.is_(None))))
        .order_by(Event.year, SeminarQuestion.kind, SeminarQuestion.id)
        .options(
            joinedload(SeminarQuestion.event),
            joinedload(SeminarQuestion.attendee).joinedload(Attendee.person).joinedload(Person.company),
        )
    ).all()
    topics = db.session.scalars(
        select(SeminarTopic)
        .join(Event, Event.id == SeminarTopic.event_id)
        .where(or_(Event.id == event.id, and_(Event.year < event.year, SeminarTopic.published_at.is_(None))))
        .order_by(SeminarTopic.id)
        .options(joinedload(SeminarTopic.event))
    ).all()
    groups = [Group(topic, [row for row in rows if row.topic_id == topic.id]) for topic in topics]
    return Desk(
        loose=[row for row in rows if row.topic_id is None],
        open=[group for group in groups if group.topic.published_at is None],
        answered=[group for group in groups if group.topic.published_at is not None],
    )


def published(event: Event, kind: str | None = None) -> list[SeminarTopic]:
    """What everybody may read, of one programme or of all; the newest last."""
    wanted = select(SeminarTopic).where(
        SeminarTopic.event_id == event.id, SeminarTopic.published_at.is_not(None)
    )
    if kind is not None:
        wanted = wanted.where(SeminarTopic.kind == kind)
    return list(db.session.scalars(wanted.order_by(SeminarTopic.published_at, SeminarTopic.id)))


def unanswered(event: Event, kind: Kind | None = None) -> int:
    """How many questions wait for an answer."""
    wanted = (
        select(func.count())
        .select_from(SeminarQuestion)
        .outerjoin(SeminarTopic, SeminarTopic.id == SeminarQuestion.topic_id)
        .where(SeminarQuestion.event_id == event.id, SeminarTopic.published_at.is_(None))
    )
    if kind is not None:
        wanted = wanted.where(SeminarQuestion.kind == kind)
    return db.session.scalar(wanted) or 0


def asked_by(event: Event) -> dict[int, str]:
    """What each attendee asked under their name, by attendee, a line each."""
    found: dict[int, list[str]] = {}
    rows = db.session.execute(
        select(SeminarQuestion.attendee_id, SeminarQuestion.text)
        .where(SeminarQuestion.event_id == event.id, SeminarQuestion.attendee_id.is_not(None))
        .order_by(SeminarQuestion.asked_on, SeminarQuestion.id)
    )
    for attendee_id, text in rows:
        found.setdefault(attendee_id, []).append(text)
    return {attendee_id: "\n".join(texts) for attendee_id, texts in found.items()}
