"""One item's page: what was published of it, to whoever asks; nothing of what only the hosts see."""

import uuid

import pytest
from cast import an_event, at, run
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from eventapp.clock import standing_at
from eventapp.models.presenting import Material, Speaker
from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items, events, publications, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
SEMINAR = Draft(
    kind=Kind.SEMINAR,
    title_ko="동반성장 세미나",
    title_en="Shared-growth seminar",
    text_ko="자료는 https://host.example/slides 에 있습니다.\n<script>alert(1)</script>",
    room_ko="멀티홀",
    speakers=(Speaker(name_ko="윤서진", title_ko="매니저", affiliation_ko="한라호스트"),),
    materials=(Material(title_ko="발표 자료", url="https://host.example/slides.pdf"),),
    starts_at=at("2017-11-09 14:00"),
    ends_at=at("2017-11-09 15:30"),
    places=20,
)


@pytest.fixture
def uid(app: Flask) -> str:
    with app.app_context():
        event = an_event()
        return agenda.add_all(event, agenda_items.in_every_run(run(event, 1), SEMINAR))[0].uid


def test_all_there_is_to_read(client: FlaskClient, uid: str):
    answer = client.get(f"/2017/agenda/{uid}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    for words in (
        "동반성장 세미나",
        "11월\u00a09일 목요일",
        "14:00–15:30",
        "멀티홀",
        "윤서진 매니저",
        "<dd>20</dd>",
    ):
        assert words in page
    assert 'href="https://host.example/slides.pdf" rel="noopener noreferrer">발표 자료</a>' in page
    assert "2차 11월\u00a016일 목요일 14:00–15:30, 멀티홀" in page
    assert f'href="/2017/agenda/{uid}"' in client.get("/2017/agenda").get_data(as_text=True)


def test_text_is_text_and_an_address_in_it_a_link(client: FlaskClient, uid: str):
    page = client.get(f"/2017/agenda/{uid}").get_data(as_text=True)
    assert (
        'href="https://host.example/slides" rel="noopener noreferrer nofollow">https://host.example/slides</a>'
        in page
    )
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_item_for_a_calendar(client: FlaskClient, uid: str):
    answer = client.get(f"/2017/agenda/{uid}.ics")
    [entry] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (entry["UID"], entry["STATUS"]) == (f"{uid}@partners-day", "CONFIRMED")
    assert entry["URL"].endswith(f"/2017/agenda/{uid}")
    again = client.get(f"/2017/agenda/{uid}.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_what_was_taken_out_says_so(app: Flask, client: FlaskClient, uid: str):
    with app.app_context():
        agenda.remove(publications.rows(run(events.by_slug("2017"), 1))[0])
    answer = client.get(f"/2017/agenda/{uid}")
    assert answer.status_code == 410
    assert "프로그램에서 빠졌습니다." in answer.get_data(as_text=True)
    [entry] = Calendar.from_ical(client.get(f"/2017/agenda/{uid}.ics").data).walk("VEVENT")
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)


def test_what_nobody_published_is_not_there(app: Flask, client: FlaskClient, uid: str):
    """Neither an item for the hosts alone, nor one of the working copy, nor a word of either."""
    with app.app_context():
        event = events.by_slug("2017")
        hours = {"starts_at": at("2017-11-10 08:00"), "ends_at": at("2017-11-10 09:00")}
        hosts = {**vars(SEMINAR), **hours, "title_ko": "스태프 회의", "internal": True}
        internal = agenda.add(run(event, 1), Draft(**hosts)).uid
        unpublished = working_copies.add(event, [(run(event, 1), SEMINAR)])[0].uid
    for missing in (internal, unpublished, str(uuid.uuid4()), "x"):
        for address in (f"/2017/agenda/{missing}", f"/2017/agenda/{missing}.ics"):
            assert client.get(address).status_code == 404
    assert "스태프 회의" not in client.get("/2017/agenda").get_data(as_text=True)


def test_now_is_said(client: FlaskClient, uid: str):
    for moment, on in (("13:59", 0), ("14:00", 1), ("15:30", 0)):
        with standing_at(at(f"2017-11-09 {moment}")):
            page = client.get(f"/2017/agenda/{uid}").get_data(as_text=True)
        assert page.count('class="state-now"') == on
