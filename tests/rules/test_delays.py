"""Fifteen minutes late: the rest of the day of one run, told to that run alone, once however often it is pressed."""

import threading
from dataclasses import replace

import pytest
from cast import a_registration, an_event, an_invitation, at, attendee_of, run
from flask import Flask
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.event import Event
from eventapp.models.message import Message, Purpose
from eventapp.models.programme import Kind
from eventapp.reports import audit
from eventapp.rules import delays, events, publications, working_copies
from eventapp.rules.agenda_items import Draft, in_every_run
from eventapp.rules.delays import NothingLeft
from eventapp.rules.publications import PublishingRefused

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
NOON = at("2017-11-09 10:30")
DAY = (("tour", "09:00", "10:00"), ("talk", "10:00", "11:00"), ("lunch", "12:00", "13:00"))


def draft(title: str, first: str, last: str, day: str = "09") -> Draft:
    return Draft(
        kind=Kind.FREE,
        title_ko=title,
        starts_at=at(f"2017-11-{day} {first}"),
        ends_at=at(f"2017-11-{day} {last}"),
        room_ko="멀티홀",
    )


@pytest.fixture
def event() -> Event:
    event = an_event()
    first = run(event, 1)
    lines = [pair for one in DAY for pair in in_every_run(first, draft(*one))]
    working_copies.add(event, [*lines, (first, draft("home", "09:00", "10:00", "10"))])
    publications.publish(event)
    return event


def hours(event: Event, number: int = 1) -> dict[str, str]:
    items = publications.items_for(run(event, number))
    zone = NOON.tzinfo
    return {
        one.title_ko: f"{one.starts_at.astimezone(zone):%H:%M}-{one.ends_at.astimezone(zone):%H:%M}"
        for one in items
    }


def written_to() -> list[int]:
    return sorted(
        db.session.scalars(select(Message.subject_id).where(Message.purpose == Purpose.AGENDA_CHANGED))
    )


def test_the_rest_of_the_day_slides_and_that_run_alone_hears_of_it(event):
    here, there = (attendee_of(a_registration(an_invitation(event), number=number)) for number in (1, 2))
    other = hours(event, 2)
    with standing_at(NOON):
        made = delays.slide(run(event, 1), seen=1, by="윤서진")
    assert hours(event) == {
        "tour": "09:00-10:00",
        "talk": "10:00-11:15",
        "lunch": "12:15-13:15",
        "home": "09:00-10:00",
    }
    assert (hours(event, 2), made.number, made.published_by) == (other, 2, "윤서진")
    assert written_to() == [here.id]
    assert there.id not in written_to()
    assert audit.broken() == []


def test_it_can_be_pressed_again_with_what_is_seen_then(event):
    with standing_at(NOON):
        delays.slide(run(event, 1), seen=1)
        with pytest.raises(Stale):
            delays.slide(run(event, 1), seen=1)
        delays.slide(run(event, 1), seen=2)
    assert hours(event)["lunch"] == "12:30-13:30"


def test_what_is_not_published_stays_so_and_slides_along_with_it(event):
    items = {one.title_ko: one.uid for one in working_copies.of(event).items(1)}
    working_copies.change(
        event, items["talk"], draft=replace(draft("talk", "10:00", "11:00"), room_ko="비밀")
    )
    working_copies.change(event, items["lunch"], draft=draft("lunch", "14:00", "15:00"))
    with standing_at(NOON):
        delays.slide(run(event, 1), seen=1)
    assert hours(event)["lunch"] == "12:15-13:15"
    assert "비밀" not in [one.room_ko for one in publications.items_for(run(event, 1))]
    kept = {one.title_ko: (one.ends_at, one.room_ko) for one in working_copies.of(event).items(1)}
    assert kept["talk"] == (at("2017-11-09 11:15"), "비밀")
    assert kept["lunch"] == (at("2017-11-09 15:15"), "멀티홀")
    with standing_at(NOON):
        publications.publish(event)
    assert hours(event)["lunch"] == "14:15-15:15"


def test_a_run_on_the_same_days_keeps_its_hours(event):
    first = run(event, 1)
    third = events.add_run(event, number=3, starts_on=first.starts_on, ends_on=first.ends_on, capacity=5)
    beside = replace(draft("beside", "12:00", "13:00"), room_ko="다른 방")
    working_copies.add(event, [(third, beside)])
    publications.publish(event)
    with standing_at(NOON):
        delays.slide(first, seen=2)
    assert (hours(event, 3), hours(event)["lunch"]) == ({"beside": "12:00-13:00"}, "12:15-13:15")


@pytest.mark.parametrize("moment", ["2017-11-08 10:30", "2017-11-09 13:00", "2017-11-20 09:00"])
def test_where_nothing_is_left_nothing_happens(event, moment):
    with standing_at(at(moment)), pytest.raises(NothingLeft):
        delays.slide(run(event, 1), seen=1)
    assert publications.latest(event).number == 1


def test_not_beyond_the_last_day(event):
    late = draft("late", "23:00", "23:50", "10")
    working_copies.add(event, [(run(event, 1), late)])
    publications.publish(event)
    with standing_at(at("2017-11-10 22:00")), pytest.raises(PublishingRefused):
        delays.slide(run(event, 1), seen=2)
    assert publications.latest(event).number == 2


def test_presses_at_the_same_time_are_one_delay(in_app: Flask, event):
    attendee_id, event_id = attendee_of(a_registration(an_invitation(event))).id, event.id
    outcomes = []

    def press() -> None:
        with in_app.app_context():
            try:
                delays.slide(run(db.session.get(Event, event_id), 1), seen=1)
                outcomes.append("slid")
            except Stale:
                outcomes.append("stale")

    with standing_at(NOON):
        threads = [threading.Thread(target=press) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    db.session.rollback()
    assert sorted(outcomes) == ["slid", "stale", "stale", "stale"]
    assert hours(event)["lunch"] == "12:15-13:15"
    assert written_to() == [attendee_id]
