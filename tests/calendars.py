"""A calendar document as two readers that know nothing of each other understand it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import vobject
from icalendar import Calendar


@dataclass(frozen=True)
class Read:
    """One entry; its moments in UTC, zone: the one they are written in."""

    uid: str
    sequence: int
    status: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    location: str
    description: str
    url: str


def read(data: bytes) -> list[Read]:
    """What both understand; they have to agree on every word."""
    one, other = by_icalendar(data), by_vobject(data)
    assert one == other
    return one


def by_icalendar(data: bytes) -> list[Read]:
    return [
        Read(
            uid=str(entry["UID"]),
            sequence=int(entry["SEQUENCE"]),
            status=str(entry["STATUS"]),
            starts_at=entry.decoded("DTSTART").astimezone(UTC),
            ends_at=entry.decoded("DTEND").astimezone(UTC),
            zone=entry["DTSTART"].params["TZID"],
            **{name: str(entry.get(name, "")) for name in ("summary", "location", "description", "url")},
        )
        for entry in Calendar.from_ical(data).walk("VEVENT")
    ]


def by_vobject(data: bytes) -> list[Read]:
    found = vobject.readOne(data.decode())
    return [
        Read(
            uid=entry.uid.value,
            sequence=int(entry.sequence.value),
            status=entry.status.value,
            starts_at=entry.dtstart.value.astimezone(UTC),
            ends_at=entry.dtend.value.astimezone(UTC),
            zone=entry.dtstart.x_vobj_original_tzid_param
            if hasattr(entry.dtstart, "x_vobj_original_tzid_param")
            else entry.dtstart.params["X-VOBJ-ORIGINAL-TZID"][0],
            **{name: words(entry, name) for name in ("summary", "location", "description", "url")},
        )
        for entry in found.contents.get("vevent", [])
    ]


def words(entry: Any, name: str) -> str:
    return entry.contents[name][0].value if name in entry.contents else ""
