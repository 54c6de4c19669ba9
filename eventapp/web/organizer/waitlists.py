"""Waitlists: who waits for a run or for an item of the programme, in order, and why the first still waits."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.errors import Missing
from eventapp.formats import counts, dates
from eventapp.reports import queues
from eventapp.reports.queues import PartyLine, RunQueue
from eventapp.rules import journal
from eventapp.web import gates, looks

page = Blueprint("waitlists", __name__)


@page.get("/organizer/waitlists")
def show() -> str:
    """Every queue, first come first."""
    if g.event is None:
        raise Missing()
    own = gates.own_company_ids()
    journal.looked("waitlists listed", g.event, event_id=g.event.id)
    return render_template(
        "organizer/waitlists/show.html",
        runs=queues.of_runs(g.event, company_ids=own),
        items=queues.of_items(g.event, company_ids=own),
        why=why,
        dates=dates,
        counts=counts,
    )


def why(queue: RunQueue, line: PartyLine) -> str:
    """Why the first in a queue still waits; '' for all behind."""
    if line.place > 1:
        return ""
    if not queue.free:
        return _("No place is free.")
    return ngettext(
        "%(num)s place is free; they come together and need %(seats)s.",
        "%(num)s places are free; they come together and need %(seats)s.",
        queue.free,
        seats=counts.seats(len(line.people), looks.current_language()),
    )
