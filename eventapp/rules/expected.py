"""Expected: who should come to a checkpoint, by what happens there; and who has left early."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.agenda import SignUp
from eventapp.models.checkin import CheckIn, Checkpoint, CheckpointKind
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE, Verdict

ENTERED = (Verdict.ADMITTED, Verdict.ALREADY_IN)
WHATEVER = (CheckpointKind.LEAVING, CheckpointKind.KEY_BACK)  # also for those who have left early
LATE_CLOCK = timedelta(minutes=1)


def people(checkpoint: Checkpoint) -> Select[tuple[int]]:
    """The ids of the attendees who are expected there or came: with a place, as long as they have not left early."""
    wanted = and_(*_by_kind(checkpoint))
    if checkpoint.kind not in WHATEVER:
        wanted = and_(wanted, Attendee.id.not_in(left(checkpoint.event_session_id)))
    return (
        select(Attendee.id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .where(
            Registration.event_session_id == checkpoint.event_session_id,
            Registration.status.in_(HOLDS_PLACE),
            Attendee.ended_at.is_(None),
            or_(wanted, Attendee.id.in_(came(checkpoint))),
        )
    )


def came(checkpoint: Checkpoint) -> Select[tuple[int | None]]:
    """The ids of those who count as having come there."""
    return select(CheckIn.attendee_id).where(
        CheckIn.checkpoint_id == checkpoint.id, CheckIn.counted, CheckIn.attendee_id.is_not(None)
    )


def left(run_id: int) -> Select[tuple[int | None]]:
    """The ids of those who left the run early, and whom no gate has seen again since."""
    return departures(run_id).with_only_columns(CheckIn.attendee_id)


@lru_cache(maxsize=64)
def departures(run_id: int) -> Select[tuple[CheckIn]]:
    """The scans by which they left. Kept as a sentence: to write it anew took a fifth of a scan's time."""
    again, gate = aliased(CheckIn), aliased(Checkpoint)
    back = (
        select(again.id)
        .join(gate, again.checkpoint_id == gate.id)
        .where(
            again.attendee_id == CheckIn.attendee_id,
            gate.event_session_id == run_id,
            gate.kind == CheckpointKind.GATE,
            again.at > CheckIn.at,
            again.verdict.in_(ENTERED),
            again.undone_at.is_(None),
        )
    )
    return (
        select(CheckIn)
        .join(Checkpoint, CheckIn.checkpoint_id == Checkpoint.id)
        .where(
            Checkpoint.event_session_id == run_id,
            Checkpoint.kind == CheckpointKind.LEAVING,
            CheckIn.attendee_id.is_not(None),
            CheckIn.verdict.in_(ENTERED),
            CheckIn.undone_at.is_(None),
            ~back.exists(),
        )
    )


def is_expected(attendee: Attendee, checkpoint: Checkpoint) -> bool:
    """Whether this one is among them."""
    return db.session.scalar(people(checkpoint).where(Attendee.id == attendee.id)) is not None


def has_left(attendee: Attendee, run_id: int) -> bool:
    """Whether this one has left early."""
    return db.session.scalar(left(run_id).where(CheckIn.attendee_id == attendee.id).limit(1)) is not None


def is_over(checkpoint: Checkpoint, moment: datetime) -> bool:
    """Whether it had closed at that moment. A clock that stands in the future proves nothing."""
    return checkpoint.closes_at <= moment <= now() + LATE_CLOCK


def _by_kind(checkpoint: Checkpoint) -> list[ColumnElement[bool]]:
    if checkpoint.kind == CheckpointKind.SHUTTLE_IN:
        return [Registration.shuttle_in]
    if checkpoint.kind == CheckpointKind.SHUTTLE_OUT:
        return [Registration.shuttle_out]
    if checkpoint.kind == CheckpointKind.MEAL:
        return _there_between(checkpoint.opens_at, checkpoint.closes_at)
    if checkpoint.kind == CheckpointKind.KEY_OUT:
        return _stays_the_night(checkpoint)
    if checkpoint.kind == CheckpointKind.KEY_BACK:
        return [Attendee.id.in_(_with_a_key(checkpoint.event_session_id))]
    if checkpoint.kind == CheckpointKind.TOUR and checkpoint.agenda_item_id is not None:
        return [Registration.id.in_(_going(checkpoint.agenda_item_id))]
    return [Attendee.id.is_not(None)]


def _there_between(opens_at: datetime, closes_at: datetime) -> list[ColumnElement[bool]]:
    """Not those who said that they come too late for it, or go before it."""
    return [
        or_(Attendee.arrives_at.is_(None), Attendee.arrives_at < closes_at),
        or_(Attendee.departs_at.is_(None), Attendee.departs_at > opens_at),
    ]


def _stays_the_night(checkpoint: Checkpoint) -> list[ColumnElement[bool]]:
    """Not those who go on the first day or come on the last."""
    run = checkpoint.event_session
    zone = ZoneInfo(run.event.time_zone)
    night = datetime.combine(run.starts_on + timedelta(days=1), time(), zone)
    last = datetime.combine(run.ends_on, time(), zone)
    return [
        or_(Attendee.departs_at.is_(None), Attendee.departs_at >= night),
        or_(Attendee.arrives_at.is_(None), Attendee.arrives_at < max(last, night)),
    ]


def _with_a_key(run_id: int) -> Select[tuple[int | None]]:
    return (
        select(CheckIn.attendee_id)
        .join(Checkpoint, CheckIn.checkpoint_id == Checkpoint.id)
        .where(
            Checkpoint.event_session_id == run_id,
            Checkpoint.kind == CheckpointKind.KEY_OUT,
            CheckIn.counted,
            CheckIn.attendee_id.is_not(None),
        )
    )


def _going(agenda_item_id: int) -> Select[tuple[int]]:
    return select(SignUp.registration_id).where(
        SignUp.agenda_item_id == agenda_item_id, SignUp.queued_at.is_(None)
    )
