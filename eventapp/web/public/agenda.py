"""The published agenda: as a page for people, as a feed for calendars."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from flask import Blueprint, abort, g, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.formats import calendar, dates
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.presenting import Material
from eventapp.models.programme import Published
from eventapp.models.wording import said
from eventapp.reports import published_agenda
from eventapp.rules import agenda_words, delays, publications, seats
from eventapp.web import looks

page = Blueprint("agenda", __name__)


@page.get("/<event:slug>/agenda")
def show(slug: str) -> str:
    """Both runs, or the one asked for."""
    runs = seats.runs(g.event)
    chosen = _chosen(runs)
    publication = publications.latest(g.event)
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
    publication = publications.latest(g.event)
    language = looks.current_language()
    name = _("%(name)s, run %(run)s", name=said(g.event, "name", language=language), run=run.number)
    address = looks.outside_url(url_for("public.agenda.show", slug=slug, run=run.number))
    items = tuple(publication.items(run.number)) if publication else ()
    gone = tuple(publication.gone_items(run.number)) if publication else ()
    body = _calendar(items, gone, name=name, zone=g.event.time_zone, language=language, address=address)
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
        "late": delays.late_today(run),
        "dates": dates.date_range(run.starts_on, run.ends_on, language=language),
        "days": [
            {
                "heading": agenda_words.day_name(number),
                "under": dates.day(on, language),
                "items": [_item(item, run.event) for item in found],
            }
            for number, on, found in published_agenda.days(items, run)
        ],
    }


def _item(item: Published, event: Event) -> dict[str, Any]:
    language = looks.current_language()
    under = [item.speakers_in(language), said(item, "text", language=language)]
    return {
        "time": dates.clock_time(item.starts_at, event.time_zone),
        "until": dates.clock_time(item.ends_at, event.time_zone),
        "title": agenda_words.titled(item, language),
        "under": "\n".join(line for line in under if line),
        "place": said(item, "room", language=language),
        "materials": [_material(one, event) for one in item.materials],
        "ours": item.is_programme,
    }


def _material(one: Material, event: Event) -> dict[str, Any]:
    """An address elsewhere, or a file of ours as a download."""
    url = one.url or url_for("public.materials.file", slug=event.slug, material=one.file_key)
    return {"title": said(one, "title", language=looks.current_language()), "url": url, "size": one.size}


@lru_cache(maxsize=32)
def _calendar(
    items: tuple[Published, ...],
    gone: tuple[Published, ...],
    *,
    name: str,
    zone: str,
    language: str,
    address: str,
) -> bytes:
    """Kept for as long as the publication, the language and our own address stay the same."""
    entries = [
        calendar.Entry(
            uid=f"{item.uid}@partners-day",
            sequence=item.sequence,
            start=item.starts_at,
            end=item.ends_at,
            changed_at=item.changed_at,
            summary=agenda_words.titled(item, language),
            location=said(item, "room", language=language),
            description=agenda_words.description(item, language),
            url=address,
            cancelled=item in gone,
        )
        for item in items + gone
    ]
    return calendar.feed(name, entries, zone=zone)
