"""What follows an item of another run takes its changes, on its own day, and nothing else."""

from dataclasses import replace

import pytest
from cast import an_event, at, run

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.programme import Kind
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import agenda_copies, agenda_follows, agenda_items, working_copies
from eventapp.rules.agenda_items import Draft, ItemRefused

pytestmark = pytest.mark.usefixtures("in_app", "clock")
TALK = Draft(
    kind=Kind.AI,
    title_ko="AI 동향",
    starts_at=at("2017-11-10 09:00"),
    ends_at=at("2017-11-10 10:20"),
    room_ko="멀티홀",
)


@pytest.fixture
def event() -> Event:
    """Run 2 follows run 1's talk."""
    event = an_event()
    [item] = working_copies.add(event, [(run(event, 1), TALK)])
    agenda_copies.take(event, [item.uid], to=run(event, 2), follow=True)
    return event


def both(event: Event) -> list[WorkingItem]:
    return working_copies.of(event).items()


def test_what_is_changed_there_is_changed_here_and_nothing_else(event):
    leader, follower = both(event)
    working_copies.change(event, leader.uid, draft=replace(TALK, room_ko="오름홀"))
    assert [item.room_ko for item in both(event)] == ["오름홀", "오름홀"]
    assert both(event)[1].follows == leader.uid
    working_copies.place(
        event, leader.uid, run=run(event, 1), times=(at("2017-11-09 14:00"), at("2017-11-09 15:00"))
    )
    assert [(item.starts_at, item.ends_at) for item in both(event)] == [
        (at("2017-11-09 14:00"), at("2017-11-09 15:00")),
        (at("2017-11-16 14:00"), at("2017-11-16 15:00")),
    ]
    assert both(event)[1].uid == follower.uid


def test_a_slide_of_one_run_alone_is_not_taken_over_by_the_next_change(event):
    """The day's delay is written past the followers; the next change brings what is different in it alone."""
    leader, follower = both(event)
    late = replace(leader, starts_at=at("2017-11-10 09:15"), ends_at=at("2017-11-10 10:35"))
    working_copies.put(event, [late, follower])
    working_copies.change(event, leader.uid, draft=replace(agenda_items.drafted(late), room_ko="오름홀"))
    assert [(item.room_ko, item.starts_at) for item in both(event)] == [
        ("오름홀", at("2017-11-10 09:15")),
        ("오름홀", at("2017-11-17 09:00")),
    ]


def test_what_is_changed_by_hand_stands_alone(event):
    leader, follower = both(event)
    working_copies.change(
        event, follower.uid, draft=replace(agenda_items.drafted(follower), room_ko="오름홀")
    )
    working_copies.change(event, leader.uid, draft=replace(TALK, title_ko="AI"))
    assert [(item.title_ko, item.room_ko, item.follows) for item in both(event)] == [
        ("AI", "멀티홀", ""),
        ("AI 동향", "오름홀", ""),
    ]


def test_it_is_taken_out_with_what_it_follows_and_comes_back_with_it(event):
    leader = both(event)[0]
    working_copies.remove(event, leader.uid)
    assert both(event) == []
    working_copies.undo(event, seen=3)
    assert [item.follows for item in both(event)] == ["", leader.uid]


def test_what_moved_to_the_other_run_is_followed_no_more(event):
    leader = both(event)[0]
    working_copies.place(
        event, leader.uid, run=run(event, 2), times=(at("2017-11-16 14:00"), at("2017-11-16 15:00"))
    )
    assert [item.follows for item in both(event)] == ["", ""]


def test_what_cannot_be_there_is_refused_with_the_reason(event):
    run(event, 2).ends_on = run(event, 2).starts_on
    db.session.commit()
    leader = both(event)[0]
    with pytest.raises(ItemRefused) as refusal:
        working_copies.change(event, leader.uid, draft=replace(TALK, starts_at=at("2017-11-10 09:30")))
    assert str(refusal.value).startswith("2차가 이 프로그램을 따르는데")
    assert working_copies.of(event).version == 2


def test_only_what_is_earlier_and_follows_nothing_can_be_followed(event):
    leader, follower = both(event)
    assert agenda_follows.leaders(both(event), follower) == [leader]
    assert agenda_follows.leaders(both(event), leader) == []
