"""The tours of a run, as groups that a checkpoint may expect."""

from __future__ import annotations

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.agenda import AgendaItem
from eventapp.models.event_session import EventSession
from eventapp.models.programme import Kind


def of(run: EventSession) -> list[AgendaItem]:
    """Those of the agenda, in the order of the day and of their groups."""
    return list(
        db.session.scalars(
            select(AgendaItem)
            .where(
                AgendaItem.event_session_id == run.id,
                AgendaItem.kind == Kind.TOUR,
                AgendaItem.removed_at.is_(None),
            )
            .order_by(AgendaItem.starts_at, AgendaItem.group_number, AgendaItem.id)
        )
    )
