"""After the day: the other partners who were there and want to stay in touch."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eventapp.models.consent import ConsentPurpose
from eventapp.reports import companions
from eventapp.rules import consents, journal

page = Blueprint("companions", __name__)


@page.get("/pass/<int:id>/partners")
def show(id: int) -> str | Response:
    """By company; the journal keeps who looked."""
    if not companions.are_shown(g.attendee):
        return redirect(url_for("partner.attendee.passes.show", id=id), code=303)
    journal.looked("partners looked at", g.attendee, event_id=g.event.id)
    return render_template(
        "partner/companions.html",
        attendee=g.attendee,
        event=g.event,
        found=companions.of(g.attendee),
        is_shown=g.attendee.person_id in consents.agreed(g.event, ConsentPurpose.PARTNERS_CONTACT),
    )
