"""What an item of the agenda must be: checked at its field, before anything is kept."""

import unicodedata
from dataclasses import replace

import pytest
from cast import an_event, at, run

from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind
from eventapp.rules import agenda_items, working_copies
from eventapp.rules.agenda_items import Draft, ItemRefused

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
TOUR = Draft(
    kind=Kind.TOUR,
    title_ko="제주 본사 투어",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_ko": " \u200b "}, "title_ko"),
        ({"title_ko": "가" * 161}, "title_ko"),
        ({"room_en": "x" * 81}, "room_en"),
        ({"text_ko": "가" * 2001}, "text_ko"),
        ({"ends_at": at("2017-11-09 10:00")}, "ends_at"),
        ({"ends_at": at("2017-11-09 09:00")}, "ends_at"),
        ({"starts_at": at("2017-11-08 23:59")}, "day"),
        ({"starts_at": at("2017-11-11 00:00"), "ends_at": at("2017-11-11 01:00")}, "day"),
        ({"starts_at": at("2017-11-10 23:00"), "ends_at": at("2017-11-11 00:01")}, "ends_at"),
        ({"places": -1}, "places"),
        ({"group_number": 10_001}, "group_number"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_saved(wrong, field):
    event = an_event()
    with pytest.raises(ItemRefused) as refusal:
        working_copies.add(event, [(run(event, 1), replace(TOUR, **wrong))])
    assert refusal.value.field == field
    assert working_copies.of(event).version == 0


def test_an_item_may_last_until_midnight_of_the_last_day():
    event = an_event()
    night = replace(TOUR, starts_at=at("2017-11-10 23:00"), ends_at=at("2017-11-11 00:00"))
    assert agenda_items.checked(run(event, 1), night)["ends_at"] == at("2017-11-11 00:00")


def test_decomposed_hangul_is_composed():
    event = an_event()
    typed = unicodedata.normalize("NFD", "제주 본사 투어")
    checked = agenda_items.checked(run(event, 1), replace(TOUR, title_ko=typed))
    assert checked["title_ko"] == "제주 본사 투어"


def test_the_other_run_has_it_on_the_same_day_and_hour():
    event = an_event()
    [_same, (other, draft)] = agenda_items.in_every_run(run(event, 1), TOUR)
    assert (other.number, draft.starts_at) == (2, at("2017-11-16 10:00"))


def test_more_speakers_than_fit_are_refused():
    event = an_event()
    many = tuple(Speaker(name_ko=f"{number}") for number in range(agenda_items.MOST_SPEAKERS + 1))
    draft = Draft(
        kind=Kind.AI,
        title_ko="AI",
        starts_at=at("2017-11-09 10:00"),
        ends_at=at("2017-11-09 11:00"),
        speakers=many,
    )
    with pytest.raises(ItemRefused):
        agenda_items.checked(run(event, 1), draft)
    assert agenda_items.checked(run(event, 1), replace(draft, speakers=many[1:]))["speakers"] == many[1:]
