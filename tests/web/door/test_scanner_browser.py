"""The scanner in a real browser: a badge held before the camera, typed, read by USB, found by name; and offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import qr_video
from browser import PHONE, start, violations, watch
from cast import at
from doorway import a_door
from flask import Flask
from live import Live, serve
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckIn, Checkpoint

pytestmark = pytest.mark.browser
NOT_KEPT = "이 휴대전화에 기록을 저장할 수 없습니다. 저장 공간을 비우거나 다른 휴대전화로 이어 가 주세요."
MORNING = at("2017-11-09 09:12")


@pytest.fixture
def doorway(app: Flask, settings: dict[str, Any]) -> Iterator[SimpleNamespace]:
    """The door's things, served on the morning of the first day."""
    with standing_at(MORNING):
        things = a_door(app)
    with serve(settings, at=MORNING) as live:
        things.live = live
        yield things


@pytest.fixture
def scanner(playwright: Playwright, doorway: SimpleNamespace) -> Iterator[Page]:
    """A phone at the gate without a camera."""
    browser, page = open_scanner(playwright, doorway)
    yield page
    browser.close()


def open_scanner(
    started: Playwright, doorway: SimpleNamespace, *flags: str, before: str = ""
) -> tuple[Any, Page]:
    """The scanner's page; flags: what its camera films, none without a camera; before: what runs before its scripts."""
    browser = start(started, *flags)
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    watch(context)
    context.add_cookies(
        [
            {
                "name": "door",
                "value": doorway.secret,
                "url": doorway.live.url,
                "httpOnly": True,
                "sameSite": "Strict",
            }
        ]
    )
    page = context.new_page()
    page.add_init_script(before)
    page.goto(f"{doorway.live.url}/door/checkpoints/{doorway.gate}")
    return browser, page


def verdict(page: Page, kind: str) -> Any:
    """The screen of that kind, waited for."""
    found = page.locator(f"#verdict .verdict.{kind}")
    expect(found).to_be_visible(timeout=15_000)
    return found


def type_code(page: Page, code: str) -> None:
    page.click("#way-code")
    page.fill("#code", code)
    page.press("#code", "Enter")


def rows(app: Flask) -> list[tuple[str, bool]]:
    with app.app_context():
        found = db.session.scalars(select(CheckIn).order_by(CheckIn.received_at, CheckIn.id))
        return [(row.verdict, row.counted) for row in found]


def test_a_badge_before_the_camera_is_admitted_counted_and_taken_back(
    app: Flask,
    playwright: Playwright,
    doorway: SimpleNamespace,
    tmp_path: Path,
) -> None:
    address = f"HTTPS://HOST.EXAMPLE/B/{doorway.codes[0]}"
    browser, page = open_scanner(playwright, doorway, *qr_video.write(tmp_path / "camera.y4m", address))
    screen = verdict(page, "admitted")
    expect(screen.locator(".verdict-name")).to_have_text("오세린")
    expect(screen.locator("[data-put=count]")).to_have_text("1 / 2")
    expect(page.locator("#said")).to_contain_text("오세린")
    assert violations(page) == []
    page.click("[data-press=undo]")
    expect(page.locator("#count")).to_have_text("0 / 2")
    expect(page.locator("#connection")).to_have_text("연결됨")
    assert page.context.seen == []  # type: ignore[attr-defined]
    browser.close()
    assert rows(app) == [("admitted", False)]


def test_typed_read_by_usb_and_found_by_name(app: Flask, scanner: Page, doorway: SimpleNamespace) -> None:
    type_code(scanner, doorway.codes[0][:-1] + ("0" if doorway.codes[0][-1] != "0" else "1"))
    expect(scanner.locator("#code-error")).to_be_visible()
    scanner.click("#way-code")
    for letter in doorway.codes[0]:
        scanner.keyboard.press(letter)
    scanner.keyboard.press("Enter")
    verdict(scanner, "admitted")
    scanner.keyboard.press("Escape")
    type_code(scanner, doorway.codes[0].lower())
    verdict(scanner, "already")
    scanner.click("[data-press=next]")
    scanner.fill("#q", "ㅎㅈㅇ")
    scanner.click("#list button")
    verdict(scanner, "admitted")
    scanner.keyboard.press("Escape")
    expect(scanner.locator("#count")).to_have_text("2 / 2")
    assert sorted(rows(app)) == [("admitted", True), ("admitted", True), ("already in", False)]


