"""Late requests: what companies ask for after the cut-off, done or refused with one tap; exceptions."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField

from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import dates, hangul, text
from eventapp.models.change_request import OWN, ChangeRequest
from eventapp.models.company import Company
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.models.states import InvitationStatus
from eventapp.rules import approvals, attendees, change_requests
from eventapp.web import fields, looks
from eventapp.web.organizer import request_words

page = Blueprint("change_requests", __name__)
LONGEST_WORD = 500

Answer = Response | tuple[str, int]


class ExceptionForm(FlaskForm):
    """Which company, until when."""

    invitation = SelectField(_l("Company"), validate_choice=False)
    changes_until = DateField(_l("May change until"), [fields.Needed(_l("Please choose a day."))])


@page.get("/organizer/change-requests")
def show() -> str:
    """What waits for an answer, first asked first, and who is exempt."""
    return _page(ExceptionForm(formdata=None))


@page.post("/organizer/change-requests/<int:request_id>/approval")
def approve(request_id: int) -> Response:
    """Do what was asked."""
    asked = _asked(request_id)
    try:
        change_requests.approve(asked)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return _back()
    return _back(_("Done, with a letter to %(company)s.", company=_reader(asked)))


@page.post("/organizer/change-requests/<int:request_id>/refusal")
def refuse(request_id: int) -> Response:
    """Everything stays as it is."""
    asked = _asked(request_id)
    word = text.cut_line(request.form.get("word"), LONGEST_WORD)
    try:
        change_requests.refuse(asked, word=word)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return _back()
    return _back(_("Answered, with a letter to %(company)s.", company=_reader(asked)))


@page.post("/organizer/change-requests/names/<int:registration_id>")
def settle(registration_id: int) -> Response:
    """Yes or no to somebody who waits for it."""
    registration = db.session.get(Registration, registration_id) if registration_id < 2**31 else None
    if registration is None or g.event is None or registration.invitation.event_id != g.event.id:
        raise Missing()
    company = registration.invitation.company.name
    try:
        (approvals.approve if request.form.get("answer") == "yes" else approvals.refuse)(registration)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return _back()
    return _back(_("Answered, with a letter to %(company)s.", company=company))


@page.post("/organizer/change-requests/exceptions")
def exempt() -> Answer:
    """Let a company change by itself until a day; without one the exception ends."""
    form = ExceptionForm()
    found = next((one for one in _standing() if str(one.id) == request.form.get("invitation", "")), None)
    if found is None:
        form.invitation.errors = [_("Please choose a company.")]
        return _page(form), 422
    if "end" in request.form:
        change_requests.exempt(found, None)
        return _back(_("The exception of %(company)s has ended.", company=found.company.name))
    if not form.validate_on_submit():
        return _page(form), 422
    until: date = form.changes_until.data
    try:
        change_requests.exempt(found, until)
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _page(form), refusal.status
    day = dates.day(until, looks.current_language())
    return _back(_("%(company)s may change by itself until %(day)s.", company=found.company.name, day=day))


def _asked(request_id: int) -> ChangeRequest:
    found = db.session.get(ChangeRequest, request_id) if request_id < 2**31 else None
    if found is None or g.event is None or found.registration.invitation.event_id != g.event.id:
        raise Missing()
    return found


def _reader(asked: ChangeRequest) -> str:
    """Whom the letter reaches."""
    own = asked.kind in OWN
    return asked.attendee.person.name_and_title if own else asked.registration.invitation.company.name


def _standing() -> list[Invitation]:
    """Companies that come or may come, by name."""
    if g.event is None:
        raise Missing()
    live = (InvitationStatus.SENT, InvitationStatus.ACCEPTED)
    rows = db.session.scalars(
        select(Invitation)
        .join(Company, Invitation.company_id == Company.id)
        .where(Invitation.event_id == g.event.id, Invitation.status.in_(live))
    )
    return sorted(rows, key=lambda one: hangul.sort_key(one.company.name))


def _page(form: ExceptionForm) -> str:
    standing = _standing()
    form.invitation.choices = [
        ("", _("Please choose")),
        *((str(one.id), one.company.name) for one in standing),
    ]
    return render_template(
        "organizer/change_requests/show.html",
        rows=change_requests.of_event(g.event),
        form=form,
        names=[(one, attendees.require(one).person) for one in approvals.waiting(g.event)],
        wanted=request_words.wanted,
        exempt=[one for one in standing if one.changes_until is not None],
        dates=dates,
        longest_word=LONGEST_WORD,
    )


def _back(sentence: str = "") -> Response:
    if sentence:
        flash(sentence)
    return redirect(url_for("organizer.change_requests.show"), code=303)
