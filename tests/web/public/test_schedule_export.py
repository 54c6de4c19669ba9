"""schedule.json: the published agenda for conference apps, the same as on the page, and nothing besides."""

import pytest
from cast import an_event, at, run
from flask import Flask
from flask.testing import FlaskClient
from formats.test_conference import all_wrong, read

from eventapp.models.presenting import Material, Speaker
from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items, events, publications, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
SEMINAR = Draft(
    kind=Kind.SEMINAR,
    title_ko="동반성장 세미나",
    title_en="Shared-growth seminar",
    text_ko='따옴표 " 와\n줄바꿈',
    room_ko="멀티홀",
    speakers=(Speaker(name_ko="윤서진", title_ko="매니저", affiliation_ko="한라호스트"),),
    materials=(Material(title_ko="발표 자료", url="https://host.example/slides.pdf"),),
    starts_at=at("2017-11-09 14:00"),
    ends_at=at("2017-11-09 15:30"),
)


@pytest.fixture
def uids(app: Flask) -> list[str]:
    with app.app_context():
        event = an_event()
        return [item.uid for item in agenda.add_all(event, agenda_items.in_every_run(run(event, 1), SEMINAR))]


def test_it_reads_like_the_page(client: FlaskClient, uids: list[str]):
    document = client.get("/2017/schedule.json").get_json()
    assert all_wrong(document) == []
    hours = [("2017-11-09 14:00", "2017-11-09 15:30"), ("2017-11-16 14:00", "2017-11-16 15:30")]
    assert read(document) == sorted(
        (uid, at(begins), at(ends), "멀티홀", "동반성장 세미나", ("윤서진 매니저(한라호스트)",))
        for uid, (begins, ends) in zip(uids, hours, strict=True)
    )
    head = document["schedule"]["conference"]
    [first] = head["days"][0]["rooms"]["멀티홀"]
    assert first["links"][0]["url"] == "https://host.example/slides.pdf"
    assert (head["daysCount"], head["start"], head["end"]) == (4, "2017-11-09", "2017-11-17")
    english = client.get("/2017/schedule.json?language=en").get_json()
    assert {one[4] for one in read(english)} == {"Shared-growth seminar"}


def test_a_new_publication_is_a_new_version_with_the_same_ids(
    app: Flask, client: FlaskClient, uids: list[str]
):
    before = client.get("/2017/schedule.json")
    again = client.get("/2017/schedule.json", headers={"If-None-Match": before.headers["ETag"]})
    assert (before.status_code, again.status_code, again.data) == (200, 304, b"")
    with app.app_context():
        item = publications.rows(run(events.by_slug("2017"), 1))[0]
        agenda.change(item, Draft(**{**vars(SEMINAR), "ends_at": at("2017-11-09 15:00")}))
    after = client.get("/2017/schedule.json", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert [one.get_json()["schedule"]["version"] for one in (before, after)] == ["1", "2"]
    assert ids(before.get_json()) == ids(after.get_json())


def ids(document: dict) -> dict[str, int]:
    days = document["schedule"]["conference"]["days"]
    return {one["guid"]: one["id"] for day in days for room in day["rooms"].values() for one in room}


def test_only_what_is_published(app: Flask, client: FlaskClient, uids: list[str]):
    with app.app_context():
        event = events.by_slug("2017")
        hosts = {
            "title_ko": "스태프 회의",
            "internal": True,
            "room_ko": "무대 뒤",
            "speakers": (Speaker(name_ko="아무개"),),
        }
        hours = {"starts_at": at("2017-11-10 08:00"), "ends_at": at("2017-11-10 09:00")}
        agenda.add(run(event, 1), Draft(**{**vars(SEMINAR), **hosts, **hours}))
        draft = {"title_ko": "아직 비밀", "room_ko": "옥상", "speakers": (Speaker(name_ko="누군가"),)}
        working_copies.add(event, [(run(event, 1), Draft(**{**vars(SEMINAR), **draft}))])
    words = client.get("/2017/schedule.json").get_data(as_text=True)
    assert [
        one for one in ("스태프 회의", "무대 뒤", "아무개", "아직 비밀", "옥상", "누군가") if one in words
    ] == []
    assert {one[0] for one in read(client.get("/2017/schedule.json").get_json())} == set(uids)


def test_an_app_on_another_host_may_read_it(client: FlaskClient, uids: list[str]):
    answer = client.get("/2017/schedule.json", headers={"Origin": "https://app.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_nothing_published_yet_is_a_schedule_without_items(app: Flask, client: FlaskClient):
    with app.app_context():
        an_event()
    document = client.get("/2017/schedule.json").get_json()
    assert (all_wrong(document), read(document), document["schedule"]["version"]) == ([], [], "0")
