"""The published agenda: as a page for people, as a feed for calendars."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from flask import Blueprint, abort, g, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from eventapp.formats import calendar, dates
from eventapp.models.agenda import Published
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.wording import said
from eventapp.reports import published_agenda
from eventapp.rules import agenda, seats
from eventapp.web import looks

page = Blueprint("agenda", __name__)
DAYS = {1: _l("First day"), 2: _l("Second day")}


@page.get("/<event:slug>/agenda")
def show(slug: str) -> str:
    """Both runs, or the one asked for."""
    runs = seats.runs(g.event)
    chosen = _chosen(runs)
    publication = agenda.latest(g.event)
    items = publication.items() if publication else []
    return render_template(
        "public/agenda.html",
        event=g.event,
        runs=runs,
        chosen=chosen,
        shown=[_run(run, items) for run in runs if chosen in (None, run)],
        publication=publication,
        picture=looks.outside_url(looks.asset("look/og.png")),
        address=looks.outside_url(request.path),
    )


@page.get("/<event:slug>/agenda.ics")
def feed(slug: str) -> Response:
    """One run for a calendar that asks again and again: cheap when nothing was published since."""
    runs = seats.runs(g.event)
    run = _chosen(runs)
    if run is None and len(runs) == 1:
        run = runs[0]
    if run is None:
        abort(404)
    publication = agenda.latest(g.event)
    language = looks.current_language()
    name = _("%(name)s, run %(run)s", name=said(g.event, "name", language=language), run=run.number)
    address = looks.outside_url(url_for("public.agenda.show", slug=slug, run=run.number))
    items = tuple(publication.items(run.number)) if publication else ()
    body = _calendar(items, name=name, zone=g.event.time_zone, language=language, address=address)
    response = make_response(body)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-run-{run.number}.ics"'
    response.headers["Cache-Control"] = "public, max-age=300"
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    return response.make_conditional(request)


def _chosen(runs: list[EventSession]) -> EventSession | None:
    """The run in ?run=; a run that does not exist is a page that does not exist."""
    wish = request.args.get("run", "")
    if not wish:
        return None
    found = [run for run in runs if str(run.number) == wish]
    if not found:
        abort(404)
    return found[0]


def _run(run: EventSession, items: list[Published]) -> dict[str, Any]:
    language = looks.current_language()
    return {
        "run": run,
        "dates": dates.date_range(run.starts_on, run.ends_on, language=language),
        "days": [
            {
                "heading": DAYS.get(number) or _("Day %(day)s", day=number),
                "under": dates.day(on, language),
                "items": [_item(item, run.event) for item in found],
            }
            for number, on, found in published_agenda.days(items, run)
        ],
    }


def _item(item: Published, event: Event) -> dict[str, Any]:
    language = looks.current_language()
    under = [said(item, "speaker", language=language), said(item, "text", language=language)]
    return {
        "time": dates.clock_time(item.starts_at, event.time_zone),
        "until": dates.clock_time(item.ends_at, event.time_zone),
        "title": _title(item, language),
        "under": "\n".join(line for line in under if line),
        "place": said(item, "room", language=language),
        "ours": item.is_programme,
    }


def _title(item: Published, language: str) -> str:
    """With its group, where groups go side by side and the title does not say so."""
    title = said(item, "title", language=language)
    if item.group_number is None or str(item.group_number) in title:
        return title
    return _("%(title)s, group %(group)s", title=title, group=item.group_number)


@lru_cache(maxsize=32)
def _calendar(items: tuple[Published, ...], *, name: str, zone: str, language: str, address: str) -> bytes:
    """Kept for as long as the publication, the language and our own address stay the same."""
    entries = [
        calendar.Entry(
            uid=f"{item.uid}@partners-day",
            sequence=item.sequence,
            start=item.starts_at,
            end=item.ends_at,
            changed_at=item.changed_at,
            summary=_title(item, language),
            location=said(item, "room", language=language),
            description=said(item, "text", language=language),
            url=address,
        )
        for item in items
    ]
    return calendar.feed(name, entries, zone=zone)
