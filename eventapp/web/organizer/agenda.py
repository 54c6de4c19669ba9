"""The organizers' agenda: both runs side by side; an item added, changed or removed is published at once."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.widgets import NumberInput, TimeInput

from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import dates
from eventapp.models.agenda import AgendaItem, Kind
from eventapp.models.event_session import EventSession
from eventapp.models.staff import Role
from eventapp.reports import timetable
from eventapp.rules import agenda, seats
from eventapp.rules.agenda import Draft
from eventapp.web import fields, looks

page = Blueprint("agenda", __name__)

KINDS = {
    Kind.TOUR: _l("HQ tour"),
    Kind.SEMINAR: _l("Shared-growth seminar"),
    Kind.INFRASTRUCTURE: _l("Infrastructure"),
    Kind.AI: _l("AI"),
    Kind.MEAL: _l("Meal"),
    Kind.TRANSFER: _l("Arrival or transfer"),
    Kind.FREE: _l("Anything else"),
}
DAYS = {1: _l("First day"), 2: _l("Second day")}


class Hour(StringField):
    """An hour of the day; `time` is what to keep, `data` stays as typed."""

    widget = TimeInput()
    time: time | None = None

    def pre_validate(self, form: Any) -> None:
        found = re.fullmatch(r"([01]?\d|2[0-3]):?([0-5]\d)(?::00)?", (self.data or "").strip(), re.ASCII)
        if not found:
            raise ValidationError(_("Please write a time, for example 09:30."))
        self.time = time(int(found[1]), int(found[2]))


class Number(StringField):
    """A whole number or nothing; `number` is what to keep, `data` stays as typed."""

    widget = NumberInput(min=0)
    number: int | None = None

    def pre_validate(self, form: Any) -> None:
        typed = (self.data or "").strip()
        if typed and not re.fullmatch(r"\d{1,5}", typed, re.ASCII):
            raise ValidationError(_("Please write a number between 0 and 10,000."))
        self.number = int(typed) if typed else None


class ItemForm(FlaskForm):
    """One item in both languages; `seen` is the publication the organizer had before them."""

    kind = SelectField(_l("Kind"), choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()])
    title_ko = fields.Line(
        _l("Title in Korean"), [fields.Needed(_l("Please write the title in Korean."))], limit=160
    )
    title_en = fields.Line(_l("Title in English"), limit=160)
    day = RadioField(_l("Day"))
    starts_at = Hour(_l("From"))
    ends_at = Hour(_l("To"))
    room_ko = fields.Line(_l("Room in Korean"), limit=80)
    room_en = fields.Line(_l("Room in English"), limit=80)
    speaker_ko = fields.Line(_l("Speaker in Korean"), limit=160)
    speaker_en = fields.Line(_l("Speaker in English"), limit=160)
    text_ko = fields.Paragraphs(_l("A few words in Korean"), limit=2000)
    text_en = fields.Paragraphs(_l("A few words in English"), limit=2000)
    group_number = Number(_l("Group"))
    places = Number(_l("Places"))
    internal = BooleanField(_l("Only for us: partners do not see it"))
    every_run = BooleanField(_l("The same in the other run"))
    seen = HiddenField()

    def of_run(self, run: EventSession) -> ItemForm:
        """With the days of that run to choose from."""
        self.day.choices = [SelectChoice(str(number), label) for number, label in _days(run)]
        if self.day.data is None:
            self.day.data = "1"
        return self

    def draft(self, run: EventSession) -> Draft:
        """What was typed, its hours on the clocks of the Event's zone; midnight ends the day."""
        zone = ZoneInfo(run.event.time_zone)
        on = run.starts_on + timedelta(days=int(self.day.data) - 1)
        ends_on = on + timedelta(days=1) if self.ends_at.time == time(0) else on
        words = {
            f"{name}_{language}": self[f"{name}_{language}"].data
            for name in ("title", "text", "room", "speaker")
            for language in ("ko", "en")
        }
        return Draft(
            kind=Kind(self.kind.data),
            starts_at=datetime.combine(on, self.starts_at.time or time(0), zone),
            ends_at=datetime.combine(ends_on, self.ends_at.time or time(0), zone),
            places=self.places.number,
            group_number=self.group_number.number,
            internal=bool(self.internal.data),
            **words,
        )


