"""DoorLink: what an organizer hands to the door; DoorPhone: a phone enrolled with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event_session import EventSession


class DoorLink(db.Model):
    """A link and a PIN for one run; ends by itself. `wrong_tries` closes it against guessing."""

    __tablename__ = "door_link"

    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"), index=True)
    generation: Mapped[int] = mapped_column(default=1)
    pin_hash: Mapped[str] = mapped_column(String(200))
    wrong_tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    event_session: Mapped[EventSession] = relationship()


class DoorPhone(db.Model):
    """One phone at the door; known by a token of which only the digest is kept."""

    __tablename__ = "door_phone"

    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"), index=True)
    door_link_id: Mapped[int | None] = mapped_column(ForeignKey("door_link.id"))
    name: Mapped[str] = mapped_column(String(40))
    gate: Mapped[str] = mapped_column(String(40), default="")
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    enrolled_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    last_contact_at: Mapped[datetime | None]
    checkpoint_id: Mapped[int | None]
    waiting: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None]

    event_session: Mapped[EventSession] = relationship()
