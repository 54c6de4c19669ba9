"""Answers: whether an Invitation may still be answered, and its yes."""

from __future__ import annotations

from eventapp.clock import now, today
from eventapp.db import db
from eventapp.errors import InvitationClosed, Stale, TooLate
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration, Wish
from eventapp.models.states import InvitationStatus, RegistrationStatus, move
from eventapp.rules import journal, seats


def is_open(invitation: Invitation) -> bool:
    """Whether the company may answer and change its answer now. A yes stays open: people fall ill late."""
    if not invitation.event.is_open:
        return False
    if invitation.status == InvitationStatus.ACCEPTED:
        return True
    return invitation.status == InvitationStatus.SENT and not has_expired(invitation)


def has_expired(invitation: Invitation) -> bool:
    """Whether the day until which seats without a name are kept has passed."""
    return invitation.expires_on is not None and today(invitation.event.time_zone) > invitation.expires_on


def require_naming(invitation: Invitation) -> None:
    """One more name may be given. Raises InvitationClosed, TooLate."""
    require_open(invitation)
    if has_expired(invitation):
        raise TooLate()


def require_open(invitation: Invitation) -> None:
    """Raises InvitationClosed."""
    if not is_open(invitation):
        raise InvitationClosed()


def require_standing(invitation: Invitation) -> None:
    """For what the host does itself: sent or accepted, whatever the date. Raises InvitationClosed."""
    if invitation.status not in (InvitationStatus.SENT, InvitationStatus.ACCEPTED):
        raise InvitationClosed()


def hold(registration: Registration, *, live: bool = True, by_host: bool = False) -> list[EventSession]:
    """Lock what a change of this Registration needs, itself too, and return the runs. Inside db.writing().

    live: it must still be in use, and the Invitation open; by_host: standing is enough.
    Raises InvitationClosed, Stale.
    """
    runs = seats.hold(registration.invitation)
    db.lock(registration)
    if live:
        (require_standing if by_host else require_open)(registration.invitation)
        if registration.status == RegistrationStatus.CANCELLED:
            raise Stale()
    return runs


def say_yes(invitation: Invitation) -> None:
    """Turn an open invitation into an accepted one, inside the caller's transaction."""
    if invitation.status == InvitationStatus.SENT:
        move(invitation, InvitationStatus.ACCEPTED)
        invitation.answered_at = now()
        invitation.kept_open_until = None
        journal.record("accepted", invitation)


def accept(invitation: Invitation) -> None:
    """Yes, we will come; names may follow. Raises InvitationClosed."""
    with db.writing():
        seats.hold(invitation)
        require_open(invitation)
        say_yes(invitation)


def wish_one_on_duty(invitation: Invitation, wish: bool) -> None:
    """Not all at once: one of us stays on duty. A wish for the organizer, no rule."""
    with db.writing():
        seats.hold(invitation)
        require_open(invitation)
        invitation.one_stays_on_duty = wish
        invitation.comes_together = invitation.comes_together and not wish
        journal.record("on-duty wish", invitation, wish=wish)


def wish_together(invitation: Invitation, wish: bool) -> None:
    """All of us in the same run. It takes the place of the opposite wish."""
    with db.writing():
        seats.hold(invitation)
        require_open(invitation)
        invitation.comes_together = wish
        invitation.one_stays_on_duty = invitation.one_stays_on_duty and not wish
        journal.record("together wish", invitation, wish=wish)


def wish_run(registration: Registration, wish: Wish, *, event_session: EventSession | None = None) -> None:
    """What the host should know when it chooses the run. Raises RunNotOffered, InvitationClosed, Stale.

    It holds no place: whoever wants one now chooses the run.
    """
    with db.writing():
        hold(registration)
        if registration.status != RegistrationStatus.UNDECIDED:
            raise Stale()
        if event_session is not None and event_session not in seats.choices(registration.invitation):
            raise seats.RunNotOffered(field="wish")
        registration.wish = wish
        registration.wished_session_id = event_session.id if event_session else None
        run = event_session.number if event_session else ""
        event_id = registration.invitation.event_id
        journal.record("wished", registration, event_id=event_id, wish=str(wish), run=run)
