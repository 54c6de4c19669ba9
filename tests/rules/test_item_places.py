"""Who waits for an item of the agenda is called in as soon as a place is free, strictly in order, with one letter."""

from dataclasses import replace

import pytest
from cast import HAN, OH, a_registration, an_event, an_invitation, at, run
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.agenda import AgendaItem
from eventapp.models.message import Message, Purpose
from eventapp.models.programme import Kind
from eventapp.models.registration import Registration
from eventapp.reports import audit, programme
from eventapp.rules import agenda, item_places, publications, registrations, seats, sign_ups
from eventapp.rules.agenda_items import Draft, ItemRefused

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]

TOUR = Draft(
    kind=Kind.TOUR,
    title_ko="투어",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    places=1,
)


@pytest.fixture
def tour() -> AgendaItem:
    """One place in run 1."""
    return agenda.add(run(an_event(), 1), TOUR)


def waiting(tour: AgendaItem, count: int = 3) -> list[Registration]:
    """So many of one company each; the first has the place, the others wait in this order."""
    event = tour.event_session.event
    found = [a_registration(an_invitation(event), who) for who in (OH, HAN, OH)[:count]]
    for one in found:
        sign_ups.sign_up(one, tour, or_wait=True)
    return found


def held(*registrations: Registration) -> list[bool]:
    """Who has a place in the only thing they chose."""
    return [
        [one.queued_at for one in item_places.of(registration)] == [None] for registration in registrations
    ]


def letters() -> list[int]:
    found = db.session.scalars(
        select(Message).where(Message.purpose == Purpose.ITEM_PLACE).order_by(Message.id)
    )
    return [letter.person_id for letter in found]


def test_nobody_is_called_in_to_what_became_for_the_hosts_alone(tour):
    waiting(tour)
    agenda.change(tour, replace(TOUR, places=3, internal=True))
    assert (letters(), len(item_places.queue(tour)), audit.broken()) == ([], 2, [])
    agenda.change(tour, replace(TOUR, places=3))
    assert (len(letters()), item_places.queue(tour)) == (2, [])


def test_first_come_first_served(tour):
    first, second, third = waiting(tour)
    assert held(first, second, third) == [True, False, False]
    assert [one.registration_id for one in item_places.queue(tour)] == [second.id, third.id]
    sign_ups.leave(first, tour)
    assert held(second, third) == [True, False]
    assert len(letters()) == 1
    assert (item_places.taken(tour), item_places.free(tour)) == (1, 0)
    assert audit.broken() == []


@pytest.mark.parametrize("way", ["cancelled", "moved", "more places", "no limit", "a place in the run"])
def test_every_way_a_place_becomes_free_calls_the_next_one_in(tour, way):
    first, second, third = waiting(tour)
    event_session = tour.event_session
    if way == "cancelled":
        registrations.cancel(first)
    elif way == "moved":
        registrations.move(first, run(event_session.event, 2))
    elif way == "more places":
        agenda.change(tour, replace(TOUR, places=2))
    elif way == "no limit":
        agenda.change(tour, replace(TOUR, places=None))
    else:
        seats.set_capacity(event_session, event_session.capacity + 1)
    expected = {"a place in the run": [False, False], "no limit": [True, True]}.get(way, [True, False])
    assert held(second, third) == expected
    assert len(letters()) == sum(expected)
    assert audit.broken() == []


def test_whoever_is_called_in_leaves_what_they_had_to_the_next(tour):
    event = tour.event_session.event
    other = agenda.add(run(event, 1), replace(TOUR, title_ko="다른 투어"))
    first, second = (a_registration(an_invitation(event)) for _ in range(2))
    third = a_registration(an_invitation(event))
    sign_ups.sign_up(first, tour)
    sign_ups.sign_up(second, other)
    sign_ups.sign_up(second, tour, or_wait=True)
    sign_ups.sign_up(third, other, or_wait=True)
    sign_ups.leave(first, tour)
    assert [one.agenda_item_id for one in item_places.of(second)] == [tour.id]
    assert [one.agenda_item_id for one in item_places.of(third)] == [other.id]
    assert held(second, third) == [True, True]
    assert len(letters()) == 2
    assert audit.broken() == []


def test_who_only_waits_is_in_no_programme_and_on_no_badge(tour):
    first, second = waiting(tour, 2)
    publications.publish(tour.event_session.event)
    assert programme.own_items(first)[0].uid == tour.uid
    change = replace(TOUR, group_number=2)
    agenda.change(tour, change)
    assert [one.group_number for one in programme.own_items(first)] == [2]
    assert [one.group_number for one in programme.own_items(second)] == [None]


def test_nobody_is_called_into_what_has_begun(tour):
    first, second = waiting(tour, 2)
    with standing_at(at("2017-11-09 10:00")):
        registrations.cancel(first)
        assert held(second) == [False]


def test_places_never_go_below_those_taken(tour):
    waiting(tour)
    agenda.change(tour, replace(TOUR, places=2))
    with pytest.raises(ItemRefused) as refusal:
        agenda.change(tour, replace(TOUR, places=1))
    assert (refusal.value.field, refusal.value.facts) == ("places", {"taken": 2})


def test_a_broken_promise_is_named(tour):
    first, second = waiting(tour, 2)
    item_places.of(second)[0].queued_at = None
    db.session.commit()
    assert audit.broken() == [f"agenda item {tour.id}: 2 places held, 1 there are"]
    tour.places = 3
    item_places.of(first)[0].queued_at = at("2017-10-16 10:00")
    db.session.commit()
    waits = item_places.of(first)[0].id
    assert audit.broken() == [f"agenda item {tour.id}: a place is free, yet sign-up {waits} waits"]
