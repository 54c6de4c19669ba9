"""The attendee's own part, then the pass."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import zxingcpp
from cast import a_colleague, a_registration, an_event, an_invitation, an_item, at, attendee_of, badge_of, run
from PIL import Image

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.formats import codes
from eventapp.models.agenda import AgendaItem
from eventapp.models.invitation import Invitation
from eventapp.models.programme import Kind
from eventapp.models.registration import Attendee, Registration
from eventapp.rules import delays, publications, seats, sign_ups
from tests.web.partner.conftest import holder_of, words


def the_attendee(holder) -> Attendee:
    return db.session.get(Attendee, holder.id)


def test_the_own_part_comes_first_and_takes_one_press(app, client, holder):
    client.get(holder.link)
    first = words(client.get(holder.page))
    assert ("네, 제가 갑니다" in first, "오세린 대리" in first, "채식" in first) == (True, True, True)
    for _ in range(2):
        assert client.post(f"{holder.page}/confirmation", data={"diet": "halal"}).status_code == 303
    with app.app_context():
        assert (the_attendee(holder).diet, the_attendee(holder).confirmed_at is not None) == ("halal", True)
    assert "pass-qr" in client.get(holder.page).get_data(as_text=True)


def test_the_pass_shows_before_the_own_part_on_the_day_and_on_demand(client, holder):
    client.get(holder.link)
    assert "pass-qr" in client.get(f"{holder.page}?badge=1").get_data(as_text=True)
    with standing_at(at("2017-11-09 07:00")):
        assert "pass-qr" in client.get(holder.page).get_data(as_text=True)


def test_the_qr_holds_the_badges_address_in_capitals(app, ready, holder, tmp_path):
    with app.app_context():
        code = badge_of(db.session.get(Registration, holder.registration_id)).code
    page = ready.get(holder.page).get_data(as_text=True)
    assert codes.shown(code) in page
    picture = tmp_path / "code.png"
    picture.write_bytes(ready.get(f"{holder.page}/code.png").data)
    assert zxingcpp.read_barcode(Image.open(picture)).text == f"HTTP://127.0.0.1:5000/B/{code}"


def test_now_and_next_come_from_what_was_published(app, ready, holder):
    with app.app_context():
        event_session = run(db.session.get(Invitation, 1).event, 1)
        for group in (1, 2):
            an_item(event_session, f"제주 본사 투어 {group}조", hour=10, group_number=group, places=20)
        an_item(event_session, "점심 식사", hour=12, kind=Kind.MEAL, room_ko="지하 1층 식당")
        publications.publish(event_session.event)
        late = an_item(event_session, "아직 알리지 않은 것", hour=11)
        assert late.id
    with standing_at(at("2017-11-09 10:20")):
        shown = shown_rows(ready.get(holder.page))
    assert shown == ["지금 제주 본사 투어 10:00 11:00", "다음 점심 식사 지하 1층 식당, 채식 12:00"]
    with app.app_context():
        tour = db.session.scalar(db.select(AgendaItem).where(AgendaItem.group_number == 2))
        sign_ups.sign_up(db.session.get(Registration, holder.registration_id), tour)
    with standing_at(at("2017-11-09 10:20")):
        assert shown_rows(ready.get(holder.page))[0] == "지금 제주 본사 투어 2조 10:00 11:00"
    assert shown_rows(ready.get(holder.page)) == ["다음 제주 본사 투어 2조 11. 9 목 10:00"]
    with standing_at(at("2017-11-10 20:00")):
        assert shown_rows(ready.get(holder.page)) == []


def shown_rows(answer) -> list[str]:
    """The programme's rows that are not hidden, as words."""
    page = re.sub(r"<span[^>]*\bhidden>.*?</span>", "", answer.get_data(as_text=True))
    rows = re.findall(r'<div class="pass-row[^>]*>.*?\n</div>', page, re.DOTALL)
    said = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip()
        for row in rows
        if " hidden>" not in row.split(">")[0] + ">"
    ]
    return [one.replace("\u00a0", " ") for one in said]


