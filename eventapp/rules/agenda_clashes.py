"""Clashes: what of the agenda cannot be (an error: it is not published) or had better be looked at (a warning)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind, Shown
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.models.wording import LANGUAGES

WALK = timedelta(minutes=5)  # to another room
LUNCH = (time(11), time(14, 30))
NOON, AFTER = time(12), time(13, 30)
EVENING = time(16)  # a meal from here on is a dinner


class Why(StrEnum):
    """What is wrong."""

    ROOM = "room"
    SPEAKER = "speaker"
    PLACES = "places"
    DAYS = "days"
    PEOPLE = "people"
    WALK = "walk"
    LUNCH = "lunch"
    DINNER = "dinner"


ERRORS = (Why.ROOM, Why.SPEAKER, Why.PLACES, Why.DAYS, Why.PEOPLE)


@dataclass(frozen=True)
class Clash:
    """One of them: `item` with `other`, or alone; number: minutes, or people. Without an item it is a day's."""

    why: Why
    run: int
    item: Shown | None = None
    other: Shown | None = None
    number: int = 0
    on: date | None = None

    @property
    def is_error(self) -> bool:
        """Whether it keeps a publication back."""
        return self.why in ERRORS

    @property
    def uids(self) -> set[str]:
        """The items it is about."""
        return {one.uid for one in (self.item, self.other) if one is not None}


def held(event: Event) -> dict[str, set[int]]:
    """Who has a place in which item: uid to the ids of Registrations."""
    rows = db.session.execute(
        select(AgendaItem.uid, SignUp.registration_id)
        .join(SignUp, SignUp.agenda_item_id == AgendaItem.id)
        .join(Registration, Registration.id == SignUp.registration_id)
        .join(EventSession, EventSession.id == AgendaItem.event_session_id)
        .where(
            EventSession.event_id == event.id,
            Registration.event_session_id == AgendaItem.event_session_id,
            Registration.status.in_(HOLDS_PLACE),
            SignUp.queued_at.is_(None),
        )
    )
    found: dict[str, set[int]] = {}
    for uid, registration_id in rows:
        found.setdefault(uid, set()).add(registration_id)
    return found


def among(
    items: Sequence[Shown], *, runs: Sequence[EventSession], taken: Mapping[str, set[int]]
) -> list[Clash]:
    """Errors first, each in the order of the items."""
    found = [
        *_of_pairs(items, taken),
        *_of_single_items(items, runs, taken=taken),
        *_of_days(items, runs),
    ]
    return sorted(found, key=lambda clash: not clash.is_error)


def in_both(one: Shown, other: Shown) -> list[Speaker]:
    """Who speaks in both of them."""
    return [mine for mine in one.speakers if any(_same_person(mine, theirs) for theirs in other.speakers)]


# -- inside -------------------------------------------------------------------------------------------


def _of_pairs(items: Sequence[Shown], taken: Mapping[str, set[int]]) -> Iterator[Clash]:
    """Two things at one time. In the order of the clock, so only what can overlap is compared."""
    clock = sorted(items, key=lambda item: (item.starts_at, item.ends_at, item.uid))
    for place, one in enumerate(clock):
        for other in clock[place + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            minutes = _minutes(one, other)
            if not _in_groups(one, other) and _same_room(one, other):
                yield Clash(Why.ROOM, other.run, other, one, minutes)
            if in_both(one, other):
                yield Clash(Why.SPEAKER, other.run, other, one, minutes)
            both = taken.get(one.uid, set()) & taken.get(other.uid, set())
            if both:
                yield Clash(Why.PEOPLE, other.run, other, one, len(both))


def _of_single_items(
    items: Sequence[Shown], runs: Sequence[EventSession], *, taken: Mapping[str, set[int]]
) -> Iterator[Clash]:
    by_number = {run.number: run for run in runs}
    for item in items:
        people = len(taken.get(item.uid, ()))
        if item.places is not None and item.places < people:
            yield Clash(Why.PLACES, item.run, item, number=people)
        run = by_number.get(item.run)
        if run is None or not _within(item, run):
            yield Clash(Why.DAYS, item.run, item)


def _of_days(items: Sequence[Shown], runs: Sequence[EventSession]) -> Iterator[Clash]:
    for run in runs:
        zone = ZoneInfo(run.event.time_zone)
        days: dict[date, list[Shown]] = {}
        for item in sorted(items, key=lambda one: (one.starts_at, one.ends_at, one.uid)):
            if item.run == run.number:
                days.setdefault(item.starts_at.astimezone(zone).date(), []).append(item)
        for on, of_day in days.items():
            yield from _walks(of_day)
            yield from _meals(of_day, run, on=on)


def _walks(items: Sequence[Shown]) -> Iterator[Clash]:
    """From one room to the next without a minute for the way."""
    for one, other in pairwise(item for item in items if item.group_number is None):
        gap = other.starts_at - one.ends_at
        rooms = bool(one.room_ko or one.room_en) and bool(other.room_ko or other.room_en)
        if rooms and timedelta() <= gap < WALK and not _same_room(one, other):
            yield Clash(Why.WALK, other.run, other, one, int(gap.total_seconds() // 60))


def _meals(items: Sequence[Shown], run: EventSession, *, on: date) -> Iterator[Clash]:
    """A day that goes on over noon has a lunch; one that is followed by another has a dinner."""
    zone = ZoneInfo(run.event.time_zone)
    first = min(item.starts_at for item in items).astimezone(zone)
    last = max(item.ends_at for item in items).astimezone(zone)
    at_noon, after = (datetime.combine(on, hour, zone) for hour in (NOON, AFTER))
    meals = [item.starts_at.astimezone(zone).time() for item in items if item.kind == Kind.MEAL]
    if first < at_noon and last > after and not any(LUNCH[0] <= meal < LUNCH[1] for meal in meals):
        yield Clash(Why.LUNCH, run.number, on=on)
    goes_on = on < run.ends_on and last > datetime.combine(on, EVENING, zone)
    if goes_on and not any(meal >= EVENING for meal in meals):
        yield Clash(Why.DINNER, run.number, on=on)


def _within(item: Shown, run: EventSession) -> bool:
    zone = ZoneInfo(run.event.time_zone)
    last = (item.ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    return run.starts_on <= item.starts_at.astimezone(zone).date() and last <= run.ends_on


def _in_groups(one: Shown, other: Shown) -> bool:
    """Groups that set out together may meet in one place."""
    groups = (one.group_number, other.group_number)
    together = (one.run, one.kind, one.starts_at) == (other.run, other.kind, other.starts_at)
    return together and None not in groups and groups[0] != groups[1]


def _same_room(one: Shown, other: Shown) -> bool:
    """As either language writes it."""
    return bool(_alike(one, other, part="room"))


def _same_person(one: Speaker, other: Speaker) -> bool:
    """By the name in either language; who comes from elsewhere is somebody else of that name."""
    elsewhere = all((who.affiliation_ko or who.affiliation_en) for who in (one, other)) and not _alike(
        one, other, part="affiliation"
    )
    return bool(_alike(one, other, part="name")) and not elsewhere


def _alike(one: Any, other: Any, *, part: str) -> set[str]:
    mine, theirs = (
        {getattr(row, f"{part}_{language}").strip().casefold() for language in LANGUAGES}
        for row in (one, other)
    )
    return (mine & theirs) - {""}


def _minutes(one: Shown, other: Shown) -> int:
    together = min(one.ends_at, other.ends_at) - max(one.starts_at, other.starts_at)
    return int(together.total_seconds() // 60)
