"""What one scan turns out to be: not expected here, after the doors closed, and let in all the same."""

import uuid

import pytest
from cast import a_registration, an_event, an_invitation, at, attendee_of, run
from doorway import a_checkpoint_of, scanned

from eventapp.clock import standing_at
from eventapp.models.checkin import CheckInKind
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.reports import audit, rosters
from eventapp.rules import checkins, registrations
from eventapp.rules.checkins import Scan

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def somebody():
    registration = a_registration(an_invitation(an_event()))
    return registration, run(registration.invitation.event, 1)


def test_who_is_not_expected_is_not_counted_and_the_phone_hears_why(somebody):
    registration, first = somebody
    bus = a_checkpoint_of(first, Kind.SHUTTLE_IN)
    scan = scanned(registration, bus)
    assert (scan.verdict, scan.counted) == ("not expected", False)
    assert rosters.answer(scan)["sentence"] == "이 버스를 신청하지 않았습니다"
    assert rosters.count(bus).inside == 0


def test_let_in_all_the_same_counts_and_a_second_time_is_already_in(somebody):
    registration, first = somebody
    bus = a_checkpoint_of(first, Kind.SHUTTLE_IN)
    scanned(registration, bus)
    anyway = scanned(registration, bus, "09:13", kind=CheckInKind.ANYWAY)
    assert (anyway.verdict, anyway.counted, anyway.kind) == ("admitted", True, "anyway")
    assert scanned(registration, bus, "09:14").verdict == "already in"
    counts = rosters.count(bus)
    assert (counts.inside, counts.expected) == (1, 1)
    assert audit.broken() == []


def test_after_closing_only_who_came_before_is_known(somebody):
    registration, first = somebody
    late = a_registration(an_invitation(registration.invitation.event))
    gate = a_checkpoint_of(first, Kind.GATE)
    scanned(registration, gate)
    told = scanned(late, gate, "20:01")
    assert (told.verdict, rosters.answer(told)["sentence"]) == ("not expected", "20:00에 닫혔습니다")
    assert scanned(late, gate, "20:02", kind=CheckInKind.ANYWAY).verdict == "admitted"


def test_all_the_same_is_no_way_in_for_a_badge_that_has_ended(somebody):
    registration, first = somebody
    gate = a_checkpoint_of(first, Kind.GATE)
    badge_owner = attendee_of(registration).id
    registrations.cancel(registration)
    from_list = scanned_from_list(gate, badge_owner)
    assert (from_list.verdict, from_list.counted) == ("cancelled", False)


def scanned_from_list(gate, attendee_id):
    moment = at("2017-11-09 09:12")
    with standing_at(moment):
        scan = Scan(str(uuid.uuid4()), gate, moment, moment, attendee_id=attendee_id)
        return checkins.check_in(scan, CheckInKind.ANYWAY)
