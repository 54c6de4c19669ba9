"""The day's page: numbers for everybody, names only of one's own companies."""

import uuid
from datetime import timedelta

import pytest
from cast import OH, a_checkpoint, a_registration, an_invitation, at, badge_of, run
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckIn, Checkpoint
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.reports import arrivals
from eventapp.rules import checkins, door_phones, registrations
from eventapp.rules.checkins import Scan

MORNING = at("2017-11-09 09:12")
ADDRESS, LIVE = "/organizer/arrivals", "/organizer/arrivals/live"


@pytest.fixture
def gate(app, office):
    """One of maru's two and garam's one came; a stranger was let in; a phone went quiet. The gate's id."""
    with app.app_context():
        maru, garam = (db.session.get(Invitation, one) for one in (office.maru, office.garam))
        here, also = a_registration(maru, OH), a_registration(garam)
        a_registration(maru)
        first = run(maru.event, 1)
        checkpoint = a_checkpoint(first)
        phone, _secret = door_phones.add_scanner(first, "하린", gate="B문")
        with standing_at(MORNING):
            for place, one in enumerate((here, also)):
                scan(checkpoint, MORNING + timedelta(minutes=9 * place), code=badge_of(one).code)
            door_phones.note_contact(phone, checkpoint=checkpoint, waiting=3)
            stranger = Scan(str(uuid.uuid4()), checkpoint, scanned_at=MORNING, at=MORNING)
            checkins.walk_in(stranger, "나그네", company=None, company_name="먼 회사")
        return checkpoint.id


def scan(checkpoint, when, **more):
    checkins.check_in(Scan(str(uuid.uuid4()), checkpoint, scanned_at=when, at=when, **more))


def test_the_report_counts_companies_minutes_and_quiet_phones(app, gate):
    with app.app_context():
        told = arrivals.of(db.session.get(Checkpoint, gate), MORNING + timedelta(minutes=15))
        assert (told.inside, told.expected) == (2, 3)
        assert [(line.company, len(line.came), line.size) for line in told.waiting] == [("마루소프트", 1, 2)]
        assert [line.company for line in told.complete] == ["가람서버"]
        assert [(ten.count, ten.now) for ten in told.tens[:3]] == [(1, False), (1, True), (0, False)]
        assert len(told.tens) == 10
        assert [(line.phone.name, line.is_missed) for line in told.phones] == [("하린", True)]
        assert [one.walk_in_name for one in told.to_settle] == ["나그네"]


def test_the_page_shows_the_checkpoint_that_is_open_now(office, gate):
    with standing_at(MORNING + timedelta(minutes=15)):
        page = office.organizer.get(ADDRESS).text
    assert '<span class="big">2</span>' in page
    for word in ("마루소프트", "가람서버", "나그네", "하린"):
        assert word in page


def test_the_live_part_is_the_same_without_its_frame(office, gate):
    part = office.organizer.get(f"{LIVE}?checkpoint={gate}").text
    assert part.lstrip().startswith("<div data-as-of=")
    assert '<span class="big">2</span>' in part


def test_a_host_contact_sees_the_numbers_but_only_their_companies_people(office, gate):
    page = office.daon.get(ADDRESS).text
    assert '<span class="big">2</span>' in page
    assert ("가람서버" in page, "마루소프트" in page, "나그네" in page) == (True, False, False)


def test_a_walk_in_is_seen_to_once_and_only_by_an_organizer(app, office, gate):
    with app.app_context():
        stranger = db.session.scalar(select(CheckIn.id).where(CheckIn.walk_in_name == "나그네"))
    address = f"/organizer/walk-ins/{stranger}/settlement"
    assert office.viewer.post(address).status_code == 403
    assert office.organizer.post(address).status_code == 303
    assert "나그네" not in office.organizer.get(LIVE).text
    assert office.organizer.post(f"/organizer/walk-ins/{uuid.uuid4()}/settlement").status_code == 404


@pytest.mark.parametrize("checkpoint", ["", "0", "x", "99999999999999"])
def test_a_made_up_checkpoint_is_the_usual_one(office, gate, checkpoint):
    assert office.organizer.get(f"{ADDRESS}?checkpoint={checkpoint}").status_code == 200


def test_before_there_are_checkpoints_the_page_says_what_to_do(office):
    assert office.organizer.get(ADDRESS).status_code == 200
    assert office.organizer.get(LIVE).status_code == 404


def test_it_costs_the_same_for_few_companies_and_for_many(app, office, gate, queries):
    office.organizer.get(LIVE)
    with queries() as few:
        office.organizer.get(LIVE)
    with app.app_context():
        for _ in range(29):
            a_registration(an_invitation(db.session.get(Checkpoint, gate).event_session.event))
    with queries() as many:
        office.organizer.get(LIVE)
    assert len(few) == len(many)


def test_an_unchanged_board_is_answered_with_a_word_and_a_new_arrival_is_there_at_once(app, office, gate):
    """Every reader asks every four seconds: what has not changed costs three small questions and no page."""
    for path in (LIVE, f"{ADDRESS}/wall/live"):
        with standing_at(MORNING + timedelta(minutes=15)):
            first = office.organizer.get(f"{path}?checkpoint={gate}")
            mark = {"If-None-Match": first.headers["ETag"]}
            again = office.organizer.get(f"{path}?checkpoint={gate}", headers=mark)
            assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
            assert again.headers["X-As-Of"] == first.headers["X-As-Of"]
            other = office.daon.get(f"{path}?checkpoint={gate}", headers=mark)
            assert other.status_code == 200
            with app.app_context():
                late = a_registration(db.session.get(Invitation, office.maru))
                expected_now = office.organizer.get(f"{path}?checkpoint={gate}", headers=mark)
                assert expected_now.status_code == 200
                mark = {"If-None-Match": expected_now.headers["ETag"]}
                late_id = late.id
                scan(
                    db.session.get(Checkpoint, gate),
                    MORNING + timedelta(minutes=14),
                    code=badge_of(late).code,
                )
            assert office.organizer.get(f"{path}?checkpoint={gate}", headers=mark).status_code == 200
            with app.app_context():
                registrations.cancel(db.session.get(Registration, late_id))


def test_the_board_shows_every_checkpoint_and_the_wall_nobodys_name(office, gate):
    with standing_at(MORNING + timedelta(minutes=15)):
        board = office.organizer.get(ADDRESS).text
        wall = office.organizer.get(f"{ADDRESS}/wall").text
    assert "지금 안에 3명" in board
    assert "체크 지점별" in board
    assert ("마루소프트" in wall, "나그네" in wall, OH.name in wall, "하린" in wall) == (
        True,
        False,
        False,
        False,
    )
