"""Checkpoints: what is scanned where and when, and who is expected; made, changed, closed and taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateTimeLocalField, SelectField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import dates
from eventapp.models.checkin import Checkpoint
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.event_session import EventSession
from eventapp.models.wording import said
from eventapp.reports import rosters, tours
from eventapp.rules import checkpoints, seats
from eventapp.rules.checkpoints import Words
from eventapp.web import fields, looks

page = Blueprint("checkpoints", __name__)
KINDS = {
    Kind.GATE: _l("Gate: everybody"),
    Kind.SHUTTLE_IN: _l("Bus there: who asked for it"),
    Kind.SHUTTLE_OUT: _l("Bus back: who asked for it"),
    Kind.TOUR: _l("Tour: a group, or everybody"),
    Kind.MEAL: _l("Meal: who is there then"),
    Kind.KEY_OUT: _l("Room keys given, with their number"),
    Kind.KEY_BACK: _l("Room keys back"),
    Kind.LEAVING: _l("Leaving early, with the reason"),
}
TIME = "%Y-%m-%dT%H:%M"
WHEN = _l("Please choose a day and a time.")


class CheckpointForm(FlaskForm):
    """Name, what happens there, and the hours, on the clocks of the event's place."""

    name_ko = fields.Line(_l("Name (Korean)"), [fields.Needed(_l("Please write the name."))], limit=60)
    name_en = fields.Line(_l("Name (English)"), limit=60)
    kind = SelectField(
        _l("What happens here"), choices=[SelectChoice(*one) for one in KINDS.items()], default=Kind.GATE
    )
    group = SelectField(_l("Group, at a tour"), default="")
    opens_at = DateTimeLocalField(_l("Opens"), [InputRequired(WHEN)], format=[TIME, f"{TIME}:%S"])
    closes_at = DateTimeLocalField(_l("Closes"), [InputRequired(WHEN)], format=[TIME, f"{TIME}:%S"])

    def validate_opens_at(self, field: Any) -> None:
        """A year somebody can mean."""
        if field.data and not 2000 <= field.data.year <= 2200:
            raise ValidationError(str(WHEN))

    validate_closes_at = validate_opens_at

    def told(self, run: EventSession) -> Words:
        """As the rules want it: aware times, the group itself."""
        zone = ZoneInfo(g.event.time_zone)
        groups = {str(item.id): item for item in tours.of(run)}
        return Words(
            name_ko=self.name_ko.data,
            name_en=self.name_en.data,
            kind=Kind(self.kind.data),
            opens_at=self.opens_at.data.replace(tzinfo=zone),
            closes_at=self.closes_at.data.replace(tzinfo=zone),
            agenda_item=groups.get(self.group.data),
        )


@page.get("/organizer/checkpoints")
def show() -> str:
    """Every checkpoint, run by run, with how many came and are expected."""
    return _page()


@page.post("/organizer/runs/<int:number>/checkpoints")
def add(number: int) -> Any:
    """One more checkpoint."""
    run = _run(number)
    form = _form(run)
    return _carry_out(
        form,
        lambda: checkpoints.add(run, form.told(run)),
        sentence=_("The checkpoint is added."),
        new_forms={number: form},
    )


@page.post("/organizer/runs/<int:number>/usual-checkpoints")
def make_usual(number: int) -> Response:
    """Gates, buses, tour, dinner, keys, leaving early."""
    checkpoints.make_default(_run(number))
    return _back()


@page.post("/organizer/checkpoints/<int:checkpoint_id>")
def change(checkpoint_id: int) -> Any:
    """Another name, kind or hours."""
    checkpoint = _ours(checkpoint_id)
    run = checkpoint.event_session
    form = _form(run)
    return _carry_out(
        form,
        lambda: checkpoints.change(checkpoint, form.told(run)),
        sentence=_("The checkpoint is changed."),
        change_forms={checkpoint_id: form},
    )


@page.post("/organizer/checkpoints/<int:checkpoint_id>/closing")
def close(checkpoint_id: int) -> Response:
    """It closes now."""
    checkpoints.close(_ours(checkpoint_id))
    flash(_("It is closed. Who comes now is asked about on the phone."))
    return _back()


@page.post("/organizer/checkpoints/<int:checkpoint_id>/removal")
def remove(checkpoint_id: int) -> Response:
    """One that nobody has used goes away."""
    checkpoint = _ours(checkpoint_id)
    try:
        checkpoints.remove(checkpoint)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
    return _back()


def _back() -> Response:
    return redirect(url_for("organizer.checkpoints.show"), code=303)


def _run(number: int) -> EventSession:
    found = [run for run in seats.runs(g.event) if run.number == number] if g.event else []
    if not found:
        raise Missing()
    return found[0]


def _ours(checkpoint_id: int) -> Checkpoint:
    """One of this Event's runs. Raises Missing."""
    found = db.session.get(Checkpoint, checkpoint_id) if checkpoint_id < 2**31 else None
    if found is None or g.event is None or found.event_session.event_id != g.event.id:
        raise Missing()
    return found


def _page(**shown: Any) -> str:
    if g.event is None:
        raise Missing()
    runs = seats.runs(g.event)
    found = {run.id: checkpoints.of_run(run) for run in runs}
    return render_template(
        "organizer/checkpoints/show.html",
        runs=runs,
        checkpoints=found,
        counted={one.id: rosters.count(one) for every in found.values() for one in every},
        kind_words=KINDS,
        hours=_hours,
        is_open=lambda one: one.opens_at < now() < one.closes_at,
        change_form=_change_form,
        new_form=lambda run: _form(run, empty=True),
        named=fields.named,
        **{"new_forms": {}, "change_forms": {}, **shown},
    )


def _carry_out(form: CheckpointForm, rule: Callable[[], object], *, sentence: str, **forms: Any) -> Any:
    """What the form asks for; else the page again, with what was typed in its place."""
    if not form.validate_on_submit():
        return _page(**forms), 422
    try:
        rule()
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _page(**forms), refusal.status
    flash(sentence)
    return _back()


def _form(run: EventSession, *, empty: bool = False, **data: Any) -> CheckpointForm:
    """The groups to choose from are the run's tours."""
    form = CheckpointForm(formdata=None, data=data) if empty else CheckpointForm()
    language = looks.current_language()
    words = [SelectChoice(str(item.id), said(item, "title", language=language)) for item in tours.of(run)]
    form.group.choices = [SelectChoice("", _("Everybody")), *words]
    return form


def _change_form(checkpoint: Checkpoint) -> CheckpointForm:
    zone = g.event.time_zone
    return _form(
        checkpoint.event_session,
        empty=True,
        name_ko=checkpoint.name_ko,
        name_en=checkpoint.name_en,
        kind=checkpoint.kind,
        group=str(checkpoint.agenda_item_id or ""),
        opens_at=dates.local(checkpoint.opens_at, zone),
        closes_at=dates.local(checkpoint.closes_at, zone),
    )


def _hours(checkpoint: Checkpoint) -> str:
    zone, language = g.event.time_zone, looks.current_language()
    day = dates.short_day(dates.local(checkpoint.opens_at, zone).date(), language)
    return f"{day} {dates.time_range(checkpoint.opens_at, checkpoint.closes_at, zone=zone)}"
