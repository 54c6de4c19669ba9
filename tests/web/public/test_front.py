"""The front page says what the Event's data say, names nobody and weighs little."""

import gzip
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from cast import a_company, an_event, an_invitation, at, run
from flask import Flask
from flask.testing import FlaskClient

from eventapp.db import db
from eventapp.models.agenda import AgendaItem
from eventapp.models.programme import Kind
from eventapp.models.states import EventStatus
from eventapp.reports import gathering, published_agenda
from eventapp.rules import agenda, agenda_items, companies, events, invitations, publications
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
DAY = {1: "2017-11-09", 2: "2017-11-10"}


def a_draft(kind: Kind, title: str, *, day: int = 1, start: str = "10:00", end: str = "11:30") -> Draft:
    return Draft(
        kind=kind, title_ko=title, starts_at=at(f"{DAY[day]} {start}"), ends_at=at(f"{DAY[day]} {end}")
    )


PROGRAMME = [
    a_draft(Kind.TOUR, "제주 본사 투어"),
    a_draft(Kind.MEAL, "점심 식사", start="12:00", end="13:10"),
    a_draft(Kind.SEMINAR, "동반성장 세미나", start="13:30", end="15:00"),
    a_draft(Kind.INFRASTRUCTURE, "인프라 동향", start="15:20", end="16:40"),
    a_draft(Kind.MEAL, "저녁 식사", start="18:00", end="20:00"),
    a_draft(Kind.AI, "AI 동향", day=2, start="09:30", end="10:50"),
    a_draft(Kind.MEAL, "점심 식사", day=2, start="12:00", end="13:10"),
]


def a_full_event() -> None:
    event = an_event()
    events.state_facts(event, about_ko="만나서 이야기합니다.", history_ko="지금도 이어 갑니다.")
    for number in range(36):
        company = a_company(f"회사{number}", sector=f"분야{number % 12}")
        an_invitation(event, company, seats_kept=3 if number < 13 else 2, sent=False)
    drafts = [pair for draft in PROGRAMME for pair in agenda_items.in_every_run(run(event, 1), draft)]
    agenda.add_all(event, drafts)


