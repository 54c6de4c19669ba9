"""What was handed out is remembered, and what changed since appears once, and nothing else."""

from dataclasses import replace

import pytest
from cast import (
    OH,
    a_colleague,
    a_registration,
    an_event,
    an_invitation,
    an_item,
    an_organizer,
    at,
    attendee_of,
    run,
)
from sqlalchemy import func, select, update

from eventapp.db import db
from eventapp.models.journal import JournalEntry
from eventapp.models.printout import Kind, PrintoutLine, Way
from eventapp.models.programme import Kind as ItemKind
from eventapp.models.registration import Diet, Registration, Room
from eventapp.reports import audit, run_lists
from eventapp.rules import attendees, printouts, publications, registrations, travel
from eventapp.rules.travel import Plans

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
PLANS = Plans(
    arrives_at=at("2017-11-09 08:20"),
    departs_at=at("2017-11-10 17:10"),
    flight_in="KE1203",
    flight_out="KE1204",
    shuttle_in=True,
    shuttle_out=True,
    room=Room.TWIN,
)


@pytest.fixture
def four() -> list[Registration]:
    """Four in run 1, all on the bus; dinner on the first evening."""
    event = an_event()
    an_item(run(event, 1), "저녁 식사", hour=18, kind=ItemKind.MEAL)
    publications.publish(event)
    invitation = an_invitation(event, seats_kept=6)
    made = [a_registration(invitation, who) for who in (OH, a_colleague(), a_colleague(), a_colleague())]
    for registration in made:
        attendees.confirm(attendee_of(registration))
        travel.save(attendee_of(registration), PLANS)
    hand_out(event)
    return made


def hand_out(event, number: int = 1) -> None:
    for kind in Kind:
        lines = run_lists.of(run(event, number), kind)
        told = {(line.registration_id, line.person_id): line.told for line in lines}
        printouts.keep(run(event, number), kind, way=Way.PAPER, lines=told)


def changed(event, kind: Kind, number: int = 1) -> list[tuple[str, int, list[str]]]:
    """(what, registration, the fields that differ) since the last printout."""
    event_session = run(event, number)
    [last, *_older] = printouts.of_run(event_session, kind)
    found = run_lists.changes(run_lists.printed(last), run_lists.of(event_session, kind))
    return [(one.what, (one.after or one.before).registration_id, fields(one)) for one in found]


def fields(change) -> list[str]:
    if change.before is None or change.after is None:
        return []
    before, after = change.before.told or {}, change.after.told
    return sorted(name for name in after if before.get(name) != after[name])


def test_nothing_changed_since_a_moment_ago(four):
    event = four[0].invitation.event
    assert [changed(event, kind) for kind in Kind] == [[], [], []]


def test_a_cancellation_is_gone_from_every_list(four):
    event = four[0].invitation.event
    registrations.cancel(four[1])
    assert [changed(event, kind) for kind in Kind] == [[("gone", four[1].id, [])]] * 3


def test_a_move_leaves_one_run_and_comes_to_the_other(four):
    event = four[0].invitation.event
    hand_out(event, 2)
    registrations.move(four[1], run(event, 2))
    for kind in Kind:
        assert changed(event, kind) == [("gone", four[1].id, [])]
        assert changed(event, kind, 2) == [("added", four[1].id, [])]


def test_a_colleague_instead_is_one_changed_line(four):
    event = four[0].invitation.event
    registrations.substitute(four[1], a_colleague(title="대리"))
    assert changed(event, Kind.HOTEL) == [("changed", four[1].id, ["name"])]
    gone = ["in_at", "in_flight", "name", "out_at", "out_flight"]
    assert changed(event, Kind.SHUTTLE) == [("changed", four[1].id, gone)]
    assert changed(event, Kind.MEALS) == [("changed", four[1].id, ["name"])]


def test_a_flight_concerns_the_bus_and_a_diet_the_kitchen(four):
    event = four[0].invitation.event
    travel.save(attendee_of(four[2]), replace(PLANS, flight_in="KE1207"))
    attendees.confirm(attendee_of(four[3]), diet=Diet.VEGAN)
    assert changed(event, Kind.HOTEL) == []
    assert changed(event, Kind.SHUTTLE) == [("changed", four[2].id, ["in_flight"])]
    assert changed(event, Kind.MEALS) == [("changed", four[3].id, ["diet"])]


