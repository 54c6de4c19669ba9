"""Waiting for a full run on the company's page and on an attendee's own: what is said, pressed and kept."""

from __future__ import annotations

import pytest
from cast import OH, a_colleague, a_registration, an_invitation, an_item, attendee_of, run
from flask import Flask
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.reports import programme
from eventapp.rules import publications, registrations, seats, waitlists
from tests.web.partner.conftest import FORM, Company, holder_of, words


@pytest.fixture
def full(app: Flask, company: Company) -> Company:
    """Run 1 has one place, and another company has it."""
    with app.app_context():
        event = db.session.get_one(Invitation, company.id).event
        an_item(run(event, 1))
        publications.publish(event)
        seats.set_capacity(run(event, 1), 1)
        a_registration(an_invitation(event))
    return company


def states(app: Flask, company: Company) -> list[tuple[str, int | None]]:
    with app.app_context():
        rows = db.session.scalars(
            select(Registration).where(Registration.invitation_id == company.id).order_by(Registration.id)
        )
        return [(row.status, row.event_session.number if row.event_session else None) for row in rows]


def test_a_full_run_can_be_waited_for_and_says_so(app, opened, full):
    page = words(opened.get(f"{full.page}/registrations"))
    assert "모두 찼습니다. 자리가 나면 바로 편지를 드립니다." in page
    opened.post(f"{full.page}/registrations", data={**FORM, "event_session": "wait-1"})
    assert states(app, full) == [("waitlisted", 1)]
    page = words(opened.get(full.page))
    assert "1차가 모두 차서 첫 번째로 기다리고 있습니다." in page
    assert "한 분이 기다리고 있습니다" in page


def test_whoever_wanted_a_place_that_is_gone_is_not_put_into_the_queue(app, opened, full):
    answer = opened.post(f"{full.page}/registrations", data=FORM)
    assert (answer.status_code, states(app, full)) == (409, [])
    page = answer.get_data(as_text=True)
    assert "그사이 마지막 자리가 찼습니다." in words(answer)
    assert 'value="오세린"' in page
    assert 'value="wait-1"' in page


def test_two_who_wait_choose_together_or_one_by_one(app, opened, full):
    for colleague in ("유나래", "정도현"):
        opened.post(
            f"{full.page}/registrations",
            data={**FORM, "name": colleague, "email": "", "event_session": "wait-1"},
        )
    assert "자리가 나는 대로 한 분씩 모십니다." in words(opened.get(full.page))
    opened.post(f"{full.page}/party", data={"run": "1", "together": "yes"})
    assert "두 자리가 한꺼번에 날 때 함께 모십니다." in words(opened.get(full.page))
    with app.app_context():
        seats.set_capacity(run(db.session.get_one(Invitation, full.id).event, 1), 2)
    assert states(app, full) == [("waitlisted", 1)] * 2
    opened.post(f"{full.page}/party", data={"run": "1", "together": "no"})
    assert states(app, full) == [("registered", 1), ("waitlisted", 1)]


def test_a_place_in_the_other_run_is_kept_while_waiting_and_the_queue_can_be_left(app, opened, full):
    with app.app_context():
        registration = a_registration(db.session.get_one(Invitation, full.id), OH, number=2)
        one = f"{full.page}/registrations/{registration.id}"
    assert opened.post(f"{one}/waiting", data={"run": "1"}).location == full.page
    page = words(opened.get(full.page))
    assert "1차 자리를 기다리고 있습니다. 그때까지 이 자리는 그대로입니다." in page
    assert "그만 기다리기" in page
    opened.post(f"{one}/withdrawal")
    assert "1차가 모두 차서" not in words(opened.get(full.page))
    assert states(app, full) == [("registered", 2)]


@pytest.mark.parametrize("path", ["registrations/{}/waiting", "party"])
@pytest.mark.parametrize("sent", ["", "3", "x", "999999999999"])
def test_a_run_that_is_not_offered_is_not_found(app, opened, full, path, sent):
    with app.app_context():
        registration = a_registration(db.session.get_one(Invitation, full.id), OH, number=2)
        address = f"{full.page}/{path.format(registration.id)}"
    assert opened.post(address, data={"run": sent}).status_code == 404


def test_an_attendee_may_wait_and_gets_the_pass_with_the_place(app, client, full):
    with app.app_context():
        registration = a_registration(db.session.get_one(Invitation, full.id), number=None)
        own = holder_of(app, attendee_of(registration))
    client.get(own.link)
    client.post(f"{own.page}/confirmation", data={"diet": "", "event_session": "wait-1"})
    page = words(client.get(f"{own.page}?badge=1"))
    assert "1차가 모두 차서 첫 번째로 기다리고 있습니다." in page
    assert "명찰" not in page
    assert client.get(f"{own.page}/code.png").status_code == 404
    with app.app_context():
        assert programme.own_items(db.session.get_one(Registration, own.registration_id)) == []
        holder = db.session.scalars(select(Registration).where(Registration.id != own.registration_id)).one()
        registrations.cancel(holder)
        assert len(programme.own_items(db.session.get_one(Registration, own.registration_id))) == 1
    page = client.get(own.page).get_data(as_text=True)
    assert "pass-qr" in page


def test_the_words_count_everybody_before(app, client, full):
    with app.app_context():
        event = db.session.get_one(Invitation, full.id).event
        for _ in range(2):
            waitlists.join(a_registration(an_invitation(event), a_colleague(), number=None), run(event, 1))
        registration = a_registration(db.session.get_one(Invitation, full.id), number=None)
        waitlists.join(registration, run(event, 1))
        own = holder_of(app, attendee_of(registration))
    client.get(own.link)
    assert "세 번째로 기다리고" in words(client.get(own.page))
    assert "you are third in line" in words(client.get(f"{own.page}?language=en"))
