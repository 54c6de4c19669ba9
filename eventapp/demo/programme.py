"""The demo's agenda: published, changed once, and with something in the working copy that is not out yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.demo.telling import october
from eventapp.demo.words import AGENDA, SPEAKERS
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import publications, seats, working_copies
from eventapp.rules.agenda_items import WRITTEN, Draft

BY = "윤서진"
SPEAKER_NAMES = ("name_ko", "name_en", "title_ko", "title_en", "affiliation_ko", "affiliation_en")
FOLLOWED = "묻고 답하기"  # came with the second publication, and what stands before it was moved for it


def write(event: Event) -> None:
    """The two days of both runs, as they were published first."""
    drafts = [(run, draft(run, line)) for run in seats.runs(event) for line in AGENDA if line[4] != FOLLOWED]
    early = [(run, _later(one, minutes=-30) if one.title_ko == "AI 동향" else one) for run, one in drafts]
    working_copies.add(event, early, by=BY)
    publications.publish(event, by=BY)


def edits(event: Event) -> list[tuple[datetime, Callable[[], None]]]:
    """What organizers did to it later, and when."""
    return [
        (october(12, 15, 0), partial(_publish_again, event)),
        (october(15, 17, 30), partial(_move_unpublished, event)),
    ]


def draft(run: EventSession, line: tuple[Any, ...]) -> Draft:
    """One line of AGENDA on that run's days."""
    day, begins, ends, kind, *words, places, group = line
    on = run.starts_on + timedelta(days=day)
    zone = ZoneInfo(run.event.time_zone)
    names = ("title_ko", "title_en", "text_ko", "text_en", "room_ko", "room_en")
    return Draft(
        kind=Kind(kind),
        starts_at=datetime.combine(on, time.fromisoformat(begins), zone),
        ends_at=datetime.combine(on, time.fromisoformat(ends), zone),
        places=places,
        group_number=group,
        speakers=tuple(
            Speaker(**dict(zip(SPEAKER_NAMES, row, strict=True))) for row in SPEAKERS.get(words[0], ())
        ),
        **dict(zip(names, words, strict=True)),
    )


def _publish_again(event: Event) -> None:
    """Half an hour later for what the host does with AI, and time for questions after it."""
    for item in working_copies.of(event).items():
        if item.title_ko == "AI 동향":
            _move(event, item, minutes=30)
    lines = [line for line in AGENDA if line[4] == FOLLOWED]
    working_copies.add(event, [(run, draft(run, line)) for run in seats.runs(event) for line in lines], by=BY)
    publications.publish(event, by=BY)


def _move_unpublished(event: Event) -> None:
    """Only organizers see this yet."""
    item = next(one for one in working_copies.of(event).items(1) if one.title_ko == "인프라 동향")
    _move(event, item, minutes=10)


def _move(event: Event, item: WorkingItem, *, minutes: int) -> None:
    kept = Draft(**{name: getattr(item, name) for name in WRITTEN})
    working_copies.change(event, item.uid, draft=_later(kept, minutes=minutes), by=BY)


def _later(one: Draft, *, minutes: int) -> Draft:
    by = timedelta(minutes=minutes)
    return replace(one, starts_at=one.starts_at + by, ends_at=one.ends_at + by)
