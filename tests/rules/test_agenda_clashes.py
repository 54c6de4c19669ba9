"""Clashes: each kind of them, its level, and what is none."""

from dataclasses import replace

import pytest
from cast import a_registration, an_event, an_invitation, at, run
from rules.test_own_programmes import TOUR

from eventapp.models.event import Event
from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind, Shown
from eventapp.rules import agenda_clashes, publications, seats, sign_ups, working_copies
from eventapp.rules.agenda_clashes import Why
from eventapp.rules.agenda_items import Draft

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
TALK = replace(TOUR, uid="talk", kind="seminar", title_ko="세미나", room_ko="멀티홀", group_number=None)
LUNCH = replace(
    TALK,
    uid="lunch",
    kind="meal",
    room_ko="식당",
    starts_at=at("2017-11-09 12:00"),
    ends_at=at("2017-11-09 13:00"),
)
LATER = {"starts_at": at("2017-11-09 11:00"), "ends_at": at("2017-11-09 12:00")}


@pytest.fixture
def event() -> Event:
    return an_event()


def found(event: Event, *items: Shown, **taken: set[int]) -> list[tuple[Why, bool, int]]:
    clashes = agenda_clashes.among(items, runs=seats.runs(event), taken=taken)
    return [(one.why, one.is_error, one.number) for one in clashes]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, [(Why.ROOM, True, 90)]),
        (LATER, [(Why.ROOM, True, 30)]),
        ({"room_ko": " 멀티홀 "}, [(Why.ROOM, True, 90)]),
        ({"room_ko": "다른 방"}, []),
        ({"room_ko": "", "room_en": ""}, []),
        ({"starts_at": TALK.ends_at, "ends_at": at("2017-11-09 12:00")}, []),
        ({"run": 2}, [(Why.ROOM, True, 90), (Why.DAYS, True, 0)]),
    ],
)
def test_a_room_is_taken_once(event, change, expected):
    assert found(event, TALK, replace(TALK, **{"uid": "other", **change})) == expected


def test_groups_that_set_out_together_may_meet_in_one_place(event):
    second = replace(TOUR, uid="two", group_number=2)
    assert found(event, TOUR, second) == []
    assert found(event, TOUR, replace(second, group_number=1)) == [(Why.ROOM, True, 90)]
    late = replace(second, starts_at=at("2017-11-09 10:30"))
    assert found(event, TOUR, late) == [(Why.ROOM, True, 60)]


SKY = Speaker(name_ko="김하늘", affiliation_ko="한라")
SEA = Speaker(name_ko="이바다", name_en="Bada Lee")


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ((Speaker(name_ko="김하늘"),), (Speaker(name_ko="김하늘", title_ko="이사"),), True),
        ((SKY, SEA), (Speaker(name_ko="박산"), SKY), True),
        ((SEA,), (Speaker(name_en="bada lee", affiliation_ko="한라"),), True),
        ((SKY,), (replace(SKY, affiliation_ko="오름"),), False),
        ((SKY,), (Speaker(name_ko="김하늘이"),), False),
        ((SEA,), (Speaker(name_ko="Bada Lee"),), True),
        ((), (), False),
    ],
)
def test_a_speaker_stands_in_one_place(event, mine, theirs, expected):
    other = replace(TALK, uid="other", room_ko="2층", speakers=theirs)
    clashes = found(event, replace(TALK, speakers=mine), other)
    assert clashes == ([(Why.SPEAKER, True, 90)] if expected else [])


def test_nobody_is_in_two_places_and_everybody_keeps_theirs(event):
    other = replace(TALK, uid="other", room_ko="2층")
    assert found(event, TALK, other, talk={1, 2, 3}, other={2, 3, 4}) == [(Why.PEOPLE, True, 2)]
    assert found(event, replace(TALK, places=2), talk={1, 2, 3}) == [(Why.PLACES, True, 3)]
    assert found(event, replace(TALK, places=None), talk={1, 2, 3}) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"starts_at": at("2017-11-08 23:00")}, [(Why.DAYS, True, 0)]),
        ({"starts_at": at("2017-11-10 23:00"), "ends_at": at("2017-11-11 00:00")}, []),
        ({"starts_at": at("2017-11-10 23:00"), "ends_at": at("2017-11-11 00:05")}, [(Why.DAYS, True, 0)]),
        ({"run": 3}, [(Why.DAYS, True, 0)]),
    ],
)
def test_an_item_lies_within_its_run(event, change, expected):
    assert [one for one in found(event, replace(TALK, **change)) if one[1]] == expected


def test_what_had_better_be_looked_at_is_no_error(event):
    evening = replace(TALK, uid="late", starts_at=at("2017-11-09 15:00"), ends_at=at("2017-11-09 17:00"))
    assert found(event, TALK, evening) == [(Why.LUNCH, False, 0), (Why.DINNER, False, 0)]
    assert found(event, TALK, LUNCH, evening) == [(Why.DINNER, False, 0)]
    near = replace(LUNCH, starts_at=at("2017-11-09 11:32"))
    assert found(event, TALK, near) == [(Why.WALK, False, 2)]


def test_who_has_a_place_in_what(event):
    draft = Draft(kind=Kind.TOUR, title_ko="투어", starts_at=TOUR.starts_at, ends_at=TOUR.ends_at, places=1)
    [item] = working_copies.add(event, [(run(event, 1), draft)])
    publications.publish(event)
    [row] = publications.rows(run(event, 1))
    first, second = (a_registration(an_invitation(event)) for _ in range(2))
    sign_ups.sign_up(first, row)
    sign_ups.sign_up(second, row, or_wait=True)
    assert agenda_clashes.held(event) == {item.uid: {first.id}}
