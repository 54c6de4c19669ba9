"""The evacuation list: who is inside now, to be ticked off outside; on paper in one press."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from eventapp.clock import now, today
from eventapp.errors import Missing
from eventapp.formats import dates
from eventapp.reports import presence
from eventapp.rules import journal, seats
from eventapp.web import looks

page = Blueprint("evacuation", __name__)


@page.get("/organizer/evacuation")
def show() -> str:
    """The run of that number, else the one of today, else the first."""
    runs = seats.runs(g.event) if g.event else []
    if not runs:
        raise Missing()
    day = today(g.event.time_zone)
    here = next((one for one in runs if one.starts_on <= day <= one.ends_on), runs[0])
    run = next((one for one in runs if str(one.number) == request.args.get("run", "")), here)
    people = presence.inside(run, now())
    journal.looked("evacuation list looked at", run, event_id=g.event.id, people=len(people))
    zone, language = g.event.time_zone, looks.current_language()
    return render_template(
        "organizer/evacuation/show.html",
        run=run,
        people=people,
        clock=lambda moment: dates.clock_time(moment, zone),
        at=dates.day_and_time(now(), zone, language=language),
    )
