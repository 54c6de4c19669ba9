"""Verdicts: what one scan turns out to be, as of its own moment."""

from __future__ import annotations

from datetime import datetime

from eventapp.models.badge import Badge, Because
from eventapp.models.checkin import Checkpoint
from eventapp.models.registration import Attendee
from eventapp.models.states import HOLDS_PLACE, RegistrationStatus, Verdict
from eventapp.rules import expected


def of(
    attendee: Attendee, badge: Badge | None, *, checkpoint: Checkpoint, at: datetime, anyway: bool = False
) -> Verdict:
    """What ended later does not turn an earlier scan away. anyway: somebody at the door has decided to let them in."""
    registration = attendee.registration
    if badge is not None and badge.revoked_at is not None and badge.revoked_at <= at:
        return Verdict.CANCELLED if badge.revoked_because == Because.CANCELLED else Verdict.REPLACED
    if attendee.ended_at is not None and attendee.ended_at <= at:
        cancelled = registration.status == RegistrationStatus.CANCELLED
        return Verdict.CANCELLED if cancelled else Verdict.REPLACED
    holds = registration.status in HOLDS_PLACE or attendee.ended_at is not None
    if not holds or registration.event_session_id != checkpoint.event_session_id:
        return Verdict.WRONG_RUN
    if at < checkpoint.opens_at:
        return Verdict.NOT_YET
    if anyway or _is_awaited(attendee, checkpoint, at=at):
        return Verdict.ADMITTED
    return Verdict.NOT_EXPECTED


def _is_awaited(attendee: Attendee, checkpoint: Checkpoint, *, at: datetime) -> bool:
    """Expected there, while it is open. Who handed their badge on after the scan is not asked about any more."""
    if attendee.ended_at is not None:
        return True
    return not expected.is_over(checkpoint, at) and expected.is_expected(attendee, checkpoint)
