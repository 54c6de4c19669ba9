"""The published agenda at a glance: programmes with their hours, meals, days, what is on now and next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.clock import now, today
from eventapp.db import db
from eventapp.formats import dates
from eventapp.models.agenda import AgendaItem, Publication
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.programme import PROGRAMMES, Kind, Published

EVENING = 16  # a meal that starts at this hour or later is a dinner


@dataclass(frozen=True)
class When:
    """The day of the run (1 is its first) and the moment something starts there."""

    run: int
    day: int
    starts_at: datetime


@dataclass(frozen=True)
class Programme:
    """One of the host's programmes; `whens` holds one entry where every run has it on the same day and hour."""

    item: Published
    whens: list[When]


@dataclass(frozen=True)
class Meals:
    """What is eaten together in one run."""

    lunches: int
    dinners: int


@dataclass(frozen=True)
class Present:
    """What is on and what comes next; several items where groups go side by side."""

    on: list[Published]
    following: list[Published]


def programmes(items: Sequence[Published], runs: Sequence[EventSession]) -> list[Programme]:
    """Each kind of programme once, in the order of the first run that has it."""
    found = []
    for kind in PROGRAMMES:
        firsts = [_first(kind, items, run=run) for run in runs]
        whens = [_when(item, run) for item, run in zip(firsts, runs, strict=True) if item is not None]
        if whens:
            item = next(item for item in firsts if item is not None)
            found.append(Programme(item=item, whens=_merged(whens, complete=len(whens) == len(runs))))
    return sorted(found, key=lambda programme: programme.item.starts_at)


def meals(items: Sequence[Published], event_session: EventSession) -> Meals:
    """Lunches and dinners of a run."""
    zone = ZoneInfo(event_session.event.time_zone)
    hours = [
        item.starts_at.astimezone(zone).hour
        for item in items
        if item.run == event_session.number and item.kind == Kind.MEAL
    ]
    dinners = sum(hour >= EVENING for hour in hours)
    return Meals(lunches=len(hours) - dinners, dinners=dinners)


def days(items: Sequence[Published], event_session: EventSession) -> list[tuple[int, date, list[Published]]]:
    """A run's days that hold something: the day's number, its date, its items."""
    zone = ZoneInfo(event_session.event.time_zone)
    found: dict[date, list[Published]] = {}
    for item in items:
        if item.run == event_session.number:
            found.setdefault(item.starts_at.astimezone(zone).date(), []).append(item)
    return [((on - event_session.starts_on).days + 1, on, found[on]) for on in sorted(found)]


def at(items: Sequence[Published], moment: datetime) -> Present:
    """What is on at that moment, and the next things that start together."""
    later = sorted(item.starts_at for item in items if item.starts_at > moment)
    return Present(
        on=[item for item in items if item.starts_at <= moment < item.ends_at],
        following=[item for item in items if later and item.starts_at == later[0]],
    )


def this_morning(event: Event) -> Publication | None:
    """The publication that held when the day began at the place; what came later is news of the day."""
    begins = datetime.combine(today(event.time_zone), time(), ZoneInfo(event.time_zone))
    return db.session.scalar(
        select(Publication)
        .where(Publication.event_id == event.id, Publication.published_at < begins)
        .order_by(Publication.number.desc())
        .limit(1)
    )


def late(items: Sequence[Published], morning: Publication | None) -> dict[str, int]:
    """By how many minutes what is still to come today starts later than it stood in the morning, by uid."""
    return {uid: minutes for uid, minutes in _behind(items, morning, of="starts_at").items() if minutes > 0}


def late_today(items: Sequence[Published], morning: Publication | None) -> int:
    """By how many minutes all that is not over today ends later than it stood in the morning."""
    return max(0, min(_behind(items, morning, of="ends_at").values(), default=0))


def numbers(event: Event) -> dict[str, int]:
    """A number for each item, by uid; it stays whatever is published."""
    rows = db.session.execute(
        select(AgendaItem.uid, AgendaItem.id)
        .join(EventSession, EventSession.id == AgendaItem.event_session_id)
        .where(EventSession.event_id == event.id)
    )
    return {row.uid: row.id for row in rows}


def same_elsewhere(item: Published, items: Sequence[Published]) -> list[Published]:
    """A programme for others: its other groups, and in the other runs."""
    return [
        one
        for one in items
        if item.is_programme
        and one.uid != item.uid
        and one.kind == item.kind
        and (one.title_ko == item.title_ko or (one.group_number and one.starts_at == item.starts_at))
    ]


def run_on(runs: Sequence[EventSession], on: date) -> EventSession | None:
    """The run of that day, else the next to come, else the last."""
    coming = [run for run in runs if run.ends_on >= on]
    return coming[0] if coming else runs[-1] if runs else None


def _behind(items: Sequence[Published], morning: Publication | None, *, of: str) -> dict[str, int]:
    if morning is None:
        return {}
    zone = morning.event.time_zone
    stood = {item.uid: item for item in morning.items()}
    return {
        item.uid: int((getattr(item, of) - getattr(stood[item.uid], of)).total_seconds() // 60)
        for item in items
        if item.uid in stood and item.ends_at > now()
        if dates.local(stood[item.uid].starts_at, zone).date() == today(zone)
    }


def _first(kind: Kind, items: Sequence[Published], *, run: EventSession) -> Published | None:
    return next((item for item in items if item.run == run.number and item.kind == kind), None)


def _when(item: Published, run: EventSession) -> When:
    on = item.starts_at.astimezone(ZoneInfo(run.event.time_zone)).date()
    return When(run=run.number, day=(on - run.starts_on).days + 1, starts_at=item.starts_at)


def _merged(whens: list[When], *, complete: bool) -> list[When]:
    same = {(when.day, when.starts_at.time()) for when in whens}
    return whens[:1] if complete and len(same) == 1 else whens
