"""Five phones at one door, each with the same badges before it at once: one admission each, and every phone learns it."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest
from browser import PHONE
from cast import at
from flask import Flask
from playwright.sync_api import Page, expect
from scanner import rows, states

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.door_phone import DoorPhone
from eventapp.rules import door_phones

pytestmark = pytest.mark.browser
MORNING = at("2017-11-09 09:12")
SCAN = "(codes) => codes.forEach((code, place) => setTimeout(() => { location.hash = code; }, place * 40))"


@pytest.mark.parametrize("count", [2, 5])
def test_one_badge_before_several_phones_is_admitted_once_and_all_learn_of_it(
    app: Flask, open_browser, doorway: SimpleNamespace, count: int
) -> None:
    with app.app_context(), standing_at(MORNING):
        run = db.session.get_one(DoorPhone, doorway.phone).event_session
        secrets = [
            door_phones.add_scanner(run, f"폰{number}", gate=f"{number}문")[1] for number in range(count)
        ]
    pages = [at_the_gate(open_browser(viewport=PHONE).new_page(), doorway, secret) for secret in secrets]
    watcher = open_browser(viewport=PHONE).new_page()
    watcher.clock.install()
    at_the_gate(watcher, doorway, doorway.secret)
    for place, page in enumerate(pages):
        page.evaluate(SCAN, doorway.codes if place % 2 else doorway.codes[::-1])
    for page in pages:
        states(page, "answered", "answered")
        expect(page.locator("#count")).to_have_text("2 / 2", timeout=15_000)
    watcher.clock.fast_forward(25_000)  # it has scanned nothing: its next sign of life tells it
    expect(watcher.locator("#count")).to_have_text("2 / 2")
    found = Counter(rows(app))
    assert found == Counter({("admitted", True): 2, ("already in", False): 2 * (count - 1)})


def at_the_gate(page: Page, doorway: SimpleNamespace, secret: str) -> Page:
    """One phone with the scanner open and its list there."""
    cookie = {
        "name": "door",
        "value": secret,
        "url": doorway.live.url,
        "httpOnly": True,
        "sameSite": "Strict",
    }
    page.context.add_cookies([cookie])
    page.goto(f"{doorway.live.url}/door/checkpoints/{doorway.gate}")
    expect(page.locator("#count")).to_have_text("0 / 2")
    return page
