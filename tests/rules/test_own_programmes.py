"""What of the agenda is one attendee's own, and what of a change they would notice."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from cast import at

from eventapp.models.presenting import Material
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import own_programmes
from eventapp.rules.own_programmes import Reader

TOUR = WorkingItem(
    uid="one",
    run=1,
    kind="tour",
    title_ko="본사 투어 1조",
    title_en="Tour 1",
    text_ko="",
    text_en="",
    room_ko="로비",
    room_en="",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    places=20,
    group_number=1,
)
OTHER = replace(TOUR, uid="two", title_ko="본사 투어 2조", title_en="Tour 2", group_number=2)


def reader(*chosen: str, language: str = "ko", number: int = 1) -> Reader:
    return Reader(SimpleNamespace(person=SimpleNamespace(language=language)), number, frozenset(chosen))


def test_who_chose_a_group_sees_that_one_and_who_chose_none_the_shared_title():
    assert [item.title_ko for item in own_programmes.own([TOUR, OTHER], {"two"})] == ["본사 투어 2조"]
    assert [item.title_ko for item in own_programmes.own([TOUR, OTHER], set())] == ["본사 투어"]


@pytest.mark.parametrize(
    ("who", "change", "expected"),
    [
        (reader("one"), {"room_ko": "뒷문"}, {"one"}),
        (reader("two"), {"room_ko": "뒷문"}, set()),
        (reader("one", number=2), {"room_ko": "뒷문"}, set()),
        (reader("one"), {"title_en": "Walk"}, set()),
        (reader("one", language="en"), {"title_en": "Walk"}, {"one"}),
        (reader("one"), {"places": 9}, set()),
        (reader("one"), {"ends_at": at("2017-11-09 11:40")}, {"one"}),
    ],
)
def test_a_change_touches_whom_it_concerns(who, change, expected):
    assert (
        own_programmes.touched(who, before=[TOUR, OTHER], after=[replace(TOUR, **change), OTHER]) == expected
    )


SLIDES = Material(title_ko="발표 자료", title_en="Slides", url="https://host.example/1")


@pytest.mark.parametrize(
    ("who", "change", "expected"),
    [
        (reader("one"), {"title_en": "The slides"}, set()),
        (reader("one", language="en"), {"title_en": "The slides"}, {"one"}),
        (reader("one"), {"url": "https://host.example/2"}, {"one"}),
        (reader("two"), {"url": "https://host.example/2"}, set()),
    ],
)
def test_materials_touch_who_is_in_the_item_and_reads_that_language(who, change, expected):
    before, after = (replace(TOUR, materials=(one,)) for one in (SLIDES, replace(SLIDES, **change)))
    assert own_programmes.touched(who, before=[before, OTHER], after=[after, OTHER]) == expected


def test_new_and_lost_items_touch_too():
    assert own_programmes.touched(reader("one"), before=[], after=[TOUR]) == {"one"}
    assert own_programmes.touched(reader("one"), before=[TOUR], after=[]) == {"one"}


def test_who_chose_no_group_is_not_touched_where_the_title_they_read_is_that_of_another():
    groups = [replace(one, title_ko="본사 투어") for one in (TOUR, OTHER)]
    assert own_programmes.touched(reader(), before=groups, after=groups[1:]) == set()
    assert own_programmes.touched(reader("one"), before=groups, after=groups[1:]) == {"one", "two"}
    later = replace(groups[1], starts_at=at("2017-11-09 10:15"))
    assert own_programmes.touched(reader(), before=groups, after=[later]) == {"one", "two"}
