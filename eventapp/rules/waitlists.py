"""Waitlists: a company joins the queue of a full run, says together or one by one, and leaves at any time."""

from __future__ import annotations

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import answers, attendees, confirmations, journal, parties, registrations, rosters, seats


def join(registration: Registration, event_session: EventSession) -> None:
    """Wait for a run; where a place has become free meanwhile, take it at once.

    A place in the other run is kept until then. Raises RunNotOffered, InvitationClosed, Stale.
    """
    with db.writing():
        runs = answers.hold(registration)
        party = parties.of(registration)
        if event_session.id in (registration.event_session_id, party.event_session_id if party else None):
            return  # there already, or waiting already
        if seats.on_offer(event_session):
            placed = registration.status in HOLDS_PLACE
            (registrations.move if placed else registrations.choose_run)(registration, event_session)
            return
        seats.join_queue(registration, event_session)
        seats.promote(runs)
        _note(registration, "waits", runs=runs, run=event_session.number)


def leave(registration: Registration) -> None:
    """Wait no more; harmless where nobody waits. Whoever stood behind may fit now."""
    with db.writing():
        runs = answers.hold(registration)
        if parties.of(registration) is None:
            return
        seats.stop_waiting(registration)
        seats.promote(runs)
        _note(registration, "waits no more", runs=runs)


def stay_together(invitation: Invitation, event_session: EventSession, *, together: bool) -> None:
    """All of the company that wait for this run come at once, or one by one as places become free.

    Together they wait at the place of the one who came last, so that they pass nobody. Raises InvitationClosed.
    """
    with db.writing():
        runs = seats.hold(invitation)
        answers.require_open(invitation)
        own = [one for one in parties.of_invitation(invitation) if one.event_session_id == event_session.id]
        if not own:
            raise Stale()
        for party in [parties.unite(own)] if together else own:
            party.together = together
        seats.promote(runs)
        journal.record("together" if together else "one by one", invitation, run=event_session.number)


def _note(registration: Registration, action: str, *, runs: list[EventSession], **detail: object) -> None:
    rosters.mark(runs, attendees.require(registration))
    journal.record(action, registration, event_id=registration.invitation.event_id, **detail)
    confirmations.to_coordinator(registration.invitation)
