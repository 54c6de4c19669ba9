"""The agenda as a page and as a feed, always in the Event's own time."""

import os
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from cast import an_event, at, run
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from eventapp.clock import standing_at
from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items, events, publications, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
TOUR = Draft(
    kind=Kind.TOUR,
    title_ko="제주 본사 투어",
    title_en="HQ tour",
    room_ko="1층 로비",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    group_number=2,
)


@pytest.fixture
def tour_uid(app: Flask) -> str:
    with app.app_context():
        event = an_event()
        return agenda.add_all(event, agenda_items.in_every_run(run(event, 1), TOUR))[0].uid


@pytest.mark.usefixtures("tour_uid")
def test_both_runs_or_the_one_asked_for(client: FlaskClient):
    whole = client.get("/2017/agenda").get_data(as_text=True)
    assert ("11월\u00a09일 목요일" in whole, "11월\u00a016일 목요일" in whole) == (True, True)
    second = client.get("/2017/agenda?run=2").get_data(as_text=True)
    assert ("11월\u00a09일 목요일" in second, "11월\u00a016일 목요일" in second) == (False, True)
    assert "제주 본사 투어 2조" in second
    assert "HQ tour, group 2" in client.get("/2017/agenda?language=en").get_data(as_text=True)


@pytest.mark.usefixtures("tour_uid")
def test_the_other_language_keeps_the_run(client: FlaskClient):
    page = client.get("/2017/agenda?run=2").get_data(as_text=True)
    assert 'href="/2017/agenda?run=2&amp;language=en"' in page


@pytest.mark.usefixtures("tour_uid")
@pytest.mark.parametrize(
    "address",
    [
        "/2017/agenda?run=3",
        "/2017/agenda?run=x",
        "/2017/agenda?kind=dance",
        "/2017/agenda?kind=meal",  # a kind of which nothing is published
        "/2017/agenda.ics",
        "/2017/agenda.ics?run=9",
        "/2017/now?run=0",
        "/2016/agenda",
        "/organizer/now",
        "/sign-in/agenda",
        "/door/brand.css",
        "/2017/",
        "/%F0%9F%98%80/agenda",
    ],
)
def test_what_is_not_there_is_a_404(client: FlaskClient, address: str):
    assert client.get(address).status_code == 404


@pytest.fixture
def whole_day(app: Flask) -> None:
    """A tour, and a lunch after it."""
    with app.app_context():
        event = an_event()
        lunch = {"kind": Kind.MEAL, "title_ko": "점심", "title_en": "Lunch", "group_number": None}
        hours = {"starts_at": at("2017-11-09 12:00"), "ends_at": at("2017-11-09 13:00")}
        drafts = [TOUR, Draft(**{**vars(TOUR), **lunch, **hours})]
        agenda.add_all(event, [(run(event, 1), one) for one in drafts])


def rows(page: str) -> list[tuple[str, bool, bool]]:
    """Kind, shown, on now."""
    found = re.findall(r'<li class="day-item([^"]*)" data-kind="(\w+)"[^>]*?( hidden)?>', page)
    return [(kind, not hidden, "is-on" in css) for css, kind, hidden in found]


@pytest.mark.usefixtures("whole_day")
def test_one_kind_alone_by_an_address(client: FlaskClient):
    whole = client.get("/2017/agenda?run=1").get_data(as_text=True)
    assert rows(whole) == [("tour", True, False), ("meal", True, False)]
    page = client.get("/2017/agenda?run=1&kind=meal").get_data(as_text=True)
    assert rows(page) == [("tour", False, False), ("meal", True, False)]
    assert 'href="/2017/agenda?run=1&amp;kind=tour"' in page


@pytest.mark.usefixtures("whole_day")
@pytest.mark.parametrize(
    ("moment", "on"),
    [("09:59", []), ("10:00", ["tour"]), ("11:29", ["tour"]), ("11:30", []), ("12:00", ["meal"])],
)
def test_what_is_on_is_marked(client: FlaskClient, moment: str, on: list[str]):
    with standing_at(at(f"2017-11-09 {moment}")):
        page = client.get("/2017/agenda").get_data(as_text=True)
    assert [kind for kind, _shown, is_on in rows(page) if is_on] == on


