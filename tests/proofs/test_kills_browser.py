"""The scanner dies at any moment, browser and all: what its screen had said is on the phone, and comes to the server once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from browser import CHROMIUM, FLAGS, PHONE
from cast import a_colleague, a_company, a_registration, an_invitation, at, badge_of
from doorway import a_door
from flask import Flask
from live import serve
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from scanner import KEPT, states, wait_for_copies
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckIn
from eventapp.models.event import Event
from eventapp.rules import seats

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MORNING = at("2017-11-09 09:12")
SEED = 20171109
SCANS, APART = 6, 50  # badges in a life, and milliseconds between them
TELL = """document.addEventListener("DOMContentLoaded", () =>
  new MutationObserver(() => {
    const shown = document.querySelector("#verdict .verdict");
    if (shown) seen(shown.className, shown.querySelector(".verdict-name").textContent);
  }).observe(document.getElementById("verdict"), { childList: true })
);"""
SCAN = (
    "([codes, apart]) => codes.forEach((code, at) => setTimeout(() => { location.hash = code; }, at * apart))"
)


@pytest.fixture
def lives(request: pytest.FixtureRequest) -> int:
    return 200 if request.config.getoption("--full") else 20


@pytest.fixture
def door(app: Flask, settings: dict[str, Any], lives: int) -> Iterator[SimpleNamespace]:
    """A served door with a new badge for every scan of every life: `badges` is name by code."""
    with standing_at(MORNING):
        things = a_door(app)
        with app.app_context():
            event = db.session.scalars(select(Event)).one()
            seats.set_capacity(seats.runs(event)[0], lives * SCANS + 10)
            invitation = an_invitation(event, a_company(), seats_kept=lives * SCANS)
            made = [badge_of(a_registration(invitation, a_colleague())) for _ in range(lives * SCANS)]
            things.badges = {one.code: one.attendee.person.name for one in made}
    with serve(settings, at=MORNING) as live:
        things.live = live
        yield things


def test_what_was_green_is_on_the_phone_whenever_the_browser_dies(
    app: Flask, playwright: Playwright, door: SimpleNamespace, lives: int, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    codes = list(door.badges)
    greens: set[str] = set()
    with a_life(playwright, door, tmp_path, greens) as page:
        wait_for_copies(page, f"/door/checkpoints/{door.gate}")
    for life in range(lives):
        with a_life(playwright, door, tmp_path, greens, offline=bool(life % 2)) as page:
            page.evaluate(SCAN, [codes[life * SCANS : (life + 1) * SCANS], APART])
            time.sleep(chance.uniform(0, SCANS * APART / 1000))
    with a_life(playwright, door, tmp_path, greens) as page:
        on_phone = {item["code"]: item["id"] for item in page.evaluate(KEPT)}
        assert greens <= {door.badges[code] for code in on_phone}
        states(page, *["answered"] * len(on_phone))
    print(f"\n{lives} lives: {len(greens)} greens seen, {len(on_phone)} of {len(codes)} scans stored")
    assert 0 < len(greens) < len(codes), "the moments are all too late, or all too early"
    assert taken(app) == {(id, code, True) for code, id in on_phone.items()}


@contextmanager
def a_life(
    started: Playwright, door: SimpleNamespace, home: Path, greens: set[str], *, offline: bool = False
) -> Iterator[Page]:
    """A browser on the phone's own folder with the scanner open; at the end it is killed with everything it started."""
    process = launch(home)
    try:
        context = started.chromium.connect_over_cdp(wire(home)).contexts[0]
        page = scanner_in(context, door, greens, offline=offline)
        expect(page.locator("#count")).to_contain_text("/", timeout=15_000)
        yield page
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def launch(home: Path) -> subprocess.Popen[bytes]:
    if CHROMIUM is None:
        pytest.skip("NO BROWSER: chromium was not found")
    (home / "DevToolsActivePort").unlink(missing_ok=True)
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={home}", "--remote-debugging-port=0", "about:blank"]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=nowhere, stderr=nowhere, start_new_session=True)


def wire(home: Path) -> str:
    """Where the browser listens, once it does."""
    end = time.monotonic() + 30
    while not (file := home / "DevToolsActivePort").exists() or not file.read_text():
        assert time.monotonic() < end, "the browser did not start"
        time.sleep(0.02)
    return f"http://127.0.0.1:{file.read_text().split()[0]}"


def scanner_in(context: BrowserContext, door: SimpleNamespace, greens: set[str], *, offline: bool) -> Page:
    """The scanner's page; every green that it shows is told to us while it lives."""
    cookie = {
        "name": "door",
        "value": door.secret,
        "url": door.live.url,
        "httpOnly": True,
        "sameSite": "Strict",
    }
    context.add_cookies([cookie])
    page = context.pages[0]
    page.set_viewport_size(PHONE)
    page.expose_binding("seen", lambda _, kind, name: "admitted" in kind and greens.add(name))
    page.add_init_script(TELL)
    context.set_offline(offline)
    page.goto(f"{door.live.url}/door/checkpoints/{door.gate}")
    return page


def taken(app: Flask) -> set[tuple[str, str, bool]]:
    """What the server holds: id, code, and whether it counts."""
    with app.app_context():
        found = db.session.scalars(select(CheckIn))
        return {(row.id, row.code, row.counted) for row in found}
