"""The moments of a run at which badges are scanned."""

import uuid

import pytest
from cast import a_checkpoint, a_registration, an_event, an_invitation, an_item, at, badge_of, run

from eventapp.clock import standing_at
from eventapp.formats import dates
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.reports import rosters
from eventapp.rules import checkins, checkpoints
from eventapp.rules.checkins import Scan
from eventapp.rules.checkpoints import Words

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def words(name="공항 버스", opens="2017-11-09 13:00", closes="2017-11-09 14:00", **more):
    return Words(name_ko=name, opens_at=at(opens), closes_at=at(closes), **more)


def test_a_run_gets_its_usual_checkpoints_once():
    first = run(an_event(), 1)
    made = checkpoints.make_default(first)
    assert [(one.name_ko, one.kind, dates.local(one.opens_at, "Asia/Seoul").day) for one in made] == [
        ("정문, 첫날", "gate", 9),
        ("오는 버스", "shuttle in", 9),
        ("투어", "tour", 9),
        ("먼저 출발", "leaving", 9),
        ("방 열쇠", "key out", 9),
        ("저녁 식사", "meal", 9),
        ("이튿날", "gate", 10),
        ("열쇠 반납", "key back", 10),
        ("가는 버스", "shuttle out", 10),
    ]
    assert [one.id for one in checkpoints.make_default(first)] == [one.id for one in made]


def test_a_checkpoint_is_added_and_changed():
    first = run(an_event(), 1)
    bus = checkpoints.add(first, words(kind=Kind.SHUTTLE_IN))
    checkpoints.change(bus, words("제주공항 버스", closes="2017-11-09 15:00", name_en="Airport bus"))
    assert (bus.name_ko, bus.name_en, bus.closes_at, bus.kind) == (
        "제주공항 버스",
        "Airport bus",
        at("2017-11-09 15:00"),
        "gate",
    )


def test_a_change_tells_the_phones_everybody_again():
    event = an_event()
    a_registration(an_invitation(event))
    first = run(event, 1)
    meal = checkpoints.add(first, words())
    version = first.roster_version
    checkpoints.change(meal, words(kind=Kind.MEAL))
    assert [one["id"] for one in rosters.changes(meal, version)["attendees"]] != []


def test_only_a_tour_has_a_group():
    first = run(an_event(), 1)
    group = an_item(first, kind="tour", group_number=2)
    tour = checkpoints.add(first, words("2조", kind=Kind.TOUR, agenda_item=group))
    meal = checkpoints.add(first, words("점심", kind=Kind.MEAL, agenda_item=group))
    assert (tour.agenda_item_id, meal.agenda_item_id) == (group.id, None)


def test_a_name_twice_or_times_turned_round_are_refused():
    first = run(an_event(), 1)
    bus = checkpoints.add(first, words())
    with pytest.raises(checkpoints.NameTaken):
        checkpoints.add(first, words())
    with pytest.raises(checkpoints.TimesTurned):
        checkpoints.change(bus, words(opens="2017-11-09 14:00", closes="2017-11-09 13:00"))
    checkpoints.change(bus, words())
    assert len(checkpoints.of_run(first)) == 1


def test_one_that_is_open_closes_now_and_one_that_is_not_stays_as_it_is():
    gate = a_checkpoint(run(an_event(), 1))
    checkpoints.close(gate)
    assert gate.closes_at == at("2017-11-09 18:00")
    with standing_at(at("2017-11-09 10:00")):
        checkpoints.close(gate)
    assert gate.closes_at == at("2017-11-09 10:00")


def test_one_is_taken_away_only_before_anybody_was_scanned_there():
    event = an_event()
    registration = a_registration(an_invitation(event))
    used, spare = a_checkpoint(run(event, 1)), a_checkpoint(run(event, 1), "옆문")
    noon = at("2017-11-09 12:00")
    checkins.check_in(Scan(str(uuid.uuid4()), used, noon, noon, code=badge_of(registration).code))
    checkpoints.remove(spare)
    with pytest.raises(checkpoints.Scanned):
        checkpoints.remove(used)
    assert [one.id for one in checkpoints.of_run(run(event, 1))] == [used.id]
