"""Missing: who is expected at a checkpoint and has not come, with how to reach them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from eventapp.db import db
from eventapp.formats import hangul
from eventapp.models.checkin import Checkpoint
from eventapp.models.company import Company
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.rules import expected


@dataclass(frozen=True)
class Missing:
    """One person, and what they said of their journey."""

    attendee: Attendee
    person: Person
    company: Company


def at(checkpoint: Checkpoint) -> list[Missing]:
    """By company and name."""
    rows = db.session.execute(
        select(Attendee, Person, Company)
        .join(Attendee.person)
        .join(Attendee.registration)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Company, Invitation.company_id == Company.id)
        .where(
            Attendee.id.in_(expected.people(checkpoint)),
            Attendee.id.not_in(expected.came(checkpoint)),
        )
    )
    found = [Missing(attendee, person, company) for attendee, person, company in rows]
    return sorted(found, key=_order)


def _order(one: Missing) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]], int]:
    return hangul.sort_key(one.company.name), hangul.sort_key(one.person.name), one.attendee.id
