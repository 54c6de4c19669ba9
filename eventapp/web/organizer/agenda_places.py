"""Where an item stands: moved or stretched on the timetable, and what would clash there; made for agenda.js."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, g, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.models.event_session import EventSession
from eventapp.rules import agenda_copies, clash_words, publications, seats, working_copies
from eventapp.web import gates, looks

page = Blueprint("agenda_places", __name__)
DAY = 24 * 60  # minutes


@page.get("/organizer/agenda/version")
def version() -> Response:
    """What a timetable that stands open asks now and then: whether there is something new."""
    if g.event is None:
        raise Missing()
    latest = publications.latest(g.event)
    answer = jsonify(
        version=working_copies.of(g.event).version, number=latest.number if latest is not None else 0
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page.get("/organizer/agenda/items/<uuid:item_uid>/clashes")
def clashes(item_uid: UUID) -> Response:
    """What would clash if the item stood there; nothing is kept. Raises Missing."""
    runs, uid = _runs(), str(item_uid)
    items = working_copies.of(g.event).items()
    place = _place(request.args, runs)
    if all(item.uid != uid for item in items):
        raise Missing()
    if place is None:
        return jsonify(clashes=[])
    run, starts_at, ends_at = place
    moved = [
        replace(item, run=run.number, starts_at=starts_at, ends_at=ends_at) if item.uid == uid else item
        for item in items
    ]
    before, found = (
        publications.clashes(g.event, publications.seen_by_partners(one)) for one in (items, moved)
    )
    days = {(clash.why, clash.run, clash.on) for clash in before}
    new = [
        clash
        for clash in found
        if uid in clash.uids or (clash.item is None and (clash.why, clash.run, clash.on) not in days)
    ]
    said = clash_words.say(new, runs, language=looks.current_language())
    return jsonify(clashes=[{"sentence": one.sentence, "error": one.is_error} for one in said])


@page.post("/organizer/agenda/items/<uuid:item_uid>/place")
def place(item_uid: UUID) -> AnyResponse:
    """The item, or another like it, stands there from now on; somebody else's later change is not overwritten."""
    runs = _runs()
    if not working_copies.knows(g.event, str(item_uid)):
        raise Missing()
    wanted = _place(request.form, runs)
    try:
        if wanted is None:
            raise RuleBroken(_("Please let it end after it starts."))
        run, starts_at, ends_at = wanted
        put = agenda_copies.put_another if "another" in request.form else working_copies.place
        put(
            g.event,
            str(item_uid),
            run=run,
            times=(starts_at, ends_at),
            seen=gates.number_sent("seen") or 0,
            by=g.staff.name,
        )
    except Stale:
        flash(_("Somebody else has changed the programme meanwhile. This is how it stands now."), "warns")
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
    return redirect(url_for("organizer.agenda.show"), code=303)


def _place(
    sent: MultiDict[str, str], runs: list[EventSession]
) -> tuple[EventSession, datetime, datetime] | None:
    """The run, from when to when on the clocks of the place; None where that says no time."""
    numbers = {name: sent.get(name, "") for name in ("run", "day", "from", "until")}
    if not all(one.isascii() and one.isdigit() and len(one) <= 4 for one in numbers.values()):
        return None
    number, day, first, last = (int(one) for one in numbers.values())
    run = next((one for one in runs if one.number == number), None)
    if run is None or not 1 <= day <= (run.ends_on - run.starts_on).days + 1 or not first < last <= DAY:
        return None
    midnight = datetime.combine(
        run.starts_on + timedelta(days=day - 1), time(0), ZoneInfo(run.event.time_zone)
    )
    return run, midnight + timedelta(minutes=first), midnight + timedelta(minutes=last)


def _runs() -> list[EventSession]:
    if g.event is None:
        raise Missing()
    return seats.runs(g.event)
