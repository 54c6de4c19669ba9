"""schedule.json: the form in which frab, pretalx and the conference apps hand a programme around.

The fields are those that https://c3voc.de/wiki/schedule names; times stand on the clocks of the place.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

STEP = timedelta(minutes=5)
NO_ROOM = "-"


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One item. id and uid stay the same over every version; people: the names of who speaks."""

    id: int
    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    url: str
    ics: str
    kind: str
    track: str
    language: str
    subtitle: str = ""
    room: str = ""
    text: str = ""
    people: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()  # title and address


def schedule(
    *,
    version: str,
    address: str,
    slug: str,
    title: str,
    zone: str,
    days: Sequence[date],
    talks: Sequence[Talk],
) -> dict[str, Any]:
    """The whole document; days: those of the Event, each with what it holds."""
    rooms = sorted({talk.room or NO_ROOM for talk in talks})
    tracks = sorted({talk.track for talk in talks})
    conference = {
        "acronym": f"partners_{slug.replace('-', '_')}",
        "title": title,
        "start": days[0].isoformat() if days else "",
        "end": days[-1].isoformat() if days else "",
        "daysCount": len(days),
        "timeslot_duration": _length(STEP),
        "time_zone_name": zone,
        "url": address,
        "tracks": [{"name": track} for track in tracks],
        "rooms": [{"name": room, "guid": _named(f"{slug} {room}"), "capacity": None} for room in rooms],
        "days": [
            _day(number, on, talks=talks, zone=ZoneInfo(zone), slug=slug)
            for number, on in enumerate(days, start=1)
        ],
    }
    return {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "Partners Day"},
        "schedule": {"version": version, "base_url": address, "conference": conference},
    }


def _day(number: int, on: date, *, talks: Sequence[Talk], zone: ZoneInfo, slug: str) -> dict[str, Any]:
    own = [talk for talk in talks if talk.starts_at.astimezone(zone).date() == on]
    rooms: dict[str, list[dict[str, Any]]] = {}
    for talk in own:
        rooms.setdefault(talk.room or NO_ROOM, []).append(_talk(talk, zone=zone, slug=slug))
    return {
        "index": number,
        "date": on.isoformat(),
        "day_start": datetime.combine(on, time(), zone).isoformat(),
        "day_end": datetime.combine(on + timedelta(days=1), time(), zone).isoformat(),
        "rooms": rooms,
    }


def _talk(talk: Talk, *, zone: ZoneInfo, slug: str) -> dict[str, Any]:
    begins = talk.starts_at.astimezone(zone)
    return {
        "id": talk.id,
        "guid": talk.uid,
        "date": begins.isoformat(),
        "start": f"{begins:%H:%M}",
        "duration": _length(talk.ends_at - talk.starts_at),
        "room": talk.room or NO_ROOM,
        "slug": _slug(f"{slug}-{talk.id}-{talk.title}"),
        "url": talk.url,
        "title": talk.title,
        "subtitle": talk.subtitle,
        "track": talk.track,
        "type": talk.kind,
        "language": talk.language,
        "abstract": talk.text,
        "description": "",
        "persons": [
            {"guid": _named(f"{slug} {name}"), "name": name, "public_name": name} for name in talk.people
        ],
        "links": [{"url": url, "title": title} for title, url in (*talk.links, ("iCalendar", talk.ics))],
        "attachments": [],
        "answers": [],
    }


def _length(span: timedelta) -> str:
    """hh:mm, as long as it may be."""
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _slug(words: str) -> str:
    """Latin letters and numbers alone, as the form wants it."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:80].strip("-")


def _named(words: str) -> str:
    """The same id for the same words, in every version."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"partners-day {words}"))
