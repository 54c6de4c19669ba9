"""Presence: who is inside now, seen last at which checkpoint; how every checkpoint of a run stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.clock import today
from eventapp.db import db
from eventapp.formats import hangul
from eventapp.models.checkin import CheckIn, Checkpoint
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.event_session import EventSession
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.reports import rosters
from eventapp.reports.rosters import Counts
from eventapp.rules import checkpoints
from eventapp.rules.expected import ENTERED

IN, OUT = (Kind.GATE, Kind.TOUR, Kind.MEAL), (Kind.LEAVING, Kind.SHUTTLE_OUT)


@dataclass(frozen=True)
class Present:
    """Somebody who is inside: the last scan that says so. Without a badge they are called as they said."""

    name: str
    title: str
    company: str
    seen: CheckIn


def inside(run: EventSession, moment: datetime) -> list[Present]:
    """Everybody seen since the last gate of the run opened and not seen leaving since, by company and name."""
    gates = [one.opens_at for one in checkpoints.of_run(run) if one.kind == Kind.GATE]
    opened = max((one for one in gates if one <= moment), default=None)
    if opened is None:
        return []
    last: dict[str, CheckIn] = {}
    for scan in db.session.scalars(
        select(CheckIn)
        .join(CheckIn.checkpoint)
        .options(
            joinedload(CheckIn.checkpoint),
            joinedload(CheckIn.attendee).joinedload(Attendee.person).joinedload(Person.company),
        )
        .where(
            Checkpoint.event_session_id == run.id,
            Checkpoint.kind.in_((*IN, *OUT)),
            CheckIn.verdict.in_(ENTERED),
            CheckIn.undone_at.is_(None),
            CheckIn.at >= opened,
            CheckIn.at <= moment,
        )
        .order_by(CheckIn.at, CheckIn.id)
    ):
        last[str(scan.attendee_id or scan.id)] = scan
    found = [_present(scan) for scan in last.values() if scan.checkpoint.kind in IN]
    return sorted(
        found, key=lambda one: (hangul.sort_key(one.company), hangul.sort_key(one.name), one.seen.id)
    )


def chosen(every: Sequence[Checkpoint], wished: str, *, moment: datetime) -> Checkpoint | None:
    """The one of that id; else what is open now, a gate first; else the last that was, or the next to come."""
    asked = next((one for one in every if str(one.id) == wished), None)
    if asked is not None or not every:
        return asked
    day = today(every[0].event_session.event.time_zone)
    ordered = sorted(every, key=lambda one: one.opens_at)
    open_now = [one for one in ordered if one.opens_at <= moment < one.closes_at]
    open_now.sort(key=lambda one: one.kind != Kind.GATE)
    begun = [one for one in ordered if one.opens_at <= moment and one.event_session.ends_on >= day]
    coming = [one for one in ordered if one.event_session.ends_on >= day]
    return next(iter(open_now or begun[-1:] or coming or ordered), None)


def board(run: EventSession) -> list[tuple[Checkpoint, Counts]]:
    """Every checkpoint of the run with how many came and are expected."""
    return [(one, rosters.count(one)) for one in checkpoints.of_run(run)]


def _present(scan: CheckIn) -> Present:
    if scan.attendee is None:
        return Present(scan.walk_in_name, "", scan.walk_in_company, scan)
    person = scan.attendee.person
    return Present(person.name, person.title, person.company.name, scan)
