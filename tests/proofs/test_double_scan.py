"""One admission: 50 phones scan the same badges at once; each badge counts once, a repeat changes nothing."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from typing import Any

import pytest
from cast import a_checkpoint, a_registration, an_event, an_invitation, at, badge_of, run
from crowd import Caller, all_at_once
from live import Live, serve
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.checkin import CheckIn
from eventapp.reports import audit
from eventapp.rules import door_phones

pytestmark = [pytest.mark.both, pytest.mark.slow]
PHONES = 50
SEND = "/api/v1/check-ins"


@pytest.fixture
def badges(request: pytest.FixtureRequest) -> int:
    """How many badges: 100, or a tenth of it."""
    return 100 if request.config.getoption("--full") else 10


@pytest.fixture
def door(app, clock, badges) -> tuple[list[str], list[list[dict[str, Any]]]]:
    """The phones' tokens, and what each of them will send: every badge, in the same order, at its own time."""
    with app.app_context(), db.writing():
        event = an_event(capacity=(badges, 0))
        first = run(event, 1)
        invitation = an_invitation(event, seats_kept=badges)
        codes = [badge_of(a_registration(invitation)).code for _ in range(badges)]
        checkpoint = a_checkpoint(first)
        db.session.flush()
        gate = checkpoint.id
        tokens = [door_phones.add_scanner(first, f"폰{number}")[1] for number in range(PHONES)]
    return tokens, [[scan(code, gate, phone) for code in codes] for phone in range(PHONES)]


def test_each_badge_is_admitted_once(app, settings, door, badges):
    tokens, items = door
    with serve(settings, workers=4, at=at("2017-11-09 09:30")) as live:
        statuses, shown = rush(live, tokens, items)
        assert statuses == Counter({200: badges * PHONES})
        before = rows(app)
        assert sent_again(live, tokens, items) == {
            item["id"]: verdict for item, verdict in decided(app, items)
        }
    print(f"\n{badges} badges, {PHONES} phones: on the screens {dict(shown)}, in the table {dict(kept(app))}")
    assert kept(app) == Counter({"admitted": badges, "already in": badges * (PHONES - 1)})
    assert set(shown) == {"admitted", "already in"}
    assert rows(app) == before
    with app.app_context():
        assert audit.broken() == []


def test_without_the_locks_scans_are_lost(app, settings, door, badges, database_kind):
    """The control. The table's own index still lets nobody in twice; the price is scans that are not kept."""
    tokens, items = door
    with serve(settings, workers=4, at=at("2017-11-09 09:30"), unlocked=True) as live:
        statuses, shown = rush(live, tokens, items)
    with app.app_context():
        wrong = audit.broken()
        found = Counter(db.session.scalars(select(CheckIn.verdict)))
    lost = badges * PHONES - sum(found.values())
    print(
        f"\nwithout locks on {database_kind}: statuses {dict(statuses)}, on the screens {dict(shown)}, "
        f"{lost} scans lost, {len(wrong)} promises broken"
    )
    assert found["admitted"] > 0
    assert lost > 0 or wrong


def scan(code: str, gate: int, phone: int) -> dict[str, Any]:
    """One scan with an id made on the phone; the phones are some milliseconds apart."""
    return {
        "id": str(uuid.uuid4()),
        "kind": "scan",
        "checkpoint": gate,
        "code": code,
        "scanned_at": f"2017-11-09T09:12:00.{random.randrange(1000):03d}+09:00",
        "gate": f"문 {phone}",
    }


def rush(
    live: Live, tokens: list[str], items: list[list[dict[str, Any]]]
) -> tuple[Counter[int], Counter[str]]:
    """All phones at once, one scan a request. Statuses, and what the phones were told."""
    answers = [answer for phone in all_at_once(scan_all, tellers(live, tokens, items)) for answer in phone]
    verdicts = (said for status, body in answers if status == 200 for said in told(body))
    return Counter(status for status, _ in answers), Counter(verdicts)


def tellers(live: Live, tokens: list[str], items: list[Any]) -> list[tuple[Caller, Any]]:
    """Each phone with what it sends."""
    return [(Caller(live.url, token=token), mine) for token, mine in zip(tokens, items, strict=True)]


def scan_all(phone: tuple[Caller, list[dict[str, Any]]]) -> list[tuple[int, Any]]:
    """One after the other, as a person at the door does."""
    caller, mine = phone
    return [caller.post_json(SEND, {"items": [item]}) for item in mine]


def told(body: Any) -> list[str]:
    """The verdict of each item, or why there is none."""
    return [
        answer["verdict"] if "verdict" in answer else answer["error"]["code"] for answer in body["answers"]
    ]


def sent_again(live: Live, tokens: list[str], items: list[list[dict[str, Any]]]) -> dict[str, str]:
    """Every scan once more, shuffled, whole batches from other phones. The verdict of each id."""
    every = [item for mine in items for item in mine]
    random.shuffle(every)
    size = len(items[0])
    batches = [every[start : start + size] for start in range(0, len(every), size)]
    answers = all_at_once(
        lambda one: one[0].post_json(SEND, {"items": one[1]}), tellers(live, tokens, batches)
    )
    return {answer["id"]: answer["verdict"] for _, body in answers for answer in body["answers"]}


def decided(app, items: list[list[dict[str, Any]]]) -> list[tuple[dict[str, Any], str]]:
    """Each item with the verdict that its order in time gives, whatever order it came in."""
    first: dict[str, tuple[str, str]] = {}
    every = [item for mine in items for item in mine]
    for item in every:
        place = (item["scanned_at"], item["id"])
        first[item["code"]] = min(first.get(item["code"], place), place)
    return [
        (item, "admitted" if (item["scanned_at"], item["id"]) == first[item["code"]] else "already in")
        for item in every
    ]


def kept(app) -> Counter[str]:
    """The rows by verdict; an admission counts where it says so."""
    with app.app_context():
        found = db.session.execute(select(CheckIn.verdict, CheckIn.counted)).all()
    assert all((verdict == "admitted") == counted for verdict, counted in found)
    return Counter(verdict for verdict, _ in found)


def rows(app) -> list[tuple[Any, ...]]:
    """Every scan as the table holds it."""
    with app.app_context():
        table = CheckIn.__table__
        return [tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))]
