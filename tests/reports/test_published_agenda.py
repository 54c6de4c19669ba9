"""How late the day is: all that is not over, against what stood in the morning, however that came about."""

import pytest
from cast import an_event, an_item, at, run
from flask import Flask

from eventapp.clock import standing_at
from eventapp.models.event import Event
from eventapp.reports import published_agenda
from eventapp.rules import delays, publications

NOON = at("2017-11-09 10:30")


@pytest.fixture
def event(in_app: Flask, clock: None) -> Event:
    event = an_event()
    for number in (1, 2):
        for hour in (10, 12, 15):
            an_item(run(event, number), f"{hour}", hour=hour)
    publications.publish(event)
    return event


def late(event: Event, number: int = 1) -> tuple[int, list[int]]:
    items, morning = publications.items_for(run(event, number)), published_agenda.this_morning(event)
    return published_agenda.late_today(items, morning), sorted(published_agenda.late(items, morning).values())


def slide(event: Event) -> None:
    delays.slide(run(event, 1), seen=publications.latest(event).number)


def test_what_is_pressed_counts_for_that_run_and_that_day(event):
    with standing_at(NOON):
        assert late(event) == (0, [])
        slide(event)
        slide(event)
        assert (late(event), late(event, 2)) == ((30, [30, 30]), (0, []))
    with standing_at(at("2017-11-10 08:00")):
        assert late(event) == (0, [])


def test_what_is_caught_up_again_is_late_no_more(event):
    before = publications.latest(event).number
    with standing_at(NOON):
        slide(event)
        slide(event)
        publications.go_back(event, before + 1)
        assert late(event) == (15, [15, 15])
        publications.go_back(event, before)
        assert late(event) == (0, [])


def test_the_day_is_as_late_as_the_least_late_of_what_comes(event):
    with standing_at(NOON):
        slide(event)
    with standing_at(at("2017-11-09 12:30")):
        slide(event)
        assert late(event) == (30, [15, 30])
