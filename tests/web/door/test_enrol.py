"""A phone comes to the door by link and PIN, and gets a cookie of its own."""

import pytest
from cast import an_event, at, run
from flask import Flask

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.door_phone import DoorLink, DoorPhone
from eventapp.rules import door_phones

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def link(app: Flask) -> tuple[str, str]:
    """The link's address and its PIN."""
    with app.app_context():
        made, pin = door_phones.make_link(run(an_event(), 1))
        return f"/door/enrol/{door_phones.token(made, app.config['LINK_KEY'].encode())}", pin


def test_pin_and_name_let_the_phone_in_with_a_strict_cookie(app, client, link):
    address, pin = link
    assert client.get(address).status_code == 200
    answer = client.post(address, data={"pin": f"{pin[:3]} {pin[3:]}", "name": "민지", "gate": "A문"})
    assert (answer.status_code, answer.location) == (303, "/door/")
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("door=")]
    assert {"HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert client.get("/door/").status_code == 200
    with app.app_context():
        phone = db.session.get(DoorPhone, 1)
        assert (phone.name, phone.gate) == ("민지", "A문")


def test_a_wrong_pin_keeps_what_was_typed_and_says_so_at_the_field(client, link):
    address, pin = link
    wrong = f"{(int(pin) + 1) % 10**6:06d}"
    answer = client.post(address, data={"pin": wrong, "name": "민지"})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, 'value="민지"' in page, 'id="pin-error"' in page) == (409, True, True)
    assert client.get("/door/").status_code == 401


@pytest.mark.parametrize(
    "form", [{}, {"pin": "12345"}, {"pin": "１２３４５６"}, {"pin": "x" * 99, "name": "y" * 99}]
)
def test_an_incomplete_form_is_shown_again_and_counts_as_no_try(app, client, link, form):
    assert client.post(link[0], data=form).status_code == 422
    with app.app_context():
        assert db.session.get(DoorLink, 1).wrong_tries == 0


def test_ten_wrong_pins_close_the_link(client, link):
    address, pin = link
    wrong = f"{(int(pin) + 1) % 10**6:06d}"
    for _ in range(10):
        client.post(address, data={"pin": wrong, "name": "민지"})
    assert client.post(address, data={"pin": pin, "name": "민지"}).status_code == 409
    assert client.get(address).status_code == 409


def test_a_link_that_is_over_or_made_up_lets_nobody_in(client, link):
    with standing_at(at("2017-11-11 00:00")):
        assert client.get(link[0]).status_code == 409
    assert client.get("/door/enrol/made-up").status_code == 404
