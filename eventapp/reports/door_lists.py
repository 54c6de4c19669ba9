"""Door lists: everybody expected at a checkpoint, in Korean order, as they stand on paper."""

from __future__ import annotations

from typing import Any

from eventapp.db import db
from eventapp.formats import hangul
from eventapp.formats.door_list import Row
from eventapp.models.badge import Badge
from eventapp.models.checkin import Checkpoint
from eventapp.models.registration import Attendee
from eventapp.reports import door_facts
from eventapp.rules import expected


def of(checkpoint: Checkpoint) -> list[Row]:
    """By name, 가나다, as somebody says it at the door; then by company. Who has come is ticked."""
    rows = db.session.execute(
        door_facts.whole()
        .add_columns(Badge.code)
        .outerjoin(Badge, (Badge.attendee_id == Attendee.id) & Badge.revoked_at.is_(None))
        .where(Attendee.id.in_(expected.people(checkpoint)))
    ).all()
    facts = door_facts.of(rows, checkpoint=checkpoint)
    here = set(db.session.scalars(expected.came(checkpoint)))
    return [
        Row(
            name=row.Person.name,
            title=row.Person.title,
            company=row.company,
            code=row.code or "",
            fact=", ".join(facts[row.Attendee.id]),
            ticked=row.Attendee.id in here,
        )
        for row in sorted(rows, key=_order)
    ]


def _order(row: Any) -> Any:
    return hangul.sort_key(row.Person.name), hangul.sort_key(row.company), row.Attendee.id
