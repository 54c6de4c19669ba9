"""Question: what an organizer asks besides; Answer and AnswerFile: what one attendee said or handed in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.company import Sector
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Attendee
from eventapp.models.states import one_of

Value = str | list[str]  # a list for several choices; choices by their keys, days as 2017-11-09
YES, NO = "yes", "no"


class Asks(StrEnum):
    """What kind of answer is wanted."""

    TEXT = "text"
    NUMBER = "number"
    ONE = "one"
    SEVERAL = "several"
    DATE = "date"
    YES_NO = "yes or no"
    FILE = "file"


class Question(db.Model):
    """One question of an Event, for everyone or for those of one run, one sector, or both.

    choices: [{"key", "ko", "en"}]; answers hold keys, so that words can be mended later.
    depends_on: asked only of who answered that one with `depends_value`. open_until: the last day for it.
    told_to: the list on which its answers stand as well, for the hotel, the bus or the kitchen; or none.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(f"kind IN {one_of(Asks)}", name="kind_known"),
        CheckConstraint("told_to IN ('', 'hotel', 'shuttle', 'meals')", name="told_to_known"),
        CheckConstraint("(depends_on_id IS NULL) = (depends_value = '')", name="condition_is_whole"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    text_ko: Mapped[str] = mapped_column(String(200))
    text_en: Mapped[str] = mapped_column(String(200), default="")
    help_ko: Mapped[str] = mapped_column(Text, default="")
    help_en: Mapped[str] = mapped_column(Text, default="")
    choices: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    required: Mapped[bool] = mapped_column(default=False)
    event_session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id"))
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("sector.id"))
    depends_on_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    depends_value: Mapped[str] = mapped_column(String(20), default="")
    open_until: Mapped[date | None]
    told_to: Mapped[str] = mapped_column(String(20), default="")
    archived_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    event_session: Mapped[EventSession | None] = relationship()
    sector: Mapped[Sector | None] = relationship()

    @property
    def keys(self) -> list[str]:
        """What may be chosen, where there is something to choose."""
        return [YES, NO] if self.kind == Asks.YES_NO else [choice["key"] for choice in self.choices]

    def is_for(self, *, run_id: int | None, sector_id: int) -> bool:
        """Whether it is asked of people of that run and that sector at all."""
        return self.event_session_id in (None, run_id) and self.sector_id in (None, sector_id)


class Answer(db.Model):
    """What one attendee says to one question; none where nothing is said. A file's answer is its name.

    It ends with the Attendee: whoever comes instead is asked again.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("question_id", "attendee_id"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"), index=True)
    value: Mapped[Value] = mapped_column(JSON)
    said_at: Mapped[datetime]

    question: Mapped[Question] = relationship()
    attendee: Mapped[Attendee] = relationship()


class AnswerFile(db.Model):
    """A file handed in, in the database: it is there or not in the same commit as its answer, and in every backup.

    A table of its own, so that no list reads the bytes.
    """

    __tablename__ = "answer_file"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    answer: Mapped[Answer] = relationship()
