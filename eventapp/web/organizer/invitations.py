"""One company's invitation: its whole story, its link, its seats and runs, and who comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import IntegerField, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import phone, text
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.models.states import InvitationStatus
from eventapp.reports import ladder as ladder_report
from eventapp.reports.ladder import Line
from eventapp.rules import calls, coordinators, invitations, journal, registrations, seats
from eventapp.rules.import_rows import MOST_SEATS
from eventapp.rules.people import Colleague
from eventapp.web import fields, gates
from eventapp.web.organizer import company_view, ladder_words

page = Blueprint("invitations", __name__)
COORDINATOR = "organizer/invitations/coordinator.html"


class SeatsForm(FlaskForm):
    """How many seats are kept for the company."""

    seats = IntegerField(
        _l("Seats"),
        [NumberRange(min=1, max=MOST_SEATS, message=_l("Please write a number from 1 to 20."))],
    )


class ChoicesForm(FlaskForm):
    """Which runs the company may choose."""

    runs = SelectMultipleField(
        _l("Runs to choose from"),
        [fields.Needed(_l("Please leave at least one run."))],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class CoordinatorForm(FlaskForm):
    """Who answers for the company."""

    who = RadioField(
        _l("What changes?"),
        choices=[
            SelectChoice("same", _l("The same person, written rightly")),
            SelectChoice("other", _l("Somebody else answers from now on; the old link ends")),
        ],
        default="same",
    )
    name = fields.Line(_l("Name"), [fields.Needed(_l("Please write the name."))], limit=80)
    title = fields.Line(_l("Title"), limit=60)
    phone = fields.Phone(_l("Mobile phone"))
    email = fields.Mail(_l("E-mail"))
    language = RadioField(
        _l("Language"), choices=[SelectChoice("ko", "한국어"), SelectChoice("en", "English")], default="ko"
    )

    def colleague(self) -> Colleague:
        """Who was typed."""
        return Colleague(
            self.name.data, self.title.data, self.phone.e164, self.email.address, self.language.data
        )


@page.get("/organizer/invitations/<int:invitation_id>")
def show(invitation_id: int) -> str:
    """The whole page of one company."""
    invitation = gates.staff_invitation(invitation_id)
    journal.looked("looked at", invitation)
    return _page(invitation)


@page.post("/organizer/invitations/<int:invitation_id>/sending")
def send(invitation_id: int) -> Response:
    """Send the letter, or send it again."""
    invitation = gates.staff_invitation(invitation_id)

    def deed() -> str:
        if invitations.send(invitation):
            return _("The letter to %(name)s is on its way.", name=invitation.coordinator.name_and_title)
        return _("There is no e-mail. Please copy the link and hand it over.")

    return _done(invitation, deed)


@page.post("/organizer/invitations/<int:invitation_id>/link-renewal")
def renew_link(invitation_id: int) -> Response:
    """End the old link."""
    invitation = gates.staff_invitation(invitation_id)
    said = _("The new link is ready. Please send or hand it over.")
    return _done(invitation, lambda: invitations.renew_link(invitation) or said)


@page.post("/organizer/invitations/<int:invitation_id>/revocation")
def revoke(invitation_id: int) -> Response:
    """Take the invitation back."""
    invitation = gates.staff_invitation(invitation_id)
    said = _("The invitation is withdrawn and its places are free again.")
    return _done(invitation, lambda: invitations.revoke(invitation) or said)


@page.post("/organizer/invitations/<int:invitation_id>/revival")
def revive(invitation_id: int) -> Response:
    """Let a company that declined or was withdrawn answer again."""
    invitation = gates.staff_invitation(invitation_id)
    said = _("The invitation is open again.")
    return _done(invitation, lambda: invitations.revive(invitation) or said)


@page.post("/organizer/invitations/<int:invitation_id>/calls")
def note_call(invitation_id: int) -> Response:
    """Write down that somebody called."""
    invitation = gates.staff_invitation(invitation_id)
    note = text.cut_line(request.form.get("note"))
    said = _("Noted. The company leaves the list of calls for two days.")
    return _done(invitation, lambda: calls.note(invitation, note) or said)


@page.post("/organizer/invitations/<int:invitation_id>/link-copies")
def note_copy(invitation_id: int) -> tuple[str, int]:
    """The page says that its link was copied."""
    journal.looked("link copied", gates.staff_invitation(invitation_id))
    return "", 204


@page.post("/organizer/invitations/<int:invitation_id>/seats")
def set_seats(invitation_id: int) -> Any:
    """Change how many seats are kept."""
    invitation = gates.staff_invitation(invitation_id)
    form = SeatsForm()
    if form.validate_on_submit():
        try:
            seats.set_seats(invitation, form.seats.data)
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            flash(_("The seats are changed."))
            return _back(invitation)
    return _page(invitation, seats_form=form), 422


@page.post("/organizer/invitations/<int:invitation_id>/choices")
def set_choices(invitation_id: int) -> Any:
    """Change which runs may be chosen."""
    invitation = gates.staff_invitation(invitation_id)
    form = _choices_form([])
    if form.validate_on_submit():
        chosen = [run for run in seats.runs(g.event) if run.id in form.runs.data]
        invitations.set_choices(invitation, chosen)
        flash(_("The runs are changed. Places taken already stay."))
        return _back(invitation)
    return _page(invitation, choices_form=form), 422


@page.get("/organizer/invitations/<int:invitation_id>/coordinator")
def write_coordinator(invitation_id: int) -> str:
    """The form with what is known."""
    invitation = gates.staff_invitation(invitation_id)
    journal.looked("looked at", invitation)
    form = CoordinatorForm(obj=invitation.coordinator, formdata=None)
    form.phone.data = phone.national(invitation.coordinator.phone)
    if invitation.coordinator.erased_at is not None:
        form.who.data, form.name.data = "other", ""
    return render_template(COORDINATOR, form=form, invitation=invitation)


@page.post("/organizer/invitations/<int:invitation_id>/coordinator")
def change_coordinator(invitation_id: int) -> Any:
    """Correct the coordinator, or name another one."""
    invitation = gates.staff_invitation(invitation_id)
    form = CoordinatorForm()
    if form.validate_on_submit():
        if form.who.data == "same":
            try:
                coordinators.correct(invitation, form.colleague())
            except RuleBroken as refusal:
                fields.blame(form, refusal)
                return render_template(COORDINATOR, form=form, invitation=invitation), refusal.status
            flash(_("Corrected. If a letter came back, please send it again."))
        else:
            coordinators.replace(invitation, form.colleague())
            flash(_("%(name)s answers from now on. Please send the invitation again.", name=form.name.data))
        return _back(invitation)
    return render_template(COORDINATOR, form=form, invitation=invitation), 422


@page.post("/organizer/invitations/<int:invitation_id>/registrations/<int:registration_id>/cancellation")
def cancel(invitation_id: int, registration_id: int) -> Response:
    """Give up one place in the company's name."""
    invitation = gates.staff_invitation(invitation_id)
    registration = db.session.get(Registration, registration_id) if registration_id < 2**31 else None
    if registration is None or registration.invitation_id != invitation.id:
        raise Missing()
    said = _("The place is given up and the seat is empty again.")
    return _done(invitation, lambda: registrations.cancel(registration) or said)


