"""The day itself: who has come to which checkpoint, renewed by itself."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing
from eventapp.formats import counts, dates
from eventapp.models.checkin import CheckIn, Checkpoint
from eventapp.models.event_session import EventSession
from eventapp.models.staff import Role
from eventapp.reports import arrivals as report
from eventapp.reports import presence
from eventapp.reports.arrivals import Line, PhoneLine
from eventapp.rules import checkins, checkpoints, journal, seats
from eventapp.web import gates, looks

page = Blueprint("arrivals", __name__)


@page.get("/organizer/arrivals")
def show() -> Any:
    """One checkpoint: the one in the address, else the one that is open now."""
    checkpoint, found = _chosen()
    if checkpoint is None:
        return render_template("organizer/arrivals/none.html", has_runs=bool(found))
    journal.looked("arrivals looked at", checkpoint, event_id=g.event.id)
    return render_template("organizer/arrivals/show.html", runs=found, **_told(checkpoint))


@page.get("/organizer/arrivals/live")
def live() -> Any:
    """The part that changes, fetched again every few seconds by the page."""
    checkpoint, _found = _chosen()
    if checkpoint is None:
        raise Missing()
    return _renewed("organizer/arrivals/live.html", checkpoint)


@page.get("/organizer/arrivals/wall")
def wall() -> Any:
    """For a screen on the wall: numbers and companies, nobody's name."""
    checkpoint, _found = _chosen()
    if checkpoint is None:
        raise Missing()
    return render_template("organizer/arrivals/wall.html", **_told(checkpoint))


@page.get("/organizer/arrivals/wall/live")
def wall_live() -> Any:
    """Its part that changes."""
    checkpoint, _found = _chosen()
    if checkpoint is None:
        raise Missing()
    return _renewed("organizer/arrivals/wall_live.html", checkpoint)


@page.post("/organizer/walk-ins/<uuid:check_in_id>/settlement")
def settle(check_in_id: UUID) -> Response:
    """A walk-in has been seen to."""
    check_in = db.session.get(CheckIn, str(check_in_id))
    if check_in is None or check_in.checkpoint.event_session.event_id != _event_id():
        raise Missing()
    if check_in.walk_in_name:
        checkins.settle(check_in)
        flash(_("%(name)s is seen to.", name=check_in.walk_in_name))
    return redirect(url_for("organizer.arrivals.show", checkpoint=check_in.checkpoint_id), code=303)


def _event_id() -> int:
    if g.event is None:
        raise Missing()
    return int(g.event.id)


def _chosen() -> tuple[Checkpoint | None, dict[EventSession, list[Checkpoint]]]:
    """The checkpoint to show, and all of them by run. A foreign or made-up one is the usual one."""
    if g.event is None:
        return None, {}
    found = {run: checkpoints.of_run(run) for run in seats.runs(g.event)}
    every = [checkpoint for one_run in found.values() for checkpoint in one_run]
    return presence.chosen(every, request.args.get("checkpoint", ""), moment=now()), found


def _renewed(template: str, checkpoint: Checkpoint) -> Response:
    """The part that changes; where the reader has it already, a word instead, for three small questions.

    The mark is each reader's own: what may be seen differs.
    """
    seen_by = f"{report.mark(checkpoint, now())} {template} {g.staff.id} {looks.current_language()}"
    mark = hashlib.sha256(seen_by.encode()).hexdigest()[:24]
    known = request.if_none_match.contains(mark)
    answer = make_response(
        "" if known else render_template(template, **_told(checkpoint)), 304 if known else 200
    )
    answer.set_etag(mark)
    answer.headers["X-As-Of"] = quote(_at())
    return answer


def _at() -> str:
    at = dates.day_and_time(now(), g.event.time_zone, language=looks.current_language())
    return _("As of %(at)s, renewed by itself", at=at)


def _told(checkpoint: Checkpoint) -> dict[str, Any]:
    arrivals = report.of(checkpoint, now(), company_ids=gates.own_company_ids())
    language, zone = looks.current_language(), g.event.time_zone
    return {
        "arrivals": arrivals,
        "checkpoint": checkpoint,
        "news_page": g.staff.role != Role.VIEWER,
        "run": checkpoint.event_session,
        "as_of": _at(),
        "present": len(presence.inside(checkpoint.event_session, arrivals.at)),
        "board": presence.board(checkpoint.event_session),
        "clock": lambda moment: dates.clock_time(moment, zone),
        "waited_for": counts.people(arrivals.expected - arrivals.inside, language),
        "chart": [
            {"label": dates.clock_time(ten.starts_at, zone), "count": ten.count, "now": ten.now}
            for ten in arrivals.tens
        ],
        "word_of": word_of,
        "phone_word": phone_word,
    }


def word_of(line: Line) -> str:
    """임보람 차장 아직 · 두 분 모두 아직 · 문태오 부장 외 한 분 아직."""
    language = looks.current_language()
    if not line.missing:
        return _("All here")
    if not line.came and line.size > 1:
        return _("All %(people)s still to come", people=counts.people(line.size, language))
    first, others = line.missing[0].name_and_title, len(line.missing) - 1
    if others:
        return _("%(name)s and %(people)s more to come", name=first, people=counts.people(others, language))
    return _("%(name)s still to come", name=first)


def phone_word(line: PhoneLine) -> str:
    """방금 · 4분째 연결 없음, 3건 대기 · 2시간 전."""
    if line.quiet is None:
        return _("%(count)s waiting", count=line.phone.waiting) if line.phone.waiting else _("just now")
    if not line.is_missed:
        return dates.ago(line.phone.last_contact_at, now(), language=looks.current_language())
    minutes = max(1, int(line.quiet.total_seconds() // 60))
    if line.phone.waiting:
        return _(
            "No connection for %(minutes)s min, %(count)s waiting", minutes=minutes, count=line.phone.waiting
        )
    return _("No connection for %(minutes)s min", minutes=minutes)
