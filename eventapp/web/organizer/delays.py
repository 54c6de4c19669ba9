"""“15 minutes late”: one press slides the rest of a run's day, and tells that run."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.rules import delays, seats
from eventapp.web import gates

page = Blueprint("delays", __name__)


@page.post("/organizer/agenda/delays")
def slide() -> Response:
    """The run of the form, a quarter of an hour later from now on."""
    runs = seats.runs(g.event) if g.event is not None else []
    run = next((one for one in runs if one.number == gates.number_sent("run")), None)
    if run is None:
        raise Missing()
    try:
        made = delays.slide(run, seen=gates.number_sent("number") or 0, by=g.staff.name)
    except Stale:
        flash(_("Somebody else has changed the programme meanwhile. This is how it stands now."), "warns")
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
    else:
        flash(
            ngettext(
                "The rest of today is 15 minutes later. %(num)s letter left.",
                "The rest of today is 15 minutes later. %(num)s letters left.",
                made.told["letters"],
            )
        )
    return redirect(url_for("organizer.agenda.show"), code=303)
