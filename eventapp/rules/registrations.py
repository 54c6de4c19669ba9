"""Registrations: a colleague gets a seat, a run, a pass; moves, is replaced, gives it up."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.badge import Because
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Diet, Registration
from eventapp.models.states import LIVE, InvitationStatus, RegistrationStatus
from eventapp.rules import answers, badges, journal, messages, people, rosters, seats
from eventapp.rules.people import Colleague

CONFIRMATION_RESTS = timedelta(minutes=3)  # one letter for all that a coordinator does in one go


def register(
    invitation: Invitation, colleague: Colleague, *, event_session: EventSession | None = None
) -> Registration:
    """Name a colleague for one of the Invitation's seats; without a run they choose it themselves.

    Answers the invitation with yes where it was still open. One pass letter, one confirmation.
    Raises NoSeatLeft, SessionFull, RunNotOffered, InvitationClosed, AlreadyNamed.
    """
    with db.writing():
        runs = seats.hold(invitation)
        answers.require_open(invitation)
        answers.say_yes(invitation)
        registration = seats.open_seat(invitation)
        if event_session is not None:
            seats.take(registration, event_session)
        person = people.find_or_add(invitation, colleague)
        _begin(registration, person, runs)
        journal.record("registered", registration, event_id=invitation.event_id, person_id=person.id)
        _confirm_to_coordinator(invitation)
    return registration


def choose_run(registration: Registration, event_session: EventSession) -> None:
    """Decide the run of an undecided seat. Raises SessionFull, RunNotOffered, Stale."""
    with db.writing():
        runs = _hold(registration)
        if registration.status != RegistrationStatus.UNDECIDED:
            raise Stale()
        seats.take(registration, event_session)
        _changed(registration, runs, "run chosen")


def move(registration: Registration, to: EventSession) -> None:
    """Move to the other run: the new place first, then the old; one letter. Raises SessionFull, Stale."""
    with db.writing():
        runs = _hold(registration)
        if registration.status != RegistrationStatus.REGISTERED:
            raise Stale()
        if registration.event_session_id == to.id:
            return
        seats.exchange(registration, to)
        attendee = _changed(registration, runs, "moved")
        event = registration.invitation.event
        messages.queue(
            Purpose.MOVED,
            attendee.person,
            event=event,
            subject_id=attendee.id,
            occasion=messages.next_occasion(Purpose.MOVED, attendee.id),
        )


def correct(registration: Registration, colleague: Colleague) -> None:
    """Correct the same person's name, title, phone or e-mail. A first e-mail brings the pass letter."""
    with db.writing():
        runs = _hold(registration)
        attendee = require_attendee(registration)
        person = attendee.person
        had_email = person.email
        person.name, person.title = colleague.name, colleague.title
        person.phone, person.email = colleague.phone, colleague.email
        rosters.mark(runs, attendee)
        journal.record("corrected", person, event_id=registration.invitation.event_id)
        if person.email != had_email:
            _send_pass(attendee, registration, occasion=messages.next_occasion(Purpose.PASS, attendee.id))


def substitute(registration: Registration, colleague: Colleague) -> Attendee:
    """Give the place to a colleague: the old badge ends, a new one begins; diet is asked again."""
    with db.writing():
        runs = _hold(registration)
        before = require_attendee(registration)
        _end(before, Because.REPLACED)
        rosters.mark(runs, before)
        person = people.find_or_add(registration.invitation, colleague)
        after = _begin(registration, person, runs)
        journal.record("substituted", registration, event_id=registration.invitation.event_id)
        _confirm_to_coordinator(registration.invitation)
    return after


def cancel(registration: Registration) -> None:
    """Give up the place; the seat is empty again. Harmless when it was given up already."""
    with db.writing():
        runs = _hold(registration, live=False)
        if registration.status == RegistrationStatus.CANCELLED:
            return
        end_registration(registration, runs)
        _confirm_to_coordinator(registration.invitation)


