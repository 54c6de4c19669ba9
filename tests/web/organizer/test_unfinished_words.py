"""What is missing, in words."""

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation
from flask import Flask

from eventapp.db import db
from eventapp.models.message import Message
from eventapp.reports import unfinished
from eventapp.web.organizer import unfinished_words as words

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def in_request(app: Flask):
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("in_request")
def test_the_letter_column():
    event = an_event()
    a_registration(an_invitation(event))
    a_registration(an_invitation(event), a_colleague(email="", phone=""))
    written, unwritten = unfinished.of(event)
    assert words.letter_word(written, "ko") == "편지가 곧 나갑니다"
    assert words.letter_word(unwritten, "ko") == "메일 주소 없음"
    assert words.listed(unwritten.welcome, unwritten) == "오가는 길, 메일 주소와 전화번호"
    with db.writing():
        written.letter.status, written.letter.done_at = "sent", written.letter.queued_at
    assert words.letter_word(unfinished.of(event)[0], "ko") == "오늘 드림"
    with db.writing():
        written.letter.status = "failed"
    assert words.letter_word(unfinished.of(event)[0], "ko") == "10.\u00a016\u00a0월, 닿지 않음"
    with db.writing():
        db.session.delete(db.session.get_one(Message, written.letter.id))
    assert words.letter_word(unfinished.of(event)[0], "ko") == "아직 편지 없음"
