"""Seat offers: a company wishes for one more seat, and is offered what the pool holds until a day."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from eventapp.clock import now, today
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.pool import MOST_WISHED, Because, SeatOffer, SeatWish
from eventapp.models.states import OfferStatus, move
from eventapp.rules import answers, confirmations, journal, messages, pools
from eventapp.rules.pools import PoolShort


class WishRefused(RuleBroken):
    """More than a company can wish for at once."""

    code = "wish-refused"
    sentence = _l("Please wish for one to %(most)s seats.")


class OfferOver(RuleBroken):
    """Accepted, declined, withdrawn or past its day."""

    code = "offer-over"
    sentence = _l("This offer has ended. Please ask your host contact if you still wish for the seat.")


class DayPassed(RuleBroken):
    """An offer that would end before it began."""

    code = "day-passed"
    sentence = _l("Please choose a day that is still to come.")


class OfferStands(RuleBroken):
    """The company has an open offer already."""

    code = "offer-stands"
    sentence = _l("This company has an offer already. Please wait for its answer or withdraw it.")


# -- what a coordinator does --------------------------------------------------------------------------


def wish(invitation: Invitation, count: int, *, reason: str = "") -> SeatWish:
    """Wish for more seats, or change the wish. Raises WishRefused, InvitationClosed."""
    with db.writing():
        pools.hold(invitation)
        answers.require_open(invitation)
        if not 1 <= count <= MOST_WISHED:
            raise WishRefused(field="seats", most=MOST_WISHED)
        found = open_wish(invitation)
        if found is None:
            found = SeatWish(invitation_id=invitation.id, wished_at=now())
            db.session.add(found)
        found.seats, found.reason = count, reason
        journal.record("seat wished", invitation, seats=count)
    return found


def withdraw_wish(invitation: Invitation) -> None:
    """No more seats, thank you; harmless where nothing was wished for."""
    with db.writing():
        pools.hold(invitation)
        if _end_wish(invitation):
            journal.record("wish withdrawn", invitation)


def accept(offer: SeatOffer) -> None:
    """The offered seats are the company's. Raises OfferOver; pressed twice, it is accepted once."""
    if _settled(offer, OfferStatus.ACCEPTED) == OfferStatus.LAPSED:
        raise OfferOver()


def decline(offer: SeatOffer) -> None:
    """The offered seats go back into the pool. Raises OfferOver."""
    if _settled(offer, OfferStatus.DECLINED) == OfferStatus.LAPSED:
        raise OfferOver()


# -- what an organizer does ---------------------------------------------------------------------------


def wishes(event: Event) -> list[SeatWish]:
    """Open wishes in the order an organizer set; the others after them, fewest seats first, then first asked."""
    rows = db.session.scalars(
        select(SeatWish)
        .join(SeatWish.invitation)
        .where(Invitation.event_id == event.id, SeatWish.ended_at.is_(None))
        .order_by(
            SeatWish.position.is_(None), SeatWish.position, Invitation.seats, SeatWish.wished_at, SeatWish.id
        )
    )
    return list(rows)


def open_offers(event: Event) -> list[SeatOffer]:
    """Offers that wait for an answer, the first to end first."""
    rows = db.session.scalars(
        select(SeatOffer)
        .join(SeatOffer.invitation)
        .where(Invitation.event_id == event.id, SeatOffer.status == OfferStatus.OPEN)
        .order_by(SeatOffer.expires_on, SeatOffer.id)
    )
    return list(rows)


def put_first(wish: SeatWish) -> None:
    """Let a wish stand before all others from now on."""
    with db.writing():
        event = db.lock(wish.invitation.event)
        others = [one for one in wishes(event) if one.id != wish.id]
        for position, one in enumerate([wish, *others]):
            one.position = position
        journal.record("wish put first", wish.invitation, event_id=event.id)


