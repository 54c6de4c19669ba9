"""An attendee's own data: everything that is kept, corrected, taken along or erased."""

from __future__ import annotations

from flask import Blueprint, g, url_for
from werkzeug.wrappers import Response

from eventapp.web.partner import data_form
from eventapp.web.partner.data_form import Answer, Owner

page = Blueprint("own_data", __name__)


@page.get("/pass/<int:id>/data")
def show(id: int) -> Answer:
    """What is kept."""
    return data_form.show(_owner())


@page.post("/pass/<int:id>/data")
def correct(id: int) -> Answer:
    """How to reach them."""
    return data_form.correct(_owner())


@page.get("/pass/<int:id>/data.json")
def export(id: int) -> Response:
    """All of it, for a machine."""
    return data_form.export(_owner())


@page.route("/pass/<int:id>/erasure", methods=["GET", "POST"])
def erase(id: int) -> Answer:
    """All of it gone."""
    return data_form.erase(_owner())


def _owner() -> Owner:
    back = url_for("partner.attendee.passes.show", id=g.attendee.id)
    about = {"attendee": g.attendee}
    return Owner(g.attendee.person, "partner.attendee.own_data", g.attendee.id, back, about)
