"""Journey and room on one's own page: saved with the button or by itself, and nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from browser import violations
from cast import a_registration, attendee_of
from conftest import MONDAY
from flask import Flask
from live import serve
from playwright.sync_api import expect

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Attendee
from tests.web.partner.conftest import Holder, holder_of, words

WHY = "까닭을 한 줄 적어 주세요."
TYPED = {
    "arrives_at": "2017-11-09T08:20",
    "departs_at": "2017-11-10T17:10",
    "flight_in": "KE1203",
    "shuttle_in": "y",
    "room": "twin",
    "room_with": "정도현 대리",
    "allergy": "<b>땅콩</b>",
    "on_call": "y",
}


def kept(app: Flask, holder: Holder) -> tuple[str, str, bool, str, bool]:
    with app.app_context():
        attendee = db.session.get_one(Attendee, holder.id)
        arrives = attendee.arrives_at.isoformat() if attendee.arrives_at else ""
        seat = attendee.registration
        return arrives, attendee.flight_in, seat.shuttle_in, seat.room, attendee.on_call


def test_it_is_saved_and_shown_again_on_the_events_clocks(app, ready, holder):
    assert "여정과 방" in words(ready.get(holder.page))
    answer = ready.post(f"{holder.page}/travel", data=TYPED)
    assert (answer.status_code, answer.location) == (303, holder.page)
    assert kept(app, holder) == ("2017-11-08T23:20:00+00:00", "KE1203", True, "twin", True)
    text = ready.get(f"{holder.page}/travel").get_data(as_text=True)
    for one in ('value="2017-11-09T08:20"', 'value="KE1203"', "&lt;b&gt;땅콩&lt;/b&gt;", 'value="twin"'):
        assert one in text


def test_the_script_gets_no_page_back(ready, holder):
    answer = ready.post(f"{holder.page}/travel", data=TYPED, headers={"X-Saves": "1"})
    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"arrives_at": "2017-12-24T08:00"}, 409, "오시는 날짜에서 벗어납니다."),
        ({"departs_at": "2017-11-09T08:00"}, 409, "도착하시기 전입니다."),
        ({"flight_in": "KE" * 20}, 400, "12자까지"),
        ({"room": "palace"}, 400, ""),
        ({"arrives_at": "soon"}, 400, ""),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_stays_typed(app, ready, holder, typed, status, sentence):
    answer = ready.post(f"{holder.page}/travel", data=TYPED | typed)
    assert answer.status_code == status
    assert sentence in words(answer)
    assert "정도현 대리" in answer.get_data(as_text=True)
    assert kept(app, holder) == ("", "", False, "", False)


def test_without_a_place_there_is_no_journey_yet(app, client, company):
    with app.app_context():
        undecided = a_registration(db.session.get_one(Invitation, company.id), number=None)
        theirs = holder_of(app, attendee_of(undecided))
    client.get(theirs.link)
    assert client.get(f"{theirs.page}/travel").status_code == 404
    assert client.post(f"{theirs.page}/travel", data=TYPED).status_code == 404


@pytest.mark.browser
def test_every_change_saves_itself_and_outlives_a_lost_network_and_a_closed_page(
    app, settings, holder, open_browser
):
    with serve(settings, at=MONDAY) as live:
        context = open_browser()
        page = context.new_page()
        page.goto(live.url + holder.link)
        page.goto(f"{live.url}{holder.page}/travel")
        page.fill("[name=flight_in]", "KE1203")
        page.check("[name=on_call]")
        expect(page.locator("[data-saves-word]")).to_have_text("저장했습니다")
        assert kept(app, holder) == ("", "KE1203", False, "", True)
        assert violations(page) == []
        live.stop()
        page.check("[value=twin]")
        expect(page.locator("[data-saves-word]")).to_contain_text("적어 두었습니다")
        page.close()
        live.start()
        again = context.new_page()
        again.goto(f"{live.url}{holder.page}/travel")
        expect(again.locator("[data-saves-word]")).to_have_text("저장했습니다")
        expect(again.locator("[value=twin]")).to_be_checked()
        assert kept(app, holder) == ("", "KE1203", False, "twin", True)
        context.seen[:] = [line for line in context.seen if "ERR_CONNECTION" not in line]


@pytest.mark.browser
def test_a_day_typed_part_by_part_is_not_interrupted(app, settings, ready, holder, open_browser):
    ready.post(f"{holder.page}/travel", data=TYPED)
    with serve(settings, at=MONDAY) as live:
        context = open_browser()
        page = context.new_page()
        page.goto(live.url + holder.link)
        page.goto(f"{live.url}{holder.page}/travel")
        page.locator("[name=arrives_at]").focus()
        page.keyboard.press("ArrowRight")
        with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 409):
            page.keyboard.type("1")  # the first of November, for a moment
        page.keyboard.type("0")
        page.keyboard.press("Shift+Tab")
        expect(page.locator("[data-saves-word]")).to_have_text("저장했습니다")
        expect(page.locator("[name=arrives_at]")).to_have_value("2017-11-10T08:20")
        assert kept(app, holder)[0] == "2017-11-09T23:20:00+00:00"
        context.seen[:] = [line for line in context.seen if "409" not in line]


def order(app: Flask, holder: Holder) -> None:
    """Rooms, buses and meals were ordered yesterday."""
    with app.app_context():
        first = db.session.get_one(Attendee, holder.id).registration.event_session
        first.travel_due_on = first.meals_due_on = date(2017, 10, 15)
        db.session.commit()


def test_after_the_day_the_same_button_asks_and_the_request_may_be_taken_back(app, ready, holder):
    order(app, holder)
    address = f"{holder.page}/travel"
    bare = ready.post(address, data=TYPED)
    assert (bare.status_code, WHY in words(bare)) == (409, True)
    assert 'value="KE1203"' in bare.get_data(as_text=True)
    assert kept(app, holder) == ("", "", False, "", False)
    answer = ready.post(address, data=TYPED | {"reason": "비행기가 바뀌었습니다."})
    assert (answer.status_code, answer.location) == (303, address)
    said = words(ready.get(address))
    assert "요청을 잘 받았습니다." in said
    assert "비행기가 바뀌었습니다." in said
    assert kept(app, holder) == ("", "", False, "", True)
    assert ready.post(f"{address}/withdrawal").location == address
    assert "요청을 잘 받았습니다." not in words(ready.get(f"{address}/withdrawal", follow_redirects=True))


def test_another_meal_is_asked_for_on_ones_own_part(app, client, holder):
    order(app, holder)
    client.get(holder.link)
    address = f"{holder.page}/confirmation"
    bare = client.post(address, data={"diet": "vegan"})
    assert (bare.status_code, WHY in words(bare)) == (409, True)
    assert client.post(address, data={"diet": "vegan", "reason": "채식합니다."}).location == holder.page
    assert "요청을 잘 받았습니다." in words(client.get(address))
    with app.app_context():
        attendee = db.session.get_one(Attendee, holder.id)
        assert (attendee.diet, attendee.confirmed_at is not None) == ("", True)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_late_wish_by_keyboard_is_sound(app, settings, holder, open_browser, scheme: str):
    order(app, holder)
    with serve(settings, at=MONDAY) as live:
        page = open_browser(color_scheme=scheme).new_page()
        page.goto(live.url + holder.link)
        page.goto(f"{live.url}{holder.page}/travel")
        page.focus("[name=flight_in]")
        page.keyboard.type("OZ8901")
        page.focus("[name=reason]")
        page.keyboard.type("비행기가 바뀌었습니다.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=요청을 잘 받았습니다.")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390
