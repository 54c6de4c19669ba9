"""A line that changed, in words: only what differs, old and new."""

import pytest
from cast import an_event
from flask import Flask, g

from eventapp.reports.run_lists import Change, Line
from eventapp.web.organizer import list_words
from eventapp.web.organizer.list_words import Around

HOTEL = {
    "name": "오세린",
    "title": "대리",
    "company": "마루소프트",
    "from": "2017-11-09",
    "to": "2017-11-10",
    "room": "",
    "room_with": "",
}


@pytest.fixture
def in_request(app: Flask, clock: object):
    with app.test_request_context():
        g.event = an_event()
        yield


def words(before: dict | None, after: dict | None) -> tuple[str, str, str]:
    lines = [None if told is None else Line(1, 1, told) for told in (before, after)]
    return list_words.change_words(Change(*lines), Around([], []))


@pytest.mark.usefixtures("in_request")
def test_only_what_differs_is_said():
    day = "가는 날: 11.\u00a010\u00a0금 → 11.\u00a011\u00a0토"
    assert words(HOTEL, HOTEL | {"to": "2017-11-11"}) == ("오세린 대리", "마루소프트", day)
    room = words(HOTEL, HOTEL | {"room": "twin", "room_with": "정도현"})[2]
    assert room == "방: 없음 → 2인실, 함께 쓰는 분: 없음 → 정도현"


@pytest.mark.usefixtures("in_request")
def test_somebody_else_stands_with_both_names_and_one_erased_with_none():
    assert words(HOTEL, HOTEL | {"name": "정도현", "title": "부장"}) == (
        "오세린 대리 → 정도현 부장",
        "마루소프트",
        "",
    )
    erased = Change(Line(1, 1, None), Line(1, 2, HOTEL))
    assert list_words.change_words(erased, Around([], []))[0] == "– → 오세린 대리"
    gone = list_words.change_words(Change(Line(1, 1, None), None), Around([], []))
    assert gone == ("–", "", "")


@pytest.mark.usefixtures("in_request")
def test_who_comes_is_said_in_full():
    said = words(None, HOTEL | {"room": "single"})
    assert said[2].startswith("오는 날 11.\u00a09\u00a0목, 가는 날 11.\u00a010\u00a0금, 방 ")
