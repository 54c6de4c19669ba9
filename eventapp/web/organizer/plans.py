"""The plan: who left the run to us, what we propose and why, corrected by hand, published in one go."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.formats import counts, dates
from eventapp.models.event_session import EventSession
from eventapp.models.plan import Plan
from eventapp.reports import plans as report
from eventapp.rules import journal, plans, seats, splits
from eventapp.web import gates, looks
from eventapp.web.organizer import plan_words

page = Blueprint("plans", __name__)
NONE, AUTO = "none", "auto"


@page.get("/organizer/plan")
def show() -> str:
    """The draft, or how many would be in one."""
    _require_event()
    plan = plans.draft(g.event)
    journal.looked("plan looked at", g.event, event_id=g.event.id)
    rows = report.rows(plan) if plan else []
    return render_template(
        "organizer/plans/show.html",
        plan=plan,
        rows=rows,
        runs=report.per_run(g.event, rows),
        by_field=report.per_field(g.event, rows),
        waiting=report.unplanned(plan) if plan else len(splits.undecided(g.event)),
        published=plans.last_published(g.event),
        words=plan_words,
        value=_value,
        dates=dates,
        counts=counts,
        language=looks.current_language(),
    )


@page.post("/organizer/plan/proposal")
def propose() -> Response:
    """A first proposal, or a new one that keeps what is set by hand."""
    _require_event()
    try:
        _keep_lines()
        plans.propose(g.event)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
    return _back()


@page.post("/organizer/plan/lines")
def keep() -> Response:
    """Keep what was set by hand."""
    _require_event()
    try:
        kept = _keep_lines()
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return _back()
    if kept:
        flash(ngettext("%(num)s person set by hand.", "%(num)s people set by hand.", kept))
    else:
        flash(_("Nothing was changed."))
    return _back()


@page.post("/organizer/plan/publication")
def publish() -> Response:
    """Places and letters for everybody in the plan, or a sentence that says who does not fit."""
    _require_event()
    try:
        _keep_lines()
        done = plans.publish(_draft_sent())
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return _back()
    sentence = ngettext(
        "%(num)s person has a place now; a letter is on its way.",
        "%(num)s people have a place now; each gets a letter.",
        done,
    )
    flash(sentence)
    return _back()


def _value(row: report.Row) -> str:
    """What the select of a row shows."""
    run = row.line.event_session
    return str(run.number) if run else NONE


def _keep_lines() -> int:
    """Only what differs from what the form showed is set by hand; so nobody undoes a colleague's change."""
    if plans.draft(g.event) is None and "plan" not in request.form:
        return 0
    plan = _draft_sent()
    runs = {str(run.number): run for run in seats.runs(g.event)}
    hands: dict[int, EventSession | None] = {}
    freed: set[int] = set()
    for name, typed in request.form.items():
        key = name.removeprefix("run-")
        if key == name or not key.isascii() or not key.isdigit() or typed == request.form.get(f"was-{key}"):
            continue
        if typed == AUTO:
            freed.add(int(key))
        elif typed == NONE or typed in runs:
            hands[int(key)] = runs.get(typed)
    if hands:
        plans.set_by_hand(plan, hands)
    if freed:
        plans.let_go(plan, freed)
    return len(hands)


def _draft_sent() -> Plan:
    """The draft that the form was drawn for. Raises Stale."""
    plan = plans.draft(g.event)
    if plan is None or plan.id != gates.number_sent("plan"):
        raise Stale()
    return plan


def _require_event() -> None:
    if g.event is None:
        raise Missing()


def _back() -> Response:
    return redirect(url_for("organizer.plans.show"), code=303)