@page.get("/organizer/agenda")
def show() -> str:
    """Both runs as a timetable, and what was published when."""
    runs = _runs()
    publications = agenda.publications(g.event)
    return render_template(
        "organizer/agenda/show.html",
        grid=timetable.grid({run: agenda.working_items(run) for run in runs}),
        labels={run.id: _days(run, short=True) for run in runs},
        taken={run.id: seats.taken(run) for run in runs},
        publications=[
            {
                "number": one.number,
                "by": one.published_by,
                "at": dates.day_and_time(
                    one.published_at, g.event.time_zone, language=looks.current_language()
                ),
            }
            for one in publications
        ],
        may_write=_may_write(),
    )


@page.get("/organizer/agenda/items/new")
def write_new() -> str:
    """An empty form for one run."""
    run = _run_asked()
    form = ItemForm(formdata=None, seen=_number()).of_run(run)
    return _form_page(form, run)


@page.post("/organizer/agenda/items")
def add() -> Any:
    """One more item, in one run or in every one: one publication."""
    run = _run_asked()
    form = ItemForm().of_run(run)
    if form.validate_on_submit():
        draft = form.draft(run)
        drafts = agenda.in_every_run(run, draft) if form.every_run.data else [(run, draft)]
        try:
            agenda.add_all(g.event, drafts, by=g.staff.name)
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            return _published()
    return _form_page(form, run), 422


@page.get("/organizer/agenda/items/<int:item_id>")
def write(item_id: int) -> str:
    """The form of an item."""
    item = _item(item_id)
    run = item.event_session
    first, last = (dates.local(moment, g.event.time_zone) for moment in (item.starts_at, item.ends_at))
    kept = {name: getattr(item, name) for name in agenda.WRITTEN}
    hours = {"starts_at": f"{first:%H:%M}", "ends_at": f"{last:%H:%M}"}
    day = str((first.date() - run.starts_on).days + 1)
    form = ItemForm(formdata=None, data=kept | hours | {"day": day, "seen": _number()})
    return _form_page(form.of_run(run), run, item)


@page.post("/organizer/agenda/items/<int:item_id>")
def change(item_id: int) -> Any:
    """Save an item; nothing typed is lost where somebody else was faster."""
    item = _item(item_id)
    run = item.event_session
    form = ItemForm().of_run(run)
    if form.validate_on_submit():
        seen = int(form.seen.data) if re.fullmatch(r"\d{1,9}", form.seen.data or "", re.ASCII) else None
        try:
            agenda.change(item, form.draft(run), seen=seen, by=g.staff.name)
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            return _published()
    return _form_page(form, run, item), 422


@page.post("/organizer/agenda/items/<int:item_id>/removal")
def remove(item_id: int) -> Response:
    """Take an item out; harmless when it is out already."""
    agenda.remove(_item(item_id, removed=True), by=g.staff.name)
    return _published()


def _published() -> Response:
    flash(_("Publication %(number)s is what partners see now.", number=_number()))
    return redirect(url_for("organizer.agenda.show"), code=303)


def _form_page(form: ItemForm, run: EventSession, item: AgendaItem | None = None) -> str:
    return render_template(
        "organizer/agenda/item.html", form=form, run=run, item=item, may_write=_may_write(), runs=_runs()
    )


def _item(item_id: int, *, removed: bool = False) -> AgendaItem:
    """An item of this Event. Raises Missing."""
    item = db.session.get(AgendaItem, item_id) if item_id < 2**31 else None
    if g.event is None or item is None or item.event_session.event_id != g.event.id:
        raise Missing()
    if item.removed_at is not None and not removed:
        raise Missing()
    return item


def _run_asked() -> EventSession:
    """The run in ?run=. Raises Missing."""
    for run in _runs():
        if str(run.number) == request.args.get("run", "1"):
            return run
    raise Missing()


def _runs() -> list[EventSession]:
    if g.event is None:
        raise Missing()
    return seats.runs(g.event)


def _number() -> int:
    publication = agenda.latest(g.event)
    return publication.number if publication else 0


def _may_write() -> bool:
    return g.staff.role == Role.ORGANIZER


def _days(run: EventSession, *, short: bool = False) -> list[tuple[int, str]]:
    language = looks.current_language()
    days = []
    for number in range(1, (run.ends_on - run.starts_on).days + 2):
        on = run.starts_on + timedelta(days=number - 1)
        name = DAYS.get(number) or _("Day %(day)s", day=number)
        shown = dates.short_day(on, language) if short else dates.day(on, language)
        days.append((number, f"{name} {shown}"))
    return days
