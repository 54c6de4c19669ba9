"""Signing in and out: no open redirect, no telling who exists, and old cookies end."""

import pytest
from cast import PASSWORD, an_organizer
from flask import Flask
from flask.testing import FlaskClient
from walk import sign_in

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "organizer@host.example"


@pytest.fixture
def staffed(app: Flask) -> Flask:
    with app.app_context():
        an_organizer()
    return app


def post(client: FlaskClient, password: str = PASSWORD, *, query: str = "", email: str = ADDRESS):
    return client.post(f"/sign-in{query}", data={"email": email, "password": password})


@pytest.mark.usefixtures("staffed")
def test_signing_in_opens_the_desk_and_signing_out_closes_it(client: FlaskClient):
    assert client.get("/organizer/").location == "/sign-in?next=/organizer/"
    sign_in(client)
    assert client.get("/organizer/").status_code == 200
    assert client.get("/sign-in").status_code == 303
    assert client.post("/sign-out").location == "/sign-in"
    assert client.get("/organizer/").status_code == 303


def test_a_cookie_from_before_signing_out_is_dead(staffed: Flask, client: FlaskClient):
    sign_in(client)
    copy = staffed.test_client()
    name = staffed.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    copy.set_cookie(name, cookie.value)
    assert copy.get("/organizer/").status_code == 200
    client.post("/sign-out")
    assert copy.get("/organizer/").status_code == 303
    assert copy.post("/organizer/sending").status_code == 403


WAYS = [
    ("/organizer/facts", "/organizer/facts"),
    ("/organizer/?company=2", "/organizer/?company=2"),
    ("//evil.example", "/organizer/"),
    ("/\\evil.example", "/organizer/"),
    ("/\t/evil.example", "/organizer/"),
    ("/\n/evil.example", "/organizer/"),
    ("https://evil.example/", "/organizer/"),
    ("javascript:alert(1)", "/organizer/"),
    ("", "/organizer/"),
]


@pytest.mark.usefixtures("staffed")
def test_the_way_on_stays_inside(app: Flask):
    for wish, goes in WAYS:
        client = app.test_client()
        answer = client.post(
            "/sign-in", query_string={"next": wish}, data={"email": ADDRESS, "password": PASSWORD}
        )
        assert (answer.status_code, answer.location) == (303, goes)


@pytest.mark.usefixtures("staffed")
def test_a_wrong_password_and_an_unknown_address_say_the_same(client: FlaskClient):
    wrong = post(client, "wrong wrong wrong")
    unknown = post(client, email="nobody@host.example")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    pages = [answer.get_data(as_text=True).replace(ADDRESS, "") for answer in (wrong, unknown)]
    assert pages[0] == pages[1].replace("nobody@host.example", "")


STRANGE = [("", ""), ("x", "y"), (ADDRESS, ""), ("é" * 400, "\x00")]


@pytest.mark.usefixtures("staffed")
def test_empty_and_strange_fields_get_a_sentence_and_keep_the_address(client: FlaskClient):
    for email, password in STRANGE:
        answer = post(client, password, email=email)
        assert answer.status_code in (401, 422)
        assert "field-error" in answer.get_data(as_text=True) or "note" in answer.get_data(as_text=True)


def test_strangers_guesses_do_not_lock_out_a_browser_that_signed_in_before(
    staffed: Flask, client: FlaskClient
):
    sign_in(client)
    client.post("/sign-out")
    stranger = staffed.test_client()
    for _try in range(10):
        assert post(stranger, "wrong wrong wrong").status_code == 401
    assert post(stranger).status_code == 429
    assert post(client).status_code == 303


@pytest.mark.usefixtures("staffed")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_speaks_both_languages(client: FlaskClient, language: str):
    page = client.get(f"/sign-in?language={language}")
    assert f'<html lang="{language}"' in page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("staffed")
def test_a_missing_page_is_a_sentence(client: FlaskClient):
    page = client.get("/no/such/page")
    assert page.status_code == 404
    assert "<h1>" in page.get_data(as_text=True)
