"""The pool of returned seats: its entries, the wishes for one more, and the offers to a company."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.states import OfferStatus, one_of

MOST_WISHED = 5


class Because(StrEnum):
    """Why seats came into the pool or left it."""

    RETURNED = "returned"
    DECLINED = "declined"
    OFFERED = "offered"
    CAME_BACK = "came back"
    REVIVED = "revived"
    DOOR = "door"


class PoolEntry(db.Model):
    """Seats that came (+) or left (-); the pool is their sum, counted under the Event's lock."""

    __tablename__ = "pool_entry"
    __table_args__ = (
        CheckConstraint("seats <> 0", name="some_seats"),
        CheckConstraint(f"because IN {one_of(Because)}", name="because_known"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    seats: Mapped[int]
    because: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]

    event: Mapped[Event] = relationship()
    invitation: Mapped[Invitation] = relationship()


class SeatWish(db.Model):
    """A company would like more seats; at most one open wish each. `position`: set by an organizer."""

    __tablename__ = "seat_wish"
    __table_args__ = (
        CheckConstraint(f"seats BETWEEN 1 AND {MOST_WISHED}", name="seats_in_bounds"),
        Index(
            "uq_seat_wish_open",
            "invitation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    seats: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int | None]
    wished_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    invitation: Mapped[Invitation] = relationship()


class SeatOffer(db.Model):
    """Seats taken out of the pool for a company until a day; at most one open offer each."""

    __tablename__ = "seat_offer"
    __table_args__ = (
        CheckConstraint("seats >= 1", name="some_seats"),
        CheckConstraint(f"status IN {one_of(OfferStatus)}", name="status_known"),
        Index(
            "uq_seat_offer_open",
            "invitation_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    seats: Mapped[int]
    status: Mapped[str] = mapped_column(String(20), default=OfferStatus.OPEN)
    offered_at: Mapped[datetime]
    expires_on: Mapped[date]
    ended_at: Mapped[datetime | None]

    invitation: Mapped[Invitation] = relationship()
