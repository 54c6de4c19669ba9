"""The quiet line on every page of the desk: which of a host contact's partners have come."""

from __future__ import annotations

from typing import Any

from flask import g

from eventapp.formats import dates
from eventapp.models.staff import Role
from eventapp.reports import arrival_news
from eventapp.reports.arrival_news import News
from eventapp.web import gates

SHOWN = 3  # names in the line


def line() -> dict[str, Any] | None:
    """The quiet line for a host contact: how many, the first names, and until when it was told; None for nothing."""
    event = g.get("event")
    if event is None or g.staff.role != Role.HOST_CONTACT or not g.staff.tell_arrivals:
        return None
    news = arrival_news.of(event, gates.own_company_ids(), since=g.staff.arrivals_seen_at)
    if not news:
        return None
    said = ", ".join(_one(one) for one in news[:SHOWN])
    return {
        "count": len(news),
        "said": said,
        "more": len(news) - SHOWN,
        "until": news[0].heard_at.isoformat(),
    }


def _one(one: News) -> str:
    clock = dates.clock_time(one.at, g.event.time_zone)
    return f"{one.person.name_and_title} ({one.company}) {clock}"
