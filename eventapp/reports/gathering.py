"""Who comes together: how many fields, companies and seats an Event counts; never who."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.company import Company, Sector
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.states import InvitationStatus


@dataclass(frozen=True)
class Gathering:
    """What the public page may say of the invited."""

    sectors: list[Sector]
    companies: int
    seats: int


def of(event: Event) -> Gathering:
    """Counts every invitation that was not taken back."""
    counted = (Invitation.event_id == event.id, Invitation.status != InvitationStatus.REVOKED)
    companies, seats = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Invitation.seats), 0))
        .select_from(Invitation)
        .where(*counted)
    ).one()
    sectors = db.session.scalars(
        select(Sector)
        .where(
            Sector.id.in_(
                select(Company.sector_id)
                .join(Invitation, Invitation.company_id == Company.id)
                .where(*counted)
            )
        )
        .order_by(Sector.position, Sector.id)
    )
    return Gathering(sectors=list(sectors), companies=int(companies), seats=int(seats))
