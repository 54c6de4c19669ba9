"""What an attendee chooses of the programme: items with places, side by side, with their queues."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.models.agenda import AgendaItem
from eventapp.reports import item_choices
from eventapp.rules import sign_ups

page = Blueprint("sign_ups", __name__)

Answer = Response | str | tuple[str, int]


@page.get("/pass/<int:id>/sign-ups")
def show(id: int) -> str:
    """What there is to choose, with the places left now."""
    return _page("partner/sign_ups.html")


@page.get("/pass/<int:id>/sign-ups/live")
def live(id: int) -> str:
    """The part of the page that changes by itself."""
    return _page("partner/sign_ups_live.html")


@page.post("/pass/<int:id>/sign-ups/<int:item_id>")
def sign_up(id: int, item_id: int) -> Answer:
    """A place, the wait for one, or this instead of what they have at that time."""
    wish = request.form.get("wish", "")

    def choose(item: AgendaItem) -> None:
        sign_ups.sign_up(g.registration, item, or_wait=wish == "wait", instead=wish == "instead")

    return _done(item_id, choose)


@page.post("/pass/<int:id>/sign-ups/<int:item_id>/withdrawal")
def leave(id: int, item_id: int) -> Answer:
    """Give the place back, or wait no more."""
    return _done(item_id, lambda item: sign_ups.leave(g.registration, item))


def _done(item_id: int, do: Callable[[AgendaItem], None]) -> Answer:
    """Do it, and show the page at the item; a refusal is said on the page."""
    item = db.session.get(AgendaItem, item_id) if item_id < 2**31 else None
    if item is None or item.event_session_id != g.registration.event_session_id or item.internal:
        raise Missing()
    try:
        do(item)
    except RuleBroken as refusal:
        return _page("partner/sign_ups.html", refusal=str(refusal)), refusal.status
    return redirect(url_for(".show", id=g.attendee.id, _anchor=f"item-{item_id}"), code=303)


def _page(template: str, *, refusal: str = "") -> str:
    return render_template(
        template,
        attendee=g.attendee,
        event=g.event,
        run=g.registration.event_session,
        times=item_choices.of(g.registration),
        moment=now(),
        refusal=refusal,
    )
