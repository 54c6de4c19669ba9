"""LetterPlan: a letter that leaves by itself, so many days from each run; LetterRound: that it left for one run."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.states import one_of


class Planned(StrEnum):
    """Which letter: each has the value of its Purpose. In the order of the year."""

    INVITATION = "invitation"
    NAMES_WANTED = "names wanted"
    PART_WANTED = "part wanted"
    SOON = "soon"
    THANKS = "thanks"


class LetterPlan(db.Model):
    """days: before the run's first day, for THANKS after its last; at: by the Event's clock."""

    __tablename__ = "letter_plan"
    __table_args__ = (
        UniqueConstraint("event_id", "purpose"),
        CheckConstraint(f"purpose IN {one_of(Planned)}", name="purpose_planned"),
        CheckConstraint("days >= 0", name="days_not_negative"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    is_on: Mapped[bool] = mapped_column(default=False)
    days: Mapped[int]
    at: Mapped[time]
    words_ko: Mapped[str] = mapped_column(Text, default="")
    words_en: Mapped[str] = mapped_column(Text, default="")

    event: Mapped[Event] = relationship()

    @property
    def comes_after(self) -> bool:
        """Whether its days count from the run's end."""
        return self.purpose == Planned.THANKS

    def day(self, run: EventSession) -> date:
        """The calendar day it leaves for that run."""
        if self.comes_after:
            return run.ends_on + timedelta(days=self.days)
        return run.starts_on - timedelta(days=self.days)


class LetterRound(db.Model):
    """One plan carried out for one run, once: how many letters were queued."""

    __tablename__ = "letter_round"
    __table_args__ = (UniqueConstraint("letter_plan_id", "event_session_id"),)

    letter_plan_id: Mapped[int] = mapped_column(ForeignKey("letter_plan.id"))
    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"), index=True)
    left_at: Mapped[datetime]
    letters: Mapped[int]
