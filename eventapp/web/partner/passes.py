"""An attendee's page: their own part first, then the pass with its QR, what is on now and what comes next."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields import SelectChoice

from eventapp.clock import now, today
from eventapp.errors import RuleBroken
from eventapp.formats import codes, counts, qr
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Diet
from eventapp.models.states import HOLDS_PLACE, RegistrationStatus
from eventapp.reports import (
    companions,
    company_seats,
    hosts,
    item_choices,
    programme,
    published_agenda,
    seminar,
)
from eventapp.rules import (
    attendees,
    badges,
    change_requests,
    consents,
    cutoffs,
    invitations,
    late_wishes,
    parties,
    question_answers,
)
from eventapp.web import fields, gates, looks

DIETS = {
    Diet.ANY: _l("I eat everything"),
    Diet.VEGETARIAN: _l("Vegetarian"),
    Diet.VEGAN: _l("Vegan"),
    Diet.HALAL: _l("Halal"),
    Diet.NO_SEAFOOD: _l("No seafood"),
}
KEEP = "X-Offline-Copy"  # tells the page's worker that this answer may be shown again without a network


def _diets() -> list[SelectChoice]:
    return [SelectChoice(diet.value, said) for diet, said in DIETS.items()]


class ConfirmationForm(FlaskForm):
    """The attendee's own part."""

    diet = RadioField(_l("What do you eat?"), choices=_diets)
    reason = fields.Paragraphs(_l("A word why"), limit=500)
    event_session = RadioField(
        _l("When will you come?"),
        [fields.Needed(_l("Please choose when you will come."))],
        validate_choice=False,
    )


page = Blueprint("passes", __name__)

Answer = Response | str | tuple[str, int]


@page.get("/pass/<int:id>")
def show(id: int) -> Answer:
    """The pass; before the attendee's own part is done, that comes first, but never on the day itself."""
    if not _is_ready():
        return _confirmation_page(_form())
    answer = make_response(render_template("partner/pass.html", **_about(), **_on_the_day()))
    answer.headers[KEEP] = "yes"
    return answer


@page.post("/pass/<int:id>/opening")
def opening(id: int) -> Response:
    """A person touched the page; sent by it at the first touch or key."""
    attendees.mark_opened(g.attendee)
    return Response(status=204)


@page.get("/pass/<int:id>/confirmation")
def part(id: int) -> Answer:
    """The attendee's own part once more, to change it."""
    return _confirmation_page(_form())


@page.post("/pass/<int:id>/confirmation")
def confirm(id: int) -> Answer:
    """Yes, it is me, and this is how I eat."""
    form = _form()
    if not form.validate_on_submit():
        return _confirmation_page(form), 400
    try:
        run, or_wait = _chosen(form)
        late_wishes.confirm(
            g.attendee,
            diet=Diet(form.diet.data),
            event_session=run,
            or_wait=or_wait,
            reason=form.reason.data or "",
        )
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _confirmation_page(form), refusal.status
    return redirect(url_for(_onward(), id=id), code=303)


@page.get("/pass/<int:id>/code.png")
def picture(id: int) -> Response:
    """The QR alone as a picture, for browsers that draw none themselves."""
    badge = badges.valid(g.attendee)
    if badge is None or g.registration.status == RegistrationStatus.WAITLISTED:
        abort(404)
    answer = Response(qr.png(_address(badge.code), scale=16), mimetype="image/png")
    answer.headers["Content-Disposition"] = 'attachment; filename="pass.png"'
    return answer


def _onward() -> str:
    """What is asked next; the pass where nothing is."""
    if consents.left_for(g.attendee.person, g.event):
        return "partner.attendee.own_consents.show"
    asks = g.registration.status in HOLDS_PLACE and question_answers.left_for(g.attendee)
    return "partner.attendee.questions.show" if asks else ".show"


def _is_ready() -> bool:
    run = g.registration.event_session
    if run is None or g.registration.status == RegistrationStatus.WAITLISTED:
        return False
    on_the_day = today(g.event.time_zone) >= run.starts_on
    return g.attendee.confirmed_at is not None or on_the_day or "badge" in request.args


def _form() -> ConfirmationForm:
    form = ConfirmationForm(diet=g.attendee.diet)
    if g.registration.status != RegistrationStatus.UNDECIDED:
        del form.event_session
    else:
        form.event_session.choices = fields.run_choices(company_seats.free_places(g.invitation))
    return form


def _chosen(form: ConfirmationForm) -> tuple[EventSession | None, bool]:
    """The run and whether to wait for it. Raises RuleBroken where the choice is none of those offered."""
    if "event_session" not in form:
        return None, False
    run, or_wait = fields.run_chosen(form.event_session.data, company_seats.free_places(g.invitation))
    if run is None:
        raise RuleBroken(_l("Please choose when you will come."), field="event_session")
    return run, or_wait


def _confirmation_page(form: ConfirmationForm) -> str:
    party = parties.of(g.registration)
    return render_template(
        "partner/confirmation.html",
        **_about(),
        form=form,
        **fields.run_words(company_seats.free_places(g.invitation)),
        waits_for=party.event_session if party else None,
        meals_closed=_meals_closed(),
        asked=[one for one in change_requests.own_standing(g.attendee) if "diet" in one.wanted],
        place=counts.ordinal(parties.place(party), looks.current_language()) if party else "",
    )


def _meals_closed() -> bool:
    run = g.registration.event_session
    return run is not None and cutoffs.is_past(g.invitation, run.meals_due_on)


def _about() -> dict[str, Any]:
    return {
        "attendee": g.attendee,
        "person": g.attendee.person,
        "registration": g.registration,
        "run": g.registration.event_session,
        "waitlisted": g.registration.status == RegistrationStatus.WAITLISTED,
        "event": g.event,
        "has_consents": bool(consents.in_force(g.event)),
        "consents_left": len(consents.left_for(g.attendee.person, g.event)),
        "company": g.invitation.company.name,
        "host": hosts.of(g.invitation.company, g.event),
    }


def _on_the_day() -> dict[str, Any]:
    badge = badges.valid(g.attendee)
    items = programme.own_items(g.registration)
    moment = now()
    current, coming = programme.now_and_next(items, moment)
    return {
        "code": codes.shown(badge.code) if badge else "",
        "qr": Markup(qr.svg(_address(badge.code), label=_("The QR of this pass"))) if badge else "",
        "items": items,
        "current": current,
        "coming": coming,
        "has_choices": bool(item_choices.of(g.registration)),
        "has_questions": bool(question_answers.asked_of(g.attendee)),
        "questions_left": len(question_answers.left_for(g.attendee)),
        "has_companions": companions.are_shown(g.attendee),
        "seminar_answers": len(seminar.published(g.event)),
        "moment": moment,
        "late": published_agenda.late_today(items, published_agenda.this_morning(g.event)),
        "today": today(g.event.time_zone),
        "diet": DIETS[Diet(g.attendee.diet)] if g.attendee.diet else "",
        "feed": url_for("partner.feed.own", token=invitations.feed_token(g.attendee, gates.link_key())),
    }


def _address(code: str) -> str:
    """Capitals alone keep the QR small."""
    return looks.outside_url(f"/B/{code}").upper()
