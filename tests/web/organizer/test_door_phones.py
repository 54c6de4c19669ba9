"""Preparing the door: what is shown once is shown once, what is shut out is out."""

import re

import pytest
from cast import an_event, at, run
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import Checkpoint
from eventapp.models.door_phone import DoorLink, DoorPhone
from eventapp.models.invitation import Invitation
from eventapp.rules import checkpoints, door_phones

ADDRESS = "/organizer/door-phones"
HOURS = {"opens_at": "2017-11-09T13:00", "closes_at": "2017-11-09T14:00"}


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


def test_checkpoints_are_made_added_and_changed(app, office):
    office.organizer.post("/organizer/runs/1/usual-checkpoints")
    form = {"name_ko": "공항 버스", "name_en": "Airport bus", **HOURS}
    assert office.organizer.post("/organizer/runs/1/checkpoints", data=form).status_code == 303
    assert office.organizer.post("/organizer/runs/1/checkpoints", data=form).status_code == 409
    form |= {"closes_at": "2017-11-09T15:30"}
    assert office.organizer.post("/organizer/checkpoints/5", data=form).status_code == 303
    with app.app_context():
        names = [one.name_ko for one in checkpoints.of_run(run(db.session.get(Invitation, 1).event, 1))]
        assert names == ["정문, 첫날", "투어", "공항 버스", "저녁 식사", "이튿날"]
        assert db.session.get(Checkpoint, 5).closes_at == at("2017-11-09 15:30")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"name_ko": "버스"},
        {"name_ko": "", **HOURS},
        {"name_ko": "x" * 99, **HOURS},
        {"name_ko": "버스", "opens_at": "0001-01-01T00:00", "closes_at": "9999-12-31T23:59"},
        {"name_ko": "버스", "opens_at": "gestern", "closes_at": "x"},
        {"name_ko": "버스", "opens_at": HOURS["closes_at"], "closes_at": HOURS["opens_at"]},
    ],
)
def test_a_checkpoint_that_cannot_be_keeps_what_was_typed(office, form):
    answer = office.organizer.post("/organizer/runs/1/checkpoints", data=form)
    assert answer.status_code in (409, 422)
    if form.get("name_ko"):
        assert f'value="{form["name_ko"]}"' in answer.text


def test_another_events_things_are_missing(app, office):
    with app.app_context():
        now_event = db.session.get(Invitation, 1).event
        with db.writing():
            now_event.slug = "2018"
            now_event.year = 2018
        old = run(an_event(), 1)
        ids = (
            checkpoints.make_default(old)[0].id,
            door_phones.make_link(old)[0].id,
            door_phones.add_scanner(old, "옛것")[0].id,
        )
    for address in ("checkpoints/{}", "door-links/{}/revocation", "door-phones/{}/revocation"):
        which = ids[("checkpoints", "door-links", "door-phones").index(address.partition("/")[0])]
        for number in (which, 0, 99999, 99999999999999):
            assert office.organizer.post("/organizer/" + address.format(number)).status_code == 404
    assert office.organizer.post("/organizer/runs/9/door-links").status_code == 404


def test_it_is_the_organizers_alone(office):
    for other in (office.daon, office.viewer):
        assert other.get(ADDRESS).status_code == 403
