"""The wall screen: what is on, what comes next, in which room."""

import re

import pytest
from cast import an_event, at, run
from flask import Flask
from flask.testing import FlaskClient

from eventapp.clock import standing_at
from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items, delays, events
from eventapp.rules.agenda_items import Draft


@pytest.fixture(autouse=True)
def the_day(app: Flask) -> None:
    with standing_at(at("2017-10-16 10:00")), app.app_context():
        event = an_event()
        hours = [
            ("투어", 9, "10:00", "11:30"),
            ("점심", 9, "12:00", "13:00"),
            ("AI 동향", 10, "09:30", "10:50"),
        ]
        drafts = [
            Draft(
                kind=Kind.TOUR,
                title_ko=title,
                room_ko="로비",
                starts_at=at(f"2017-11-{day:02d} {start}"),
                ends_at=at(f"2017-11-{day:02d} {end}"),
            )
            for title, day, start, end in hours
        ]
        agenda.add_all(
            event, [pair for one in drafts for pair in agenda_items.in_every_run(run(event, 1), one)]
        )


def titles(page: str) -> list[str]:
    """What stands on the screen; the rest of the day lies behind it."""
    on_screen = re.sub(
        r"<template.*?</template>|<section[^>]* hidden>.*?</section>", "", page, flags=re.DOTALL
    )
    return re.findall(r'<p class="wall-title">(.*?)</p>', on_screen)


@pytest.mark.parametrize(
    ("moment", "shown", "day"),
    [
        ("2017-11-09 09:59", ["투어"], ""),
        ("2017-11-09 10:00", ["투어", "점심"], ""),
        ("2017-11-09 11:30", ["점심"], ""),
        ("2017-11-09 14:00", ["AI 동향"], "11월\u00a010일 금요일"),
        ("2017-11-10 10:00", ["AI 동향"], ""),
        ("2017-11-11 10:00", ["투어"], "11월\u00a016일 목요일"),
    ],
)
def test_what_is_on_and_what_comes_next(client: FlaskClient, moment: str, shown: list[str], day: str):
    with standing_at(at(moment)):
        page = client.get("/2017/now").get_data(as_text=True)
    assert titles(page) == shown
    assert f">{moment[-5:]}</time>" in page
    assert (re.findall(r"<h2>다음 <span>(.*?)</span></h2>", page) or [""]) == [day]


def test_after_the_last_item_it_says_thank_you(client: FlaskClient):
    with standing_at(at("2017-11-17 18:00")):
        page = client.get("/2017/now").get_data(as_text=True)
    assert titles(page) == ["함께해 주셔서 고맙습니다. 조심히 돌아가세요."]


def test_a_delay_stands_beside_the_hour_it_was_planned_for(app: Flask, client: FlaskClient):
    with standing_at(at("2017-11-09 09:50")):
        with app.app_context():
            delays.slide(run(events.by_slug("2017"), 1), seen=1)
        page = client.get("/2017/now").get_data(as_text=True)
    tour = page[page.index("wall-item") : page.index("<template")]
    assert "10:00</s>" in tour
    assert "10:15–11:45" in tour
    assert "15분 늦게" in tour
    with standing_at(at("2017-11-10 09:00")):
        assert "늦게" not in client.get("/2017/now").get_data(as_text=True)
