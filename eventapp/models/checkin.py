"""Checkpoint, CheckIn and CheckInUndo: where badges are scanned, each scan, and what was taken back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.agenda import AgendaItem
from eventapp.models.badge import Badge
from eventapp.models.door_phone import DoorPhone
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Attendee
from eventapp.models.states import Verdict, one_of


class CheckInKind(StrEnum):
    """What the phone asked for."""

    SCAN = "scan"
    ANYWAY = "anyway"
    WALK_IN = "walk-in"
    MOVE = "move"
    SUBSTITUTE = "substitute"


class CheckpointKind(StrEnum):
    """What happens at a checkpoint; it says who is expected there."""

    GATE = "gate"
    SHUTTLE_IN = "shuttle in"
    SHUTTLE_OUT = "shuttle out"
    TOUR = "tour"
    MEAL = "meal"
    KEY_OUT = "key out"
    KEY_BACK = "key back"
    LEAVING = "leaving"


class Checkpoint(db.Model):
    """A moment of a run (arrival day 1, tour, dinner); the gate is a label of the phone.

    agenda_item: at a tour, the group that is expected; without one, everybody.
    """

    __tablename__ = "checkpoint"
    __table_args__ = (
        UniqueConstraint("event_session_id", "name_ko"),
        CheckConstraint("closes_at > opens_at", name="times_in_order"),
        CheckConstraint(f"kind IN {one_of(CheckpointKind)}", name="kind_known"),
    )

    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"))
    kind: Mapped[str] = mapped_column(String(20), default=CheckpointKind.GATE, server_default="gate")
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    name_ko: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60), default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    event_session: Mapped[EventSession] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship()


class CheckIn(db.Model):
    """One scan, never thrown away. `id` is made on the device, so a repeat is harmless.

    `scanned_at` is what the phone said, `at` the same corrected by the phone's measured offset. `shown` is what a
    screen said of it before we decided, where we know that: '' means that it showed our own word. `note` is the number of a
    room's key, or why somebody leaves early.
    At most one counted a checkpoint and attendee: the smallest (at, id) not undone.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        Index(
            "uq_check_in_counted",
            "checkpoint_id",
            "attendee_id",
            unique=True,
            sqlite_where=text("counted"),
            postgresql_where=text("counted"),
        ),
        CheckConstraint(f"verdict IN {one_of(Verdict)}", name="verdict_known"),
        CheckConstraint(f"shown IN {one_of(Verdict)} OR shown = ''", name="shown_known"),
        CheckConstraint(f"kind IN {one_of(CheckInKind)}", name="kind_known"),
        CheckConstraint(
            "NOT counted OR (attendee_id IS NOT NULL AND undone_at IS NULL)", name="counted_whom"
        ),
        Index("ix_check_in_checkpoint_id_at", "checkpoint_id", "at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # type: ignore[assignment]
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("checkpoint.id"))
    kind: Mapped[str] = mapped_column(String(10), default=CheckInKind.SCAN)
    attendee_id: Mapped[int | None] = mapped_column(ForeignKey("attendee.id"), index=True)
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id"))
    code: Mapped[str] = mapped_column(String(80), default="")
    verdict: Mapped[str] = mapped_column(String(20))
    shown: Mapped[str] = mapped_column(String(20), default="")
    counted: Mapped[bool] = mapped_column(default=False)
    scanned_at: Mapped[datetime]
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    gate: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(80), default="", server_default="")
    door_phone_id: Mapped[int | None] = mapped_column(ForeignKey("door_phone.id"), index=True)
    walk_in_name: Mapped[str] = mapped_column(String(80), default="")
    walk_in_company: Mapped[str] = mapped_column(String(120), default="")
    settled_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(String(80), default="")

    checkpoint: Mapped[Checkpoint] = relationship()
    attendee: Mapped[Attendee | None] = relationship()
    badge: Mapped[Badge | None] = relationship()
    door_phone: Mapped[DoorPhone | None] = relationship()


class CheckInUndo(db.Model):
    """One taken-back scan, kept by itself because it may arrive before its scan."""

    __tablename__ = "check_in_undo"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # type: ignore[assignment]
    check_in_id: Mapped[str] = mapped_column(String(36), index=True)
    undone_at: Mapped[datetime]
    undone_by: Mapped[str] = mapped_column(String(80), default="")
    received_at: Mapped[datetime]