def text_of(client: FlaskClient, address: str = "/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def data_of(page: str) -> dict[str, Any]:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])


def test_the_page_counts_fields_companies_and_seats_and_draws_a_dot_for_each(app: Flask, client: FlaskClient):
    with app.app_context():
        a_full_event()
    page = text_of(client)
    assert [part in page for part in ("12개 분야", "협력사 36곳", "85명")] == [True] * 3
    ridge = page[page.index("ridge-public") : page.index("public-when")]
    assert ridge.count("<circle") == 85


def test_the_programmes_stand_in_order_with_their_day_and_hour(app: Flask, client: FlaskClient):
    with app.app_context():
        a_full_event()
    page = text_of(client)
    programme = page[page.index('class="programme"') : page.index("</ol>")]
    assert re.findall(r"<h3>(.*?)</h3>", programme) == [
        "제주 본사 투어",
        "동반성장 세미나",
        "인프라 동향",
        "AI 동향",
    ]
    assert re.findall(r'<span class="together">(.*?)</span>', programme) == [
        "첫날 10:00",
        "첫날 13:30",
        "첫날 15:20",
        "이튿날 09:30",
    ]
    assert "점심 두\u00a0번과 저녁 한\u00a0번" in programme


def test_runs_that_differ_are_both_said(app: Flask):
    with app.app_context():
        event = an_event()
        tour = PROGRAMME[0]
        later = a_draft(Kind.TOUR, "투어", start="14:00", end="15:00")
        agenda.add_all(event, [(run(event, 1), tour), agenda_items.in_every_run(run(event, 1), later)[1]])
        [programme] = published_agenda.programmes(
            publications.latest(event).items(), [run(event, 1), run(event, 2)]
        )
        assert [(when.run, when.day) for when in programme.whens] == [(1, 1), (2, 1)]


def test_readers_see_the_publication_whatever_happens_to_the_rows(app: Flask, client: FlaskClient):
    with app.app_context():
        a_full_event()
    addresses = ("/", "/2017/agenda", "/2017/agenda.ics?run=1", "/2017/now")
    before = [client.get(address).data for address in addresses]
    with app.app_context():
        for item in db.session.query(AgendaItem):
            item.title_ko, item.starts_at = "몰래", item.starts_at - timedelta(hours=1)
        db.session.commit()
    assert [client.get(address).data for address in addresses] == before


def test_search_engines_read_the_event_and_its_runs(app: Flask, client: FlaskClient):
    with app.app_context():
        a_full_event()
    data = data_of(text_of(client))
    assert (data["@type"], data["startDate"], data["endDate"]) == (
        "BusinessEvent",
        "2017-11-09",
        "2017-11-17",
    )
    assert [(one["startDate"], one["endDate"]) for one in data["subEvent"]] == [
        ("2017-11-09", "2017-11-10"),
        ("2017-11-16", "2017-11-17"),
    ]


def test_words_cannot_leave_the_data_block(app: Flask, client: FlaskClient):
    with app.app_context():
        event = an_event()
        events.state_facts(event, about_ko="</script><script>alert(1)</script>", place_ko="<b>&\"'")
    page = text_of(client)
    assert "<script>alert" not in page
    assert data_of(page)["description"] == "</script><script>alert(1)</script>"


def test_each_language_names_the_other_and_itself(app: Flask, client: FlaskClient):
    with app.app_context():
        an_event()
    page = text_of(client, "/?language=en")
    assert '<link rel="canonical" href="http://127.0.0.1:5000/?language=en">' in page
    assert re.findall(r'hreflang="([a-z-]+)" href="http://127.0.0.1:5000/([^"]*)"', page) == [
        ("ko", "?language=ko"),
        ("en", "?language=en"),
        ("x-default", ""),
    ]
    assert re.search(r'property="og:image" content="http://127.0.0.1:5000/static/-\w+/look/og.png"', page)


def test_addresses_never_come_from_the_host_header(app: Flask, client: FlaskClient):
    with app.app_context():
        an_event()
    answer = client.get("/", headers={"Host": "evil.example"})
    assert b"evil.example" not in answer.data


@pytest.mark.parametrize("drafted", [False, True])
def test_without_an_open_event_the_page_is_calm(app: Flask, client: FlaskClient, drafted: bool):
    with app.app_context():
        if drafted:
            an_event(confirmed=False)
    page = text_of(client)
    assert "2017" not in page
    assert client.get("/2017/agenda").status_code == 404


def test_a_closed_event_stays_readable(app: Flask, client: FlaskClient):
    with app.app_context():
        events.set_status(an_event(), EventStatus.CLOSED)
    assert "파트너를 위한 이틀" in text_of(client)


def test_an_invitation_taken_back_is_not_counted(app: Flask):
    with app.app_context():
        event = an_event()
        invitations.revoke(an_invitation(event, seats_kept=3))
        an_invitation(event, seats_kept=2)
        found = gathering.of(event)
        assert (found.companies, found.seats, len(found.sectors)) == (1, 2, 1)
        assert companies.sector("소프트웨어").id == found.sectors[0].id


def test_the_page_sets_no_cookie_and_is_light(app: Flask, client: FlaskClient):
    with app.app_context():
        a_full_event()
    answer = client.get("/")
    assert "Set-Cookie" not in answer.headers
    page = answer.get_data(as_text=True)
    wanted = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page)
    weight = len(gzip.compress(answer.data))
    for address in wanted:
        with client.get(address) as file:
            weight += len(gzip.compress(file.data))
    assert weight <= 40_000
    assert len(wanted) + 1 <= 7  # and one for the sheet of another colour


def test_a_long_event_speaks_of_its_days_by_number(app: Flask, client: FlaskClient):
    with app.app_context():
        event = an_event()
        events.change_run(run(event, 1), ends_on=date(2017, 11, 12))
        long_item = Draft(
            kind=Kind.AI, title_ko="AI", starts_at=at("2017-11-11 09:00"), ends_at=at("2017-11-11 10:00")
        )
        agenda.add(run(event, 1), long_item)
    assert "3일째 09:00" in text_of(client)


def test_fields_are_said_in_the_readers_language(app: Flask, client: FlaskClient):
    with app.app_context():
        an_invitation(an_event(), a_company(sector="보안"))
    assert ">security</span>" in text_of(client, "/?language=en")
