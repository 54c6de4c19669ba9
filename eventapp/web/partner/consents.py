"""What a coordinator agrees to, for themselves."""

from __future__ import annotations

from flask import Blueprint, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.web.partner import consent_form

page = Blueprint("consents", __name__)

Answer = Response | str | tuple[str, int]


@page.get("/invitation/<int:id>/consents")
def show(id: int) -> Answer:
    """Each text with its yes and no."""
    return _page(consent_form.of(g.invitation.coordinator))


@page.post("/invitation/<int:id>/consents")
def save(id: int) -> Answer:
    """Keep the answers."""
    form = consent_form.of(g.invitation.coordinator)
    status = consent_form.keep(form, g.invitation.coordinator)
    if status != 303:
        return _page(form), status
    return redirect(url_for("partner.coordinator.invitation.show", id=id), code=303)


def _page(form: consent_form.FlaskForm) -> str:
    return consent_form.page(
        form,
        g.invitation.coordinator,
        here=url_for(".save", id=g.invitation.id),
        back=url_for("partner.coordinator.invitation.show", id=g.invitation.id),
        back_word=_("To the overview"),
        invitation=g.invitation,
    )
