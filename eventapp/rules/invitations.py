"""Invitations: made, sent, opened, declined by one of three roads, revoked, their links renewed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sqlalchemy import func, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import FactsUnconfirmed, InvitationClosed, StateRefused
from eventapp.formats import links
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation, InvitationChoice
from eventapp.models.message import Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.models.states import InvitationStatus, move
from eventapp.rules import (
    answers,
    journal,
    messages,
    parties,
    people,
    pools,
    registrations,
    seat_offers,
    seats,
)
from eventapp.rules.people import Colleague

COORDINATOR, ATTENDEE, FEED = "coordinator", "attendee", "feed"


def invite(
    event: Event, company: Company, *, coordinator: Person, seats_kept: int, expires_on: date | None = None
) -> Invitation:
    """A draft Invitation that may choose every run of the Event."""
    with db.writing():
        invitation = Invitation(
            event_id=event.id,
            company_id=company.id,
            coordinator_id=coordinator.id,
            seats=seats_kept,
            status=InvitationStatus.DRAFT,
            expires_on=expires_on,
            created_at=now(),
        )
        db.session.add(invitation)
        db.session.flush()
        for event_session in seats.runs(event):
            db.session.add(InvitationChoice(invitation_id=invitation.id, event_session_id=event_session.id))
        journal.record("invited", invitation)
    return invitation


def set_choices(invitation: Invitation, event_sessions: list[EventSession]) -> None:
    """Say which runs the company may choose; places taken already stay, nobody waits for the others."""
    with db.writing():
        runs = seats.hold(invitation)
        offered = {event_session.id for event_session in event_sessions}
        wanted = set(offered)
        for choice in db.session.scalars(
            select(InvitationChoice).where(InvitationChoice.invitation_id == invitation.id)
        ):
            if choice.event_session_id not in wanted:
                db.session.delete(choice)
            wanted.discard(choice.event_session_id)
        for registration in registrations.live(invitation):
            party = parties.of(registration)
            if party is not None and party.event_session_id not in offered:
                seats.stop_waiting(registration)
        seats.promote(runs)
        for event_session_id in sorted(wanted):
            db.session.add(InvitationChoice(invitation_id=invitation.id, event_session_id=event_session_id))
        journal.record("choices set", invitation)


def send(invitation: Invitation) -> bool:
    """Send the invitation letter, by day; again where it was sent before. Raises FactsUnconfirmed, InvitationClosed.

    False: no letter was queued, for the coordinator has no e-mail; hand over the link."""
    with db.writing():
        seats.hold(invitation)
        if invitation.event.facts_confirmed_at is None:
            raise FactsUnconfirmed()
        if not invitation.event.is_open:
            raise InvitationClosed()
        if invitation.status in (InvitationStatus.DRAFT, InvitationStatus.REVOKED):
            move(invitation, InvitationStatus.SENT)
        invitation.sent_at = invitation.sent_at or now()
        journal.record("sent", invitation)
        queued = messages.queue(
            Purpose.INVITATION,
            invitation.coordinator,
            event=invitation.event,
            subject_id=invitation.id,
            occasion=messages.next_occasion(Purpose.INVITATION, invitation.id),
            by_day=True,
        )
    return queued is not None


def drafts(event: Event) -> list[Invitation]:
    """Invitations not sent yet."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(Invitation.event_id == event.id, Invitation.status == InvitationStatus.DRAFT)
            .order_by(Invitation.id)
        )
    )


def of_company(event: Event, company_id: int) -> Invitation | None:
    """The company's invitation to this Event."""
    return db.session.scalar(
        select(Invitation).where(Invitation.event_id == event.id, Invitation.company_id == company_id)
    )


def mark_opened(invitation: Invitation) -> None:
    """A person touched the letter's page for the first time."""
    if invitation.opened_at is None:
        with db.writing():
            db.lock(invitation)
            invitation.opened_at = invitation.opened_at or now()
            journal.record("opened", invitation)


def decline(invitation: Invitation, *, reason: str = "") -> None:
    """Give all the seats back, with a reason only the host sees; every place held is freed, the pool grows."""
    with db.writing():
        db.lock(invitation.event)
        runs = seats.hold(invitation)
        answers.require_open(invitation)
        for registration in registrations.live(invitation):
            registrations.end_registration(registration, runs)
        seats.promote(runs)
        move(invitation, InvitationStatus.DECLINED)
        seat_offers.end_all(invitation)
        pools.take_all_back(invitation)
        invitation.decline_reason = reason
        invitation.answered_at = now()
        journal.record("declined", invitation, reason=reason)


def hand_over(invitation: Invitation, colleague: Colleague) -> Person:
    """A colleague answers instead: they become coordinator and get the letter; the old link ends."""
    with db.writing():
        seats.hold(invitation)
        answers.require_open(invitation)
        person = people.find(invitation.company_id, colleague) or people.add(invitation.company_id, colleague)
        person.email = colleague.email or person.email
        invitation.coordinator_id = person.id
        db.session.flush()
        db.session.refresh(invitation)
        invitation.generation += 1
        invitation.opened_at = None
        journal.record("handed over", invitation, person_id=person.id)
        messages.queue(
            Purpose.INVITATION,
            person,
            event=invitation.event,
            subject_id=invitation.id,
            occasion=f"link {invitation.generation}",
        )
    return person


