"""AgendaItem, SignUp and Publication: the programme, who goes where, and what partners see of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.presenting import Material, Rows, Speaker
from eventapp.models.programme import Kind, Published, in_order
from eventapp.models.registration import Registration
from eventapp.models.states import one_of


class AgendaItem(db.Model):
    """One item of a run's agenda. `uid` is stable over every edit and publication."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
        CheckConstraint("places IS NULL OR places >= 0", name="places_not_negative"),
        CheckConstraint(f"kind IN {one_of(Kind)}", name="kind_known"),
        Index("ix_agenda_item_event_session_id_starts_at", "event_session_id", "starts_at"),
    )

    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"))
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=lambda: str(uuid.uuid4()))
    kind: Mapped[str] = mapped_column(String(20))
    title_ko: Mapped[str] = mapped_column(String(160))
    title_en: Mapped[str] = mapped_column(String(160), default="")
    text_ko: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    room_ko: Mapped[str] = mapped_column(String(80), default="")
    room_en: Mapped[str] = mapped_column(String(80), default="")
    speakers: Mapped[tuple[Speaker, ...]] = mapped_column(Rows(Speaker), default=(), server_default="[]")
    materials: Mapped[tuple[Material, ...]] = mapped_column(Rows(Material), default=(), server_default="[]")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    places: Mapped[int | None]
    group_number: Mapped[int | None]
    internal: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None]

    event_session: Mapped[EventSession] = relationship()


class SignUp(db.Model):
    """One Registration's place in one AgendaItem; with `queued_at` its wait for one, first come first."""

    __tablename__ = "sign_up"
    __table_args__ = (UniqueConstraint("agenda_item_id", "registration_id"),)

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    created_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]

    agenda_item: Mapped[AgendaItem] = relationship()
    registration: Mapped[Registration] = relationship()


class Publication(db.Model):
    """A numbered, unchanging picture of the agenda; the highest number is what partners see.

    snapshot: the items that partners see, gone: those they saw once and do not see any more, as calendars
    must hear of them; each an entry of Published. told: {people: how many it touched, letters: how many were
    queued, items: {uid: people}, ended: {uid: the Registrations whose sign-up ended}, waited: {uid: those of them
    who waited}, restored and lost: {uid: whose sign-up came back, or could not}}. back_to: the number whose items came back with it.
    """

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(80), default="")
    snapshot: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    gone: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    told: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    back_to: Mapped[int | None]

    event: Mapped[Event] = relationship()

    def items(self, run: int | None = None) -> list[Published]:
        """What partners see, in the order of the day: one run's items, or all."""
        return in_order(Published.read(entry) for entry in self.snapshot if run in (None, entry["run"]))

    def gone_items(self, run: int | None = None) -> list[Published]:
        """What partners saw before and do not see now, of one run or of all."""
        return in_order(Published.read(entry) for entry in self.gone if run in (None, entry["run"]))
