"""Resident memory of the whole thing after use: gunicorn with two workers of eight threads, and the postman.

How to read: RSS counts pages that processes share once for each of them, PSS shares them out; PSS is what the
machine really gives. Before reading, the app served pages, scans, a badge sheet and letters.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import uuid
from pathlib import Path

import ground
from cast import a_checkpoint, a_colleague, a_registration, an_event, an_invitation, at, badge_of, run
from crowd import Caller, all_at_once
from live import Live, serve
from walk import invitation_link

from eventapp.rules import door_phones

COMPANIES, VISITS = 36, 20


def main() -> None:
    with ground.house() as (app, settings):
        with app.app_context():
            event = an_event()
            made = [an_invitation(event, seats_kept=2) for _ in range(COMPANIES)]
            codes = [badge_of(a_registration(one, a_colleague())).code for one in made]
            links = [(invitation_link(app, one), f"/invitation/{one.id}") for one in made]
            gate = a_checkpoint(run(event, 1)).id
            token = door_phones.add_scanner(run(event, 1), "측정")[1]
        with serve(settings, workers=2, threads=8, at=at("2017-11-09 09:12")) as live:
            postman = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "live_app:app", "deliver", "--follow"],
                env=live.environment(),
                cwd=ground.TESTS,
                stderr=subprocess.DEVNULL,
            )
            try:
                use(live, links, codes, gate, token)
                time.sleep(5)
                tell(
                    {
                        "gunicorn master": live.pids()[:1],
                        "gunicorn workers": live.pids()[1:],
                        "postman": [str(postman.pid)],
                    }
                )
            finally:
                postman.terminate()
                postman.wait(timeout=30)


def use(live: Live, links: list[tuple[str, str]], codes: list[str], gate: int, token: str) -> None:
    """Everybody opens the letter and looks around; every badge is scanned."""

    def visit(one: tuple[str, str]) -> None:
        caller = Caller(live.url)
        caller.get(one[0])
        for _ in range(VISITS):
            for path in ("/", one[1], f"{one[1]}/registrations", "/2017/agenda", "/2017/agenda.ics?run=1"):
                caller.get(path)

    all_at_once(visit, links)
    items = [{"id": str(uuid.uuid4()), "kind": "scan", "checkpoint": gate, "code": code} for code in codes]
    status, body = Caller(live.url, token=token).post_json("/api/v1/check-ins", {"items": items})
    print(f"scans: {status}, {len(json.dumps(body))} characters of answers")


def tell(processes: dict[str, list[str]]) -> None:
    """RSS and PSS of each, and of all."""
    whole = [0, 0]
    for name, pids in processes.items():
        sizes = [sum(part(pid, kind) for pid in pids) for kind in ("Rss", "Pss")]
        whole = [total + size for total, size in zip(whole, sizes, strict=True)]
        print(f"{name:18} RSS {sizes[0] / 1024:6.0f} MB, PSS {sizes[1] / 1024:6.0f} MB")
    print(f"{'all':18} RSS {whole[0] / 1024:6.0f} MB, PSS {whole[1] / 1024:6.0f} MB")


def part(pid: str, kind: str) -> int:
    """Kilobytes of that kind."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))


if __name__ == "__main__":
    main()
