"""A door phone without a network: its pages open again, whole, its own, and no longer than it may come in."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from cast import at
from flask import Flask
from live import Live
from playwright.sync_api import Error, Page, expect
from scanner import COPIES, LISTS, kept, rows, states, type_code, verdict, wait_for_copies

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.door_phone import DoorPhone
from eventapp.rules import door_phones

pytestmark = pytest.mark.browser
MORNING = at("2017-11-09 09:12")
NO_WIPING = "CacheStorage.prototype.delete = async () => false;"  # the worker alone may take copies away
TELL = """async ([keep, copy, parts]) => {
  (await navigator.serviceWorker.ready).active.postMessage({ keep, copy, parts });
}"""
NO_KEEPING = "navigator.serviceWorker.register = () => Promise.reject(new Error('not now'));"
DAY = 24 * 60 * 60


def gate_of(doorway: SimpleNamespace) -> str:
    return f"/door/checkpoints/{doorway.gate}"


def does_not_open(page: Page, address: str) -> bool:
    """Whether a browser without a network has nothing to show."""
    try:
        page.goto(address)
    except Error as error:
        return "ERR_" in str(error)
    return False


def test_without_a_network_the_pages_open_again_and_the_morning_goes_on(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    live, gate = doorway.live, gate_of(doorway)
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    wait_for_copies(scanner, gate)
    scanner.goto(f"{live.url}/door/")
    wait_for_copies(scanner, gate, "/door/")
    with nobody_answers(live):
        scanner.goto(live.url + gate)
        expect(scanner.locator("#count")).to_have_text("0 / 2")
    live.stop()
    with only_a_gateway(live):
        scanner.reload()
        expect(scanner.locator("#count")).to_have_text("0 / 2")
    scanner.reload()
    expect(scanner.locator("#offline")).to_contain_text("0건 대기", timeout=15_000)
    type_code(scanner, doorway.codes[0])
    expect(verdict(scanner, "admitted").locator(".verdict-name")).to_have_text("오세린")
    assert scanner.evaluate("document.fonts.check('17px \"Pretendard Variable\"', '오세린')")
    wasm = (
        "fetch(JSON.parse(document.getElementById('main').dataset.settings).wasm).then((found) => found.ok)"
    )
    assert scanner.evaluate(wasm)
    cold = scanner.context.new_page()
    cold.goto(f"{live.url}/door/")
    cold.click("a.choice")
    expect(cold.locator("#count")).to_have_text("1 / 2")
    type_code(cold, doorway.codes[0])
    verdict(cold, "already")
    asked = [("scan", "waiting", "admitted"), ("scan", "waiting", "already in")]
    assert (kept(cold), rows(app)) == (asked, [])
    live.start()
    expect(scanner.locator("#offline")).to_be_hidden(timeout=20_000)
    states(scanner, "answered", "answered")
    assert sorted(rows(app)) == [("admitted", True), ("already in", False)]


def test_a_phone_given_back_keeps_no_page(scanner: Page, doorway: SimpleNamespace) -> None:
    wait_for_copies(scanner, gate_of(doorway))
    scanner.goto(f"{doorway.live.url}/door/")
    wait_for_copies(scanner, gate_of(doorway), "/door/")
    scanner.click("summary")
    scanner.click("details form button")
    expect(scanner.locator("h1")).to_have_text("오늘 고맙습니다")
    wait_for_copies(scanner)
    doorway.live.stop()
    assert does_not_open(scanner, f"{doorway.live.url}/door/")


def test_a_revoked_phone_is_wiped_when_it_next_asks_for_a_page(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    wait_for_copies(scanner, gate_of(doorway))
    revoke(app, doorway)
    scanner.add_init_script(NO_WIPING)
    scanner.reload()
    expect(scanner.locator("h1")).to_have_text("이 휴대전화로는 열리지 않습니다")
    wait_for_copies(scanner)
    assert scanner.evaluate(LISTS) == []
    doorway.live.stop()
    assert does_not_open(scanner, scanner.url)


def test_a_revoked_phone_is_wiped_when_it_next_sends_a_scan(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    wait_for_copies(scanner, gate_of(doorway))
    revoke(app, doorway)
    type_code(scanner, doorway.codes[0])
    expect(scanner.locator("#offline")).to_contain_text("QR")
    wait_for_copies(scanner)
    assert scanner.evaluate(LISTS) == []


def test_another_phone_in_the_same_browser_finds_no_page_of_the_one_before(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    wait_for_copies(scanner, gate_of(doorway))
    with app.app_context(), standing_at(MORNING):
        run = db.session.get_one(DoorPhone, doorway.phone).event_session
        _, secret = door_phones.add_scanner(run, "하람", gate="B문")
    cookie = {
        "name": "door",
        "value": secret,
        "url": doorway.live.url,
        "httpOnly": True,
        "sameSite": "Strict",
    }
    scanner.context.add_cookies([cookie])
    scanner.goto(f"{doorway.live.url}/door/")
    wait_for_copies(scanner, "/door/")
    doorway.live.stop()
    assert does_not_open(scanner, doorway.live.url + gate_of(doorway))


def test_at_the_end_of_the_day_pages_and_list_go_without_a_network_and_scans_stay(
    scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    wait_for_copies(scanner, gate_of(doorway))
    doorway.live.stop()
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "admitted")
    scanner.close()
    late = scanner.context.new_page()
    late.clock.set_system_time(time.time() + 2 * DAY)
    late.goto(doorway.live.url + gate_of(doorway))
    expect(late.locator("#offline")).to_contain_text("QR")
    expect(late.locator("#count")).to_have_text("")
    wait_for_copies(late)
    assert (late.evaluate(LISTS), kept(late)) == ([], [("scan", "waiting", "admitted")])


def test_a_page_never_stands_beside_files_of_another_release(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    live, gate = doorway.live, gate_of(doorway)
    wait_for_copies(scanner, gate)
    live.stop()
    live.flags["TEST_RELEASE"] = "feed00000001"
    live.start()
    hasty = scanner.context.new_page()
    hasty.add_init_script(NO_KEEPING)
    hasty.goto(live.url + gate)  # the new page came, and the network went before its files were kept
    script = hasty.locator("script[data-copy]")
    assert "feed00000001" in script.get_attribute("src")
    hasty.evaluate(TELL, [gate, script.get_attribute("data-copy"), [f"{live.url}/static/none.js"]])
    scanner.evaluate(TELL, [gate, scanner.locator("script[data-copy]").get_attribute("data-copy"), []])
    scanner.wait_for_timeout(800)
    live.stop()
    hasty.reload()
    assert "feed00000001" not in hasty.locator("script[data-copy]").get_attribute("src")
    type_code(hasty, doorway.codes[0])
    verdict(hasty, "admitted")
    live.start()
    scanner.goto(live.url + gate)
    wait_for_copies(scanner, gate, release="feed00000001")
    parts = [path.split("/")[2] for path, _ in scanner.evaluate(COPIES) if path.startswith("/static/-")]
    assert set(parts) == {"-feed00000001"}


@contextmanager
def nobody_answers(live: Live) -> Iterator[None]:
    """Connected, and not a word comes back."""
    server = [int(pid) for pid in live.pids()]
    for pid in server:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in server:
            os.kill(pid, signal.SIGCONT)


@contextmanager
def only_a_gateway(live: Live) -> Iterator[None]:
    """The app is down, and what stands before it says so in its own words."""

    class Gateway(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(502)

        def log_message(self, *_words: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", int(live.url.rpartition(":")[2])), Gateway) as gateway:
        threading.Thread(target=gateway.serve_forever, daemon=True).start()
        yield
        gateway.shutdown()


def revoke(app: Flask, doorway: SimpleNamespace) -> None:
    with app.app_context():
        door_phones.revoke(db.session.get_one(DoorPhone, doorway.phone))
