"""What organizers write for an item of the agenda, and what it must be to become one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from eventapp.errors import RuleBroken
from eventapp.formats import text
from eventapp.models.event_session import EventSession
from eventapp.models.presenting import Material, Speaker
from eventapp.models.programme import Kind
from eventapp.models.wording import LANGUAGES
from eventapp.rules import seats

LINES = {"title": 160, "room": 80}
PARAGRAPHS = {"text": 2000}
SPEAKER = {"name": 80, "title": 80, "affiliation": 120}
MOST_SPEAKERS = 12
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
    places: int | None = None
    group_number: int | None = None
    internal: bool = False
    speakers: tuple[Speaker, ...] = ()
    materials: tuple[Material, ...] = ()


WRITTEN = tuple(field.name for field in fields(Draft))
SHOWN = tuple(name for name in WRITTEN if name != "internal")  # to partners


def in_every_run(event_session: EventSession, draft: Draft) -> list[tuple[EventSession, Draft]]:
    """The same item in this run and, on the same day and hour, in the others."""
    return [(run, in_run(event_session, draft, to=run)) for run in seats.runs(event_session.event)]


def in_run(event_session: EventSession, draft: Draft, *, to: EventSession) -> Draft:
    """The same hours on the clocks of the Event's zone, on the same day of another run."""
    zone = ZoneInfo(event_session.event.time_zone)
    days = to.starts_on - event_session.starts_on
    starts_at, ends_at = (one.astimezone(zone) + days for one in (draft.starts_at, draft.ends_at))
    return replace(draft, starts_at=starts_at, ends_at=ends_at)


def drafted(item: Any) -> Draft:
    """What is written in an item that is kept, to be changed."""
    return Draft(**{name: getattr(item, name) for name in WRITTEN})


def checked(event_session: EventSession, draft: Draft) -> dict[str, Any]:
    """The values of a row. Raises ItemRefused."""
    values = {name: getattr(draft, name) for name in WRITTEN} | {"kind": str(draft.kind)}
    for language in LANGUAGES:
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
    values["speakers"] = _speakers(draft.speakers)
    for name in ("places", "group_number"):
        if values[name] is not None and not 0 <= values[name] <= MOST_PLACES:
            raise ItemRefused(_l("Please write a number between 0 and 10,000."), field=name)
    return values


def _speakers(speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
    """Those who were written; each has a name."""
    found = []
    for speaker in speakers:
        words = {
            f"{name}_{language}": _line(getattr(speaker, f"{name}_{language}"), limit, field="speakers")
            for name, limit in SPEAKER.items()
            for language in LANGUAGES
        }
        if any(words.values()):
            if not (words["name_ko"] or words["name_en"]):
                raise ItemRefused(_l("Please write the speaker’s name."), field="speakers")
            found.append(Speaker(**words))
    if len(found) > MOST_SPEAKERS:
        raise ItemRefused(_l("More than %(most)s speakers do not fit."), field="speakers", most=MOST_SPEAKERS)
    return tuple(found)


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
