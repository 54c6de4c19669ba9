"""A company's own seats on its page: given back, wished for, an offer answered; bad numbers get a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from cast import a_registration, an_invitation
from flask import Flask

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.rules import pools, seat_offers
from tests.web.partner.conftest import FORM, Company, words


@pytest.fixture
def named(opened, company: Company) -> Company:
    """One of three seats is named."""
    opened.post(f"{company.page}/registrations", data=FORM)
    return company


@pytest.fixture
def offered(app: Flask, opened, named: Company) -> Company:
    """Somebody else gave a seat back, and it is offered to this company."""
    with app.app_context():
        invitation = db.session.get_one(Invitation, named.id)
        other = an_invitation(invitation.event, seats_kept=2)
        a_registration(other)
        pools.give_back(other, 1)
        wish = seat_offers.wish(invitation, 1)
        seat_offers.offer(wish, 1, expires_on=date(2017, 10, 20))
    return named


def seats_of(app: Flask, company: Company) -> int:
    with app.app_context():
        return db.session.get_one(Invitation, company.id).seats


def test_empty_seats_are_given_back(app, opened, named):
    assert "빈자리 돌려주기" in words(opened.get(named.page))
    page = f"{named.page}/seat-return"
    assert "두 자리가 비어 있습니다." in words(opened.get(page))
    answer = opened.post(page, data={"seats": "2", "seen": "3"})
    assert (answer.status_code, answer.location) == (303, named.page)
    opened.post(page, data={"seats": "2", "seen": "3"})
    assert seats_of(app, named) == 1
    assert "빈자리 돌려주기" not in words(opened.get(named.page))


@pytest.mark.parametrize("typed", ["", "0", "-1", "세", "9" * 40, "\x00", "3"])
def test_a_number_that_cannot_be_gets_a_sentence_and_stays(app, opened, named, typed):
    answer = opened.post(f"{named.page}/seat-return", data={"seats": typed})
    assert answer.status_code in (400, 409)
    assert "field-error" in answer.get_data(as_text=True)
    assert seats_of(app, named) == 3


def test_more_seats_are_wished_for_changed_and_no_longer(app, opened, named):
    page = f"{named.page}/seat-wish"
    assert "자리가 더 필요합니다" in words(opened.get(named.page))
    opened.post(page, data={"seats": "2", "reason": "<b>고객사</b> 두 분"})
    assert "두 자리가 더 필요하다고 하셨습니다" in words(opened.get(named.page))
    again = opened.get(page).get_data(as_text=True)
    assert 'value="2"' in again
    assert "&lt;b&gt;고객사&lt;/b&gt; 두 분" in again
    assert opened.post(f"{page}/withdrawal").location == named.page
    assert "자리가 더 필요합니다" in words(opened.get(named.page))


def test_a_wish_that_cannot_be_keeps_the_words(opened, named):
    answer = opened.post(f"{named.page}/seat-wish", data={"seats": "12", "reason": "고객사 두 분"})
    assert answer.status_code == 400
    assert "1에서 5까지의 숫자를 적어 주세요." in words(answer)
    assert "고객사 두 분" in answer.get_data(as_text=True)


def test_an_offer_is_taken(app, opened, offered):
    said = words(opened.get(offered.page))
    assert "한 자리를 더 드립니다" in said
    assert "10월 20일 금요일까지 알려 주세요." in said
    assert opened.post(f"{offered.page}/seat-offer", data={"answer": "yes"}).status_code == 303
    assert seats_of(app, offered) == 4
    assert "한 자리를 더 드립니다" not in words(opened.get(offered.page))


def test_an_offer_is_left_to_others(app, opened, offered):
    opened.post(f"{offered.page}/seat-offer", data={"answer": "no"})
    assert seats_of(app, offered) == 3
    with app.app_context():
        assert pools.size(db.session.get_one(Invitation, offered.id).event) == 1


def test_an_offer_that_ended_is_said(opened, named):
    answer = opened.post(f"{named.page}/seat-offer", data={"answer": "yes"})
    assert (answer.status_code, "이 자리 제안은 끝났습니다." in words(answer)) == (409, True)
    assert opened.get(f"{named.page}/seat-offer").status_code == 303
