"""An item of the working copy: kept unpublished, what was typed stays, only organizers write."""

import re
import uuid

import pytest
from cast import an_event, an_organizer, at, run
from flask import Flask
from flask.testing import FlaskClient
from walk import sign_in

from eventapp.models.programme import Kind
from eventapp.models.staff import Role
from eventapp.rules import events, working_copies
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


def working(app: Flask) -> list[tuple]:
    with app.app_context():
        items = working_copies.of(events.by_slug("2017")).items()
        return [(item.run, item.title_ko, item.starts_at, item.ends_at) for item in items]


def version(app: Flask) -> int:
    with app.app_context():
        return working_copies.of(events.by_slug("2017")).version


def first_uid(app: Flask) -> str:
    with app.app_context():
        return working_copies.of(events.by_slug("2017")).items(1)[0].uid


def test_an_item_is_added_and_partners_do_not_see_it(app: Flask, desk: FlaskClient):
    answer = desk.post("/organizer/agenda/items?run=1", data=TOUR)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organizer/agenda")
    assert working(app) == [(1, "제주 본사 투어", at("2017-11-09 10:00"), at("2017-11-09 11:30"))]
    page = desk.get("/organizer/agenda").get_data(as_text=True)
    assert "from-24 for-18" in page
    assert "작업본에 담았습니다. 펴내시면 파트너에게 보입니다." in page
    assert "제주 본사 투어" not in desk.get("/2017/agenda").get_data(as_text=True)


def test_the_same_in_the_other_run_is_one_save(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=2", data={**TOUR, "day": "2", "every_run": "y"})
    assert working(app) == [
        (1, "제주 본사 투어", at("2017-11-10 10:00"), at("2017-11-10 11:30")),
        (2, "제주 본사 투어", at("2017-11-17 10:00"), at("2017-11-17 11:30")),
    ]
    assert version(app) == 1


def test_an_item_until_midnight_ends_with_the_day(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data={**TOUR, "starts_at": "22:00", "ends_at": "00:00"})
    assert [row[2:] for row in working(app)] == [(at("2017-11-09 22:00"), at("2017-11-10 00:00"))]


def test_the_form_shows_what_is_kept_and_changes_it(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data=TOUR)
    address = f"/organizer/agenda/items/{first_uid(app)}"
    page = desk.get(address).get_data(as_text=True)
    assert re.findall(r'name="(starts_at|ends_at)"[^>]*value="([^"]*)"', page) == [
        ("starts_at", "10:00"),
        ("ends_at", "11:30"),
    ]
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', page)[1]
    assert desk.post(address, data={**TOUR, "day": "2", "ends_at": "12:00", "seen": seen}).status_code == 303
    assert [row[2:] for row in working(app)] == [(at("2017-11-10 10:00"), at("2017-11-10 12:00"))]


def test_the_slower_of_two_organizers_loses_nothing_and_overwrites_nothing(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data=TOUR)
    address = f"/organizer/agenda/items/{first_uid(app)}"
    desk.post(address, data={**TOUR, "room_ko": "2층", "seen": "1"})
    late = desk.post(address, data={**TOUR, "room_ko": "아주 다른 방", "seen": "1"})
    assert late.status_code == 422
    assert "아주 다른 방" in late.get_data(as_text=True)
    assert version(app) == 2


def test_what_somebody_changed_meanwhile_is_not_taken_out(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data=TOUR)
    address = f"/organizer/agenda/items/{first_uid(app)}"
    assert '<input type="hidden" name="seen" value="1">' in desk.get(address).get_data(as_text=True)
    desk.post(address, data={**TOUR, "room_ko": "2층", "seen": "1"})
    assert desk.post(f"{address}/removal", data={"seen": "1"}).location == address
    assert version(app) == 2
    desk.post(f"{address}/removal", data={"seen": "2"})
    assert working(app) == []


def test_an_item_is_taken_out_once(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data=TOUR)
    address = f"/organizer/agenda/items/{first_uid(app)}"
    assert [desk.post(f"{address}/removal").status_code for _ in range(2)] == [303, 303]
    assert (working(app), version(app)) == ([], 2)
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_ko": ""}, "title_ko"),
        ({"title_ko": "  \u200b"}, "title_ko"),
        ({"title_ko": "가" * 161}, "title_ko"),
        ({"starts_at": "25:00"}, "starts_at"),
        ({"starts_at": "열 시"}, "starts_at"),
        ({"ends_at": ""}, "ends_at"),
        ({"ends_at": "09:00"}, "ends_at"),
        ({"day": "3"}, "day"),
        ({"day": "x"}, "day"),
        ({"kind": "party"}, "kind"),
        ({"places": "-1"}, "places"),
        ({"places": "많이"}, "places"),
        ({"places": "99999"}, "places"),
        ({"group_number": "1.5"}, "group_number"),
        ({"text_en": "x" * 2001}, "text_en"),
    ],
)
def test_what_cannot_be_gets_a_sentence_at_its_field_and_stays_typed(
    app: Flask, desk: FlaskClient, wrong: dict, field: str
):
    answer = desk.post("/organizer/agenda/items?run=1", data={**TOUR, "room_ko": "여기 그대로", **wrong})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in page
    assert "여기 그대로" in page
    assert version(app) == 0


