"""The working copy on the desk: what a publication would change, for whom, and the steps back."""

import re

import pytest
from cast import a_registration, an_event, an_invitation, an_organizer, at, run
from flask import Flask
from flask.testing import FlaskClient
from walk import sign_in

from eventapp.db import db
from eventapp.models.agenda import AgendaItem
from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items, events, publications, sign_ups, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
TOUR = {
    "kind": "tour",
    "day": "1",
    "starts_at": "10:00",
    "ends_at": "11:30",
    "title_ko": "제주 본사 투어",
    "title_en": "HQ tour",
    "room_ko": "1층 로비",
    "places": "22",
    "group_number": "1",
}


@pytest.fixture
def desk(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser with an organizer in front of it."""
    with app.app_context():
        an_event()
        an_organizer()
    sign_in(client)
    return client


def publish(desk: FlaskClient, seen: int, **more: str) -> None:
    answer = desk.post("/organizer/agenda/publications", data={"seen": str(seen), **more})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organizer/agenda")


def test_what_is_different_is_said_with_whom_it_concerns(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data={**TOUR, "group_number": "", "places": ""})
    publish(desk, 1)
    with app.app_context():
        event = events.by_slug("2017")
        a_registration(an_invitation(event))
        uid = working_copies.of(event).items()[0].uid
    calm = desk.get("/organizer/agenda").get_data(as_text=True)
    assert ("여기 있는 그대로 파트너에게 보입니다." in calm, "판 펴내기" in calm) == (True, False)
    later = {**TOUR, "group_number": "", "places": "", "starts_at": "10:30", "ends_at": "12:00"}
    desk.post(f"/organizer/agenda/items/{uid}", data=later)
    page = desk.get("/organizer/agenda").get_data(as_text=True)
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "옮김 제주 본사 투어 1차 첫날 10:00–11:30 10:30–12:00 1명에게 닿습니다" in words
    assert "달라진 것이 있는 1명에게 편지 한 통씩 보내기" in words
    assert "2판 펴내기" in words
    assert "1판 자리, 10:00" in words


def test_a_step_is_taken_back_and_again(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data=TOUR)
    for way, seen, expected in (
        ("back", 1, False),
        ("back", 2, False),
        ("forth", 2, True),
        ("back", 1, True),
    ):
        answer = desk.post("/organizer/agenda/steps", data={"way": way, "seen": str(seen)})
        assert answer.status_code == 303
        page = desk.get("/organizer/agenda").get_data(as_text=True)
        assert ("1층 로비" in page) is expected
    assert "그사이 다른 분이 프로그램을 고쳤습니다." in page


def test_an_internal_item_is_seen_by_organizers_alone(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data={**TOUR, "internal": "y"})
    assert "제주 본사 투어" in desk.get("/organizer/agenda").get_data(as_text=True)
    desk.post("/organizer/agenda/publications", data={"seen": "1"})
    assert "제주 본사 투어" not in desk.get("/2017/agenda").get_data(as_text=True)


def test_what_is_typed_is_never_executed(app: Flask, desk: FlaskClient):
    typed = "<script>alert(1)</script>{{ 7*7 }} 😀"
    desk.post("/organizer/agenda/items?run=1", data={**TOUR, "title_ko": typed, "text_ko": typed})
    desk.post("/organizer/agenda/publications", data={"seen": "1"})
    desk.post("/organizer/agenda/items?run=1", data={**TOUR, "title_ko": typed + "2", "group_number": "2"})
    desk.post("/organizer/agenda/publications", data={"seen": "2"})
    pages = ("agenda", "agenda/publications/1", "agenda/publications/2")
    for address in (
        *(f"/organizer/{page}" for page in pages),
        *("/2017/agenda", "/2017/agenda/changes", "/2017/now", "/", "/2017/agenda.ics?run=1"),
    ):
        answer = desk.get(address)
        assert answer.status_code == 200
        assert (b"<script>alert" in answer.data) is address.endswith("run=1")
        assert b"49" not in re.sub(rb"[0-9a-f]{12}", b"", answer.data) or b"7*7" in answer.data


def test_without_an_event_there_is_no_agenda(app: Flask, client: FlaskClient):
    with app.app_context():
        an_organizer()
    sign_in(client)
    assert client.get("/organizer/agenda").status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_items(app: Flask, desk: FlaskClient, queries):
    def asked() -> int:
        with queries() as seen:
            desk.get("/organizer/agenda")
        return len(seen)

    desk.post("/organizer/agenda/items?run=1", data=TOUR)
    publish(desk, 1)
    one = asked()
    with app.app_context():
        event = events.by_slug("2017")
        drafts = [
            Draft(
                kind=Kind.FREE,
                title_ko=f"{hour}",
                starts_at=at(f"2017-11-10 {hour:02d}:00"),
                ends_at=at(f"2017-11-10 {hour:02d}:30"),
            )
            for hour in range(8, 23)
        ]
        agenda.add_all(
            event, [pair for one in drafts for pair in agenda_items.in_every_run(run(event, 1), one)]
        )
        assert db.session.query(AgendaItem).count() == 31
    assert asked() == one


def test_whose_sign_up_ends_is_said_before_it_is_published(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data=TOUR)
    publish(desk, 1)
    with app.app_context():
        event = events.by_slug("2017")
        [row] = publications.rows(run(event, 1))
        sign_ups.sign_up(a_registration(an_invitation(event)), row)
        uid = row.uid
    desk.post(f"/organizer/agenda/items/{uid}/copies", data={"how": "move", "to": "2", "seen": "1"})
    assert "1명이 골랐습니다. 펴내면 그 자리는 끝나고 편지로 알립니다." in desk.get(
        "/organizer/agenda"
    ).get_data(as_text=True)
