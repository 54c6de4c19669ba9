"""Rooms: the numbers of the hotel's rooms, typed once, on the phone that hands out the keys."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import ngettext as _n
from werkzeug.wrappers import Response

from eventapp.errors import Missing
from eventapp.formats import hangul, text
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Attendee
from eventapp.rules import journal, rooms, seats

page = Blueprint("rooms", __name__)
LONGEST = 12


@page.get("/organizer/rooms")
def show() -> str:
    """Everybody of a run who may sleep there, by company and name."""
    run = _run(request.args.get("run", ""))
    journal.looked("rooms looked at", run, event_id=g.event.id)
    return render_template(
        "organizer/rooms/show.html",
        run=run,
        runs=seats.runs(g.event),
        people=sorted(rooms.of_run(run), key=_order),
        longest=LONGEST,
    )


@page.post("/organizer/runs/<int:number>/rooms")
def save(number: int) -> Response:
    """Every number as it stands on the page."""
    run = _run(str(number))
    if run.number != number:
        raise Missing()
    different = rooms.number(run, dict(_typed()))
    flash(_n("%(num)s room is changed.", "%(num)s rooms are changed.", different))
    return redirect(url_for("organizer.rooms.show", run=number), code=303)


def _typed() -> Any:
    for name, value in request.form.items():
        what, _dash, registration_id = name.partition("-")
        if what == "room" and registration_id.isascii() and registration_id.isdigit():
            yield int(registration_id), text.cut_line(value, LONGEST)


def _run(wished: str) -> EventSession:
    """The run of that number, else the first. Raises Missing where there is none."""
    runs = seats.runs(g.event) if g.event else []
    if not runs:
        raise Missing()
    return next((run for run in runs if str(run.number) == wished), runs[0])


def _order(attendee: Attendee) -> Any:
    person = attendee.person
    return hangul.sort_key(person.company.name), hangul.sort_key(person.name), attendee.id
