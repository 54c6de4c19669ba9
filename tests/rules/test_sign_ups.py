"""Places of an agenda item are taken under the lock, as everything else."""

import threading
from dataclasses import replace

import pytest
from cast import OH, a_registration, an_event, an_invitation, an_item, at, run
from flask import Flask
from sqlalchemy import func, select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.programme import Kind
from eventapp.models.registration import Registration
from eventapp.reports import audit
from eventapp.rules import agenda, item_places, registrations, sign_ups
from eventapp.rules.agenda_items import Draft
from eventapp.rules.publications import PublishingRefused
from eventapp.rules.sign_ups import ItemBegun, ItemClash, ItemFull

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]

TOUR = Draft(
    kind=Kind.TOUR,
    title_ko="투어",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    places=1,
)


def test_the_last_place_is_given_once():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    first, second = (a_registration(an_invitation(event)) for _ in range(2))
    taken = sign_ups.sign_up(first, tour)
    assert sign_ups.sign_up(first, tour).id == taken.id
    with pytest.raises(ItemFull):
        sign_ups.sign_up(second, tour)
    registrations.cancel(first)
    sign_ups.sign_up(second, tour)
    assert item_places.taken(tour) == 1


def test_two_things_at_the_same_time_are_refused():
    event = an_event()
    registration = a_registration(an_invitation(event))
    one, two = agenda.add_all(event, [(run(event, 1), replace(TOUR, group_number=n)) for n in (1, 2)])
    after = an_item(run(event, 1), hour=12)
    sign_ups.sign_up(registration, one)
    with pytest.raises(ItemClash) as refusal:
        sign_ups.sign_up(registration, two)
    assert str(refusal.value) == "10:00에 이미 ‘투어 1조’ 프로그램을 고르셨습니다. 둘 중 하나를 골라 주세요."
    sign_ups.sign_up(registration, after)
    assert [one.agenda_item.starts_at.hour for one in item_places.of(registration)] == [1, 3]


def test_what_became_for_the_hosts_alone_is_in_nobodys_way_and_counts_again_when_it_is_seen_again():
    event = an_event()
    registration = a_registration(an_invitation(event))
    tour, other = (agenda.add(run(event, 1), replace(TOUR, title_ko=title)) for title in ("투어", "산책"))
    sign_ups.sign_up(registration, tour)
    agenda.change(tour, replace(TOUR, internal=True))
    assert item_places.of(registration) == []
    with pytest.raises(Stale):
        sign_ups.sign_up(a_registration(an_invitation(event)), tour)
    sign_ups.sign_up(registration, other)
    assert audit.broken() == []
    with pytest.raises(PublishingRefused):
        agenda.change(tour, TOUR)


def test_only_the_own_run_and_only_what_is_on():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    with pytest.raises(Stale):
        sign_ups.sign_up(a_registration(an_invitation(event), number=2), tour)
    registration = a_registration(an_invitation(event))
    agenda.remove(tour)
    with pytest.raises(Stale):
        sign_ups.sign_up(registration, tour)


def test_one_is_changed_for_the_other_and_never_both_lost():
    event = an_event()
    one, two = agenda.add_all(event, [(run(event, 1), replace(TOUR, group_number=n)) for n in (1, 2)])
    first, second = (a_registration(an_invitation(event)) for _ in range(2))
    sign_ups.sign_up(first, one)
    sign_ups.sign_up(second, two)
    with pytest.raises(ItemFull):
        sign_ups.sign_up(first, two, instead=True)
    assert [mine.agenda_item_id for mine in item_places.of(first)] == [one.id]
    sign_ups.leave(second, two)
    sign_ups.sign_up(first, two, instead=True)
    assert [mine.agenda_item_id for mine in item_places.of(first)] == [two.id]


def test_nothing_is_chosen_or_left_once_it_has_begun():
    event = an_event()
    tour = agenda.add(run(event, 1), TOUR)
    registration = a_registration(an_invitation(event))
    sign_ups.sign_up(registration, tour)
    with standing_at(TOUR.starts_at):
        for change in (sign_ups.sign_up, sign_ups.leave):
            with pytest.raises(ItemBegun):
                change(registration, tour)


def test_who_waits_for_the_run_chooses_nothing_in_it_yet():
    event = an_event(capacity=(1, 1))
    tour = agenda.add(run(event, 1), TOUR)
    a_registration(an_invitation(event))
    waits = registrations.register(an_invitation(event), OH, event_session=run(event, 1), or_wait=True)
    with pytest.raises(Stale):
        sign_ups.sign_up(waits, tour)


def test_signing_up_shows_on_the_runs_door_list():
    event = an_event()
    registration = a_registration(an_invitation(event))
    tour = agenda.add(run(event, 1), TOUR)
    before = run(event, 1).roster_version
    sign_ups.sign_up(registration, tour)
    assert run(event, 1).roster_version == before + 1


def test_a_race_for_two_places_gives_two(in_app: Flask):
    event = an_event()
    tour_id = agenda.add(run(event, 1), replace(TOUR, places=2)).id
    ids = [a_registration(an_invitation(event)).id for _ in range(6)]
    full: list[int] = []

    def try_for(registration_id: int) -> None:
        with in_app.app_context():
            registration = db.session.get(Registration, registration_id)
            try:
                sign_ups.sign_up(registration, db.session.get(AgendaItem, tour_id))
            except ItemFull:
                full.append(registration_id)

    threads = [threading.Thread(target=try_for, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert (len(full), db.session.scalar(select(func.count()).select_from(SignUp))) == (4, 2)
