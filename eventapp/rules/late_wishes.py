"""Late wishes: what an attendee changes on journey, room and table, asked for where its day has passed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.change_request import ChangeRequest, Kind
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Attendee, Diet
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import answers, attendees, change_requests, cutoffs, travel
from eventapp.rules.travel import Plans


def save(attendee: Attendee, plans: Plans, *, reason: str = "") -> list[ChangeRequest]:
    """Keep what may still change, and ask for the rest; returns what was asked for.

    Raises NoReason where something has to be asked for without a word why (then nothing was kept),
    NotThatDay, BackBeforeThere, InvitationClosed, Stale.
    """
    with db.writing():
        answers.hold(attendee.registration)
        db.lock(attendee)
        if attendee.ended_at is not None or attendee.registration.status not in HOLDS_PLACE:
            raise Stale()
        travel.require_sense(attendee, plans)
        kept, late = travel.now_kept(attendee), travel.late(attendee, plans)
        closed = {name: getattr(kept, name) for names in late.values() for name in names}
        travel.save(attendee, replace(plans, **closed))
        return [
            _ask(attendee, Kind(key), values={name: getattr(plans, name) for name in names}, reason=reason)
            for key, names in late.items()
        ]


def confirm(
    attendee: Attendee,
    *,
    diet: Diet,
    event_session: EventSession | None = None,
    or_wait: bool = False,
    reason: str = "",
) -> list[ChangeRequest]:
    """As attendees.confirm; what one eats is asked for where the meals are ordered. Raises NoReason besides."""
    with db.writing():
        answers.hold(attendee.registration)
        db.lock(attendee)
        run = event_session or attendee.registration.event_session
        ordered = run is not None and cutoffs.is_past(attendee.registration.invitation, run.meals_due_on)
        late = ordered and diet != attendee.diet
        told = Diet(attendee.diet) if late else diet
        attendees.confirm(attendee, diet=told, event_session=event_session, or_wait=or_wait)
        return [_ask(attendee, Kind.MEALS, values={"diet": diet}, reason=reason)] if late else []


def withdraw(attendee: Attendee) -> None:
    """Nothing is asked for any more; harmless where nothing was."""
    for request in change_requests.own_standing(attendee):
        change_requests.withdraw(request)


def _ask(attendee: Attendee, kind: Kind, *, values: dict[str, Any], reason: str) -> ChangeRequest:
    """One request of a kind: what is asked now goes before what was asked for the same field."""
    before = {
        name: value
        for request in change_requests.own_standing(attendee)
        if request.kind == kind
        for name, value in request.wanted.items()
    }
    wanted = before | {name: travel.as_json(value) for name, value in values.items()}
    return change_requests.ask(attendee.registration, kind, reason=reason, wanted=wanted)
