"""EventSession: one run of an Event, with its days, its capacity and its cut-offs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event import Event


class EventSession(db.Model):
    """A run (1차, 2차). `roster_version` rises under its lock whenever a door phone's list changes."""

    __tablename__ = "event_session"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("capacity >= 0", name="capacity_not_negative"),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    capacity: Mapped[int]
    venue_ko: Mapped[str] = mapped_column(String(160), default="")
    venue_en: Mapped[str] = mapped_column(String(160), default="")
    names_due_on: Mapped[date | None]
    travel_due_on: Mapped[date | None]
    meals_due_on: Mapped[date | None]
    roster_version: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship()