def _done(invitation: Invitation, deed: Callable[[], Any]) -> Response:
    """Do it, and say at the next page what happened or why it did not."""
    try:
        flash(str(deed()))
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
    return _back(invitation)


def _back(invitation: Invitation) -> Response:
    if request.form.get("from") == "ladder":
        return redirect(url_for("organizer.ladder.show", company=invitation.company_id), code=303)
    return redirect(url_for("organizer.invitations.show", invitation_id=invitation.id), code=303)


def _page(
    invitation: Invitation, *, seats_form: SeatsForm | None = None, choices_form: ChoicesForm | None = None
) -> str:
    line = _line(invitation)
    return render_template(
        "organizer/invitations/show.html",
        line=line,
        company=company_view.of(line, newest=None),
        invitation=invitation,
        seats_form=seats_form or SeatsForm(formdata=None, seats=invitation.seats),
        choices_form=choices_form or _choices_form([run.id for run in seats.choices(invitation)]),
        words=ladder_words,
        runs=_runs(),
        can_revoke=invitation.status not in (InvitationStatus.REVOKED, InvitationStatus.DECLINED),
    )


def _line(invitation: Invitation) -> Line:
    [line] = ladder_report.of(g.event, company_ids=[invitation.company_id]).lines
    return line


def _runs() -> dict[int, str]:
    """1: 1차 11월 9–10일"""
    return {run.number: fields.run_label(run) for run in seats.runs(g.event)}


def _choices_form(ticked: list[int]) -> ChoicesForm:
    runs = _runs()
    form = ChoicesForm(runs=ticked)
    form.runs.choices = [SelectChoice(run.id, runs[run.number]) for run in seats.runs(g.event)]
    return form
