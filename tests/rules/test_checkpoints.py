"""The moments of a run at which badges are scanned."""

import pytest
from cast import an_event, at, run

from eventapp.formats import dates
from eventapp.rules import checkpoints

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_a_run_gets_its_usual_checkpoints_once():
    first = run(an_event(), 1)
    made = checkpoints.make_default(first)
    assert [(one.name_ko, dates.local(one.opens_at, "Asia/Seoul").day) for one in made] == [
        ("정문, 첫날", 9),
        ("투어", 9),
        ("저녁 식사", 9),
        ("이튿날", 10),
    ]
    assert [one.id for one in checkpoints.make_default(first)] == [one.id for one in made]


def test_a_checkpoint_is_added_and_changed():
    first = run(an_event(), 1)
    opens, closes = at("2017-11-09 13:00"), at("2017-11-09 14:00")
    bus = checkpoints.add(first, "공항 버스", opens_at=opens, closes_at=closes)
    checkpoints.change(
        bus, "제주공항 버스", name_en="Airport bus", opens_at=opens, closes_at=at("2017-11-09 15:00")
    )
    assert (bus.name_ko, bus.name_en, bus.closes_at) == (
        "제주공항 버스",
        "Airport bus",
        at("2017-11-09 15:00"),
    )


def test_a_name_twice_or_times_turned_round_are_refused():
    first = run(an_event(), 1)
    opens, closes = at("2017-11-09 13:00"), at("2017-11-09 14:00")
    bus = checkpoints.add(first, "버스", opens_at=opens, closes_at=closes)
    with pytest.raises(checkpoints.NameTaken):
        checkpoints.add(first, "버스", opens_at=opens, closes_at=closes)
    with pytest.raises(checkpoints.TimesTurned):
        checkpoints.change(bus, "버스", opens_at=closes, closes_at=opens)
    checkpoints.change(bus, "버스", opens_at=opens, closes_at=closes)
    assert len(checkpoints.of_run(first)) == 1
