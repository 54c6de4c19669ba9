"""One person's badge once more: found by name, with a warning of what is on paper already, or with a new code."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from eventapp.config import ROOT
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import badge_sheet, colour, dates, hangul, text
from eventapp.formats.badge_sheet import Brand
from eventapp.models.journal import JournalEntry
from eventapp.models.registration import Attendee
from eventapp.reports import badge_faces
from eventapp.reports.badge_faces import Printable
from eventapp.rules import attendees, journal
from eventapp.web import looks

page = Blueprint("reprints", __name__)
FONTS = ROOT / "static" / "vendor" / "pretendard-1.3.9" / "ttf"
FOUND = 30


@page.get("/organizer/badges/one")
def show() -> str:
    """Whoever fits the name or the company, each with when their badge was printed."""
    query = text.cut_line(request.args.get("q"), 40)
    everybody = _everybody()
    fits = [one for one in everybody if query and hangul.matches(query, f"{one.face.name}{one.face.title}")]
    fits += [
        one for one in everybody if query and one not in fits and hangul.matches(query, one.face.company)
    ]
    return render_template(
        "organizer/reprints/show.html",
        query=query,
        found=[(one, badge_faces.printings(g.event, one.attendee_id)) for one in fits[:FOUND]],
        warning=_warning,
    )


@page.post("/organizer/badges/<int:attendee_id>/sheet")
def print_one(attendee_id: int) -> Any:
    """The PDF of one badge. Where it was printed since the warning was read, the warning comes first."""
    one = _one(attendee_id)
    if request.form.get("printed") != str(len(badge_faces.printings(g.event, attendee_id))):
        flash(_("This badge was printed meanwhile. Please look at the warning once more."), "warns")
        return _back(one)
    journal.looked(
        "badges printed", g.event, event_id=g.event.id, layout="a6", attendee_ids=[attendee_id], again=True
    )
    brand = Brand(colour=g.event.brand_colour, text=colour.text_on(g.event.brand_colour))
    answer = Response(badge_sheet.sheet([one.face], fonts=FONTS, brand=brand), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="badge-{g.event.slug}-{attendee_id}.pdf"'
    return answer


@page.post("/organizer/badges/<int:attendee_id>/renewal")
def renew(attendee_id: int) -> Any:
    """A new code; the old paper, wherever it is, admits nobody."""
    one = _one(attendee_id)
    attendee = db.session.get(Attendee, attendee_id)
    if attendee is None:
        raise Missing()
    try:
        attendees.renew_badge(attendee)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return _back(one)
    flash(_("%(name)s has a new code, on the pass too. Please print the badge now.", name=one.face.name))
    return _back(one)


def _everybody() -> list[Printable]:
    if g.event is None:
        raise Missing()
    return badge_faces.of(g.event, link=lambda code: looks.outside_url(f"/B/{code}").upper())


def _one(attendee_id: int) -> Printable:
    """Of this Event, with a valid badge. Raises Missing."""
    found = next((one for one in _everybody() if one.attendee_id == attendee_id), None)
    if found is None:
        raise Missing()
    return found


def _back(one: Printable) -> Any:
    return redirect(url_for("organizer.reprints.show", q=one.face.name), code=303)


def _warning(printed: list[JournalEntry]) -> str:
    """What is on paper already; '' where nothing is."""
    if not printed:
        return ""
    at = dates.day_and_time(printed[0].at, g.event.time_zone, language=looks.current_language())
    return _n(
        "Printed %(num)s time, %(at)s. Papers with one code: whoever shows theirs first is in.",
        "Printed %(num)s times, last %(at)s. Papers with one code: whoever shows theirs first is in.",
        len(printed),
        at=at,
    )
