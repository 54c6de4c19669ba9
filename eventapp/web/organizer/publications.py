"""Publications: the working copy is published, an earlier one is looked at, or comes back."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.models.agenda import Publication
from eventapp.models.event_session import EventSession
from eventapp.models.staff import Role
from eventapp.reports import timetable
from eventapp.rules import agenda_changes, agenda_words, publications, seats
from eventapp.web import gates, looks
from eventapp.web.organizer import agenda_rows, item_form

page = Blueprint("publications", __name__)


@page.post("/organizer/agenda/publications")
def publish() -> Response:
    """The working copy as it was read; one that somebody changed meanwhile is read first."""
    _runs()
    try:
        made = publications.publish(
            g.event,
            by=g.staff.name,
            letters="letters" in request.form,
            seen=gates.number_sent("seen") or 0,
        )
    except Stale:
        flash(_("Somebody else has changed the programme meanwhile. This is how it stands now."), "warns")
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
    else:
        _say(made)
    return redirect(url_for("organizer.agenda.show"), code=303)


@page.get("/organizer/agenda/publications/<int:number>")
def show(number: int) -> str:
    """What partners saw with that number, and what it changed."""
    runs = _runs()
    one = _numbered(number)
    earlier = _numbered(number - 1).items() if number > 1 else []
    return render_template(
        "organizer/agenda/publication.html",
        grid=timetable.grid({run: one.items(run.number) for run in runs}),
        labels={run.id: item_form.days(run, short=True) for run in runs},
        one=agenda_rows.publication(one),
        publications=[agenda_rows.publication(other) for other in publications.newest(g.event)],
        changes=agenda_words.told(
            agenda_changes.between(earlier, one.items()),
            runs,
            language=looks.current_language(),
            people=one.told.get("items", {}),
        ),
        came_back=agenda_rows.came_back(one) if g.staff.role == Role.ORGANIZER else [],
        may_write=g.staff.role == Role.ORGANIZER,
    )


@page.post("/organizer/agenda/publications/<int:number>/return")
def go_back(number: int) -> Response:
    """What that publication showed comes back, as the next number."""
    _runs()
    _numbered(number)
    try:
        made = publications.go_back(g.event, number, by=g.staff.name, letters="letters" in request.form)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
    else:
        _say(made)
    return redirect(url_for("organizer.agenda.show"), code=303)


def _say(made: Publication) -> None:
    flash(_("Publication %(number)s is what partners see now.", number=made.number))
    for sentence in agenda_rows.came_back(made):
        flash(sentence, "warns" if made.told.get("lost") else "message")


def _numbered(number: int) -> Publication:
    if number >= 2**31:
        raise Missing()
    return publications.numbered(g.event, number)


def _runs() -> list[EventSession]:
    if g.event is None:
        raise Missing()
    return seats.runs(g.event)
