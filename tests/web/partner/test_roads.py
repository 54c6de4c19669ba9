"""The three roads of someone who cannot come."""

from __future__ import annotations

from datetime import date

import pytest
from cast import a_colleague, a_registration, at
from walk import link_key

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message, Purpose
from eventapp.models.states import MessageStatus
from eventapp.reports import company_seats
from eventapp.rules import invitations, seats
from tests.web.partner.conftest import words

JUNG = {"name": "정도현", "title": "부장", "email": "dohyun@maru.example", "phone": ""}


def test_a_colleague_answers_and_the_old_link_ends(app, opened, company):
    answer = opened.post(f"{company.page}/colleague", data=JUNG)
    assert (answer.status_code, "정도현 부장에게 초대 편지가 한 통 갑니다." in words(answer)) == (200, True)
    again = opened.post(f"{company.page}/colleague", data=JUNG)
    assert (again.status_code, "정도현" in words(again)) == (410, False)
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        letters = db.session.scalars(db.select(Message).where(Message.purpose == Purpose.INVITATION)).all()
        assert (invitation.coordinator.name, invitation.status, invitation.generation) == (
            "정도현",
            "sent",
            2,
        )
        assert [letter.person.name for letter in letters] == ["한지원", "정도현"]
        assert invitations.by_token("coordinator", company.link[3:], key=link_key(app)) is None


def test_an_invitation_that_comes_back_to_the_first_coordinator_brings_a_letter_again(app, company, client):
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        first, address = invitation.coordinator, invitation.coordinator.email
        with db.writing():
            for message in db.session.scalars(db.select(Message)):
                message.status = MessageStatus.SENT
        for name, email in (("정도현", "dohyun@maru.example"), (first.name, address)):
            invitations.hand_over(invitation, a_colleague(name=name, phone="", email=email))
        letters = db.session.scalars(db.select(Message).order_by(Message.id)).all()
        assert [letter.person.email for letter in letters] == [address, "dohyun@maru.example", address]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": ""}, "편지를 받으실 이메일 주소를 적어 주세요."),
        ({"email": "x"}, "이메일 주소를 다시 봐 주세요."),
        ({"name": "가" * 200}, "80자까지"),
        ({"phone": "12"}, "전화번호를 적어 주세요."),
    ],
)
def test_a_colleague_who_cannot_be_reached_is_asked_about(app, opened, company, typed, sentence):
    answer = opened.post(f"{company.page}/colleague", data={**JUNG, **typed})
    assert (answer.status_code, sentence in words(answer)) == (400, True)
    assert "정도현" in answer.get_data(as_text=True) or "name" in typed
    with app.app_context():
        assert db.session.get(Invitation, company.id).generation == 1


def test_all_seats_go_back_with_a_private_reason(app, opened, company):
    with app.app_context():
        a_registration(db.session.get(Invitation, company.id))
    for _ in range(2):
        answer = opened.post(f"{company.page}/decline", data={"reason": "그 주에\r\n\x07<b>점검</b> 🙏"})
        assert (answer.status_code, answer.location) == (303, company.page)
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        assert (invitation.status, seats.used(invitation)) == ("declined", 0)
        assert invitation.decline_reason == "그 주에\n<b>점검</b> 🙏"
    text = words(opened.get(company.page))
    assert "자리를 돌려주셔서 고맙습니다." in text
    assert "점검" not in text
    assert opened.get(f"{company.page}/registrations").status_code == 303
    refused = opened.post(f"{company.page}/registrations", data=JUNG)
    assert refused.status_code in (400, 409)


def test_a_reason_too_long_stays_typed(app, opened, company):
    answer = opened.post(f"{company.page}/decline", data={"reason": "가" * 1001})
    assert (answer.status_code, "1000자까지" in words(answer)) == (400, True)
    assert "가" * 1001 in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.get(Invitation, company.id).status == "sent"


def test_thinking_longer_keeps_the_seats_until_the_day_shown(app, opened, company):
    assert "10월 20일 금요일까지" in words(opened.get(f"{company.page}/keeping"))
    for _ in range(2):
        assert opened.post(f"{company.page}/keeping").location == company.page
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        assert (invitation.kept_open_until, invitation.status) == (date(2017, 10, 20), "sent")
    assert "10월 20일 금요일까지 자리를 그대로 둡니다." in words(opened.get(company.page))


@pytest.mark.parametrize(
    ("today", "due", "offered"),
    [
        ("2017-10-10", date(2017, 10, 25), date(2017, 10, 20)),
        ("2017-10-16", date(2017, 10, 25), date(2017, 10, 20)),
        ("2017-10-20", date(2017, 10, 25), date(2017, 10, 25)),
        ("2017-10-16", None, date(2017, 10, 27)),
        ("2017-10-20", None, date(2017, 11, 3)),
        ("2017-10-24", date(2017, 10, 25), date(2017, 10, 25)),
        ("2017-10-25", date(2017, 10, 25), None),
        ("2017-10-28", date(2017, 10, 25), None),
    ],
)
def test_the_day_offered_is_a_friday_before_the_names_are_due(app, company, today, due, offered):
    with app.app_context(), standing_at(at(f"{today} 10:00")):
        invitation = db.session.get(Invitation, company.id)
        with db.writing():
            for run in seats.choices(invitation):
                run.names_due_on = due
        assert company_seats.keep_until(invitation) == offered


def test_a_road_ends_where_no_day_is_left(app, opened, company):
    with standing_at(at("2017-10-25 10:00")):
        assert b"/keeping" not in opened.get(company.page).data
        assert opened.get(f"{company.page}/keeping").location == company.page
        assert opened.post(f"{company.page}/keeping").location == company.page
    with app.app_context():
        assert db.session.get(Invitation, company.id).kept_open_until is None
