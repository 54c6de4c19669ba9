"""One item becomes groups side by side: nobody loses a place, what follows is split alike, and it is one step."""

from dataclasses import replace

import pytest
from cast import a_registration, an_event, an_invitation, at, run
from flask_babel import force_locale

from eventapp.errors import Stale
from eventapp.models.event import Event
from eventapp.models.programme import Kind
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import agenda_copies, agenda_groups, publications, sign_ups, working_copies
from eventapp.rules.agenda_items import Draft, ItemRefused

pytestmark = pytest.mark.usefixtures("in_app", "clock")
TOUR = Draft(
    kind=Kind.TOUR,
    title_ko="제주 본사 투어",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    room_ko="로비",
    places=43,
)


@pytest.fixture
def event() -> Event:
    """Run 2's tour follows run 1's."""
    event = an_event()
    [item] = working_copies.add(event, [(run(event, 1), TOUR)])
    agenda_copies.take(event, [item.uid], to=run(event, 2), follow=True)
    return event


def items(event: Event, number: int = 1) -> list[WorkingItem]:
    return working_copies.of(event).items(number)


def test_places_are_shared_out_and_all_else_stays(event):
    [before] = items(event)
    agenda_groups.split(event, before.uid, groups=3, by="윤서진")
    after = items(event)
    assert [(one.group_number, one.places) for one in after] == [(1, 15), (2, 14), (3, 14)]
    assert after[0].uid == before.uid
    alike = {"uid": "", "group_number": None, "places": 43, "version": 0}
    assert {replace(one, **alike) for one in after} == {replace(before, **alike)}
    assert publications.publish(event).number == 1


def test_what_follows_is_split_alike_and_each_group_follows_its_own(event):
    agenda_groups.split(event, items(event)[0].uid, groups=2)
    here, there = items(event), items(event, 2)
    assert [(one.group_number, one.follows) for one in there] == [(1, here[0].uid), (2, here[1].uid)]
    draft = replace(TOUR, title_ko="뒷산 투어", group_number=2, places=20)
    working_copies.change(event, here[1].uid, draft=draft)
    assert [one.title_ko for one in items(event, 2)] == ["제주 본사 투어", "뒷산 투어"]


def test_what_follows_something_stands_alone_once_it_is_split(event):
    agenda_groups.split(event, items(event, 2)[0].uid, groups=2)
    assert [one.follows for one in items(event, 2)] == ["", ""]
    assert len(items(event)) == 1


def test_it_is_one_step_back(event):
    before = items(event), items(event, 2)
    agenda_groups.split(event, before[0][0].uid, groups=4)
    working_copies.undo(event, seen=working_copies.of(event).version)
    assert [[one.places for one in items(event, number)] for number in (1, 2)] == [[43], [43]]
    assert [[one.uid for one in items(event, number)] for number in (1, 2)] == [
        [one.uid for one in found] for found in before
    ]


@pytest.mark.parametrize(("places", "groups"), [(43, 1), (43, 0), (43, 21), (2, 3)])
def test_a_number_that_makes_no_groups_is_refused(event, places: int, groups: int):
    [item] = items(event)
    working_copies.change(event, item.uid, draft=replace(TOUR, places=places))
    with pytest.raises(ItemRefused):
        agenda_groups.split(event, item.uid, groups=groups)
    assert len(items(event)) == 1


def test_a_group_is_not_split_again_and_an_old_screen_splits_nothing(event):
    [item] = items(event)
    with pytest.raises(Stale):
        agenda_groups.split(event, item.uid, groups=2, seen=0)
    agenda_groups.split(event, item.uid, groups=2)
    with pytest.raises(ItemRefused), force_locale("ko"):
        agenda_groups.split(event, item.uid, groups=2)
    assert len(items(event)) == 2


def test_who_has_signed_up_must_fit_the_first_group(event):
    [item] = items(event)
    working_copies.change(event, item.uid, draft=replace(TOUR, places=2))
    publications.publish(event)
    tour = publications.rows(run(event, 1))[0]
    for _ in range(2):
        sign_ups.sign_up(a_registration(an_invitation(event)), tour)
    with pytest.raises(ItemRefused):
        agenda_groups.split(event, item.uid, groups=2)


def test_without_a_limit_the_groups_have_none(event):
    [item] = items(event)
    working_copies.change(event, item.uid, draft=replace(TOUR, places=None))
    agenda_groups.split(event, item.uid, groups=2)
    assert [one.places for one in items(event)] == [None, None]
