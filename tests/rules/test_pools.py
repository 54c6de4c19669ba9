"""Returned seats: counted entry by entry, and never given twice."""

import pytest
from cast import a_registration, an_event, an_invitation
from sqlalchemy import select

from eventapp.db import db
from eventapp.errors import InvitationClosed, Stale
from eventapp.models.invitation import Invitation
from eventapp.models.pool import PoolEntry
from eventapp.models.states import EventStatus
from eventapp.reports import audit
from eventapp.rules import answers, events, invitations, pools, seats
from eventapp.rules.pools import NoEmptySeat, PoolShort

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def invitation() -> Invitation:
    """Three seats, one of them named."""
    made = an_invitation(an_event(), seats_kept=3)
    a_registration(made)
    return made


def entries() -> list[tuple[int, str]]:
    rows = db.session.execute(select(PoolEntry.seats, PoolEntry.because).order_by(PoolEntry.id))
    return [tuple(row) for row in rows]


def test_empty_seats_go_back_and_can_be_counted(invitation):
    pools.give_back(invitation, 2, seen=3)
    assert (invitation.seats, pools.size(invitation.event), entries()) == (1, 2, [(2, "returned")])
    assert audit.broken() == []


def test_pressed_twice_one_seat_goes_back_once(invitation):
    pools.give_back(invitation, 1, seen=3)
    pools.give_back(invitation, 1, seen=3)
    assert (invitation.seats, pools.size(invitation.event)) == (2, 1)
    with pytest.raises(Stale):
        pools.give_back(invitation, 2, seen=3)


@pytest.mark.parametrize("count", [0, -1, 3, 99])
def test_a_named_seat_and_the_last_one_stay(invitation, count):
    with pytest.raises(NoEmptySeat):
        pools.give_back(invitation, count)
    other = an_invitation(invitation.event, seats_kept=2)
    answers.accept(other)
    with pytest.raises(NoEmptySeat):
        pools.give_back(other, 2)
    assert (invitation.seats, other.seats, pools.size(invitation.event)) == (3, 2, 0)


def test_nothing_goes_back_once_answers_are_closed(invitation):
    events.set_status(invitation.event, EventStatus.CLOSED)
    with pytest.raises(InvitationClosed):
        pools.give_back(invitation, 1)


def test_a_no_gives_all_seats_and_coming_back_takes_them_again(invitation):
    invitations.decline(invitation)
    assert pools.size(invitation.event) == 3
    invitations.revive(invitation)
    assert (pools.size(invitation.event), entries()) == (0, [(3, "declined"), (-3, "revived")])
    assert audit.broken() == []


def test_who_comes_back_finds_only_what_is_left(invitation):
    invitations.decline(invitation)
    pools.enter(invitation, -2, because="offered")
    db.session.commit()
    with pytest.raises(PoolShort) as refusal:
        invitations.revive(invitation)
    assert (refusal.value.facts, invitation.status) == ({"left": 1}, "declined")
    seats.set_seats(invitation, 1)
    invitations.revive(invitation)
    assert (invitation.status, pools.size(invitation.event)) == ("sent", 0)


def test_a_pool_below_nothing_is_named(invitation):
    pools.enter(invitation, -1, because="offered")
    db.session.commit()
    assert audit.broken() == [f"event {invitation.event_id}: the pool holds -1 seats"]
