"""The planned letters' page: what leaves when, switched on and edited, a missed round sent, the quiet hours."""

from __future__ import annotations

import re
from datetime import datetime, time

import pytest
from cast import SEOUL, a_registration
from office import Office
from sqlalchemy import func, select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.letter_plan import LetterPlan, Planned
from eventapp.models.message import Message, Purpose
from eventapp.rules import letter_plans

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/letter-plan"


def page(office: Office, query: str = "") -> str:
    answer = office.organizer.get(ADDRESS + query)
    assert answer.status_code == 200
    return plain(answer.get_data(as_text=True))


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def soon(office: Office, **more: str) -> int:
    typed = {"is_on": "y", "days": "2", "at": "09:30", "words_ko": "따뜻하게 입고 오십시오.", **more}
    return office.organizer.post(f"{ADDRESS}/soon", data=typed).status_code


def test_all_letters_stand_there_and_nothing_is_on(office: Office):
    said = page(office)
    for line in (
        "초대 아직 답하지 않은 회사 첫날 24일 전, 10:00 꺼짐 10. 16 월 10:00 10. 23 월 10:00",
        "곧 뵙겠습니다 자리가 있는 모든 분 첫날 2일 전, 10:00 꺼짐 11. 7 화 10:00 11. 14 화 10:00",
        "감사 인사 오셨던 모든 분 마지막 날 1일 뒤, 10:00 꺼짐 11. 11 토 10:00 11. 18 토 10:00",
    ):
        assert line in said


def test_one_is_switched_on_and_edited(office: Office):
    assert soon(office) == 303
    assert "첫날 2일 전, 09:30 켜짐 11. 7 화 09:30" in page(office)
    with office.app.app_context():
        plan = letter_plans.plan_of(db.session.scalars(select(Event)).one(), Planned.SOON)
        kept = (plan.is_on, plan.days, plan.at, plan.words_ko, plan.words_en)
    assert kept == (True, 2, time(9, 30), "따뜻하게 입고 오십시오.", "")


def test_the_panel_says_how_many_it_would_reach_now(office: Office):
    with office.app.app_context():
        for _ in range(2):
            a_registration(db.session.get_one(Invitation, office.maru))
    assert "1차 지금이라면 2통 2차 지금이라면 0통" in page(office, "?letter=soon")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"days": "121"}, "날수를 0부터 120까지 적어 주십시오."),
        ({"days": "두"}, "날수를 0부터 120까지 적어 주십시오."),
        ({"at": "25:00"}, "시각을 적어 주십시오. 예: 10:00"),
        ({"words_ko": "가" * 1001}, "1000자까지 적을 수 있습니다. 조금 줄여 주세요."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    office: Office, typed: dict[str, str], sentence: str
):
    answer = office.organizer.post(
        f"{ADDRESS}/soon",
        data={"is_on": "y", "days": "2", "at": "10:00", "words_en": "Warm clothes", **typed},
    )
    html = answer.get_data(as_text=True)
    assert (answer.status_code, sentence in plain(html), "Warm clothes" in html) == (422, True, True)
    with office.app.app_context():
        assert db.session.scalars(select(LetterPlan)).all() == []


def test_a_missed_round_leaves_by_hand_once(office: Office):
    with office.app.app_context():
        a_registration(db.session.get_one(Invitation, office.maru))
    soon(office)
    with standing_at(datetime(2017, 11, 8, 10, tzinfo=SEOUL)):
        assert "11. 7 화 09:30, 보내지 않음" in page(office)
        for _ in range(2):
            assert office.organizer.post(f"{ADDRESS}/soon/round", data={"run": "1"}).status_code == 303
        assert "11. 8 수 10:00, 1통" in page(office)
    with office.app.app_context():
        count = db.session.scalar(select(func.count()).where(Message.purpose == Purpose.SOON))
    assert count == 1


@pytest.mark.parametrize("path", ["pass", "pass/round"])
def test_an_address_of_nothing_is_missing(office: Office, path: str):
    assert office.organizer.post(f"{ADDRESS}/{path}").status_code == 404


def test_quiet_hours_are_set_and_half_a_span_is_refused(office: Office):
    address = f"{ADDRESS}/quiet-hours"
    half = office.organizer.post(address, data={"quiet_from": "22:00", "quiet_until": ""})
    said = plain(half.get_data(as_text=True))
    assert (half.status_code, "서로 다른 시각으로 함께 고르시거나" in said) == (409, True)
    assert 'value="22:00"' in half.get_data(as_text=True)
    assert (
        office.organizer.post(address, data={"quiet_from": "22:00", "quiet_until": "07:30"}).status_code
        == 303
    )
    with office.app.app_context():
        event = db.session.scalars(select(Event)).one()
        assert (event.quiet_from, event.quiet_until) == (time(22), time(7, 30))


def test_it_is_the_organizers_alone(office: Office):
    for who in ("viewer@host.example", "daon@host.example"):
        assert office.as_(who).get(ADDRESS).status_code == 403
