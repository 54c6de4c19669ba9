"""What may go wrong around a scanner: its storage full, its server mad, its list old. Never a green nobody has."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from browser import violations
from cast import at
from flask import Flask
from playwright.sync_api import Page, Playwright, Route, expect
from scanner import kept, open_scanner, rows, states, type_code, verdict

from eventapp.db import db
from eventapp.models.checkin import Checkpoint

pytestmark = pytest.mark.browser
MORNING = at("2017-11-09 09:12")
NOT_KEPT = "이 휴대전화에 기록을 저장할 수 없습니다. 저장 공간을 비우거나 다른 휴대전화로 이어 가 주세요."
NOWHERE = "아직 어디에도 기록되지 않았습니다. 다른 휴대전화를 쓰거나 종이 명단에 적어 주세요."
SCREENS = """window.screens = [];
document.addEventListener("DOMContentLoaded", () =>
  new MutationObserver((changes) => changes.forEach(({ addedNodes: [shown] }) => shown && screens.push(shown.className)))
    .observe(document.getElementById("verdict"), { childList: true })
);"""
SHUT = "indexedDB.open = () => { throw new DOMException('shut', 'InvalidStateError'); };"
SILENT = """{
  const open = indexedDB.open.bind(indexedDB);
  const mute = (request) => (kind) => request.addEventListener(kind, (event) => event.stopImmediatePropagation());
  indexedDB.open = (...asked) => {
    const request = open(...asked);
    ["success", "error", "upgradeneeded", "blocked"].forEach(mute(request));
    return request;
  };
}"""
FULL = """{
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...key) {
    if (window.full && this.name === "items") throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value, ...key);
  };
}"""
ENVELOPE = '{"history": "%s", "version": 1, "server_now": "2017-11-09T00:12:00+00:00", "answers": %s}'
NONSENSE = {
    "HTML": (200, "text/html", "<h1>Welcome to the hotel's network</h1>"),
    "not there": (404, "text/html", "<h1>404</h1>"),
    "broken": (500, "text/html", "Internal Server Error"),
    "too much": (413, "text/html", "Too large"),
    "far end": (502, "text/html", "Bad gateway"),
    "a stranger": (401, "application/json", '{"code": "sign-in"}'),
    "cut off": (200, "application/json", '{"history": "x", "version": 1, "answers": [{"id": "'),
    "null": (200, "application/json", "null"),
    "a list": (200, "application/json", "[]"),
    "no history": (200, "application/json", '{"answers": []}'),
    "wrong ids": (
        200,
        "application/json",
        ENVELOPE % ("HISTORY", '[{"id": "someone-elses", "verdict": "admitted"}]'),
    ),
    "no answers": (200, "application/json", ENVELOPE % ("HISTORY", '[null, 7, {}, {"id": null}]')),
    "no verdict": (200, "application/json", ENVELOPE % ("HISTORY", '[{"id": "ID", "verdict": "dance"}]')),
    "no time": (200, "application/json", '{"history": "HISTORY", "version": 1, "answers": [{"id": "ID"}]}'),
}


@pytest.mark.parametrize("broken", [SHUT, SILENT], ids=["shut", "silent"])
def test_without_a_storage_no_screen_is_ever_green(
    app: Flask, playwright: Playwright, doorway: SimpleNamespace, broken: str
) -> None:
    browser, page = open_scanner(playwright, doorway, before=broken + SCREENS)
    expect(page.locator("#count")).to_have_text("0 / 2", timeout=15_000)
    type_code(page, doorway.codes[0])
    why = verdict(page, "unkept").locator("[data-put=why]")
    expect(why).to_have_text("서버에는 기록되었습니다: 입장. 그래도 다른 휴대전화로 이어 가 주세요.")
    assert rows(app) == [("admitted", True)]
    assert violations(page) == []
    page.click("[data-press=next]")
    doorway.live.stop()
    type_code(page, doorway.codes[1])
    expect(verdict(page, "unkept").locator("[data-put=why]")).to_have_text(NOWHERE)
    expect(page.locator("#said")).to_contain_text("저장 안 됨")
    screens = page.evaluate("screens")
    assert (len(screens) >= 2, [one for one in screens if "unkept" not in one]) == (True, [])
    browser.close()


def test_a_storage_that_fills_up_and_is_tidied_goes_on(
    app: Flask, playwright: Playwright, doorway: SimpleNamespace
) -> None:
    browser, page = open_scanner(playwright, doorway, before=FULL)
    expect(page.locator("#count")).to_have_text("0 / 2")
    doorway.live.stop()
    type_code(page, doorway.codes[0])
    verdict(page, "admitted")
    page.evaluate("window.full = true")
    page.click("[data-press=undo]")
    expect(page.locator("#stage-word")).to_have_text(NOT_KEPT)
    expect(page.locator("#count")).to_have_text("1 / 2")
    type_code(page, doorway.codes[1])
    expect(verdict(page, "unkept").locator("[data-put=why]")).to_have_text(NOWHERE)
    page.evaluate("window.full = false")
    page.click("[data-press=next]")
    type_code(page, doorway.codes[1])
    verdict(page, "admitted")
    page.click("[data-press=undo]")
    expect(page.locator("#count")).to_have_text("1 / 2")
    assert [(kind, state) for kind, state, _ in kept(page)] == [
        ("scan", "waiting"),
        ("scan", "waiting"),
        ("undo", "waiting"),
    ]
    browser.close()


def test_nothing_but_our_own_servers_answer_takes_a_scan_from_the_queue(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    kinds = iter(NONSENSE)
    said: list[str] = []

    def answer(route: Route) -> None:
        said.append(next(kinds, "broken"))
        status, kind, body = NONSENSE[said[-1]]
        items = (route.request.post_data_json or {}).get("items") or [{"id": ""}]
        body = body.replace("ID", items[0]["id"]).replace("HISTORY", doorway.history)
        route.fulfill(status=status, content_type=kind, body=body)

    scanner.route("**/api/v1/check-ins", answer)
    type_code(scanner, doorway.codes[0])
    expect(verdict(scanner, "admitted").locator(".verdict-name")).to_have_text("오세린")
    while len(said) < len(NONSENSE):
        before = len(said)
        scanner.evaluate("dispatchEvent(new Event('online'))")
        scanner.wait_for_timeout(150)
        assert kept(scanner) == [("scan", "waiting", "admitted")], said[before - 1 :]
    assert rows(app) == []
    scanner.unroute("**/api/v1/check-ins")
    scanner.evaluate("dispatchEvent(new Event('online'))")
    expect(scanner.locator("#offline")).to_be_hidden(timeout=15_000)
    assert rows(app) == [("admitted", True)]
    assert kept(scanner) == [("scan", "answered", "admitted")]


def test_one_scan_that_the_server_chokes_on_stops_no_other(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    doorway.live.stop()
    for code in ("POISON", *doorway.codes):
        scanner.evaluate("code => { location.hash = code; }", code)
        expect(scanner.locator("#verdict .verdict")).to_be_visible()
        scanner.keyboard.press("Escape")

    def answer(route: Route) -> None:
        poisoned = "POISON" in (route.request.post_data or "")
        route.fulfill(status=500, body="Oh") if poisoned else route.continue_()

    scanner.route("**/api/v1/check-ins", answer)
    doorway.live.start()
    states(scanner, "answered", "answered", "waiting")
    assert rows(app) == [("admitted", True), ("admitted", True)]
    assert sorted(kept(scanner))[-1] == ("scan", "waiting", "unknown")


def test_what_the_server_does_not_take_stays_on_the_phone_until_it_does(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    with app.app_context(), db.writing():
        gate = db.session.get_one(Checkpoint, doorway.gate)
        gone = {column.name: getattr(gate, column.name) for column in Checkpoint.__table__.columns}
        db.session.delete(gate)
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "refused")
    scanner.click("[data-press=next]")
    expect(scanner.locator("#way-phone")).to_have_text("이 휴대전화 (1)")
    scanner.click("#way-phone")
    expect(scanner.locator("#phone-list li")).to_contain_text("맡은 차수의 체크 지점이 아닙니다")
    with app.app_context(), db.writing():
        db.session.add(Checkpoint(**gone))
    scanner.reload()
    scanner.click("#way-phone")
    scanner.click("#phone-again")
    states(scanner, "answered")
    expect(scanner.locator("#phone-list li")).to_have_count(0)
    assert rows(app) == [("admitted", True)]


def test_who_is_shut_out_keeps_what_was_never_taken(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "admitted")
    scanner.keyboard.press("Escape")
    with app.app_context(), db.writing():
        table = Checkpoint.__table__
        other = table.update().where(table.c.id == doorway.gate).values(event_session_id=2, name_ko="다른 문")
        db.session.execute(other)
    type_code(scanner, doorway.codes[1])
    verdict(scanner, "refused")
    scanner.keyboard.press("Escape")
    scanner.context.clear_cookies()
    scanner.evaluate("dispatchEvent(new Event('online'))")
    type_code(scanner, doorway.codes[0])
    expect(scanner.locator("#offline")).to_contain_text("QR")
    assert [state for _, state, _ in kept(scanner)] == ["refused", "waiting"]


def test_leaving_is_asked_about_while_scans_wait(app: Flask, scanner: Page, doorway: SimpleNamespace) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    asked: list[str] = []

    def decline(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    scanner.on("dialog", decline)
    doorway.live.stop()
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "admitted")
    scanner.close(run_before_unload=True)
    scanner.wait_for_timeout(300)
    assert (asked, scanner.is_closed()) == (["beforeunload"], False)
    doorway.live.start()
    scanner.evaluate("dispatchEvent(new Event('online'))")
    expect(scanner.locator("#offline")).to_be_hidden(timeout=20_000)
    scanner.close(run_before_unload=True)
    assert asked == ["beforeunload"]
