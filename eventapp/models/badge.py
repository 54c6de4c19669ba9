"""Badge: the code an Attendee shows at the door."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.registration import Attendee
from eventapp.models.states import one_of


class Because(StrEnum):
    """Why a badge no longer admits."""

    REPLACED = "replaced"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    LOST = "lost"


class Badge(db.Model):
    """At most one valid badge an Attendee; a revoked one keeps its code for ever."""

    __tablename__ = "badge"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoked_because = '')", name="revoked_with_reason"),
        CheckConstraint(f"revoked_because = '' OR revoked_because IN {one_of(Because)}", name="reason_known"),
        CheckConstraint("length(code) = 11", name="code_length"),
        Index(
            "uq_badge_valid_attendee",
            "attendee_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"), index=True)
    code: Mapped[str] = mapped_column(String(11), unique=True)
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_because: Mapped[str] = mapped_column(String(20), default="")

    attendee: Mapped[Attendee] = relationship()