@pytest.mark.parametrize("role", [Role.HOST_CONTACT, Role.VIEWER])
def test_readers_read_and_do_not_write(app: Flask, client: FlaskClient, role: Role):
    with app.app_context():
        event = an_event()
        draft = Draft(
            kind=Kind.TOUR, title_ko="투어", starts_at=at("2017-11-09 10:00"), ends_at=at("2017-11-09 11:00")
        )
        uid = working_copies.add(event, [(run(event, 1), draft)])[0].uid
        an_organizer("reader@host.example", role=role)
    sign_in(client, "reader@host.example")
    page = client.get("/organizer/agenda")
    assert (page.status_code, "items/new" in page.get_data(as_text=True)) == (200, False)
    assert client.get(f"/organizer/agenda/items/{uid}").status_code == 200
    for address in ("items?run=1", f"items/{uid}", f"items/{uid}/removal"):
        assert client.post(f"/organizer/agenda/{address}", data=TOUR).status_code == 403
    assert version(app) == 1


def test_strangers_are_shown_to_the_door(app: Flask, client: FlaskClient):
    with app.app_context():
        an_event()
    assert client.get("/organizer/agenda").status_code == 303
    assert client.post("/organizer/agenda/items?run=1", data=TOUR).status_code == 403


def test_items_and_runs_that_are_not_there(desk: FlaskClient):
    for address in ("items/999", f"items/{uuid.uuid4()}", "items/new?run=9"):
        assert desk.get(f"/organizer/agenda/{address}").status_code == 404
    assert desk.post("/organizer/agenda/items?run=x", data=TOUR).status_code == 404


def test_speakers_are_rows_and_an_empty_one_is_none(app: Flask, desk: FlaskClient):
    page = desk.post("/organizer/agenda/items?run=1", data={**TOUR, "more": "speaker"}).get_data(as_text=True)
    assert 'name="speakers-0-name_ko"' in page
    assert 'value="제주 본사 투어"' in page
    rows = {
        "speakers-0-name_ko": "김하늘",
        "speakers-0-title_ko": "이사",
        "speakers-0-affiliation_ko": "한라호스트",
        "speakers-1-name_en": "Bada Lee",
        "speakers-1-title_en": "Director",
        "speakers-2-name_ko": " ",
    }
    desk.post("/organizer/agenda/items?run=1", data=TOUR | rows)
    with app.app_context():
        [item] = working_copies.of(events.by_slug("2017")).items()
    assert item.speakers_in("ko") == "김하늘 이사(한라호스트), Bada Lee Director"
    assert item.speakers_in("en") == "김하늘, 이사 (한라호스트); Bada Lee, Director"
    form = desk.get(f"/organizer/agenda/items/{item.uid}").get_data(as_text=True)
    assert 'value="Bada Lee"' in form
    assert "speakers-2" not in form


def test_a_speaker_without_a_name_is_asked_for_it(app: Flask, desk: FlaskClient):
    answer = desk.post("/organizer/agenda/items?run=1", data={**TOUR, "speakers-0-title_ko": "이사"})
    assert answer.status_code == 422
    assert "연사 이름을 적어 주세요." in answer.get_data(as_text=True)
    assert 'value="이사"' in answer.get_data(as_text=True)
    assert working(app) == []


def test_one_item_becomes_groups_and_what_cannot_be_is_said(app: Flask, desk: FlaskClient):
    desk.post("/organizer/agenda/items?run=1", data={**TOUR, "group_number": ""})
    with app.app_context():
        [item] = working_copies.of(events.by_slug("2017")).items()
    page, address = f"/organizer/agenda/items/{item.uid}", f"/organizer/agenda/items/{item.uid}/groups"
    assert address in desk.get(page).get_data(as_text=True)
    for groups in ("1", "", "x"):
        assert desk.post(address, data={"groups": groups, "seen": "1"}).headers["Location"] == page
        assert "2에서 20 사이의 수를 적어 주세요." in desk.get(page).get_data(as_text=True)
    assert desk.post(address, data={"groups": "3", "seen": "1"}).headers["Location"] == "/organizer/agenda"
    with app.app_context():
        found = working_copies.of(events.by_slug("2017")).items()
        assert [(one.group_number, one.places) for one in found] == [(1, 8), (2, 7), (3, 7)]
    assert address not in desk.get(page).get_data(as_text=True)
