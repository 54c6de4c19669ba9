"""RosterMark: in which version of a run's door list an attendee last changed."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.db import db


class RosterMark(db.Model):
    """`version` is the run's roster_version at the attendee's last change."""

    __tablename__ = "roster_mark"
    __table_args__ = (
        UniqueConstraint("event_session_id", "attendee_id"),
        Index("ix_roster_mark_event_session_id_version", "event_session_id", "version"),
    )

    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"))
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"))
    version: Mapped[int]
