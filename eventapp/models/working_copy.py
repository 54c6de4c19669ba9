"""WorkingCopy and AgendaStep: the agenda as organizers are writing it, and the steps that led there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.db import db
from eventapp.models.programme import Shown, in_order


@dataclass(frozen=True, kw_only=True)
class WorkingItem(Shown):
    """One item as organizers see it. `version`: that of the working copy that last changed it.

    follows: the uid of the item in another run whose changes are made here as well. came_from: the uids it had
    in the runs from which it was moved.
    """

    internal: bool = False
    follows: str = ""
    came_from: tuple[str, ...] = ()
    version: int = 0


class WorkingCopy(db.Model):
    """An Event's agenda before it is published. `version` only ever rises; `step` is the step that is shown."""

    __tablename__ = "working_copy"
    __table_args__ = (CheckConstraint("version >= 0", name="version_not_negative"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    version: Mapped[int] = mapped_column(default=0)
    step: Mapped[int] = mapped_column(default=0)
    entries: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    def items(self, run: int | None = None) -> list[WorkingItem]:
        """In the order of the day: one run's items, or all."""
        return in_order(WorkingItem.read(entry) for entry in self.entries if run in (None, entry["run"]))


class AgendaStep(db.Model):
    """The working copy after one edit; the last ones are kept, to go back and forth."""

    __tablename__ = "agenda_step"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(80), default="")
    entries: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
