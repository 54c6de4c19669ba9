"""What is moved to the other run leaves no sign-ups behind: counted before, ended and told with the publication."""

from dataclasses import replace

import pytest
from cast import a_registration, an_event, an_invitation, at, attendee_of, run
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.agenda import SignUp
from eventapp.models.event import Event
from eventapp.models.message import Message, Purpose
from eventapp.models.programme import Kind
from eventapp.models.registration import Registration
from eventapp.reports import audit
from eventapp.rules import (
    agenda_copies,
    item_places,
    journal,
    moved_items,
    publications,
    registrations,
    sign_ups,
    working_copies,
)
from eventapp.rules.agenda_items import Draft, in_every_run

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
TOUR = Draft(
    kind=Kind.TOUR,
    title_ko="본사 투어",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    places=1,
    group_number=1,
)


@pytest.fixture
def event() -> Event:
    event = an_event()
    second = replace(TOUR, group_number=2, places=5)
    working_copies.add(event, [(run(event, 1), TOUR), (run(event, 1), second)])
    publications.publish(event)
    return event


@pytest.fixture
def people(event) -> list[Registration]:
    """One has the place of the first tour, one waits for it and has the other, one has chosen nothing."""
    first, second, third = (a_registration(an_invitation(event)) for _ in range(3))
    one, other = publications.rows(run(event, 1))
    sign_ups.sign_up(first, one)
    sign_ups.sign_up(second, other)
    sign_ups.sign_up(second, one, or_wait=True)
    return [first, second, third]


def uid(event: Event) -> str:
    return working_copies.of(event).items(1)[0].uid


def move(event: Event) -> str:
    """The first tour, to the other run; where it stood."""
    there = uid(event)
    agenda_copies.take(event, [there], to=run(event, 2), move=True)
    return there


def told() -> list[int]:
    found = select(Message.subject_id).where(Message.purpose == Purpose.AGENDA_CHANGED)
    return sorted(db.session.scalars(found))


def test_who_loses_a_place_is_counted_before_and_ended_with_the_publication(event, people):
    there = move(event)
    ending = moved_items.ending(event, working_copies.of(event).items())
    assert ending == {there: {people[0].id, people[1].id}}
    made = publications.publish(event, letters=True)
    assert made.told["ended"] == {there: sorted(one.id for one in people[:2])}
    assert told() == sorted(attendee_of(one).id for one in people[:2])
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 1
    assert moved_items.ended_for(people[0], [made]) == {there}
    assert moved_items.ended_for(people[2], [made]) == frozenset()
    journal.seal()
    assert audit.broken() == []


def test_moved_there_and_back_before_it_is_published_nothing_ends(event, people):
    there = move(event)
    agenda_copies.take(event, [working_copies.of(event).items(2)[0].uid], to=run(event, 1), move=True)
    publications.publish(event, letters=True)
    assert uid(event) == there
    assert told() == []
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 3


def test_what_is_only_taken_out_keeps_them_for_the_way_back(event, people):
    working_copies.remove(event, uid(event))
    publications.publish(event)
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 3


def test_back_to_the_publication_before_they_have_their_places_again_and_wait_again(event, people):
    there = move(event)
    publications.publish(event)
    made = publications.go_back(event, 1, letters=True)
    assert uid(event) == there
    assert made.told["restored"] == {there: [people[0].id, people[1].id]}
    assert "lost" not in made.told
    [first, second] = item_places.of(people[0]) + item_places.of(people[1])[:1]
    assert (first.agenda_item.uid, first.queued_at, second.queued_at is None) == (there, None, False)
    assert told() == [attendee_of(people[0]).id]  # who waits again reads nothing new
    journal.seal()
    assert audit.broken() == []


def test_moved_back_by_hand_they_are_restored_as_well(event, people):
    there = move(event)
    publications.publish(event)
    agenda_copies.take(event, [working_copies.of(event).items(2)[0].uid], to=run(event, 1), move=True)
    assert publications.publish(event).told["restored"] == {there: [people[0].id, people[1].id]}


def test_who_chose_something_else_meanwhile_or_finds_no_place_is_named_and_stays_as_they_are(event, people):
    there = move(event)
    publications.publish(event)
    [other] = publications.rows(run(event, 1))
    sign_ups.sign_up(people[0], other)
    made = publications.go_back(event, 1)
    assert (made.told["restored"], made.told["lost"]) == ({there: [people[1].id]}, {there: [people[0].id]})
    assert [one.agenda_item_id for one in item_places.of(people[0])] == [other.id]
    # people[1] waited first and was called in to the free place


def test_who_is_not_in_the_run_any_more_is_neither(event, people):
    move(event)
    publications.publish(event)
    for one in people[:2]:
        registrations.cancel(one)
    assert {"restored", "lost"} & publications.go_back(event, 1).told.keys() == set()


def test_no_more_come_back_than_places_are_there(event, people):
    working_copies.change(event, uid(event), draft=replace(TOUR, places=2))
    publications.publish(event)
    third = a_registration(an_invitation(event))
    sign_ups.sign_up(third, publications.rows(run(event, 1))[0], or_wait=True)
    there = move(event)
    publications.publish(event)
    made = publications.go_back(event, 1)
    held = [
        one
        for one in db.session.scalars(select(SignUp))
        if one.agenda_item.uid == there and not one.queued_at
    ]
    assert len(held) == 1
    assert sum(map(len, made.told["lost"].values())) == 1


def test_moved_onto_the_same_item_there_they_end_too(event, people):
    working_copies.add(event, in_every_run(run(event, 1), TOUR)[1:])
    publications.publish(event)
    there = move(event)
    ending = moved_items.ending(event, working_copies.of(event).items())
    assert ending == {there: {people[0].id, people[1].id}}
