"""Personal links: /i/TOKEN and /p/TOKEN are swapped for a grant and a clean address; nothing is written."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from eventapp.models.states import InvitationStatus
from eventapp.rules import invitations
from eventapp.web import gates

page = Blueprint("links", __name__)


@page.get("/i/<token>")
def invitation(token: str) -> Response:
    """The coordinator's link."""
    found = invitations.by_token(invitations.COORDINATOR, token, key=gates.link_key())
    if found is not None and found.status != InvitationStatus.REVOKED:
        gates.grant(found)
        return redirect(url_for("partner.coordinator.invitation.show", id=found.id), code=303)
    return _not_any_more(invitations.COORDINATOR, token)


@page.get("/p/<token>")
def own_pass(token: str) -> Response:
    """The attendee's link."""
    return _own(token, "passes")


@page.get("/p/<token>/data")
def own_data(token: str) -> Response:
    """The same link, straight to what is kept about them."""
    return _own(token, "own_data")


def _own(token: str, part: str) -> Response:
    found = invitations.by_token(invitations.ATTENDEE, token, key=gates.link_key())
    if found is not None and found.ended_at is None:
        gates.grant(found)
        return redirect(url_for(f"partner.attendee.{part}.show", id=found.id), code=303)
    return _not_any_more(invitations.ATTENDEE, token)


def _not_any_more(purpose: str, token: str) -> Response:
    """A link that was good once says what became of it; all others lead to the page that helps."""
    once = invitations.by_ended_token(purpose, token, key=gates.link_key())
    if once is None or getattr(once, "status", "") == InvitationStatus.REVOKED:
        return redirect(url_for("public.letter_again.ask", link="closed"), code=303)
    return gates.ended_page(once)
