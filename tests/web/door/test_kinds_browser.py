"""Checkpoints of other kinds on a real phone: keys with numbers, leaving early, buses, colleagues, with and without a network."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from browser import violations
from cast import at
from doorway import a_checkpoint_of
from flask import Flask
from playwright.sync_api import Page, Playwright, expect
from scanner import open_scanner, rows, states, type_code, verdict
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckIn, Checkpoint
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.registration import Attendee
from eventapp.rules import rooms

pytestmark = pytest.mark.browser


def open_at(app: Flask, playwright: Playwright, doorway: SimpleNamespace, kind: Kind) -> tuple[Any, Page]:
    """A phone at a new checkpoint of that kind; the first attendee's room is 412."""
    with app.app_context(), standing_at(at("2017-11-09 08:30")):
        first = db.session.get_one(Checkpoint, doorway.gate).event_session
        registration = db.session.get_one(Attendee, doorway.attendee).registration_id
        rooms.number(first, {registration: "412"})
        gate = a_checkpoint_of(first, kind, f"곳 {kind}").id
    browser, page = open_scanner(playwright, SimpleNamespace(**vars(doorway) | {"gate": gate}))
    page.set_viewport_size({"width": 320, "height": 640})
    expect(page.locator("#connection")).to_have_text("연결됨")
    expect(page.locator("#count")).not_to_have_text("")
    return browser, page


def notes(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        found = db.session.scalars(select(CheckIn).order_by(CheckIn.received_at, CheckIn.id))
        return [(row.kind, row.verdict, row.note) for row in found]


def sound(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_key_is_given_with_its_number_and_nothing_is_kept_before(
    app: Flask, playwright: Playwright, doorway: SimpleNamespace
) -> None:
    browser, page = open_at(app, playwright, doorway, Kind.KEY_OUT)
    type_code(page, doorway.codes[0])
    asks = verdict(page, "asks")
    expect(asks.locator("#note")).to_have_value("412")
    expect(page.locator("#said")).to_contain_text("열쇠 번호는?")
    sound(page)
    assert rows(app) == []
    asks.locator(".find").click()
    expect(verdict(page, "admitted").locator("h1")).to_have_text("열쇠 드림")
    expect(page.locator("[data-put=facts]").first).to_contain_text("열쇠 412")
    sound(page)
    page.keyboard.press("Escape")
    type_code(page, doorway.codes[0])
    expect(verdict(page, "already").locator("h1")).to_have_text("이미 드림")
    expect(page.locator("[data-put=facts]").first).to_contain_text("열쇠 412")
    assert notes(app)[0] == ("scan", "admitted", "412")
    browser.close()


def test_who_leaves_early_says_why_without_a_network_too(
    app: Flask, playwright: Playwright, doorway: SimpleNamespace
) -> None:
    browser, page = open_at(app, playwright, doorway, Kind.LEAVING)
    doorway.live.stop()
    type_code(page, doorway.codes[0])
    asks = verdict(page, "asks")
    sound(page)
    asks.get_by_role("button", name="회사 호출").click()
    expect(verdict(page, "admitted").locator("h1")).to_have_text("먼저 출발")
    page.keyboard.press("Escape")
    type_code(page, doorway.codes[1])
    verdict(page, "asks").locator(".find").click()
    verdict(page, "admitted")
    doorway.live.start()
    states(page, "answered", "answered")
    assert sorted(notes(app)) == [("scan", "admitted", ""), ("scan", "admitted", "회사 호출")]
    browser.close()


@pytest.mark.parametrize("offline", [False, True], ids=["online", "offline"])
def test_who_is_not_on_the_buss_list_rides_by_somebodys_decision(
    app: Flask, playwright: Playwright, doorway: SimpleNamespace, offline: bool
) -> None:
    browser, page = open_at(app, playwright, doorway, Kind.SHUTTLE_IN)
    if offline:
        doorway.live.stop()
    type_code(page, doorway.codes[0])
    screen = verdict(page, "other-run")
    expect(screen.locator("h1")).to_have_text("이 명단에 없음")
    expect(screen.locator("[data-put=why]")).to_have_text("이 버스를 신청하지 않았습니다")
    sound(page)
    screen.locator("[data-press=anyway]").click()
    expect(verdict(page, "admitted").locator("h1")).to_have_text("탑승")
    expect(page.locator("#count")).to_have_text("1 / 1")
    if offline:
        doorway.live.start()
    states(page, "answered", "answered")
    assert sorted(notes(app)) == [("anyway", "admitted", ""), ("scan", "not expected", "")]
    browser.close()


def test_a_move_without_a_network_is_kept_and_made_when_it_is_back(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    doorway.live.stop()
    type_code(scanner, doorway.other_code)
    scanner.locator("[data-press=move]").click(timeout=15_000)
    expect(verdict(scanner, "admitted").locator("[data-put=facts]")).to_have_text(
        "연결되면 자리를 확정합니다"
    )
    doorway.live.start()
    states(scanner, "answered", "answered")
    assert sorted(notes(app)) == [("move", "admitted", ""), ("scan", "wrong run", "")]
    expect(scanner.locator("#count")).to_have_text("1 / 3")


def test_a_move_for_which_no_place_was_left_is_told_afterwards(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    doorway.live.stop()
    with app.app_context(), db.writing():
        db.session.get_one(Checkpoint, doorway.gate).event_session.capacity = 2
    type_code(scanner, doorway.other_code)
    scanner.locator("[data-press=move]").click(timeout=15_000)
    verdict(scanner, "admitted")
    scanner.keyboard.press("Escape")
    doorway.live.start()
    expect(scanner.locator("#offline")).to_contain_text("판정이 다른 기록이 1건", timeout=25_000)
    assert sorted(notes(app)) == [("move", "wrong run", ""), ("scan", "wrong run", "")]


def test_a_colleague_comes_instead(app: Flask, scanner: Page, doorway: SimpleNamespace) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    scanner.click("#way-walk-in")
    scanner.fill("#walk-in-company", doorway.company)
    scanner.fill("#walk-in-name", "박바다")
    scanner.select_option("#instead", str(doorway.attendee))
    assert violations(scanner) == []
    scanner.press("#walk-in-name", "Enter")
    expect(verdict(scanner, "admitted").locator(".verdict-name")).to_have_text("박바다")
    expect(scanner.locator("#count")).to_have_text("1 / 2")
    scanner.keyboard.press("Escape")
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "unknown")
    assert notes(app)[0][:2] == ("substitute", "admitted")
