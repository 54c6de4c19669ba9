"""A coordinator's consents: their own alone, linked from the company's page."""

from __future__ import annotations

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.rules import consents
from tests.web.partner.conftest import Company, words


def test_a_coordinator_who_stays_at_home_is_asked_one_thing(app, opened, company: Company):
    with app.app_context():
        event = db.session.get_one(Invitation, company.id).event
        consents.publish_proposed(event)
        text_id = consents.in_force(event)[0].id
    opened.post(f"{company.page}/acceptance")
    assert "동의 1개 남음" in words(opened.get(company.page))
    page = words(opened.get(f"{company.page}/consents"))
    assert ("개인정보 수집과 이용" in page, "사진과 영상" in page) == (True, False)
    refused = opened.post(f"{company.page}/consents", data={f"consent_{text_id}": "no"})
    assert (refused.status_code, refused.location) == (303, company.page)
    said = words(opened.get(f"{company.page}/consents")).replace("\xa0", " ")
    assert "동의하지 않으셨습니다." in said
    assert "2017년 11월 17일 금요일이 지난 뒤 보관하던 정보를 모두 지웁니다." in said
    opened.post(f"{company.page}/consents", data={f"consent_{text_id}": "yes"})
    assert "남음" not in words(opened.get(company.page))
    with app.app_context():
        invitation = db.session.get_one(Invitation, company.id)
        assert consents.said_by(invitation.coordinator, invitation.event) == {text_id: True}


def test_a_foreign_field_is_a_sentence(opened, company: Company):
    answer = opened.post(f"{company.page}/consents", data={"consent_4711": "yes"})
    assert (answer.status_code, "한 번 더 읽어 주세요." in words(answer)) == (409, True)
