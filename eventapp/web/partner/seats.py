"""A company's seats themselves: empty ones given back, more wished for."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import NumberRange

from eventapp.errors import RuleBroken
from eventapp.models.pool import MOST_WISHED
from eventapp.reports import hosts
from eventapp.rules import pools, seat_offers, seats
from eventapp.web import fields, gates

page = Blueprint("seats", __name__)

Answer = Response | str | tuple[str, int]


class WishForm(FlaskForm):
    """How many more, and why."""

    seats = IntegerField(
        _l("How many more seats?"),
        [NumberRange(1, MOST_WISHED, message=_l("Please write a number from 1 to 5."))],
        default=1,
    )
    reason = fields.Paragraphs(_l("A word to your host contact"), limit=500)


class ReturnForm(FlaskForm):
    """How many of the empty ones."""

    seats = IntegerField(
        _l("How many seats do you give back?"),
        [NumberRange(1, 99, message=_l("Please write a number from 1 upwards."))],
        default=1,
    )


@page.route("/invitation/<int:id>/seat-wish", methods=["GET", "POST"])
def wish(id: int) -> Answer:
    """Wish for more seats, or change the wish."""
    standing = seat_offers.open_wish(g.invitation)
    form = WishForm(obj=standing) if request.method == "GET" else WishForm()
    return _form_page(
        form,
        "partner/seat_wish.html",
        lambda: seat_offers.wish(g.invitation, form.seats.data, reason=form.reason.data or ""),
        standing=standing,
    )


@page.post("/invitation/<int:id>/seat-wish/withdrawal")
def withdraw(id: int) -> Response:
    """No more seats, thank you."""
    seat_offers.withdraw_wish(g.invitation)
    return _back()


@page.route("/invitation/<int:id>/seat-return", methods=["GET", "POST"])
def give_back(id: int) -> Answer:
    """Give empty seats back."""
    form = ReturnForm()
    return _form_page(
        form,
        "partner/seat_return.html",
        lambda: pools.give_back(g.invitation, form.seats.data, seen=gates.number_sent("seen")),
        empty=g.invitation.seats - seats.used(g.invitation),
    )


@page.get("/invitation/<int:id>/seat-wish/withdrawal")
def back(id: int) -> Response:
    """Whoever reloads after the press comes back to the page."""
    return _back()


def _form_page(form: FlaskForm, template: str, do: Callable[[], object], **about: object) -> Answer:
    """The form; sent, it is done, or said at its field why not."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.validate_on_submit():
            try:
                do()
                return _back()
            except RuleBroken as refusal:
                fields.blame(form, refusal)
                status = refusal.status
    page = render_template(
        template,
        form=form,
        invitation=g.invitation,
        event=g.event,
        company=g.invitation.company.name,
        host=hosts.of(g.invitation.company, g.event),
        **about,
    )
    return page, status


def _back() -> Response:
    return redirect(url_for("partner.coordinator.invitation.show", id=g.invitation.id), code=303)
