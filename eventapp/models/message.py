"""Message: one letter to one Person; MessageAttempt: one try to bring it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.person import Person
from eventapp.models.states import MessageStatus, one_of


class Purpose(StrEnum):
    """What a letter is for; its subject is the row it speaks of (invitation or attendee)."""

    INVITATION = "invitation"
    CONFIRMATION = "confirmation"
    PASS = "pass"
    MOVED = "moved"
    PROMOTED = "promoted"
    PLACED = "placed"
    ITEM_PLACE = "item place"
    SEAT_OFFER = "seat offer"
    ANSWER = "answer"
    OWN_ANSWER = "own answer"
    CANCELLED = "cancelled"
    NAMES_WANTED = "names wanted"
    PART_WANTED = "part wanted"
    SOON = "soon"
    THANKS = "thanks"
    LINK_AGAIN = "link again"
    AGENDA_CHANGED = "agenda changed"
    SEMINAR_ANSWER = "seminar answer"


TO_COORDINATOR = (
    Purpose.INVITATION,
    Purpose.CONFIRMATION,
    Purpose.LINK_AGAIN,
    Purpose.SEAT_OFFER,
    Purpose.ANSWER,
    Purpose.NAMES_WANTED,
)  # subject: the Invitation


class Way(StrEnum):
    """How a letter leaves."""

    MAIL = "mail"
    ALIMTALK = "alimtalk"


# What a template can say; the rest carries a table, a choice or a calendar that only a letter holds.
IN_ALIMTALK = (
    Purpose.INVITATION,
    Purpose.PASS,
    Purpose.PROMOTED,
    Purpose.PLACED,
    Purpose.NAMES_WANTED,
    Purpose.PART_WANTED,
    Purpose.SOON,
    Purpose.THANKS,
)


# Good news and reminders that nobody asked for this minute: not in the quiet hours.
BY_DAY = (
    Purpose.PROMOTED,
    Purpose.PLACED,
    Purpose.ITEM_PLACE,
    Purpose.SEAT_OFFER,
    Purpose.AGENDA_CHANGED,
    Purpose.SEMINAR_ANSWER,
    Purpose.NAMES_WANTED,
    Purpose.PART_WANTED,
    Purpose.SOON,
    Purpose.THANKS,
)


class Message(db.Model):
    """Unique on (purpose, subject, occasion): the same letter is never queued twice.

    words: what an organizer wrote into this one, in its reader's language; plain text.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("purpose", "subject_id", "occasion"),
        CheckConstraint(f"status IN {one_of(MessageStatus)}", name="status_known"),
        CheckConstraint(f"purpose IN {one_of(Purpose)}", name="purpose_known"),
        Index("ix_message_status_due_at", "status", "due_at"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    occasion: Mapped[str] = mapped_column(String(80), default="")
    status: Mapped[str] = mapped_column(String(20), default=MessageStatus.QUEUED)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    held_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(Text, default="", server_default="")

    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()


class MessageAttempt(db.Model):
    """One try. `detail` is the far end's answer without addresses; `digest` names what was sent.

    `handed_at` is the moment before the final dot: a try that ended before it brought nothing.
    """

    __tablename__ = "message_attempt"
    __table_args__ = (
        CheckConstraint(f"outcome IN {one_of(MessageStatus)}", name="outcome_known"),
        CheckConstraint(f"way IN {one_of(Way)}", name="way_known"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    handed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default=MessageStatus.QUEUED)
    way: Mapped[str] = mapped_column(String(10), default=Way.MAIL, server_default="mail")
    detail: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64), default="")

    message: Mapped[Message] = relationship()
