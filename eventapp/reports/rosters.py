"""Rosters: what a door phone is told of a run's people, and of one scan."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, select

from eventapp.db import db
from eventapp.formats import phone
from eventapp.models.badge import Badge
from eventapp.models.checkin import CheckIn, Checkpoint, CheckpointKind
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Attendee, Registration
from eventapp.models.roster import RosterMark
from eventapp.models.states import HOLDS_PLACE, LIVE, InvitationStatus, RegistrationStatus, Verdict
from eventapp.reports import door_facts
from eventapp.rules import expected

STANDING = (InvitationStatus.SENT, InvitationStatus.ACCEPTED)


@dataclass(frozen=True)
class Counts:
    """Who is in at a checkpoint, of how many; `free` places of the run."""

    inside: int
    expected: int
    free: int


def changes(checkpoint: Checkpoint, since: int) -> dict[str, Any]:
    """The list for a phone at this checkpoint: only what changed after version `since`, all of it for 0.

    Read in this order, version first: what changes meanwhile comes again, nothing is left out.
    """
    event_session = checkpoint.event_session
    version = event_session.roster_version
    since = since if 0 <= since <= version else 0
    counts = count(checkpoint)
    answer: dict[str, Any] = {
        "history": event_session.event.history_id,
        "version": version,
        "whole": since == 0,
        "attendees": [],
        "removed": [],
        "counts": {"in": counts.inside, "expected": counts.expected},
        "free_places": counts.free,
    }
    if since < version or since == 0:
        rows = _people(event_session, RosterMark.version > since)
        answer["attendees"] = _entries(checkpoint, [row for row in rows if row.Person.erased_at is None])
        answer["removed"] = [row.Attendee.id for row in rows if row.Person.erased_at is not None]
        answer["companies"] = _free_seats(event_session.event)
    return answer


def count(checkpoint: Checkpoint) -> Counts:
    """Only who is expected now counts: somebody replaced after coming in is not expected any more."""
    event_session = checkpoint.event_session
    counted = and_(
        CheckIn.attendee_id == Attendee.id, CheckIn.checkpoint_id == checkpoint.id, CheckIn.counted
    )
    everybody = (
        select(
            func.count(Attendee.id),
            func.count(CheckIn.id),
            func.count(case((Attendee.id.in_(expected.people(checkpoint)), 1))),
        )
        .join(Registration, Attendee.registration_id == Registration.id)
        .outerjoin(CheckIn, counted)
        .where(
            Registration.event_session_id == event_session.id,
            Registration.status.in_(HOLDS_PLACE),
            Attendee.ended_at.is_(None),
        )
    )
    people, inside, awaited = db.session.execute(everybody).one()
    return Counts(inside, awaited, max(0, event_session.capacity - people))


def answer(check_in: CheckIn, first: CheckIn | None = None, *, sentence: str = "") -> dict[str, Any]:
    """What the phone that sent a scan is told. first: the counted one, for somebody already in."""
    told: dict[str, Any] = {"id": check_in.id, "verdict": check_in.verdict, "facts": []}
    if check_in.verdict == Verdict.NOT_YET:
        told["opens_at"] = check_in.checkpoint.opens_at.isoformat()
    if sentence:
        told["sentence"] = sentence
    if check_in.undone_at is not None:
        told["undone"] = True
    if check_in.attendee_id is None:
        if check_in.walk_in_name:
            told |= {"name": check_in.walk_in_name, "company": check_in.walk_in_company}
            told["to_settle"] = check_in.settled_at is None
        return told
    row = _people_of(Attendee.id == check_in.attendee_id)[0]
    facts = door_facts.of([row], checkpoint=check_in.checkpoint)[row.Attendee.id]
    told |= {"attendee": row.Attendee.id, **_who(row, facts=facts)}
    if check_in.note:
        told["note"] = check_in.note
    if check_in.verdict == Verdict.ALREADY_IN and first is not None:
        told |= {"since": first.at.isoformat(), "gate": first.gate, "note": first.note}
    if check_in.verdict == Verdict.NOT_EXPECTED:
        reasons = door_facts.why_not(check_in.checkpoint, [row.Attendee.id])
        told["sentence"] = reasons.get(row.Attendee.id) or door_facts.closed(check_in.checkpoint)
    if check_in.verdict == Verdict.WRONG_RUN:
        told["free_places"] = count(check_in.checkpoint).free
    return told


def _people(event_session: EventSession, *conditions: ColumnElement[bool]) -> list[Row[Any]]:
    """Everybody with a mark in this run's list, in the order of their last change."""
    marked = and_(RosterMark.attendee_id == Attendee.id, RosterMark.event_session_id == event_session.id)
    return list(
        db.session.execute(
            door_facts.whole().join(RosterMark, marked).where(*conditions).order_by(RosterMark.id)
        )
    )


