"""Check-ins a second through the API with 16 clients, and what part that is of a bare durable insert.

How to read: both run on the same gunicorn in the same minute, in turns; the ratio travels between machines, the
figures do not. One request is one scan, answered after its commit (SQLite, synchronous=FULL). "Bare" is a WSGI
function with one synced insert and nothing else: no request can be kept for less.
"""

from __future__ import annotations

import http.client
import itertools
import json
import statistics
import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import ground
from cast import a_checkpoint, a_registration, an_event, an_invitation, at, badge_of, run
from live import serve

from eventapp.db import db
from eventapp.rules import door_phones

CLIENTS, SECONDS, ROUNDS = 16, 6.0, 3
ATTENDEES, CHECKPOINTS = 300, 20
Ask = Callable[[], tuple[str, dict[str, str], str]]


def main() -> None:
    with ground.house() as (app, settings):
        with app.app_context():
            token, scans = door()
        following = itertools.cycle(scans)
        lock = threading.Lock()

        def check_in() -> tuple[str, dict[str, str], str]:
            with lock:
                code, gate = next(following)
            item = {"id": str(uuid.uuid4()), "kind": "scan", "checkpoint": gate, "code": code}
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            return "/api/v1/check-ins", headers, json.dumps({"items": [item]})

        def bare() -> tuple[str, dict[str, str], str]:
            return "/bare", {}, "{}"

        with serve(
            settings, workers=2, threads=8, at=at("2017-11-09 09:12"), module="beside:application"
        ) as live:
            found: dict[str, list[float]] = {"bare": [], "check-ins": []}
            for _ in range(ROUNDS):
                found["bare"].append(measured("bare insert", live.url, bare))
                found["check-ins"].append(measured("check-in", live.url, check_in))
    ours, least = (statistics.median(found[name]) for name in ("check-ins", "bare"))
    print(
        f"median of {ROUNDS}: {ours:.0f} check-ins a second, {least:.0f} bare inserts; ratio {ours / least:.2f}"
    )


def door() -> tuple[str, list[tuple[str, int]]]:
    """A scanner's token, and every badge at every checkpoint: so many scans are admissions."""
    with db.writing():
        event = an_event(capacity=(ATTENDEES, 0))
        first = run(event, 1)
        invitation = an_invitation(event, seats_kept=ATTENDEES)
        codes = [badge_of(a_registration(invitation)).code for _ in range(ATTENDEES)]
        gates = [a_checkpoint(first, f"문 {number}") for number in range(CHECKPOINTS)]
        db.session.flush()
        token = door_phones.add_scanner(first, "측정", gate="A문")[1]
        return token, [(code, gate.id) for gate in gates for code in codes]


def measured(name: str, url: str, ask: Ask) -> float:
    """Requests a second of all clients together; prints the middle and the slowest hundredth too."""
    times: list[float] = []
    end = time.monotonic() + SECONDS
    clients = [threading.Thread(target=client, args=(url, ask, end, times)) for _ in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    times.sort()
    rate = len(times) / SECONDS
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{name:12} {rate:7.0f} a second, p50 {1000 * middle:5.1f} ms, p99 {1000 * late:6.1f} ms")
    return rate


def client(url: str, ask: Ask, end: float, times: list[float]) -> None:
    """One connection, one request after the other."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    while time.monotonic() < end:
        path, headers, body = ask()
        began = time.monotonic()
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        told: Any = answer.read()
        if answer.status != 200 or b'"error"' in told:
            raise SystemExit(f"{path} answered {answer.status}: {told[:300]!r}")
        times.append(time.monotonic() - began)
    connection.close()


if __name__ == "__main__":
    print(timedelta(seconds=2 * ROUNDS * SECONDS), "of measuring")
    main()
