"""The wall screen is opened again while the server is really away, and hears of what is new once it is back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import LAPTOP
from cast import an_event, at, run
from flask import Flask
from live import Live, serve
from playwright.sync_api import expect

from eventapp.models.programme import Kind
from eventapp.rules import agenda, events, publications, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("clock")]


def draft(title: str, first: str, last: str) -> Draft:
    hours = {"starts_at": at(f"2017-11-09 {first}"), "ends_at": at(f"2017-11-09 {last}")}
    return Draft(kind=Kind.FREE, title_ko=title, **hours)


@pytest.fixture
def live(app: Flask, settings) -> Iterator[Live]:
    with app.app_context():
        event = an_event()
        lines = [draft("본사 투어", "10:00", "11:30"), draft("점심", "12:00", "13:00")]
        agenda.add_all(event, [(run(event, 1), one) for one in lines])
    with serve(settings, at=at("2017-11-09 10:20")) as served:
        yield served


def test_it_shows_again_without_a_server_and_goes_on_with_it(app: Flask, live: Live, open_browser):
    context = open_browser(viewport=LAPTOP)
    page = context.new_page()
    page.goto(f"{live.url}/2017/now")
    page.wait_for_function(
        "async () => navigator.serviceWorker.controller && (await caches.match(location.href)) !== undefined"
    )
    live.stop()
    for _ in range(2):
        page.reload()
        expect(page.locator("[data-part=now]")).to_contain_text("본사 투어")
        expect(page.locator("[data-part=next]")).to_contain_text("점심")
        expect(page.locator("#clock")).to_have_text("10:20")
        assert page.evaluate("document.fonts.check('17px \"Pretendard Variable\"', '점심')")
        assert (
            page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 20, 22)"
        )
    page.clock.install()
    page.clock.fast_forward("01:41:00")
    page.reload()
    expect(page.locator("#clock")).to_have_text("12:01")
    expect(page.locator("[data-part=now]")).to_contain_text("점심")
    expect(page.locator("#cut")).to_have_text("연결 없음. 10:20에 받은 내용으로 계속합니다.")
    with app.app_context():
        event = events.by_slug("2017")
        working_copies.add(event, [(run(event, 1), draft("눈길 산책", "10:15", "10:45"))])
        publications.publish(event)
    live.start()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # somebody looks at it again
    expect(page.locator("[data-part=now]")).to_contain_text("눈길 산책")
    expect(page.locator("#cut")).to_be_hidden()
    expect(page.locator("#clock")).to_have_text("10:20")
    context.seen.clear()  # the browser notes the silence on its console


def test_the_script_stands_beside_the_screen_it_keeps(client, app: Flask):
    with app.app_context():
        an_event()
    answer = client.get("/2017/now-worker.js")
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (
        200,
        "text/javascript",
        "no-cache",
    )
    assert client.get("/2018/now-worker.js").status_code == 404
