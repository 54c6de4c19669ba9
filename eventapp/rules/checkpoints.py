"""Checkpoints: the moments of a run at which badges are scanned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.models.agenda import AgendaItem
from eventapp.models.checkin import CheckIn, Checkpoint
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Attendee
from eventapp.models.roster import RosterMark
from eventapp.rules import journal, rosters

# name in Korean and English, what happens there, day (0 first, -1 last) it opens, opens, day it closes, closes
USUAL = (
    ("정문, 첫날", "Main gate, day 1", Kind.GATE, (0, time(7, 30)), (0, time(21, 0))),
    ("오는 버스", "Bus from the airport", Kind.SHUTTLE_IN, (0, time(8, 0)), (0, time(14, 0))),
    ("투어", "Tour", Kind.TOUR, (0, time(9, 0)), (0, time(18, 0))),
    ("먼저 출발", "Leaving early", Kind.LEAVING, (0, time(9, 30)), (-1, time(18, 0))),
    ("방 열쇠", "Room keys", Kind.KEY_OUT, (0, time(15, 0)), (0, time(23, 30))),
    ("저녁 식사", "Dinner", Kind.MEAL, (0, time(17, 0)), (0, time(22, 0))),
    ("이튿날", "Day 2", Kind.GATE, (-1, time(7, 0)), (-1, time(18, 0))),
    ("열쇠 반납", "Keys back", Kind.KEY_BACK, (-1, time(7, 0)), (-1, time(13, 0))),
    ("가는 버스", "Bus to the airport", Kind.SHUTTLE_OUT, (-1, time(11, 0)), (-1, time(20, 0))),
)


class NameTaken(RuleBroken):
    """The run has a checkpoint of that name."""

    code = "name-taken"
    sentence = _l("This run has a checkpoint of that name already. Please choose another name.")


class TimesTurned(RuleBroken):
    """It would close before it opens."""

    code = "times-turned"
    sentence = _l("It has to close after it opens. Please look at the times again.")


class Scanned(RuleBroken):
    """Scans stand on it: it can be closed, not taken away."""

    code = "scanned"
    sentence = _l("Badges were scanned here already, so it stays. It can be closed.")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What an organizer says of a checkpoint. agenda_item: at a tour, the group that is expected."""

    name_ko: str
    name_en: str = ""
    kind: Kind = Kind.GATE
    opens_at: datetime
    closes_at: datetime
    agenda_item: AgendaItem | None = None


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
    """The usual ones of a run of two days; names that are there already stay as they are."""
    with db.writing():
        db.lock(event_session)
        zone = ZoneInfo(event_session.event.time_zone)
        days = {0: event_session.starts_on, -1: event_session.ends_on}
        known = {checkpoint.name_ko for checkpoint in of_run(event_session)}
        for name_ko, name_en, kind, opens, closes in USUAL:
            opens_at, closes_at = (datetime.combine(days[day], hour, zone) for day, hour in (opens, closes))
            if name_ko not in known:
                words = Words(
                    name_ko=name_ko, name_en=name_en, kind=kind, opens_at=opens_at, closes_at=closes_at
                )
                _add(event_session, words)
    return of_run(event_session)


def add(event_session: EventSession, words: Words) -> Checkpoint:
    """One more checkpoint. Raises NameTaken, TimesTurned."""
    with db.writing():
        db.lock(event_session)
        _require_fit(event_session, words)
        return _add(event_session, words)


def change(checkpoint: Checkpoint, words: Words) -> None:
    """Other words, times or people; scans keep the verdict they got. Raises NameTaken, TimesTurned."""
    with db.writing():
        event_session = db.lock(checkpoint.event_session)
        _require_fit(event_session, words, instead_of=checkpoint)
        _write(checkpoint, words)
        _mark_everybody(event_session)
        journal.record("checkpoint changed", checkpoint, event_id=event_session.event_id)


def close(checkpoint: Checkpoint) -> None:
    """Nobody is expected here from now on; harmless where it has closed or never opened."""
    with db.writing():
        event_session = db.lock(checkpoint.event_session)
        if checkpoint.opens_at < now() < checkpoint.closes_at:
            checkpoint.closes_at = now()
            journal.record("checkpoint closed", checkpoint, event_id=event_session.event_id)


def remove(checkpoint: Checkpoint) -> None:
    """Take away one that nobody has used. Raises Scanned."""
    with db.writing():
        event_session = db.lock(checkpoint.event_session)
        if db.session.scalar(select(CheckIn.id).where(CheckIn.checkpoint_id == checkpoint.id).limit(1)):
            raise Scanned()
        journal.record("checkpoint removed", checkpoint, event_id=event_session.event_id)
        db.session.delete(checkpoint)


def _add(event_session: EventSession, words: Words) -> Checkpoint:
    checkpoint = Checkpoint(event_session_id=event_session.id)
    _write(checkpoint, words)
    db.session.add(checkpoint)
    journal.record("checkpoint added", checkpoint, event_id=event_session.event_id)
    return checkpoint


def _write(checkpoint: Checkpoint, words: Words) -> None:
    checkpoint.name_ko, checkpoint.name_en = words.name_ko, words.name_en
    checkpoint.opens_at, checkpoint.closes_at = words.opens_at, words.closes_at
    checkpoint.kind = words.kind
    item = words.agenda_item if words.kind == Kind.TOUR else None
    checkpoint.agenda_item_id = item.id if item is not None else None


def _mark_everybody(event_session: EventSession) -> None:
    """Other people may be expected now: every line of the phones' lists is told again."""
    marked = select(Attendee).join(RosterMark, RosterMark.attendee_id == Attendee.id)
    for attendee in db.session.scalars(marked.where(RosterMark.event_session_id == event_session.id)).all():
        rosters.mark([event_session], attendee)


def _require_fit(event_session: EventSession, words: Words, *, instead_of: Checkpoint | None = None) -> None:
    if words.closes_at <= words.opens_at:
        raise TimesTurned(field="closes_at")
    for other in of_run(event_session):
        if other.name_ko == words.name_ko and (instead_of is None or other.id != instead_of.id):
            raise NameTaken(field="name_ko")
