"""The scanner in a real browser: a badge held before the camera, typed, read by USB, found by name; and offline."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import qr_video
from browser import violations
from flask import Flask
from live import Live
from playwright.sync_api import Page, Playwright, expect
from scanner import open_scanner, rows, states, type_code, verdict

from eventapp.db import db
from eventapp.models.checkin import Checkpoint

pytestmark = pytest.mark.browser


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
    states(page, "answered", "answered")
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
    states(scanner, "answered", "answered", "answered")
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
    states(scanner, "answered", "answered", "answered")
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
    expect(scanner.locator("#count")).to_have_text("0 / 2")
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


@pytest.mark.parametrize("promised", [True, False])
def test_a_browser_that_promises_no_storage_is_named(
    playwright: Playwright, doorway: SimpleNamespace, promised: bool
) -> None:
    answer = f"navigator.storage.persist = navigator.storage.persisted = async () => {str(promised).lower()};"
    browser, page = open_scanner(playwright, doorway, before=answer)
    expect(page.locator("#count")).to_have_text("0 / 2")
    page.click("#way-phone")
    expect(page.locator("#phone-state")).to_have_text("전송 대기 0건, 따로 보관 0건")
    assert page.locator("#phone-storage").is_visible() is not promised
    browser.close()


def test_a_camera_that_lies_unread_rests_and_wakes_at_a_touch(
    playwright: Playwright, doorway: SimpleNamespace
) -> None:
    browser, page = open_scanner(playwright, doorway, *qr_video.EMPTY)
    word = page.locator("#stage-word")
    expect(word).to_have_text("명찰의 QR을 비춰 주세요")
    page.clock.install()
    page.mouse.click(5, 5)
    page.clock.fast_forward(170_000)
    expect(word).to_have_text("명찰의 QR을 비춰 주세요")
    page.clock.fast_forward(20_000)
    expect(word).to_have_text("카메라를 잠시 쉬게 했습니다. 화면을 누르거나 휴대전화를 들어 올려 주세요.")
    assert page.evaluate("document.querySelector('video').srcObject") is None
    page.mouse.click(5, 5)
    expect(word).to_have_text("명찰의 QR을 비춰 주세요")
    browser.close()
