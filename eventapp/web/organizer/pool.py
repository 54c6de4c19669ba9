"""The pool: seats that came back, who wishes for more, in which order, and what is offered until when."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField
from wtforms.validators import NumberRange

from eventapp.clock import today
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.formats import counts, dates
from eventapp.models.pool import SeatOffer, SeatWish
from eventapp.rules import pools, seat_offers
from eventapp.web import fields, looks

page = Blueprint("pool", __name__)
DAYS = 3  # how long an offer stands unless another day is chosen


class OfferForm(FlaskForm):
    """How many, and until when."""

    seats = IntegerField(
        _l("Seats"), [NumberRange(1, 99, message=_l("Please write a number from 1 upwards."))]
    )
    expires_on = DateField(_l("Until"), [fields.Needed(_l("Please choose a day."))])


@page.get("/organizer/pool")
def show() -> str:
    """Seats, wishes and offers."""
    return _page()


@page.post("/organizer/pool/wishes/<int:wish_id>/offer")
def offer(wish_id: int) -> Response | tuple[str, int]:
    """Offer seats of the pool to who wishes for them."""
    wish, form = _wish(wish_id), OfferForm()
    if not form.validate_on_submit():
        return _page(typed=(wish_id, form)), 422
    try:
        seat_offers.offer(wish, form.seats.data, expires_on=form.expires_on.data)
    except Stale as refusal:
        flash(str(refusal), "warns")
        return redirect(url_for("organizer.pool.show"), code=303)
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _page(typed=(wish_id, form)), refusal.status
    return _done(_("Offered to %(company)s, with a letter.", company=wish.invitation.company.name))


@page.post("/organizer/pool/wishes/<int:wish_id>/first")
def first(wish_id: int) -> Response:
    """Let this wish stand first."""
    wish = _wish(wish_id)
    seat_offers.put_first(wish)
    return _done(_("%(company)s stands first now.", company=wish.invitation.company.name))


@page.post("/organizer/pool/offers/<int:offer_id>/withdrawal")
def withdraw(offer_id: int) -> Response:
    """Take an offer back."""
    found = db.session.get(SeatOffer, offer_id) if offer_id < 2**31 else None
    if found is None or g.event is None or found.invitation.event_id != g.event.id:
        raise Missing()
    seat_offers.withdraw(found)
    return _done(_("The offer is taken back; its seats are in the pool again."))


def _wish(wish_id: int) -> SeatWish:
    found = db.session.get(SeatWish, wish_id) if wish_id < 2**31 else None
    if found is None or g.event is None or found.invitation.event_id != g.event.id:
        raise Missing()
    return found


def _done(sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("organizer.pool.show"), code=303)


def _page(*, typed: tuple[int, OfferForm] | None = None) -> str:
    """typed: an offer's form as it was sent, by its wish."""
    if g.event is None:
        raise Missing()
    left, day = pools.size(g.event), today(g.event.time_zone)
    offered = {one.invitation_id for one in seat_offers.open_offers(g.event)}
    rows = []
    for wish in seat_offers.wishes(g.event):
        form = OfferForm(
            formdata=None, seats=max(1, min(wish.seats, left)), expires_on=day + timedelta(days=DAYS)
        )
        if typed is not None and typed[0] == wish.id:
            form = typed[1]
        for field in form:
            field.id = f"wish-{wish.id}-{field.name}"  # several wishes on one page
        rows.append((wish, form, why(wish), wish.invitation_id in offered))
    return render_template(
        "organizer/pool/show.html",
        left=left,
        rows=rows,
        offers=seat_offers.open_offers(g.event),
        dates=dates,
        counts=counts,
    )


def why(wish: SeatWish) -> str:
    """Why it stands where it stands."""
    language = looks.current_language()
    held = counts.seats(wish.invitation.seats, language)
    day = dates.short_day(dates.local(wish.wished_at, wish.invitation.event.time_zone).date(), language)
    if wish.position is not None:
        return _("placed by hand; %(seats)s so far, asked on %(day)s", seats=held, day=day)
    return _("%(seats)s so far, asked on %(day)s", seats=held, day=day)
