"""Registrations: everybody who comes, searched, filtered, and taken along as a spreadsheet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventapp.clock import now
from eventapp.errors import Missing
from eventapp.formats import dates, phone, spreadsheets, text
from eventapp.formats.spreadsheets import SheetOut
from eventapp.models.registration import Diet, Room
from eventapp.models.staff import Role
from eventapp.models.wording import said
from eventapp.reports import open_questions, seminar
from eventapp.reports import registrations as report
from eventapp.reports.registrations import Row, State
from eventapp.rules import journal, questions
from eventapp.web import gates, looks
from eventapp.web.organizer import answer_words
from eventapp.web.organizer.list_words import DIET_WORDS, ROOM_WORDS

page = Blueprint("registrations", __name__)
SHOWN = 400  # rows on one page; a search finds the others
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATE_WORDS = {
    State.OPEN: _l("Own part still open"),
    State.UNDECIDED: _l("Run still open"),
    State.PENDING: _l("Waiting for approval"),
    State.WAITLISTED: _l("On the waitlist"),
    State.DONE: _l("All finished"),
    State.CANCELLED: _l("Given up"),
}


@page.get("/organizer/registrations")
def show() -> str:
    """The list, filtered as the address says."""
    _require_event()
    query = _kept().get("q", "")
    journal.looked(
        "registrations searched" if query else "registrations listed", g.event, event_id=g.event.id
    )
    rows = _rows()
    shown = _filtered(rows, query)
    return render_template(
        "organizer/registrations/show.html",
        rows=shown[:SHOWN],
        more=max(0, len(shown) - SHOWN),
        total=len([row for row in rows if row.state != State.CANCELLED]),
        states=[(state, _count(rows, state)) for state in State if _count(rows, state)],
        runs=report.per_run(g.event),
        state_words=STATE_WORDS,
        diet_words=DIET_WORDS,
        national=phone.national,
        here=here,
        questions=questions.of(g.event, archived=True) if _may_export() else [],
        kept=_kept(),
        waits_for_yes=_count(rows, State.PENDING) > 0,
        all_ticked=request.args.get("tick") == "all",
        export_url=url_for("organizer.registrations.export", **_kept()) if _may_export() else "",
    )


@page.get("/organizer/registrations.xlsx")
def export() -> Response:
    """What the list shows now, as a spreadsheet; the journal remembers who took it."""
    _require_event()
    if not _may_export():
        abort(403)
    kept = _kept()
    journal.looked("registrations exported", g.event, event_id=g.event.id, filters=kept)
    data = spreadsheets.write([_sheet(_filtered(_rows(), kept.get("q", "")))], zone=g.event.time_zone)
    day = dates.local(now(), g.event.time_zone).date().isoformat()
    answer = Response(data, mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="registrations-{g.event.slug}-{day}.xlsx"'
    return answer


def here(**changes: Any) -> str:
    """This list's address with something else chosen."""
    query = urlencode({name: value for name, value in (_kept() | changes).items() if value})
    return url_for("organizer.registrations.show") + (f"?{query}" if query else "")


def _kept() -> dict[str, str]:
    asked = {name: text.cut_line(request.args.get(name), 80) for name in ("q", "run", "state", "tick")}
    return {name: value for name, value in asked.items() if value}


def _require_event() -> None:
    if g.event is None:
        raise Missing()


def _may_export() -> bool:
    return g.staff.role in (Role.ORGANIZER, Role.HOST_CONTACT)


def _rows() -> list[Row]:
    return report.of(g.event, company_ids=gates.own_company_ids())


def _filtered(rows: list[Row], query: str) -> list[Row]:
    """Given-up registrations only where somebody asks for them."""
    kept = _kept()
    state, run = kept.get("state", ""), kept.get("run", "")
    found = [row for row in rows if row.state == state or (not state and row.state != State.CANCELLED)]
    if run:
        found = [row for row in found if str(row.run) == run]
    return [row for row in found if row.fits(query)] if query else found


def _count(rows: list[Row], state: State) -> int:
    return sum(row.state == state for row in rows)


def _sheet(rows: list[Row]) -> SheetOut:
    language = looks.current_language()
    headings = [
        _("Company"),
        _("Field"),
        _("Name"),
        _("Title"),
        _("Run"),
        _("Now"),
        _("Mobile phone"),
        _("E-mail"),
        _("Language"),
        _("Meals"),
        _("Named on"),
        _("Finished on"),
        _("Kitchen"),
        _("Room"),
        _("Shares with"),
        _("Bus there"),
        _("Bus back"),
        _("Arrives"),
        _("Flight there"),
        _("Leaves"),
        _("Flight back"),
        _("On call"),
        _("Question"),
    ]
    asked, ahead = open_questions.columns(g.event), seminar.asked_by(g.event)
    headings += [said(question, "text", language=language) for question in asked.asked]
    lines = [[*_cells(row, language), ahead.get(row.attendee_id, ""), *_answers(row, asked)] for row in rows]
    return SheetOut(_("Attendees"), headings, lines)


def _answers(row: Row, asked: open_questions.Columns) -> list[Any]:
    given = asked.said.get(row.attendee_id, {})
    return [answer_words.cell(question, given.get(question.id)) for question in asked.asked]


def _cells(row: Row, language: str) -> list[Any]:
    sector = row.sector_en if language == "en" and row.sector_en else row.sector_ko
    return [
        row.company,
        sector,
        row.name,
        row.title,
        _("Run %(number)s", number=row.run) if row.run else "",
        str(STATE_WORDS[row.state]),
        phone.national(row.phone) if row.phone else "",
        row.email,
        _("Korean") if row.language == "ko" else _("English"),
        str(DIET_WORDS[Diet(row.diet)]),
        row.created_at,
        row.confirmed_at,
        row.allergy,
        str(ROOM_WORDS[Room(row.room)]),
        row.room_with,
        _yes(row.shuttle_in),
        _yes(row.shuttle_out),
        row.arrives_at,
        row.flight_in,
        row.departs_at,
        row.flight_out,
        _yes(row.on_call),
    ]


def _yes(said: bool) -> str:
    return _("Yes") if said else ""
