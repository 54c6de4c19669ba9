"""The letter before the answer, the control page afterwards."""

from __future__ import annotations

import gzip
import re
from datetime import date

import pytest
from cast import OH, a_colleague, a_registration, an_event, an_invitation, at, attendee_of, run

from eventapp import create_app
from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message, Purpose
from eventapp.models.registration import Registration
from eventapp.models.states import RegistrationStatus
from eventapp.rules import attendees, events, registrations, seats
from tests.web.partner.conftest import company_of, words


def the_invitation(company) -> Invitation:
    return db.session.get(Invitation, company.id)


def test_the_letter_names_company_host_seats_and_runs(app, opened, company):
    with app.app_context():
        event = the_invitation(company).event
        events.state_facts(
            event, greeting_ko="올 한 해도 {company|와/과} 함께여서 든든했습니다.", letter_ko="가\n\n나 <b>"
        )
    page = opened.get(company.page).get_data(as_text=True)
    text = words(opened.get(company.page))
    assert "마루소프트와 함께여서" in text
    assert '<mark class="together">세\u00a0자리</mark>를 비워 두었습니다.' in page
    assert "11월 9 – 10일 또는 16 – 17일" in text
    assert "한지원 과장님께" in text
    assert "윤서진" in text
    assert "10일 또는 16" in text
    assert "tel:+821000002009" in page
    assert "43 자리 남음" in text
    assert "42 자리 남음" in text
    assert "10월\u00a025일까지" in page
    assert "10월\u00a020일 금요일까지 자리를 그대로 둡니다." in page
    assert "나 &lt;b&gt;" in page
    assert page.count("road") >= 3


def test_the_letter_speaks_english_when_asked(opened, company):
    text = words(opened.get(f"{company.page}?language=en"))
    assert "We have kept three seats for 마루소프트." in text
    assert "Yes, we will come" in text


def test_saying_yes_leads_to_the_names_and_turns_the_page_over(app, opened, company):
    answer = opened.post(f"{company.page}/acceptance")
    assert (answer.status_code, answer.location) == (303, f"{company.page}/registrations")
    opened.post(f"{company.page}/acceptance")
    with app.app_context():
        assert the_invitation(company).status == "accepted"
    assert "세 자리를 지켜 두었습니다" in words(opened.get(company.page)).replace("\u00a0", " ").replace(
        " 를", "를"
    )


def test_after_the_last_day_the_letter_offers_the_phone_and_no_button(app, opened, company):
    with app.app_context():
        invitation = the_invitation(company)
        with db.writing():
            invitation.expires_on = date(2017, 10, 25)
    with standing_at(at("2017-10-26 00:10")):
        page = opened.get(company.page)
        assert "답을 받기로 한 날이 지났습니다." in words(page)
        assert b"acceptance" not in page.data
        refused = opened.post(f"{company.page}/acceptance")
        assert refused.status_code == 409
        assert "호스트 담당자에게" in words(refused)
        for road in ("colleague", "decline", "keeping"):
            assert opened.get(f"{company.page}/{road}").location == company.page


def test_a_company_that_is_all_done_reads_so(app, opened, company, holder):
    with app.app_context():
        the_invitation(company).seats = 1
        db.session.commit()
        attendees.confirm(attendee_of(db.session.get(Registration, holder.registration_id)))
    assert "한 자리 가 모두 정해졌습니다" in words(opened.get(company.page))


def test_the_control_page_shows_every_seat_and_its_state(app, opened, company, holder):
    with app.app_context():
        invitation = the_invitation(company)
        attendees.confirm(
            db.session.get(Registration, holder.registration_id)
            and attendee_of(db.session.get(Registration, holder.registration_id))
        )
        a_registration(invitation, a_colleague(name="정도현"), number=None)
    text = words(opened.get(company.page))
    for said in (
        "오세린",
        "다 마쳤습니다",
        "정도현",
        "날짜 고르기 전",
        "세 번째 자리",
        "비어 있음",
        "이름 적기",
    ):
        assert said in text.replace("\u00a0", " ")


