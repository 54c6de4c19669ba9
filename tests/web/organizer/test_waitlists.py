"""Who waits, in order, and why the first still waits; each sees their own companies at their place among all."""

import re

import pytest
from cast import OH, a_colleague, a_company, a_registration, an_invitation, an_item, run
from flask.testing import FlaskClient
from office import Office

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.rules import seats, sign_ups, waitlists

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/waitlists"


@pytest.fixture
def full(office: Office) -> Office:
    """Run 1 is full; maru's two wait together before garam's one, and for a tour two wait."""
    with office.app.app_context():
        maru, garam = (db.session.get_one(Invitation, one) for one in (office.maru, office.garam))
        first = run(maru.event, 1)
        others = [a_company(name) for name in ("밤새보안", "누리디비")]
        inside = [a_registration(an_invitation(maru.event, one), OH, number=1) for one in others]
        tour = an_item(first, places=1)
        sign_ups.sign_up(inside[0], tour)
        sign_ups.sign_up(inside[1], tour, or_wait=True)
        seats.set_capacity(first, 2)
        for name in ("오세린", "정도현"):
            waitlists.join(a_registration(maru, a_colleague(name=name), number=2), first)
        waitlists.stay_together(maru, first, together=True)
        waitlists.join(a_registration(garam, a_colleague(name="박하람"), number=2), first)
    return office


def rows(browser: FlaskClient) -> list[str]:
    page = browser.get(ADDRESS)
    assert page.status_code == 200
    found = re.findall(r"<tr.*?</tr>", page.get_data(as_text=True), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found][1:]


def test_every_queue_is_in_order_and_says_why(full: Office):
    assert rows(full.organizer) == [
        "1차 세 분",
        "1 마루소프트 오세린 2차 자리 있음 , 정도현 2차 자리 있음 다 함께 10. 16 월 10:00 빈자리가 없습니다.",
        "2 가람서버 박하람 2차 자리 있음 10. 16 월 10:00",
        "1차 · 제주 본사 투어 한 분",
        "1 누리디비 오세린 10. 16 월 10:00 1자리 가운데 1자리 찼음",
    ]


def test_one_place_is_too_few_for_two_together(full: Office):
    with full.app.app_context():
        seats.set_capacity(run(db.session.get_one(Invitation, full.maru).event, 1), 3)
    assert "빈자리는 1개인데 함께 오시려면 두 자리가 필요합니다." in rows(full.organizer)[1]


def test_a_host_contact_sees_the_own_company_at_its_place(full: Office):
    assert [row.split()[:3] for row in rows(full.daon)] == [["1차", "한", "분"], ["2", "가람서버", "박하람"]]
    assert rows(full.viewer) == rows(full.organizer)


def test_nobody_waiting_is_said(office: Office):
    page = office.organizer.get(ADDRESS).get_data(as_text=True)
    assert "기다리는 분이 없습니다." in page
    assert f'href="{ADDRESS}"' in office.organizer.get("/organizer/registrations").get_data(as_text=True)


def test_more_people_cost_no_more_questions(full: Office, queries):
    full.organizer.get(ADDRESS)
    with queries() as few:
        full.organizer.get(ADDRESS)
    with full.app.app_context():
        event = db.session.get_one(Invitation, full.maru).event
        for number in range(8):
            waiting = a_registration(an_invitation(event), a_colleague(name=f"이{number}"), number=2)
            waitlists.join(waiting, run(event, 1))
    with queries() as many:
        full.organizer.get(ADDRESS)
    assert len(many) == len(few)
