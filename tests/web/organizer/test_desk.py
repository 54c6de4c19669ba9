"""The desk's ways: each role sees the ones it may walk, and the page it stands on is marked."""

import re

import pytest
from cast import an_organizer
from flask import Flask
from flask.testing import FlaskClient
from office import Office
from walk import sign_in

from eventapp.web.organizer import desk

pytestmark = pytest.mark.usefixtures("clock")


def ways(browser, address: str = "/organizer/") -> list[str]:
    text = browser.get(address).get_data(as_text=True)
    nav = re.search(r'<nav class="desk-nav".*?</nav>', text, re.DOTALL)
    return re.findall(r'href="([^"]+)"', nav[0]) if nav else []


def test_each_role_has_its_ways_and_all_of_them_open(office: Office):
    organizer = ways(office.organizer)
    assert organizer == [
        "/organizer/",
        "/organizer/registrations",
        "/organizer/messages",
        "/organizer/agenda",
        "/organizer/badges",
        "/organizer/arrivals",
        "/organizer/facts",
    ]
    assert set(ways(office.daon)) == set(organizer) - {"/organizer/badges", "/organizer/facts"}
    assert set(ways(office.viewer)) == set(ways(office.daon)) - {"/organizer/messages"}
    for browser in (office.organizer, office.daon, office.viewer):
        for address in ways(browser):
            assert (address, browser.get(address).status_code) == (address, 200)


def test_before_the_first_event_only_what_opens_is_offered(app: Flask, client: FlaskClient):
    with app.app_context():
        an_organizer()
    sign_in(client)
    assert ways(client, "/organizer/facts") == ["/organizer/", "/organizer/facts"]
    assert [client.get(address).status_code for address in ways(client, "/organizer/facts")] == [200, 200]


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/organizer/", "/organizer/"),
        ("/organizer/imports", "/organizer/"),
        ("/organizer/registrations", "/organizer/registrations"),
        ("/organizer/facts", "/organizer/facts"),
    ],
)
def test_the_way_one_stands_on_is_marked(office: Office, address: str, current: str):
    text = office.organizer.get(address).get_data(as_text=True)
    nav = re.search(r'<nav class="desk-nav".*?</nav>', text, re.DOTALL)
    assert nav is not None
    assert re.findall(r'href="([^"]+)" aria-current="page"', nav[0]) == [current]


def test_every_page_of_the_desk_stands_on_one_way(app: Flask):
    pages = {
        rule.endpoint.split(".")[1]
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("organizer.")
    }
    parts = sorted(part for _address, parts in desk.WAYS.values() for part in parts)
    assert parts == sorted(pages)
