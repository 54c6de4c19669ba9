"""Calendars: read back, folded by bytes, replaced rather than doubled."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from eventapp.formats import calendar

SEOUL = ZoneInfo("Asia/Seoul")
START = datetime(2017, 11, 9, 1, 0, tzinfo=UTC)


def entry(**changed) -> calendar.Entry:
    values = {
        "uid": "item-3@partners.example",
        "start": START,
        "end": START + timedelta(hours=1),
        "changed_at": START,
        "summary": "제주 본사 투어",
    }
    return calendar.Entry(**{**values, **changed})


def events(document: bytes) -> list:
    return Calendar.from_ical(document).walk("VEVENT")


def test_an_entry_comes_back_as_it_went():
    odd = "쉼표, 세미콜론; 역사선 \\ 새 줄\n끝 BEGIN:VALARM"
    (found,) = events(
        calendar.feed("일정", [entry(description=odd, location="1층, 로비", sequence=4)], zone="Asia/Seoul")
    )
    assert found["uid"] == "item-3@partners.example"
    assert found["sequence"] == 4
    assert found["summary"] == "제주 본사 투어"
    assert found["description"] == odd
    assert found["location"] == "1층, 로비"
    assert found["status"] == "CONFIRMED"
    assert found.decoded("dtstart") == datetime(2017, 11, 9, 10, 0, tzinfo=SEOUL)
    assert (
        "DTSTART;TZID=Asia/Seoul:20171109T100000"
        in calendar.feed("일정", [entry()], zone="Asia/Seoul").decode()
    )


def test_a_cancelled_entry_says_so_and_frees_the_time():
    (found,) = events(calendar.feed("일정", [entry(cancelled=True, sequence=5)], zone="Asia/Seoul"))
    assert (found["status"], found["transp"], found["sequence"]) == ("CANCELLED", "TRANSPARENT", 5)


def test_lines_end_in_crlf_and_are_folded_within_75_bytes():
    document = calendar.feed("일정", [entry(summary="가" * 200, description="나" * 500)], zone="Asia/Seoul")
    lines = document.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in document.replace(b"\r\n", b"")
    for line in lines:
        line.decode()  # never folded within a syllable
    assert events(document)[0]["summary"] == "가" * 200


def test_nothing_a_person_typed_starts_a_line_of_its_own():
    trick = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y"
    document = calendar.feed(trick, [entry(summary=trick, location=trick)], zone="Asia/Seoul")
    assert len(events(document)) == 1
    assert document.count(b"\r\nBEGIN:VEVENT\r\n") == 1


def test_the_zone_is_told_once_and_many_entries_are_one_document():
    entries = [entry(uid=f"item-{number}@partners.example") for number in range(40)]
    for _ in range(2):
        document = calendar.feed("일정", entries, zone="Asia/Seoul")
        assert document.count(b"BEGIN:VTIMEZONE") == 1
        assert len({found["uid"] for found in events(document)}) == 40


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        calendar.feed("일정", [entry(start=datetime(2017, 11, 9))], zone="Asia/Seoul")
