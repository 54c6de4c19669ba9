"""Every scan is a row, one of them counts, and the order in which they arrive does not matter."""

import random
import uuid
from datetime import timedelta

import pytest
from cast import (
    HAN,
    OH,
    a_checkpoint,
    a_company,
    a_registration,
    an_event,
    an_invitation,
    at,
    attendee_of,
    badge_of,
    run,
)
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckIn, CheckInUndo
from eventapp.models.roster import RosterMark
from eventapp.reports import audit
from eventapp.rules import checkins, registrations, seats
from eventapp.rules.checkins import Scan

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
MORNING = at("2017-11-09 09:12")


def a_scan(checkpoint, *, when=MORNING, **more):
    return Scan(more.pop("id", str(uuid.uuid4())), checkpoint, scanned_at=when, at=when, gate="A문", **more)


def scan_of(registration, checkpoint, **more):
    return a_scan(checkpoint, code=badge_of(registration).code, **more)


@pytest.fixture
def door():
    """A registration for run 1 and the run's checkpoint, on the morning of the first day."""
    event = an_event()
    registration = a_registration(an_invitation(event), OH)
    checkpoint = a_checkpoint(run(event, 1))
    with standing_at(MORNING):
        yield registration, checkpoint


def test_a_badge_is_admitted_and_the_phones_list_learns_of_it(door):
    registration, checkpoint = door
    version = checkpoint.event_session.roster_version
    check_in = checkins.check_in(scan_of(registration, checkpoint))
    assert (check_in.verdict, check_in.counted, check_in.gate) == ("admitted", True, "A문")
    assert checkpoint.event_session.roster_version == version + 1
    mark = db.session.scalar(
        select(RosterMark).where(RosterMark.event_session_id == checkpoint.event_session_id)
    )
    assert (mark.attendee_id, mark.version) == (attendee_of(registration).id, version + 1)


def test_a_repeat_changes_nothing_and_answers_the_same(door):
    registration, checkpoint = door
    scan = scan_of(registration, checkpoint)
    first, again = checkins.check_in(scan), checkins.check_in(scan)
    assert (first.id, first.verdict, again.verdict) == (again.id, "admitted", "admitted")
    assert len(db.session.scalars(select(CheckIn)).all()) == 1


def test_a_second_scan_is_already_in_and_names_the_first(door):
    registration, checkpoint = door
    first = checkins.check_in(scan_of(registration, checkpoint))
    later = checkins.check_in(scan_of(registration, checkpoint, when=MORNING + timedelta(minutes=9)))
    assert (later.verdict, later.counted) == ("already in", False)
    assert checkins.first_of(later).id == first.id


def test_another_checkpoint_counts_by_itself(door):
    registration, checkpoint = door
    checkins.check_in(scan_of(registration, checkpoint))
    dinner = a_checkpoint(checkpoint.event_session, "저녁 식사", opens_at=at("2017-11-09 09:00"))
    assert checkins.check_in(scan_of(registration, dinner)).verdict == "admitted"


def test_the_other_verdicts(door):
    registration, checkpoint = door
    event = checkpoint.event_session.event
    other = a_registration(an_invitation(event), number=2)
    open_run = a_registration(an_invitation(event), number=None)
    gone, handed_on = a_registration(an_invitation(event)), a_registration(an_invitation(event), HAN)
    scans = {
        "wrong run": scan_of(other, checkpoint),
        "run still open": scan_of(open_run, checkpoint),
        "cancelled": scan_of(gone, checkpoint),
        "replaced": scan_of(handed_on, checkpoint),
        "not yet": scan_of(registration, checkpoint, when=at("2017-11-09 07:59")),
        "unknown": a_scan(checkpoint, code="누구세요" * 40),
        "from the list": a_scan(checkpoint, attendee_id=attendee_of(registration).id),
        "nobody of the list": a_scan(checkpoint, attendee_id=999_999),
    }
    registrations.cancel(gone)
    registrations.substitute(handed_on, OH, late=True)
    verdicts = {name: checkins.check_in(scan) for name, scan in scans.items()}
    assert {name: row.verdict for name, row in verdicts.items()} == {
        "wrong run": "wrong run",
        "run still open": "wrong run",
        "cancelled": "cancelled",
        "replaced": "replaced",
        "not yet": "not yet",
        "unknown": "unknown",
        "from the list": "admitted",
        "nobody of the list": "unknown",
    }
    assert len(verdicts["unknown"].code) == 80
    assert len(db.session.scalars(select(CheckIn)).all()) == 8


def test_a_badge_of_another_event_is_unknown(door):
    _, checkpoint = door
    with db.writing():
        checkpoint.event_session.event.slug = "2016"
    stranger = a_registration(an_invitation(an_event()))
    assert checkins.check_in(scan_of(stranger, checkpoint)).verdict == "unknown"


def test_a_scan_from_before_the_change_that_comes_late_still_counts(door):
    registration, checkpoint = door
    scan = scan_of(registration, checkpoint)
    with standing_at(MORNING + timedelta(hours=1)):
        registrations.cancel(registration)
        assert checkins.check_in(scan).verdict == "admitted"


def test_a_late_earlier_scan_takes_over_and_an_undo_hands_it_back(door):
    registration, checkpoint = door
    online = checkins.check_in(scan_of(registration, checkpoint))
    offline = checkins.check_in(scan_of(registration, checkpoint, when=MORNING - timedelta(minutes=3)))
    assert (online.verdict, online.counted) == ("already in", False)
    assert (offline.verdict, offline.counted) == ("admitted", True)
    take_back(checkpoint, offline.id)
    assert (online.verdict, online.counted) == ("admitted", True)
    assert (offline.counted, offline.undone_by) == (False, "민지")


