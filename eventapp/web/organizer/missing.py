"""Who is still missing at a checkpoint, with telephone numbers: the organizers' alone."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from eventapp.clock import now
from eventapp.errors import Missing
from eventapp.formats import dates, phone
from eventapp.models.registration import Attendee
from eventapp.reports import missing, presence
from eventapp.rules import checkpoints, journal, seats
from eventapp.web import looks

page = Blueprint("missing", __name__)


@page.get("/organizer/arrivals/missing")
def show() -> str:
    """One line a person, the number to press."""
    every = [one for run in seats.runs(g.event) for one in checkpoints.of_run(run)] if g.event else []
    checkpoint = presence.chosen(every, request.args.get("checkpoint", ""), moment=now())
    if checkpoint is None:
        raise Missing()
    people = missing.at(checkpoint)
    journal.looked("missing looked at", checkpoint, event_id=g.event.id, people=len(people))
    return render_template(
        "organizer/missing/show.html",
        checkpoint=checkpoint,
        run=checkpoint.event_session,
        people=people,
        national=phone.national,
        journey=_journey,
        at=dates.day_and_time(now(), g.event.time_zone, language=looks.current_language()),
    )


def _journey(attendee: Attendee) -> str:
    """'11월 9일 목요일 10:40, KE1203', what of it they said."""
    zone, language = g.event.time_zone, looks.current_language()
    arrives = dates.day_and_time(attendee.arrives_at, zone, language=language) if attendee.arrives_at else ""
    return ", ".join(filter(None, (arrives, attendee.flight_in)))
