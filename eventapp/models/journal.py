"""JournalEntry: who did what to what, chained so that a missing or changed line shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.db import db


class JournalEntry(db.Model):
    """`detail` may be erased; `detail_digest` stays. `seal` chains the entries in the order of `place`.

    `place` counts from 1 without a gap. It is not the order of the ids: a transaction that began earlier may
    commit later.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_thing", "thing", "thing_id"),)

    at: Mapped[datetime]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    actor: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60))
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    detail_salt: Mapped[str] = mapped_column(String(32), default="")
    detail_digest: Mapped[str] = mapped_column(String(64), default="")
    place: Mapped[int | None] = mapped_column(unique=True)
    seal: Mapped[str | None] = mapped_column(String(64))