def test_who_leaves_the_same_day_sleeps_nowhere_and_misses_dinner(four):
    event = four[0].invitation.event
    travel.save(attendee_of(four[2]), replace(PLANS, departs_at=at("2017-11-09 18:00")))
    assert changed(event, Kind.HOTEL) == [("gone", four[2].id, [])]
    assert changed(event, Kind.MEALS) == [("changed", four[2].id, ["missed"])]


def test_without_the_bus_a_flight_is_nobodys_business(four):
    event = four[0].invitation.event
    no_bus = replace(PLANS, shuttle_in=False, shuttle_out=False)
    travel.save(attendee_of(four[2]), no_bus)
    assert changed(event, Kind.SHUTTLE) == [("gone", four[2].id, [])]
    hand_out(event)
    travel.save(attendee_of(four[2]), replace(no_bus, flight_in="KE1207"))
    assert changed(event, Kind.SHUTTLE) == []


def test_the_bus_of_one_way_knows_nothing_of_the_other(four):
    event = four[0].invitation.event
    there = replace(PLANS, shuttle_out=False)
    travel.save(attendee_of(four[2]), there)
    hand_out(event)
    travel.save(attendee_of(four[2]), replace(there, flight_out="KE1299", departs_at=at("2017-11-10 20:00")))
    assert changed(event, Kind.SHUTTLE) == []


def test_all_at_once_each_once_and_handing_out_again_empties_the_list(four):
    event = four[0].invitation.event
    registrations.substitute(four[0], a_colleague())
    registrations.cancel(four[1])
    travel.save(attendee_of(four[2]), replace(PLANS, flight_in="KE1207"))
    attendees.confirm(attendee_of(four[3]), diet=Diet.VEGAN)
    new = a_registration(four[0].invitation)
    travel.save(attendee_of(new), PLANS)
    assert sorted((what, who) for what, who, _fields in changed(event, Kind.SHUTTLE)) == [
        ("added", new.id),
        ("changed", four[0].id),
        ("changed", four[2].id),
        ("gone", four[1].id),
    ]
    hand_out(event)
    assert [changed(event, kind) for kind in Kind] == [[], [], []]


def test_the_last_two_are_kept_and_the_journal_says_who_took_whose_data(four):
    event = four[0].invitation.event
    account = an_organizer()
    for _time in range(2):
        lines = run_lists.of(run(event, 1), Kind.HOTEL)
        told = {(line.registration_id, line.person_id): line.told for line in lines}
        printouts.keep(run(event, 1), Kind.HOTEL, way=Way.FILE, lines=told, by=account)
    newest, earlier, first = printouts.of_run(run(event, 1), Kind.HOTEL)
    assert [len(run_lists.printed(one)) for one in (newest, earlier, first)] == [4, 4, 0]
    assert (newest.staff_id, printouts.before(newest).id) == (account.id, earlier.id)
    entry = db.session.scalars(
        select(JournalEntry).where(JournalEntry.action == "list printed").order_by(JournalEntry.id.desc())
    ).first()
    people = sorted(attendee_of(one).person_id for one in four)
    assert entry.detail == {"kind": "hotel", "way": "file", "run": 1, "person_ids": people}
    assert audit.broken() == []


def test_a_sheet_of_another_event_and_one_kept_too_long_are_named(four):
    other = run(an_event(year=2016), 1)
    lines = {(four[0].id, attendee_of(four[0]).person_id): {}}
    told = printouts.keep(other, Kind.HOTEL, way=Way.PAPER, lines=lines)
    assert audit.broken() == [f"printout {told.id}: somebody of another event stands on it"]
    registration = a_registration(an_invitation(other.event))
    own = {(registration.id, attendee_of(registration).person_id): {}}
    for _time in range(2):
        printouts.keep(other, Kind.HOTEL, way=Way.PAPER, lines=own)
    assert audit.broken() == []
    with db.writing():
        db.session.add(
            PrintoutLine(printout_id=told.id, registration_id=registration.id, person_id=next(iter(own))[1])
        )
    assert audit.broken() == [f"printout {told.id}: what stood on it is kept too long"]


def test_an_erased_line_names_nobody_and_counts_as_changed(four):
    event = four[0].invitation.event
    person_id = attendee_of(four[1]).person_id
    with db.writing():
        db.session.execute(update(PrintoutLine).where(PrintoutLine.person_id == person_id).values(told=None))
    assert db.session.scalar(select(func.count()).where(PrintoutLine.told.is_(None))) == 3
    assert [(what, who) for what, who, _ in changed(event, Kind.HOTEL)] == [("changed", four[1].id)]
