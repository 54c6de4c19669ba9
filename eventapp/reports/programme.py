"""The published programme in short: what a letter promises, what a pass shows now and next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.agenda import AgendaItem, Kind, Publication, Published, SignUp
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Registration
from eventapp.models.states import RegistrationStatus
from eventapp.models.wording import said


@dataclass(frozen=True)
class InShort:
    """The two lists of a letter: titles of the first and of the last day, '' where nothing is published."""

    first_day: str
    last_day: str


def latest(event: Event) -> Publication | None:
    """What partners see now."""
    return db.session.scalar(
        select(Publication)
        .where(Publication.event_id == event.id)
        .order_by(Publication.number.desc())
        .limit(1)
    )


def in_short(event_session: EventSession, language: str) -> InShort:
    """The programmes of each day, the evening's meal, and the way home."""
    publication = latest(event_session.event)
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
    publication = latest(event_session.event) if event_session else None
    if event_session is None or publication is None:
        return []
    chosen = set(
        db.session.scalars(
            select(AgendaItem.uid)
            .join(SignUp, SignUp.agenda_item_id == AgendaItem.id)
            .where(SignUp.registration_id == registration.id, SignUp.queued_at.is_(None))
        )
    )
    return _own(publication.items(event_session.number), chosen)


def now_and_next(items: list[Published], moment: datetime) -> tuple[Published | None, Published | None]:
    """What goes on at that moment, and what begins after it."""
    current = [item for item in items if item.starts_at <= moment < item.ends_at]
    coming = [item for item in items if item.starts_at > moment]
    return (current[-1] if current else None), (coming[0] if coming else None)


def _own(items: list[Published], chosen: set[str]) -> list[Published]:
    """Who chose no group yet reads the common title once."""
    settled = {(item.kind, item.starts_at) for item in items if item.uid in chosen}
    own = []
    for item in items:
        if item.group_number is None or item.uid in chosen:
            own.append(item)
        elif (item.kind, item.starts_at) not in settled:
            settled.add((item.kind, item.starts_at))
            korean, english = _title(item, items, "ko"), _title(item, items, "en")
            own.append(replace(item, title_ko=korean, title_en=english, group_number=None))
    return own


def _titles(items: list[Published], language: str, *, going_home: bool = False) -> str:
    meals = [item for item in items if item.kind == Kind.MEAL]
    transfers = [item for item in items if item.kind == Kind.TRANSFER]
    wanted = [item for item in items if item.is_programme] + meals[-1:]
    wanted += transfers[-1:] if going_home else []
    titles = [_title(item, items, language) for item in sorted(wanted, key=lambda item: item.starts_at)]
    return ", ".join(dict.fromkeys(titles))


def _title(item: Published, items: list[Published], language: str) -> str:
    """Parallel groups say their common title: 제주 본사 투어, not 제주 본사 투어 1조."""
    title = said(item, "title", language=language)
    if item.group_number is None:
        return title
    others = [
        said(other, "title", language=language)
        for other in items
        if other.kind == item.kind and other.starts_at == item.starts_at
    ]
    common = title
    while common and not all(other.startswith(common) for other in others):
        common = common[:-1]
    return common.strip(" ,:-") if len(others) > 1 and common.strip(" ,:-") else title
