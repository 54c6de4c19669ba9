"""The JSON addresses of the door: every item answered, no bad one in the way of another."""

import json

import pytest
from cast import at
from doorway import LATER, SEND, an_item, send
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.checkin import CheckIn
from eventapp.models.door_phone import DoorPhone
from eventapp.rules import door_phones, seats

pytestmark = pytest.mark.usefixtures("morning")


def test_a_scan_is_answered_with_what_the_screen_shows(client, door):
    item = an_item(door, code=f"HTTPS://HOST.EXAMPLE/B/{door.codes[0]}", gate="B문")
    answer = client.post(SEND, json={"items": [item]}, headers={"X-Door": "1"}).get_json()
    told = answer["answers"][0]
    assert answer["history"] == door.history
    assert told == {
        "id": item["id"],
        "verdict": "admitted",
        "attendee": door.attendee,
        "name": "오세린",
        "title": "대리",
        "company": door.company,
        "run": 1,
        "facts": told["facts"],
    }
    again = send(client, [an_item(door, code=door.codes[0], scanned_at=LATER)])[0]
    assert (again["verdict"], again["since"], again["gate"]) == (
        "already in",
        "2017-11-09T00:12:00+00:00",
        "B문",
    )


def test_every_kind_in_one_bare_list(client, door):
    scan = an_item(door, attendee=door.attendee)
    items = [
        scan,
        an_item(door, kind="undo", check_in=scan["id"]),
        an_item(door, kind="move", code=door.other_code),
        an_item(door, kind="walk-in", name="김하늘", company=door.company),
        an_item(door, kind="walk-in", name="모르는 분", company="없는 회사"),
        an_item(door, code="9QK2V3DH6MF"),
    ]
    response = client.post(SEND, json=items, headers={"X-Door": "1"})
    answers = response.get_json()["answers"]
    assert [one["verdict"] for one in answers] == [
        "admitted",
        "undone",
        "admitted",
        "admitted",
        "admitted",
        "unknown",
    ]
    assert [one["id"] for one in answers] == [item["id"] for item in items]
    assert (answers[4]["to_settle"], answers[4]["name"]) == (True, "모르는 분")
    assert "name" not in answers[5]


def test_somebody_of_the_other_run_is_told_with_todays_free_places(client, door):
    told = send(client, [an_item(door, code=door.other_code)])[0]
    assert (told["verdict"], told["run"], told["free_places"]) == ("wrong run", 2, 41)


def test_a_move_into_a_full_run_says_why(app, client, door):
    with app.app_context():
        seats.set_capacity(db.session.scalar(select(DoorPhone)).event_session, 2)
    told = send(client, [an_item(door, kind="move", code=door.other_code)])[0]
    assert (told["verdict"], told["free_places"], bool(told["sentence"])) == ("wrong run", 0, True)


BAD = [
    None,
    7,
    "scan",
    [],
    {},
    {"id": "x", "kind": "scan"},
    {"id": 5},
    {"kind": "dance"},
    {"kind": []},
    {"checkpoint": 99999},
    {"checkpoint": "1"},
    {"checkpoint": 10**30},
    {"checkpoint": True},
    {"code": None},
    {"code": "", "attendee": -1},
    {"code": 5, "attendee": 10**30},
    {"kind": "undo"},
    {"kind": "undo", "check_in": "x"},
    {"kind": "walk-in", "name": "\x00 \u202e"},
]


def test_a_bad_item_gets_its_own_error_and_stops_no_other(client, door):
    items = [bad if not isinstance(bad, dict) or not bad else an_item(door, **bad) for bad in BAD]
    last = an_item(door, code=door.codes[0])
    answers = send(client, [*items, last])
    for bad, told in zip(BAD, answers, strict=False):
        assert set(told) == {"id", "error"}, bad
        assert set(told["error"]) == {"code", "sentence"}
    assert (len(answers), answers[-1]["verdict"]) == (len(BAD) + 1, "admitted")


