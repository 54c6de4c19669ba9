"""The three roads of someone who cannot come: a colleague answers, the seats go back, a little more time."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from eventapp.errors import RuleBroken
from eventapp.formats import counts
from eventapp.models.states import InvitationStatus
from eventapp.reports import company_seats, hosts
from eventapp.rules import answers, invitations, seats
from eventapp.rules.people import Colleague
from eventapp.web import fields, looks


def bare(typed: str | None) -> str:
    """Without the spaces around it."""
    return (typed or "").strip()


class ColleagueForm(FlaskForm):
    """Who answers instead; the letter needs an address."""

    name = fields.Line(_l("Name"), [fields.Needed(_l("Please write the name."))], limit=80)
    title = fields.Line(_l("Job title"), limit=60)
    email = fields.Mail(
        _l("E-mail"),
        [fields.Needed(_l("Please write the e-mail address the letter should go to."))],
        filters=[bare],
    )
    phone = fields.Phone(_l("Mobile phone"), filters=[bare])


class DeclineForm(FlaskForm):
    """A reason nobody has to give."""

    reason = fields.Paragraphs(_l("A word to your host contact"), limit=1000)


class KeepingForm(FlaskForm):
    """One press."""


page = Blueprint("roads", __name__)

Answer = Response | str | tuple[str, int]


@page.route("/invitation/<int:id>/colleague", methods=["GET", "POST"])
def colleague(id: int) -> Answer:
    """Somebody else answers: they get the letter, this link ends."""
    form = ColleagueForm()

    def hand_over() -> Answer:
        about, language = _about(), looks.current_language()
        given = Colleague(form.name.data, form.title.data, form.phone.e164, form.email.address, language)
        person = invitations.hand_over(g.invitation, given)
        return render_template("partner/handed_over.html", **about, person=person)

    return _road("partner/colleague.html", form, hand_over)


@page.route("/invitation/<int:id>/decline", methods=["GET", "POST"])
def decline(id: int) -> Answer:
    """All seats go back, with a reason only the host reads."""
    form = DeclineForm()

    def give_back() -> Answer:
        if g.invitation.status != InvitationStatus.DECLINED:
            invitations.decline(g.invitation, reason=form.reason.data)
        return _to_company()

    return _road("partner/decline.html", form, give_back)


@page.route("/invitation/<int:id>/keeping", methods=["GET", "POST"])
def keeping(id: int) -> Answer:
    """The seats stay until the day that was offered."""
    until = company_seats.keep_until(g.invitation)

    def keep() -> Answer:
        if until is not None:
            invitations.keep_open(g.invitation, until)
        return _to_company()

    if until is None:
        return _to_company()
    return _road("partner/keeping.html", KeepingForm(), keep, until=until)


def _road(template: str, form: FlaskForm, walk: Any, **more: Any) -> Answer:
    status = 200
    if request.method == "POST":
        status = 400
        if form.validate():
            try:
                return walk()
            except RuleBroken as refusal:
                fields.blame(form, refusal)
                status = refusal.status
    elif not answers.is_open(g.invitation):
        return _to_company()
    return render_template(template, **_about(), form=form, **more), status


def _about() -> dict[str, Any]:
    return {
        "invitation": g.invitation,
        "event": g.event,
        "company": g.invitation.company.name,
        "host": hosts.of(g.invitation.company, g.event),
        "seats_said": counts.seats(g.invitation.seats, looks.current_language()),
        "in_use": seats.used(g.invitation),
    }


def _to_company() -> Response:
    return redirect(url_for("partner.coordinator.invitation.show", id=g.invitation.id), code=303)
