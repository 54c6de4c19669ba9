"""iCalendar feeds and attachments (RFC 5545) that calendars can refresh without doubling an entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from eventapp.formats import text

_PRODUCT = "-//Partners Day//Partners Day//KO"
_FIRST, _LAST = date(2000, 1, 1), date(2038, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing in a calendar. The same `uid` with a higher `sequence` replaces what was sent before.

    `start`, `end` and `changed_at` are aware; `url` is an address of ours or empty. Whole days are dates, and
    `end` is then the last of them.
    """

    uid: str
    start: datetime | date
    end: datetime | date
    changed_at: datetime
    summary: str
    sequence: int = 0
    location: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False


def feed(name: str, entries: Iterable[Entry], *, zone: str, method: str = "PUBLISH") -> bytes:
    """A text/calendar document, lines folded and ended by CRLF. Raises ValueError for a time without a zone."""
    calendar = Calendar()
    for field, value in (("prodid", _PRODUCT), ("version", "2.0"), ("method", method)):
        calendar.add(field, value)
    calendar.add("name", _line(name))
    calendar.add("x-wr-calname", _line(name))
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", timedelta(minutes=15), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    calendar.add_component(_time_zone(zone))
    for entry in entries:
        calendar.add_component(_event(entry, ZoneInfo(zone)))
    return calendar.to_ical()


@lru_cache(maxsize=16)
def _time_zone(zone: str) -> Timezone:
    """Costs some 20 ms, hence kept; nobody changes it afterwards."""
    return Timezone.from_tzid(zone, first_date=_FIRST, last_date=_LAST)


def _event(entry: Entry, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", _line(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _moment(entry.changed_at, UTC))
    event.add("last-modified", _moment(entry.changed_at, UTC))
    event.add("dtstart", _moment(entry.start, zone))
    event.add("dtend", _moment(entry.end, zone, last=True))
    event.add("summary", entry.summary)
    for field, value in (
        ("location", entry.location),
        ("description", entry.description),
        ("url", entry.url),
    ):
        if value:
            event.add(field, value)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    return event


def _line(value: str) -> str:
    """No line may begin where a person typed one."""
    return text.clean_line(value, len(value))


def _moment(when: datetime | date, zone: tzinfo, *, last: bool = False) -> datetime | date:
    """In that zone; a day stays a day, and as an end it is the one after (RFC 5545, 3.6.1)."""
    if not isinstance(when, datetime):
        return when + timedelta(days=1) if last else when
    if when.tzinfo is None:
        raise ValueError("a time without a zone")
    return when.astimezone(zone)
