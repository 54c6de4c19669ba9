"""Preparing the door: what is shown once is shown once, what is shut out is out."""

import re

from cast import an_event, at, run
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.door_phone import DoorLink, DoorPhone
from eventapp.models.invitation import Invitation
from eventapp.rules import door_phones

ADDRESS = "/organizer/door-phones"


def test_a_link_shows_its_pin_once_and_its_qr_always(app, office):
    page = office.organizer.post("/organizer/runs/1/door-links").text
    pin = re.search(r"(\d{3}) (\d{3})", page)
    with app.app_context():
        link = db.session.scalar(select(DoorLink))
        door_phones.enrol(link, "".join(pin.groups()), name="민지")
        token = door_phones.token(link, app.config["LINK_KEY"].encode())
    again = office.organizer.get(ADDRESS).text
    assert (pin.group() in again, f"/door/enrol/{token}" in again, "<svg" in again) == (False, True, True)


def test_a_link_is_ended(app, office):
    office.organizer.post("/organizer/runs/1/door-links")
    assert office.organizer.post("/organizer/door-links/1/revocation").status_code == 303
    assert "/door/enrol/" not in office.organizer.get(ADDRESS).text


def test_a_scanners_token_is_shown_once(app, office):
    page = office.organizer.post("/organizer/runs/1/scanners", data={"name": "리더", "gate": "A문"}).text
    token = re.search(r'<code class="token">([^<]+)</code>', page).group(1)
    with app.app_context():
        assert door_phones.by_token(token).name == "리더"
    assert token not in office.organizer.get(ADDRESS).text
    assert office.organizer.post("/organizer/runs/1/scanners", data={}).status_code == 422


def test_a_phone_is_shut_out_in_one_press(app, office):
    office.organizer.post("/organizer/runs/2/scanners", data={"name": "리더"})
    assert office.organizer.post("/organizer/door-phones/1/revocation").status_code == 303
    with app.app_context():
        assert db.session.get(DoorPhone, 1).revoked_at is not None


def test_a_run_that_is_over_gets_no_link(office):
    with standing_at(at("2017-11-11 00:00")):
        assert office.organizer.post("/organizer/runs/1/door-links").status_code == 303
        form = {"name": "리더"}
        assert office.organizer.post("/organizer/runs/1/scanners", data=form).status_code == 409
        assert office.organizer.get(ADDRESS).status_code == 200


def test_another_events_things_are_missing(app, office):
    with app.app_context():
        now_event = db.session.get(Invitation, 1).event
        with db.writing():
            now_event.slug = "2018"
            now_event.year = 2018
        old = run(an_event(), 1)
        ids = (
            door_phones.make_link(old)[0].id,
            door_phones.add_scanner(old, "옛것")[0].id,
        )
    for address in ("door-links/{}/revocation", "door-phones/{}/revocation"):
        which = ids[("door-links", "door-phones").index(address.partition("/")[0])]
        for number in (which, 0, 99999, 99999999999999):
            assert office.organizer.post("/organizer/" + address.format(number)).status_code == 404
    assert office.organizer.post("/organizer/runs/9/door-links").status_code == 404


def test_it_is_the_organizers_alone(office):
    for other in (office.daon, office.viewer):
        assert other.get(ADDRESS).status_code == 403
