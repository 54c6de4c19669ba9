"""What is good to know of somebody at one checkpoint, and why they are not expected there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, Select, select

from eventapp.db import db
from eventapp.formats import dates
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.checkin import CheckIn, Checkpoint
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.programme import Kind as ItemKind
from eventapp.models.registration import Attendee, Diet, Registration
from eventapp.rules import expected

DIETS = {
    Diet.VEGETARIAN: _l("Vegetarian"),
    Diet.VEGAN: _l("Vegan"),
    Diet.HALAL: _l("Halal"),
    Diet.NO_SEAFOOD: _l("No seafood"),
}
WHY_NOT = {
    Kind.SHUTTLE_IN: _l("Has not asked for this bus"),
    Kind.SHUTTLE_OUT: _l("Has not asked for this bus"),
    Kind.TOUR: _l("Is not in this group"),
    Kind.MEAL: _l("Said they would not be here for this meal"),
    Kind.KEY_OUT: _l("Does not stay the night"),
    Kind.KEY_BACK: _l("Was given no key"),
}


def whole() -> Select[Any]:
    """The rows that `of` and both kinds of lists read: whoever ever held a seat, and what stands beside them."""
    return (
        select(
            Attendee,
            Person,
            Company.name.label("company"),
            Company.partner_since,
            Registration.id.label("registration_id"),
            Registration.status,
            Registration.room_number,
            Registration.room_with,
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


def of(rows: Sequence[Row[Any]], *, checkpoint: Checkpoint) -> dict[int, list[str]]:
    """'2조 투어', '채식', '18년째 함께', by attendee: what matters for this kind of checkpoint and nothing else."""
    grouped = checkpoint.kind in (Kind.GATE, Kind.TOUR)
    groups = _groups([row.registration_id for row in rows]) if grouped else {}
    keyed = checkpoint.kind == Kind.KEY_BACK
    keys = _keys(checkpoint, [row.Attendee.id for row in rows]) if keyed else {}
    return {
        row.Attendee.id: [
            *groups.get(row.registration_id, []),
            *filter(None, _own(row, kind=checkpoint.kind, key=keys.get(row.Attendee.id, ""))),
        ]
        for row in rows
    }


def _own(row: Row[Any], *, kind: str, key: str) -> list[str]:
    """What the seat and the person bring along; '' for what there is not."""
    attendee = row.Attendee
    diet = str(DIETS[Diet(attendee.diet)]) if attendee.diet else ""
    together = row.year - row.partner_since + 1 if row.partner_since else 0
    return {
        Kind.GATE: [diet, _("Year %(number)s together", number=together) if together > 1 else ""],
        Kind.MEAL: [diet],
        Kind.SHUTTLE_IN: [attendee.flight_in],
        Kind.SHUTTLE_OUT: [attendee.flight_out],
        Kind.LEAVING: [attendee.flight_out],
        Kind.KEY_OUT: [
            _("Room %(number)s", number=row.room_number) if row.room_number else "",
            _("with %(name)s", name=row.room_with) if row.room_with else "",
        ],
        Kind.KEY_BACK: [_("Key %(number)s", number=key) if key else ""],
    }.get(Kind(kind), [])


def why_not(checkpoint: Checkpoint, attendee_ids: Sequence[int]) -> dict[int, str]:
    """The sentence for each who is not expected there; who belongs to no run or the other one is left out."""
    if not attendee_ids:
        return {}
    awaited = set(db.session.scalars(expected.people(checkpoint).where(Attendee.id.in_(attendee_ids))))
    others = [one for one in attendee_ids if one not in awaited]
    if not others:
        return {}
    departed = db.session.scalars(
        expected.departures(checkpoint.event_session_id).where(CheckIn.attendee_id.in_(others))
    )
    gone = {one.attendee_id: one.at for one in departed} if checkpoint.kind not in expected.WHATEVER else {}
    zone = checkpoint.event_session.event.time_zone
    plain = str(WHY_NOT.get(Kind(checkpoint.kind), _("Is not expected here")))
    return {
        one: _("Left early at %(time)s", time=dates.clock_time(gone[one], zone)) if one in gone else plain
        for one in others
    }


def closed(checkpoint: Checkpoint) -> str:
    """Why nobody is expected there any more."""
    zone = checkpoint.event_session.event.time_zone
    return _("Closed at %(time)s", time=dates.clock_time(checkpoint.closes_at, zone))


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
        said = _("Tour group %(number)s", number=number) if kind == ItemKind.TOUR else ""
        groups[registration_id].append(said or _("Group %(number)s", number=number))
    return groups


def _keys(checkpoint: Checkpoint, ids: Sequence[int]) -> dict[int | None, str]:
    """The number of the key that each was given."""
    rows = db.session.execute(
        select(CheckIn.attendee_id, CheckIn.note)
        .join(Checkpoint, CheckIn.checkpoint_id == Checkpoint.id)
        .where(
            Checkpoint.event_session_id == checkpoint.event_session_id,
            Checkpoint.kind == Kind.KEY_OUT,
            CheckIn.counted,
            CheckIn.attendee_id.in_(ids),
        )
    )
    return dict(rows.all())
