"""What is half typed outlives a closed browser and a lost network, and is gone once it arrived."""

from __future__ import annotations

import pytest
from conftest import MONDAY
from live import serve
from playwright.sync_api import Page, expect

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Attendee, Diet
from eventapp.reports import company_seats

pytestmark = pytest.mark.browser
LOST = ("ERR_CONNECTION", "chrome-error")


def typed(page: Page) -> tuple[str, str]:
    return page.input_value("[name=name]"), page.input_value("[name=phone]")


def forget_the_lost_network(context) -> None:
    context.seen[:] = [line for line in context.seen if not any(word in line for word in LOST)]


def test_a_half_named_colleague_is_still_there_and_named_once(app, settings, company, open_browser):
    with serve(settings, at=MONDAY) as live:
        context = open_browser()
        page = context.new_page()
        page.goto(live.url + company.link)
        address = f"{live.url}{company.page}/registrations"
        page.goto(address)
        page.fill("[name=name]", "오세린")
        page.fill("[name=phone]", "010-0000-4417")
        page.close()
        page = context.new_page()
        page.goto(address)
        assert typed(page) == ("오세린", "010-0000-4417")
        page.fill("[name=title]", "대리")
        page.check("[name=event_session][value='1']")
        live.stop()
        page.get_by_role("button", name="이 자리에 올리기").click()
        page.close()
        live.start()
        page = context.new_page()
        page.goto(address)
        assert typed(page) == ("오세린", "010-0000-4417")
        page.get_by_role("button", name="이 자리에 올리기").click()
        expect(page.get_by_text("두 번째 자리")).to_be_visible()
        assert typed(page) == ("", "")
        page.goto(address)
        assert typed(page) == ("", "")
        forget_the_lost_network(context)
    with app.app_context():
        assert len(company_seats.named(db.session.get_one(Invitation, company.id))) == 1


def test_ones_own_part_chosen_and_not_sent_is_still_chosen(app, settings, holder, open_browser):
    with serve(settings, at=MONDAY) as live:
        context = open_browser()
        page = context.new_page()
        page.goto(live.url + holder.link)
        address = f"{live.url}{holder.page}/confirmation"
        page.goto(address)
        page.check("[name=diet][value=vegan]")
        page.close()
        page = context.new_page()
        page.goto(address)
        expect(page.locator("[name=diet][value=vegan]")).to_be_checked()
        page.locator(".form-actions button").click()
        page.wait_for_url(lambda url: not url.endswith("confirmation"))
        with app.app_context():
            attendee = db.session.get_one(Attendee, holder.id)
            assert attendee.diet == Diet.VEGAN
            attendee.diet = Diet.HALAL  # somebody of the host's side corrects it by telephone
            db.session.commit()
        page.goto(address)
        expect(page.locator("[name=diet][value=halal]")).to_be_checked()


def test_arrow_keys_pass_over_a_wish_and_a_press_sends_it(app, settings, company, open_browser):
    with serve(settings, at=MONDAY) as live:
        page = open_browser().new_page()
        page.goto(live.url + company.link)
        page.goto(f"{live.url}{company.page}/registrations")
        sent: list[str] = []
        page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
        press = page.locator("[data-sent-when-changed] button")
        expect(press).to_be_hidden()
        page.focus("[name=duty]:checked")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(press).to_be_visible()
        assert [url for url in sent if url.endswith("/duty")] == []
        page.keyboard.press("Tab")
        expect(press).to_be_focused()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert len([url for url in sent if url.endswith("/duty")]) == 1
