"""Copied or moved to the other run: one step each, on the same day, nothing doubled, refused in words."""

from dataclasses import replace

import pytest
from cast import a_registration, an_event, an_invitation, at, run

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.event import Event
from eventapp.models.programme import Kind
from eventapp.rules import agenda_copies, publications, sign_ups, working_copies
from eventapp.rules.agenda_copies import AlreadyThere, NothingThere
from eventapp.rules.agenda_items import Draft, ItemRefused

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def draft(title: str, when: str, until: str, **more) -> Draft:
    return Draft(kind=Kind.TOUR, title_ko=title, starts_at=at(when), ends_at=at(until), **more)


TOUR = draft("투어", "2017-11-09 10:00", "2017-11-09 11:30", places=3)
TALK = draft("AI", "2017-11-10 09:00", "2017-11-10 10:00")
OTHER = draft("투어", "2017-11-16 13:00", "2017-11-16 14:00", places=3)


@pytest.fixture
def event() -> Event:
    event = an_event()
    working_copies.add(event, [(run(event, 1), TOUR), (run(event, 1), TALK)])
    return event


def stands(event: Event) -> list[tuple]:
    return [(item.run, item.title_ko, item.starts_at) for item in working_copies.of(event).items()]


def uids(event: Event, number: int, day: int | None = None) -> list[str]:
    return agenda_copies.of_day(run(event, number), working_copies.of(event).items(), day=day)


def test_a_whole_run_is_one_step(event):
    assert agenda_copies.take(event, uids(event, 1), to=run(event, 2)) == 2
    assert stands(event)[2:] == [(2, "투어", at("2017-11-16 10:00")), (2, "AI", at("2017-11-17 09:00"))]
    working_copies.undo(event, seen=2)
    assert uids(event, 2) == []
    working_copies.redo(event, seen=3)
    assert len(uids(event, 2)) == 2


def test_a_day_is_moved_and_the_other_stays(event):
    assert agenda_copies.take(event, uids(event, 1, 2), to=run(event, 2), move=True) == 1
    assert stands(event) == [(1, "투어", at("2017-11-09 10:00")), (2, "AI", at("2017-11-17 09:00"))]


def test_what_is_the_same_there_is_made_like_it_and_keeps_its_sign_ups(event):
    [there] = working_copies.add(event, [(run(event, 2), OTHER)])
    agenda_copies.take(event, uids(event, 1), to=run(event, 2))
    assert stands(event)[2:] == [(2, "투어", at("2017-11-16 10:00")), (2, "AI", at("2017-11-17 09:00"))]
    assert there.uid in uids(event, 2)


def test_what_stands_there_already_is_no_step(event):
    agenda_copies.take(event, uids(event, 1), to=run(event, 2))
    with pytest.raises(AlreadyThere):
        agenda_copies.take(event, uids(event, 1), to=run(event, 2))
    with pytest.raises(NothingThere):
        agenda_copies.take(event, uids(event, 1), to=run(event, 1))
    assert working_copies.of(event).version == 2


def test_nobody_loses_a_place_by_it(event):
    working_copies.add(event, [(run(event, 2), OTHER)])
    publications.publish(event)
    [row] = publications.rows(run(event, 2))
    for _number in range(2):
        sign_ups.sign_up(a_registration(an_invitation(event), number=2), row)
    [uid] = uids(event, 1, 1)
    working_copies.change(event, uid, draft=replace(TOUR, places=1))
    with pytest.raises(ItemRefused):
        agenda_copies.take(event, [uid], to=run(event, 2))


def test_where_the_other_run_has_no_such_day_it_is_refused_in_words(event):
    run(event, 2).ends_on = run(event, 2).starts_on
    db.session.commit()
    with pytest.raises(ItemRefused) as refusal:
        agenda_copies.take(event, uids(event, 1), to=run(event, 2))
    assert str(refusal.value).startswith("‘AI’ 프로그램은 2차에 놓을 수 없습니다.")
    assert uids(event, 2) == []


def test_moved_there_and_back_it_is_the_item_it_was(event):
    publications.publish(event)
    [uid] = uids(event, 1, 1)
    agenda_copies.take(event, [uid], to=run(event, 2), move=True)
    [there] = uids(event, 2)
    assert there != uid
    agenda_copies.take(event, [there], to=run(event, 1), move=True)
    assert uids(event, 1, 1) == [uid]


def test_what_another_organizer_changed_meanwhile_is_not_taken_unseen(event):
    [uid] = uids(event, 1, 1)
    working_copies.change(event, uid, draft=replace(TOUR, room_ko="로비"))
    with pytest.raises(Stale):
        agenda_copies.take(event, [uid], to=run(event, 2), seen=1)


def test_another_is_put_where_it_is_wanted(event):
    [uid] = uids(event, 1, 1)
    times = (at("2017-11-16 15:00"), at("2017-11-16 16:00"))
    agenda_copies.put_another(event, uid, run=run(event, 2), times=times, seen=1)
    assert stands(event)[2:] == [(2, "투어", at("2017-11-16 15:00"))]
    assert uids(event, 1, 1) == [uid]


def test_an_item_follows_and_stands_alone_again(event):
    working_copies.add(event, [(run(event, 2), OTHER)])
    [uid], [leader] = uids(event, 2), uids(event, 1, 1)
    with pytest.raises(ItemRefused):
        agenda_copies.follow(event, leader, leader=uid)
    agenda_copies.follow(event, uid, leader=leader)
    found = working_copies.of(event).items(2)
    assert [(item.follows, item.starts_at) for item in found] == [(leader, at("2017-11-16 10:00"))]
    agenda_copies.stand_alone(event, uid)
    assert [item.follows for item in working_copies.of(event).items(2)] == [""]
