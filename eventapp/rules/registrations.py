"""Registrations: a colleague gets a seat, a run, a pass; moves, is replaced, gives it up."""

from __future__ import annotations

from sqlalchemy import select

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.formats import alike
from eventapp.models.badge import Because
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.registration import Attendee, Registration, Wish
from eventapp.models.states import HOLDS_PLACE, LIVE, RegistrationStatus
from eventapp.rules import (
    answers,
    attendees,
    confirmations,
    cutoffs,
    journal,
    messages,
    people,
    rosters,
    seats,
)
from eventapp.rules.people import Colleague


def register(
    invitation: Invitation,
    colleague: Colleague,
    *,
    event_session: EventSession | None = None,
    or_wait: bool = False,
    by_host: bool = False,
    wish: Wish = Wish.UNSAID,
    newest: int | None = None,
) -> Registration:
    """Name a colleague for one of the Invitation's seats; without a run they choose it themselves.

    Answers the invitation with yes where it was still open. One pass letter, one confirmation.
    or_wait: where the run is full, wait for a place. After the day for names the place waits for the host's yes.
    wish: without a run, whether the host may choose it (Wish.EITHER).
    by_host: the host does it (at the door), so neither the date until which partners may answer nor those
    who wait count.
    newest: the newest Registration when the form was drawn; the very same colleague named since is this
    form pressed twice, and the answer is what the first press made.
    Raises NoSeatLeft, SessionFull, RunNotOffered, InvitationClosed, TooLate, AlreadyNamed.
    """
    with db.writing():
        runs = seats.hold(invitation)
        pressed = _made_since(invitation, newest, colleague=colleague)
        if pressed is not None:
            return pressed
        (answers.require_standing if by_host else answers.require_naming)(invitation)
        answers.say_yes(invitation)
        registration = seats.open_seat(invitation)
        registration.wish = wish if event_session is None else Wish.UNSAID
        if event_session is not None:
            seats.take_or_wait(registration, event_session, wait=or_wait, by_host=by_host)
        person = people.find_or_add(invitation, colleague)
        attendees.begin(registration, person, runs=runs)
        journal.record("registered", registration, event_id=invitation.event_id, person_id=person.id)
        confirmations.to_coordinator(invitation)
    return registration


def choose_run(registration: Registration, event_session: EventSession, *, by_host: bool = False) -> None:
    """A place in that run for a seat that has none yet. Raises SessionFull, RunNotOffered, Stale."""
    with db.writing():
        runs = answers.hold(registration, by_host=by_host)
        if registration.status not in (RegistrationStatus.UNDECIDED, RegistrationStatus.WAITLISTED):
            raise Stale()
        seats.take(registration, event_session, by_host=by_host)
        _changed(registration, runs, action="run chosen")
        seats.promote(runs)


def move(registration: Registration, to: EventSession, *, by_host: bool = False, late: bool = False) -> None:
    """Move to the other run: the new place first, then the old; one letter.

    late: the host allows it after the cut-off. Raises NamesClosed, SessionFull, Stale.
    """
    with db.writing():
        runs = answers.hold(registration, by_host=by_host or late)
        if registration.status not in HOLDS_PLACE:
            raise Stale()
        if registration.event_session_id == to.id:
            return
        if not (by_host or late):
            cutoffs.require_names(registration.invitation, registration.event_session, to)
        seats.exchange(registration, to, by_host=by_host)
        attendee = _changed(registration, runs, action="moved")
        seats.promote(runs)
        event = registration.invitation.event
        messages.queue(
            Purpose.MOVED,
            attendee.person,
            event=event,
            subject_id=attendee.id,
            occasion=messages.next_occasion(Purpose.MOVED, attendee.id),
        )


