"""Guessing is hopeless, signing out ends it, and nothing a stranger sends is believed."""

from __future__ import annotations

from collections import Counter
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from cast import HAN, PASSWORD, an_event, an_invitation, an_organizer
from crowd import Caller, all_at_once
from live import serve
from proofs.addresses import FORM, addresses, rules
from proofs.test_access import PAGES, page_of
from proofs.world import readable
from sqlalchemy import delete
from walk import sign_in

from eventapp import create_app
from eventapp.db import db
from eventapp.models.staff import SignInTry
from eventapp.postman import deliver_once
from eventapp.rules import staff

EMAIL, COLLEAGUE = "organizer@host.example", "colleague@host.example"
STRANGERS = 100
WITHOUT_TOKEN = {"/api/v1/check-ins"}  # a phone proves itself by its token and a header that no form can send
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "\t//evil.example/",
    "javascript:alert(1)",
    "/organizer/\r\nSet-Cookie: evil=1",
    "http:evil.example",
    "@evil.example",
)


@pytest.fixture
def staffed(app, clock):
    """Two accounts with the same password."""
    with app.app_context():
        an_organizer(EMAIL)
        an_organizer(COLLEAGUE)
    return app


def test_old_cookies_die_at_sign_out(staffed, client):
    sign_in(client)
    other = staffed.test_client()
    sign_in(other)
    assert (opens(client), opens(other)) == (200, 200)
    cookie = client.get_cookie("day").value
    assert client.post("/sign-out").status_code == 303
    client.set_cookie("day", cookie)
    assert (opens(client), opens(other)) == (303, 303)


def test_old_cookies_die_with_the_password(staffed, client):
    sign_in(client)
    with staffed.app_context():
        staff.set_password(staff.by_email(EMAIL), "새벽 오름에 눈이 내려요")
    assert opens(client) == 303


def test_an_account_taken_away_is_shut_at_once(staffed, client, clock):
    sign_in(client)
    with staffed.app_context(), db.writing():
        staff.by_email(EMAIL).disabled_at = clock
    assert opens(client) == 303


@pytest.mark.both
@pytest.mark.slow
def test_ten_wrong_passwords_over_all_workers_and_no_more(staffed, settings):
    """40 strangers guess at once; who signed in before comes in all the same, and so does the next account."""
    with serve(settings, workers=4, open_forms=True) as live:
        known = Caller(live.url)
        assert guess(known, PASSWORD)[0] == 303
        known.cookies.pop("day")
        answers = all_at_once(lambda caller: guess(caller, "wrong password")[0], strangers(live))
        assert Counter(answers) == Counter({401: staff.TRIES, 429: STRANGERS - staff.TRIES})
        assert guess(Caller(live.url), PASSWORD)[0] == 429
        assert guess(known, PASSWORD)[0] == 303
        assert guess(Caller(live.url), PASSWORD, COLLEAGUE)[0] == 303


@pytest.mark.parametrize(("proxies", "last"), [("", 429), ("127.0.0.1", 422)])
def test_a_forwarded_address_is_believed_from_a_configured_proxy_alone(settings, proxies, last):
    limited = {"TRUSTED_PROXIES": proxies, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": True}
    app = create_app({**settings, **limited})
    client = app.test_client()
    answers = [
        client.post("/sign-in", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(61)
    ]
    assert answers == [422] * 60 + [last]


@pytest.mark.parametrize("wish", ELSEWHERE)
def test_the_way_on_never_leads_away(staffed, client, wish):
    for _ in range(2):  # at the sign-in, and when signed in already
        answer = client.post(
            "/sign-in", query_string={"next": wish}, data={"email": EMAIL, "password": PASSWORD}
        )
        assert answer.headers["Location"] == "/organizer/"
        assert "evil" not in str(client.get_cookie("evil"))
        again = client.get("/sign-in", query_string={"next": wish})
        assert again.headers["Location"] == "/organizer/"


def test_no_page_says_what_the_host_header_says(world):
    strange = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    problems = []
    for rule in rules(world):
        if "GET" not in rule.methods:
            continue
        for address, _cases in addresses(world, rule):
            for role in ("nobody", "coordinator A", "attendee A", "door phone", "organizer"):
                who = world.people[role]
                answer = who.client(world.app).get(address, headers={**strange, **who.headers})
                if "evil.example" in readable(answer) + str(answer.headers):
                    problems.append(f"{role}: {address} speaks of evil.example")
    world.memory.restore()
    assert problems == []


def test_no_letter_says_what_the_host_header_says(app, clock, settings):
    with app.app_context():
        an_invitation(an_event(), coordinator=HAN)
        assert deliver_once() == 1
    answer = app.test_client().post(
        "/letter-again", data={"email": HAN.email}, headers={"Host": "evil.example"}
    )
    assert answer.status_code == 303
    with app.app_context():
        assert deliver_once() == 1
    letters = [file.read_bytes() for file in sorted((Path(settings["INSTANCE"]) / "outbox").glob("*.eml"))]
    assert len(letters) == 2
    for letter in letters:
        parts = BytesParser(policy=policy.default).parsebytes(letter).walk()
        said = "".join(part.get_content() for part in parts if part.get_content_maintype() == "text")
        assert "http://127.0.0.1:5000/i/" in said
        assert "evil.example" not in said + letter.decode("utf-8", "replace")


def test_every_form_needs_its_token(world, monkeypatch):
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    taken = []
    for rule in rules(world):
        if "POST" not in rule.methods or str(rule) in WITHOUT_TOKEN:
            continue
        for address, _cases in addresses(world, rule):
            rights = PAGES[page_of(rule)] or {"organizer": ""}
            for who in (world.people[role] for role in rights):
                for headers in ({}, {"Origin": "https://evil.example", "X-CSRFToken": "x"}):
                    answer = who.client(world.app).post(address, data=FORM, headers=who.headers | headers)
                    if answer.status_code != 400 or world.memory.differs():
                        taken.append(f"{address} answers {answer.status_code} without a token")
    world.memory.restore()
    assert taken == []


def test_the_cookies_of_a_https_house_leave_it_locked(settings, clock):
    app = create_app(
        {**settings, "BASE_URL": "https://day.example", "WTF_CSRF_ENABLED": False, "TESTING": True}
    )
    with app.app_context():
        an_organizer(EMAIL)
    answer = app.test_client().post(
        "/sign-in", data={"email": EMAIL, "password": PASSWORD}, base_url="https://day.example"
    )
    assert answer.status_code == 303
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {
            part.strip() for part in cookie.split(";")
        }
    assert any(cookie.startswith("__Host-day=") for cookie in answer.headers.getlist("Set-Cookie"))
    with app.app_context():
        db.session.execute(delete(SignInTry))
        db.engine.dispose()


def opens(client) -> int:
    """The desk's first page."""
    return client.get("/organizer/").status_code


def strangers(live) -> list[Caller]:
    return [Caller(live.url) for _ in range(STRANGERS)]


def guess(caller: Caller, password: str, email: str = EMAIL) -> tuple[int, str]:
    """One try."""
    return caller.post("/sign-in", {"email": email, "password": password})
