"""Publishing on the desk: what was read is published, earlier ones are looked at and come back."""

import re
from dataclasses import replace

import pytest
from cast import a_registration, an_event, an_invitation, an_organizer, at, run
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from walk import sign_in

from eventapp.db import db
from eventapp.models.message import Message, Purpose
from eventapp.models.programme import Kind
from eventapp.models.staff import Role
from eventapp.rules import events, publications, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
PAGE = "/organizer/agenda/publications"


def draft(room: str) -> Draft:
    return Draft(
        kind=Kind.SEMINAR,
        title_ko="동반성장 세미나",
        starts_at=at("2017-11-09 10:00"),
        ends_at=at("2017-11-09 11:30"),
        room_ko=room,
    )


@pytest.fixture
def desk(app: Flask, client: FlaskClient) -> FlaskClient:
    """One publication, one colleague with a place, one change that is not published."""
    with app.app_context():
        event = an_event()
        uid = working_copies.add(event, [(run(event, 1), draft("멀티홀"))])[0].uid
        publications.publish(event, by="윤서진")
        a_registration(an_invitation(event))
        working_copies.change(event, uid, draft=draft("오름 식당"))
        an_organizer()
    sign_in(client)
    return client


def newest(app: Flask) -> tuple[int, str]:
    with app.app_context():
        found = publications.latest(events.by_slug("2017"))
        return found.number, found.items()[0].room_ko


def letters(app: Flask) -> int:
    with app.app_context():
        wanted = Message.purpose == Purpose.AGENDA_CHANGED
        return db.session.scalar(select(func.count()).select_from(Message).where(wanted))


@pytest.mark.parametrize(("tick", "expected"), [({}, 0), ({"letters": "y"}, 1)])
def test_what_was_read_is_published(app: Flask, desk: FlaskClient, tick: dict, expected: int):
    assert desk.post(PAGE, data={"seen": "2", **tick}).status_code == 303
    assert (newest(app), letters(app)) == ((2, "오름 식당"), expected)
    assert "이제 파트너에게 2판이 보입니다." in desk.get("/organizer/agenda").get_data(as_text=True)


@pytest.mark.parametrize("seen", ["1", "", "x", "99999999999"])
def test_what_was_not_read_is_not_published(app: Flask, desk: FlaskClient, seen: str):
    desk.post(PAGE, data={"seen": seen})
    assert newest(app) == (1, "멀티홀")
    page = desk.get("/organizer/agenda").get_data(as_text=True)
    assert "그사이 다른 분이 프로그램을 고쳤습니다." in page


def test_an_earlier_one_is_looked_at_and_comes_back(app: Flask, desk: FlaskClient):
    desk.post(PAGE, data={"seen": "2"})
    first, second = (desk.get(f"{PAGE}/{number}").get_data(as_text=True) for number in (1, 2))
    assert ("이 판으로 돌아가기" in first, "이 판으로 돌아가기" in second) == (True, False)
    assert "<s>멀티홀</s> 오름 식당" in second
    assert desk.post(f"{PAGE}/1/return", data={"letters": "y"}).status_code == 303
    assert (newest(app), letters(app)) == ((3, "멀티홀"), 1)
    assert "1판을 다시 펴낸 것입니다." in desk.get(f"{PAGE}/3").get_data(as_text=True)


def test_what_clashes_is_said_beside_it_and_the_button_waits(app: Flask, desk: FlaskClient):
    with app.app_context():
        event = events.by_slug("2017")
        working_copies.add(event, [(run(event, 1), replace(draft("오름 식당"), title_ko="인프라"))])
    page = desk.get("/organizer/agenda").get_data(as_text=True)
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "시간과 90분 겹칩니다. 11:30 뒤로 놓으면 풀립니다." in words
    assert "2판 펴내기 겹치는 것을 먼저 풀어 주세요." in words
    assert page.count(" overlap ") == 2
    desk.post(PAGE, data={"seen": "3"})
    assert "아직 펴낼 수 없습니다. 1차 첫날" in desk.get("/organizer/agenda").get_data(as_text=True)
    assert newest(app) == (1, "멀티홀")


def test_numbers_that_are_not_there(desk: FlaskClient):
    for number in ("0", "9", "99999999999999"):
        assert desk.get(f"{PAGE}/{number}").status_code == 404
        assert desk.post(f"{PAGE}/{number}/return").status_code == 404


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("role", [Role.HOST_CONTACT, Role.VIEWER])
def test_readers_read_and_do_not_publish(app: Flask, role: Role):
    with app.app_context():
        an_organizer("reader@host.example", role=role)
    reader = app.test_client()
    sign_in(reader, "reader@host.example")
    page = reader.get("/organizer/agenda").get_data(as_text=True)
    assert ("판 펴내기" in page, "되돌리기" in page) == (False, False)
    assert reader.get(f"{PAGE}/1").status_code == 200
    for address in (PAGE, f"{PAGE}/1/return", "/organizer/agenda/steps"):
        assert reader.post(address, data={"seen": "2"}).status_code == 403


def test_the_letter_is_read_before_it_leaves(desk: FlaskClient):
    page = desk.get("/organizer/agenda").get_data(as_text=True)
    assert 'href="/organizer/messages/preview?purpose=agenda+changed"' in page
    letter = desk.get("/organizer/messages/preview/letter?purpose=agenda+changed").get_data(as_text=True)
    assert "동반성장 세미나, 멀티홀 → 오름 식당" in letter
