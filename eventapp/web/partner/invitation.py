"""A company's page: the letter until it is answered, the control page afterwards."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import counts, dates
from eventapp.models.event_session import EventSession
from eventapp.models.states import HOLDS_PLACE, InvitationStatus
from eventapp.reports import company_seats, hosts, programme
from eventapp.rules import (
    answers,
    attendees,
    change_requests,
    consents,
    cutoffs,
    invitations,
    registrations,
    seat_offers,
    seats,
    waitlists,
)
from eventapp.web import gates, looks

page = Blueprint("invitation", __name__)

Answer = Response | str | tuple[str, int]


@page.get("/invitation/<int:id>")
def show(id: int) -> Answer:
    """The letter, the control page, or thanks for the seats given back."""
    if g.invitation.status == InvitationStatus.ACCEPTED:
        return _control()
    if g.invitation.status == InvitationStatus.DECLINED:
        return render_template("partner/declined.html", **_about())
    return _letter()


@page.post("/invitation/<int:id>/opening")
def opening(id: int) -> Response:
    """A person touched the page; sent by it at the first touch or key."""
    invitations.mark_opened(g.invitation)
    return Response(status=204)


@page.post("/invitation/<int:id>/acceptance")
def acceptance(id: int) -> Answer:
    """Yes, we will come; the names are asked next."""
    try:
        answers.accept(g.invitation)
    except RuleBroken as refusal:
        return _letter(refusal), refusal.status
    return redirect(url_for("partner.coordinator.naming.show", id=id), code=303)


@page.post("/invitation/<int:id>/registrations/<int:registration_id>/move")
def move(id: int, registration_id: int) -> Answer:
    """To the run named in the form."""
    registration = gates.own_registration(registration_id)
    placed = registration.status in HOLDS_PLACE
    return _press(registrations.move if placed else registrations.choose_run, registration, _run_sent())


@page.post("/invitation/<int:id>/registrations/<int:registration_id>/waiting")
def waiting(id: int, registration_id: int) -> Answer:
    """Wait for the run named in the form; a place held elsewhere is kept until then."""
    return _press(waitlists.join, gates.own_registration(registration_id), _run_sent())


@page.post("/invitation/<int:id>/registrations/<int:registration_id>/withdrawal")
def withdrawal(id: int, registration_id: int) -> Answer:
    """Wait no more."""
    return _press(waitlists.leave, gates.own_registration(registration_id))


@page.post("/invitation/<int:id>/party")
def party(id: int) -> Answer:
    """All together, or one by one."""
    together = request.form.get("together") == "yes"
    return _press(waitlists.stay_together, g.invitation, _run_sent(), together=together)


@page.post("/invitation/<int:id>/seat-offer")
def seat_offer(id: int) -> Answer:
    """Take the seats offered, or leave them to others."""
    offer = seat_offers.open_offer(g.invitation)
    if offer is None:
        return _control(seat_offers.OfferOver()), seat_offers.OfferOver.status
    return _press(seat_offers.accept if request.form.get("answer") == "yes" else seat_offers.decline, offer)


@page.post("/invitation/<int:id>/registrations/<int:registration_id>/cancellation")
def cancellation(id: int, registration_id: int) -> Answer:
    """Give one seat back; it is empty again and its place is free."""
    registration = gates.own_registration(registration_id, ended=True)
    return _press(registrations.cancel, registration, seen=gates.number_sent("attendee"))


@page.post("/invitation/<int:id>/registrations/<int:registration_id>/letter")
def letter(id: int, registration_id: int) -> Answer:
    """Send the pass letter once more."""
    return _press(attendees.send_pass_again, gates.own_registration(registration_id))


@page.get(
    "/invitation/<int:id>/registrations/<int:registration_id>/<any(move, waiting, withdrawal, cancellation, letter):_press>"
)
@page.get("/invitation/<int:id>/<any(opening, acceptance, party, 'seat-offer'):_press>")
def back(id: int, _press: str, registration_id: int = 0) -> Response:
    """Whoever reloads or changes the language after a refused press comes back to the page."""
    return redirect(url_for(".show", id=id), code=303)


def _run_sent() -> EventSession:
    """The run named in the form, of those the company may choose. Raises Missing."""
    number = gates.number_sent("run")
    found = next((run for run in seats.choices(g.invitation) if run.number == number), None)
    if found is None:
        raise Missing()
    return found


def _press(rule: Any, *about: Any, **more: Any) -> Answer:
    """One press, one rule; a refusal is shown on the page it came from."""
    try:
        rule(*about, **more)
    except RuleBroken as refusal:
        return _control(refusal), refusal.status
    return redirect(url_for(".show", id=g.invitation.id), code=303)


def _about() -> dict[str, Any]:
    invitation, language = g.invitation, looks.current_language()
    return {
        "invitation": invitation,
        "event": g.event,
        "company": invitation.company.name,
        "host": hosts.of(invitation.company, g.event),
        "due_on": company_seats.names_due_on(invitation),
        "seats_said": counts.seats(invitation.seats, language),
    }


def _letter(refusal: RuleBroken | None = None) -> str:
    invitation, language = g.invitation, looks.current_language()
    runs = company_seats.free_places(invitation)
    return render_template(
        "partner/letter.html",
        **_about(),
        refusal=refusal,
        runs=runs,
        when=_when([run for run, _places in runs]),
        in_short=programme.in_short(runs[0][0], language) if runs else None,
        open_now=answers.is_open(invitation),
        keep_until=company_seats.keep_until(invitation),
    )


def _when(runs: list[EventSession]) -> str:
    """11월 9 – 10일 또는 16 – 17일: the month once where it stays the same."""
    language = looks.current_language()
    days = [dates.date_range(run.starts_on, run.ends_on, language=language) for run in runs]
    if len({(run.starts_on.month, run.ends_on.month) for run in runs}) == 1 and language == "ko":
        days = days[:1] + [one.partition("월")[2].strip() for one in days[1:]]
    elif len({(run.starts_on.month, run.ends_on.month) for run in runs}) == 1:
        days = [one.rpartition("\u00a0")[0] for one in days[:-1]] + days[-1:]
    return (" " + _("or") + " ").join(days)  # outside an f-string, where Babel finds no words


def _control(refusal: RuleBroken | None = None) -> str:
    invitation = g.invitation
    found = company_seats.named(invitation)
    return render_template(
        "partner/control.html",
        **_about(),
        refusal=refusal,
        named=found,
        first_open=next((seat.number for seat in found if not seat.is_complete), 0),
        queues=company_seats.queues(found),
        named_said=counts.people(len(found), looks.current_language()),
        runs=company_seats.free_places(invitation),
        dots=company_seats.dots(invitation, found),
        open_now=answers.is_open(invitation),
        offer=seat_offers.open_offer(invitation),
        wish=seat_offers.open_wish(invitation),
        asked=change_requests.standing(invitation),
        names_closed=cutoffs.names_closed,
        takes_names=company_seats.takes_names(invitation),
        label=_ridge_words(found),
        moment=now(),
        has_consents=bool(consents.in_force(g.event)),
        consents_left=len(consents.left_for(invitation.coordinator, g.event)),
    )


def _ridge_words(found: list[company_seats.Seat]) -> str:
    """What the dots on the ridge say to those who cannot see them."""
    done = sum(seat.is_complete for seat in found)
    return _(
        "Seats: %(all)s. Everything done: %(done)s. Before their own confirmation: %(half)s. Empty: %(empty)s.",
        all=g.invitation.seats,
        done=done,
        half=len(found) - done,
        empty=max(0, g.invitation.seats - len(found)),
    )
