"""From one run to the other: an item, a day or a whole run is copied or moved there, and what follows what."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.models.event_session import EventSession
from eventapp.rules import agenda_copies, seats, working_copies
from eventapp.web import gates

page = Blueprint("agenda_copies", __name__)


@page.post("/organizer/agenda/copies")
def take() -> Response:
    """part: a run's number, or with a dash its day; how: copy, move, or follow, which copies what then follows."""
    runs = _runs()
    number, _dash, day = request.form.get("part", "").partition("-")
    source = next((run for run in runs if str(run.number) == number), None)
    uids = []
    if source is not None:
        on = int(day) if day.isascii() and day.isdigit() else None
        uids = agenda_copies.of_day(source, working_copies.of(g.event).items(), day=on)
    return _take(uids, source, runs)


@page.post("/organizer/agenda/items/<uuid:item_uid>/copies")
def take_one(item_uid: UUID) -> Response:
    """One item, to the same day and hour of the other run."""
    runs, uid = _runs(), _known(item_uid)
    item = next((one for one in working_copies.of(g.event).items() if one.uid == uid), None)
    if item is None:
        _refuse(Stale())
        return redirect(url_for("organizer.agenda.show"), code=303)
    return _take([uid], next((run for run in runs if run.number == item.run), None), runs)


@page.post("/organizer/agenda/items/<uuid:item_uid>/leader")
def follow(item_uid: UUID) -> Response:
    """leader: the item of an earlier run that it follows from now on; '' where it stands alone."""
    _runs()
    uid, leader, seen = _known(item_uid), request.form.get("leader", ""), gates.number_sent("seen") or 0
    try:
        if leader:
            agenda_copies.follow(g.event, uid, leader=leader, seen=seen, by=g.staff.name)
        else:
            agenda_copies.stand_alone(g.event, uid, seen=seen, by=g.staff.name)
    except RuleBroken as refusal:
        _refuse(refusal)
        return redirect(url_for("organizer.agenda.show"), code=303)
    return redirect(url_for("organizer.agenda_items.write", item_uid=item_uid), code=303)


def _take(uids: list[str], source: EventSession | None, runs: list[EventSession]) -> Response:
    to, how = _other(source, runs), request.form.get("how")
    try:
        if to is None:
            raise RuleBroken(_("Please choose another run to copy it to."))
        count = agenda_copies.take(
            g.event,
            uids,
            to=to,
            move=how == "move",
            follow=how == "follow",
            seen=gates.number_sent("seen") or 0,
            by=g.staff.name,
        )
    except RuleBroken as refusal:
        _refuse(refusal)
    else:
        flash(_done(count, to, move=how == "move"))
    return redirect(url_for("organizer.agenda.show"), code=303)


def _other(source: EventSession | None, runs: list[EventSession]) -> EventSession | None:
    """The run that `to` names; of two runs the other one, with or without."""
    if source is None:
        return None
    others = [run for run in runs if run is not source]
    named = [run for run in others if str(run.number) == request.form.get("to", "")]
    return next(iter(named), others[0] if len(runs) == 2 and "to" not in request.form else None)


def _done(count: int, to: EventSession, *, move: bool) -> str:
    if move:
        return ngettext(
            "%(num)s item was moved to run %(run)s.",
            "%(num)s items were moved to run %(run)s.",
            count,
            run=to.number,
        )
    return ngettext(
        "%(num)s item was copied to run %(run)s.",
        "%(num)s items were copied to run %(run)s.",
        count,
        run=to.number,
    )


def _refuse(refusal: RuleBroken) -> None:
    if isinstance(refusal, Stale):
        flash(_("Somebody else has changed the programme meanwhile. This is how it stands now."), "warns")
    else:
        flash(str(refusal), "warns")


def _known(item_uid: UUID) -> str:
    """An item that stands in the working copy, or stood there. Raises Missing."""
    if not working_copies.knows(g.event, str(item_uid)):
        raise Missing()
    return str(item_uid)


def _runs() -> list[EventSession]:
    if g.event is None:
        raise Missing()
    return seats.runs(g.event)
