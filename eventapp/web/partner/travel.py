"""An attendee's journey, room and table: saved as they go, with or without the script."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateTimeLocalField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from eventapp.errors import Missing, RuleBroken
from eventapp.formats import dates
from eventapp.models.registration import Room
from eventapp.models.states import HOLDS_PLACE
from eventapp.reports import hosts
from eventapp.rules import change_requests, cutoffs, late_wishes, travel
from eventapp.web import fields

page = Blueprint("travel", __name__)
CLOCK = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]  # as browsers show it, and as some send it
ROOMS = {
    Room.ANY: _l("Either is fine"),
    Room.TWIN: _l("A room for two"),
    Room.SINGLE: _l("A room for one, where possible"),
}

Answer = Response | str | tuple[str, int]


def _rooms() -> list[SelectChoice]:
    return [SelectChoice(room.value, said) for room, said in ROOMS.items()]


class TravelForm(FlaskForm):
    """All of it may stay empty, and follow later."""

    arrives_at = DateTimeLocalField(_l("When do you arrive?"), [Optional()], format=CLOCK)
    flight_in = fields.Line(_l("Flight there"), limit=12)
    shuttle_in = BooleanField(_l("I would like the bus from the airport"))
    departs_at = DateTimeLocalField(_l("When do you leave?"), [Optional()], format=CLOCK)
    flight_out = fields.Line(_l("Flight back"), limit=12)
    shuttle_out = BooleanField(_l("I would like the bus to the airport"))
    room = RadioField(_l("How would you like to sleep?"), choices=_rooms)
    room_with = fields.Line(_l("With whom, if it is a room for two"), limit=80)
    allergy = fields.Line(_l("What should the kitchen know besides?"), limit=200)
    on_call = BooleanField(_l("I am on call and have to be reachable"))
    reason = fields.Paragraphs(_l("A word why"), limit=500)

    def plans(self, zone: str) -> travel.Plans:
        """As travel.save takes them; times are meant on the Event's clocks."""
        said: dict[str, Any] = {
            name: self[name].data for name in vars(travel.Plans()) if not name.endswith("_at")
        }
        said["room"] = Room(self.room.data or "")
        for name in ("arrives_at", "departs_at"):
            typed: datetime | None = self[name].data
            said[name] = typed.replace(tzinfo=ZoneInfo(zone)) if typed else None
        return travel.Plans(**said)


@page.get("/pass/<int:id>/travel")
def show(id: int) -> str:
    """What is known so far."""
    _require_place()
    return _page(_kept())


@page.post("/pass/<int:id>/travel")
def save(id: int) -> Answer:
    """Keep it; the page's script sends every change by itself and gets no page back."""
    _require_place()
    form = TravelForm()
    status = 400
    if form.validate_on_submit():
        try:
            asked = late_wishes.save(g.attendee, form.plans(g.event.time_zone), reason=form.reason.data or "")
        except RuleBroken as refusal:
            fields.blame(form, refusal)
            status = refusal.status
        else:
            if request.headers.get("X-Saves"):
                return Response(status=204)
            end = "travel.show" if asked else "passes.show"
            return redirect(url_for(f"partner.attendee.{end}", id=id), code=303)
    return _page(form), status


@page.post("/pass/<int:id>/travel/withdrawal")
def withdraw(id: int) -> Response:
    """Nothing is asked for any more."""
    late_wishes.withdraw(g.attendee)
    return redirect(url_for("partner.attendee.travel.show", id=id), code=303)


@page.get("/pass/<int:id>/travel/withdrawal")
def back(id: int) -> Response:
    """Whoever reloads after the press comes back to the page."""
    return redirect(url_for("partner.attendee.travel.show", id=id), code=303)


def _require_place() -> None:
    if g.registration.status not in HOLDS_PLACE:
        raise Missing()


def _kept() -> TravelForm:
    """The form as it was last saved, times on the Event's clocks."""
    found = {name: getattr(g.registration, name) for name in travel.OF_THE_SEAT}
    found |= {name: getattr(g.attendee, name) for name in vars(travel.Plans()) if name not in found}
    for name in ("arrives_at", "departs_at"):
        found[name] = (
            dates.local(found[name], g.event.time_zone).replace(tzinfo=None) if found[name] else None
        )
    return TravelForm(formdata=None, **found)


def _page(form: TravelForm) -> str:
    run = g.registration.event_session
    return render_template(
        "partner/travel.html",
        form=form,
        attendee=g.attendee,
        event=g.event,
        run=run,
        asked=change_requests.own_standing(g.attendee),
        host=hosts.of(g.invitation.company, g.event),
        travel_closed=cutoffs.is_past(g.invitation, run.travel_due_on),
        meals_closed=cutoffs.is_past(g.invitation, run.meals_due_on),
    )
