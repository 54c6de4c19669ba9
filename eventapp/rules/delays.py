"""A delay on the day: what of today is not over slides, in one run, published at once and told to that run alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

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
    write and have not published stays unpublished and slides along, so that publishing it takes no delay back.
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
        working_copies.put(event, _slid(copy.items(), left_today(event_session, copy.items())), by=by)
        return publications.put_out(event, _slid(before, late), by=by, letters=True)


def _slid(items: Sequence[WorkingItem], late: set[str]) -> list[WorkingItem]:
    return [_later(item) if item.uid in late else item for item in items]


def _later(item: WorkingItem) -> WorkingItem:
    """What has begun ends later, what has not begun begins later as well."""
    begins = item.starts_at if item.starts_at <= now() else item.starts_at + LATE
    return replace(item, starts_at=begins, ends_at=item.ends_at + LATE)
