"""The published agenda: as a page for people, as a feed for calendars."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.formats import dates
from eventapp.models.event_session import EventSession
from eventapp.models.programme import Kind, Published
from eventapp.models.wording import said
from eventapp.reports import published_agenda
from eventapp.rules import agenda_words, publications, seats
from eventapp.web import looks
from eventapp.web.public import agenda_parts

page = Blueprint("agenda", __name__)


@page.get("/<event:slug>/agenda")
def show(slug: str) -> str:
    """Both runs or the one asked for, every kind or one; what is of another kind is there and hidden."""
    runs = seats.runs(g.event)
    chosen = _chosen(runs)
    publication = publications.latest(g.event)
    items = publication.items() if publication else []
    kinds = [kind for kind in Kind if any(item.kind == kind for item in items)]
    kind = request.args.get("kind", "")
    if kind and kind not in kinds:
        abort(404)
    return render_template(
        "public/agenda.html",
        event=g.event,
        runs=runs,
        chosen=chosen,
        shown=[_run(run, items, kind=kind) for run in runs if chosen in (None, run)],
        kinds=[(one.value, agenda_words.KINDS[one]) for one in kinds],
        kind=kind,
        moment=now(),
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
    items = publication.items(run.number) if publication else []
    gone = publication.gone_items(run.number) if publication else []
    return agenda_parts.calendar_answer(items, gone, name=name, filename=f"{slug}-run-{run.number}")


def _chosen(runs: list[EventSession]) -> EventSession | None:
    """The run in ?run=; a run that does not exist is a page that does not exist."""
    wish = request.args.get("run", "")
    if not wish:
        return None
    found = [run for run in runs if str(run.number) == wish]
    if not found:
        abort(404)
    return found[0]


def _run(run: EventSession, items: list[Published], *, kind: str) -> dict[str, Any]:
    language = looks.current_language()
    own, morning = (
        [item for item in items if item.run == run.number],
        published_agenda.this_morning(run.event),
    )
    minutes = published_agenda.late_today(
        own, morning
    )  # said once above the days, so beside the items only what is different
    late = published_agenda.late(own, morning)
    late = {uid: each for uid, each in late.items() if each != minutes}
    return {
        "run": run,
        "late": minutes,
        "dates": dates.date_range(run.starts_on, run.ends_on, language=language),
        "days": [
            {
                "heading": agenda_words.day_name(number),
                "under": dates.day(on, language),
                "items": [_item(item, kind=kind, late=late.get(item.uid, 0)) for item in found],
            }
            for number, on, found in published_agenda.days(items, run)
        ],
    }


def _item(item: Published, *, kind: str, late: int) -> dict[str, Any]:
    language = looks.current_language()
    under = [item.speakers_in(language), said(item, "text", language=language)]
    return {
        "item": item,
        "time": dates.clock_time(item.starts_at, g.event.time_zone),
        "until": dates.clock_time(item.ends_at, g.event.time_zone),
        "title": agenda_words.titled(item, language),
        "under": "\n".join(line for line in under if line),
        "place": said(item, "room", language=language),
        "materials": agenda_parts.materials(item),
        "ours": item.is_programme,
        "url": url_for("public.agenda_item.show", slug=g.event.slug, item_uid=item.uid),
        "hidden": bool(kind) and item.kind != kind,
        "is_on": item.starts_at <= now() < item.ends_at,
        "late": late,
    }
