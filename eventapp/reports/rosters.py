"""Rosters: what a door phone is told of a run's people, and of one scan."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Row, and_, func, select

from eventapp.db import db
from eventapp.formats import phone
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.badge import Badge
from eventapp.models.checkin import CheckIn, CheckInKind, Checkpoint
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.programme import Kind
from eventapp.models.registration import Attendee, Diet, Registration
from eventapp.models.roster import RosterMark
from eventapp.models.states import HOLDS_PLACE, LIVE, InvitationStatus, RegistrationStatus, Verdict

DIETS = {
    Diet.VEGETARIAN: _l("Vegetarian"),
    Diet.VEGAN: _l("Vegan"),
    Diet.HALAL: _l("Halal"),
    Diet.NO_SEAFOOD: _l("No seafood"),
}
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
    expected = (
        select(func.count(Attendee.id), func.count(CheckIn.id))
        .join(Registration, Attendee.registration_id == Registration.id)
        .outerjoin(
            CheckIn,
            and_(
                CheckIn.attendee_id == Attendee.id,
                CheckIn.checkpoint_id == checkpoint.id,
                CheckIn.counted,
            ),
        )
        .where(
            Registration.event_session_id == event_session.id,
            Registration.status.in_(HOLDS_PLACE),
            Attendee.ended_at.is_(None),
        )
    )
    people, inside = db.session.execute(expected).one()
    return Counts(inside, people, max(0, event_session.capacity - people))


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
        if check_in.kind == CheckInKind.WALK_IN:
            told |= {"name": check_in.walk_in_name, "company": check_in.walk_in_company}
            told["to_settle"] = check_in.settled_at is None
        return told
    row = _people_of(Attendee.id == check_in.attendee_id)[0]
    told |= {"attendee": row.Attendee.id, **_who(row, facts=_facts([row])[row.Attendee.id])}
    if check_in.verdict == Verdict.ALREADY_IN and first is not None:
        told |= {"since": first.at.isoformat(), "gate": first.gate}
    if check_in.verdict == Verdict.WRONG_RUN:
        told["free_places"] = count(check_in.checkpoint).free
    return told


def _people(event_session: EventSession, *conditions: ColumnElement[bool]) -> list[Row[Any]]:
    """Everybody with a mark in this run's list, in the order of their last change."""
    marked = and_(RosterMark.attendee_id == Attendee.id, RosterMark.event_session_id == event_session.id)
    return list(
        db.session.execute(_who_query().join(RosterMark, marked).where(*conditions).order_by(RosterMark.id))
    )


def _people_of(condition: ColumnElement[bool]) -> list[Row[Any]]:
    return list(db.session.execute(_who_query().where(condition)))


def _who_query() -> Any:
    return (
        select(
            Attendee,
            Person,
            Company.name.label("company"),
            Company.partner_since,
            Registration.id.label("registration_id"),
            Registration.status,
            EventSession.number,
            Event.year,
        )
        .join(Attendee.person)
        .join(Person.company)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Event, Invitation.event_id == Event.id)
        .outerjoin(EventSession, Registration.event_session_id == EventSession.id)
    )


def _entries(checkpoint: Checkpoint, rows: list[Row[Any]]) -> list[dict[str, Any]]:
    ids = [row.Attendee.id for row in rows]
    facts, codes, entered = _facts(rows), _codes(ids), _entered(checkpoint, ids)
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


def _facts(rows: list[Row[Any]]) -> dict[int, list[str]]:
    """'2조 투어', '채식', '18년째 함께': what is good to know at the door, by attendee."""
    groups = _groups([row.registration_id for row in rows])
    facts: dict[int, list[str]] = {}
    for row in rows:
        told = groups.get(row.registration_id, [])[:]
        if row.Attendee.diet:
            told.append(str(DIETS[Diet(row.Attendee.diet)]))
        if row.partner_since and row.partner_since < row.year:
            told.append(_("Year %(number)s together", number=row.year - row.partner_since + 1))
        facts[row.Attendee.id] = told
    return facts


def _groups(registration_ids: list[int]) -> dict[int, list[str]]:
    rows = db.session.execute(
        select(SignUp.registration_id, AgendaItem.kind, AgendaItem.group_number)
        .join(SignUp.agenda_item)
        .where(
            SignUp.registration_id.in_(registration_ids),
            SignUp.queued_at.is_(None),
            AgendaItem.group_number.is_not(None),
            AgendaItem.removed_at.is_(None),
        )
        .order_by(AgendaItem.starts_at)
    )
    groups: dict[int, list[str]] = defaultdict(list)
    for registration_id, kind, number in rows:
        said = _("Tour group %(number)s", number=number) if kind == Kind.TOUR else ""
        groups[registration_id].append(said or _("Group %(number)s", number=number))
    return groups


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


def _entered(checkpoint: Checkpoint, ids: list[int]) -> dict[int, _Entered]:
    rows = db.session.execute(
        select(CheckIn.attendee_id, CheckIn.at, CheckIn.gate).where(
            CheckIn.checkpoint_id == checkpoint.id, CheckIn.counted, CheckIn.attendee_id.in_(ids)
        )
    )
    return {attendee_id: _Entered(at, gate) for attendee_id, at, gate in rows}


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
