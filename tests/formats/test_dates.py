"""Dates and times as words."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from eventapp.formats import dates

NOVEMBER_9, NOVEMBER_10 = date(2017, 11, 9), date(2017, 11, 10)
T = "\u202f"


def plain(said: str) -> str:
    return said.replace("\u00a0", " ")


def test_days():
    assert plain(dates.day(NOVEMBER_9, "ko")) == "11월 9일 목요일"
    assert plain(dates.day(NOVEMBER_9, "en")) == "Thursday 9 November"
    assert plain(dates.day(NOVEMBER_9, "ko", year=True)) == "2017년 11월 9일 목요일"
    assert plain(dates.day(NOVEMBER_9, "en-GB", year=True)) == "Thursday 9 November 2017"
    assert plain(dates.short_day(NOVEMBER_9, "ko")) == "11. 9 목"
    assert plain(dates.short_day(NOVEMBER_9, "en")) == "Thu 9 Nov"
    assert [plain(dates.numbers(NOVEMBER_9, one)) for one in ("ko", "en")] == ["11. 9", "9 Nov"]


def test_every_weekday_of_a_week_in_both_languages():
    week = [NOVEMBER_9 + timedelta(days=more) for more in range(7)]
    assert [dates.day(on, "ko")[-3] for on in week] == list("목금토일월화수")
    assert [dates.day(on, "en").split()[0] for on in week] == [on.strftime("%A") for on in week]


def test_ranges_have_thin_spaces_round_the_dash_and_never_break():
    assert plain(dates.date_range(NOVEMBER_9, NOVEMBER_10, language="ko")) == f"11월 9{T}–{T}10일"
    assert plain(dates.date_range(NOVEMBER_9, NOVEMBER_10, language="en")) == f"9{T}–{T}10 November"
    assert plain(dates.big_range(NOVEMBER_9, NOVEMBER_10)) == f"11. 9{T}–{T}10"
    assert " " not in dates.date_range(NOVEMBER_9, NOVEMBER_10, language="ko") + dates.big_range(
        NOVEMBER_9, NOVEMBER_10
    )


def test_ranges_over_the_end_of_a_month_or_within_one_day():
    last, first = date(2017, 11, 30), date(2017, 12, 1)
    assert plain(dates.date_range(last, first, language="ko")) == f"11월 30일{T}–{T}12월 1일"
    assert plain(dates.date_range(last, first, language="en")) == f"30 November{T}–{T}1 December"
    assert plain(dates.big_range(last, first)) == f"11. 30{T}–{T}12. 1"
    assert plain(dates.date_range(last, last, language="ko")) == "11월 30일"
    assert plain(dates.date_range(last, last, language="en")) == "30 November"
    assert plain(dates.big_range(last, last)) == "11. 30"


def test_days_in_full_say_their_year_where_it_is_asked_for():
    days = (NOVEMBER_9, NOVEMBER_10)
    assert (
        plain(dates.days_in_full(*days, language="ko", year=True)) == "2017년 11월 9일 목요일 – 10일 금요일"
    )
    assert (
        plain(dates.days_in_full(*days, language="en", year=True)) == "Thursday 9 – Friday 10 November 2017"
    )
    assert plain(dates.days_in_full(NOVEMBER_9, NOVEMBER_9, language="en")) == "Thursday 9 November"


def test_weekdays_and_nights():
    assert dates.weekdays(NOVEMBER_9, NOVEMBER_10, language="ko") == "목·금"
    assert dates.weekdays(NOVEMBER_9, NOVEMBER_10, language="en") == "Thu, Fri"
    assert dates.weekdays(NOVEMBER_9, NOVEMBER_9, language="ko") == "목"
    assert dates.weekdays(NOVEMBER_9, date(2017, 11, 11), language="ko") == "목–토"
    assert dates.nights(NOVEMBER_9, NOVEMBER_10, language="ko") == "하룻밤"
    assert dates.nights(NOVEMBER_9, NOVEMBER_9, language="en") == "one day"


def test_times_are_those_of_the_zone():
    start = datetime(2017, 11, 9, 1, 0, tzinfo=UTC)
    assert dates.clock_time(start, "Asia/Seoul") == "10:00"
    assert dates.clock_time(start, "Europe/Berlin") == "02:00"
    assert dates.time_range(start, start + timedelta(minutes=90), zone="Asia/Seoul") == "10:00–11:30"
    assert dates.time_range(start, start, zone="Asia/Seoul") == "10:00"
    late = datetime(2017, 11, 8, 15, 30, tzinfo=timezone(timedelta(0)))
    assert plain(dates.day_and_time(late, "Asia/Seoul", language="ko")) == "11월 9일 목요일 00:30"
    assert plain(dates.day_and_time(late, "Asia/Seoul", language="en")) == "Thursday 9 November, 00:30"
    with pytest.raises(ValueError, match="zone"):
        dates.clock_time(datetime(2017, 11, 9), "Asia/Seoul")


@pytest.mark.parametrize(
    ("seconds", "korean", "english"),
    [
        (-5, "방금", "just now"),
        (59, "방금", "just now"),
        (60, "1분 전", "1 min ago"),
        (3599, "59분 전", "59 min ago"),
        (3600, "1시간 전", "1 h ago"),
        (86399, "23시간 전", "23 h ago"),
        (86400, "1일 전", "1 day ago"),
        (200000, "2일 전", "2 days ago"),
    ],
)
def test_ago(seconds, korean, english):
    now = datetime(2017, 11, 9, 1, 0, tzinfo=UTC)
    then = now - timedelta(seconds=seconds)
    assert plain(dates.ago(then, now, language="ko")) == korean
    assert plain(dates.ago(then, now, language="en")) == english
