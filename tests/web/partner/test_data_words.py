"""What is kept, in words: empty values are left out, every state of a letter has a word."""

from datetime import UTC, datetime

import pytest
from cast import a_registration, an_event, an_invitation, attendee_of
from flask import Flask

from eventapp.models.message import Purpose
from eventapp.models.states import MessageStatus
from eventapp.reports import own_data
from eventapp.web.partner import data_words

pytestmark = pytest.mark.usefixtures("clock")


def test_what_is_empty_is_not_there(app: Flask):
    with app.test_request_context():
        person = attendee_of(a_registration(an_invitation(an_event()))).person
        told = dict(data_words.sections(own_data.of(person, "ko"), "Asia/Seoul"))
    assert [label for label, _value in told["2017 파트너스 데이 1차"]] == ["지금", "올린 날", "명찰"]


def test_every_letter_and_state_has_a_word(app: Flask):
    at = datetime(2017, 10, 16, 1, tzinfo=UTC)
    with app.test_request_context():
        person = attendee_of(a_registration(an_invitation(an_event()))).person
        data = own_data.of(person, "ko")
        data["letters"] = [
            {"purpose": one, "status": state, "at": at} for one in Purpose for state in MessageStatus
        ]
        told = dict(data_words.sections(data, "Asia/Seoul"))["받으신 편지"]
    assert len({value for _at, value in told}) == len(Purpose) * len(MessageStatus)


def test_a_late_change_says_what_was_wanted_and_why(app: Flask):
    with app.test_request_context():
        attendee = attendee_of(a_registration(an_invitation(an_event())))
        data = own_data.of(attendee.person, "ko")
        wanted = {"room_with": "정도현 부장", "shuttle_in": True}
        asked = {
            "reason": "늦었습니다.",
            "wanted": wanted,
            "answer": "그렇게 하겠습니다.",
            "status": "approved",
        }
        data["places"][0]["late_changes"] = [asked]
        told = dict(dict(data_words.sections(data, "Asia/Seoul"))["2017 파트너스 데이 1차"])
    assert told["늦은 변경"] == "늦었습니다. / 정도현 부장 / 그렇게 하겠습니다."
