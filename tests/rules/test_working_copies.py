"""The working copy: seen by organizers alone, step by step, and never overwritten unseen."""

import threading
from dataclasses import replace

import pytest
from cast import an_event, at, run
from flask import Flask
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.errors import Missing, Stale
from eventapp.models.agenda import AgendaItem, Publication
from eventapp.models.event import Event
from eventapp.models.programme import Kind
from eventapp.models.working_copy import AgendaStep
from eventapp.rules import agenda, working_copies
from eventapp.rules.agenda_items import Draft, ItemRefused

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
TOUR = Draft(
    kind=Kind.TOUR,
    title_ko="제주 본사 투어",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    room_ko="1층 로비",
)


@pytest.fixture
def event() -> Event:
    return an_event()


def rooms(event: Event) -> list[str]:
    return [item.room_ko for item in working_copies.of(event).items()]


def add(event: Event, **more) -> str:
    return working_copies.add(event, [(run(event, 1), replace(TOUR, **more))])[0].uid


def test_nothing_of_it_reaches_a_row_or_a_publication(event):
    add(event)
    assert rooms(event) == ["1층 로비"]
    assert db.session.scalar(select(func.count()).select_from(AgendaItem)) == 0
    assert db.session.scalar(select(func.count()).select_from(Publication)) == 0


def test_before_the_first_edit_it_is_like_what_is_published(event):
    item = agenda.add(run(event, 1), TOUR)
    assert [one.uid for one in working_copies.of(event).items()] == [item.uid]


def test_an_item_is_changed_and_taken_out_once(event):
    uid = add(event)
    assert working_copies.change(event, uid, draft=replace(TOUR, room_ko="2층")) is True
    assert working_copies.change(event, uid, draft=replace(TOUR, room_ko="2층")) is False
    assert rooms(event) == ["2층"]
    assert [working_copies.remove(event, uid) for _ in range(2)] == [True, False]
    assert rooms(event) == []


def test_the_second_of_two_organizers_overwrites_nothing(event):
    uid, other = add(event), add(event, room_ko="로비")
    seen = working_copies.of(event).version
    working_copies.change(event, other, draft=replace(TOUR, room_ko="3층"), seen=seen)
    working_copies.change(event, uid, draft=replace(TOUR, room_ko="2층"), seen=seen)
    with pytest.raises(Stale):
        working_copies.change(event, uid, draft=replace(TOUR, room_ko="4층"), seen=seen)
    with pytest.raises(Stale):
        working_copies.remove(event, uid, seen=seen)
    with pytest.raises(Stale):
        working_copies.undo(event, seen=seen)
    assert sorted(rooms(event)) == ["2층", "3층"]


def test_steps_go_back_and_forth(event):
    uid = add(event)
    working_copies.change(event, uid, draft=replace(TOUR, room_ko="2층"))
    assert working_copies.ways(event) == (True, False)
    working_copies.undo(event, seen=2)
    assert (rooms(event), working_copies.ways(event)) == (["1층 로비"], (True, True))
    working_copies.undo(event, seen=3)
    assert (rooms(event), working_copies.ways(event)) == ([], (False, True))
    with pytest.raises(Missing):
        working_copies.undo(event, seen=4)
    working_copies.redo(event, seen=4)
    working_copies.redo(event, seen=5)
    assert (rooms(event), working_copies.ways(event)) == (["2층"], (True, False))
    with pytest.raises(Missing):
        working_copies.redo(event, seen=6)


def test_a_new_edit_forgets_what_was_taken_back(event):
    uid = add(event)
    working_copies.change(event, uid, draft=replace(TOUR, room_ko="2층"))
    working_copies.undo(event, seen=2)
    working_copies.change(event, uid, draft=replace(TOUR, room_ko="3층"))
    assert working_copies.ways(event) == (True, False)
    assert rooms(event) == ["3층"]


def test_what_came_back_by_a_step_counts_as_changed_for_the_other_organizer(event):
    uid = add(event)
    working_copies.change(event, uid, draft=replace(TOUR, room_ko="2층"))
    seen = working_copies.of(event).version
    working_copies.undo(event, seen=seen)
    with pytest.raises(Stale):
        working_copies.change(event, uid, draft=replace(TOUR, room_ko="3층"), seen=seen)


def test_fifty_steps_are_kept(event):
    uid = add(event)
    for number in range(60):
        working_copies.change(event, uid, draft=replace(TOUR, room_ko=f"{number}호"))
    version = working_copies.of(event).version
    for taken in range(50):
        working_copies.undo(event, seen=version + taken)
    assert rooms(event) == ["9호"]
    with pytest.raises(Missing):
        working_copies.undo(event, seen=version + 50)
    assert db.session.scalar(select(func.count()).select_from(AgendaStep)) == 51


def test_what_cannot_be_leaves_no_step(event):
    uid = add(event)
    with pytest.raises(ItemRefused):
        working_copies.change(event, uid, draft=replace(TOUR, title_ko=""))
    assert working_copies.of(event).version == 1


def test_edits_at_the_same_time_are_all_kept(in_app: Flask, event):
    event_id = event.id

    def edit(number: int) -> None:
        with in_app.app_context():
            add(db.session.get(Event, event_id), room_ko=f"{number}호")

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    event = db.session.get(Event, event_id)
    assert sorted(rooms(event)) == [f"{number}호" for number in range(8)]
    assert working_copies.of(event).version == 8


def test_an_item_is_moved_within_its_run_and_another_one_in_the_other(event):
    uid = add(event)
    times = (at("2017-11-10 09:00"), at("2017-11-10 10:00"))
    assert working_copies.place(event, uid, run=run(event, 1), times=times) is True
    assert working_copies.place(event, uid, run=run(event, 1), times=times) is False
    [item] = working_copies.of(event).items()
    assert (item.uid, item.starts_at, item.ends_at) == (uid, *times)
    with pytest.raises(Stale):
        working_copies.place(event, uid, run=run(event, 1), times=times, seen=1)
    with pytest.raises(ItemRefused):
        working_copies.place(event, uid, run=run(event, 2), times=times)
    later = (at("2017-11-16 09:00"), at("2017-11-16 10:00"))
    working_copies.place(event, uid, run=run(event, 2), times=later)
    [item] = working_copies.of(event).items()
    assert (item.uid == uid, item.run) == (False, 2)
