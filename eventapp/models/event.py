"""Event: one year's Partners Day, with the brand and the facts its letters state."""

from __future__ import annotations

import uuid
from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.db import db
from eventapp.models.states import EventStatus, one_of


class Event(db.Model):
    """One year. `slug` stands in its addresses; nothing is sent before facts_confirmed_at."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint(f"status IN {one_of(EventStatus)}", name="status_known"),
        CheckConstraint("length(brand_colour) = 7", name="brand_colour_hex"),
    )

    slug: Mapped[str] = mapped_column(String(40), unique=True)
    status: Mapped[str] = mapped_column(String(20), default=EventStatus.DRAFT)
    year: Mapped[int]
    since_year: Mapped[int | None]
    time_zone: Mapped[str] = mapped_column(String(40), default="Asia/Seoul")
    name_ko: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    full_name: Mapped[str] = mapped_column(String(160), default="")
    headline_ko: Mapped[str] = mapped_column(Text, default="")
    headline_en: Mapped[str] = mapped_column(Text, default="")
    about_ko: Mapped[str] = mapped_column(Text, default="")
    about_en: Mapped[str] = mapped_column(Text, default="")
    history_ko: Mapped[str] = mapped_column(Text, default="")
    history_en: Mapped[str] = mapped_column(Text, default="")
    place_ko: Mapped[str] = mapped_column(String(160), default="")
    place_en: Mapped[str] = mapped_column(String(160), default="")
    place_note_ko: Mapped[str] = mapped_column(Text, default="")
    place_note_en: Mapped[str] = mapped_column(Text, default="")
    address_ko: Mapped[str] = mapped_column(String(240), default="")
    address_en: Mapped[str] = mapped_column(String(240), default="")
    map_url: Mapped[str] = mapped_column(String(400), default="")
    host_ko: Mapped[str] = mapped_column(String(80))
    host_en: Mapped[str] = mapped_column(String(80))
    team_ko: Mapped[str] = mapped_column(String(120), default="")
    team_en: Mapped[str] = mapped_column(String(120), default="")
    brand_colour: Mapped[str] = mapped_column(String(7), default="#FEE500")
    sender_name: Mapped[str] = mapped_column(String(120), default="")
    sender_email: Mapped[str] = mapped_column(String(254), default="")
    reply_phone: Mapped[str] = mapped_column(String(20), default="")
    greeting_ko: Mapped[str] = mapped_column(Text, default="")
    greeting_en: Mapped[str] = mapped_column(Text, default="")
    letter_ko: Mapped[str] = mapped_column(Text, default="")
    letter_en: Mapped[str] = mapped_column(Text, default="")
    wants_approval: Mapped[bool] = mapped_column(default=False, server_default=false())
    quiet_from: Mapped[time | None] = mapped_column(default=time(21))
    quiet_until: Mapped[time | None] = mapped_column(default=time(8))
    facts_confirmed_at: Mapped[datetime | None]
    facts_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    history_id: Mapped[str] = mapped_column(String(36), default=lambda: str(uuid.uuid4()))
    created_at: Mapped[datetime]

    @property
    def is_open(self) -> bool:
        """Whether partners may answer now."""
        return self.status == EventStatus.OPEN
