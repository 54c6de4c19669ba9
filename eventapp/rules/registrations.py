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
    invitation: Invitation,
    colleague: Colleague,
    *,
    event_session: EventSession | None = None,
    by_host: bool = False,
    newest: int | None = None,
) -> Registration:
    """Name a colleague for one of the Invitation's seats; without a run they choose it themselves.

    Answers the invitation with yes where it was still open. One pass letter, one confirmation.
    by_host: the host does it (at the door), so the date until which partners may answer does not count.
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
        if event_session is not None:
            seats.take(registration, event_session)
        person = people.find_or_add(invitation, colleague)
        _begin(registration, person, runs=runs)
        journal.record("registered", registration, event_id=invitation.event_id, person_id=person.id)
        _confirm_to_coordinator(invitation)
    return registration


def choose_run(registration: Registration, event_session: EventSession, *, by_host: bool = False) -> None:
    """Decide the run of an undecided seat. Raises SessionFull, RunNotOffered, Stale."""
    with db.writing():
        runs = _hold(registration, by_host=by_host)
        if registration.status != RegistrationStatus.UNDECIDED:
            raise Stale()
        seats.take(registration, event_session)
        _changed(registration, runs, action="run chosen")


def move(registration: Registration, to: EventSession, *, by_host: bool = False) -> None:
    """Move to the other run: the new place first, then the old; one letter. Raises SessionFull, Stale."""
    with db.writing():
        runs = _hold(registration, by_host=by_host)
        if registration.status != RegistrationStatus.REGISTERED:
            raise Stale()
        if registration.event_session_id == to.id:
            return
        seats.exchange(registration, to)
        attendee = _changed(registration, runs, action="moved")
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

    seen: the Attendee the form was drawn for. Raises Stale where the place has moved on since.
    """
    with db.writing():
        runs = _hold(registration)
        attendee = _require_seen(registration, seen)
        person = attendee.person
        had_email = person.email
        person.name, person.title = colleague.name, colleague.title
        keeps_mail = person.id == registration.invitation.coordinator_id  # or the letters would not reach
        person.phone = colleague.phone
        person.email = colleague.email or (person.email if keeps_mail else "")
        rosters.mark(runs, attendee)
        journal.record("corrected", person, event_id=registration.invitation.event_id)
        if person.email != had_email:
            _send_pass(attendee, registration, occasion=messages.next_occasion(Purpose.PASS, attendee.id))


def substitute(registration: Registration, colleague: Colleague, *, seen: int | None = None) -> Attendee:
    """Give the place to a colleague: the old badge ends, a new one begins; diet is asked again.

    seen: the Attendee the form was drawn for; pressed twice, it answers with the one made by the first press.
    Raises AlreadyNamed, InvitationClosed, Stale.
    """
    with db.writing():
        runs = _hold(registration)
        before = require_attendee(registration)
        if seen not in (None, before.id) and people.is_same(before.person, colleague):
            return before
        _require_seen(registration, seen)
        _end(before, Because.REPLACED)
        rosters.mark(runs, before)
        person = people.find_or_add(registration.invitation, colleague)
        after = _begin(registration, person, runs=runs)
        journal.record("substituted", registration, event_id=registration.invitation.event_id)
        _confirm_to_coordinator(registration.invitation)
    return after


def cancel(registration: Registration, *, seen: int | None = None) -> None:
    """Give up the place; the seat is empty again. Harmless when it was given up already.

    seen: the Attendee whose place the reader meant. Raises Stale where somebody else holds it now.
    """
    with db.writing():
        runs = _hold(registration, live=False)
        if registration.status == RegistrationStatus.CANCELLED:
            return
        _require_seen(registration, seen)
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


def confirm(attendee: Attendee, *, diet: Diet = Diet.ANY, event_session: EventSession | None = None) -> None:
    """The attendee's own part: yes, it is me, this is how I eat, and, where it was left to me, this run.

    Raises SessionFull, RunNotOffered, InvitationClosed, Stale; then nothing was confirmed.
    """
    with db.writing():
        runs = _hold(attendee.registration)
        db.lock(attendee)
        if attendee.ended_at is not None:
            raise Stale()
        if event_session is not None and attendee.registration.status == RegistrationStatus.UNDECIDED:
            seats.take(attendee.registration, event_session)
            _confirm_to_coordinator(attendee.registration.invitation)
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


def _made_since(invitation: Invitation, newest: int | None, *, colleague: Colleague) -> Registration | None:
    for registration in live(invitation) if newest is not None else []:
        attendee = live_attendee(registration)
        if registration.id > newest and attendee and people.is_same(attendee.person, colleague):
            return registration
    return None


def _require_seen(registration: Registration, seen: int | None) -> Attendee:
    attendee = require_attendee(registration)
    if seen not in (None, attendee.id):
        raise Stale()
    return attendee


def _hold(registration: Registration, *, live: bool = True, by_host: bool = False) -> list[EventSession]:
    runs = seats.hold(registration.invitation)
    db.lock(registration)
    if live:
        _require_open(registration.invitation, by_host=by_host)
        if registration.status == RegistrationStatus.CANCELLED:
            raise Stale()
    return runs


def _require_open(invitation: Invitation, *, by_host: bool) -> None:
    if by_host:
        answers.require_standing(invitation)
    else:
        answers.require_open(invitation)


def _begin(registration: Registration, person: Person, *, runs: list[EventSession]) -> Attendee:
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


def _changed(registration: Registration, runs: list[EventSession], *, action: str) -> Attendee:
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
