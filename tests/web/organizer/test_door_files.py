"""A phone's file: taken in as if it had been sent, twice without harm, and never more than its phone could."""

import io
import json
import uuid

import pytest
from cast import an_event, at, run
from doorway import a_door, an_item
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckIn
from eventapp.models.door_phone import DoorPhone
from eventapp.rules import door_phones

ADDRESS = "/organizer/door-files"


@pytest.fixture
def door(app, office):
    """The door of the office's own event; the phone was shut out since."""
    with standing_at(at("2017-11-09 09:12")):
        things = a_door(app, own_event=True)
        with app.app_context():
            door_phones.revoke(db.session.get(DoorPhone, things.phone))
        yield things


def take_in(office, items, **around):
    raw = (
        items
        if isinstance(items, bytes)
        else json.dumps({"door_queue": 1, "items": items, **around}).encode()
    )
    return office.organizer.post(ADDRESS, data={"file": (io.BytesIO(raw), "door-queue.json")})


def rows(app):
    with app.app_context():
        return sorted((row.verdict, row.counted) for row in db.session.scalars(select(CheckIn)))


def test_a_file_counts_once_and_its_bad_lines_are_named(app, office, door):
    scan = an_item(door, code=door.codes[0], phone=door.phone, ahead=-60_000)
    gone = an_item(door, code=door.codes[1], phone=door.phone)
    undo = an_item(door, kind="undo", check_in=gone["id"], phone=door.phone)
    bad = an_item(door, kind="walk-in", name="김하늘", checkpoint=door.other_gate, phone=door.phone)
    page = take_in(office, [undo, scan, bad, gone, 7, scan]).text
    assert "기록 3건을 반영했습니다" in page
    assert "1건은 이미 있습니다" in page
    assert page.count('<td class="number">') == 2
    assert "김하늘" in page
    assert "이 휴대전화가 맡은 차수의 체크 지점이 아닙니다." in page
    assert rows(app) == [("admitted", False), ("admitted", True)]
    again = take_in(office, [undo, scan, bad, gone]).text
    assert "기록 0건을 반영했습니다" in again
    assert "3건은 이미 있습니다" in again
    assert rows(app) == [("admitted", False), ("admitted", True)]
    with app.app_context():
        row = db.session.get(CheckIn, scan["id"])
        assert (row.at, row.door_phone_id) == (at("2017-11-09 09:11"), door.phone)


def test_no_file_speaks_for_a_phone_of_another_event(app, office, door):
    with app.app_context():
        with db.writing():
            event = db.session.get(DoorPhone, door.phone).event_session.event
            event.slug, event.year = "2018", 2018
        stranger = door_phones.add_scanner(run(an_event(), 1), "옛것")[0].id
    for phone in (stranger, 0, 99_999, 10**30, True, "1", None, [], -1):
        item = an_item(door, code=door.codes[0], phone=phone, ahead=10**30)
        assert "이 행사의 휴대전화가 남긴 기록이 아닙니다." in take_in(office, [item]).text, phone
    assert rows(app) == []


def test_another_run_is_not_reached_by_a_file(app, office, door):
    item = an_item(door, checkpoint=door.other_gate, code=door.other_code, phone=door.phone)
    assert "맡은 차수의 체크 지점이 아닙니다" in take_in(office, [item]).text
    assert rows(app) == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[" * 100_000, b"null", b"[]", b"\xff\xfe\x00", b'{"items": []}', b'{"door_queue": 1}'],
)
def test_what_is_no_phones_file_gets_one_sentence(app, office, door, raw):
    answer = take_in(office, raw)
    assert answer.status_code == 422
    assert "현장 휴대전화가 저장한 파일이 아닙니다" in answer.text or "파일을 골라 주세요" in answer.text


def test_odd_items_are_refused_by_name_and_stop_no_other(app, office, door):
    odd = [
        {"id": "\x00", "phone": door.phone},
        {"phone": door.phone, "code": "\ud800" * 9, "name": "<b>"},
        None,
        "x",
    ]
    page = take_in(office, [*odd, an_item(door, code=door.codes[0], phone=door.phone)]).text
    assert "기록 1건을 반영했습니다" in page
    assert page.count('<td class="number">') == 4
    assert "&lt;b&gt;" in page


def test_a_file_that_is_too_long_takes_nothing_in(app, office, door):
    items = [{"id": str(uuid.uuid4())}] * 5001
    answer = take_in(office, items)
    assert (answer.status_code, "5,000건" in answer.text) == (422, True)


def test_it_is_the_organizers_alone(office):
    for other in (office.daon, office.viewer):
        assert other.get(ADDRESS).status_code == 403
        assert other.post(ADDRESS).status_code == 403