def test_somebody_of_the_other_run_moves_and_a_walk_in_is_welcome(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    type_code(scanner, doorway.other_code)
    verdict(scanner, "other-run")
    assert violations(scanner) == []
    scanner.click("[data-press=move]")
    verdict(scanner, "admitted")
    scanner.click("[data-press=next]")
    scanner.click("#way-walk-in")
    scanner.fill("#walk-in-company", doorway.company)
    scanner.fill("#walk-in-name", "김하늘")
    scanner.press("#walk-in-name", "Enter")
    verdict(scanner, "admitted")
    expect(scanner.locator("[data-put=count]").first).to_have_text("2 / 4")
    assert rows(app) == [("wrong run", False), ("admitted", True), ("admitted", True)]


def test_without_a_server_the_list_decides_and_the_scan_follows_later(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    live: Live = doorway.live
    live.stop()
    type_code(scanner, doorway.codes[0])
    expect(verdict(scanner, "admitted").locator(".verdict-name")).to_have_text("오세린")
    expect(scanner.locator("#offline")).to_contain_text("1건 대기")
    scanner.keyboard.press("Escape")
    assert rows(app) == []
    live.start()
    expect(scanner.locator("#offline")).to_be_hidden(timeout=20_000)
    assert rows(app) == [("admitted", True)]


def test_a_phone_shut_out_is_told_and_its_list_is_gone(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    scanner.context.clear_cookies()
    type_code(scanner, doorway.codes[0])
    expect(scanner.locator("#offline")).to_contain_text("QR")
    expect(scanner.locator("#count")).to_have_text("")
    kept = scanner.evaluate(
        "async () => (await new Promise((done) => { const asked = indexedDB.open('door');"
        " asked.onsuccess = () => done(asked.result); }).then((db) => new Promise((done) => {"
        " const asked = db.transaction('lists').objectStore('lists').getAll(); asked.onsuccess = () =>"
        " done(asked.result); })))"
    )
    assert "오세린" not in str(kept)


def test_what_the_server_refuses_shows_its_sentence_and_who_it_was(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    with app.app_context(), db.writing():
        db.session.delete(db.session.get_one(Checkpoint, doorway.gate))
    type_code(scanner, doorway.codes[0])
    screen = verdict(scanner, "refused")
    expect(screen.locator("[data-put=why]")).to_have_text("이 휴대전화가 맡은 차수의 체크 지점이 아닙니다.")
    expect(screen.locator(".verdict-name")).to_have_text("오세린")
    expect(scanner.locator("#offline")).to_contain_text("1건")
    assert violations(scanner) == []


def test_a_walk_in_answered_late_no_longer_waits_for_the_desk(
    scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    doorway.live.stop()
    scanner.click("#way-walk-in")
    scanner.fill("#walk-in-company", doorway.company)
    scanner.fill("#walk-in-name", "김하늘")
    scanner.press("#walk-in-name", "Enter")
    facts = verdict(scanner, "admitted").locator("[data-put=facts]")
    expect(facts).to_have_text("명찰은 안내 데스크에서 드립니다")
    doorway.live.start()
    expect(scanner.locator("#verdict [data-put=facts]")).not_to_contain_text("데스크", timeout=9_000)


STORES_NOTHING = "indexedDB.open = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def test_a_phone_that_stores_nothing_shows_only_what_the_server_has_stored(
    app: Flask, playwright: Playwright, doorway: SimpleNamespace
) -> None:
    browser, page = open_scanner(playwright, doorway, before=STORES_NOTHING)
    expect(page.locator("#count")).to_have_text("0 / 2")
    type_code(page, doorway.codes[0])
    verdict(page, "admitted")
    assert rows(app) == [("admitted", True)]
    doorway.live.stop()
    page.click("[data-press=undo]")
    expect(page.locator("#stage-word")).to_have_text(NOT_KEPT)
    expect(page.locator("#count")).to_have_text("1 / 2")
    type_code(page, doorway.codes[1])
    expect(verdict(page, "refused").locator("[data-put=why]")).to_have_text(NOT_KEPT)
    browser.close()
