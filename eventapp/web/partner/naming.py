"""Naming colleagues: a seat gets a name, a name is corrected, a place goes to somebody else."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField
from wtforms.fields import SelectChoice

from eventapp.errors import RuleBroken
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Registration, Wish
from eventapp.models.states import InvitationStatus
from eventapp.reports import company_seats, hosts
from eventapp.rules import answers, attendees, change_requests, cutoffs, invitations, registrations
from eventapp.rules.people import Colleague
from eventapp.web import fields, gates, looks

OPEN_RUN, EITHER_RUN = "later", "either"
DUTY, TOGETHER = "y", "together"


def bare(typed: str | None) -> str:
    """Without the spaces around it."""
    return (typed or "").strip()


class PersonForm(FlaskForm):
    """One colleague; the e-mail may follow."""

    name = fields.Line(_l("Name"), [fields.Needed(_l("Please write the name."))], limit=80)
    title = fields.Line(_l("Job title"), [fields.Needed(_l("Please write the job title."))], limit=60)
    phone = fields.Phone(
        _l("Mobile phone"), [fields.Needed(_l("Please write the mobile phone number."))], filters=[bare]
    )
    email = fields.Mail(_l("E-mail"), filters=[bare])
    seen = HiddenField()  # the newest registration, or the attendee, when the form was drawn

    def colleague(self, language: str) -> Colleague:
        """What was typed, as the rules take it."""
        return Colleague(self.name.data, self.title.data, self.phone.e164, self.email.address, language)


class LatePersonForm(PersonForm):
    """One colleague, asked for after the cut-off."""

    reason = fields.Paragraphs(
        _l("A word why"),
        [fields.Needed(_l("Please write a word why; it helps us to say yes quickly."))],
        limit=500,
    )


class NamingForm(PersonForm):
    """One colleague and the run."""

    event_session = RadioField(
        _l("When will they come?"),
        [fields.Needed(_l("Please choose a run, or leave it to your colleague."))],
        validate_choice=False,
    )


class DutyForm(FlaskForm):
    """A wish, no rule."""

    duty = RadioField(
        _l("A wish for all of you"),
        choices=lambda: [
            SelectChoice("", _("No wish")),
            SelectChoice(DUTY, _("It is hard for all of us to be away on the same day")),
            SelectChoice(TOGETHER, _("We would like to come together")),
        ],
        validate_choice=False,
    )


page = Blueprint("naming", __name__)

Answer = Response | str | tuple[str, int]


@page.get("/invitation/<int:id>/registrations")
def show(id: int) -> Answer:
    """The form for the next empty seat; with ?me=1 it holds the coordinator's own data."""
    if g.invitation.status == InvitationStatus.DECLINED:
        return _to_company()
    form = NamingForm(formdata=None)
    if request.args.get("me"):
        _fill(form, g.invitation.coordinator)
    return _naming_page(form)


@page.post("/invitation/<int:id>/registrations")
def register(id: int) -> Answer:
    """Name a colleague for a seat."""
    form = NamingForm()
    chosen = _offer(form)
    if not form.validate_on_submit():
        return _naming_page(form), 400
    try:
        event_session, or_wait = _chosen(form, chosen)
        registrations.register(
            g.invitation,
            form.colleague(looks.current_language()),
            event_session=event_session,
            or_wait=or_wait,
            wish=Wish.EITHER if form.event_session.data == EITHER_RUN else Wish.UNSAID,
            newest=gates.number_sent("seen"),
        )
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _naming_page(form), refusal.status
    if len(company_seats.named(g.invitation)) < g.invitation.seats:
        return redirect(url_for(".show", id=id, _anchor="seat"), code=303)
    return _to_company()


@page.post("/invitation/<int:id>/duty")
def duty(id: int) -> Response:
    """One of us stays on duty, all come together, or neither matters."""
    wish = DutyForm().duty.data
    if wish == TOGETHER:
        answers.wish_together(g.invitation, True)
    elif wish == DUTY or g.invitation.one_stays_on_duty:
        answers.wish_one_on_duty(g.invitation, wish == DUTY)
    else:
        answers.wish_together(g.invitation, False)
    return redirect(url_for(".show", id=id), code=303)


@page.get("/invitation/<int:id>/duty")
def duty_again(id: int) -> Response:
    """The wish stands on the naming page."""
    return redirect(url_for(".show", id=id), code=303)


@page.route("/invitation/<int:id>/registrations/<int:registration_id>", methods=["GET", "POST"])
def correct(id: int, registration_id: int) -> Answer:
    """Correct a colleague's data."""
    registration = gates.own_registration(registration_id)
    form = PersonForm()
    if request.method == "GET":
        _fill(form, attendees.require(registration).person)
    return _change(form, registration, registrations.correct, "partner/correction.html")


