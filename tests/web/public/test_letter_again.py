"""Whatever is typed, the same sentence; a letter goes out only where one belongs."""

import pytest
from cast import an_event, an_invitation
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from walk import invitation_link

from eventapp import create_app
from eventapp.db import db
from eventapp.models.message import Message
from eventapp.rules import invitations

pytestmark = pytest.mark.usefixtures("clock")


def letters(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Message))


def test_known_and_unknown_addresses_get_the_same_answer(app: Flask, client: FlaskClient):
    with app.app_context():
        invitation = an_invitation(an_event())
        email = invitation.coordinator.email
        for message in db.session.scalars(select(Message)):
            message.status = "sent"
        db.session.commit()
    before = letters(app)
    answers = []
    for typed in (email.upper(), "nobody@elsewhere.example"):
        posted = client.post("/letter-again", data={"email": typed})
        answers.append((posted.status_code, posted.headers["Location"], posted.data))
    assert answers[0] == answers[1]
    assert answers[0][:2] == (303, "/letter-again?asked=yes")
    assert letters(app) == before + 1
    page = client.get("/letter-again?asked=yes").get_data(as_text=True)
    assert email not in page


@pytest.mark.parametrize(
    "typed", ["", "   ", "no address", "a@b\r\nBcc: c@d.example", "<b>@x.example", "가" * 5000]
)
def test_what_is_no_address_gets_a_sentence_and_stays_typed(app: Flask, client: FlaskClient, typed: str):
    answer = client.post("/letter-again", data={"email": typed})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    assert letters(app) == 0


def test_a_closed_link_lands_on_the_page_that_explains(app: Flask, client: FlaskClient):
    with app.app_context():
        invitation = an_invitation(an_event())
        link, number = invitation_link(app, invitation), invitation.id
        name, company = invitation.coordinator.name, invitation.company.name
        invitations.renew_link(invitation)
    answers = [client.get(f"/invitation/{number}"), client.get("/invitation/999")]
    assert {answer.headers["Location"] for answer in answers} == {"/letter-again?link=closed"}
    page = client.get("/letter-again?link=closed").get_data(as_text=True)
    assert "이 링크로는 이제 편지가 열리지 않습니다." in page
    assert 'property="og:title"' in page
    assert [word in page for word in (name, company, link)] == [False] * 3


def test_the_page_is_kept_by_nobody(client: FlaskClient):
    answer = client.get("/letter-again")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_asking_again_and_again_is_slowed_down(settings: dict):
    app = create_app({**settings, "WTF_CSRF_ENABLED": False, "TESTING": True, "RATELIMIT_ENABLED": True})
    client = app.test_client()
    codes = [client.post("/letter-again", data={"email": "a@b.example"}).status_code for _ in range(12)]
    assert codes == [303] * 10 + [429] * 2
    with app.app_context():
        db.engine.dispose()


def test_without_its_token_the_form_does_nothing(settings: dict):
    app = create_app({**settings, "TESTING": True, "RATELIMIT_ENABLED": False})
    assert app.test_client().post("/letter-again", data={"email": "a@b.example"}).status_code == 400
    with app.app_context():
        db.engine.dispose()
