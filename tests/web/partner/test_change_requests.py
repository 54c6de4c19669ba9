"""After the cut-off the same buttons ask; what is asked stands on the company's page and may be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from cast import run
from flask import Flask

from eventapp.db import db
from eventapp.models.change_request import ChangeRequest
from eventapp.models.invitation import Invitation
from eventapp.rules import registrations
from tests.web.partner.conftest import FORM, Company, words

OTHER = {"name": "표새론", "title": "대리", "phone": "010-3333-0001", "email": ""}
WHY = {"reason": "고객사 점검이 겹쳤습니다."}


@pytest.fixture
def seat(app: Flask, opened, company: Company) -> str:
    """The address of a seat in run 1, whose names are closed."""
    opened.post(f"{company.page}/registrations", data=FORM)
    with app.app_context():
        invitation = db.session.get_one(Invitation, company.id)
        registration = registrations.live(invitation)[0]
        if registration.event_session is None:
            registrations.choose_run(registration, run(invitation.event, 1))
        registration.event_session.names_due_on = date(2017, 10, 1)
        db.session.commit()
        return f"{company.page}/registrations/{registration.id}"


def asked(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        return [(one.kind, one.status, one.reason) for one in db.session.scalars(db.select(ChangeRequest))]


def test_the_same_form_asks_and_loses_nothing(app, opened, company, seat):
    answer = opened.post(f"{seat}/substitution", data=OTHER)
    assert answer.status_code == 400
    assert "까닭을 한 줄 적어 주세요." in words(answer)
    assert 'value="표새론"' in answer.get_data(as_text=True)
    assert opened.post(f"{seat}/substitution", data=OTHER | WHY).location == company.page
    assert asked(app) == [("substitution", "open", WHY["reason"])]
    assert "표새론 대리님이 대신 오시는 요청을 받았습니다." in words(opened.get(company.page))


def test_the_other_run_is_asked_for(app, opened, company, seat):
    assert "2차로 옮기기 요청" in words(opened.get(company.page))
    page = f"{seat}/move-request?run=2"
    assert "2차로 옮기는 요청" in words(opened.get(page))
    assert opened.post(page, data={"reason": " "}).status_code == 400
    assert opened.post(page, data=WHY).location == company.page
    assert asked(app) == [("move", "open", WHY["reason"])]
    assert opened.post(f"{seat}/move", data={"run": "2"}).status_code == 409


def test_it_is_taken_back(app, opened, company, seat):
    opened.post(f"{seat}/move-request?run=2", data=WHY)
    assert "요청 거두기" in words(opened.get(company.page))
    assert opened.get(f"{seat}/request-withdrawal").location == company.page
    opened.post(f"{seat}/request-withdrawal")
    assert asked(app) == [("move", "withdrawn", WHY["reason"])]
    assert "요청 거두기" not in words(opened.get(company.page))


@pytest.mark.parametrize("number", ["", "3", "x", "\x00"])
def test_a_run_that_is_not_there_leads_back(opened, company, seat, number):
    assert opened.get(f"{seat}/move-request", query_string={"run": number}).location == company.page
