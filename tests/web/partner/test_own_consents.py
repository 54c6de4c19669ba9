"""An attendee's consents: nothing pre-ticked, each by itself, part of what is left, never before the pass."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from cast import at
from flask import Flask

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.registration import Attendee
from eventapp.rules import consents
from tests.web.partner.conftest import Holder, words


@pytest.fixture
def asked(app: Flask, holder: Holder) -> dict[str, str]:
    """The names of the fields on the page of 오세린, by purpose."""
    with app.app_context():
        event = db.session.get_one(Attendee, holder.id).registration.invitation.event
        consents.publish_proposed(event)
        return {text.purpose: f"consent_{text.id}" for text in consents.in_force(event)}


def said(app: Flask, holder: Holder) -> list[bool]:
    with app.app_context():
        attendee = db.session.get_one(Attendee, holder.id)
        return list(consents.said_by(attendee.person, attendee.registration.invitation.event).values())


def test_nothing_is_ticked_beforehand_and_everything_is_told(client, holder, asked):
    client.get(holder.link)
    page = client.get(f"{holder.page}/consents")
    assert "checked" not in page.get_data(as_text=True)
    for word in (
        "개인정보 수집과 이용 꼭 필요",
        "사진과 영상 선택",
        "보유 기간",
        "동의하지 않으셔도 참석에는 아무 변화가 없습니다.",
    ):
        assert word in words(page)
    assert "민감정보" not in words(page)


def test_they_come_after_the_own_part_and_are_left_until_answered(app, client, holder, asked):
    client.get(holder.link)
    confirmed = client.post(f"{holder.page}/confirmation", data={"diet": "vegan"})
    assert confirmed.location == f"{holder.page}/consents"
    assert "민감정보" in words(client.get(f"{holder.page}/consents"))
    assert "동의 2개 남음" in words(client.get(holder.page))
    half = {asked["personal-data"]: "yes", asked["photographs"]: "no"}
    assert client.post(f"{holder.page}/consents", data=half).location == f"{holder.page}/consents"
    rest = client.post(f"{holder.page}/consents", data={asked["sensitive-diet"]: "yes"})
    assert rest.location == holder.page
    assert "남음" not in words(client.get(holder.page))
    assert said(app, holder) == [True, False, True]
    page = client.get(f"{holder.page}/consents").get_data(as_text=True)
    chosen = re.findall(r'<input checked[^>]*name="(\w+)"[^>]*value="(\w+)"', page)
    assert dict(chosen) == {
        asked["personal-data"]: "yes",
        asked["sensitive-diet"]: "yes",
        asked["photographs"]: "no",
    }


def test_the_pass_shows_on_the_day_whatever_is_left(client, holder, asked):
    client.get(holder.link)
    with standing_at(at("2017-11-09 07:00")):
        assert "pass-qr" in client.get(holder.page).get_data(as_text=True)


def test_an_answer_to_an_old_version_is_not_taken_for_the_new_one(app, client, holder, asked):
    client.get(holder.link)
    with app.app_context():
        event = db.session.get_one(Attendee, holder.id).registration.invitation.event
        first = consents.in_force(event)[0]
        words_now = consents.proposed(event, first.purpose)
        consents.publish(event, first.purpose, words=replace(words_now, title_ko="개인정보, 새로"))
    sent = {asked["personal-data"]: "yes", asked["photographs"]: "yes"}
    answer = client.post(f"{holder.page}/consents", data=sent)
    assert (answer.status_code, "여신 뒤에 내용이 바뀌었습니다." in words(answer)) == (409, True)
    assert re.search(rf'checked[^>]*name="{asked["photographs"]}"', answer.get_data(as_text=True))
    assert said(app, holder) == []


@pytest.mark.parametrize("typed", ["maybe", "<b>", "예\x00", "y" * 5000])
def test_what_is_neither_yes_nor_no_is_not_kept(app, client, holder, asked, typed):
    client.get(holder.link)
    answer = client.post(f"{holder.page}/consents", data={asked["photographs"]: typed})
    assert (answer.status_code, said(app, holder)) == (400, [])


def test_without_texts_nothing_is_asked(client, holder):
    client.get(holder.link)
    assert "지금은 여쭐 것이 없습니다." in words(client.get(f"{holder.page}/consents"))
    assert "동의" not in words(client.get(holder.page))
