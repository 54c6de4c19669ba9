"""Every save of the agenda is a publication; partners read its picture, never the rows."""

import threading
import unicodedata
from dataclasses import replace

import pytest
from cast import a_registration, an_event, an_invitation, at, run
from flask import Flask
from sqlalchemy import func, select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.agenda import AgendaItem, Kind, Publication, SignUp
from eventapp.models.event import Event
from eventapp.rules import agenda, sign_ups
from eventapp.rules.agenda import Draft, ItemRefused

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]

TOUR = Draft(
    kind=Kind.TOUR,
    title_ko="제주 본사 투어",
    title_en="HQ tour",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    room_ko="1층 로비",
    places=2,
    group_number=1,
)


def numbers() -> list[int]:
    return list(db.session.scalars(select(Publication.number).order_by(Publication.id)))


def test_the_first_item_is_the_first_publication():
    event = an_event()
    item = agenda.add(run(event, 1), TOUR, by="윤서진")
    publication = agenda.latest(event)
    assert (publication.number, publication.published_by) == (1, "윤서진")
    [shown] = agenda.items_for(run(event, 1))
    assert (shown.uid, shown.run, shown.sequence, shown.title_en) == (item.uid, 1, 0, "HQ tour")
    assert (shown.starts_at, shown.ends_at) == (at("2017-11-09 10:00"), at("2017-11-09 11:30"))
    assert agenda.items_for(run(event, 2)) == []


def test_a_change_raises_the_sequence_of_that_item_alone():
    event = an_event()
    with standing_at(at("2017-10-16 10:00")):
        tour = agenda.add(run(event, 1), TOUR)
        other = agenda.add(run(event, 1), replace(TOUR, group_number=2))
    with standing_at(at("2017-10-17 10:00")):
        agenda.change(tour, replace(TOUR, room_ko="2층"))
    shown = {item.uid: item for item in agenda.items_for(run(event, 1))}
    assert (shown[tour.uid].sequence, shown[other.uid].sequence) == (2, 1)
    assert shown[tour.uid].changed_at == at("2017-10-17 10:00")
    assert shown[other.uid].changed_at == at("2017-10-16 10:00")
    assert numbers() == [1, 2, 3]


def test_a_save_that_changes_nothing_is_no_publication():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    assert agenda.change(tour, TOUR) is None
    assert numbers() == [1]


def test_a_publication_never_changes_whatever_happens_to_the_rows():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    before = agenda.latest(event).snapshot
    tour.title_ko = "몰래 고친 제목"
    db.session.commit()
    assert [item.title_ko for item in agenda.items_for(run(event, 1))] == ["제주 본사 투어"]
    agenda.remove(tour)
    first = db.session.scalar(select(Publication).where(Publication.number == 1))
    assert first.snapshot == before


def test_a_removed_item_leaves_the_agenda_and_keeps_its_sign_ups():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    sign_ups.sign_up(a_registration(an_invitation(event)), tour)
    agenda.remove(tour)
    assert agenda.remove(tour) is None
    assert agenda.items_for(run(event, 1)) == []
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 1
    with pytest.raises(Stale):
        agenda.change(tour, replace(TOUR, room_ko="2층"))
    assert numbers() == [1, 2]


def test_internal_items_are_not_published_and_come_back_with_a_higher_sequence():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    agenda.change(tour, replace(TOUR, internal=True))
    assert agenda.items_for(run(event, 1)) == []
    agenda.change(tour, TOUR)
    [shown] = agenda.items_for(run(event, 1))
    assert shown.sequence == 2


def test_the_same_item_in_every_run_is_one_publication():
    event = an_event()
    agenda.add_all(event, agenda.in_every_run(run(event, 1), TOUR))
    [shown] = agenda.items_for(run(event, 2))
    assert (shown.starts_at, shown.ends_at) == (at("2017-11-16 10:00"), at("2017-11-16 11:30"))
    assert numbers() == [1]


def test_somebody_elses_later_change_is_not_overwritten():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    seen = agenda.latest(event).number
    agenda.add(run(event, 1), replace(TOUR, group_number=2))
    agenda.change(tour, replace(TOUR, room_ko="2층"), seen=seen)
    with pytest.raises(Stale):
        agenda.change(tour, replace(TOUR, room_ko="3층"), seen=seen)
    assert [item.room_ko for item in agenda.items_for(run(event, 1))] == ["2층", "1층 로비"]


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
        agenda.add(run(event, 1), replace(TOUR, **wrong))
    assert refusal.value.field == field
    assert numbers() == []
    assert db.session.scalar(select(func.count()).select_from(AgendaItem)) == 0


def test_an_item_may_last_until_midnight_of_the_last_day():
    event = an_event()
    night = replace(TOUR, starts_at=at("2017-11-10 23:00"), ends_at=at("2017-11-11 00:00"))
    agenda.add(run(event, 1), night)
    assert numbers() == [1]


def test_decomposed_hangul_is_composed():
    event = an_event()
    typed = unicodedata.normalize("NFD", "제주 본사 투어")
    assert agenda.add(run(event, 1), replace(TOUR, title_ko=typed)).title_ko == "제주 본사 투어"


def test_saves_at_the_same_time_are_numbered_without_a_gap(in_app: Flask):
    event = an_event()
    event_id = event.id

    def save(group: int) -> None:
        with in_app.app_context():
            mine = db.session.get(Event, event_id)
            agenda.add(run(mine, 1 + group % 2), replace(TOUR, **shifted(group % 2), group_number=group))

    threads = [threading.Thread(target=save, args=(group,)) for group in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert numbers() == list(range(1, 9))
    assert len(agenda.latest(db.session.get(Event, event_id)).snapshot) == 8


def shifted(runs: int) -> dict:
    day = ("09", "16")[runs]
    return {"starts_at": at(f"2017-11-{day} 10:00"), "ends_at": at(f"2017-11-{day} 11:30")}
