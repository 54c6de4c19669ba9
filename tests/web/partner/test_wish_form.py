"""The wish about a run: the same form for coordinator and attendee."""

from __future__ import annotations

import re

import pytest
from cast import a_registration, an_event, an_invitation, attendee_of, run
from walk import pass_link

from eventapp.db import db
from eventapp.models.registration import Registration
from eventapp.rules import registrations
from tests.web.partner.conftest import company_of, words


@pytest.fixture
def open_one(app, client, clock):
    """(page, registration id) for both roads to the form of one whose run is open."""
    with app.app_context():
        registration = a_registration(an_invitation(an_event()), number=None)
        own, attendee = company_of(app, registration.invitation), attendee_of(registration)
        own_pass = pass_link(app, attendee)
        pages = (f"{own.page}/registrations/{registration.id}/wish", f"/pass/{attendee.id}/wish")
        ids = registration.id
    client.get(own.link)
    client.get(own_pass)
    return pages, ids


def wish_of(app, registration_id: int) -> tuple[str, int | None]:
    with app.app_context():
        found = db.session.get(Registration, registration_id)
        return found.wish, found.wished_session and found.wished_session.number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("run-1", ("run", 1)), ("run-2", ("run", 2)), ("either", ("either", None)), ("later", ("later", None))],
)
@pytest.mark.parametrize("road", [0, 1])
def test_each_wish_is_kept_and_shown(app, client, open_one, road, typed, kept):
    pages, registration_id = open_one
    answer = client.post(pages[road], data={"wish": typed})
    assert answer.status_code == 303
    assert wish_of(app, registration_id) == kept
    assert "차수를 저희에게 맡기셨습니다." in words(client.get(answer.location))
    marked = re.findall(
        r'<input checked [^>]*value="([^"]*)"', client.get(pages[road]).get_data(as_text=True)
    )
    assert marked == [typed]


@pytest.mark.parametrize("typed", ["", "run-9", "run-1\0", "🙂", "가" * 5000, "e" * 41])
@pytest.mark.parametrize("road", [0, 1])
def test_what_is_no_answer_gets_one_sentence(app, client, open_one, road, typed):
    pages, registration_id = open_one
    answer = client.post(pages[road], data={"wish": typed})
    assert (answer.status_code in (400, 409), "답을 하나 골라 주세요." in words(answer)) == (True, True)
    assert wish_of(app, registration_id) == ("", None)


def test_who_has_a_run_meanwhile_reads_that_something_changed(app, client, open_one):
    pages, registration_id = open_one
    with app.app_context():
        registration = db.session.get(Registration, registration_id)
        registrations.choose_run(registration, run(registration.invitation.event, 1))
    for page in pages:
        assert client.post(page, data={"wish": "either"}).status_code == 409
    assert wish_of(app, registration_id) == ("", None)