@pytest.mark.usefixtures("tour_uid")
def test_a_delay_of_today_is_said_and_a_change_for_another_day_is_not(app: Flask, client: FlaskClient):
    late, whole = "예정보다 15분 늦게 시작합니다", "오늘 일정이 15분 늦춰졌습니다."
    with standing_at(at("2017-11-08 18:00")):
        with app.app_context():
            first = run(events.by_slug("2017"), 1)
            lunch = agenda.add(
                first,
                Draft(
                    kind=Kind.MEAL,
                    title_ko="점심",
                    starts_at=at("2017-11-09 12:00"),
                    ends_at=at("2017-11-09 13:00"),
                ),
            )
            lunch_uid = lunch.uid
        slide_tour(app, "10:05", "11:35")
        assert "늦게" not in client.get("/2017/agenda").get_data(as_text=True)
    with standing_at(at("2017-11-09 09:00")):
        slide_tour(app, "10:20", "11:50")
    with standing_at(at("2017-11-09 09:10")):
        page = client.get("/2017/agenda").get_data(as_text=True)
        assert (page.count(late), page.count(whole)) == (1, 0)
        with app.app_context():
            working_copies.remove(events.by_slug("2017"), lunch_uid)
            publications.publish(events.by_slug("2017"))
        page = client.get("/2017/agenda").get_data(as_text=True)
        assert (page.count(late), page.count(whole)) == (0, 1)
    with standing_at(at("2017-11-09 11:50")):
        assert "늦게" not in client.get("/2017/agenda").get_data(as_text=True)


def slide_tour(app: Flask, begins: str, ends: str) -> None:
    """Run 1's tour at other hours, published at once."""
    with app.app_context():
        item = publications.rows(run(events.by_slug("2017"), 1))[0]
        hours = {"starts_at": at(f"2017-11-09 {begins}"), "ends_at": at(f"2017-11-09 {ends}")}
        agenda.change(item, Draft(**{**vars(TOUR), **hours}))


def test_the_feed_keeps_uids_and_raises_the_sequence(app: Flask, client: FlaskClient, tour_uid: str):
    [before] = Calendar.from_ical(client.get("/2017/agenda.ics?run=1").data).walk("VEVENT")
    with app.app_context():
        event = events.by_slug("2017")
        item = publications.rows(run(event, 1))[0]
        agenda.change(item, Draft(**{**vars(TOUR), "ends_at": at("2017-11-09 12:00")}))
    [after] = Calendar.from_ical(client.get("/2017/agenda.ics?run=1").data).walk("VEVENT")
    assert before["UID"] == after["UID"] == f"{tour_uid}@partners-day"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before.decoded("DTSTART") == at("2017-11-09 10:00")
    assert after.decoded("DTEND") == at("2017-11-09 12:00")


def test_what_was_taken_out_is_cancelled_in_calendars(app: Flask, client: FlaskClient, tour_uid: str):
    with app.app_context():
        event = events.by_slug("2017")
        agenda.remove(publications.rows(run(event, 1))[0])
    [gone] = Calendar.from_ical(client.get("/2017/agenda.ics?run=1").data).walk("VEVENT")
    assert (gone["UID"], gone["STATUS"], gone["SEQUENCE"]) == (f"{tour_uid}@partners-day", "CANCELLED", 1)
    [other] = Calendar.from_ical(client.get("/2017/agenda.ics?run=2").data).walk("VEVENT")
    assert other["STATUS"] == "CONFIRMED"


@pytest.mark.usefixtures("tour_uid")
def test_an_unchanged_feed_costs_nothing(client: FlaskClient):
    first = client.get("/2017/agenda.ics?run=1")
    again = client.get("/2017/agenda.ics?run=1", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert first.content_type == "text/calendar; charset=utf-8"


def test_nothing_published_yet_is_said_calmly(app: Flask, client: FlaskClient):
    with app.app_context():
        an_event()
    for address in ("/2017/agenda", "/2017/agenda.ics?run=1", "/2017/now"):
        assert client.get(address).status_code == 200


@pytest.fixture
def zone_of_server(request: pytest.FixtureRequest):
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        os.environ.pop("TZ")
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("tour_uid", "zone_of_server")
@pytest.mark.parametrize(
    "zone_of_server", ["UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu"], indirect=True
)
def test_hours_are_the_events_own_wherever_the_server_stands(client: FlaskClient):
    page = client.get("/2017/agenda?run=1").get_data(as_text=True)
    assert '<time>10:00</time><span class="until">–11:30</span>' in page
    assert "첫날 10:00" in client.get("/").get_data(as_text=True)
    [entry] = Calendar.from_ical(client.get("/2017/agenda.ics?run=1").data).walk("VEVENT")
    assert entry.decoded("DTSTART").astimezone(UTC) == datetime(2017, 11, 9, 1, 0, tzinfo=UTC)
    assert entry["DTSTART"].params["TZID"] == "Asia/Seoul"
    assert entry.decoded("DTEND") - entry.decoded("DTSTART") == timedelta(minutes=90)