def offer(wish: SeatWish, count: int, *, expires_on: date) -> SeatOffer:
    """Take seats out of the pool for the company that wishes, until that day; one letter.

    Raises PoolShort, OfferStands, DayPassed, InvitationClosed, Stale.
    """
    invitation = wish.invitation
    with db.writing():
        pools.hold(invitation)
        answers.require_open(invitation)
        if open_wish(invitation) is not wish:
            raise Stale()
        if expires_on < today(invitation.event.time_zone):
            raise DayPassed(field="expires_on")
        if open_offer(invitation) is not None:
            raise OfferStands()
        left = pools.size(invitation.event)
        if not 1 <= count <= left:
            raise PoolShort(field="seats", left=left)
        made = SeatOffer(invitation_id=invitation.id, seats=count, offered_at=now(), expires_on=expires_on)
        made.status = OfferStatus.OPEN
        db.session.add(made)
        pools.enter(invitation, -count, because=Because.OFFERED)
        journal.record("seats offered", invitation, seats=count, until=expires_on.isoformat())
        messages.queue(
            Purpose.SEAT_OFFER,
            invitation.coordinator,
            event=invitation.event,
            subject_id=invitation.id,
            occasion=f"offer {made.id}",
        )
    return made


def withdraw(offer: SeatOffer) -> None:
    """Take an offer back; harmless where it has ended."""
    _settled(offer, OfferStatus.WITHDRAWN, refuse=False)


def lapse_offers() -> int:
    """End every offer whose day has passed; returns how many. The postman does it in passing."""
    over = [
        one
        for one in db.session.scalars(select(SeatOffer).where(SeatOffer.status == OfferStatus.OPEN))
        if _is_over(one)
    ]
    for one in over:
        _settled(one, OfferStatus.LAPSED, refuse=False)
    return len(over)


# -- what other rules ask for -------------------------------------------------------------------------


def open_wish(invitation: Invitation) -> SeatWish | None:
    """The company's open wish."""
    return db.session.scalar(
        select(SeatWish).where(SeatWish.invitation_id == invitation.id, SeatWish.ended_at.is_(None))
    )


def open_offer(invitation: Invitation) -> SeatOffer | None:
    """The company's open offer."""
    return db.session.scalar(
        select(SeatOffer).where(
            SeatOffer.invitation_id == invitation.id, SeatOffer.status == OfferStatus.OPEN
        )
    )


def end_all(invitation: Invitation) -> None:
    """A company said no or was taken back: its wish ends, its offer returns. In a rule that holds the Event."""
    _end_wish(invitation)
    standing = open_offer(invitation)
    if standing is not None:
        _end(standing, OfferStatus.WITHDRAWN)


def _settled(offer: SeatOffer, to: OfferStatus, *, refuse: bool = True) -> OfferStatus:
    """End an open offer as wished, or as lapsed where its day has passed; returns how it ended."""
    with db.writing():
        pools.hold(offer.invitation)
        db.lock(offer)
        if offer.status != OfferStatus.OPEN:
            if refuse and offer.status != to:
                raise OfferOver()
            return OfferStatus(offer.status)
        ends = OfferStatus.LAPSED if refuse and _is_over(offer) else to
        if ends == OfferStatus.ACCEPTED:
            answers.require_open(offer.invitation)
        _end(offer, ends)
    return ends


def _end(offer: SeatOffer, to: OfferStatus) -> None:
    invitation = offer.invitation
    move(offer, to)
    offer.ended_at = now()
    if to == OfferStatus.ACCEPTED:
        invitation.seats += offer.seats
        _end_wish(invitation)
        confirmations.to_coordinator(invitation)
    else:
        pools.enter(invitation, offer.seats, because=Because.CAME_BACK)
    journal.record(f"offer {to}", invitation, seats=offer.seats)


def _is_over(offer: SeatOffer) -> bool:
    return today(offer.invitation.event.time_zone) > offer.expires_on


def _end_wish(invitation: Invitation) -> bool:
    found = open_wish(invitation)
    if found is not None:
        found.ended_at = now()
    return found is not None
