"""Plan and PlanLine: which run the host proposes to each person who left it to the host."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Registration
from eventapp.models.states import PlanStatus, one_of


class Why(StrEnum):
    """Why a line says what it says; the first three ask nothing of anybody."""

    WISHED = "wished"
    EITHER = "either"
    BY_HAND = "by hand"
    UNSAID = "unsaid"
    LATER = "later"
    ONLY = "only"
    FULL = "full"
    TOGETHER = "together"
    DUTY = "duty"
    APART = "apart"
    AT_ONCE = "at once"
    NO_PLACE = "no place"


class Plan(db.Model):
    """One proposal for an Event; at most one that is not published yet."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint(f"status IN {one_of(PlanStatus)}", name="status_known"),
        CheckConstraint("(status = 'published') = (published_at IS NOT NULL)", name="published_has_time"),
        Index(
            "uq_plan_draft",
            "event_id",
            unique=True,
            sqlite_where=text("status = 'draft'"),
            postgresql_where=text("status = 'draft'"),
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    status: Mapped[str] = mapped_column(String(20), default=PlanStatus.DRAFT)
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()


class PlanLine(db.Model):
    """One person. event_session: None proposes no run; seen: the wishes when the line was made or set by hand."""

    __tablename__ = "plan_line"
    __table_args__ = (
        UniqueConstraint("plan_id", "registration_id"),
        CheckConstraint(f"why IN {one_of(Why)}", name="why_known"),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    event_session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id"))
    by_hand: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    seen: Mapped[str] = mapped_column(String(60))

    plan: Mapped[Plan] = relationship()
    registration: Mapped[Registration] = relationship()
    event_session: Mapped[EventSession | None] = relationship()
