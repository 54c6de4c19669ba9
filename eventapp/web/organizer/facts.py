"""The facts of the event: what every letter states; confirmed once, then letters may leave."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField, ValidationError
from wtforms.validators import NumberRange, Optional

from eventapp.clock import today
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import dates, phone
from eventapp.models.event_session import EventSession
from eventapp.models.staff import Staff
from eventapp.models.states import EventStatus
from eventapp.reports import history
from eventapp.rules import approvals, consents, events, seats
from eventapp.web import fields, looks
from eventapp.web.organizer import facts_words

page = Blueprint("facts", __name__)
ZONE = "Asia/Seoul"
WORDS = ("headline", "about", "history", "greeting", "letter", "place_note")  # told in both languages


class FactsForm(FlaskForm):
    """What pages and letters say, in both languages."""

    name_ko = fields.Line(_l("Name (Korean)"), [fields.Needed(_l("Please write the name."))], limit=120)
    name_en = fields.Line(_l("Name (English)"), [fields.Needed(_l("Please write the name."))], limit=120)
    full_name = fields.Line(_l("Full name"), limit=160)
    host_ko = fields.Line(_l("Host (Korean)"), [fields.Needed(_l("Please write the host."))], limit=80)
    host_en = fields.Line(_l("Host (English)"), [fields.Needed(_l("Please write the host."))], limit=80)
    team_ko = fields.Line(_l("Team (Korean)"), limit=120)
    team_en = fields.Line(_l("Team (English)"), limit=120)
    place_ko = fields.Line(_l("Place (Korean)"), limit=160)
    place_en = fields.Line(_l("Place (English)"), limit=160)
    address_ko = fields.Line(_l("Address (Korean)"), limit=240)
    address_en = fields.Line(_l("Address (English)"), limit=240)
    map_url = fields.Line(_l("Link to a map"), limit=400)
    sender_name = fields.Line(_l("Sender's name"), limit=120)
    sender_email = fields.Mail(_l("Sender's e-mail"))
    reply_phone = fields.Phone(_l("Phone for questions"))
    since_year = IntegerField(
        _l("Held since"),
        [Optional(), NumberRange(min=1900, max=2200, message=_l("Please write a year, for example 2009."))],
    )
    brand_colour = fields.Line(_l("Colour"), limit=7)
    headline_ko = fields.Paragraphs(_l("Headline (Korean)"), limit=200)
    headline_en = fields.Paragraphs(_l("Headline (English)"), limit=200)
    about_ko = fields.Paragraphs(_l("About the day (Korean)"), limit=2000)
    about_en = fields.Paragraphs(_l("About the day (English)"), limit=2000)
    history_ko = fields.Paragraphs(_l("What it has become (Korean)"), limit=2000)
    history_en = fields.Paragraphs(_l("What it has become (English)"), limit=2000)
    greeting_ko = fields.Paragraphs(_l("Greeting of the letter (Korean)"), limit=400)
    greeting_en = fields.Paragraphs(_l("Greeting of the letter (English)"), limit=400)
    letter_ko = fields.Paragraphs(_l("The letter (Korean)"), limit=4000)
    letter_en = fields.Paragraphs(_l("The letter (English)"), limit=4000)
    place_note_ko = fields.Paragraphs(_l("About the place (Korean)"), limit=600)
    place_note_en = fields.Paragraphs(_l("About the place (English)"), limit=600)

    def validate_brand_colour(self, field: Any) -> None:
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", field.data or "", re.ASCII):
            raise ValidationError(_("Please write the colour as # and six digits, for example #FEE500."))

    def validate_map_url(self, field: Any) -> None:
        if field.data and (urlsplit(field.data).scheme != "https" or not urlsplit(field.data).netloc):
            raise ValidationError(_("Please write a full address that begins with https://."))

    def facts(self) -> dict[str, Any]:
        """As events.state_facts takes them."""
        found = {
            name: self[name].data for name in events.FACTS if name in self and self[name].data is not None
        }
        return found | {
            "reply_phone": self.reply_phone.e164,
            "sender_email": self.sender_email.address,
            "since_year": self.since_year.data,
            "brand_colour": (self.brand_colour.data or "").upper(),
        }


class RunForm(FlaskForm):
    """One run: its days, its places, its cut-offs."""

    starts_on = DateField(_l("First day"), [fields.Needed(_l("Please choose a day."))])
    ends_on = DateField(_l("Last day"), [fields.Needed(_l("Please choose a day."))])
    capacity = IntegerField(
        _l("Places"),
        [NumberRange(min=0, max=5000, message=_l("Please write a number from 0 to 5,000."))],
    )
    venue_ko = fields.Line(_l("Where (Korean)"), limit=160)
    venue_en = fields.Line(_l("Where (English)"), limit=160)
    names_due_on = DateField(_l("Names until"), [Optional()])
    travel_due_on = DateField(_l("Travel until"), [Optional()])
    meals_due_on = DateField(_l("Meals until"), [Optional()])

    def days_and_more(self) -> dict[str, Any]:
        """As events.change_run takes them."""
        kept = (
            "starts_on",
            "ends_on",
            "venue_ko",
            "venue_en",
            "names_due_on",
            "travel_due_on",
            "meals_due_on",
        )
        return {name: self[name].data for name in kept}


class NewEventForm(FlaskForm):
    """The first facts of a new event."""

    slug = fields.Line(
        _l("Address"), [fields.Needed(_l("Please write an address, for example 2017."))], limit=40
    )
    year = IntegerField(
        _l("Year"), [NumberRange(min=1900, max=2200, message=_l("Please write a year, for example 2009."))]
    )
    name_ko = fields.Line(_l("Name (Korean)"), [fields.Needed(_l("Please write the name."))], limit=120)
    name_en = fields.Line(_l("Name (English)"), [fields.Needed(_l("Please write the name."))], limit=120)
    host_ko = fields.Line(_l("Host (Korean)"), [fields.Needed(_l("Please write the host."))], limit=80)
    host_en = fields.Line(_l("Host (English)"), [fields.Needed(_l("Please write the host."))], limit=80)

    def validate_slug(self, field: Any) -> None:
        if not re.fullmatch(r"[0-9]{4}(-[a-z0-9]+)*", field.data or "", re.ASCII):
            raise ValidationError(
                _("Please begin with the year; small letters, digits and hyphens may follow.")
            )


@page.get("/organizer/facts")
def show() -> str:
    """Everything that is stated, or the form for a new event."""
    if g.event is None:
        return render_template("organizer/facts/new.html", form=_new_form())
    return _page()


@page.post("/organizer/facts")
def state() -> Any:
    """Change what is stated."""
    form = FactsForm()
    if _require_event() and form.validate_on_submit():
        events.state_facts(g.event, **form.facts())
        return _saved(_("Saved."))
    return _page(form=form), 422


@page.post("/organizer/facts/event")
def make() -> Any:
    """Make a new event, still a draft."""
    form = NewEventForm()
    if form.validate_on_submit():
        try:
            names = ("name_ko", "name_en", "host_ko", "host_en")
            facts = {name: form[name].data for name in names}
            consents.publish_proposed(events.create(form.slug.data, year=form.year.data, **facts))
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            return _saved(_("The event is made. Next come its runs and its facts."))
    return render_template("organizer/facts/new.html", form=form), 422


@page.post("/organizer/facts/confirmation")
def confirm() -> Response:
    """Dates, place, sender and reply phone are right."""
    _require_event()
    try:
        events.confirm_facts(g.event, g.staff)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return redirect(url_for("organizer.facts.show"), code=303)
    return _saved(_("The facts are confirmed. Invitations may leave."))


@page.post("/organizer/facts/runs")
def add_run() -> Any:
    """One more run."""
    _require_event()
    form = RunForm()
    number = len(seats.runs(g.event)) + 1
    if form.validate_on_submit():
        try:
            more = form.days_and_more()
            events.add_run(g.event, number=number, capacity=form.capacity.data, **more)
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            return _saved(_("Run %(number)s is added.", number=number))
    return _page(run_form=form, run_number=number), 422


@page.post("/organizer/facts/runs/<int:number>")
def change_run(number: int) -> Any:
    """Change a run; its places never below what is taken."""
    run = _run(number)
    form = RunForm()
    if form.validate_on_submit():
        try:
            events.change_run(run, **form.days_and_more())
            if form.capacity.data != run.capacity:
                seats.set_capacity(run, form.capacity.data)
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            return _saved(_("Run %(number)s is changed.", number=number))
    return _page(run_form=form, run_number=number), 422


@page.post("/organizer/facts/closing")
def close() -> Response:
    """Partners can no longer answer."""
    _require_event()
    events.set_status(g.event, EventStatus.CLOSED)
    return _saved(_("The event is closed; answers stay as they are."))


@page.post("/organizer/facts/opening")
def reopen() -> Response:
    """Partners can answer again."""
    _require_event()
    events.set_status(g.event, EventStatus.OPEN)
    return _saved(_("The event is open again."))


@page.post("/organizer/facts/approval")
def set_approval() -> Response:
    """Whether people are confirmed one by one."""
    _require_event()
    approvals.want(g.event, request.form.get("wanted") == "yes")
    return _saved(_("Kept."))


def _require_event() -> bool:
    if g.event is None:
        raise Missing()
    return True


def _run(number: int) -> EventSession:
    _require_event()
    found = [run for run in seats.runs(g.event) if run.number == number]
    if not found:
        raise Missing()
    return found[0]


def _saved(sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("organizer.facts.show"), code=303)


def _new_form() -> NewEventForm:
    year = today(ZONE).year
    return NewEventForm(formdata=None, slug=str(year), year=year)


def _page(*, form: FactsForm | None = None, run_form: RunForm | None = None, run_number: int = 0) -> str:
    """The page; run_form: a run's form as it was typed."""
    runs, language = seats.runs(g.event), looks.current_language()
    shown = form or FactsForm(obj=g.event, formdata=None)
    if form is None:
        shown.reply_phone.data = phone.national(g.event.reply_phone)
    forms = {run.number: RunForm(obj=run, formdata=None) for run in runs}
    forms[len(runs) + 1] = RunForm(formdata=None)
    if run_form is not None:
        forms[run_number] = run_form
    for number, one in forms.items():
        for field in one:
            field.id = f"run-{number}-{field.name}"  # several runs on one page
    confirmed_by = g.event.facts_confirmed_by_id
    return render_template(
        "organizer/facts/show.html",
        form=shown,
        run_forms=forms,
        typed_run=run_number,
        runs=[(run, seats.taken(run)) for run in runs],
        confirmed_by=db.session.get(Staff, confirmed_by) if confirmed_by else None,
        words=WORDS,
        phone=phone.national(g.event.reply_phone),
        run_days={
            run.number: dates.days_in_full(run.starts_on, run.ends_on, language=language, year=True)
            for run in runs
        },
        confirmed_on=facts_words.day_of(g.event.facts_confirmed_at) if g.event.facts_confirmed_at else "",
        event_word=str(facts_words.EVENT_WORDS[EventStatus(g.event.status)]),
        steps=[facts_words.step(one) for one in history.of_facts(g.event, newest=12)],
    )
