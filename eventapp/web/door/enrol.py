"""A phone comes to the door: by an organizer's link, the PIN and a first name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import ValidationError

from eventapp.clock import now
from eventapp.errors import Missing, RuleBroken
from eventapp.models.door_phone import DoorLink, DoorPhone
from eventapp.rules import door_phones
from eventapp.web import fields, gates

page = Blueprint("enrol", __name__)


class EnrolForm(FlaskForm):
    """PIN, first name, gate."""

    pin = fields.Line(_l("PIN, six digits"), [fields.Needed(_l("Please type the six digits."))], limit=20)
    name = fields.Line(_l("Your first name"), [fields.Needed(_l("Please write your first name."))], limit=40)
    gate = fields.Line(_l("Where you stand"), limit=40)

    def validate_pin(self, field: Any) -> None:
        """Six digits, however they were grouped."""
        field.data = "".join(letter for letter in field.data if letter.isdecimal())
        if len(field.data) != 6:
            raise ValidationError(str(_l("Please type the six digits.")))


@page.get("/door/enrol/<token>")
def show(token: str) -> Any:
    """The form; a link that has ended says so."""
    link = _link(token)
    if not door_phones.is_open(link):
        raise door_phones.LinkEnded()
    return render_template("door/enrol.html", form=EnrolForm(), link=link)


@page.post("/door/enrol/<token>")
@gates.limiter.limit("60 per minute")
def enrol(token: str) -> Any:
    """Take the phone in and give it a cookie of its own."""
    link, form = _link(token), EnrolForm()
    if not form.validate_on_submit():
        return render_template("door/enrol.html", form=form, link=link), 422
    try:
        phone, secret = door_phones.enrol(link, form.pin.data, name=form.name.data, gate=form.gate.data)
    except RuleBroken as refusal:
        if refusal.field is None:
            raise
        fields.blame(form, refusal)
        return render_template("door/enrol.html", form=form, link=link), refusal.status
    return _with_cookie(phone, secret)


def _link(token: str) -> DoorLink:
    link = door_phones.by_link_token(token, gates.link_key())
    if link is None:
        raise Missing()
    return link


def _with_cookie(phone: DoorPhone, secret: str) -> Response:
    response = redirect(url_for("door.phone.checkpoints.choose"), code=303)
    response.set_cookie(
        gates.door_cookie(),
        secret,
        max_age=int((phone.ends_at - now()).total_seconds()),  # the browser's own clock may stand elsewhere
        path="/",
        httponly=True,
        samesite="Strict",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    return response