def keep_open(invitation: Invitation, until: date) -> None:
    """Think a little longer: the seats stay until that day."""
    with db.writing():
        seats.hold(invitation)
        answers.require_open(invitation)
        invitation.kept_open_until = until
        journal.record("kept open", invitation, until=until.isoformat())


def revive(invitation: Invitation) -> None:
    """Open a declined or revoked invitation again, as sent. Raises PoolShort where its seats went to others."""
    with db.writing():
        db.lock(invitation.event)
        seats.hold(invitation)
        if invitation.status == InvitationStatus.DRAFT:
            raise StateRefused()  # a draft is sent, with its letter
        pools.hand_out_again(invitation)
        move(invitation, InvitationStatus.SENT)
        invitation.answered_at = None
        journal.record("opened again", invitation)


def revoke(invitation: Invitation) -> None:
    """Take the invitation back: its link ends and its places are freed."""
    with db.writing():
        db.lock(invitation.event)
        runs = seats.hold(invitation)
        for registration in registrations.live(invitation):
            registrations.end_registration(registration, runs)
        seats.promote(runs)
        move(invitation, InvitationStatus.REVOKED)
        seat_offers.end_all(invitation)
        invitation.generation += 1
        journal.record("revoked", invitation)


def renew_link(invitation: Invitation) -> None:
    """End the coordinator's old link; the next one made is a new one."""
    with db.writing():
        db.lock(invitation)
        invitation.generation += 1
        journal.record("link renewed", invitation)


def token(row: Invitation | Attendee, key: bytes) -> str:
    """The capability token of a coordinator (Invitation) or an attendee, of the present generation."""
    return links.make_token(key, _purpose(row), id=row.id, generation=row.generation)


def feed_token(attendee: Attendee, key: bytes) -> str:
    """The token of the attendee's own calendar; it opens nothing else and ends with the pass link."""
    return links.make_token(key, FEED, id=attendee.id, generation=attendee.generation)


def by_feed_token(text: str, key: bytes) -> Attendee | None:
    """Whose calendar a token opens now."""
    found = _row_of(ATTENDEE, text)
    if not isinstance(found, Attendee):
        return None
    return found if links.verify(key, FEED, token=text, generation=found.generation) else None


def by_token(
    purpose: Literal["coordinator", "attendee"], text: str, *, key: bytes
) -> Invitation | Attendee | None:
    """The row a presented token opens now; None for forged, foreign and ended ones alike."""
    found = _row_of(purpose, text)
    if found is None or not links.verify(key, purpose, token=text, generation=found.generation):
        return None
    return found


def by_ended_token(
    purpose: Literal["coordinator", "attendee"], text: str, *, key: bytes
) -> Invitation | Attendee | None:
    """The row a token opened once, before its link was renewed; None for forged ones."""
    found = _row_of(purpose, text)
    if found is None:
        return None
    for generation in range(max(1, found.generation - 20), found.generation):
        if links.verify(key, purpose, token=text, generation=generation):
            return found
    return None


def send_links_again(email: str) -> int:
    """Send every living link of that address again, to that address; returns how many letters.

    The caller tells the person typing the same sentence whatever comes back.
    """
    with db.writing():
        queued = 0
        for person in db.session.scalars(
            select(Person).where(func.lower(Person.email) == email.lower(), Person.erased_at.is_(None))
        ).all():
            for purpose, row in _links_of(person):
                event = row.event if isinstance(row, Invitation) else row.registration.invitation.event
                occasion = messages.next_occasion(purpose, row.id)
                if messages.queue(purpose, person, event=event, subject_id=row.id, occasion=occasion):
                    queued += 1
        return queued


def _links_of(person: Person) -> list[tuple[Purpose, Invitation | Attendee]]:
    coordinated = db.session.scalars(
        select(Invitation).where(
            Invitation.coordinator_id == person.id,
            Invitation.status.in_((InvitationStatus.SENT, InvitationStatus.ACCEPTED)),
        )
    ).all()
    attended = db.session.scalars(
        select(Attendee).where(Attendee.person_id == person.id, Attendee.ended_at.is_(None))
    ).all()
    return [(Purpose.INVITATION, row) for row in coordinated if row.event.is_open] + [
        (Purpose.PASS, row) for row in attended if row.registration.invitation.event.is_open
    ]


def _purpose(row: Invitation | Attendee) -> str:
    return COORDINATOR if isinstance(row, Invitation) else ATTENDEE


def _row_of(purpose: str, text: str) -> Invitation | Attendee | None:
    found = links.read_token(text)
    if found is None or found >= 2**31:
        return None
    return db.session.get(Invitation if purpose == COORDINATOR else Attendee, found)
