"""The scanner's page in a real browser, for tests of the door: opened, typed into, and what it keeps."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

from browser import PHONE, shared, start, watch
from flask import Flask
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.checkin import CheckIn

KEPT = """async () => {
  const asked = indexedDB.open("door");
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const items = db.transaction("items").objectStore("items").getAll();
  return await new Promise((done) => { items.onsuccess = () => (db.close(), done(items.result)); });
}"""

LISTS = """async () => {
  const asked = indexedDB.open("door");
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const lists = db.transaction("lists").objectStore("lists").getAll();
  return await new Promise((done) => { lists.onsuccess = () => (db.close(), done(lists.result)); });
}"""

COPIES = """async () => {
  const found = await caches.open("door");
  const answers = await Promise.all((await found.keys()).map(async (one) => [one.url, await found.match(one)]));
  return answers.filter(([, answer]) => answer).map(([url, answer]) => [new URL(url).pathname, answer.headers.get("X-Offline-Copy") ?? ""]);
}"""


def open_scanner(
    started: Playwright, doorway: SimpleNamespace, *flags: str, before: str = ""
) -> tuple[Any, Page]:
    """What to close at the end, and the scanner's page.

    flags: what its camera films, none without a camera; before: what runs before its scripts.
    """
    browser = start(started, *flags) if flags else shared(started)
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
    return (browser if flags else context), page


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


def kept(page: Page) -> list[tuple[str, str, str]]:
    """Kind, state and what the screen said, of every item on the phone."""
    found = sorted(page.evaluate(KEPT), key=lambda item: (item["kept_at"], item["id"]))
    return [(item["kind"], item["state"], item.get("shown", "")) for item in found]


def states(page: Page, *wanted: str) -> None:
    """Wait until the phone's items stand so, in any order."""
    end = time.monotonic() + 25
    while (found := sorted(state for _, state, _ in kept(page))) != sorted(wanted):
        assert time.monotonic() < end, found
        page.wait_for_timeout(100)


def wait_for_copies(page: Page, *paths: str, release: str = "") -> None:
    """Until exactly these pages are kept for places without a network, all of that release."""
    end = time.monotonic() + 15
    while True:
        found = {path: mark for path, mark in page.evaluate(COPIES) if mark}
        if sorted(found) == sorted(paths) and all(release in mark for mark in found.values()):
            return
        assert time.monotonic() < end, found
        page.wait_for_timeout(50)
