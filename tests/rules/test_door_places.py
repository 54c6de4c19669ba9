"""What the door may do about a place: a seat of the pool for a walk-in, a colleague who comes instead."""

import uuid

import pytest
from cast import OH, a_company, a_registration, an_event, an_invitation, at, attendee_of, run
from doorway import a_checkpoint_of, scanned

from eventapp.clock import standing_at
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.reports import audit
from eventapp.rules import badges, checkins, pools, seats
from eventapp.rules.checkins import Scan

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
MORNING = at("2017-11-09 09:12")


@pytest.fixture
def gate():
    return a_checkpoint_of(run(an_event(), 1), Kind.GATE)


def walk_in(gate, name, company):
    with standing_at(MORNING):
        scan = Scan(str(uuid.uuid4()), gate, MORNING, MORNING)
        return checkins.walk_in(scan, name, company=company, company_name=company.name)


def instead(gate, registration, name, **more):
    scan_id = more.pop("id", str(uuid.uuid4()))
    with standing_at(MORNING):
        scan = Scan(scan_id, gate, MORNING, MORNING, attendee_id=attendee_of(registration).id)
        return checkins.substitute(scan, name)


def test_a_walk_in_takes_the_companys_own_seat_before_one_of_the_pool(gate):
    event = gate.event_session.event
    giver = an_invitation(event, seats_kept=3)
    pools.give_back(giver, 1)
    company = a_company("가람서버")
    invitation = an_invitation(event, company, seats_kept=2)
    a_registration(invitation)
    assert walk_in(gate, "김하늘", company).counted
    assert (invitation.seats, pools.size(event)) == (2, 1)
    assert walk_in(gate, "박바다", company).counted
    assert (invitation.seats, pools.size(event), seats.used(invitation)) == (3, 0, 3)
    third = walk_in(gate, "최우주", company)
    assert (third.verdict, third.counted, third.settled_at) == ("admitted", False, None)
    assert invitation.seats == 3
    assert audit.broken() == []


def test_where_no_place_is_free_the_pool_keeps_its_seat():
    event = an_event(capacity=(1, 42))
    gate = a_checkpoint_of(run(event, 1), Kind.GATE)
    pools.give_back(an_invitation(event, seats_kept=3), 1)
    company = a_company("가람서버")
    invitation = an_invitation(event, company, seats_kept=1)
    a_registration(invitation)
    assert walk_in(gate, "김하늘", company).attendee_id is None
    assert (invitation.seats, pools.size(event)) == (1, 1)


def test_a_colleague_comes_instead_and_the_old_badge_ends(gate):
    registration = a_registration(an_invitation(gate.event_session.event), OH)
    before = attendee_of(registration)
    check_in = instead(gate, registration, "박바다")
    after = attendee_of(registration)
    assert (check_in.verdict, check_in.counted, check_in.attendee_id) == ("admitted", True, after.id)
    assert (after.person.name, check_in.settled_at is not None) == ("박바다", True)
    assert badges.last(before).revoked_because == "replaced"
    assert audit.broken() == []


def test_the_same_substitution_again_changes_nothing(gate):
    registration = a_registration(an_invitation(gate.event_session.event), OH)
    scan_id = str(uuid.uuid4())
    first = instead(gate, registration, "박바다", id=scan_id)
    assert instead(gate, registration, "박바다", id=scan_id).attendee_id == first.attendee_id


def test_nobody_comes_instead_of_who_is_in_already(gate):
    registration = a_registration(an_invitation(gate.event_session.event), OH)
    scanned(registration, gate)
    told = instead(gate, registration, "박바다")
    assert (told.counted, told.settled_at, told.walk_in_name) == (False, None, "박바다")
    assert attendee_of(registration).person.name == OH.name
