"""A coordinator's own data: nobody else's in it; erased, the colleagues' seats stay."""

from __future__ import annotations

import json

from cast import a_registration

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Registration
from tests.web.partner.conftest import Company, words


def test_only_the_coordinators_own_data_is_there(app, opened, company: Company):
    with app.app_context():
        invitation = db.session.get_one(Invitation, company.id)
        other = a_registration(invitation)
        email = invitation.coordinator.email
        name = db.session.scalars(db.select(Person.name).where(Person.id != invitation.coordinator_id)).one()
        assert other.id
    page = words(opened.get(f"{company.page}/data"))
    assert (email in page, name in page) == (True, False)
    data = json.loads(opened.get(f"{company.page}/data.json").get_data())
    assert (data["person"]["email"], len(data["coordinates"]), data["places"]) == (email, 1, [])


def test_an_address_is_needed_where_letters_go(opened, company: Company):
    form = {"phone": "010-1234-5678", "email": "", "language": "ko"}
    answer = opened.post(f"{company.page}/data", data=form)
    assert (answer.status_code, "회사를 대표해 답하고 계셔서" in words(answer)) == (409, True)


def test_a_coordinator_who_goes_leaves_the_seats(app, opened, company: Company):
    with app.app_context():
        seat = a_registration(db.session.get_one(Invitation, company.id)).id
    assert "회사를 대표해 답하는 일도 끝납니다." in words(opened.get(f"{company.page}/erasure"))
    gone = opened.post(f"{company.page}/erasure", data={"sure": "y"})
    assert (gone.status_code, "정보를 모두 지웠습니다." in words(gone)) == (200, True)
    assert opened.get(company.page).status_code == 410
    with app.app_context():
        invitation = db.session.get_one(Invitation, company.id)
        assert (invitation.coordinator.email, invitation.status) == ("", "accepted")
        registration = db.session.get_one(Registration, seat)
        assert registration.status == "registered"
