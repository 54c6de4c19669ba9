"""Quiet hours: a span of the Event's night in which no letter leaves that can wait for the morning."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.models.event import Event
from eventapp.rules import journal


class HalfQuiet(RuleBroken):
    """A beginning without an end, or a span of no length."""

    code = "half-quiet"
    sentence = _l("Please choose both hours, not the same ones, or leave both empty.")


def heeded(event: Event, moment: datetime) -> datetime:
    """`moment` (aware) itself, or the end of the quiet hours it falls into."""
    if event.quiet_from is None or event.quiet_until is None:
        return moment
    local = moment.astimezone(ZoneInfo(event.time_zone))
    if not _is_quiet(local.time(), begin=event.quiet_from, end=event.quiet_until):
        return moment
    wakes = local.replace(
        hour=event.quiet_until.hour, minute=event.quiet_until.minute, second=0, microsecond=0
    )
    if wakes <= local:
        wakes += timedelta(days=1)
    return wakes.astimezone(moment.tzinfo)


def set_hours(event: Event, *, begin: time | None, end: time | None) -> None:
    """From when to when; None twice: no hour is quiet. Raises HalfQuiet."""
    with db.writing():
        db.lock(event)
        if (begin is None) != (end is None) or (begin is not None and begin == end):
            raise HalfQuiet(field="quiet_until")
        event.quiet_from, event.quiet_until = begin, end
        said = {name: hour.isoformat("minutes") for name, hour in (("begin", begin), ("end", end)) if hour}
        journal.record("quiet hours set", event, event_id=event.id, **said)


def _is_quiet(at: time, *, begin: time, end: time) -> bool:
    if begin < end:
        return begin <= at < end
    return at >= begin or at < end
