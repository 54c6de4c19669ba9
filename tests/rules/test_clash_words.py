"""Clashes in words of both languages."""

from dataclasses import replace
from datetime import date

import pytest
from cast import an_event, at
from flask_babel import force_locale
from rules.test_agenda_clashes import TALK

from eventapp.models.presenting import Speaker
from eventapp.rules import clash_words, seats
from eventapp.rules.agenda_clashes import Clash, Why

pytestmark = pytest.mark.usefixtures("in_app", "clock")
OTHER = replace(
    TALK, uid="other", title_ko="인프라", title_en="Infrastructure", speakers=(Speaker(name_ko="김하늘"),)
)


@pytest.mark.parametrize(
    ("clash", "korean", "english"),
    [
        (
            Clash(Why.ROOM, 1, TALK, OTHER, 40),
            "멀티홀 사용이 ‘인프라’ 시간과 40분 겹칩니다. 11:30 뒤로 놓으면 풀립니다.",
            "멀티홀 is taken for 40 minutes by “Infrastructure”. From 11:30 on it is free.",
        ),
        (
            Clash(Why.SPEAKER, 1, OTHER, replace(TALK, speakers=OTHER.speakers), 5),
            "김하늘 일정이 ‘세미나’ 시간과 5분 겹칩니다.",
            None,
        ),
        (
            Clash(Why.PEOPLE, 1, TALK, OTHER, 2),
            "2명이 같은 시간에 ‘인프라’에도 자리가 있습니다.",
            "2 people have a place in this and in “Infrastructure” at the same time.",
        ),
        (Clash(Why.PLACES, 1, TALK, None, 3), "이미 3명에게 자리가 있어 자리 수보다 많습니다.", None),
        (Clash(Why.DAYS, 1, TALK), "차수의 날짜를 벗어났습니다.", "This lies outside the days of the run."),
        (Clash(Why.WALK, 1, TALK, OTHER, 0), "‘인프라’에서 옮겨 올 시간이 0분뿐입니다.", None),
        (
            Clash(Why.LUNCH, 1, on=date(2017, 11, 9)),
            "이날 점심이 없습니다.",
            "There is no lunch on this day.",
        ),
        (Clash(Why.DINNER, 1, on=date(2017, 11, 9)), "이날 저녁 식사가 없습니다.", None),
    ],
)
def test_each_says_what_is_wrong(clash, korean, english):
    runs = seats.runs(an_event())
    for language, expected in (("ko", korean), ("en", english)):
        with force_locale(language):
            [said] = clash_words.say([clash], runs, language=language)
        assert expected in (said.sentence, None)
        assert said.is_error == clash.is_error


def test_where_it_stands_even_outside_of_every_run():
    runs = seats.runs(an_event())
    lost = replace(TALK, run=9, starts_at=at("2017-11-09 09:00"))
    with force_locale("ko"):
        said = clash_words.say(
            [Clash(Why.DAYS, 9, lost), Clash(Why.LUNCH, 1, on=date(2017, 11, 10))], runs, language="ko"
        )
    assert [(one.title, one.where) for one in said] == [("세미나", "9차"), ("", "1차 이튿날")]
