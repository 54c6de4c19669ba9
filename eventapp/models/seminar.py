"""SeminarQuestion and SeminarTopic: what attendees ask ahead, and the one answer to what several ask alike."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.programme import Kind
from eventapp.models.registration import Attendee
from eventapp.models.states import one_of


class SeminarTopic(db.Model):
    """Questions that ask the same, in the organizers' words, and their answer; everybody reads it once published.

    kind: of which of the host's programmes.
    """

    __tablename__ = "seminar_topic"
    __table_args__ = (
        CheckConstraint(f"kind IN {one_of(Kind)}", name="kind_known"),
        CheckConstraint("published_at IS NULL OR answer_ko <> ''", name="published_has_answer"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    question_ko: Mapped[str] = mapped_column(Text)
    question_en: Mapped[str] = mapped_column(Text, default="")
    answer_ko: Mapped[str] = mapped_column(Text, default="")
    answer_en: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()


class SeminarQuestion(db.Model):
    """One question. Without `attendee_id` nobody knows whose it is, and nothing here tells it or when it came.

    Its key is drawn at random, it has no day, and SQLite keeps the rows in the order of that key.
    """

    __tablename__ = "seminar_question"
    __table_args__ = (
        CheckConstraint(f"kind IN {one_of(Kind)}", name="kind_known"),
        CheckConstraint("attendee_id IS NOT NULL OR asked_on IS NULL", name="anonymous_has_no_day"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=lambda: str(uuid.uuid4()))  # type: ignore[assignment]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("seminar_topic.id"), index=True)
    attendee_id: Mapped[int | None] = mapped_column(ForeignKey("attendee.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(500))
    asked_on: Mapped[date | None]

    event: Mapped[Event] = relationship()
    topic: Mapped[SeminarTopic | None] = relationship()
    attendee: Mapped[Attendee | None] = relationship()
