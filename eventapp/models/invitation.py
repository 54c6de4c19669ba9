"""Invitation: one Company at one Event, with its seats and the runs it may choose."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.person import Person
from eventapp.models.states import InvitationStatus, one_of


class Invitation(db.Model):
    """A seat is an Invitation's right. `generation` rises to revoke the coordinator's link."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("event_id", "company_id"),
        CheckConstraint("seats >= 0", name="seats_not_negative"),
        CheckConstraint(f"status IN {one_of(InvitationStatus)}", name="status_known"),
        CheckConstraint("NOT (one_stays_on_duty AND comes_together)", name="one_wish_at_most"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    seats: Mapped[int]
    status: Mapped[str] = mapped_column(String(20), default=InvitationStatus.DRAFT)
    generation: Mapped[int] = mapped_column(default=1)
    expires_on: Mapped[date | None]
    kept_open_until: Mapped[date | None]
    changes_until: Mapped[date | None]  # an exception: until then no cut-off counts for this company
    one_stays_on_duty: Mapped[bool] = mapped_column(default=False)
    comes_together: Mapped[bool] = mapped_column(default=False, server_default=false())
    decline_reason: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    event: Mapped[Event] = relationship()
    company: Mapped[Company] = relationship()
    coordinator: Mapped[Person] = relationship()


class InvitationChoice(db.Model):
    """One EventSession that an Invitation may choose."""

    __tablename__ = "invitation_choice"
    __table_args__ = (UniqueConstraint("invitation_id", "event_session_id"),)

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"))
    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"), index=True)

    event_session: Mapped[EventSession] = relationship()
