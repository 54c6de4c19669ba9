"""The public list of changes: every publication in words, and nothing of the working copy."""

import re
from dataclasses import replace

import pytest
from cast import an_event, at, run
from flask import Flask
from flask.testing import FlaskClient

from eventapp.models.programme import Kind
from eventapp.rules import publications, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
TALK = Draft(
    kind=Kind.SEMINAR,
    title_ko="동반성장 세미나",
    title_en="Seminar",
    starts_at=at("2017-11-09 13:30"),
    ends_at=at("2017-11-09 15:00"),
)


def words(client: FlaskClient, address: str = "/2017/agenda/changes") -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(address).get_data(as_text=True)).split())


def test_each_publication_says_what_it_changed(app: Flask, client: FlaskClient):
    with app.app_context():
        event = an_event()
        [item] = working_copies.add(event, [(run(event, 1), TALK)])
        publications.publish(event)
        working_copies.change(event, item.uid, draft=replace(TALK, ends_at=at("2017-11-09 15:30")))
        publications.publish(event)
        working_copies.change(event, item.uid, draft=replace(TALK, title_ko="아직 비밀"))
    page = words(client)
    assert "옮김 동반성장 세미나 1차 첫날 13:30–15:00 13:30–15:30" in page
    assert "프로그램을 펴냈습니다." in page
    assert ("아직 비밀" in page, "명에게" in page) == (False, False)
    english = words(client, "/2017/agenda/changes?language=en")
    assert "Moved Seminar Run 1 First day 13:30–15:00 13:30–15:30" in english


def test_before_the_first_one_it_is_said_calmly(app: Flask, client: FlaskClient):
    with app.app_context():
        an_event()
    answer = client.get("/2017/agenda/changes")
    assert (answer.status_code, "change-log" in answer.get_data(as_text=True)) == (200, False)
