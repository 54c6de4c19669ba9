"""A delay on the day: what of today is not over slides, in one run, published at once and told to that run alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from eventapp.clock import now, today
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.formats import dates
from eventapp.models.agenda import Publication
from eventapp.models.event_session import EventSession
from eventapp.models.programme import Shown
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import publications, working_copies

LATE = timedelta(minutes=15)


class NothingLeft(RuleBroken):
    """The run has no day today, or the day is over."""

    code = "nothing-left-today"
    sentence = _l("Nothing of this run is left today.")


def left_today(event_session: EventSession, items: Sequence[Shown]) -> set[str]:
    """The uids of what the run has today and what is not over."""
    zone, moment = event_session.event.time_zone, now()
    return {
        item.uid
        for item in items
        if item.run == event_session.number
        and item.ends_at > moment
        and dates.local(item.starts_at, zone).date() == today(zone)
    }


def slide(event_session: EventSession, *, seen: int, by: str = "") -> Publication:
    """A quarter of an hour later, with one letter to each person of that run whom it concerns.

    seen: the number of the publication on the screen, so that two presses at once are one delay. What organizers
    write and have not published stays unpublished; where it is like what is published, it slides along.
    Raises NothingLeft, Stale, PublishingRefused.
    """
    event = event_session.event
    with db.writing():
        copy = working_copies.hold(event)
        latest = publications.latest(event)
        if latest is None or latest.number != seen:
            raise Stale()
        before = working_copies.as_published(event)
        late = left_today(event_session, before)
        if not late:
            raise NothingLeft()
        after = {item.uid: _later(item) if item.uid in late else item for item in before}
        stood = {item.uid: (item.starts_at, item.ends_at) for item in before}
        working_copies.put(
            event,
            [
                _later(item)
                if item.uid in late and (item.starts_at, item.ends_at) == stood[item.uid]
                else item
                for item in copy.items()
            ],
            by=by,
        )
        made = publications.put_out(event, list(after.values()), by=by, letters=True)
        made.told = made.told | {"late": event_session.number}
        return made


def late_today(event_session: EventSession) -> int:
    """By how many minutes the run is late today; an earlier publication that came back ends that."""
    event, minutes = event_session.event, 0
    midnight = datetime.combine(today(event.time_zone), time(), ZoneInfo(event.time_zone))
    for one in publications.newest(event, limit=100):
        if one.published_at < midnight or one.back_to is not None:
            break
        if one.told.get("late") == event_session.number:
            minutes += int(LATE.total_seconds() // 60)
    return minutes


def _later(item: WorkingItem) -> WorkingItem:
    """What has begun ends later, what has not begun begins later as well."""
    begins = item.starts_at if item.starts_at <= now() else item.starts_at + LATE
    return replace(item, starts_at=begins, ends_at=item.ends_at + LATE)
