"""The letters that leave by themselves: when for each run, switched on and edited; and the quiet hours."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, IntegerField, TimeField
from wtforms.validators import NumberRange, Optional

from eventapp.errors import Missing, RuleBroken
from eventapp.models.event_session import EventSession
from eventapp.models.letter_plan import LetterPlan, LetterRound, Planned
from eventapp.rules import letter_plans, quiet_hours, seats
from eventapp.web import fields
from eventapp.web.organizer import letter_words

page = Blueprint("letter_plan", __name__)
Answer = Response | tuple[str, int]
MOST_DAYS = 120
WHOM = {
    Planned.INVITATION: _l("Companies that have not answered"),
    Planned.NAMES_WANTED: _l("Coordinators with seats that have no name"),
    Planned.PART_WANTED: _l("People who have not finished their own part"),
    Planned.SOON: _l("Everybody with a place"),
    Planned.THANKS: _l("Everybody who was there"),
}


class PlanForm(FlaskForm):
    """One letter: whether, when, and a word of one's own in it."""

    is_on = BooleanField(_l("It leaves by itself"))
    days = IntegerField(
        _l("Days"),
        [
            NumberRange(
                0, MOST_DAYS, _l("Please write a number of days from 0 to %(most)s.", most=str(MOST_DAYS))
            )
        ],
    )
    at = TimeField(_l("At"), [fields.Needed(_l("Please write the time, for example 10:00."))])
    words_ko = fields.Paragraphs(_l("A word of your own in Korean"), limit=1000)
    words_en = fields.Paragraphs(_l("A word of your own in English"), limit=1000)


class QuietForm(FlaskForm):
    """The hours in which no letter leaves that can wait."""

    quiet_from = TimeField(_l("Quiet from"), [Optional()])
    quiet_until = TimeField(_l("Quiet until"), [Optional()])


@page.get("/organizer/letter-plan")
def show() -> str:
    """Every letter that can be planned, by day; `letter` opens one in the side panel."""
    _require_event()
    chosen = _known(request.args.get("letter", ""))
    return _page(PlanForm(obj=letter_plans.plan_of(g.event, chosen)) if chosen else None, chosen=chosen)


@page.post("/organizer/letter-plan/<letter>")
def change(letter: str) -> Answer:
    """Keep one letter's plan."""
    purpose, form = _wanted(letter), PlanForm()
    if not form.validate_on_submit():
        return _page(form, chosen=purpose), 422
    names = ("is_on", "days", "at", "words_ko", "words_en")
    letter_plans.change(
        g.event, purpose, draft=letter_plans.Draft(**{name: form[name].data for name in names})
    )
    return _back(_("Kept."))


@page.post("/organizer/letter-plan/<letter>/round")
def send_now(letter: str) -> Response:
    """A round whose time has passed leaves now."""
    plan = letter_plans.plan_of(g.event, _wanted(letter))
    run = next((one for one in seats.runs(g.event) if str(one.number) == request.form.get("run")), None)
    if run is None:
        return _back()
    try:
        count = letter_plans.carry_out(plan, run)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return _back()
    return _back(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", count))


@page.post("/organizer/letter-plan/quiet-hours")
def set_quiet_hours() -> Answer:
    """From when to when; both empty: none."""
    _require_event()
    quiet = QuietForm()
    if not quiet.validate_on_submit():
        return _page(None, quiet=quiet), 422
    try:
        quiet_hours.set_hours(g.event, begin=quiet.quiet_from.data, end=quiet.quiet_until.data)
    except RuleBroken as refusal:
        fields.blame(quiet, refusal)
        return _page(None, quiet=quiet), refusal.status
    return _back(_("Kept."))


def slug(purpose: str) -> str:
    """How a letter stands in an address."""
    return purpose.replace(" ", "-")


def _known(letter: str) -> Planned | None:
    return next((purpose for purpose in Planned if slug(purpose) == letter), None)


def _wanted(letter: str) -> Planned:
    _require_event()
    found = _known(letter)
    if found is None:
        raise Missing()
    return found


def _require_event() -> None:
    if g.event is None:
        raise Missing()


def _page(form: PlanForm | None, *, chosen: Planned | None = None, quiet: QuietForm | None = None) -> str:
    runs, left = seats.runs(g.event), letter_plans.rounds(g.event)
    plans = letter_plans.of(g.event)
    return render_template(
        "organizer/letter_plan/show.html",
        rows=[(plan, [_cell(plan, run, left=left) for run in runs]) for plan in plans],
        run_heads=[_("Run %(number)s", number=run.number) for run in runs],
        form=form,
        chosen=next((plan for plan in plans if plan.purpose == chosen), None),
        readers={run.number: len(letter_plans.readers(chosen, run)) for run in runs} if chosen else {},
        quiet=quiet or QuietForm(obj=g.event),
        slug=slug,
        whom=WHOM,
        words=letter_words,
        zone=g.event.time_zone,
    )


def _cell(plan: LetterPlan, run: EventSession, *, left: dict[tuple[int, int], LetterRound]) -> dict[str, Any]:
    """One plan for one run: stage, when it leaves or left, how many letters."""
    done = left.get((plan.id, run.id))
    return {
        "run": run,
        "stage": letter_plans.stage(plan, run, left=done),
        "at": done.left_at if done else letter_plans.due_at(plan, run),
        "letters": done.letters if done else 0,
    }


def _back(sentence: str = "") -> Response:
    if sentence:
        flash(sentence)
    return redirect(url_for("organizer.letter_plan.show"), code=303)
