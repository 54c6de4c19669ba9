"""Never overbooked: 200 clients against four workers want 50 places; without the locks it goes wrong.

In full size; else 80 want 20.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections import Counter
from threading import Event as Signal
from threading import Thread

import pytest
from cast import a_colleague, an_event, an_invitation, run
from crowd import Caller, all_at_once
from live import Live, serve
from walk import invitation_link

from eventapp.db import db
from eventapp.reports import audit
from eventapp.rules import events, seats

pytestmark = [pytest.mark.both, pytest.mark.slow]


@pytest.fixture
def places(request: pytest.FixtureRequest) -> int:
    return 50 if request.config.getoption("--full") else 20


@pytest.fixture
def links(app, clock, places):
    """Companies with a seat each, four for each place in run 1."""
    with app.app_context(), db.writing():
        event = an_event(capacity=(places, 0))
        made = [invitation_link(app, an_invitation(event, seats_kept=1)) for _ in range(4 * places)]
    return made


def test_each_place_is_given_once(app, settings, links, places):
    with serve(settings, workers=4, open_forms=True) as live:
        most_seen, answers = rush(app, live, links)
    assert answers == Counter({303: places, 409: 3 * places})
    assert most_seen <= places
    with app.app_context():
        event_session = run(events.current(), 1)
        assert seats.taken(event_session) == places
        assert audit.broken() == []


def test_without_the_locks_it_goes_wrong(app, settings, links, places, database_kind):
    """The control: PostgreSQL oversells; SQLite oversells or answers that it is locked."""
    with serve(settings, workers=4, open_forms=True, unlocked=True) as live:
        _, answers = rush(app, live, links)
    with app.app_context():
        taken = seats.taken(run(events.current(), 1))
    oversold, locked = taken > places, answers[500] > 0
    print(f"\nwithout locks on {database_kind}: {taken} of {places} places sold, answers {dict(answers)}")
    assert oversold if database_kind == "postgresql" else oversold or locked


def rush(app, live: Live, links: list[str]) -> tuple[int, Counter[int]]:
    """Everybody opens their link, then all press at once. Returns the most places ever seen taken."""
    callers = [Caller(live.url) for _ in links]
    for caller, link in zip(callers, links, strict=True):
        assert caller.get(link)[0] == 303
    seen, over = [0], Signal()
    watcher = Thread(target=watch, args=(app, seen, over))
    watcher.start()
    answers = Counter(all_at_once(press, list(zip(callers, links, strict=True))))
    over.set()
    watcher.join()
    return max(seen), answers


def press(who: tuple[Caller, str]) -> int:
    """Name one colleague for run 1."""
    caller, link = who
    colleague = a_colleague()
    invitation_id = int.from_bytes(token_bytes(link), "big")
    form = {"name": colleague.name, "title": "대리", "phone": colleague.phone, "event_session": "1"}
    return caller.post(f"/invitation/{invitation_id}/registrations", form)[0]


def token_bytes(link: str) -> bytes:
    """The id in a link's token."""
    return urlsafe_b64decode(link.rpartition("/")[2] + "=")[:4]


def watch(app, seen: list[int], over: Signal) -> None:
    """Count the places taken again and again until told to stop."""
    with app.app_context():
        while not over.wait(0.02):
            db.session.rollback()
            seen.append(seats.taken(run(events.current(), 1)))
