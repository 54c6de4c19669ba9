"""Travel: how an attendee comes and goes, sleeps and eats, each until its cut-off; saved as they go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Attendee, Room
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import answers, cutoffs, journal, rosters

OF_THE_SEAT = ("room", "room_with", "shuttle_in", "shuttle_out")
OF_THE_TABLE = ("diet", "allergy")
OF_THE_JOURNEY = ("arrives_at", "departs_at", "flight_in", "flight_out")
BEFORE, AFTER = timedelta(days=1), timedelta(days=2)  # how far from the run a journey may lie


class TravelClosed(RuleBroken):
    """The hotel and the buses are ordered."""

    code = "travel-closed"
    sentence = _l("Rooms and buses are ordered already. Please ask for the change with a word why.")


class MealsClosed(RuleBroken):
    """The kitchen has its numbers."""

    code = "meals-closed"
    sentence = _l("The meals are ordered already. Please ask for the change with a word why.")


class NotThatDay(RuleBroken):
    """A journey that does not belong to the run."""

    code = "not-that-day"
    sentence = _l("This lies outside the days of your run. Please look at the day again.")


class BackBeforeThere(RuleBroken):
    """Leaving before arriving."""

    code = "back-before-there"
    sentence = _l("This is before you arrive. Please look at the two times again.")


@dataclass(frozen=True, kw_only=True)
class Plans:
    """What an attendee says; times are aware, None where nothing is known yet."""

    arrives_at: datetime | None = None
    departs_at: datetime | None = None
    flight_in: str = ""
    flight_out: str = ""
    shuttle_in: bool = False
    shuttle_out: bool = False
    room: Room = Room.ANY
    room_with: str = ""
    allergy: str = ""
    on_call: bool = False


def now_kept(attendee: Attendee) -> Plans:
    """What is kept of it."""
    return Plans(**{name: _kept(attendee, name) for name in vars(Plans())})


def late(attendee: Attendee, plans: Plans) -> dict[str, list[str]]:
    """What would change and is closed: fields by "travel" and "meals"; nothing where all may change."""
    registration = attendee.registration
    run, invitation = registration.event_session, registration.invitation
    changed = _changed(attendee, plans)
    found = {
        "travel": [name for name in changed if name in (*OF_THE_SEAT, *OF_THE_JOURNEY)],
        "meals": [name for name in changed if name in OF_THE_TABLE],
    }
    due = {"travel": run.travel_due_on, "meals": run.meals_due_on}
    return {key: names for key, names in found.items() if names and cutoffs.is_past(invitation, due[key])}


def carry_out(attendee: Attendee, wanted: Mapping[str, Any]) -> None:
    """Put what was asked for late where it belongs, inside the caller's transaction. Raises what save raises."""
    values = read(wanted)
    diet = values.pop("diet", attendee.diet)
    _check_times(attendee.registration.event_session, replace(now_kept(attendee), **values))
    for name, value in values.items():
        setattr(attendee.registration if name in OF_THE_SEAT else attendee, name, value)
    attendee.diet = diet


def require_sense(attendee: Attendee, plans: Plans) -> None:
    """Raises NotThatDay, BackBeforeThere."""
    _check_times(attendee.registration.event_session, plans)


def as_json(value: Any) -> Any:
    """A value of Plans as a request keeps it."""
    return value.isoformat() if isinstance(value, datetime) else value


def read(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a request as Plans holds them."""
    return {
        name: datetime.fromisoformat(value) if value and name.endswith("_at") else value
        for name, value in wanted.items()
    }


def _changed(attendee: Attendee, plans: Plans) -> list[str]:
    return sorted(name for name, value in vars(plans).items() if _kept(attendee, name) != value)


def save(attendee: Attendee, plans: Plans) -> None:
    """Keep what is said; only what is different counts, so what is closed may be sent along unchanged.

    Raises TravelClosed, MealsClosed, NotThatDay, BackBeforeThere, InvitationClosed, Stale.
    """
    with db.writing():
        runs = answers.hold(attendee.registration)
        db.lock(attendee)
        registration = attendee.registration
        if attendee.has_left or registration.status not in HOLDS_PLACE:
            raise Stale()
        run = registration.event_session
        changed = _changed(attendee, plans)
        _refuse_late(attendee, plans)
        _check_times(run, plans)
        for name in changed:
            setattr(registration if name in OF_THE_SEAT else attendee, name, getattr(plans, name))
        if changed:
            rosters.mark(runs, attendee)
            journal.record("travel told", attendee, event_id=run.event_id, changed=changed)


def _kept(attendee: Attendee, name: str) -> Any:
    return getattr(attendee.registration if name in OF_THE_SEAT else attendee, name)


def _refuse_late(attendee: Attendee, plans: Plans) -> None:
    closed = late(attendee, plans)
    if "travel" in closed:
        raise TravelClosed(field=closed["travel"][0])
    if "meals" in closed:
        raise MealsClosed(field=closed["meals"][0])


def _check_times(run: EventSession | None, plans: Plans) -> None:
    if run is None:
        return  # who waits for no run any more has a table still to speak of, and no journey
    zone = ZoneInfo(run.event.time_zone)
    for name in ("arrives_at", "departs_at"):
        moment = getattr(plans, name)
        day = moment.astimezone(zone).date() if moment else run.starts_on
        if not run.starts_on - BEFORE <= day <= run.ends_on + AFTER:
            raise NotThatDay(field=name)
    if plans.arrives_at and plans.departs_at and plans.departs_at <= plans.arrives_at:
        raise BackBeforeThere(field="departs_at")
