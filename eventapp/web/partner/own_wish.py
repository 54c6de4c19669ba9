"""An attendee leaves the run to the host, and says which would be better."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eventapp.web.partner import wish_form

page = Blueprint("own_wish", __name__)

Answer = Response | str | tuple[str, int]


@page.route("/pass/<int:id>/wish", methods=["GET", "POST"])
def wish(id: int) -> Answer:
    """Which run would be better for me."""
    form, status = wish_form.of(g.registration), 200
    back = url_for("partner.attendee.passes.show", id=id)
    if request.method == "POST":
        status = wish_form.tell(form, g.registration)
        if status == 303:
            return redirect(back, code=303)
    company, person = g.invitation.company.name, g.attendee.person
    return render_template("partner/wish.html", form=form, person=person, company=company, back=back), status
