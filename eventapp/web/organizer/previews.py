"""Previews: a letter as one company gets it, and a trial of it to oneself, before anything is sent."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import FactsUnconfirmed, Missing
from eventapp.letters import TO_COORDINATOR, html_of, trial_of
from eventapp.letters.words import Edition, Withdrawn
from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.models.states import MessageStatus
from eventapp.postman import bring_trial
from eventapp.reports import messages as report
from eventapp.rules import attendees, journal, moved_items, publications, registrations, working_copies
from eventapp.web import gates, looks
from eventapp.web.organizer import letter_words

page = Blueprint("previews", __name__)
PREVIEWED = (
    Purpose.INVITATION,
    Purpose.CONFIRMATION,
    Purpose.PASS,
    Purpose.MOVED,
    Purpose.PLACED,
    Purpose.PROMOTED,
    Purpose.ITEM_PLACE,
    Purpose.SEAT_OFFER,
    Purpose.ANSWER,
    Purpose.OWN_ANSWER,
    Purpose.NAMES_WANTED,
    Purpose.PART_WANTED,
    Purpose.SOON,
    Purpose.THANKS,
    Purpose.AGENDA_CHANGED,
    Purpose.SEMINAR_ANSWER,
    Purpose.LINK_AGAIN,
)
TO_SOME = (Purpose.AGENDA_CHANGED, Purpose.SEMINAR_ANSWER)


@page.get("/organizer/messages/preview")
def show() -> Response:
    """A letter as one company gets it; nothing is sent."""
    if g.event is None:
        raise Missing()
    choices = report.invitations(g.event, company_ids=gates.own_company_ids())
    purpose = _wished_purpose(request.args)
    people = _touched() if purpose == Purpose.AGENDA_CHANGED else []
    asked = request.args.get("invitation") or request.args.get("attendee")
    if people and not asked:
        first = url_for("organizer.previews.show", purpose=purpose.value, attendee=people[0].id)
        return redirect(first, code=303)
    invitation = _chosen(request.args) if choices or asked else None
    unsayable = ""
    if invitation is not None:
        journal.looked("letter previewed", invitation)
        unsayable = _unsayable(purpose, invitation, request.args)
    return letter_words.with_frame(
        render_template(
            "organizer/messages/preview.html",
            choices=choices,
            invitation=invitation,
            purpose=purpose,
            purposes=PREVIEWED,
            people=people,
            place=_place(people) if people else None,
            unsayable=unsayable,
            words=letter_words,
        )
    )


@page.get("/organizer/messages/preview/letter")
def letter() -> Response:
    """The previewed letter alone; its link leads back to the preview and opens nothing."""
    invitation = _chosen(request.args)
    purpose = _wished_purpose(request.args)
    try:
        row, person = _reader(purpose, invitation, request.args)
        html = html_of(
            purpose, row, person=person, edition=Edition(0, now()), url=_harmless(purpose, invitation)
        )
    except Withdrawn as withdrawn:
        raise Missing() from withdrawn
    return letter_words.framed(html)


@page.post("/organizer/messages/trial")
@gates.limiter.limit("10 per minute")
def trial() -> Response:
    """Send that letter to the signed-in person alone, at once and outside of the outbox.

    It is no Message: nobody was written to. The journal keeps that it was done.
    """
    invitation, purpose = _chosen(request.form), _wished_purpose(request.form)
    back = url_for("organizer.previews.show", invitation=invitation.id, purpose=purpose.value)
    if invitation.event.facts_confirmed_at is None:
        raise FactsUnconfirmed()
    try:
        row, person = _reader(purpose, invitation, request.form)
        mail = trial_of(
            purpose,
            row,
            person=person,
            edition=Edition(0, now()),
            url=_harmless(purpose, invitation),
            to=g.staff.email,
        )
    except Withdrawn as withdrawn:
        flash(letter_words.answer_word(withdrawn.reason), "warns")
        return redirect(back, code=303)
    journal.looked("trial letter sent", invitation)
    outcome = bring_trial(mail)
    if outcome.status == MessageStatus.SENT:
        flash(_("The trial is on its way to %(address)s.", address=g.staff.email))
    else:
        flash(_("The trial did not get through: %(answer)s", answer=outcome.detail), "warns")
    return redirect(back, code=303)


def _chosen(source: Any) -> Invitation:
    """The wished invitation, or the first where none was wished. Raises Missing."""
    wished = source.get("invitation", "")
    if (attendee := _wished_attendee(source)) is not None:
        wished = str(attendee.registration.invitation_id)
    if not wished:
        choices = report.invitations(g.event, company_ids=gates.own_company_ids()) if g.event else []
        wished = str(choices[0].id) if choices else ""
    if not _is_number(wished):
        raise Missing()
    return gates.staff_invitation(int(wished))


def _wished_purpose(source: Any) -> Purpose:
    wished = source.get("purpose", "")
    return Purpose(wished) if wished in PREVIEWED else Purpose.INVITATION


def _wished_attendee(source: Any) -> Attendee | None:
    """The person who was chosen by name. Raises Missing where there is none."""
    wished = source.get("attendee", "")
    if not wished:
        return None
    found = db.session.get(Attendee, int(wished)) if _is_number(wished) and int(wished) < 2**31 else None
    if found is None:
        raise Missing()
    gates.staff_invitation(found.registration.invitation_id)
    return found


def _touched() -> list[Attendee]:
    """Whom the working copy would bring a letter, of the companies that one may see, in the order of companies."""
    newest = publications.latest(g.event)
    copy = working_copies.of(g.event).items()
    reached = publications.reach(
        g.event,
        before=newest.items() if newest else [],
        after=publications.seen_by_partners(copy),
        ending=moved_items.ending(g.event, copy),
    )
    own = gates.own_company_ids()
    seen = [one for one in reached.attendees if own is None or one.registration.invitation.company_id in own]
    return sorted(seen, key=lambda one: (one.registration.invitation.company.name, one.person.name, one.id))


def _place(people: list[Attendee]) -> dict[str, Any]:
    """Which of them is read, and who comes before and after."""
    one = _wished_attendee(request.args)
    number = people.index(one) if one in people else -1
    return {
        "number": number + 1,
        "one": one,
        "before": people[number - 1] if number > 0 else None,
        "after": people[number + 1] if number + 1 < len(people) else None,
    }


def _reader(purpose: Purpose, invitation: Invitation, source: Any) -> tuple[Invitation | Attendee, Person]:
    """Of what such a letter would speak, and to whom. Raises Withdrawn where there is nobody yet."""
    if purpose in TO_COORDINATOR:
        return invitation, invitation.coordinator
    if (attendee := _wished_attendee(source)) is not None and attendee.ended_at is None:
        return attendee, attendee.person
    named = [attendees.living(registration) for registration in registrations.live(invitation)]
    for attendee in sorted(filter(None, named), key=lambda one: not _concerned(purpose, one)):
        return attendee, attendee.person
    raise Withdrawn("Nobody is named yet, so nobody would get this letter.")


def _concerned(purpose: Purpose, attendee: Attendee) -> bool:
    """Whether there is something to say to them; some letters go to those alone whom they concern."""
    if purpose not in TO_SOME:
        return True
    try:
        html_of(purpose, attendee, person=attendee.person, edition=Edition(0, now()), url="")
    except Withdrawn:
        return False
    return True


def _unsayable(purpose: Purpose, invitation: Invitation, source: Any) -> str:
    try:
        row, person = _reader(purpose, invitation, source)
        html_of(purpose, row, person=person, edition=Edition(0, now()), url="")
    except Withdrawn as withdrawn:
        return letter_words.answer_word(withdrawn.reason)
    return ""


def _harmless(purpose: Purpose, invitation: Invitation) -> str:
    """In the place of a personal link: this preview, which only staff can open."""
    path = url_for("organizer.previews.show", invitation=invitation.id, purpose=purpose.value)
    return looks.outside_url(path)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
