"""The facts page in words: the event's state, and what was changed when by whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventapp.formats import dates
from eventapp.models.states import EventStatus
from eventapp.reports import history
from eventapp.web import looks

EVENT_WORDS = {
    EventStatus.DRAFT: _l("The event is still a draft."),
    EventStatus.OPEN: _l("The event is open; partners can answer."),
    EventStatus.CLOSED: _l("The event is closed."),
    EventStatus.ARCHIVED: _l("The event is archived."),
}


def day_of(moment: datetime) -> str:
    """The day in the event's time zone, in the reader's language."""
    day = dates.local(moment, g.event.time_zone).date()
    return dates.day(day, looks.current_language())


def step(of: history.Step) -> dict[str, Any]:
    """One line of what was changed."""
    day = dates.local(of.at, g.event.time_zone).date()
    return {
        "when": dates.numbers(day, looks.current_language()),
        "at": dates.clock_time(of.at, g.event.time_zone),
        "words": _told(of),
        "who": "" if of.who in ("nobody", "command", "demo") else of.who,
    }


def _told(of: history.Step) -> str:
    detail = of.detail
    words = {
        "event made": _("The event was made"),
        "facts stated": _("Facts changed"),
        "facts confirmed": _("Facts confirmed"),
        "run added": _("A run was added"),
        "run changed": _("A run was changed"),
        "imported": _("A list was imported"),
        "event open": _("The event was opened"),
        "event closed": _("The event was closed"),
        "approval wanted": _("Names are looked at before they are confirmed"),
        "approval not wanted": _("Names are confirmed at once"),
        "quiet hours set": _("The quiet hours were changed"),
        "event archived": _("The event was archived"),
        "capacity set": _(
            "Places from %(before)s to %(after)s",
            before=detail.get("before", "–"),
            after=detail.get("after", "–"),
        ),
    }
    return words[of.action]
