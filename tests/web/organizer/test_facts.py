"""The facts page: stated, refused with a sentence, confirmed; only organizers come here."""

import re
from collections import Counter

import pytest
from cast import a_registration, an_organizer, run
from flask import Flask
from flask.testing import FlaskClient
from office import Office
from walk import sign_in

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.rules import events, seats

pytestmark = pytest.mark.usefixtures("clock")
FACTS = {
    "name_ko": "2017 파트너스 데이",
    "name_en": "2017 Partners Day",
    "host_ko": "카카오",
    "host_en": "Kakao",
    "place_ko": "카카오 제주 본사",
    "place_en": "Kakao headquarters, Jeju",
    "sender_name": "카카오 파트너협력팀",
    "sender_email": "partners@host.example",
    "reply_phone": "010-0000-2009",
    "since_year": "2009",
    "brand_colour": "#fee500",
    "headline_ko": "파트너의,\n파트너에 의한",
}
RUN = {"starts_on": "2017-11-09", "ends_on": "2017-11-10", "capacity": "43", "names_due_on": "2017-10-25"}


def fact(app: Flask, name: str) -> object:
    with app.app_context():
        return getattr(events.current(), name)


def test_the_page_shows_what_letters_state(office: Office):
    page = office.organizer.get("/organizer/facts")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "010-0000-2009" in text
    assert text.replace("\u00a0", " ").count("2017년 11월 9일 목요일") == 2


def test_every_field_of_the_page_has_an_id_of_its_own(office: Office):
    text = office.organizer.get("/organizer/facts").get_data(as_text=True)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert [one for one, count in Counter(ids).items() if count > 1] == []
    assert set(re.findall(r'<label for="([^"]+)"', text)) <= set(ids)


def test_saving_the_same_facts_keeps_the_confirmation(office: Office):
    assert office.organizer.post("/organizer/facts", data=FACTS).status_code == 303
    assert fact(office.app, "facts_confirmed_at") is not None
    assert (fact(office.app, "headline_ko"), fact(office.app, "brand_colour")) == (
        "파트너의,\n파트너에 의한",
        "#FEE500",
    )


def test_another_phone_has_to_be_confirmed_again(office: Office):
    office.organizer.post("/organizer/facts", data={**FACTS, "reply_phone": "010-0000-2010"})
    assert fact(office.app, "facts_confirmed_at") is None
    assert office.organizer.post("/organizer/facts/confirmation").status_code == 303
    assert fact(office.app, "facts_confirmed_at") is not None
    assert fact(office.app, "reply_phone") == "+821000002010"


WRONG_FACTS = [
    ("name_ko", ""),
    ("brand_colour", "red"),
    ("brand_colour", "#fee50;"),
    ("map_url", "javascript:alert(1)"),
    ("map_url", "http://map.example"),
    ("sender_email", "no address"),
    ("reply_phone", "12"),
    ("since_year", "once"),
    ("name_en", "x" * 121),
    ("letter_ko", "가" * 4001),
]


def test_a_wrong_fact_is_said_at_its_field_and_nothing_typed_is_lost(office: Office):
    for name, typed in WRONG_FACTS:
        before = fact(office.app, name)
        answer = office.organizer.post("/organizer/facts", data={**FACTS, "team_ko": "새 팀", name: typed})
        assert answer.status_code == 422
        assert f'id="{name}-error"' in answer.get_data(as_text=True)
        assert "새 팀" in answer.get_data(as_text=True)
        assert fact(office.app, name) == before


def test_missing_facts_cannot_be_confirmed(office: Office):
    office.organizer.post("/organizer/facts", data={**FACTS, "place_ko": "", "place_en": ""})
    assert office.organizer.post("/organizer/facts/confirmation").status_code == 303
    assert fact(office.app, "facts_confirmed_at") is None


def test_a_run_is_changed_and_its_places_never_below_what_is_taken(office: Office):
    with office.app.app_context():
        for _number in range(2):
            a_registration(db.session.get_one(Invitation, office.maru))
    address = "/organizer/facts/runs/1"
    assert office.organizer.post(address, data={**RUN, "capacity": "2"}).status_code == 303
    refused = office.organizer.post(address, data={**RUN, "capacity": "1"})
    assert refused.status_code == 422
    assert "field-error" in refused.get_data(as_text=True)
    with office.app.app_context():
        assert run(events.current(), 1).capacity == 2


WRONG_RUNS = [
    ("ends_on", "2017-11-01"),
    ("starts_on", ""),
    ("starts_on", "9.11."),
    ("capacity", "-1"),
    ("capacity", ""),
]


def test_a_run_with_something_wrong_is_refused_with_a_sentence(office: Office):
    for name, typed in WRONG_RUNS:
        for address in ("/organizer/facts/runs/1", "/organizer/facts/runs"):
            answer = office.organizer.post(address, data={**RUN, name: typed})
            assert (answer.status_code, "field-error" in answer.get_data(as_text=True)) == (422, True)
        with office.app.app_context():
            assert len(seats.runs(events.current())) == 2


def test_a_third_run_is_added_and_a_foreign_one_is_not_there(office: Office):
    more = {**RUN, "starts_on": "2017-11-23", "ends_on": "2017-11-24"}
    assert office.organizer.post("/organizer/facts/runs", data=more).status_code == 303
    with office.app.app_context():
        assert [one.number for one in seats.runs(events.current())] == [1, 2, 3]
    assert office.organizer.post("/organizer/facts/runs/9", data=RUN).status_code == 404


def test_the_event_is_closed_and_opened_again(office: Office):
    assert office.organizer.post("/organizer/facts/closing").status_code == 303
    assert fact(office.app, "status") == "closed"
    assert office.organizer.post("/organizer/facts/opening").status_code == 303
    assert fact(office.app, "status") == "open"
    assert office.organizer.post("/organizer/facts/opening").status_code == 409


def test_the_first_event_is_made_in_the_browser(app: Flask, client: FlaskClient):
    with app.app_context():
        an_organizer()
    sign_in(client)
    first = {
        "slug": "2017",
        "year": "2017",
        "name_ko": "날",
        "name_en": "Day",
        "host_ko": "카",
        "host_en": "K",
    }
    for name, typed in (("slug", "organizer"), ("slug", "../x"), ("year", "x"), ("name_ko", "")):
        assert client.post("/organizer/facts/event", data={**first, name: typed}).status_code == 422
    assert client.post("/organizer/facts/event", data=first).status_code == 303
    assert client.post("/organizer/facts/event", data=first).status_code == 422
    assert fact(app, "status") == "draft"
    assert client.get("/organizer/facts").status_code == 200


def test_only_organizers_come_here(office: Office):
    for browser in (office.daon, office.viewer):
        assert browser.get("/organizer/facts").status_code == 403
        assert browser.post("/organizer/facts/confirmation").status_code == 403
