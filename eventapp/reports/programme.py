"""The published programme in short: what a letter promises, what a pass shows now and next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from eventapp.models.event_session import EventSession
from eventapp.models.programme import Kind, Published
from eventapp.models.registration import Registration
from eventapp.models.states import RegistrationStatus
from eventapp.rules import own_programmes, publications


@dataclass(frozen=True)
class InShort:
    """The two lists of a letter: titles of the first and of the last day, '' where nothing is published."""

    first_day: str
    last_day: str


def in_short(event_session: EventSession, language: str) -> InShort:
    """The programmes of each day, the evening's meal, and the way home."""
    publication = publications.latest(event_session.event)
    items = publication.items(event_session.number) if publication else []
    zone = ZoneInfo(event_session.event.time_zone)
    by_day: dict[bool, list[Published]] = {True: [], False: []}
    for item in items:
        by_day[item.starts_at.astimezone(zone).date() == event_session.starts_on].append(item)
    return InShort(_titles(by_day[True], language), _titles(by_day[False], language, going_home=True))


def own_items(registration: Registration) -> list[Published]:
    """The run's published items for this attendee: of parallel groups only the one they signed up for."""
    waits = registration.status == RegistrationStatus.WAITLISTED
    event_session = None if waits else registration.event_session
    publication = publications.latest(event_session.event) if event_session else None
    if event_session is None or publication is None:
        return []
    return own_programmes.own(publication.items(event_session.number), own_programmes.chosen_by(registration))


def own_gone(registration: Registration) -> list[Published]:
    """What stood in this attendee's programme once and is not held any more, for their calendar."""
    run = registration.event_session
    publication = publications.latest(run.event) if run is not None else None
    if run is None or publication is None:
        return []
    chosen = own_programmes.chosen_by(registration)
    return [
        item for item in publication.gone_items(run.number) if item.group_number is None or item.uid in chosen
    ]


def now_and_next(items: list[Published], moment: datetime) -> tuple[Published | None, Published | None]:
    """What goes on at that moment, and what begins after it."""
    current = [item for item in items if item.starts_at <= moment < item.ends_at]
    coming = [item for item in items if item.starts_at > moment]
    return (current[-1] if current else None), (coming[0] if coming else None)


def _titles(items: list[Published], language: str, *, going_home: bool = False) -> str:
    meals = [item for item in items if item.kind == Kind.MEAL]
    transfers = [item for item in items if item.kind == Kind.TRANSFER]
    wanted = [item for item in items if item.is_programme] + meals[-1:]
    wanted += transfers[-1:] if going_home else []
    titles = [
        own_programmes.shared_title(item, items, language=language)
        for item in sorted(wanted, key=lambda item: item.starts_at)
    ]
    return ", ".join(dict.fromkeys(titles))
