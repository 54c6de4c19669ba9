"""Someone has to leave early: the host contact's phone, and that all is well."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from eventapp.reports import hosts

page = Blueprint("leaving", __name__)


@page.get("/pass/<int:id>/leaving")
def show(id: int) -> str:
    """Whom to call, or what to write."""
    return render_template(
        "partner/leaving.html",
        attendee=g.attendee,
        person=g.attendee.person,
        company=g.invitation.company.name,
        host=hosts.of(g.invitation.company, g.event),
    )
