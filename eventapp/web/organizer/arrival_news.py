"""A host contact hears that their partners have come: a quiet line on every page of the desk, which can be switched off."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.errors import Missing
from eventapp.formats import dates
from eventapp.reports import arrival_news
from eventapp.rules import journal, staff
from eventapp.web import gates, looks

page = Blueprint("arrival_news", __name__)


@page.get("/organizer/arrival-news")
def show() -> str:
    """Everybody of one's own companies who came through a gate, newest first; the switch."""
    if g.event is None:
        raise Missing()
    journal.looked("arrival news looked at", g.event, event_id=g.event.id)
    return render_template(
        "organizer/arrival_news/show.html",
        news=arrival_news.of(g.event, gates.own_company_ids()),
        told=g.staff.tell_arrivals,
        at=lambda moment: dates.day_and_time(moment, g.event.time_zone, language=looks.current_language()),
    )


@page.post("/organizer/arrival-news/reading")
def read() -> Response:
    """What the line said is read: what came after it is news still."""
    until = _moment(request.form.get("until", ""))
    if until is not None:
        staff.note_arrivals(g.staff, until=min(until, now()))
    return redirect(url_for("organizer.arrival_news.show"), code=303)


@page.post("/organizer/arrival-news/switch")
def switch() -> Response:
    """On or off, for oneself alone."""
    wanted = request.form.get("told") == "yes"
    staff.tell_arrivals(g.staff, wanted)
    flash(
        _("You are told here when your partners arrive.")
        if wanted
        else _("Arrivals are not told here any more.")
    )
    return redirect(url_for("organizer.arrival_news.show"), code=303)


def _moment(typed: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
