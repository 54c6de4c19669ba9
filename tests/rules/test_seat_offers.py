"""A wish for more seats and an offer until a day: taken, left or lapsed, and no seat in two hands."""

import threading
from datetime import date, timedelta

import pytest
from cast import a_registration, an_event, an_invitation
from flask import Flask
from sqlalchemy import delete, func, select

from eventapp.clock import now, standing_at
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation, InvitationChoice
from eventapp.models.message import Message, Purpose
from eventapp.models.pool import SeatOffer, SeatWish
from eventapp.reports import audit
from eventapp.rules import answers, invitations, pools, seat_offers
from eventapp.rules.pools import PoolShort
from eventapp.rules.seat_offers import DayPassed, OfferOver, OfferStands, WishRefused

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
FRIDAY = date(2017, 10, 20)


@pytest.fixture
def giver() -> Invitation:
    """Who gave two of three seats back."""
    made = an_invitation(an_event(), seats_kept=3)
    a_registration(made)
    pools.give_back(made, 2)
    return made


def wishing(giver: Invitation, *, count: int = 1, held: int = 1) -> Invitation:
    """A company with so many seats that said yes and wishes for more."""
    made = an_invitation(giver.event, seats_kept=held)
    answers.accept(made)
    seat_offers.wish(made, count, reason="고객사 두 분을 모시고 싶습니다.")
    return made


def offered(giver: Invitation, count: int = 1) -> SeatOffer:
    made = wishing(giver, count=count)
    return seat_offers.offer(seat_offers.open_wish(made), count, expires_on=FRIDAY)


def letters(invitation: Invitation) -> int:
    return db.session.scalar(
        select(func.count()).where(Message.purpose == Purpose.SEAT_OFFER, Message.subject_id == invitation.id)
    )


def test_an_offer_leaves_the_pool_with_one_letter_and_is_taken_once(giver):
    offer = offered(giver)
    assert (pools.size(giver.event), letters(offer.invitation)) == (1, 1)
    seat_offers.accept(offer)
    seat_offers.accept(offer)
    assert (offer.invitation.seats, offer.status, pools.size(giver.event)) == (2, "accepted", 1)
    assert seat_offers.open_wish(offer.invitation) is None
    assert audit.broken() == []


def test_declined_or_taken_back_the_seats_are_in_the_pool_again(giver):
    for ended in (seat_offers.decline, seat_offers.withdraw):
        offer = offered(giver)
        ended(offer)
        assert (offer.invitation.seats, pools.size(giver.event)) == (1, 2)
        with pytest.raises(OfferOver):
            seat_offers.accept(offer)
    assert audit.broken() == []


def test_an_offer_ends_with_its_day_whoever_looks_first(giver):
    first, second = offered(giver), offered(giver)
    with standing_at(now() + timedelta(days=4, hours=13)):
        seat_offers.lapse_offers()
        assert [first.status, second.status] == ["open", "open"]
    with standing_at(now() + timedelta(days=5)):
        assert len([line for line in audit.broken() if "past its day" in line]) == 0
        with pytest.raises(OfferOver):
            seat_offers.accept(first)
        assert (seat_offers.lapse_offers(), seat_offers.lapse_offers()) == (1, 0)
    assert [first.status, second.status, pools.size(giver.event)] == ["lapsed", "lapsed", 2]


def test_no_more_is_offered_than_the_pool_holds_and_one_company_has_one_offer(giver):
    invitation = wishing(giver, count=5)
    wish = seat_offers.open_wish(invitation)
    for count in (0, 3):
        with pytest.raises(PoolShort):
            seat_offers.offer(wish, count, expires_on=FRIDAY)
    seat_offers.offer(wish, 1, expires_on=FRIDAY)
    with pytest.raises(OfferStands):
        seat_offers.offer(wish, 1, expires_on=FRIDAY)
    with pytest.raises(DayPassed):
        seat_offers.offer(seat_offers.open_wish(wishing(giver)), 1, expires_on=date(2017, 10, 15))
    seat_offers.withdraw_wish(invitation)
    with pytest.raises(Stale):
        seat_offers.offer(wish, 1, expires_on=FRIDAY)


def test_the_last_seats_are_offered_once_whoever_presses_together(in_app: Flask):
    """In an Event without runs too, where the Event's own lock is the only one they share."""
    giver = an_invitation(an_event(), seats_kept=3)
    answers.accept(giver)
    pools.give_back(giver, 2)
    for table in (InvitationChoice, EventSession):
        db.session.execute(delete(table))
    db.session.commit()
    ids = [seat_offers.open_wish(wishing(giver)).id for _ in range(6)]
    refused: list[int] = []

    def press(wish_id: int) -> None:
        with in_app.app_context():
            try:
                seat_offers.offer(db.session.get(SeatWish, wish_id), 1, expires_on=FRIDAY)
            except RuleBroken:
                refused.append(wish_id)

    threads = [threading.Thread(target=press, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert (len(refused), pools.size(giver.event), len(seat_offers.open_offers(giver.event))) == (4, 0, 2)


def test_the_suggested_order_is_fewest_seats_then_first_asked_and_a_hand_may_change_it(giver):
    many, first, second = wishing(giver, held=3), wishing(giver), wishing(giver)

    def order() -> list[int]:
        return [one.invitation_id for one in seat_offers.wishes(giver.event)]

    assert order() == [first.id, second.id, many.id]
    seat_offers.put_first(seat_offers.open_wish(many))
    assert order() == [many.id, first.id, second.id]


def test_a_wish_is_changed_not_doubled_and_can_be_taken_back(giver):
    invitation = wishing(giver)
    seat_offers.wish(invitation, 2)
    assert [(one.seats, one.reason) for one in seat_offers.wishes(giver.event)] == [(2, "")]
    for count in (0, 6):
        with pytest.raises(WishRefused):
            seat_offers.wish(invitation, count)
    seat_offers.withdraw_wish(invitation)
    seat_offers.withdraw_wish(invitation)
    assert seat_offers.wishes(giver.event) == []


@pytest.mark.parametrize("ended", [invitations.decline, invitations.revoke])
def test_a_no_ends_the_wish_and_returns_what_was_offered(giver, ended):
    offer = offered(giver)
    ended(offer.invitation)
    assert (offer.status, seat_offers.open_wish(offer.invitation)) == ("withdrawn", None)
    assert pools.size(giver.event) == (3 if ended is invitations.decline else 2)
    assert audit.broken() == []