@pytest.mark.parametrize("code", ["x" * 5000, "\x00\x01", "가나다\ud800", "<script>", "'; DROP TABLE", "😀"])
def test_any_text_is_an_unknown_badge_and_a_row(app, client, door, code):
    told = send(client, [an_item(door, code=code)])[0]
    assert told["verdict"] == "unknown"
    with app.app_context():
        assert len(db.session.scalar(select(CheckIn)).code) <= 80


@pytest.mark.parametrize(
    "clock",
    [
        "1970-01-01T00:00:00Z",
        "2199-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59",
        "",
        None,
        5,
    ],
)
def test_nothing_is_refused_for_its_clock(client, door, clock):
    told = send(client, [an_item(door, code=door.codes[0], scanned_at=clock)])[0]
    assert told["verdict"] in ("admitted", "not yet")


def test_a_clock_a_day_off_is_set_right_by_the_time_of_sending(app, client, door):
    item = an_item(door, code=door.codes[0], scanned_at="2017-11-10T09:02:00+09:00")
    send(client, [item], sent_at="2017-11-10T09:12:00+09:00")
    with app.app_context():
        row = db.session.get(CheckIn, item["id"])
        assert (row.at, row.scanned_at) == (at("2017-11-09 09:02"), at("2017-11-10 09:02"))


@pytest.mark.parametrize(
    "body", ["", "{", "[" * 100_000, "5", "null", '"x"', "{}", '{"items": 5}', b"\xff\xfe", '{"a": NaN}']
)
def test_what_is_no_list_gets_one_sentence(client, door, body):
    answer = client.post(SEND, data=body, content_type="application/json", headers={"X-Door": "1"})
    assert (answer.status_code, set(answer.get_json())) == (400, {"code", "sentence"})


def test_five_hundred_are_taken_and_more_are_not(client, door):
    items = [{}] * 499 + [an_item(door, code=door.codes[0])]
    assert send(client, items)[-1]["verdict"] == "admitted"
    answer = client.post(SEND, json=[*items, {}], headers={"X-Door": "1"})
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too-many")


def test_a_phone_sees_its_own_run_alone(client, door):
    assert client.get(f"/api/v1/checkpoints/{door.other_gate}/roster").status_code == 404
    told = send(client, [an_item(door, checkpoint=door.other_gate, code=door.other_code)])[0]
    assert told["error"]["code"] == "bad-item"


def test_without_a_phone_of_ours_nothing_is_told(app, client, door):
    stranger = app.test_client()
    for answer in (
        stranger.post(SEND, json=[]),
        stranger.get(f"/api/v1/checkpoints/{door.gate}/roster"),
        stranger.get("/api/v1/checkpoints/99/roster", headers={"Authorization": "Bearer x"}),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (401, "phone-unknown")


def test_a_revoked_phone_is_out(app, client, door):
    with app.app_context():
        door_phones.revoke(db.session.get(DoorPhone, door.phone))
    answer = client.post(SEND, json=[], headers={"X-Door": "1"})
    assert (answer.status_code, answer.get_json()["code"]) == (401, "phone-unknown")


def test_a_cookie_alone_writes_nothing(app, client, door):
    item = an_item(door, code=door.codes[0])
    for more in (
        {"json": [item]},
        {"data": json.dumps([item]), "content_type": "text/plain", "headers": {"X-Door": "1"}},
        {"data": {"x": json.dumps([item])}},
    ):
        assert client.post(SEND, **more).status_code == 403
    with app.app_context():
        assert db.session.scalars(select(CheckIn)).all() == []


def test_a_scanner_of_somebody_elses_sends_its_token(app, door):
    item = an_item(door, code=door.codes[0])
    answer = app.test_client().post(SEND, json=[item], headers={"Authorization": f"Bearer {door.secret}"})
    assert answer.get_json()["answers"][0]["verdict"] == "admitted"


def test_an_empty_list_is_a_sign_of_life(app, client, door):
    send(client, [], checkpoint=door.gate, waiting=3)
    with app.app_context():
        phone = db.session.get(DoorPhone, door.phone)
        assert (phone.checkpoint_id, phone.waiting, phone.last_contact_at) == (
            door.gate,
            3,
            at("2017-11-09 09:12"),
        )
