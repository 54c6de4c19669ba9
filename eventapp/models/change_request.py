"""ChangeRequest: a change a company or an attendee asks for after the cut-off, and the host's answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import RequestStatus, one_of


class Kind(StrEnum):
    """What is asked for."""

    SUBSTITUTION = "substitution"
    MOVE = "move"
    TRAVEL = "travel"
    MEALS = "meals"


OWN = (Kind.TRAVEL, Kind.MEALS)  # asked by the attendee, answered to the attendee


class ChangeRequest(db.Model):
    """At most one open of a kind for a Registration. `attendee`: who held it when it was asked.

    person: the colleague who would come instead; event_session: the run to move to; wanted: for OWN kinds what
    should stand in which field, as JSON says it.
    """

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint(f"kind IN {one_of(Kind)}", name="kind_known"),
        CheckConstraint(f"status IN {one_of(RequestStatus)}", name="status_known"),
        CheckConstraint("(status = 'open') = (answered_at IS NULL)", name="answered_has_time"),
        CheckConstraint("(kind = 'substitution') = (person_id IS NOT NULL)", name="substitution_has_person"),
        CheckConstraint("(kind = 'move') = (event_session_id IS NOT NULL)", name="move_has_run"),
        Index(
            "uq_change_request_open",
            "registration_id",
            "kind",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    event_session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id"))
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), default=RequestStatus.OPEN)
    reason: Mapped[str] = mapped_column(Text)
    word: Mapped[str] = mapped_column(Text, default="", server_default="")
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship()
    attendee: Mapped[Attendee] = relationship()
    person: Mapped[Person | None] = relationship()
    event_session: Mapped[EventSession | None] = relationship()
