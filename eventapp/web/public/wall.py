"""The wall screen: what is on now and next, in which room, and the time; readable from ten metres."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request

from eventapp.clock import now, today
from eventapp.formats import dates
from eventapp.models.event_session import EventSession
from eventapp.models.programme import Published
from eventapp.reports import published_agenda
from eventapp.rules import publications, seats
from eventapp.web import looks

page = Blueprint("wall", __name__)


@page.get("/<event:slug>/now")
def show(slug: str) -> str:
    """Today's run, the next one to come, or the one in ?run=; all its items lie in the page for a cut network."""
    run = _run(seats.runs(g.event))
    items = publications.items_for(run) if run else []
    moment = now()
    there = published_agenda.at(items, moment)
    late = published_agenda.late(items, published_agenda.this_morning(g.event))
    return render_template(
        "public/wall.html",
        event=g.event,
        run=run,
        on=[_item(item, late) for item in there.on],
        following=[_item(item, late) for item in there.following],
        items=[_item(item, late) for item in items],
        later_on=_other_day(there.following),
        over=bool(items) and not there.on and not there.following,
        clock=dates.clock_time(moment, g.event.time_zone),
        date=dates.day(today(g.event.time_zone), looks.current_language()),
        moment=moment,
    )


@page.get("/<event:slug>/now-worker.js")
def worker(slug: str) -> Response:
    """The script that shows the screen again without a network; beside /now, so that it may, and asked for anew."""
    script = (looks.STATIC / "js" / "now-worker.js").read_text(encoding="utf-8")
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


def _run(runs: list[EventSession]) -> EventSession | None:
    wish = request.args.get("run", "")
    if not wish:
        return published_agenda.run_on(runs, today(g.event.time_zone))
    return next((run for run in runs if str(run.number) == wish), None) or abort(404)


def _item(item: Published, late: dict[str, int]) -> dict[str, Any]:
    zone = g.event.time_zone
    on = dates.local(item.starts_at, zone).date()
    minutes = late.get(item.uid, 0)
    return {
        "item": item,
        "group": item.group_number,
        "time": dates.clock_time(item.starts_at, zone),
        "until": dates.clock_time(item.ends_at, zone),
        "day": on.isoformat(),
        "day_name": dates.day(on, looks.current_language()),
        "late": minutes,
        "stood": dates.clock_time(item.starts_at - timedelta(minutes=minutes), zone) if minutes else "",
    }


def _other_day(following: list[Published]) -> str:
    """The day on which it goes on, where that is not today."""
    if not following:
        return ""
    on = dates.local(following[0].starts_at, g.event.time_zone).date()
    return dates.day(on, looks.current_language()) if on != today(g.event.time_zone) else ""