def test_a_place_is_moved_given_back_and_its_letter_sent_again(app, opened, company, holder):
    one = f"{company.page}/registrations/{holder.registration_id}"
    for _ in range(2):
        assert opened.post(f"{one}/move", data={"run": "2"}).status_code == 303
    with app.app_context():
        event = db.session.scalar(db.select(Event))
        assert (seats.taken(run(event, 1)), seats.taken(run(event, 2))) == (0, 1)
    assert opened.post(f"{one}/letter").status_code == 303
    for _ in range(2):
        assert opened.post(f"{one}/cancellation", data={"attendee": holder.id}).status_code == 303
    with app.app_context():
        assert db.session.get(Registration, holder.registration_id).status == RegistrationStatus.CANCELLED
        passes = db.session.scalars(db.select(Message).where(Message.purpose == Purpose.PASS)).all()
        assert len(passes) == 1  # still queued: the same letter
    for what in ("/move", "/letter", "", "/substitution", "/link"):
        method = opened.post if what in ("/move", "/letter") else opened.get
        assert (
            method(f"{one}{what}", **({"data": {"run": "1"}} if what == "/move" else {})).status_code == 404
        )


@pytest.mark.parametrize("run_typed", ["", "9", "x", "-1", "1" * 40, "²"])
def test_a_move_to_no_run_is_not_found(opened, company, holder, run_typed):
    one = f"{company.page}/registrations/{holder.registration_id}"
    assert opened.post(f"{one}/move", data={"run": run_typed}).status_code == 404


def test_a_full_run_is_one_sentence_on_the_same_page(app, client, clock):
    with app.app_context():
        event = an_event(capacity=(2, 1))
        a_registration(an_invitation(event), number=2)
        invitation = an_invitation(event)
        registration = a_registration(invitation, OH)
        own, one = company_of(app, invitation), registration.id
    client.get(own.link)
    answer = client.post(f"{own.page}/registrations/{one}/move", data={"run": "2"})
    assert answer.status_code == 409
    assert "그사이 마지막 자리가 찼습니다. 1차에는 1자리가 있습니다." in words(answer)
    assert "오세린" in words(answer)
    assert client.get(f"{own.page}/registrations/{one}/move").location == own.page


def test_giving_back_an_old_page_s_place_spares_the_colleague_who_holds_it_now(app, opened, company, holder):
    with app.app_context():
        registrations.substitute(db.session.get(Registration, holder.registration_id), a_colleague())
    one = f"{company.page}/registrations/{holder.registration_id}"
    answer = opened.post(f"{one}/cancellation", data={"attendee": holder.id})
    assert (answer.status_code, "그사이 바뀐 것이 있습니다." in words(answer)) == (409, True)
    with app.app_context():
        assert db.session.get(Registration, holder.registration_id).status == "registered"


def test_seats_lowered_below_the_names_still_show(app, opened, company, holder):
    with app.app_context(), db.writing():
        the_invitation(company).seats = 0
    assert opened.get(company.page).status_code == 200
    assert opened.get(f"{company.page}/registrations").status_code == 200


def test_the_pages_are_light(opened, company, holder):
    for page in (company.page, f"{company.page}/registrations"):
        html = opened.get(page).data
        parts = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))(?:#[^"]*)?"', html.decode())
        whole = {page: html}
        for part in parts:
            with opened.get(part) as answer:
                whole[part] = answer.data
        weights = {name: len(gzip.compress(data)) for name, data in whole.items()}
        without_fonts = {name: weight for name, weight in weights.items() if "pretendard" not in name}
        assert sum(without_fonts.values()) <= 40_000
        assert len(without_fonts) <= 8


def test_personal_pages_are_never_stored(opened, company, holder):
    for page in (company.page, f"{company.page}/registrations", f"{company.page}/calendar.ics"):
        headers = opened.get(page).headers
        assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "same-origin")


def test_forms_need_their_token(settings, clock):
    app = create_app({**settings, "TESTING": True})
    with app.app_context():
        own = company_of(app, an_invitation(an_event()))
    browser = app.test_client()
    browser.get(own.link)
    for noun in ("acceptance", "opening", "registrations", "decline", "colleague", "keeping", "duty"):
        assert browser.post(f"{own.page}/{noun}").status_code == 400
    with app.app_context():
        assert db.session.get(Invitation, own.id).status == "sent"
        db.session.remove()
        db.engine.dispose()
