"""An attendee's own data: all of it shown, corrected, taken along, erased after one box."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cast import at
from flask import Flask
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.journal import JournalEntry
from eventapp.models.registration import Attendee, Registration, Room
from eventapp.postman import deliver_once
from eventapp.rules import consents, travel
from tests.web.partner.conftest import Holder, words


@pytest.fixture
def told(app: Flask, ready, holder: Holder):
    """오세린 said a few things more."""
    with app.app_context():
        attendee = db.session.get_one(Attendee, holder.id)
        event = attendee.registration.invitation.event
        plans = travel.Plans(
            arrives_at=at("2017-11-09 08:20"), flight_in="KE1203", room=Room.TWIN, allergy="<b>땅콩</b>"
        )
        travel.save(attendee, plans)
        consents.publish_proposed(event)
        photographs = consents.in_force(event)[3].id
        consents.answer(attendee.person, event, given={photographs: False})
    return ready


def test_everything_is_shown(told, holder):
    assert "내 정보" in words(told.get(holder.page))
    page = words(told.get(f"{holder.page}/data")).replace("\xa0", " ")
    for one in ("오세린", "대리", "010-0000-4417", "serin@maru.example", "채식", "&lt;b&gt;땅콩&lt;/b&gt;", "KE1203",
                "11. 9 목 08:20", "2인실", "사진과 영상 동의하지 않음, 1번째 글", "명찰 편지, 기다림", "간직하는 마지막 날 2018년 11월 17일 토요일"):  # fmt: skip
        assert one in page, (one, page)


def test_it_is_taken_along_as_a_file_and_the_journal_knows(app, told, holder):
    answer = told.get(f"{holder.page}/data.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert "attachment" in answer.headers["Content-Disposition"]
    data = json.loads(answer.get_data())
    assert data["person"]["email"] == "serin@maru.example"
    assert (data["places"][0]["allergy"], data["places"][0]["arrives_at"]) == (
        "<b>땅콩</b>",
        "2017-11-08T23:20:00+00:00",
    )
    with app.app_context():
        taken = select(JournalEntry.actor).where(JournalEntry.action == "own data exported")
        assert db.session.scalars(taken).all() == [f"attendee {holder.id}"]


def test_how_to_reach_them_is_corrected(app, told, holder):
    form = {"department": "기획실", "phone": "010-1234-5678", "email": "new@maru.example", "language": "en"}
    assert told.post(f"{holder.page}/data", data=form).location == f"{holder.page}/data"
    with app.app_context():
        person = db.session.get_one(Attendee, holder.id).person
        kept = (person.name, person.department, person.phone, person.email, person.language)
        assert kept == ("오세린", "기획실", "+821012345678", "new@maru.example", "en")


@pytest.mark.parametrize(
    "typed",
    [
        {"phone": "010-12"},
        {"email": "nobody"},
        {"department": "가" * 81},
        {"language": "fr"},
        {"email": "a\x00@b"},
    ],
)
def test_what_cannot_be_gets_a_sentence_and_stays_typed(app, told, holder, typed):
    form = {"department": "기획실", "phone": "010-1234-5678", "email": "new@maru.example", "language": "en"}
    answer = told.post(f"{holder.page}/data", data=form | typed)
    assert (answer.status_code, "field-error" in answer.get_data(as_text=True)) == (400, True)
    assert (typed.get("department") or "기획실") in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.get_one(Attendee, holder.id).person.email == "serin@maru.example"


def test_erasing_takes_one_box_and_then_everything_ends(app, told, holder):
    with app.app_context():
        deliver_once()
        outbox = [file.name for file in (app_folder(app)).glob("*.eml")]
    asked = words(told.get(f"{holder.page}/erasure"))
    assert "자리를 돌려주시게 되고 명찰도 끝납니다. 2017 파트너스 데이 1차입니다." in asked
    unsure = told.post(f"{holder.page}/erasure")
    assert (unsure.status_code, "네모를 눌러 주세요." in words(unsure)) == (400, True)
    gone = told.post(f"{holder.page}/erasure", data={"sure": "y"})
    assert (gone.status_code, "정보를 모두 지웠습니다." in words(gone)) == (200, True)
    assert told.get(holder.page).status_code == 410
    assert told.post(f"{holder.page}/erasure", data={"sure": "y"}).status_code == 410
    with app.app_context():
        registration = db.session.get_one(Registration, holder.registration_id)
        assert registration.status == "cancelled"
        left = [file for file in app_folder(app).glob("*.eml") if b"serin@maru.example" in file.read_bytes()]
        assert (left, outbox != []) == ([], True)


def test_erasing_takes_the_notes_of_the_other_way_too(app, told, holder):
    app.config["ALIMTALK_URL"] = "file:notes"
    with app.app_context():
        deliver_once()
    notes = Path(app.instance_path) / "notes"
    before = len(list(notes.glob("*.json")))
    assert told.post(f"{holder.page}/erasure", data={"sure": "y"}).status_code == 200
    left = [file for file in notes.glob("*.json") if "01000004417" in file.read_text()]
    assert (before > 0, left) == (True, [])


def app_folder(app: Flask) -> Path:
    """Where letters are laid."""
    return Path(app.instance_path) / "outbox"


def test_after_the_days_nothing_is_given_up(app, told, holder):
    with standing_at(at("2017-11-20 10:00")):
        assert "자리를 돌려주시게" not in words(told.get(f"{holder.page}/erasure"))
        assert told.post(f"{holder.page}/erasure", data={"sure": "y"}).status_code == 200
        assert told.get(holder.page).status_code == 410
    with app.app_context():
        assert db.session.get_one(Registration, holder.registration_id).status == "registered"
