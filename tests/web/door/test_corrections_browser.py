"""A screen that the server corrects: shown again, reported where it stood for longer than a moment."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from browser import violations
from cast import a_checkpoint, at
from flask import Flask
from playwright.sync_api import Page, Playwright, Route, expect
from scanner import kept, open_scanner, rows, states, type_code, verdict
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.badge import Badge
from eventapp.models.checkin import Checkpoint
from eventapp.reports import merges
from eventapp.rules import checkins, registrations, seats
from eventapp.rules.checkins import Scan

pytestmark = pytest.mark.browser
MORNING = at("2017-11-09 09:12")
NO_LIST = """{
  const real = fetch;
  window.fetch = (url, ...more) => (String(url).includes("roster") ? Promise.reject(new TypeError()) : real(url, ...more));
}"""


def test_a_verdict_the_server_changes_is_shown_again_and_stands_in_the_merge_report(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    doorway.live.stop()
    with app.app_context(), standing_at(MORNING):
        gate = db.session.get_one(Checkpoint, doorway.gate)
        early = at("2017-11-09 09:01")
        scan = Scan("00000000-0000-4000-8000-000000000001", gate, early, early, doorway.codes[1], gate="B문")
        checkins.check_in(scan)
        badge = db.session.scalar(select(Badge).where(Badge.code == doorway.codes[0]))
        registrations.cancel(badge.attendee.registration)
    for code in doorway.codes:
        scanner.keyboard.press("Escape")
        type_code(scanner, code)
        verdict(scanner, "admitted")
    scanner.wait_for_timeout(2_100)  # what is corrected sooner is no matter for the report
    doorway.live.start()
    scanner.evaluate("dispatchEvent(new Event('online'))")
    why = verdict(scanner, "already").locator("[data-put=why]")
    expect(why).to_have_text("09:01 B문, 먼저 들어오셨습니다")
    scanner.click("[data-press=next]")
    expect(scanner.locator("#offline")).to_contain_text("2건", timeout=15_000)
    scanner.click("#way-phone")
    expect(scanner.locator("#phone-list li")).to_have_count(2)
    expect(scanner.locator("#phone-list li").first).to_contain_text("오세린")
    expect(scanner.locator("#phone-list li").first).to_contain_text("‘입장’, 서버 판정은 ‘자리 비움’")
    assert violations(scanner) == []
    assert report(app, doorway) == [("admitted", "already in", "A문"), ("admitted", "cancelled", "A문")]
    scanner.click("#phone-seen")
    expect(scanner.locator("#phone-list li")).to_have_count(0)
    expect(scanner.locator("#offline")).to_be_hidden()


def test_an_answer_that_comes_after_the_screen_is_told_what_the_screen_had_said(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    """The scan was on its way when the phone decided by itself: it is sent once more, with what was shown."""
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    with app.app_context():
        badge = db.session.scalar(select(Badge).where(Badge.code == doorway.codes[0]))
        registration = badge.attendee.registration
        registrations.move(registration, seats.runs(registration.invitation.event)[1], by_host=True)
    waits: list[Route] = []

    def hold(route: Route) -> None:
        waits.append(route)

    scanner.route("**/api/v1/check-ins", hold)
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "admitted")
    scanner.wait_for_timeout(2500)  # long enough to send somebody on
    for route in waits:
        route.continue_()
    scanner.unroute("**/api/v1/check-ins")
    verdict(scanner, "other-run")
    expect(scanner.locator("#offline")).to_contain_text("1건", timeout=15_000)
    scanner.evaluate("dispatchEvent(new Event('online'))")
    states(scanner, "answered")
    assert report(app, doorway) == [("admitted", "wrong run", "A문")]


def test_what_is_corrected_at_once_is_no_matter_for_a_report(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    with app.app_context():
        badge = db.session.scalar(select(Badge).where(Badge.code == doorway.codes[0]))
        registration = badge.attendee.registration
        registrations.move(registration, seats.runs(registration.invitation.event)[1], by_host=True)
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "other-run")
    states(scanner, "answered")
    expect(scanner.locator("#count")).to_have_text("0 / 1")
    assert report(app, doorway) == []


def test_a_phone_without_a_list_asks_the_server_and_has_said_nothing_else(
    app: Flask, playwright: Playwright, doorway: SimpleNamespace
) -> None:
    browser, page = open_scanner(playwright, doorway, before=NO_LIST)
    expect(page.locator("#connection")).to_have_text("연결됨")
    type_code(page, doorway.codes[0])
    expect(verdict(page, "admitted").locator(".verdict-name")).to_have_text("오세린")
    states(page, "answered")
    assert (kept(page), report(app, doorway)) == ([("scan", "answered", "")], [])
    browser.close()


def test_an_answer_about_another_checkpoint_changes_nothing_on_this_one_s_list(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    with app.app_context():
        run = db.session.get_one(Checkpoint, doorway.gate).event_session
        second = a_checkpoint(run, "둘째 문").id
    scanner.route("**/api/v1/check-ins", lambda route: route.abort())
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "admitted")
    scanner.on("dialog", lambda dialog: dialog.accept())
    scanner.goto(f"{doorway.live.url}/door/checkpoints/{second}")
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    scanner.route("**/roster*", lambda route: route.abort())
    scanner.unroute("**/api/v1/check-ins")
    states(scanner, "answered")
    assert (rows(app), scanner.locator("#count").text_content()) == ([("admitted", True)], "0 / 2")


def report(app: Flask, doorway: SimpleNamespace) -> list[tuple[str, str, str]]:
    """The merge report of the door's run: shown, stands, gate."""
    with app.app_context():
        run = db.session.get_one(Checkpoint, doorway.gate).event_session
        lines = merges.by_run([run], language="ko")[run.id]
        return sorted((line.shown, line.verdict, line.gate) for line in lines)
