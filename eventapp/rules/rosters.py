"""Rosters: a run's door list knows in which version each attendee last changed."""

from __future__ import annotations

from sqlalchemy import update

from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Attendee
from eventapp.models.roster import RosterMark


def mark(runs: list[EventSession], attendee: Attendee) -> None:
    """Raise each run's counter and note it for the attendee. The runs must be locked."""
    db.session.flush()
    for event_session in runs:
        event_session.roster_version += 1
        version = event_session.roster_version
        raised = db.session.scalars(
            update(RosterMark)
            .where(RosterMark.event_session_id == event_session.id, RosterMark.attendee_id == attendee.id)
            .values(version=version)
            .returning(RosterMark.id)
        ).first()
        if raised is None:
            db.session.add(
                RosterMark(event_session_id=event_session.id, attendee_id=attendee.id, version=version)
            )
