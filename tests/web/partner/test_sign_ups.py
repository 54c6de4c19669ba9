"""Choosing the programme on one's own page: places, queues, a change, and what cannot be."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from cast import a_registration, an_invitation, an_item, run
from flask import Flask
from flask.testing import FlaskClient

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.registration import Registration
from eventapp.rules import item_places, publications, registrations, sign_ups
from tests.web.partner.conftest import Holder, words


@pytest.fixture
def tours(app: Flask, holder: Holder) -> SimpleNamespace:
    """Two groups of a tour at the same hour, the first with one place that somebody else has."""
    with app.app_context():
        event = db.session.get_one(Registration, holder.registration_id).invitation.event
        first = an_item(run(event, 1), places=1, group_number=1)
        second = an_item(run(event, 1), places=5, group_number=2)
        publications.publish(event)
        other = a_registration(an_invitation(event))
        sign_ups.sign_up(other, first)
        return SimpleNamespace(first=first.id, second=second.id, other=other.id, begins=first.starts_at)


@pytest.fixture
def page(ready: FlaskClient, tours: SimpleNamespace, holder: Holder) -> str:
    return f"{holder.page}/sign-ups"


def chosen(app: Flask, holder: Holder) -> list[tuple[int, bool]]:
    """The items, and whether the place is held."""
    with app.app_context():
        registration = db.session.get_one(Registration, holder.registration_id)
        return [(one.agenda_item_id, one.queued_at is None) for one in item_places.of(registration)]


def test_places_left_are_said_and_one_is_taken(app, ready, page, holder, tours):
    assert "프로그램 고르기" in words(ready.get(holder.page))
    said = words(ready.get(page))
    assert "11. 9 목 10:00" in said
    assert "5자리 남음" in said
    answer = ready.post(f"{page}/{tours.second}")
    assert (answer.status_code, answer.location) == (303, f"{page}#item-{tours.second}")
    assert chosen(app, holder) == [(tours.second, True)]
    assert "받은 자리" in words(ready.get(page))
    assert "자리 비우기" in words(ready.get(page))


def test_a_full_item_is_waited_for_and_the_other_kept_until_then(app, ready, page, holder, tours):
    ready.post(f"{page}/{tours.second}")
    ready.post(f"{page}/{tours.first}", data={"wish": "wait"})
    assert chosen(app, holder) == [(tours.first, False), (tours.second, True)]
    said = words(ready.get(page))
    assert "첫 번째로 대기" in said
    assert "여기에 자리가 나면 ‘제주 본사 투어 2조’ 자리는 다른 분께 돌아갑니다." in said
    with app.app_context():
        registrations.cancel(db.session.get_one(Registration, tours.other))
    assert chosen(app, holder) == [(tours.first, True)]


def test_the_last_place_gone_is_a_sentence_on_the_page(app, ready, page, holder, tours):
    answer = ready.post(f"{page}/{tours.first}")
    assert answer.status_code == 409
    assert "그사이 마지막 자리가 찼습니다." in words(answer)
    assert chosen(app, holder) == []


def test_a_clash_is_named_and_can_be_changed(app, ready, page, holder, tours):
    with app.app_context():
        registrations.cancel(db.session.get_one(Registration, tours.other))
    ready.post(f"{page}/{tours.second}")
    answer = ready.post(f"{page}/{tours.first}")
    assert answer.status_code == 409
    assert "10:00에 이미 ‘제주 본사 투어 2조’ 프로그램을 고르셨습니다." in words(answer)
    assert "이것으로 바꾸기" in words(ready.get(page))
    ready.post(f"{page}/{tours.first}", data={"wish": "instead"})
    assert chosen(app, holder) == [(tours.first, True)]


def test_a_place_is_given_back(app, ready, page, holder, tours):
    ready.post(f"{page}/{tours.second}")
    assert ready.post(f"{page}/{tours.second}/withdrawal").status_code == 303
    assert chosen(app, holder) == []


@pytest.mark.parametrize("item", [10**12, 4711])
def test_an_item_that_is_not_there_is_missing(ready, page, item):
    assert ready.post(f"{page}/{item}").status_code == 404
    assert ready.post(f"{page}/{item}/withdrawal").status_code == 404


def test_an_item_of_the_other_run_is_missing(app, ready, page, holder):
    with app.app_context():
        event = db.session.get_one(Registration, holder.registration_id).invitation.event
        other = an_item(run(event, 2), places=5).id
    assert ready.post(f"{page}/{other}").status_code == 404
    assert chosen(app, holder) == []


def test_what_has_begun_has_no_button_any_more(ready, page, tours):
    with standing_at(tours.begins + timedelta(minutes=1)):
        said = ready.get(page).get_data(as_text=True)
        assert "post-button" not in said
        answer = ready.post(f"{page}/{tours.second}")
        assert (answer.status_code, "이미 시작한 프로그램입니다." in words(answer)) == (409, True)


def test_the_part_that_renews_itself_is_the_same(ready, page):
    whole, part = ready.get(page).get_data(as_text=True), ready.get(f"{page}/live").get_data(as_text=True)
    assert "data-as-of" in part
    assert part.count('class="seat"') == whole.count('class="seat"') == 2


def test_many_items_cost_as_many_questions_as_two(app, ready, page, holder, queries):
    with queries() as few:
        ready.get(page)
    with app.app_context():
        event = db.session.get_one(Registration, holder.registration_id).invitation.event
        for number in range(10):
            an_item(run(event, 1), hour=11 + number, places=5)
        publications.publish(event)
    with queries() as many:
        ready.get(page)
    assert len(many) == len(few)
