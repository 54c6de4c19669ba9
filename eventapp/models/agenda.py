"""AgendaItem, SignUp and Publication: the programme, who goes where, and what partners see of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Registration
from eventapp.models.states import one_of


class Kind(StrEnum):
    """What an item of the agenda is."""

    TOUR = "tour"
    SEMINAR = "seminar"
    INFRASTRUCTURE = "infrastructure"
    AI = "ai"
    MEAL = "meal"
    TRANSFER = "transfer"
    FREE = "free"


PROGRAMMES = (Kind.TOUR, Kind.SEMINAR, Kind.INFRASTRUCTURE, Kind.AI)


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
    speaker_ko: Mapped[str] = mapped_column(String(160), default="")
    speaker_en: Mapped[str] = mapped_column(String(160), default="")
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


@dataclass(frozen=True, kw_only=True)
class Published:
    """One item as partners see it. `changed_at`: when the publication came out that last touched it."""

    uid: str
    run: int
    kind: str
    title_ko: str
    title_en: str
    text_ko: str
    text_en: str
    room_ko: str
    room_en: str
    speaker_ko: str
    speaker_en: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    places: int | None
    group_number: int | None
    sequence: int

    @classmethod
    def read(cls, entry: dict[str, Any]) -> Published:
        """An entry of a snapshot, its times as aware moments."""
        values = {field.name: entry[field.name] for field in fields(cls)}
        for name in ("starts_at", "ends_at", "changed_at"):
            values[name] = datetime.fromisoformat(entry[name])
        return cls(**values)

    @property
    def is_programme(self) -> bool:
        """Whether it is one of the host's programmes, not a meal, a transfer or free time."""
        return self.kind in PROGRAMMES


class Publication(db.Model):
    """A numbered, unchanging picture of the agenda; the highest number is what partners see.

    snapshot: a list of items, each {uid, run, kind, title_ko, title_en, text_ko, text_en, room_ko, room_en,
    speaker_ko, speaker_en, starts_at, ends_at (ISO, UTC), places, group_number, sequence, changed_at}.
    """

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(80), default="")
    snapshot: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    event: Mapped[Event] = relationship()

    def items(self, run: int | None = None) -> list[Published]:
        """What partners see, in the order of the day: one run's items, or all."""
        found = [Published.read(entry) for entry in self.snapshot if run in (None, entry["run"])]
        return sorted(
            found, key=lambda item: (item.run, item.starts_at, item.ends_at, item.group_number or 0, item.uid)
        )