@page.route("/invitation/<int:id>/registrations/<int:registration_id>/substitution", methods=["GET", "POST"])
def substitute(id: int, registration_id: int) -> Answer:
    """Somebody else comes instead; after the cut-off the same form asks for it."""
    registration = gates.own_registration(registration_id)
    if cutoffs.names_closed(g.invitation, registration.event_session):
        form = LatePersonForm()
        ask = partial(change_requests.ask_substitution, reason=form.reason.data or "")
        return _change(form, registration, ask, "partner/substitution.html")
    return _change(PersonForm(), registration, registrations.substitute, "partner/substitution.html")


@page.get("/invitation/<int:id>/registrations/<int:registration_id>/link")
def link(id: int, registration_id: int) -> str:
    """The pass link to hand to a colleague, with words to paste into a messenger."""
    registration = gates.own_registration(registration_id)
    attendee = attendees.require(registration)
    token = invitations.token(attendee, gates.link_key())
    address = looks.outside_url(url_for("partner.links.own_pass", token=token))
    return render_template(
        "partner/link.html", **_about(), attendee=attendee, registration=registration, address=address
    )


def _change(form: PersonForm, registration: Registration, rule: Any, template: str) -> Answer:
    attendee = attendees.require(registration)
    status = 200
    if form.is_submitted():
        status = 400
        if form.validate():
            try:
                rule(registration, form.colleague(looks.current_language()), seen=gates.number_sent("seen"))
                return _to_company()
            except RuleBroken as refusal:
                fields.blame(form, refusal)
                status = refusal.status
    form.seen.data = form.seen.data or attendee.id
    shown = render_template(template, **_about(), form=form, registration=registration, attendee=attendee)
    return shown, status


def _naming_page(form: NamingForm) -> str:
    invitation = g.invitation
    named = company_seats.named(invitation)
    runs = _offer(form)
    if not form.is_submitted():
        form.seen.data = company_seats.newest(invitation)
        form.event_session.data = _usual(named, runs)
    return render_template(
        "partner/naming.html",
        **_about(),
        form=form,
        named=named,
        **fields.run_words(runs),
        dots=company_seats.dots(invitation, named, writing=True),
        late=any(cutoffs.names_closed(invitation, run) for run, _free in runs),
        takes_names=company_seats.takes_names(invitation),
        coordinator_named=any(seat.person.id == invitation.coordinator_id for seat in named),
        duty=DutyForm(formdata=None, duty=_wish_of(invitation)),
    )


def _wish_of(invitation: Invitation) -> str:
    if invitation.comes_together:
        return TOGETHER
    return DUTY if invitation.one_stays_on_duty else ""


def _offer(form: NamingForm) -> list[tuple[EventSession, int]]:
    """Fill the choice of runs; the template shows the free places beside them."""
    runs = company_seats.free_places(g.invitation)
    form.event_session.choices = [
        *fields.run_choices(runs),
        SelectChoice(EITHER_RUN, _("Either is fine, please choose for us")),
        SelectChoice(OPEN_RUN, _("They choose the date themselves")),
    ]
    return runs


def _usual(named: list[company_seats.Seat], runs: list[tuple[EventSession, int]]) -> str | None:
    """What the colleague before got or waits for, while that is so."""
    if not named:
        return None
    before = named[-1]
    run = before.event_session or (before.waits_for.event_session if before.waits_for else None)
    if run is None:
        return EITHER_RUN if before.registration.wish == Wish.EITHER else OPEN_RUN
    return next(
        (
            fields.run_value(one, free)
            for one, free in runs
            if one.id == run.id and bool(free) != before.is_waitlisted
        ),
        None,
    )


def _chosen(form: NamingForm, runs: list[tuple[EventSession, int]]) -> tuple[EventSession | None, bool]:
    """The run and whether to wait for it. Raises RuleBroken where the choice is none of those offered."""
    if form.event_session.data in (OPEN_RUN, EITHER_RUN):
        return None, False
    run, or_wait = fields.run_chosen(form.event_session.data, runs)
    if run is None:
        raise RuleBroken(_l("Please choose a run, or leave it to your colleague."), field="event_session")
    return run, or_wait


def _fill(form: PersonForm, person: Person) -> None:
    form.name.data, form.title.data, form.email.data = person.name, person.title, person.email
    form.phone.data = fields.phone.national(person.phone) if person.phone else ""


def _about() -> dict[str, Any]:
    return {
        "invitation": g.invitation,
        "event": g.event,
        "company": g.invitation.company.name,
        "host": hosts.of(g.invitation.company, g.event),
        "due_on": company_seats.names_due_on(g.invitation),
    }


def _to_company() -> Response:
    return redirect(url_for("partner.coordinator.invitation.show", id=g.invitation.id), code=303)
