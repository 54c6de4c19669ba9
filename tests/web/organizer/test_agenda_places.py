"""Moving and stretching on the timetable: kept in the Event's own time, said what clashes, nothing overwritten."""

from dataclasses import replace

import pytest
from cast import an_event, an_organizer, at, run
from flask import Flask
from flask.testing import FlaskClient
from walk import sign_in

from eventapp.models.programme import Kind
from eventapp.rules import events, publications, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
TALK = Draft(
    kind=Kind.SEMINAR,
    title_ko="동반성장 세미나",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    room_ko="멀티홀",
)
THERE = {"run": "1", "day": "2", "from": "545", "until": "600", "seen": "1"}


@pytest.fixture
def uids(app: Flask, client: FlaskClient) -> list[str]:
    with app.app_context():
        event = an_event()
        other = replace(TALK, title_ko="인프라", starts_at=TALK.ends_at, ends_at=at("2017-11-09 12:00"))
        found = [
            item.uid for item in working_copies.add(event, [(run(event, 1), one) for one in (TALK, other)])
        ]
        an_organizer()
    sign_in(client)
    return found


def place(client: FlaskClient, uid: str, **values: str) -> str:
    answer = client.post(f"/organizer/agenda/items/{uid}/place", data=THERE | values)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organizer/agenda")
    return client.get("/organizer/agenda").get_data(as_text=True)


def stands(app: Flask) -> list[tuple]:
    with app.app_context():
        items = working_copies.of(events.by_slug("2017")).items()
        return [(one.run, one.title_ko, one.starts_at, one.ends_at) for one in items]


def test_an_item_is_moved_in_the_events_own_time(app: Flask, client: FlaskClient, uids: list[str]):
    place(client, uids[0])
    assert stands(app)[1] == (1, "동반성장 세미나", at("2017-11-10 09:05"), at("2017-11-10 10:00"))


def test_until_midnight_at_the_latest(app: Flask, client: FlaskClient, uids: list[str]):
    place(client, uids[0], **{"from": "1380", "until": "1440"})
    assert stands(app)[1][2:] == (at("2017-11-10 23:00"), at("2017-11-11 00:00"))


def test_in_the_other_run_it_is_another_item(app: Flask, client: FlaskClient, uids: list[str]):
    place(client, uids[0], run="2")
    assert stands(app)[1] == (2, "동반성장 세미나", at("2017-11-17 09:05"), at("2017-11-17 10:00"))
    with app.app_context():
        assert uids[0] not in [one.uid for one in working_copies.of(events.by_slug("2017")).items()]
    assert "그사이 다른 분이 프로그램을 고쳤습니다." in place(client, uids[0])


def test_the_second_organizer_reads_it_and_overwrites_nothing(
    app: Flask, client: FlaskClient, uids: list[str]
):
    place(client, uids[0])
    page = place(client, uids[0], **{"from": "900", "until": "960"})
    assert "그사이 다른 분이 프로그램을 고쳤습니다." in page
    assert stands(app)[1][2] == at("2017-11-10 09:05")
    place(client, uids[0], **{"from": "900", "until": "960", "seen": "2"})
    assert stands(app)[1][2] == at("2017-11-10 15:00")


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": "600"},
        {"until": "1445"},
        {"day": "3"},
        {"day": "0"},
        {"run": "9"},
        {"from": "x"},
        {"from": "٣"},
        {"until": ""},
        {"from": "-5"},
    ],
)
def test_what_is_no_time_is_said_and_changes_nothing(app: Flask, client: FlaskClient, uids: list[str], wrong):
    before = stands(app)
    assert "끝나는 시각" in place(client, uids[0], **wrong)
    assert stands(app) == before
    query = {name: value for name, value in (THERE | wrong).items() if name != "seen"}
    answer = client.get(f"/organizer/agenda/items/{uids[0]}/clashes", query_string=query)
    assert answer.get_json() == {"clashes": []}


def test_what_would_clash_is_said_and_nothing_is_kept(app: Flask, client: FlaskClient, uids: list[str]):
    before = stands(app)
    query = {"run": "1", "day": "1", "from": "640", "until": "700"}
    answer = client.get(f"/organizer/agenda/items/{uids[0]}/clashes", query_string=query)
    assert answer.get_json()["clashes"][0] == {
        "sentence": "멀티홀 사용이 ‘동반성장 세미나’ 시간과 10분 겹칩니다. 11:40 뒤로 놓으면 풀립니다.",
        "error": True,
    }
    assert stands(app) == before


def test_whether_there_is_something_new(app: Flask, client: FlaskClient, uids: list[str]):
    assert client.get("/organizer/agenda/version").get_json() == {"version": 1, "number": 0}
    place(client, uids[0])
    with app.app_context():
        publications.publish(events.by_slug("2017"))
    assert client.get("/organizer/agenda/version").get_json() == {"version": 2, "number": 1}


def test_a_lunch_that_would_be_missing_is_said_while_it_moves(
    app: Flask, client: FlaskClient, uids: list[str]
):
    with app.app_context():
        event = events.by_slug("2017")
        times = [("점심", "12:00", "13:00", Kind.MEAL), ("오후", "14:00", "15:00", Kind.AI)]
        drafts = [
            Draft(
                kind=kind,
                title_ko=title,
                starts_at=at(f"2017-11-09 {first}"),
                ends_at=at(f"2017-11-09 {last}"),
            )
            for title, first, last, kind in times
        ]
        lunch = working_copies.add(event, [(run(event, 1), one) for one in drafts])[0].uid
    for begins, expected in (("1080", ["이날 점심이 없습니다."]), ("725", [])):
        query = {"run": "1", "day": "1", "from": begins, "until": str(int(begins) + 30)}
        answer = client.get(f"/organizer/agenda/items/{lunch}/clashes", query_string=query).get_json()
        assert [one["sentence"] for one in answer["clashes"]] == expected
