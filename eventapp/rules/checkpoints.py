"""Checkpoints: the moments of a run at which badges are scanned."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.models.checkin import Checkpoint
from eventapp.models.event_session import EventSession
from eventapp.rules import journal

# name in Korean and English, day (0 first, -1 last), opens, closes
USUAL = (
    ("정문, 첫날", "Main gate, day 1", 0, time(7, 30), time(21, 0)),
    ("투어", "Tour", 0, time(9, 0), time(18, 0)),
    ("저녁 식사", "Dinner", 0, time(17, 0), time(22, 0)),
    ("이튿날", "Day 2", -1, time(7, 0), time(18, 0)),
)


class NameTaken(RuleBroken):
    """The run has a checkpoint of that name."""

    code = "name-taken"
    sentence = _l("This run has a checkpoint of that name already. Please choose another name.")


class TimesTurned(RuleBroken):
    """It would close before it opens."""

    code = "times-turned"
    sentence = _l("It has to close after it opens. Please look at the times again.")


def of_run(event_session: EventSession) -> list[Checkpoint]:
    """The run's checkpoints in the order they open."""
    return list(
        db.session.scalars(
            select(Checkpoint)
            .where(Checkpoint.event_session_id == event_session.id)
            .order_by(Checkpoint.opens_at, Checkpoint.id)
        )
    )


def make_default(event_session: EventSession) -> list[Checkpoint]:
    """Arrival, tour, dinner and the second day; names that are there already stay as they are."""
    with db.writing():
        db.lock(event_session)
        zone = ZoneInfo(event_session.event.time_zone)
        known = {checkpoint.name_ko for checkpoint in of_run(event_session)}
        for name_ko, name_en, day, opens, closes in USUAL:
            on: date = event_session.ends_on if day else event_session.starts_on
            if name_ko not in known:
                _add(
                    event_session,
                    name_ko,
                    name_en=name_en,
                    opens_at=datetime.combine(on, opens, zone),
                    closes_at=datetime.combine(on, closes, zone),
                )
    return of_run(event_session)


def add(
    event_session: EventSession, name_ko: str, *, name_en: str = "", opens_at: datetime, closes_at: datetime
) -> Checkpoint:
    """One more checkpoint. Raises NameTaken, TimesTurned."""
    with db.writing():
        db.lock(event_session)
        _require_fit(event_session, None, name_ko=name_ko, opens_at=opens_at, closes_at=closes_at)
        return _add(event_session, name_ko, name_en=name_en, opens_at=opens_at, closes_at=closes_at)


def change(
    checkpoint: Checkpoint, name_ko: str, *, name_en: str = "", opens_at: datetime, closes_at: datetime
) -> None:
    """Another name or other times; scans keep the verdict they got. Raises NameTaken, TimesTurned."""
    with db.writing():
        event_session = db.lock(checkpoint.event_session)
        _require_fit(event_session, checkpoint, name_ko=name_ko, opens_at=opens_at, closes_at=closes_at)
        checkpoint.name_ko, checkpoint.name_en = name_ko, name_en
        checkpoint.opens_at, checkpoint.closes_at = opens_at, closes_at
        journal.record("checkpoint changed", checkpoint, event_id=event_session.event_id)


def _add(
    event_session: EventSession, name_ko: str, *, name_en: str, opens_at: datetime, closes_at: datetime
) -> Checkpoint:
    checkpoint = Checkpoint(
        event_session_id=event_session.id,
        name_ko=name_ko,
        name_en=name_en,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    db.session.add(checkpoint)
    journal.record("checkpoint added", checkpoint, event_id=event_session.event_id)
    return checkpoint


def _require_fit(
    event_session: EventSession,
    checkpoint: Checkpoint | None,
    *,
    name_ko: str,
    opens_at: datetime,
    closes_at: datetime,
) -> None:
    if closes_at <= opens_at:
        raise TimesTurned(field="closes_at")
    for other in of_run(event_session):
        if other.name_ko == name_ko and (checkpoint is None or other.id != checkpoint.id):
            raise NameTaken(field="name_ko")
