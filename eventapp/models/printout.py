"""Printout: one list as it left the desk for the hotel, the bus or the kitchen; PrintoutLine: one person on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.person import Person
from eventapp.models.registration import Registration
from eventapp.models.staff import Staff
from eventapp.models.states import one_of


class Kind(StrEnum):
    """For whom the list is."""

    HOTEL = "hotel"
    SHUTTLE = "shuttle"
    MEALS = "meals"


class Way(StrEnum):
    """How it left: on paper, as a file, its changes alone on paper, or told by telephone."""

    PAPER = "paper"
    FILE = "file"
    CHANGES = "changes"
    TELEPHONE = "telephone"


class Printout(db.Model):
    """One list of one run, who took it and when; the newest says what those outside know."""

    __tablename__ = "printout"
    __table_args__ = (
        CheckConstraint(f"kind IN {one_of(Kind)}", name="kind_known"),
        CheckConstraint(f"way IN {one_of(Way)}", name="way_known"),
        Index("ix_printout_event_session_id_kind", "event_session_id", "kind"),
    )

    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"))
    kind: Mapped[str] = mapped_column(String(10))
    way: Mapped[str] = mapped_column(String(10))
    printed_at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))

    event_session: Mapped[EventSession] = relationship()
    staff: Mapped[Staff | None] = relationship()


class PrintoutLine(db.Model):
    """What stood there of one Registration, under the name of the person who held it then.

    `told` holds personal data (names, flights, diets) and is kept for the last two printouts of a list alone.
    To erase a person, empty it for their `person_id`: a line without it counts as one of somebody else.
    """

    __tablename__ = "printout_line"
    __table_args__ = (UniqueConstraint("printout_id", "registration_id"),)

    printout_id: Mapped[int] = mapped_column(ForeignKey("printout.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    told: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    printout: Mapped[Printout] = relationship()
    registration: Mapped[Registration] = relationship()
    person: Mapped[Person] = relationship()
