"""What an attendee agrees to: part of what is left to do, and never in the way of the pass."""

from __future__ import annotations

from flask import Blueprint, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import consents, question_answers
from eventapp.web.partner import consent_form

page = Blueprint("own_consents", __name__)

Answer = Response | str | tuple[str, int]


@page.get("/pass/<int:id>/consents")
def show(id: int) -> Answer:
    """Each text with its yes and no."""
    return _page(consent_form.of(g.attendee.person))


@page.post("/pass/<int:id>/consents")
def save(id: int) -> Answer:
    """Keep the answers; what is asked next comes next."""
    form = consent_form.of(g.attendee.person)
    status = consent_form.keep(form, g.attendee.person)
    if status != 303:
        return _page(form), status
    return redirect(url_for(_onward(), id=id), code=303)


def _onward() -> str:
    if consents.left_for(g.attendee.person, g.event):
        return "partner.attendee.own_consents.show"
    if g.registration.status in HOLDS_PLACE and question_answers.left_for(g.attendee):
        return "partner.attendee.questions.show"
    return "partner.attendee.passes.show"


def _page(form: consent_form.FlaskForm) -> str:
    return consent_form.page(
        form,
        g.attendee.person,
        here=url_for(".save", id=g.attendee.id),
        back=url_for("partner.attendee.passes.show", id=g.attendee.id),
        back_word=_("Back to the pass"),
        attendee=g.attendee,
    )
