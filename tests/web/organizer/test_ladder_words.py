"""The ladder speaks plainly, and the text to paste speaks the coordinator's language."""

from datetime import date

import pytest
from cast import OH, a_company, a_registration, an_event, an_invitation, at, attendee_of
from flask import Flask

from eventapp.clock import standing_at
from eventapp.models.message import Purpose
from eventapp.reports import ladder
from eventapp.rules import answers, attendees, coordinators, invitations, messages, registrations
from eventapp.rules.people import Colleague
from eventapp.web.organizer import ladder_words as words

pytestmark = pytest.mark.usefixtures("in_app", "clock")
LINK = "https://day.example/i/abc"


def line(event) -> ladder.Line:
    return ladder.of(event).lines[0]


def spoken(event) -> tuple[str, str]:
    found = line(event)
    return words.state_word(found, "ko"), words.news_words(found, "ko")


def test_each_step_has_a_word_and_news():
    event = an_event()
    invitation = an_invitation(event, a_company(), seats_kept=2)
    assert spoken(event) == ("보냄", "10.\u00a016 보냄")
    with standing_at(at("2017-10-18 10:00")):
        invitations.mark_opened(invitation)
        assert spoken(event) == ("답 기다림", "10.\u00a018 열어 봄")
    with standing_at(at("2017-10-19 10:00")):
        answers.accept(invitation)
        assert spoken(event) == ("이름 기다림", "10.\u00a019 수락")
    with standing_at(at("2017-10-20 10:00")):
        seats = [a_registration(invitation), a_registration(invitation)]
        assert spoken(event) == ("본인 확인 중", "10.\u00a020 두\u00a0분 올림")
        for seat in seats:
            attendees.confirm(attendee_of(seat))
        assert spoken(event) == ("모두 마침", "")


def test_silence_and_due_days_are_counted():
    event = an_event()
    invitation = an_invitation(event)
    with standing_at(at("2017-10-28 10:00")):
        assert spoken(event) == ("열어 보지 않음", "12일째 소식 없음")
    invitations.keep_open(invitation, date(2017, 10, 20))
    assert spoken(event) == ("20일까지 생각 중", "10.\u00a020까지 자리 둠")
    answers.accept(invitation)
    for now, word in (
        ("24", "내일 이름 마감"),
        ("25", "오늘 이름 마감"),
        ("26", "10.\u00a025 이름 마감 지남"),
    ):
        with standing_at(at(f"2017-10-{now} 10:00")):
            assert spoken(event)[1] == word


def test_the_text_to_paste_names_people_and_ends_with_the_link():
    event = an_event()
    invitation = an_invitation(event, a_company())
    text = words.message_text(line(event), LINK)
    assert text.startswith(
        "한지원 과장님, 카카오 윤서진입니다. 2017 파트너스 데이에 마루소프트 앞으로 세\u00a0자리를"
    )
    assert text.endswith(f"\n{LINK}")
    coordinators.correct(invitation, Colleague("Han Jiwon", "Manager", email="h@maru.example", language="en"))
    english = words.message_text(line(event), LINK)
    assert english.startswith(
        "Han Jiwon, this is 윤서진 of Kakao. We are keeping three\u00a0seats for 마루소프트"
    )


def test_every_state_has_a_text_in_both_languages_without_a_gap():
    event = an_event()
    invitation = an_invitation(event, a_company(), seats_kept=1, sent=False)
    deeds = [
        lambda: None,
        lambda: invitations.send(invitation),
        lambda: invitations.mark_opened(invitation),
        lambda: answers.accept(invitation),
        lambda: registrations.register(invitation, OH),
    ]
    for deed in deeds:
        deed()
        for language in ("ko", "en"):
            invitation.coordinator.language = language
            text = words.message_text(line(event), LINK)
            assert "%(" not in text
            assert "None" not in text
            assert text.endswith(LINK)


def test_a_letter_s_state_has_a_word():
    event = an_event()
    message = messages.last_for(Purpose.INVITATION, an_invitation(event).id)
    assert message is not None
    assert words.letter_word(message.status) == "곧 보냅니다"
    assert {words.letter_word(status) for status in ("sent", "failed", "uncertain")} == {
        "보냈습니다",
        "닿지 않았습니다",
        "닿았는지 확실하지 않습니다",
    }


def test_english_counts_companies(app: Flask):
    with app.test_request_context("/?language=en"):
        assert words.places(1, "en") == "1 company"
    assert words.places(5, "ko") == "다섯\u00a0곳"