def test_an_undecided_attendee_chooses_the_run(app, client, company):
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        own = holder_of(app, attendee_of(a_registration(invitation, number=None)))
    client.get(own.link)
    empty = client.post(f"{own.page}/confirmation", data={"diet": ""})
    assert (empty.status_code, "언제 오시는지 골라 주세요." in words(empty)) == (400, True)
    for strange in ("9", "later", "x" * 900):
        form = {"diet": "", "event_session": strange}
        assert client.post(f"{own.page}/confirmation", data=form).status_code == 409
    for _ in range(2):
        form = {"diet": "", "event_session": "2"}
        assert client.post(f"{own.page}/confirmation", data=form).status_code == 303
    with app.app_context():
        registration = db.session.get(Registration, own.registration_id)
        assert (registration.status, registration.event_session.number) == ("registered", 2)


def test_a_full_run_keeps_what_was_chosen_and_confirms_nothing(app, client, clock):
    with app.app_context():
        event = an_event(capacity=(1, 4))
        a_registration(an_invitation(event))
        own = holder_of(app, attendee_of(a_registration(an_invitation(event), number=None)))
    client.get(own.link)
    answer = client.post(f"{own.page}/confirmation", data={"diet": "vegan", "event_session": "1"})
    assert (answer.status_code, "2차에는 4자리가 있습니다." in words(answer)) == (409, True)
    assert re.search(r'value="vegan"[^>]*checked|checked[^>]*value="vegan"', answer.get_data(as_text=True))
    with app.app_context():
        attendee = db.session.get(Attendee, own.id)
        assert (attendee.confirmed_at, attendee.diet) == (None, "")


@pytest.mark.parametrize("diet", ["meat", "<b>", "채식\x00", "v" * 5000])
def test_a_diet_of_ones_own_is_a_sentence(app, client, holder, diet):
    client.get(holder.link)
    answer = client.post(f"{holder.page}/confirmation", data={"diet": diet})
    assert answer.status_code == 400
    with app.app_context():
        assert the_attendee(holder).confirmed_at is None


def test_the_own_part_stays_open_after_the_names_are_due(app, client, holder):
    client.get(holder.link)
    with app.app_context(), db.writing():
        db.session.get(Invitation, 1).expires_on = at("2017-10-25 00:00").date()
    with standing_at(at("2017-11-01 09:00")):
        assert client.post(f"{holder.page}/confirmation", data={"diet": ""}).status_code == 303


def test_two_passes_in_one_browser_never_mix(app, ready, holder):
    with app.app_context():
        other = holder_of(
            app, attendee_of(a_registration(db.session.get(Invitation, 1), a_colleague(name="유나래")))
        )
    assert ready.get(other.page).location == "/letter-again?link=closed"
    ready.get(other.link)
    assert "오세린" not in words(ready.get(other.page))
    assert "유나래" not in words(ready.get(holder.page))
    assert ready.post(f"{other.page}/opening").status_code == 204
    with app.app_context():
        assert [db.session.get(Attendee, one.id).opened_at is None for one in (holder, other)] == [
            True,
            False,
        ]


def test_free_places_are_counted_when_an_attendee_chooses(app, client, company):
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        own = holder_of(app, attendee_of(a_registration(invitation, number=None)))
        before = seats.free(run(invitation.event, 2))
    client.get(own.link)
    client.post(f"{own.page}/confirmation", data={"diet": "", "event_session": "2"})
    with app.app_context(), standing_at(at("2017-10-16 10:00") + timedelta(minutes=5)):
        assert seats.free(run(db.session.get(Invitation, company.id).event, 2)) == before - 1


def test_a_run_that_is_late_reads_so_on_the_pass_that_day(app, ready, holder):
    with app.app_context():
        event_session = run(db.session.get(Invitation, 1).event, 1)
        an_item(event_session, "AI 동향", hour=10)
        publications.publish(event_session.event)
        with standing_at(at("2017-11-09 09:30")):
            delays.slide(event_session, seen=publications.latest(event_session.event).number)
    late = "오늘 일정이 15분 늦춰졌습니다."
    with standing_at(at("2017-11-09 09:31")):
        assert late in words(ready.get(holder.page))
    with standing_at(at("2017-11-10 09:31")):
        assert late not in words(ready.get(holder.page))
