"""The same deed for many registrations at once: each by itself, and what could not be done is said by name."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.reports import registrations as report
from eventapp.rules import approvals, attendees, registrations, seats
from eventapp.web import gates

page = Blueprint("bulk", __name__)
MOST = 400  # as many as the list shows on one page
TOLD = 8  # refusals said one by one; the others are counted


@page.post("/organizer/registrations/deeds")
def do() -> Response:
    """Do what was chosen for those that were ticked, and lead back to the list as it was filtered."""
    back = redirect(url_for("organizer.registrations.show", **_kept()), code=303)
    chosen, deed = _chosen(), _deed(request.form.get("deed", ""))
    if not chosen or deed is None:
        flash(_("Please tick somebody first, and choose what to do."), "warns")
        return back
    refused = [(row, sentence) for row in chosen if (sentence := _tried(row, deed))]
    done = len(chosen) - len(refused)
    if done:
        flash(ngettext("Done for %(num)s person.", "Done for %(num)s people.", done))
    for row, sentence in refused[:TOLD]:
        flash(f"{row.name}, {row.company}: {sentence}", "warns")
    if more := len(refused) - TOLD if len(refused) > TOLD else 0:
        flash(ngettext("And %(num)s more.", "And %(num)s more.", more), "warns")
    return back


def _kept() -> dict[str, str]:
    """The filters of the list it was pressed on."""
    return {name: request.args[name] for name in ("q", "run", "state", "tick") if name in request.args}


def _chosen() -> list[report.Row]:
    """Those ticked, of this Event and this reader's companies alone."""
    wished = set(request.form.getlist("registration", type=int)[:MOST])
    rows = report.of(g.event, company_ids=gates.own_company_ids()) if g.event else []
    return [row for row in rows if row.registration_id in wished]


def _deed(wish: str) -> Callable[[Registration], None] | None:
    """What to do with one of them; None where the wish is none of those offered."""
    if wish == "letter":
        return attendees.send_pass_again
    if wish in ("approve", "refuse"):
        answer = approvals.approve if wish == "approve" else approvals.refuse
        return lambda one: answer(one, seen=request.form.get(f"seen-{one.id}", type=int))
    runs = seats.runs(g.event) if g.event else []
    run = next((one for one in runs if wish == f"run-{one.number}"), None)
    if run is None:
        return None

    def place(registration: Registration) -> None:
        if registration.status in HOLDS_PLACE:
            registrations.move(registration, run, late=True)
        else:
            registrations.choose_run(registration, run)

    return place


def _tried(row: report.Row, deed: Callable[[Registration], None]) -> str:
    """'' when it is done, else the sentence that says why not."""
    try:
        deed(db.session.get_one(Registration, row.registration_id))
    except RuleBroken as refusal:
        return str(refusal)
    return ""