def _people_of(condition: ColumnElement[bool]) -> list[Row[Any]]:
    return list(db.session.execute(door_facts.whole().where(condition)))


def _entries(checkpoint: Checkpoint, rows: list[Row[Any]]) -> list[dict[str, Any]]:
    ids = [row.Attendee.id for row in rows]
    facts = door_facts.of(rows, checkpoint=checkpoint)
    reasons = door_facts.why_not(checkpoint, ids)
    codes, entered = _codes(ids), _entered(checkpoint, ids)
    entries = []
    for row in rows:
        attendee_id = row.Attendee.id
        first = entered.get(attendee_id)
        hashes = codes.get(attendee_id, [])
        entry = {
            "id": attendee_id,
            **_who(row, facts=facts[attendee_id]),
            "state": _state(row),
            "last4": phone.last_four(row.Person.phone),
            "code_hash": hashes[-1] if hashes else "",
            "in_since": first.at.isoformat() if first else None,
            "gate": first.gate if first else "",
        }
        if attendee_id in reasons and row.number == checkpoint.event_session.number:
            entry["why_not"] = reasons[attendee_id]
        if first and first.note:
            entry["note"] = first.note
        if checkpoint.kind == CheckpointKind.KEY_OUT:
            entry["room"] = row.room_number
        if len(hashes) > 1:
            entry["old_code_hashes"] = hashes[:-1]
        entries.append(entry)
    return entries


def _who(row: Row[Any], *, facts: list[str]) -> dict[str, Any]:
    return {
        "name": row.Person.name,
        "title": row.Person.title,
        "company": row.company,
        "run": row.number,
        "facts": facts,
    }


def _state(row: Row[Any]) -> str:
    if row.Attendee.ended_at is None:
        return row.status
    return "cancelled" if row.status == RegistrationStatus.CANCELLED else "replaced"


def _codes(ids: list[int]) -> dict[int, list[str]]:
    """The hash of every code an attendee ever had, newest last: the phone never holds a code itself."""
    hashes: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(Badge.attendee_id, Badge.code).where(Badge.attendee_id.in_(ids)).order_by(Badge.id)
    )
    for attendee_id, code in rows:
        hashes[attendee_id].append(hashlib.sha256(code.encode()).hexdigest())
    return hashes


@dataclass(frozen=True)
class _Entered:
    at: datetime
    gate: str
    note: str


def _entered(checkpoint: Checkpoint, ids: list[int]) -> dict[int, _Entered]:
    rows = db.session.execute(
        select(CheckIn.attendee_id, CheckIn.at, CheckIn.gate, CheckIn.note).where(
            CheckIn.checkpoint_id == checkpoint.id, CheckIn.counted, CheckIn.attendee_id.in_(ids)
        )
    )
    return {attendee_id: _Entered(at, gate, note) for attendee_id, at, gate, note in rows}


def _free_seats(event: Event) -> list[dict[str, Any]]:
    used = func.count(Registration.id)
    rows = db.session.execute(
        select(Company.name, Invitation.seats - used)
        .join(Invitation, Invitation.company_id == Company.id)
        .outerjoin(
            Registration, and_(Registration.invitation_id == Invitation.id, Registration.status.in_(LIVE))
        )
        .where(Invitation.event_id == event.id, Invitation.status.in_(STANDING))
        .group_by(Company.name, Invitation.id, Invitation.seats)
        .order_by(Company.name)
    )
    return [{"name": name, "free_seats": free} for name, free in rows]