def test_an_undo_may_arrive_before_its_scan(door):
    registration, checkpoint = door
    scan = scan_of(registration, checkpoint)
    assert take_back(checkpoint, scan.id) is None
    late = checkins.check_in(scan)
    assert (late.counted, late.undone_at, late.undone_by) == (False, MORNING, "민지")


def test_a_scan_of_another_run_is_neither_told_nor_taken_back(door):
    registration, checkpoint = door
    scan = scan_of(registration, checkpoint)
    checkins.check_in(scan)
    elsewhere = a_checkpoint(run(checkpoint.event_session.event, 2))
    with pytest.raises(checkins.OtherRunsScan):
        checkins.check_in(a_scan(elsewhere, id=scan.id))
    with pytest.raises(checkins.OtherRunsScan):
        take_back(elsewhere, scan.id)
    assert db.session.scalars(select(CheckInUndo)).all() == []


def test_somebody_of_the_other_run_moves_to_today_and_is_in(door):
    _, checkpoint = door
    event = checkpoint.event_session.event
    other = a_registration(an_invitation(event), number=2)
    scan = scan_of(other, checkpoint)
    check_in, sentence = checkins.move_here(scan)
    assert (check_in.kind, check_in.verdict, check_in.counted, sentence) == ("move", "admitted", True, "")
    assert (seats.taken(run(event, 1)), seats.taken(run(event, 2))) == (2, 0)
    assert checkins.move_here(scan)[0].verdict == "admitted"


def test_a_move_into_a_full_run_is_a_row_with_the_sentence(door):
    _, checkpoint = door
    event = checkpoint.event_session.event
    seats.set_capacity(checkpoint.event_session, 1)
    for number in (2, None):
        scan = scan_of(a_registration(an_invitation(event), number=number), checkpoint)
        for _ in range(2):
            check_in, sentence = checkins.move_here(scan)
            assert (check_in.verdict, check_in.counted) == ("wrong run", False)
            assert sentence == str(seats.full(checkpoint.event_session))
    assert seats.taken(checkpoint.event_session) == 1


def walk_in(checkpoint, name, company, **more):
    scan = a_scan(checkpoint, **more)
    return checkins.walk_in(
        scan, name, company=company, company_name=company.name if company else "모르는 회사"
    )


def test_a_walk_in_of_a_company_with_a_free_seat_is_registered_and_in(door):
    registration, checkpoint = door
    invitation = registration.invitation
    check_in = walk_in(checkpoint, "김하늘", invitation.company)
    assert (check_in.verdict, check_in.counted, check_in.settled_at) == ("admitted", True, MORNING)
    assert check_in.attendee.person.name == "김하늘"
    assert seats.used(invitation) == 2


def test_a_walk_in_without_a_free_seat_or_company_stays_to_settle(door):
    registration, checkpoint = door
    seats.set_seats(registration.invitation, 1)
    for company in (registration.invitation.company, None, a_company("손님 없는 곳")):
        check_in = walk_in(checkpoint, "김하늘", company)
        assert (check_in.verdict, check_in.counted, check_in.settled_at) == ("admitted", False, None)
        assert check_in.attendee_id is None
    assert seats.used(registration.invitation) == 1
    checkins.settle(check_in)
    assert check_in.settled_at == MORNING


def test_a_walk_in_who_is_on_the_list_is_that_attendee(door):
    registration, checkpoint = door
    check_in = walk_in(checkpoint, OH.name, registration.invitation.company)
    assert check_in.attendee_id == attendee_of(registration).id
    assert seats.used(registration.invitation) == 1


def take_back(checkpoint, check_in_id, *, undo_id=None, when=MORNING):
    return checkins.take_back(
        undo_id or str(uuid.uuid4()),
        check_in_id,
        event_session=checkpoint.event_session,
        undone_at=when,
        by="민지",
    )


def the_tables():
    rows = db.session.scalars(select(CheckIn).order_by(CheckIn.id)).all()
    undos = db.session.scalars(select(CheckInUndo).order_by(CheckInUndo.id)).all()
    return (
        sorted((row.id, row.verdict, row.counted, row.at, row.undone_at, row.undone_by) for row in rows),
        sorted((undo.id, undo.check_in_id, undo.undone_at) for undo in undos),
    )


def wipe():
    with db.writing():
        for row in [*db.session.scalars(select(CheckIn)), *db.session.scalars(select(CheckInUndo))]:
            db.session.delete(row)


def test_every_order_of_delivery_gives_the_same_tables(door):
    """Scans by two phones, equal times among them, undos and repeats, shuffled; the tables are the same."""
    registration, checkpoint = door
    other = a_registration(an_invitation(checkpoint.event_session.event))
    chance = random.Random(85)
    for _ in range(6):
        scans = [
            scan_of(
                chance.choice((registration, other)),
                checkpoint,
                when=MORNING + timedelta(minutes=chance.randrange(4)),
            )
            for _ in range(5)
        ]
        deliveries = [("scan", scan) for scan in scans]
        for scan in chance.choices(scans, k=3):
            when = MORNING + timedelta(minutes=chance.randrange(9))
            deliveries.append(("undo", (scan.id, str(uuid.uuid4()), when)))
        seen = []
        for _ in range(4):
            order = deliveries + chance.choices(deliveries, k=3)
            chance.shuffle(order)
            for kind, what in order:
                if kind == "scan":
                    checkins.check_in(what)
                else:
                    take_back(checkpoint, what[0], undo_id=what[1], when=what[2])
            seen.append(the_tables())
            assert list(audit.broken()) == []
            wipe()
        assert seen == [seen[0]] * 4
