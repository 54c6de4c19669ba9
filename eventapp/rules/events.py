"""Events: made, their facts stated and confirmed, opened, closed; their runs."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.staff import Staff
from eventapp.models.states import EventStatus, move
from eventapp.rules import journal

FACTS = frozenset(
    {
        "name_ko", "name_en", "full_name", "headline_ko", "headline_en", "about_ko", "about_en",
        "history_ko", "history_en", "place_ko", "place_en", "place_note_ko", "place_note_en",
        "address_ko", "address_en", "map_url", "host_ko", "host_en", "team_ko", "team_en",
        "brand_colour", "sender_name", "sender_email", "reply_phone", "greeting_ko", "greeting_en",
        "letter_ko", "letter_en", "since_year",
    }
)  # fmt: skip


class FactsMissing(RuleBroken):
    """What every letter states is not known yet."""

    code = "facts-missing"
    sentence = _l("Please write down the place, the sender, the reply phone and the days first.")


class DaysOutOfOrder(RuleBroken):
    """A run that ends before it begins."""

    code = "days-out-of-order"
    sentence = _l("The last day lies before the first one.")


class SlugTaken(RuleBroken):
    """Another Event has this address."""

    code = "slug-taken"
    sentence = _l("Another event has this address already.")


def create(slug: str, *, year: int, **facts: Any) -> Event:
    """A draft Event. facts: names of FACTS."""
    with db.writing():
        if by_slug(slug) is not None:
            raise SlugTaken(field="slug")
        event = Event(slug=slug, year=year, status=EventStatus.DRAFT, created_at=now(), **_only_facts(facts))
        db.session.add(event)
        journal.record("event made", event)
    return event


def add_run(
    event: Event, *, number: int, starts_on: date, ends_on: date, capacity: int, **more: Any
) -> EventSession:
    """One more run. more: venue_ko, venue_en, names_due_on, travel_due_on, meals_due_on."""
    _require_order(starts_on, ends_on)
    with db.writing():
        db.lock(event)
        event_session = EventSession(
            event_id=event.id, number=number, starts_on=starts_on, ends_on=ends_on, capacity=capacity, **more
        )
        db.session.add(event_session)
        journal.record("run added", event_session, event_id=event.id)
    return event_session


def state_facts(event: Event, **facts: Any) -> None:
    """Change the facts; confirmed ones have to be confirmed again where letters state them."""
    with db.writing():
        db.lock(event)
        changed = {name for name, value in _only_facts(facts).items() if getattr(event, name) != value}
        for name in changed:
            setattr(event, name, facts[name])
        if changed & {"sender_name", "sender_email", "reply_phone", "place_ko", "place_en"}:
            event.facts_confirmed_at = None
        journal.record("facts stated", event, changed=sorted(changed))


def change_run(event_session: EventSession, **more: Any) -> None:
    """Change a run's days, venue or cut-offs (not its capacity: seats.set_capacity)."""
    with db.writing():
        db.lock(event_session.event)
        db.lock(event_session)
        _require_order(
            more.get("starts_on", event_session.starts_on), more.get("ends_on", event_session.ends_on)
        )
        for name, value in more.items():
            if name in ("starts_on", "ends_on") and getattr(event_session, name) != value:
                event_session.event.facts_confirmed_at = None
            setattr(event_session, name, value)
        journal.record("run changed", event_session, event_id=event_session.event_id)


def confirm_facts(event: Event, staff: Staff | None = None) -> None:
    """Dates, place, sender and reply phone are right: letters may leave. Opens a draft Event."""
    with db.writing():
        db.lock(event)
        _require_facts(event)
        event.facts_confirmed_at = now()
        event.facts_confirmed_by_id = staff.id if staff else None
        if event.status == EventStatus.DRAFT:
            move(event, EventStatus.OPEN)
        journal.record("facts confirmed", event)


def set_status(event: Event, status: EventStatus) -> None:
    """Open, close or archive."""
    with db.writing():
        db.lock(event)
        move(event, status)
        journal.record(f"event {status}", event)


def current() -> Event | None:
    """The Event the front page shows: the newest open one, else the newest not a draft, else the newest."""
    order = {EventStatus.OPEN: 0, EventStatus.CLOSED: 1, EventStatus.ARCHIVED: 2, EventStatus.DRAFT: 3}
    found = db.session.scalars(select(Event)).all()
    return min(found, key=lambda event: (order[EventStatus(event.status)], -event.year), default=None)


def by_slug(slug: str) -> Event | None:
    """The Event of that address."""
    return db.session.scalar(select(Event).where(Event.slug == slug))


def _require_facts(event: Event) -> None:
    runs = db.session.scalar(select(EventSession.id).where(EventSession.event_id == event.id).limit(1))
    stated = (event.place_ko, event.sender_name, event.sender_email, event.reply_phone)
    if runs is None or not all(stated):
        raise FactsMissing()


def _require_order(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise DaysOutOfOrder(field="ends_on")


def _only_facts(facts: dict[str, Any]) -> dict[str, Any]:
    strange = set(facts) - FACTS
    if strange:
        raise TypeError(f"not facts of an Event: {sorted(strange)}")
    return facts