def correct(registration: Registration, colleague: Colleague, *, seen: int | None = None) -> None:
    """Correct the same person's name, title, phone or e-mail. A first e-mail brings the pass letter.

    seen: the Attendee the form was drawn for. Another name on the list needs a request after its day.
    Raises Erased, AnotherPerson, NamesClosed; Stale where the place has moved on since.
    """
    with db.writing():
        runs = answers.hold(registration)
        attendee = _require_seen(registration, seen)
        person = attendee.person
        if person.erased_at is not None:
            raise people.Erased(field="name")
        if people.is_another(person, colleague):
            raise people.AnotherPerson(field="name")
        if not alike.could_be_one(person.name, colleague.name):
            cutoffs.require_names(registration.invitation, registration.event_session)
        had_email = person.email
        person.name, person.title = colleague.name, colleague.title
        keeps_mail = person.id == registration.invitation.coordinator_id  # or the letters would not reach
        person.phone = colleague.phone
        person.email = colleague.email or (person.email if keeps_mail else "")
        rosters.mark(runs, attendee)
        journal.record("corrected", person, event_id=registration.invitation.event_id)
        if person.email != had_email:
            attendees.send_pass(attendee, occasion=messages.next_occasion(Purpose.PASS, attendee.id))


def substitute(
    registration: Registration, colleague: Colleague, *, seen: int | None = None, late: bool = False
) -> Attendee:
    """Give the place to a colleague: the old badge ends, a new one begins; diet is asked again.

    seen: the Attendee the form was drawn for; pressed twice, it answers with the one made by the first press.
    late: the host allows it after the cut-off.
    Raises NamesClosed, AlreadyNamed, InvitationClosed, Stale.
    """
    with db.writing():
        runs = answers.hold(registration, by_host=late)
        before = attendees.require(registration)
        if seen not in (None, before.id) and people.is_same(before.person, colleague):
            return before
        _require_seen(registration, seen)
        if not late:
            cutoffs.require_names(registration.invitation, registration.event_session)
        attendees.end(before, Because.REPLACED)
        rosters.mark(runs, before)
        person = people.find_or_add(registration.invitation, colleague)
        if not late:
            attendees.await_approval(registration)
        after = attendees.begin(registration, person, runs=runs)
        journal.record("substituted", registration, event_id=registration.invitation.event_id)
        confirmations.to_coordinator(registration.invitation)
    return after


def cancel(registration: Registration, *, seen: int | None = None) -> None:
    """Give up the place; the seat is empty again. Harmless when it was given up already.

    seen: the Attendee whose place the reader meant. Raises Stale where somebody else holds it now.
    """
    with db.writing():
        runs = answers.hold(registration, live=False)
        if registration.status == RegistrationStatus.CANCELLED:
            return
        _require_seen(registration, seen)
        end_registration(registration, runs)
        seats.promote(runs)
        confirmations.to_coordinator(registration.invitation)


def end_registration(
    registration: Registration, runs: list[EventSession], *, because: Because = Because.CANCELLED
) -> None:
    """Cancel inside a rule that holds the locks already and promotes at its end (a declined invitation)."""
    attendee = attendees.living(registration)
    seats.release(registration)
    if attendee is not None:
        attendees.end(attendee, because)
        rosters.mark(runs, attendee)
    journal.record(str(because), registration, event_id=registration.invitation.event_id)


def live(invitation: Invitation) -> list[Registration]:
    """The Invitation's Registrations in use, in the order they were made."""
    return list(
        db.session.scalars(
            select(Registration)
            .where(Registration.invitation_id == invitation.id, Registration.status.in_(LIVE))
            .order_by(Registration.id)
        )
    )


def _made_since(invitation: Invitation, newest: int | None, *, colleague: Colleague) -> Registration | None:
    for registration in live(invitation) if newest is not None else []:
        attendee = attendees.living(registration)
        if registration.id > newest and attendee and people.is_same(attendee.person, colleague):
            return registration
    return None


def _require_seen(registration: Registration, seen: int | None) -> Attendee:
    attendee = attendees.require(registration)
    if seen not in (None, attendee.id):
        raise Stale()
    return attendee


def _changed(registration: Registration, runs: list[EventSession], *, action: str) -> Attendee:
    attendee = attendees.require(registration)
    rosters.mark(runs, attendee)
    journal.record(action, registration, event_id=registration.invitation.event_id)
    confirmations.to_coordinator(registration.invitation)
    return attendee
