"""The public pages in a real browser: no console line, no axe violation, nothing wider than a small phone."""

from __future__ import annotations

import math
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from browser import LAPTOP, violations
from calendars import read
from cast import an_event, an_invitation, at, run
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from eventapp.clock import standing_at
from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.browser
SMALL = {"width": 320, "height": 640}


class Quiet(WSGIRequestHandler):
    """No line per request."""

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The app with an Event and its agenda, served on a free port."""
    with standing_at(at("2017-11-09 10:20")):
        with app.app_context():
            event = an_event()
            an_invitation(event, seats_kept=85)
            draft = Draft(
                kind=Kind.TOUR,
                title_ko="제주 본사 투어",
                title_en="HQ tour",
                starts_at=at("2017-11-09 10:00"),
                ends_at=at("2017-11-09 11:30"),
            )
            lunch = {"kind": Kind.MEAL, "title_ko": "점심", "title_en": "Lunch"}
            hours = {"starts_at": at("2017-11-09 12:00"), "ends_at": at("2017-11-09 13:00")}
            drafts = [draft, Draft(**{**vars(draft), **lunch, **hours})]
            agenda.add_all(
                event, [pair for one in drafts for pair in agenda_items.in_every_run(run(event, 1), one)]
            )
        with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_public_page_is_clean(
    address: str,
    open_browser: Callable[..., BrowserContext],
    language: str,
    scheme: str,
):
    context = open_browser(viewport=SMALL if language == "en" else LAPTOP, color_scheme=scheme)
    page = context.new_page()
    for path in (
        "/",
        "/2017/agenda",
        "/2017/agenda?run=1&kind=tour",
        item_of(address),
        "/2017/agenda/changes",
        "/2017/now",
        "/letter-again?link=closed",
    ):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}language={language}")
        assert (path, violations(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def item_of(address: str) -> str:
    """The address of the first item on the agenda, as the page itself gives it."""
    with urlopen(f"{address}/2017/agenda") as answer:
        return re.search(r'href="(/2017/agenda/[0-9a-f-]{36})"', answer.read().decode())[1]


def test_one_kind_at_once_and_for_every_link_that_follows(
    address: str, open_browser: Callable[..., BrowserContext]
):
    page = open_browser().new_page()
    page.goto(f"{address}/2017/agenda")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    lunch, tour = (
        page.get_by_role("heading", name="점심").first,
        page.get_by_role("heading", name="투어").first,
    )
    page.locator(".kinds").get_by_role("link", name="식사 자리").click()
    expect(tour).to_be_hidden()
    expect(lunch).to_be_visible()
    assert page.url == f"{address}/2017/agenda?kind=meal"
    assert [url for url in asked if "/static/" not in url] == []
    assert page.locator(".kinds [aria-current]").inner_text() == "식사 자리"
    page.reload()
    expect(tour).to_be_hidden()
    page.locator(".segments").get_by_role("link", name="1차", exact=True).click()
    assert page.url == f"{address}/2017/agenda?run=1&kind=meal"
    page.locator(".kinds").get_by_role("link", name="모두").click()
    expect(tour).to_be_visible()


def test_one_kind_without_a_script(address: str, open_browser: Callable[..., BrowserContext]):
    page = open_browser(java_script_enabled=False).new_page()
    page.goto(f"{address}/2017/agenda")
    page.locator(".kinds").get_by_role("link", name="식사 자리").click()
    expect(page.get_by_role("heading", name="투어").first).to_be_hidden()
    expect(page.get_by_role("heading", name="점심").first).to_be_visible()


@pytest.fixture
def zone_of_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The server's own clocks stand elsewhere."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.mark.usefixtures("zone_of_server")
@pytest.mark.parametrize("zone_of_server", ["UTC", "America/New_York", "Pacific/Kiritimati"], indirect=True)
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Seoul", "Pacific/Auckland"])
def test_hours_are_the_places_own_whatever_clock_the_server_and_the_reader_have(
    address: str, open_browser: Callable[..., BrowserContext], zone: str
):
    page = open_browser(timezone_id=zone).new_page()
    page.clock.install(time=at("2017-11-09 10:20"))
    page.goto(f"{address}/2017/agenda?run=1")
    row = page.locator(".day-item", has=page.get_by_role("heading", name="투어"))
    assert row.locator(".time").inner_text().split() == ["10:00", "–11:30"]
    page.clock.run_for(11_000)  # the script has looked at its own clock
    expect(row.get_by_text("지금")).to_be_visible()
    page.clock.run_for("01:10:00")
    expect(row.get_by_text("지금")).to_be_hidden()
    page.goto(f"{address}{item_of(address)}")
    assert page.locator("dd").first.inner_text() == "11월\u00a09일 목요일 10:00–11:30 지금"
    page.goto(f"{address}/2017/now")
    assert page.locator("#clock").inner_text() == "10:20"
    assert "10:00–11:30" in page.locator("#wall").inner_text()
    event = page.request.get(f"{address}/2017/schedule.json").json()["schedule"]["conference"]["days"][0]
    assert [one["date"] for room in event["rooms"].values() for one in room] == [
        "2017-11-09T10:00:00+09:00",
        "2017-11-09T12:00:00+09:00",
    ]
    for entry in read(page.request.get(f"{address}/2017/agenda.ics?run=1").body())[:1]:
        assert (entry.starts_at, entry.zone) == (at("2017-11-09 10:00").astimezone(UTC), "Asia/Seoul")


def test_the_front_page_asks_for_little(
    address: str,
    open_browser: Callable[..., BrowserContext],
):
    page = open_browser().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert len([url for url in asked if not url.endswith(".woff2")]) <= 8


def test_the_wall_screen_fetches_itself_again(
    address: str,
    open_browser: Callable[..., BrowserContext],
):
    page = open_browser(viewport=LAPTOP).new_page()
    page.clock.install()
    page.goto(f"{address}/2017/now")
    assert page.locator("#clock").inner_text() == "10:20"
    with page.expect_response(lambda answer: answer.url.endswith("/2017/now")) as answer:
        page.clock.run_for(21_000)
    assert answer.value.status == 200


def cut(context: BrowserContext, *, off: bool) -> None:
    """Take the network away or give it back; what Chromium says about that on the console is no news."""
    context.set_offline(off)
    told = context.seen  # type: ignore[attr-defined]
    told[:] = [line for line in told if not re.search("ERR_(INTERNET_DISCONNECTED|FAILED)", line)]


def test_the_wall_screen_goes_on_through_a_cut(address: str, open_browser: Callable[..., BrowserContext]):
    context = open_browser(viewport=LAPTOP, timezone_id="America/New_York")
    page = context.new_page()
    page.clock.install(time=at("2017-11-09 10:20"))
    page.goto(f"{address}/2017/now")
    now, following, notice = (
        page.locator("[data-part=now]"),
        page.locator("[data-part=next]"),
        page.locator("#cut"),
    )
    expect(now).to_contain_text("제주 본사 투어")
    expect(following).to_contain_text("점심")
    cut(context, off=True)
    page.clock.run_for("01:10:00")
    expect(page.locator("#clock")).to_have_text("11:30")
    expect(now).to_be_hidden()
    expect(following).to_contain_text("점심")
    expect(notice).to_have_text("연결 없음. 10:20에 받은 내용으로 계속합니다.")
    page.clock.run_for("00:30:00")
    expect(now).to_contain_text("점심")
    page.clock.run_for("12:00:00")
    expect(page.locator("#date")).to_have_text("11월 10일 금요일")
    expect(page.locator("[data-part=over]")).to_be_visible()
    cut(context, off=False)
    page.clock.run_for(21_000)
    expect(notice).to_be_hidden()
    expect(page.locator("#clock")).to_have_text("10:20")
    expect(now).to_contain_text("제주 본사 투어")
    cut(context, off=False)


def test_another_networks_page_does_not_take_the_screen(
    address: str, open_browser: Callable[..., BrowserContext]
):
    page = open_browser(viewport=LAPTOP).new_page()
    page.clock.install(time=at("2017-11-09 10:20"))
    page.goto(f"{address}/2017/now")
    page.route(
        "**/2017/now", lambda route: route.fulfill(body="<h1>Sign in to WLAN</h1>", content_type="text/html")
    )
    page.clock.run_for(50_000)
    expect(page.locator("[data-part=now]")).to_contain_text("제주 본사 투어")
    expect(page.locator("#cut")).to_be_visible()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_wall_screen_is_read_from_ten_metres(
    address: str, open_browser: Callable[..., BrowserContext], language: str
):
    """On a 55-inch screen, 1210 mm and 1920 px wide: twice the five minutes of arc that healthy eyes need."""
    page = open_browser(viewport={"width": 1920, "height": 1080}).new_page()
    page.goto(f"{address}/2017/now?language={language}")
    sizes = page.locator("#clock, #wall :is(h2, .wall-title, .wall-where):visible").evaluate_all(
        "found => found.map(one => [one.className || one.tagName, parseFloat(getComputedStyle(one).fontSize)])"
    )
    needed = math.tan(math.radians(10 / 60)) * 10_000 * 1920 / 1210
    assert len(sizes) >= 6
    assert [one for one in sizes if one[1] < needed] == []
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
