"""The scanner's figures: from a decoded text to its screen, a minute of badges, the way to the first scan, a long queue.

How to read: everything runs on one machine, browser, server and phones together, so a real phone has the server's share
of it to itself. "First scan" begins with the navigation and ends with the verdict on a badge that is held before the
fake camera all the time. The list holds 2,000 people.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ground
import qr_video
from badge_photos import rates
from browser import CHROMIUM as PATH
from browser import FLAGS, PHONE
from cast import a_checkpoint, a_colleague, a_registration, an_event, an_invitation, at, badge_of, run
from crowd import Caller
from live import serve
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from scanner import wait_for_copies
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.checkin import CheckIn
from eventapp.rules import door_phones

PEOPLE, CHECKPOINTS = 2000, 5
SCANS, BADGES, EVERY = 300, 20, 2  # decoded texts; badges before the camera, and seconds for each
PHONES, REST = 4, 0.5  # live phones meanwhile, and seconds between their scans
PHOTOS = 100
DRAWN = """async (codes) => {
  const over = document.getElementById("verdict");
  const press = (code) => dispatchEvent(new KeyboardEvent("keydown", { code }));
  const times = [];
  for (const text of codes) {
    const shown = new Promise((done) => new MutationObserver((_, watch) => {
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    }).observe(over, { childList: true }));
    [...text].forEach((sign) => press(/[0-9]/.test(sign) ? `Digit${sign}` : `Key${sign}`));
    const began = performance.now();
    press("Enter");
    times.push((await shown) - began);
    await new Promise((done) => setTimeout(done, 60));
  }
  return times;
}"""
FIRST = """document.addEventListener("DOMContentLoaded", () => new MutationObserver((_, watch) => {
  watch.disconnect();
  document.documentElement.dataset.first = performance.now();
}).observe(document.getElementById("verdict"), { childList: true }))"""
BYTES = """async () => {
  const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const { usageDetails } = await navigator.storage.estimate();
  return [entries.reduce((sum, one) => sum + one.transferSize, 0), usageDetails.caches ?? 0, usageDetails.indexedDB ?? 0];
}"""
QUEUE = """async (items) => {
  const asked = indexedDB.open("door");
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const transaction = db.transaction("items", "readwrite");
  items.forEach((item) => transaction.objectStore("items").put(item));
  await new Promise((done) => { transaction.oncomplete = done; });
  db.close();
}"""


def main() -> None:
    with (
        ground.house() as (app, settings),
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as play,
    ):
        with app.app_context():
            door = a_long_list()
        with serve(settings, workers=2, threads=8, at=at("2017-11-09 09:12")) as live:
            door.live, door.folder, door.play = live, Path(folder), play
            with app.app_context():
                for part in sys.argv[1:] or PARTS:
                    PARTS[part](door)
    print("the camera rests after 180 s of lying still unread (static/door/rest.js)")


def a_long_list() -> SimpleNamespace:
    with db.writing():
        event = an_event(capacity=(PEOPLE, 0))
        first = run(event, 1)
        invitation = an_invitation(event, seats_kept=PEOPLE)
        codes = [badge_of(a_registration(invitation, a_colleague())).code for _ in range(PEOPLE)]
        gates = [a_checkpoint(first, f"문 {number}") for number in range(CHECKPOINTS + 1)]
        db.session.flush()
        tokens = [door_phones.add_scanner(first, f"폰{number}")[1] for number in range(PHONES + 1)]
        return SimpleNamespace(codes=codes, gates=[gate.id for gate in gates], tokens=tokens)


# -- browsers --------------------------------------------------------------------------------------------


def phone(door: SimpleNamespace, name: str, *flags: str) -> BrowserContext:
    """A phone with a folder of its own; the same name is the same phone, opened again."""
    context = door.play.chromium.launch_persistent_context(
        door.folder / name, executable_path=PATH, args=[*FLAGS, *flags], viewport=PHONE
    )
    cookie = {
        "name": "door",
        "value": door.tokens[0],
        "url": door.live.url,
        "httpOnly": True,
        "sameSite": "Strict",
    }
    context.add_cookies([cookie])
    context.add_init_script(FIRST)
    return context


def scanner(context: BrowserContext, door: SimpleNamespace, gate: int = 0) -> Page:
    page = context.pages[0]
    page.goto(f"{door.live.url}/door/checkpoints/{door.gates[gate]}")
    return page


def filmed(door: SimpleNamespace, *codes: str, seconds: float = 1) -> list[str]:
    """Badges before the camera, one after the other, each for so long."""
    texts = [f"HTTPS://DAY.EXAMPLE/B/{code}" for code in codes]
    return qr_video.write(door.folder / "film.y4m", *texts, frames=round(seconds * qr_video.PER_SECOND))


# -- what is measured ------------------------------------------------------------------------------------


def first_scans(door: SimpleNamespace) -> None:
    """Cold: nothing of ours on the phone. Warm: opened before, the browser ended since. Offline: and no server."""
    flags = filmed(door, door.codes[0])
    for kind in ("cold", "warm", "offline"):
        if kind == "offline":
            door.live.stop()
        context = phone(door, "first", *flags)
        page = scanner(context, door)
        expect(page.locator("#verdict .verdict")).to_be_visible(timeout=30_000)
        print(f"first scan, {kind}: {float(page.locator('html').get_attribute('data-first') or 0):.0f} ms")
        if kind == "cold":
            wait_for_copies(page, f"/door/checkpoints/{door.gates[0]}")
            sent, copies, lists = page.evaluate(BYTES)
            print(f"installed: {kilo(sent)} transferred; kept {kilo(copies)} of files, {kilo(lists)} of list")
        context.close()
    door.live.start()


def a_minute(door: SimpleNamespace) -> None:
    """A new badge before the camera every two seconds."""
    codes = door.codes[100 : 100 + BADGES]
    context = phone(door, "minute", *filmed(door, *codes, seconds=EVERY))
    page = scanner(context, door)
    expect(page.locator("#verdict .verdict")).to_be_visible(timeout=30_000)
    time.sleep(BADGES * EVERY)
    page.keyboard.press("Escape")
    counted = int((page.locator("#count").text_content() or "0").split("/")[0])
    context.close()
    print(
        f"badges a minute, one every {EVERY} s: {60 / EVERY * min(counted, BADGES) / BADGES:.0f} of {60 / EVERY:.0f}"
    )


def drawn(door: SimpleNamespace) -> None:
    context = phone(door, "drawn")
    page = scanner(context, door)
    expect(page.locator("#count")).to_contain_text(f"/ {PEOPLE}", timeout=30_000)
    times = page.evaluate(DRAWN, door.codes[500 : 500 + SCANS])
    print(f"decoded to drawn, {PEOPLE} on the list: {spread(times)}")
    context.close()


def conditions(door: SimpleNamespace) -> None:
    context = phone(door, "photos")
    page = scanner(context, door)
    expect(page.locator("#count")).to_contain_text("/", timeout=30_000)
    for name, rate in rates(page, PHOTOS).items():
        print(
            f"camera, {name}: {rate.read} of {rate.of} photos read, a look {rate.middle:.0f} ms, at most {rate.longest:.0f}"
        )
    context.close()


def long_queue(door: SimpleNamespace) -> None:
    """Every badge at five checkpoints, kept on one phone without a network; then the network, and other phones scan on."""
    context = phone(door, "queue")
    page = scanner(context, door)
    expect(page.locator("#count")).to_contain_text("/", timeout=30_000)
    waiting = [an_item(code, gate, place) for place, (code, gate) in enumerate(every_scan(door))]
    page.evaluate(QUEUE, waiting)
    began = time.monotonic()
    idle = live_scans(door, lambda: time.monotonic() > began + 10)
    gates, began = set(door.gates[1:]), time.monotonic()
    page.reload()
    busy = live_scans(door, lambda: kept_rows(gates) >= len(waiting))
    print(f"{len(waiting)} queued scans: all taken after {time.monotonic() - began:.0f} s")
    print(f"live scans of {PHONES} phones, alone: {spread(idle)}; meanwhile: {spread(busy)}")
    context.close()


def every_scan(door: SimpleNamespace) -> list[tuple[str, int]]:
    return [(code, gate) for gate in door.gates[1:] for code in door.codes]


def an_item(code: str, gate: int, place: int) -> dict[str, Any]:
    """As the phone keeps it."""
    item = {
        "id": str(uuid.uuid4()),
        "kind": "scan",
        "checkpoint": gate,
        "code": code,
        "gate": "",
        "shown": "admitted",
    }
    return {**item, "scanned_at": "2017-11-09T00:12:00Z", "state": "waiting", "kept_at": place}


def live_scans(door: SimpleNamespace, done: Callable[[], bool]) -> list[float]:
    """Milliseconds of every live scan until that is done."""
    times: list[float] = []
    over = threading.Event()
    phones = [threading.Thread(target=scan_on, args=(door, token, over, times)) for token in door.tokens[1:]]
    for one in phones:
        one.start()
    while not done():
        time.sleep(0.5)
    over.set()
    for one in phones:
        one.join()
    return times


def scan_on(door: SimpleNamespace, token: str, over: threading.Event, times: list[float]) -> None:
    caller = Caller(door.live.url, token=token)
    while not over.wait(REST):
        item = {
            "id": str(uuid.uuid4()),
            "kind": "scan",
            "checkpoint": door.gates[0],
            "code": random.choice(door.codes),
        }
        began = time.perf_counter()
        status, _ = caller.post_json(
            "/api/v1/check-ins", {"items": [{**item, "scanned_at": "2017-11-09T00:12:00Z"}]}
        )
        assert status == 200
        times.append(1000 * (time.perf_counter() - began))


def kept_rows(gates: set[int]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(CheckIn.checkpoint_id.in_(gates))) or 0


def spread(times: list[float]) -> str:
    cut = statistics.quantiles(times, n=100)
    return f"{len(times)} times, p50 {cut[49]:.0f} ms, p95 {cut[94]:.0f} ms, p99 {cut[98]:.0f} ms"


def kilo(count: float) -> str:
    return f"{count / 1024:.0f} KB"


PARTS = {"first": first_scans, "minute": a_minute, "drawn": drawn, "photos": conditions, "queue": long_queue}

if __name__ == "__main__":
    main()
