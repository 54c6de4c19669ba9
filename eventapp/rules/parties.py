"""Parties: the order in which companies wait for places of a full run. Whoever writes here holds the runs' locks."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.models.waitlist import Party, PartyMember


def waiting_for(event_session: EventSession) -> list[Party]:
    """The parties that wait for this run, first come first."""
    return list(
        db.session.scalars(
            select(Party)
            .where(Party.event_session_id == event_session.id)
            .order_by(Party.joined_at, Party.id)
        )
    )


def is_awaited(event_session: EventSession) -> bool:
    """Whether anybody waits for this run."""
    found = select(Party.id).where(Party.event_session_id == event_session.id).limit(1)
    return db.session.scalar(found) is not None


def members(party: Party) -> list[Registration]:
    """Who waits in it, in the order of naming."""
    return list(
        db.session.scalars(
            select(Registration)
            .join(PartyMember, PartyMember.registration_id == Registration.id)
            .where(PartyMember.party_id == party.id)
            .order_by(Registration.id)
        )
    )


def of(registration: Registration) -> Party | None:
    """The party a Registration waits in."""
    return db.session.scalar(
        select(Party)
        .join(PartyMember, PartyMember.party_id == Party.id)
        .where(PartyMember.registration_id == registration.id)
    )


def of_invitation(invitation: Invitation) -> list[Party]:
    """The company's parties, first come first."""
    return list(
        db.session.scalars(
            select(Party)
            .where(Party.invitation_id == invitation.id)
            .order_by(Party.event_session_id, Party.joined_at, Party.id)
        )
    )


def place(party: Party) -> int:
    """Its place in the queue, from 1."""
    before = (Party.joined_at < party.joined_at) | (
        (Party.joined_at == party.joined_at) & (Party.id < party.id)
    )
    return 1 + db.session.scalar(
        select(func.count())
        .select_from(Party)
        .where(Party.event_session_id == party.event_session_id, before)
    )


def admit(registration: Registration, event_session: EventSession) -> Party:
    """Let a Registration wait: with its company where nobody came in between, else at the end."""
    queue = waiting_for(event_session)
    if queue and queue[-1].invitation_id == registration.invitation_id:
        party = queue[-1]
    else:
        party = Party(
            invitation_id=registration.invitation_id,
            event_session_id=event_session.id,
            together=False,
            joined_at=now(),
        )
        db.session.add(party)
        db.session.flush()
    db.session.add(PartyMember(party_id=party.id, registration_id=registration.id))
    db.session.flush()
    return party


def dismiss(registration: Registration) -> None:
    """A Registration waits no more; harmless where it did not. An empty party ends."""
    party = of(registration)
    if party is None:
        return
    db.session.execute(delete(PartyMember).where(PartyMember.registration_id == registration.id))
    if not members(party):
        db.session.delete(party)
    db.session.flush()


def unite(queue: list[Party]) -> Party:
    """Make one party of a company's, at the place of the last, so that it passes nobody."""
    *earlier, last = queue
    for party in earlier:
        for member in db.session.scalars(select(PartyMember).where(PartyMember.party_id == party.id)).all():
            member.party_id = last.id
        db.session.flush()
        db.session.delete(party)
    db.session.flush()
    return last
