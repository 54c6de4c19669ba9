"""The list of a checkpoint on paper, for a morning without any phone."""

from __future__ import annotations

from flask import Blueprint, Response, g
from flask_babel import gettext as _

from eventapp.clock import now
from eventapp.config import ROOT
from eventapp.db import db
from eventapp.errors import Missing
from eventapp.formats import dates, door_list
from eventapp.formats.door_list import Head
from eventapp.models.checkin import Checkpoint
from eventapp.models.wording import said
from eventapp.reports import door_lists
from eventapp.rules import journal
from eventapp.web import looks

page = Blueprint("door_lists", __name__)
FONTS = ROOT / "static" / "vendor" / "pretendard-1.3.9" / "ttf"


@page.get("/organizer/checkpoints/<int:checkpoint_id>/list.pdf")
def paper(checkpoint_id: int) -> Response:
    """A4 with boxes to tick; the journal remembers that names were printed."""
    checkpoint = db.session.get(Checkpoint, checkpoint_id) if checkpoint_id < 2**31 else None
    if checkpoint is None or g.event is None or checkpoint.event_session.event_id != g.event.id:
        raise Missing()
    rows = door_lists.of(checkpoint)
    journal.looked("door list printed", checkpoint, event_id=g.event.id, people=len(rows))
    answer = Response(
        door_list.sheet(_head(checkpoint, len(rows)), rows, fonts=FONTS), mimetype="application/pdf"
    )
    name = f"door-{g.event.slug}-{checkpoint.event_session.number}-{checkpoint.id}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _head(checkpoint: Checkpoint, people: int) -> Head:
    zone, language = g.event.time_zone, looks.current_language()
    day = dates.day(dates.local(checkpoint.opens_at, zone).date(), language)
    parts = (
        said(g.event, "name", language=language),
        _("Run %(number)s", number=checkpoint.event_session.number),
        f"{day} {dates.time_range(checkpoint.opens_at, checkpoint.closes_at, zone=zone)}",
        _("%(count)s on the list", count=people),
        _("As of %(handed)s", handed=dates.day_and_time(now(), zone, language=language)),
    )
    return Head(
        title=said(checkpoint, "name", language=language),
        under="  ·  ".join(parts),
        columns=(_("Name"), _("Company"), _("Good to know"), _("Code")),
        foot=_("This sheet names people. Please destroy it after the event."),
    )
