"""Who should come to a checkpoint, by what happens there, and that an early departure shrinks it at once."""

import uuid
from datetime import timedelta

import pytest
from cast import a_registration, an_event, an_invitation, an_item, at, attendee_of, run
from doorway import a_checkpoint_of, scanned

from eventapp.db import db
from eventapp.models.agenda import SignUp
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.reports import rosters
from eventapp.rules import checkins, expected

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def three():
    """The first run, and three people of one company with places in it."""
    event = an_event()
    invitation = an_invitation(event)
    return run(event, 1), [a_registration(invitation) for _ in range(3)]


def awaited(checkpoint, people):
    ids = set(db.session.scalars(expected.people(checkpoint)))
    return [attendee_of(one).id in ids for one in people]


def write(row, **values):
    with db.writing():
        db.lock(row)
        for name, value in values.items():
            setattr(row, name, value)


def test_a_gate_and_a_tour_without_a_group_expect_everybody_of_the_run(three):
    first, people = three
    other = a_registration(an_invitation(first.event), number=2)
    for kind in (Kind.GATE, Kind.TOUR, Kind.LEAVING):
        assert awaited(a_checkpoint_of(first, kind), [*people, other]) == [True, True, True, False]


def test_a_bus_expects_who_asked_for_it(three):
    first, people = three
    write(people[0], shuttle_in=True)
    write(people[1], shuttle_out=True)
    assert awaited(a_checkpoint_of(first, Kind.SHUTTLE_IN), people) == [True, False, False]
    assert awaited(a_checkpoint_of(first, Kind.SHUTTLE_OUT), people) == [False, True, False]


def test_a_group_expects_who_has_a_place_in_it(three):
    first, people = three
    group = an_item(first, group_number=2)
    with db.writing():
        for one, queued in ((people[0], None), (people[1], at("2017-11-01 10:00"))):
            db.session.add(
                SignUp(
                    agenda_item_id=group.id,
                    registration_id=one.id,
                    created_at=at("2017-11-01 09:00"),
                    queued_at=queued,
                )
            )
    tour = a_checkpoint_of(first, Kind.TOUR, agenda_item=group)
    assert awaited(tour, people) == [True, False, False]


def test_a_meal_expects_who_is_there_then(three):
    first, people = three
    write(attendee_of(people[0]), departs_at=at("2017-11-09 16:00"))
    write(attendee_of(people[1]), arrives_at=at("2017-11-09 22:00"))
    hours = {"opens_at": at("2017-11-09 17:00"), "closes_at": at("2017-11-09 22:00")}
    assert awaited(a_checkpoint_of(first, Kind.MEAL, **hours), people) == [False, False, True]


def test_a_key_is_for_who_stays_the_night_and_comes_back_from_who_has_one(three):
    first, people = three
    write(attendee_of(people[0]), departs_at=at("2017-11-09 19:00"))
    write(attendee_of(people[1]), arrives_at=at("2017-11-10 09:00"))
    out, back = a_checkpoint_of(first, Kind.KEY_OUT), a_checkpoint_of(first, Kind.KEY_BACK)
    assert awaited(out, people) == [False, False, True]
    assert awaited(back, people) == [False, False, False]
    scanned(people[2], out, note="412")
    assert awaited(back, people) == [False, False, True]


def test_who_leaves_early_is_expected_nowhere_but_where_they_came_and_with_the_key(three):
    first, people = three
    gate, meal, leaving, out, back = (
        a_checkpoint_of(first, kind)
        for kind in (Kind.GATE, Kind.MEAL, Kind.LEAVING, Kind.KEY_OUT, Kind.KEY_BACK)
    )
    write(people[0], shuttle_out=True)
    bus = a_checkpoint_of(first, Kind.SHUTTLE_OUT)
    scanned(people[0], gate)
    scanned(people[0], out, "10:00", note="412")
    counted = rosters.count(meal)
    gone = scanned(people[0], leaving, "11:00", note="장애 대응")
    assert (gone.verdict, gone.note) == ("admitted", "장애 대응")
    assert [awaited(one, people)[0] for one in (gate, meal, bus, back)] == [True, False, False, True]
    assert (counted.expected, rosters.count(meal).expected, rosters.count(bus).expected) == (3, 2, 0)
    moment = at("2017-11-09 11:05")
    checkins.take_back(str(uuid.uuid4()), gone.id, event_session=first, undone_at=moment, by="민지")
    assert awaited(meal, people)[0]


def test_who_comes_back_through_a_gate_is_expected_again(three):
    first, people = three
    gate, meal, leaving = (a_checkpoint_of(first, kind) for kind in (Kind.GATE, Kind.MEAL, Kind.LEAVING))
    scanned(people[0], gate)
    scanned(people[0], leaving, "11:00")
    version = first.roster_version
    assert scanned(people[0], gate, "12:00").verdict == "already in"
    assert awaited(meal, people)[0]
    told = rosters.changes(meal, version)["attendees"]
    assert [one["id"] for one in told] == [attendee_of(people[0]).id]


def test_a_clock_in_the_future_closes_nothing(three, clock):
    first, _people = three
    gate = a_checkpoint_of(
        first, Kind.GATE, opens_at=at("2017-10-01 08:00"), closes_at=at("2017-10-01 20:00")
    )
    late = at("2017-10-01 20:00")
    assert [expected.is_over(gate, late - timedelta(seconds=1)), expected.is_over(gate, late)] == [
        False,
        True,
    ]
    assert not expected.is_over(gate, at("2199-12-31 23:59"))
