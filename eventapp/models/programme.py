"""What there is to read of an item of the agenda, published or not: kinds, and the shape they are kept in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Self, TypeVar

from eventapp.models import presenting
from eventapp.models.presenting import Material, Speaker

Item = TypeVar("Item", bound="Shown")


class Kind(StrEnum):
    """What an item of the agenda is."""

    TOUR = "tour"
    SEMINAR = "seminar"
    INFRASTRUCTURE = "infrastructure"
    AI = "ai"
    MEAL = "meal"
    TRANSFER = "transfer"
    FREE = "free"


_AS: dict[str, Callable[[Any], Any]] = {  # JSON knows lists alone
    "came_from": tuple,
    "speakers": partial(presenting.rows, kind=Speaker),
    "materials": partial(presenting.rows, kind=Material),
}
PROGRAMMES = (Kind.TOUR, Kind.SEMINAR, Kind.INFRASTRUCTURE, Kind.AI)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One item to be read, wherever it is kept as JSON: {name: value}, its times ISO in UTC."""

    uid: str
    run: int
    kind: str
    title_ko: str
    title_en: str
    text_ko: str
    text_en: str
    room_ko: str
    room_en: str
    starts_at: datetime
    ends_at: datetime
    places: int | None
    group_number: int | None
    speakers: tuple[Speaker, ...] = ()
    materials: tuple[Material, ...] = ()

    @classmethod
    def read(cls, entry: dict[str, Any]) -> Self:
        """An entry, its times as aware moments. One from before speakers had rows named them on a line."""
        values = {field.name: entry[field.name] for field in fields(cls) if field.name in entry}
        made = {name: _AS[name](value) for name, value in values.items() if name in _AS}
        if "speakers" not in entry:
            made["speakers"] = presenting.written(entry["speaker_ko"], entry["speaker_en"])
        times = {
            name: datetime.fromisoformat(value) for name, value in values.items() if name.endswith("_at")
        }
        return cls(**values | made | times)

    def entry(self) -> dict[str, Any]:
        """As it is kept."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        times = {
            name: value.astimezone(UTC).isoformat()
            for name, value in values.items()
            if isinstance(value, datetime)
        }
        lists = {
            name: [asdict(one) if is_dataclass(one) else one for one in value]
            for name, value in values.items()
            if isinstance(value, tuple)
        }
        return values | times | lists | {"kind": str(self.kind)}

    def speakers_in(self, language: str) -> str:
        """Who speaks, with title and affiliation, on one line; everywhere the same."""
        return presenting.in_words(self.speakers, language)

    @property
    def is_programme(self) -> bool:
        """Whether it is one of the host's programmes, not a meal, a transfer or free time."""
        return self.kind in PROGRAMMES


@dataclass(frozen=True, kw_only=True)
class Published(Shown):
    """One item as partners see it. `changed_at`: when the publication came out that last touched it."""

    changed_at: datetime
    sequence: int


def in_order(items: Iterable[Item]) -> list[Item]:
    """Runs, then the order of the day."""
    return sorted(
        items, key=lambda item: (item.run, item.starts_at, item.ends_at, item.group_number or 0, item.uid)
    )
