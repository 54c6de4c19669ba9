"""The agenda: items added, changed, removed; every save is a numbered publication that partners read."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.formats import text
from eventapp.models.agenda import AgendaItem, Kind, Publication, Published
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.rules import item_places, journal, seats

LINES = {"title": 160, "room": 80, "speaker": 160}
PARAGRAPHS = {"text": 2000}
MOST_PLACES = 10_000


class ItemRefused(RuleBroken):
    """What was written for an item cannot be; the sentence says what to write, `field` where."""

    code = "item-refused"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an organizer writes for one item, before it is checked."""

    kind: Kind
    title_ko: str
    starts_at: datetime
    ends_at: datetime
    title_en: str = ""
    text_ko: str = ""
    text_en: str = ""
    room_ko: str = ""
    room_en: str = ""
    speaker_ko: str = ""
    speaker_en: str = ""
    places: int | None = None
    group_number: int | None = None
    internal: bool = False


WRITTEN = tuple(field.name for field in fields(Draft))
SHOWN = tuple(name for name in WRITTEN if name != "internal")


# -- what organizers do -------------------------------------------------------------------------------


def add(event_session: EventSession, draft: Draft, *, by: str = "") -> AgendaItem:
    """One more item. Raises ItemRefused."""
    return add_all(event_session.event, [(event_session, draft)], by=by)[0]


def add_all(event: Event, drafts: list[tuple[EventSession, Draft]], *, by: str = "") -> list[AgendaItem]:
    """Several items in one publication, all or none. Raises ItemRefused."""
    with db.writing():
        _hold(event)
        items = [
            AgendaItem(event_session_id=event_session.id, **_checked(event_session, draft))
            for event_session, draft in drafts
        ]
        db.session.add_all(items)
        db.session.flush()
        for item in items:
            journal.record("agenda item added", item, event_id=event.id, title=item.title_ko)
        _publish(event, by)
    return items


def in_every_run(event_session: EventSession, draft: Draft) -> list[tuple[EventSession, Draft]]:
    """The same item in this run and, on the same day and hour, in the others."""
    return [
        (
            run,
            _shifted(draft, run.starts_on - event_session.starts_on, zone_name=event_session.event.time_zone),
        )
        for run in seats.runs(event_session.event)
    ]


def change(item: AgendaItem, draft: Draft, *, seen: int | None = None, by: str = "") -> Publication | None:
    """Change an item; None where nothing is different. Raises ItemRefused, Stale.

    seen: the number of the publication the organizer had before them; a later change by somebody else is
    not overwritten.
    """
    event_session = item.event_session
    with db.writing():
        event = _hold(event_session.event)
        db.lock(event_session)
        db.lock(item)
        if item.removed_at is not None or _changed_since(event, item, seen=seen):
            raise Stale()
        wanted = _checked(event_session, draft)
        different = sorted(name for name, value in wanted.items() if getattr(item, name) != value)
        if not different:
            return None
        _keep_places(item, wanted["places"])
        for name in different:
            setattr(item, name, wanted[name])
        db.session.flush()
        item_places.call_in([event_session])
        journal.record("agenda item changed", item, event_id=event.id, changed=different)
        return _publish(event, by)


def remove(item: AgendaItem, *, by: str = "") -> Publication | None:
    """Take an item out of the agenda; its row and its sign-ups stay. None where it was out already."""
    with db.writing():
        event = _hold(item.event_session.event)
        db.lock(item)
        if item.removed_at is not None:
            return None
        item.removed_at = now()
        journal.record("agenda item removed", item, event_id=event.id, title=item.title_ko)
        return _publish(event, by)


def publish(event: Event, *, by: str = "") -> Publication:
    """Publish the agenda as it stands."""
    with db.writing():
        return _publish(_hold(event), by)


def working_items(event_session: EventSession) -> list[AgendaItem]:
    """The run's items as organizers edit them, in the order of the day."""
    return list(
        db.session.scalars(
            select(AgendaItem)
            .where(AgendaItem.event_session_id == event_session.id, AgendaItem.removed_at.is_(None))
            .order_by(AgendaItem.starts_at, AgendaItem.ends_at, AgendaItem.group_number, AgendaItem.id)
        )
    )


# -- what everybody reads -----------------------------------------------------------------------------


def latest(event: Event) -> Publication | None:
    """The publication that partners see."""
    return db.session.scalar(
        select(Publication)
        .where(Publication.event_id == event.id)
        .order_by(Publication.number.desc())
        .limit(1)
    )


def publications(event: Event, limit: int = 8) -> list[Publication]:
    """The last publications, newest first."""
    return list(
        db.session.scalars(
            select(Publication)
            .where(Publication.event_id == event.id)
            .order_by(Publication.number.desc())
            .limit(limit)
        )
    )


