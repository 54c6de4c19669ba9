"""The timetable in a real browser: every gesture by pointer and by keyboard, back and forth, two organizers at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import LAPTOP, PHONE, violations
from cast import PASSWORD, a_registration, an_event, an_invitation, an_organizer, at, run
from conftest import MONDAY
from flask import Flask
from live import Live, serve
from playwright.sync_api import Page, expect

from eventapp.models.programme import Kind
from eventapp.rules import events, publications, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("clock")]


def draft(title: str, first: str, last: str, room: str = "멀티홀") -> Draft:
    return Draft(
        kind=Kind.SEMINAR,
        title_ko=title,
        starts_at=at(f"2017-11-09 {first}"),
        ends_at=at(f"2017-11-09 {last}"),
        room_ko=room,
    )


@pytest.fixture
def live(app: Flask, settings) -> Iterator[Live]:
    with app.app_context():
        event = an_event()
        a_registration(an_invitation(event))
        drafts = [draft("세미나", "10:00", "11:00"), draft("인프라", "11:00", "12:00")]
        working_copies.add(event, [(run(event, 1), one) for one in drafts])
        publications.publish(event)
        an_organizer()
    with serve(settings, at=MONDAY) as served:
        yield served


def desk(live: Live, open_browser, **options) -> Page:
    page = open_browser(**{"viewport": {**LAPTOP, "height": 1100}, **options}).new_page()
    page.goto(f"{live.url}/sign-in?next=/organizer/agenda")
    page.fill("[name=email]", "organizer@host.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{live.url}/organizer/agenda")
    return page


def block(page: Page, title: str):
    return page.locator(".block[data-uid]", has_text=title)


def hours(page: Page, title: str, expected: str) -> None:
    expect(block(page, title).locator(".time")).to_have_text(expected)


def pull(page: Page, title: str, *, by: int, edge: bool = False, sideways: int = 0) -> None:
    """Drag an item so many minutes down; five minutes are five pixels."""
    box = block(page, title).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + (box["height"] - 3 if edge else box["height"] / 2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + sideways / 2, y + by / 2, steps=3)
    page.mouse.move(x + sideways, y + by, steps=5)


def test_by_keyboard(live: Live, open_browser):
    page = desk(live, open_browser)
    block(page, "세미나").locator("a").focus()
    for key in ("ArrowUp", "ArrowUp", "Shift+ArrowUp", "Enter"):
        page.keyboard.press(key)
    hours(page, "세미나", "09:50\u2060–\u206010:45,")
    expect(block(page, "세미나").locator("a")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("[data-run='1'][data-day='2'] .block[data-uid]")).to_contain_text("세미나")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    hours(page, "세미나", "09:50\u2060–\u206010:45,")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-run='1'][data-day='1'] .block[data-uid]")).to_have_count(2)
    page.keyboard.press("Control+z")
    hours(page, "세미나", "10:00\u2060–\u206011:00,")
    page.reload()
    page.keyboard.press("Control+Shift+Z")
    hours(page, "세미나", "09:50\u2060–\u206010:45,")
    assert violations(page) == []


def test_by_pointer(live: Live, open_browser):
    page = desk(live, open_browser)
    pull(page, "세미나", by=-60)
    page.mouse.up()
    hours(page, "세미나", "09:00\u2060–\u206010:00,")
    pull(page, "세미나", by=30, edge=True)
    page.mouse.up()
    hours(page, "세미나", "09:00\u2060–\u206010:30,")
    expect(page).to_have_url(f"{live.url}/organizer/agenda")
    expect(page.locator(".panel .changes").first).to_contain_text("10:00–11:00")
    wide = page.locator(".timetable-day").first.bounding_box()["width"]
    pull(page, "세미나", by=0, sideways=int(wide))
    page.mouse.up()
    expect(page.locator("[data-run='1'][data-day='2'] .block[data-uid]")).to_contain_text("세미나")


def test_to_the_other_run_by_keyboard_and_by_pointer(live: Live, open_browser):
    page = desk(live, open_browser)
    there = page.locator("[data-run='2'][data-day='1'] .block[data-uid]")
    block(page, "세미나").locator("a").focus()
    for key in ("ArrowRight", "ArrowRight", "Control+Enter"):
        page.keyboard.press(key)
    expect(there).to_contain_text("세미나10:00\u2060–\u206011:00")
    expect(block(page, "세미나")).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(there).to_have_count(0)
    far = (
        page.locator("[data-run='2'][data-day='1']").bounding_box()["x"]
        - block(page, "인프라").bounding_box()["x"]
    )
    page.keyboard.down("Alt")
    pull(page, "인프라", by=60, sideways=int(far) + 10)
    expect(page.locator("[data-agenda-word]")).to_contain_text("복사. 2차")
    page.mouse.up()
    page.keyboard.up("Alt")
    expect(there).to_contain_text("인프라12:00\u2060–\u206013:00")
    page.keyboard.press("Control+z")
    expect(there).to_have_count(0)


def test_a_whole_run_by_keyboard(live: Live, open_browser):
    page = desk(live, open_browser)
    page.get_by_text("하루나 한 차수를 통째로 옮겨 담기").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#part")).to_be_visible()
    page.locator("#part").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notes")).to_contain_text("프로그램 2개를 2차로 복사했습니다.")
    expect(page.locator("[data-run='2'][data-day='1'] .block[data-uid]")).to_have_count(2)
    assert violations(page) == []


def test_what_clashes_is_said_while_it_moves(live: Live, open_browser):
    page = desk(live, open_browser)
    pull(page, "세미나", by=20)
    word = page.locator("[data-agenda-word]")
    expect(word).to_contain_text("멀티홀 사용이 ‘세미나’ 시간과 20분 겹칩니다.")
    expect(page.locator(".block.moving.overlap")).to_have_count(1)
    page.keyboard.press("Escape")
    page.mouse.up()
    hours(page, "세미나", "10:00\u2060–\u206011:00,")
    expect(word).to_be_hidden()


def test_what_is_drawn_is_written_in_the_form_and_what_is_left_leaves_nothing(live: Live, open_browser):
    page = desk(live, open_browser)
    day = page.locator("[data-run='2'][data-day='2']").bounding_box()
    for leave in (True, False):
        page.mouse.move(day["x"] + 40, day["y"] + 362)  # 14:00
        page.mouse.down()
        page.mouse.move(day["x"] + 40, day["y"] + 402, steps=4)
        expect(page.locator(".block.moving")).to_have_count(1)
        if leave:
            page.keyboard.press("Escape")
            expect(page.locator(".block.moving")).to_have_count(0)
        page.mouse.up()
    page.wait_for_url("**/items/new?**")
    assert (page.input_value("#starts_at"), page.input_value("#ends_at")) == ("14:00", "14:45")
    page.fill("#title_ko", "묻고 답하기")
    page.press("#title_ko", "Enter")
    page.wait_for_url(f"{live.url}/organizer/agenda")
    expect(page.locator("[data-run='2'][data-day='2'] .block[data-uid]")).to_contain_text("14:00")


def test_what_is_new_finds_its_place_by_keyboard(live: Live, open_browser):
    page = desk(live, open_browser)
    word = page.locator("[data-agenda-word]")
    page.locator("[data-slot]").first.focus()
    page.keyboard.press("ArrowDown")
    expect(word).to_have_text("1차 첫날 11. 9 목 12:00–12:30. Enter를 누르면 여기서 시작합니다")
    page.keyboard.press("Escape")
    expect(page.locator(".block.moving")).to_have_count(0)
    for key in ("ArrowDown", "PageDown", "ArrowRight", "ArrowUp", "Enter", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(word).to_have_text("1차 이튿날 11. 10 금 12:55–13:35. 화살표로 길이를 맞추고 Enter로 적습니다")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/new?**")
    assert (page.input_value("#starts_at"), page.input_value("#ends_at")) == ("12:55", "13:35")
    page.fill("#title_ko", "묻고 답하기")
    page.press("#title_ko", "Enter")
    expect(page.locator("[data-run='1'][data-day='2'] .block[data-uid]")).to_contain_text("묻고 답하기12:55")


class Finger:
    """One finger on a touch screen."""

    def __init__(self, page: Page):
        self.browser_side = page.context.new_cdp_session(page)

    def down(self, x: float, y: float) -> None:
        self.touch("touchStart", {"x": x, "y": y})

    def slide(self, *points: tuple[float, float]) -> None:
        for x, y in points:
            self.touch("touchMove", {"x": x, "y": y})

    def up(self) -> None:
        self.touch("touchEnd")

    def touch(self, kind: str, *points: dict[str, float]) -> None:
        self.browser_side.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})


def test_by_finger(live: Live, open_browser):
    page = desk(live, open_browser, has_touch=True)
    finger, box = Finger(page), block(page, "세미나").bounding_box()
    x, y = box["x"] + 40, box["y"] + 20
    finger.down(x, y)
    finger.slide((x, y - 20), (x, y - 60))
    finger.up()
    hours(page, "세미나", "09:00\u2060–\u206010:00,")
    box = block(page, "세미나").bounding_box()
    y = box["y"] + box["height"] - 10
    finger.down(x, y)
    finger.slide((x, y + 10), (x, y + 30))
    finger.up()
    hours(page, "세미나", "09:00\u2060–\u206010:30,")
    finger.down(x, box["y"] + 20)
    finger.slide(
        (x + 20, box["y"] + 20),
        (x + page.locator(".timetable-day").first.bounding_box()["width"], box["y"] + 20),
    )
    finger.up()
    expect(page.locator("[data-run='1'][data-day='2'] .block[data-uid]")).to_contain_text("세미나")


def test_a_finger_that_rests_draws_and_one_that_slides_scrolls(live: Live, open_browser):
    page = desk(live, open_browser, has_touch=True, viewport={**LAPTOP, "height": 700})
    finger, day = Finger(page), page.locator("[data-run='2'][data-day='2']").bounding_box()
    x, y = day["x"] + 40, day["y"] + 62
    finger.down(x, y + 300)
    finger.slide((x, y + 280), (x, y + 200), (x, y + 100))
    finger.up()
    page.wait_for_timeout(500)
    expect(page.locator(".block.moving")).to_have_count(0)
    assert page.evaluate("scrollY") > 0
    page.evaluate("scrollTo(0, 0)")
    finger.down(x, y)  # 09:00
    expect(page.locator(".block.moving")).to_have_count(1)
    finger.slide((x, y + 10), (x, y + 30))
    finger.up()
    page.wait_for_url("**/items/new?**")
    assert (page.input_value("#starts_at"), page.input_value("#ends_at")) == ("09:00", "10:00")


def test_two_organizers_at_once(app: Flask, live: Live, open_browser):
    page = desk(live, open_browser)
    with app.app_context():
        event = events.by_slug("2017")
        uid = next(one.uid for one in working_copies.of(event).items() if one.title_ko == "세미나")
        working_copies.change(event, uid, draft=draft("세미나", "08:00", "09:00"))
    pull(page, "세미나", by=-60)
    page.mouse.up()
    expect(page.locator(".notes")).to_contain_text("그사이 다른 분이 프로그램을 고쳤습니다.")
    hours(page, "세미나", "08:00\u2060–\u206009:00,")


def test_two_editors_see_each_other_and_overwrite_nothing(live: Live, open_browser):
    mine, theirs = (desk(live, open_browser) for _ in range(2))
    pull(mine, "세미나", by=-60)
    mine.mouse.up()
    hours(mine, "세미나", "09:00\u2060–\u206010:00,")
    pull(theirs, "세미나", by=-30)
    theirs.mouse.up()
    expect(theirs.locator(".notes")).to_contain_text("그사이 다른 분이 프로그램을 고쳤습니다.")
    hours(theirs, "세미나", "09:00\u2060–\u206010:00,")
    pull(theirs, "인프라", by=60)
    theirs.mouse.up()
    hours(theirs, "인프라", "12:00\u2060–\u206013:00,")
    expect(block(mine, "인프라").locator(".time")).to_have_text("12:00\u2060–\u206013:00,", timeout=15_000)
    theirs.keyboard.press("Control+z")
    hours(theirs, "인프라", "11:00\u2060–\u206012:00,")
    hours(theirs, "세미나", "09:00\u2060–\u206010:00,")


def test_on_a_phone_it_is_a_list_with_forms(live: Live, open_browser):
    page = desk(live, open_browser, viewport=PHONE)
    expect(page.locator(".agenda-grid")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.locator(".agenda-list a", has_text="세미나").click()
    page.fill("#ends_at", "10:30")
    page.press("#title_ko", "Enter")
    expect(page.locator(".agenda-list li", has_text="세미나")).to_contain_text("10:30")
