"""After the cut-off: the other run is asked for with a word why, and a request may be taken back."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from eventapp.errors import RuleBroken
from eventapp.models.event_session import EventSession
from eventapp.reports import hosts
from eventapp.rules import attendees, change_requests, seats
from eventapp.web import fields, gates

page = Blueprint("change_requests", __name__)

Answer = Response | str | tuple[str, int]


class ReasonForm(FlaskForm):
    """Why."""

    reason = fields.Paragraphs(
        _l("A word why"),
        [fields.Needed(_l("Please write a word why; it helps us to say yes quickly."))],
        limit=500,
    )


@page.route("/invitation/<int:id>/registrations/<int:registration_id>/move-request", methods=["GET", "POST"])
def move(id: int, registration_id: int) -> Answer:
    """Ask for the run that stands in the address."""
    registration = gates.own_registration(registration_id)
    form, to, status = ReasonForm(), _run_wished(), 200
    if to is None:
        return _back()
    if request.method == "POST":
        status = 400
        if form.validate():
            try:
                change_requests.ask_move(registration, to, reason=form.reason.data)
                return _back()
            except RuleBroken as refusal:
                fields.blame(form, refusal)
                status = refusal.status
    about = {
        "invitation": g.invitation,
        "event": g.event,
        "company": g.invitation.company.name,
        "host": hosts.of(g.invitation.company, g.event),
    }
    attendee = attendees.require(registration)
    return render_template("partner/move_request.html", **about, form=form, attendee=attendee, to=to), status


@page.post("/invitation/<int:id>/registrations/<int:registration_id>/request-withdrawal")
def withdraw(id: int, registration_id: int) -> Response:
    """Nothing is asked for this colleague any more."""
    registration = gates.own_registration(registration_id)
    for asked in change_requests.standing(g.invitation):
        if asked.registration_id == registration.id:
            change_requests.withdraw(asked)
    return _back()


@page.get("/invitation/<int:id>/registrations/<int:registration_id>/request-withdrawal")
def back(id: int, registration_id: int) -> Response:
    """Whoever reloads after the press comes back to the page."""
    gates.own_registration(registration_id)
    return _back()


def _run_wished() -> EventSession | None:
    number = request.args.get("run", "")
    return next((run for run in seats.choices(g.invitation) if str(run.number) == number), None)


def _back() -> Response:
    return redirect(url_for("partner.coordinator.invitation.show", id=g.invitation.id), code=303)
