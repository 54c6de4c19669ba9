"""The company's days as a calendar file for its coordinator."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, g, url_for

from eventapp.formats import calendar
from eventapp.models.event_session import EventSession
from eventapp.models.wording import said
from eventapp.reports import company_seats
from eventapp.rules import publications
from eventapp.web import looks

page = Blueprint("calendar", __name__)


@page.get("/invitation/<int:id>/calendar.ics")
def download(id: int) -> Response:
    """One entry for each day of a run in which the company has a seat; before any name, of each run."""
    runs: dict[EventSession, list[str]] = {}
    for seat in company_seats.named(g.invitation):
        if seat.event_session is not None:
            runs.setdefault(seat.event_session, []).append(seat.person.name_and_title)
    if not runs:
        runs = {run: [] for run, _places in company_seats.free_places(g.invitation)}
    entries = [entry for run, names in runs.items() for entry in _days(run, names)]
    document = calendar.feed(
        said(g.event, "name", language=looks.current_language()), entries, zone=g.event.time_zone
    )
    answer = Response(document, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="partners-day-{g.event.year}.ics"'
    return answer


def _days(run: EventSession, names: list[str]) -> list[calendar.Entry]:
    """From the first to the last published item of each day; 09:00 to 18:00 where nothing is published."""
    language, zone = looks.current_language(), ZoneInfo(g.event.time_zone)
    publication = publications.latest(g.event)
    items = publication.items(run.number) if publication else []
    entries = []
    for offset in range((run.ends_on - run.starts_on).days + 1):
        day = run.starts_on + timedelta(days=offset)
        own = [item for item in items if item.starts_at.astimezone(zone).date() == day]
        entries.append(
            calendar.Entry(
                uid=f"invitation-{g.invitation.id}-run-{run.number}-day-{offset + 1}@partners-day",
                start=min((item.starts_at for item in own), default=datetime.combine(day, time(9), zone)),
                end=max((item.ends_at for item in own), default=datetime.combine(day, time(18), zone)),
                changed_at=publication.published_at if publication else g.event.created_at,
                summary=said(g.event, "name", language=language),
                sequence=publication.number if publication else 0,
                location=said(run, "venue", language=language) or said(g.event, "place", language=language),
                description=", ".join(names),
                url=looks.outside_url(url_for("partner.coordinator.invitation.show", id=g.invitation.id)),
            )
        )
    return entries
