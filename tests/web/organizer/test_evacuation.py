"""Who is inside now: seen since the last gate opened, not seen leaving since, walk-ins with them."""

import uuid
from datetime import timedelta

import pytest
from cast import HAN, JUNG, OH, a_registration, at, run
from doorway import a_checkpoint_of, scanned

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.reports import presence
from eventapp.rules import checkins
from eventapp.rules.checkins import Scan

ADDRESS = "/organizer/evacuation"
NOON = at("2017-11-09 12:00")


@pytest.fixture
def day(app, office):
    """Oh came; Jung came and left; Han only rode the bus; a stranger without a seat was let in."""
    with app.app_context():
        maru = db.session.get(Invitation, office.maru)
        first = run(maru.event, 1)
        oh, jung, han = (a_registration(maru, one) for one in (OH, JUNG, HAN))
        gate, bus, leaving = (
            a_checkpoint_of(first, kind) for kind in (Kind.GATE, Kind.SHUTTLE_IN, Kind.LEAVING)
        )
        scanned(oh, gate)
        scanned(jung, gate)
        scanned(jung, leaving, "11:00")
        scanned(han, bus)
        moment = at("2017-11-09 10:00")
        with standing_at(moment):
            stranger = Scan(str(uuid.uuid4()), gate, moment, moment, gate="A문")
            checkins.walk_in(stranger, "나그네", company=None, company_name="먼 회사")
        return first.id


def names(run_id, moment):
    return [one.name for one in presence.inside(db.session.get(EventSession, run_id), moment)]


def test_the_list_holds_who_is_inside_and_nobody_else(app, office, day):
    with app.app_context():
        assert names(day, NOON) == [OH.name, "나그네"]
    with standing_at(NOON):
        page = office.organizer.get(f"{ADDRESS}?run=1").text
    assert (OH.name in page, "나그네" in page, "A문" in page) == (True, True, True)
    assert (JUNG.name in page, HAN.name in page) == (False, False)
    assert page.count('class="tick-box"') == 2


def test_who_comes_back_is_inside_again_and_before_the_gate_opens_nobody_is(app, office, day):
    with app.app_context():
        maru = db.session.get(Invitation, office.maru)
        first = run(maru.event, 1)
        assert names(day, at("2017-11-09 07:00")) == []
        second = a_checkpoint_of(
            first, Kind.GATE, "이튿날", opens_at=at("2017-11-10 07:00"), closes_at=at("2017-11-10 18:00")
        )
        assert names(day, second.opens_at - timedelta(minutes=1)) == [OH.name, "나그네"]
        assert names(day, second.opens_at + timedelta(minutes=1)) == []


def test_it_is_the_organizers_alone(office, day):
    for other in (office.daon, office.viewer):
        assert other.get(ADDRESS).status_code == 403
