"""Every save of the agenda is a publication; partners read its picture, never the rows."""

import threading
from dataclasses import replace

import pytest
from cast import a_registration, an_event, an_invitation, at, run
from flask import Flask
from sqlalchemy import func, select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.agenda import Publication, SignUp
from eventapp.models.event import Event
from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items, publications, sign_ups
from eventapp.rules.agenda_items import Draft

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
    publication = publications.latest(event)
    assert (publication.number, publication.published_by) == (1, "윤서진")
    [shown] = publications.items_for(run(event, 1))
    assert (shown.uid, shown.run, shown.sequence, shown.title_en) == (item.uid, 1, 0, "HQ tour")
    assert (shown.starts_at, shown.ends_at) == (at("2017-11-09 10:00"), at("2017-11-09 11:30"))
    assert publications.items_for(run(event, 2)) == []


def test_a_change_raises_the_sequence_of_that_item_alone():
    event = an_event()
    with standing_at(at("2017-10-16 10:00")):
        tour = agenda.add(run(event, 1), TOUR)
        other = agenda.add(run(event, 1), replace(TOUR, group_number=2))
    with standing_at(at("2017-10-17 10:00")):
        agenda.change(tour, replace(TOUR, room_ko="2층"))
    shown = {item.uid: item for item in publications.items_for(run(event, 1))}
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
    before = publications.latest(event).snapshot
    tour.title_ko = "몰래 고친 제목"
    db.session.commit()
    assert [item.title_ko for item in publications.items_for(run(event, 1))] == ["제주 본사 투어"]
    agenda.remove(tour)
    first = db.session.scalar(select(Publication).where(Publication.number == 1))
    assert first.snapshot == before


def test_a_removed_item_leaves_the_agenda_and_keeps_its_sign_ups():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    sign_ups.sign_up(a_registration(an_invitation(event)), tour)
    agenda.remove(tour)
    assert agenda.remove(tour) is None
    assert publications.items_for(run(event, 1)) == []
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 1
    with pytest.raises(Stale):
        agenda.change(tour, replace(TOUR, room_ko="2층"))
    assert numbers() == [1, 2]


def test_internal_items_are_not_published_and_come_back_with_a_higher_sequence():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    agenda.change(tour, replace(TOUR, internal=True))
    assert publications.items_for(run(event, 1)) == []
    agenda.change(tour, TOUR)
    [shown] = publications.items_for(run(event, 1))
    assert shown.sequence == 2


def test_the_same_item_in_every_run_is_one_publication():
    event = an_event()
    agenda.add_all(event, agenda_items.in_every_run(run(event, 1), TOUR))
    [shown] = publications.items_for(run(event, 2))
    assert (shown.starts_at, shown.ends_at) == (at("2017-11-16 10:00"), at("2017-11-16 11:30"))
    assert numbers() == [1]


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
    assert len(publications.latest(db.session.get(Event, event_id)).snapshot) == 8


def shifted(runs: int) -> dict:
    day = ("09", "16")[runs]
    return {"starts_at": at(f"2017-11-{day} 10:00"), "ends_at": at(f"2017-11-{day} 11:30")}
