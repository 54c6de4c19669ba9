"""The rehearsal: every screen with people who do not exist, and not a byte of it leaves the phone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from browser import violations
from flask import Flask
from playwright.sync_api import Page, Request, expect
from scanner import kept, rows, states, type_code, verdict, wait_for_copies

pytestmark = pytest.mark.browser
SCREENS = [
    ("admitted", "입장"),
    ("already", "이미 입장"),
    ("other-run", "2차 손님"),
    ("other-run", "이 명단에 없음"),
    ("not-yet", "아직 전"),
    ("unknown", "넘어간 명찰"),
    ("unknown", "자리 비움"),
    ("unknown", "모르는명찰"),
    ("refused", "적지 못했습니다"),
    ("unkept", "저장 안 됨"),
]


def test_ten_invented_people_show_every_screen_and_nothing_leaves_the_phone(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    wait_for_copies(scanner, f"/door/checkpoints/{doorway.gate}")
    sent: list[Any] = []

    def note(request: Request) -> None:
        if "/static/" not in request.url:
            sent.append((request.method, (request.post_data_json or {}).get("items", "no list")))

    scanner.on("request", note)
    scanner.click("#way-phone")
    scanner.click("#rehearse")
    expect(scanner.locator("#self-test .good")).to_have_text(
        ["명단이 있습니다: 3명", "기록을 저장할 수 있습니다.", "이 화면은 연결이 없어도 열립니다."]
    )
    assert violations(scanner) == []
    buttons = scanner.locator("#rehearsal-list button")
    for number in range(len(SCREENS)):
        buttons.nth(number).click()
        see(scanner, *SCREENS[number])
    for press in ("undo", "move"):
        buttons.nth({"undo": 0, "move": 2}[press]).click()
        scanner.click(f"[data-press={press}]")
        scanner.keyboard.press("Escape")
    scanner.click("#way-code")
    scanner.fill("#code", doorway.codes[0])
    scanner.press("#code", "Enter")
    why = verdict(scanner, "refused").locator("[data-put=why]")
    expect(why).to_have_text("연습 중입니다. ‘이 휴대전화’에서 연습을 마친 뒤 다시 찍어 주세요.")
    scanner.keyboard.press("Escape")
    scanner.wait_for_timeout(4500)
    assert [one for one in sent if one != ("POST", [])] == []
    assert (kept(scanner), rows(app)) == ([], [])
    expect(scanner.locator("#count")).to_have_text("0 / 2")


def test_after_the_rehearsal_a_badge_counts(app: Flask, scanner: Page, doorway: SimpleNamespace) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    scanner.click("#way-phone")
    scanner.click("#rehearse")
    scanner.click("#rehearsal-end")
    expect(scanner.locator("#rehearsing")).to_be_hidden()
    type_code(scanner, doorway.codes[0])
    expect(verdict(scanner, "admitted").locator(".verdict-name")).to_have_text("오세린")
    states(scanner, "answered")
    assert rows(app) == [("admitted", True)]


def see(page: Page, kind: str, title: str) -> None:
    """The screen of somebody invented, named as a rehearsal; then away with it."""
    screen = verdict(page, kind)
    assert screen.locator("h1").inner_text().replace("\n", "") == title
    expect(screen.locator(".rehearsal-bar")).to_have_text("연습 중: 세지 않고 보내지 않습니다")
    assert violations(page) == []
    page.keyboard.press("Escape")
