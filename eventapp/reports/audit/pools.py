"""What must hold of returned seats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from eventapp.clock import today
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.pool import PoolEntry, SeatOffer
from eventapp.models.states import InvitationStatus, OfferStatus

POSTMAN_RESTS = timedelta(days=1)  # an offer past its day is ended by the postman, who may have been away


def no_pool_is_below_nothing() -> Iterator[str]:
    """Nothing was offered that was not there."""
    rows = db.session.execute(
        select(PoolEntry.event_id, func.sum(PoolEntry.seats))
        .group_by(PoolEntry.event_id)
        .having(func.sum(PoolEntry.seats) < 0)
    )
    for event_id, seats in rows:
        yield f"event {event_id}: the pool holds {seats} seats"


def an_open_offer_is_one_that_can_be_taken() -> Iterator[str]:
    """By a company that said neither no nor was taken back, before its day has long passed."""
    rows = db.session.execute(
        select(SeatOffer, Invitation).join(SeatOffer.invitation).where(SeatOffer.status == OfferStatus.OPEN)
    )
    for offer, invitation in rows:
        if invitation.status in (InvitationStatus.DECLINED, InvitationStatus.REVOKED):
            yield f"offer {offer.id} is open, yet invitation {invitation.id} is {invitation.status}"
        if today(invitation.event.time_zone) > offer.expires_on + POSTMAN_RESTS:
            yield f"offer {offer.id} is open, yet past its day"


CHECKS = (no_pool_is_below_nothing, an_open_offer_is_one_that_can_be_taken)
