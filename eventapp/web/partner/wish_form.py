"""The form that leaves the run to the host, for a coordinator and for an attendee alike."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice

from eventapp.errors import RuleBroken
from eventapp.models.registration import Registration, Wish
from eventapp.rules import answers, seats
from eventapp.web import fields

RATHER = "run-"


class WishForm(FlaskForm):
    """Which run would be better; the host chooses."""

    wish = RadioField(
        _l("Which run would be better?"),
        [fields.Needed(_l("Please choose one of the answers."))],
        validate_choice=False,
    )


def of(registration: Registration) -> WishForm:
    """The form with the wish as it stands, or as it was sent."""
    form = WishForm(wish=_said(registration))
    form.wish.choices = [
        *(
            SelectChoice(f"{RATHER}{run.number}", _("Rather %(run)s", run=fields.run_label(run)))
            for run in seats.choices(registration.invitation)
        ),
        SelectChoice(Wish.EITHER.value, _("Either is fine")),
        SelectChoice(Wish.LATER.value, _("It cannot be said yet")),
    ]
    return form


def tell(form: WishForm, registration: Registration) -> int:
    """Pass the wish on; 303, or the status of the refusal that the form now shows."""
    if not form.validate():
        return 400
    typed = form.wish.data or ""
    runs = {f"{RATHER}{run.number}": run for run in seats.choices(registration.invitation)}
    try:
        if typed in runs:
            answers.wish_run(registration, Wish.RUN, event_session=runs[typed])
        elif typed in (Wish.EITHER, Wish.LATER):
            answers.wish_run(registration, Wish(typed))
        else:
            raise RuleBroken(_l("Please choose one of the answers."), field="wish")
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return refusal.status
    return 303


def _said(registration: Registration) -> str:
    run = registration.wished_session
    return f"{RATHER}{run.number}" if run else registration.wish