def items_for(event_session: EventSession) -> list[Published]:
    """What partners see of one run now."""
    publication = latest(event_session.event)
    return publication.items(event_session.number) if publication else []


# -- inside -------------------------------------------------------------------------------------------


def _hold(event: Event) -> Event:
    """Every save of the agenda takes its turn here, so that publications count on without a gap."""
    db.lock(event)
    return event


def _keep_places(item: AgendaItem, places: int | None) -> None:
    """Nobody loses a place because there are fewer."""
    taken = item_places.taken(item)
    if places is not None and places < taken:
        raise ItemRefused(
            _l("%(taken)s have a place already, so the number cannot be lower than that."),
            field="places",
            taken=taken,
        )


def _checked(event_session: EventSession, draft: Draft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in WRITTEN}
    for language in ("ko", "en"):
        for name, limit in LINES.items():
            values[f"{name}_{language}"] = _line(
                values[f"{name}_{language}"], limit, field=f"{name}_{language}"
            )
        for name, limit in PARAGRAPHS.items():
            values[f"{name}_{language}"] = _text(
                values[f"{name}_{language}"], limit, field=f"{name}_{language}"
            )
    if not values["title_ko"]:
        raise ItemRefused(_l("Please write the title in Korean."), field="title_ko")
    _check_times(event_session, draft)
    for name in ("places", "group_number"):
        if values[name] is not None and not 0 <= values[name] <= MOST_PLACES:
            raise ItemRefused(_l("Please write a number between 0 and 10,000."), field=name)
    return values


def _check_times(event_session: EventSession, draft: Draft) -> None:
    zone = ZoneInfo(event_session.event.time_zone)
    first, last = draft.starts_at.astimezone(zone), draft.ends_at.astimezone(zone)
    if last <= first:
        raise ItemRefused(_l("Please let it end after it starts."), field="ends_at")
    if not event_session.starts_on <= first.date() <= event_session.ends_on:
        raise ItemRefused(_l("Please choose one of the days of this run."), field="day")
    if (last - timedelta(microseconds=1)).date() > event_session.ends_on:
        raise ItemRefused(_l("Please let it end within the days of this run."), field="ends_at")


def _line(value: str, limit: int, *, field: str) -> str:
    try:
        return text.clean_line(value, limit)
    except text.TooLong as problem:
        raise _too_long(limit, field) from problem


def _text(value: str, limit: int, *, field: str) -> str:
    try:
        return text.clean_text(value, limit)
    except text.TooLong as problem:
        raise _too_long(limit, field) from problem


def _too_long(limit: int, field: str) -> ItemRefused:
    return ItemRefused(_l("Please keep this to %(limit)s characters at most.", limit=limit), field=field)


def _shifted(draft: Draft, days: timedelta, *, zone_name: str) -> Draft:
    """The same hours on the clocks of the Event's zone, so many days later."""
    zone = ZoneInfo(zone_name)
    starts_at, ends_at = (one.astimezone(zone) + days for one in (draft.starts_at, draft.ends_at))
    return replace(draft, starts_at=starts_at, ends_at=ends_at)


def _changed_since(event: Event, item: AgendaItem, *, seen: int | None) -> bool:
    publication = latest(event)
    if seen is None or publication is None or publication.number <= seen:
        return False
    entry = {entry["uid"]: entry for entry in publication.snapshot}.get(item.uid)
    return entry is not None and entry["sequence"] >= seen


def _publish(event: Event, by: str) -> Publication:
    """The next number; an item's sequence is the number of the publication before the one that changed it.

    So it rises with every change and never falls, even for an item that was hidden for a while.
    """
    db.session.flush()
    before = latest(event)
    known = {entry["uid"]: entry for entry in before.snapshot} if before else {}
    number = before.number + 1 if before else 1
    snapshot = []
    for event_session in seats.runs(event):
        for item in working_items(event_session):
            if not item.internal:
                snapshot.append(
                    _entry(item, event_session.number, before=known.get(item.uid), sequence=number - 1)
                )
    publication = Publication(
        event_id=event.id, number=number, published_at=now(), published_by=by[:80], snapshot=snapshot
    )
    db.session.add(publication)
    journal.record("agenda published", publication, number=number)
    return publication


def _entry(item: AgendaItem, run: int, *, before: dict[str, Any] | None, sequence: int) -> dict[str, Any]:
    entry = {name: getattr(item, name) for name in SHOWN}
    entry |= {name: _iso(entry[name]) for name in ("starts_at", "ends_at")}
    entry |= {"uid": item.uid, "run": run, "kind": str(item.kind)}
    if before is not None and all(before.get(name) == value for name, value in entry.items()):
        return before
    return entry | {"sequence": sequence, "changed_at": _iso(now())}


def _iso(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("UTC")).isoformat()
