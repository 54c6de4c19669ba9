"""My letter again: one e-mail field; whatever was typed, the same sentence; where closed links land too."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from eventapp.models.states import EventStatus
from eventapp.rules import events, invitations
from eventapp.web import fields, gates, looks

page = Blueprint("letter_again", __name__)


class LetterAgainForm(FlaskForm):
    """The address the letter went to."""

    email = fields.Mail(_l("E-mail"), [fields.Needed(_l("Please write the address your letter went to."))])


@page.get("/letter-again")
def ask() -> Response:
    """The form; ?link=closed explains why a link led here, ?asked=yes says what happens now."""
    return _page(LetterAgainForm(formdata=None))


@page.post("/letter-again")
@gates.limiter.limit("10 per minute")
def ask_now() -> Any:
    """Queue the letters of that address, if it has any; the answer never tells."""
    form = LetterAgainForm()
    if not form.validate_on_submit():
        return _page(form), 422
    invitations.send_links_again(form.email.address)
    return redirect(url_for("public.letter_again.ask", asked="yes"), code=303)


def _page(form: LetterAgainForm) -> Response:
    event = events.current()
    if event is not None and event.status != EventStatus.DRAFT:
        g.event = event
    response = make_response(
        render_template(
            "public/letter_again.html",
            form=form,
            event=g.get("event"),
            asked=request.args.get("asked") == "yes",
            link_closed="link" in request.args,
            picture=looks.outside_url(looks.asset("look/og.png")),
        )
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
