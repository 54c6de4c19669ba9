"""The press on the day: offered to organizers while something is left, for the run of that day alone."""

import pytest
from cast import a_registration, an_event, an_invitation, an_organizer, at, run
from flask import Flask
from flask.testing import FlaskClient
from walk import sign_in

from eventapp.clock import standing_at
from eventapp.models.programme import Kind
from eventapp.rules import events, publications, working_copies
from eventapp.rules.agenda_items import Draft, in_every_run

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def desk(app: Flask, client: FlaskClient) -> FlaskClient:
    with app.app_context():
        event = an_event()
        talk = Draft(
            kind=Kind.SEMINAR,
            title_ko="동반성장 세미나",
            starts_at=at("2017-11-09 13:30"),
            ends_at=at("2017-11-09 15:00"),
        )
        working_copies.add(event, in_every_run(run(event, 1), talk))
        publications.publish(event)
        for number in (1, 2):
            a_registration(an_invitation(event), number=number)
        an_organizer()
    sign_in(client)
    return client


def test_one_press_slides_the_run_of_today(app: Flask, desk: FlaskClient):
    with standing_at(at("2017-11-09 13:40")):
        page = desk.get("/organizer/agenda").get_data(as_text=True)
        assert ("1차 15분 늦추기" in page, "2차 15분 늦추기" in page) == (True, False)
        answer = desk.post("/organizer/agenda/delays", data={"run": "1", "number": "1"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/organizer/agenda")
        page = desk.get("/organizer/agenda").get_data(as_text=True)
        assert "오늘 남은 순서를 15분 늦추었습니다. 편지가 1통 갔습니다." in page
        assert "13:30–15:15" in desk.get("/2017/now").get_data(as_text=True).replace("\u2060", "")
        desk.post("/organizer/agenda/delays", data={"run": "1", "number": "1"})
        assert "그사이 다른 분이 프로그램을 고쳤습니다." in desk.get("/organizer/agenda").get_data(
            as_text=True
        )
    with app.app_context():
        assert publications.latest(events.by_slug("2017")).number == 2


def test_on_any_other_day_it_is_not_offered_and_refused(desk: FlaskClient):
    assert "15분 늦추기" not in desk.get("/organizer/agenda").get_data(as_text=True)
    desk.post("/organizer/agenda/delays", data={"run": "1", "number": "1"})
    assert "오늘 이 차수에 남은 순서가 없습니다." in desk.get("/organizer/agenda").get_data(as_text=True)


@pytest.mark.parametrize("number", ["9", "", "x"])
def test_a_run_that_is_not_there(desk: FlaskClient, number: str):
    assert desk.post("/organizer/agenda/delays", data={"run": number}).status_code == 404


def test_the_run_that_is_late_reads_so_on_its_agenda(desk: FlaskClient):
    with standing_at(at("2017-11-09 13:40")):
        for number in ("1", "2"):
            desk.post("/organizer/agenda/delays", data={"run": "1", "number": number})
        pages = [desk.get(f"/2017/agenda?run={run}").get_data(as_text=True) for run in "12"]
    late = "오늘 일정이 30분 늦춰졌습니다."
    assert [late in page for page in pages] == [True, False]
    with standing_at(at("2017-11-10 08:00")):
        assert late not in desk.get("/2017/agenda?run=1").get_data(as_text=True)
