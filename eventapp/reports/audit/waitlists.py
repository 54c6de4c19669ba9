"""What must hold of those who wait for a place."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from eventapp.clock import today
from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Registration
from eventapp.models.states import LIVE, RegistrationStatus
from eventapp.models.waitlist import Party, PartyMember
from eventapp.rules import parties, seats


def whoever_waits_stands_in_one_queue() -> Iterator[str]:
    """A waitlisted Registration is in a party of its run and company; whoever is in a party is in use."""
    strange = db.session.scalars(
        select(Registration.id)
        .outerjoin(PartyMember, PartyMember.registration_id == Registration.id)
        .where(Registration.status == RegistrationStatus.WAITLISTED, PartyMember.id.is_(None))
    )
    for registration_id in strange:
        yield f"registration {registration_id} is waitlisted, yet stands in no queue"
    rows = db.session.execute(
        select(Registration, Party)
        .join(PartyMember, PartyMember.registration_id == Registration.id)
        .join(Party, PartyMember.party_id == Party.id)
        .where(
            or_(
                Registration.status.not_in(LIVE),
                Registration.status == RegistrationStatus.UNDECIDED,
                Registration.invitation_id != Party.invitation_id,
                (Registration.status == RegistrationStatus.WAITLISTED)
                != (Registration.event_session_id == Party.event_session_id),
            )
        )
    )
    for registration, party in rows:
        yield f"registration {registration.id} ({registration.status}) does not fit party {party.id}"


def no_queue_holds_an_empty_party() -> Iterator[str]:
    """A party whose last member left has ended."""
    rows = db.session.scalars(
        select(Party.id)
        .outerjoin(PartyMember, PartyMember.party_id == Party.id)
        .group_by(Party.id)
        .having(func.count(PartyMember.id) == 0)
    )
    for party_id in rows:
        yield f"party {party_id} has no members"


def a_free_place_is_given_at_once() -> Iterator[str]:
    """Whoever stands first in a queue did not fit: else the place should have been theirs already."""
    for run in db.session.scalars(select(EventSession).join(Party).distinct()):
        first = parties.waiting_for(run)[0]
        wanted = len(parties.members(first)) if first.together else 1
        if today(run.event.time_zone) < run.starts_on and seats.free(run) >= wanted:
            yield f"run {run.number} (id {run.id}): {seats.free(run)} places are free, yet party {first.id} waits"


CHECKS = (whoever_waits_stands_in_one_queue, no_queue_holds_an_empty_party, a_free_place_is_given_at_once)
