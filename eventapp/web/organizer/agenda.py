"""The organizers' agenda: the working copy of both runs, and what of it is different from what partners see."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.errors import Missing, Stale
from eventapp.models.event_session import EventSession
from eventapp.models.staff import Role
from eventapp.reports import timetable
from eventapp.rules import (
    agenda_changes,
    agenda_words,
    clash_words,
    delays,
    moved_items,
    publications,
    seats,
    working_copies,
)
from eventapp.rules.agenda_changes import What
from eventapp.web import gates, looks
from eventapp.web.organizer import agenda_rows, item_form

page = Blueprint("agenda", __name__)


@page.get("/organizer/agenda")
def show() -> str:
    """The working copy as a timetable; beside it what a publication would change, and for how many."""
    runs = _runs()
    copy = working_copies.of(g.event)
    newest = publications.newest(g.event)
    seen = newest[0].items() if newest else []
    shown = publications.seen_by_partners(copy.items())
    changes = agenda_changes.between(seen, shown)
    ending = moved_items.ending(g.event, copy.items()) if changes else {}
    reached = (
        publications.reach(g.event, before=seen, after=shown, ending=ending)
        if changes
        else publications.Reach()
    )
    clashes = publications.clashes(g.event, shown)
    moved = [one.before for one in changes if one.before and one.what == What.MOVED]
    return render_template(
        "organizer/agenda/show.html",
        grid=timetable.grid(
            {run: copy.items(run.number) for run in runs},
            {run: [item for item in moved if item.run == run.number] for run in runs},
        ),
        labels={run.id: item_form.days(run, short=True) for run in runs},
        taken={run.id: seats.taken(run) for run in runs},
        publications=[agenda_rows.publication(one) for one in newest],
        number=newest[0].number if newest else 0,
        changes=agenda_words.told(
            changes, runs, language=looks.current_language(), people=reached.items, ending=ending
        ),
        marks={one.item.uid: agenda_words.WHAT[one.what] for one in changes} if newest else {},
        clashes=clash_words.say(clashes, runs, language=looks.current_language()),
        clashing={uid for clash in clashes if clash.is_error for uid in clash.uids},
        touched=len(reached.attendees),
        version=copy.version,
        late=[run for run in runs if delays.left_today(run, seen)],
        ways=working_copies.ways(g.event),
        may_write=g.staff.role == Role.ORGANIZER,
    )


@page.post("/organizer/agenda/steps")
def walk() -> Response:
    """One step back, or one forth again; not over what somebody else did meanwhile."""
    _runs()
    forth = request.form.get("way") == "forth"
    try:
        (working_copies.redo if forth else working_copies.undo)(
            g.event, seen=gates.number_sent("seen") or 0, by=g.staff.name
        )
    except Stale:
        flash(_("Somebody else has changed the programme meanwhile. This is how it stands now."), "warns")
    except Missing:
        flash(_("There is no further step."), "warns")
    return redirect(url_for("organizer.agenda.show"), code=303)


def _runs() -> list[EventSession]:
    if g.event is None:
        raise Missing()
    return seats.runs(g.event)
