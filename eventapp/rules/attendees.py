"""Attendees: the person who holds a Registration begins, finishes their own part, and ends with the badge."""

from __future__ import annotations

from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.badge import Because
from eventapp.models.event_session import EventSession
from eventapp.models.message import Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Diet, Registration
from eventapp.models.states import HOLDS_PLACE, RegistrationStatus, move
from eventapp.rules import answers, badges, confirmations, cutoffs, journal, messages, rosters, seats, travel


def living(registration: Registration) -> Attendee | None:
    """Who holds the Registration now."""
    return db.session.scalar(
        select(Attendee).where(Attendee.registration_id == registration.id, Attendee.ended_at.is_(None))
    )


def require(registration: Registration) -> Attendee:
    """Who holds the Registration now. Raises Stale where nobody does."""
    attendee = living(registration)
    if attendee is None:
        raise Stale()
    return attendee


def begin(registration: Registration, person: Person, *, runs: list[EventSession]) -> Attendee:
    """Somebody new holds it, with a badge and a pass letter. The runs must be locked."""
    attendee = Attendee(registration_id=registration.id, person_id=person.id, started_at=now())
    db.session.add(attendee)
    badges.issue(attendee)
    rosters.mark(runs, attendee)
    send_pass(attendee)
    return attendee


def await_approval(registration: Registration) -> None:
    """Somebody new will sit there: where the Event wants approval, a yes is wanted."""
    wanted = registration.invitation.event.wants_approval
    if registration.status == RegistrationStatus.REGISTERED and wanted:
        move(registration, RegistrationStatus.PENDING)


def end(attendee: Attendee, because: Because) -> None:
    """They hold it no more: link and badge end. In the caller's transaction."""
    attendee.ended_at = now()
    attendee.generation += 1
    badge = badges.valid(attendee)
    if badge is not None:
        badges.revoke(badge, because=because)
    db.session.flush()
    passed = messages.last_for(Purpose.PASS, attendee.id)
    if passed is not None and (
        passed.tries or passed.done_at
    ):  # who never got a badge need not hear of its end
        event = attendee.registration.invitation.event
        messages.queue(Purpose.CANCELLED, attendee.person, event=event, subject_id=attendee.id)


def confirm(
    attendee: Attendee,
    *,
    diet: Diet = Diet.ANY,
    event_session: EventSession | None = None,
    or_wait: bool = False,
) -> None:
    """The attendee's own part: yes, it is me, this is how I eat, and, where it was left to me, this run.

    or_wait: wait for a place where the run is full. Raises SessionFull, RunNotOffered, MealsClosed,
    InvitationClosed, Stale; then nothing was confirmed.
    """
    with db.writing():
        runs = answers.hold(attendee.registration)
        db.lock(attendee)
        if attendee.has_left:
            raise Stale()
        if event_session is not None and attendee.registration.status == RegistrationStatus.UNDECIDED:
            seats.take_or_wait(attendee.registration, event_session, wait=or_wait)
            confirmations.to_coordinator(attendee.registration.invitation)
        run = attendee.registration.event_session
        if (
            run is not None
            and attendee.diet != diet
            and cutoffs.is_past(attendee.registration.invitation, run.meals_due_on)
        ):
            raise travel.MealsClosed(field="diet")
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


def renew_link(attendee: Attendee) -> None:
    """End the attendee's old link; the next one made is a new one."""
    with db.writing():
        db.lock(attendee)
        attendee.generation += 1
        journal.record("link renewed", attendee, event_id=attendee.registration.invitation.event_id)


def renew_badge(attendee: Attendee) -> None:
    """The badge was lost: a new code, and the old one admits nobody any more. Raises Stale, InvitationClosed."""
    with db.writing():
        runs = answers.hold(attendee.registration, by_host=True)
        db.lock(attendee)
        if attendee.has_left or attendee.registration.status not in HOLDS_PLACE:
            raise Stale()
        badge = badges.valid(attendee)
        if badge is not None:
            badges.revoke(badge, because=Because.LOST)
        badges.issue(attendee)
        rosters.mark(runs, attendee)
        journal.record("badge renewed", attendee, event_id=attendee.registration.invitation.event_id)


def send_pass(attendee: Attendee, *, occasion: str = "") -> None:
    """Queue the pass letter in the caller's transaction."""
    messages.queue(
        Purpose.PASS,
        attendee.person,
        event=attendee.registration.invitation.event,
        subject_id=attendee.id,
        occasion=occasion,
    )


def send_pass_again(registration: Registration) -> None:
    """Send the pass letter once more, on somebody's wish."""
    with db.writing():
        answers.hold(registration)
        attendee = require(registration)
        send_pass(attendee, occasion=messages.next_occasion(Purpose.PASS, attendee.id))
