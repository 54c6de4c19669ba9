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
from eventapp.rules import agenda_copies, journal, moved_items, publications, sign_ups, working_copies
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


def test_back_to_the_publication_before_it_is_there_again_without_them(event, people):
    there = move(event)
    publications.publish(event)
    publications.go_back(event, 1)
    assert uid(event) == there
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 1


def test_moved_onto_the_same_item_there_they_end_too(event, people):
    working_copies.add(event, in_every_run(run(event, 1), TOUR)[1:])
    publications.publish(event)
    there = move(event)
    ending = moved_items.ending(event, working_copies.of(event).items())
    assert ending == {there: {people[0].id, people[1].id}}
