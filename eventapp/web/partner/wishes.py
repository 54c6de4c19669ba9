"""A coordinator leaves a colleague's run to the host, and says which would be better."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eventapp.rules import attendees
from eventapp.web import gates
from eventapp.web.partner import wish_form

page = Blueprint("wishes", __name__)

Answer = Response | str | tuple[str, int]


@page.route("/invitation/<int:id>/registrations/<int:registration_id>/wish", methods=["GET", "POST"])
def wish(id: int, registration_id: int) -> Answer:
    """Which run would be better for this colleague."""
    registration = gates.own_registration(registration_id)
    person = attendees.require(registration).person
    form, status = wish_form.of(registration), 200
    back = url_for("partner.coordinator.invitation.show", id=id)
    if request.method == "POST":
        status = wish_form.tell(form, registration)
        if status == 303:
            return redirect(back, code=303)
    company = g.invitation.company.name
    return render_template("partner/wish.html", form=form, person=person, company=company, back=back), status
