"""Checkpoints at the desk: made, changed, closed and taken away, each with its kind and its group."""

import pytest
from cast import an_event, an_item, at, run
from doorway import scanned

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import Checkpoint
from eventapp.models.invitation import Invitation
from eventapp.rules import checkpoints, registrations

ADDRESS = "/organizer/checkpoints"
HOURS = {"opens_at": "2017-11-09T13:00", "closes_at": "2017-11-09T14:00"}
BUS = {"name_ko": "공항 버스", "name_en": "Airport bus", "kind": "shuttle in", "group": "", **HOURS}


def first_run():
    return run(db.session.get(Invitation, 1).event, 1)


def test_checkpoints_are_made_added_and_changed(app, office):
    office.organizer.post("/organizer/runs/1/usual-checkpoints")
    assert office.organizer.post("/organizer/runs/1/checkpoints", data=BUS).status_code == 303
    assert office.organizer.post("/organizer/runs/1/checkpoints", data=BUS).status_code == 409
    form = BUS | {"closes_at": "2017-11-09T15:30", "kind": "meal"}
    assert office.organizer.post(f"{ADDRESS}/10", data=form).status_code == 303
    with app.app_context():
        assert len(checkpoints.of_run(first_run())) == 10
        bus = db.session.get(Checkpoint, 10)
        assert (bus.closes_at, bus.kind) == (at("2017-11-09 15:30"), "meal")
    assert "공항 버스" in office.organizer.get(ADDRESS).text


def test_a_tour_is_given_its_group_and_no_other_runs(app, office):
    with app.app_context():
        group = an_item(first_run(), "2조 투어", group_number=2).id
        other = an_item(run(first_run().event, 2), "남의 투어").id
    form = BUS | {"kind": "tour"}
    assert (
        office.organizer.post("/organizer/runs/1/checkpoints", data=form | {"group": other}).status_code
        == 422
    )
    assert (
        office.organizer.post("/organizer/runs/1/checkpoints", data=form | {"group": group}).status_code
        == 303
    )
    with app.app_context():
        assert db.session.get(Checkpoint, 1).agenda_item_id == group


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"name_ko": "버스"},
        {"name_ko": "버스", "kind": "party", **HOURS},
        {"name_ko": "", **HOURS},
        {"name_ko": "x" * 99, **HOURS},
        {"name_ko": "버스", "opens_at": "0001-01-01T00:00", "closes_at": "9999-12-31T23:59"},
        {"name_ko": "버스", "opens_at": "gestern", "closes_at": "x"},
        {"name_ko": "버스", "opens_at": HOURS["closes_at"], "closes_at": HOURS["opens_at"]},
    ],
)
def test_a_checkpoint_that_cannot_be_keeps_what_was_typed(office, form):
    answer = office.organizer.post(
        "/organizer/runs/1/checkpoints", data={"kind": "gate", "group": "", **form}
    )
    assert answer.status_code in (409, 422)
    if form.get("name_ko"):
        assert f'value="{form["name_ko"]}"' in answer.text


def test_one_closes_in_one_press_and_only_an_unused_one_goes_away(app, office):
    with app.app_context():
        made = checkpoints.make_default(first_run())
        gate, spare = made[0], made[-1]
        registration = registrations.live(db.session.get(Invitation, office.maru))
        used = bool(registration) and scanned(registration[0], gate)
        ids = gate.id, spare.id
    with standing_at(at("2017-11-09 10:00")):
        assert office.organizer.post(f"{ADDRESS}/{ids[0]}/closing").status_code == 303
        for one in ids:
            assert office.organizer.post(f"{ADDRESS}/{one}/removal").status_code == 303
    with app.app_context():
        assert db.session.get(Checkpoint, ids[1]) is None
        assert used is False or db.session.get(Checkpoint, ids[0]).closes_at == at("2017-11-09 10:00")


def test_another_events_checkpoints_are_missing(app, office):
    with app.app_context():
        now_event = db.session.get(Invitation, 1).event
        with db.writing():
            now_event.slug, now_event.year = "2018", 2018
        old = checkpoints.make_default(run(an_event(), 1))[0].id
    for address in (ADDRESS + "/{}", ADDRESS + "/{}/closing", ADDRESS + "/{}/removal"):
        for number in (old, 0, 99999, 99999999999999):
            assert office.organizer.post(address.format(number), data=BUS).status_code == 404
    assert office.organizer.post("/organizer/runs/9/checkpoints", data=BUS).status_code == 404


def test_it_is_the_organizers_alone(office):
    for other in (office.daon, office.viewer):
        assert other.get(ADDRESS).status_code == 403


def test_many_checkpoints_ask_no_more_of_their_people(app, office, queries):
    with app.app_context():
        checkpoints.make_default(first_run())
    with queries() as seen:
        office.organizer.get(ADDRESS)
    assert len(seen) < 60