def end_registration(registration: Registration, runs: list[EventSession]) -> None:
    """Cancel inside a rule that holds the locks already (a declined invitation ends all of its seats)."""
    attendee = live_attendee(registration)
    seats.release(registration)
    if attendee is not None:
        _end(attendee, Because.CANCELLED)
        rosters.mark(runs, attendee)
    journal.record("cancelled", registration, event_id=registration.invitation.event_id)


def confirm(attendee: Attendee, *, diet: Diet = Diet.ANY) -> None:
    """The attendee's own part: yes, it is me, and this is how I eat."""
    with db.writing():
        runs = _hold(attendee.registration)
        db.lock(attendee)
        attendee.confirmed_at = attendee.confirmed_at or now()
        attendee.diet = diet
        rosters.mark(runs, attendee)
        journal.record("confirmed", attendee, event_id=attendee.registration.invitation.event_id)


def mark_opened(attendee: Attendee) -> None:
    """A person touched the pass page for the first time."""
    if attendee.opened_at is None:
        with db.writing():
            db.lock(attendee)
            attendee.opened_at = attendee.opened_at or now()


def send_pass_again(registration: Registration) -> None:
    """Send the pass letter once more, on somebody's wish."""
    with db.writing():
        _hold(registration)
        attendee = require_attendee(registration)
        _send_pass(attendee, registration, occasion=messages.next_occasion(Purpose.PASS, attendee.id))


def renew_link(attendee: Attendee) -> None:
    """End the attendee's old link; the next one made is a new one."""
    with db.writing():
        db.lock(attendee)
        attendee.generation += 1
        journal.record("link renewed", attendee, event_id=attendee.registration.invitation.event_id)


def live(invitation: Invitation) -> list[Registration]:
    """The Invitation's Registrations in use, in the order they were made."""
    return list(
        db.session.scalars(
            select(Registration)
            .where(Registration.invitation_id == invitation.id, Registration.status.in_(LIVE))
            .order_by(Registration.id)
        )
    )


def live_attendee(registration: Registration) -> Attendee | None:
    """Who holds the Registration now."""
    return db.session.scalar(
        select(Attendee).where(Attendee.registration_id == registration.id, Attendee.ended_at.is_(None))
    )


def require_attendee(registration: Registration) -> Attendee:
    """Who holds the Registration now. Raises Stale where nobody does."""
    attendee = live_attendee(registration)
    if attendee is None:
        raise Stale()
    return attendee


def _hold(registration: Registration, *, live: bool = True) -> list[EventSession]:
    runs = seats.hold(registration.invitation)
    db.lock(registration)
    if live:
        answers.require_open(registration.invitation)
        if registration.status == RegistrationStatus.CANCELLED:
            raise Stale()
    return runs


def _begin(registration: Registration, person: Person, runs: list[EventSession]) -> Attendee:
    attendee = Attendee(registration_id=registration.id, person_id=person.id, started_at=now())
    db.session.add(attendee)
    badges.issue(attendee)
    rosters.mark(runs, attendee)
    _send_pass(attendee, registration)
    return attendee


def _end(attendee: Attendee, because: Because) -> None:
    attendee.ended_at = now()
    attendee.generation += 1
    badge = badges.valid(attendee)
    if badge is not None:
        badges.revoke(badge, because=because)
    db.session.flush()


def _changed(registration: Registration, runs: list[EventSession], action: str) -> Attendee:
    attendee = require_attendee(registration)
    rosters.mark(runs, attendee)
    journal.record(action, registration, event_id=registration.invitation.event_id)
    _confirm_to_coordinator(registration.invitation)
    return attendee


def _send_pass(attendee: Attendee, registration: Registration, *, occasion: str = "") -> None:
    messages.queue(
        Purpose.PASS,
        attendee.person,
        event=registration.invitation.event,
        subject_id=attendee.id,
        occasion=occasion,
    )


def _confirm_to_coordinator(invitation: Invitation) -> None:
    if invitation.status != InvitationStatus.ACCEPTED:
        return
    messages.queue(
        Purpose.CONFIRMATION,
        invitation.coordinator,
        event=invitation.event,
        subject_id=invitation.id,
        occasion=messages.next_occasion(Purpose.CONFIRMATION, invitation.id),
        after=CONFIRMATION_RESTS,
    )
