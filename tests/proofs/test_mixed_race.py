"""Everything at once: many companies name, wait, move, substitute and give up while capacities change.

In full size 200 clients with 2,000 attempts, else a tenth; every fifth press is sent twice at the same moment.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from cast import an_event, an_invitation, run
from conftest import MONDAY
from crowd import Caller, all_at_once
from live import serve
from sqlalchemy import func, select
from walk import invitation_link

from eventapp.db import db
from eventapp.errors import CapacityTaken
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message, Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE, LIVE
from eventapp.reports import audit
from eventapp.rules import events, seats

pytestmark = [pytest.mark.both, pytest.mark.slow]
SEATS, TWICE = 4, 0.2
OUTCOMES = {303, 400, 404, 409}  # done, not offered any more, gone, refused with a sentence


@dataclass
class Client:
    """One coordinator's phone: what it sees is what it presses on."""

    number: int
    page: str
    caller: Caller
    dice: random.Random
    answers: list[int] = field(default_factory=list)
    named: dict[str, bool] = field(default_factory=dict)

    def press(self, attempts: int) -> None:
        """So many presses, of every kind; a party of one to four is named in a row."""
        while len(self.answers) < attempts:
            seen = self.caller.get(self.page)[1]
            people = re.findall(r'id="seat-([0-9]+)".*?name="attendee" value="([0-9]+)"', seen, re.DOTALL)
            if not people or self.dice.random() < 0.35:
                for _ in range(self.dice.randint(1, 4)):
                    self.name(max((int(one) for one, _ in people), default=0))
            else:
                self.change(*self.dice.choice(people))

    def name(self, newest: int) -> None:
        """A new colleague for a run, or for its queue where it is full."""
        name = f"동료 {self.number}-{len(self.answers)}"
        run, waits = self.dice.choice("12"), self.dice.random() < 0.5
        form = {"name": name, "title": "대리", **self.reached_by(), "seen": newest}
        wishes = [f"wait-{run}", run] if waits else [run]
        self.named[name] = any(
            self.send("/registrations", {**form, "event_session": wish}) == 303 for wish in wishes
        )

    def change(self, registration: str, attendee: str) -> None:
        where, run = f"/registrations/{registration}", {"run": self.dice.choice("12")}
        kind = self.dice.choice(["move", "waiting", "withdrawal", "cancellation", "substitution", "party"])
        if kind == "substitution":
            name = f"후임 {self.number}-{len(self.answers)}"
            self.send(f"{where}/{kind}", {"name": name, **self.reached_by(), "seen": attendee})
        elif kind == "party":
            self.send("/party", {**run, "together": self.dice.choice(["yes", "no"])})
        else:
            self.send(f"{where}/{kind}", {**run, "attendee": attendee})

    def reached_by(self) -> dict[str, str]:
        """A phone and an address of nobody else's."""
        press = len(self.answers)
        email = f"c{self.number}-{press}@partner.example"
        return {"phone": f"010-{1000 + self.number:04}-{press:04}", "email": email}

    def send(self, path: str, form: dict[str, Any]) -> int:
        """The best answer; every fifth press goes twice at the same moment."""
        times = 2 if self.dice.random() < TWICE else 1
        twins = [Caller(self.caller.url, dict(self.caller.cookies)) for _ in range(times)]
        with ThreadPoolExecutor(times) as pool:
            found = list(pool.map(lambda caller: caller.post(self.page + path, form)[0], twins))
        self.answers += found
        return min(found)


@pytest.fixture
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Clients and presses of each: 200 with 10, or a tenth of it."""
    return (200, 10) if request.config.getoption("--full") else (40, 5)


@pytest.fixture
def links(app, clock, size) -> list[tuple[str, str]]:
    """So many companies with four seats, and places for a quarter of them in each run."""
    with app.app_context(), db.writing():
        event = an_event(capacity=(size[0] // 2, size[0] // 2))
        made = [an_invitation(event, seats_kept=SEATS) for _ in range(size[0])]
        return [(invitation_link(app, one), f"/invitation/{one.id}") for one in made]


def test_nothing_is_oversold_lost_or_doubled(app, settings, links, size):
    with serve(settings, workers=4, open_forms=True, at=MONDAY) as live:
        clients, problems = rush(app, live.url, links, size[1])
    answers = Counter(answer for client in clients for answer in client.answers)
    print(f"\n{len(clients)} clients, {answers.total()} presses: {dict(answers)}")
    assert set(answers) <= OUTCOMES
    assert problems == []
    with app.app_context():
        assert audit.broken() == []
        assert named(clients) == {
            name: int(done) for client in clients for name, done in client.named.items()
        }
        assert letters() == promoted()


def test_without_the_locks_it_goes_wrong(app, settings, links, size, database_kind):
    """The control: something of the above must not hold."""
    with serve(settings, workers=4, open_forms=True, at=MONDAY, unlocked=True) as live:
        clients, problems = rush(app, live.url, links, size[1])
    strange = Counter(answer for client in clients for answer in client.answers if answer not in OUTCOMES)
    with app.app_context():
        broken = audit.broken()
    print(
        f"\nwithout locks on {database_kind}: {len(problems)} instants oversold, {len(broken)} promises "
        f"broken at the end, answers out of the ordinary {dict(strange)}"
    )
    assert problems or broken or strange


def rush(app, url: str, links: list[tuple[str, str]], attempts: int) -> tuple[list[Client], list[str]]:
    """All press at once while the capacities change and somebody counts; what was ever wrong."""
    clients = [
        Client(number, page, Caller(url), random.Random(number)) for number, (_, page) in enumerate(links)
    ]
    for client, (link, _page) in zip(clients, links, strict=True):
        assert client.caller.get(link)[0] == 303
    problems: set[str] = set()
    over = Signal()
    beside = [Thread(target=watch, args=(app, problems, over)), Thread(target=resize, args=(app, over))]
    for thread in beside:
        thread.start()
    try:
        all_at_once(lambda client: client.press(attempts), clients)
    finally:
        over.set()
        for thread in beside:
            thread.join()
    return clients, sorted(problems)


def watch(app, problems: set[str], over: Signal) -> None:
    """Ask again and again, in one statement each, whether more is held than there is."""
    held = func.count(Registration.id)
    runs = (
        select(EventSession.number, EventSession.capacity, held)
        .join(Registration, Registration.event_session_id == EventSession.id)
        .where(Registration.status.in_(HOLDS_PLACE))
        .group_by(EventSession.id)
        .having(held > EventSession.capacity)
    )
    companies = (
        select(Invitation.id, Invitation.seats, held)
        .join(Registration, Registration.invitation_id == Invitation.id)
        .where(Registration.status.in_(LIVE))
        .group_by(Invitation.id)
        .having(held > Invitation.seats)
    )
    with app.app_context():
        while not over.wait(0.01):
            for name, question in (("run", runs), ("invitation", companies)):
                db.session.rollback()
                problems |= {
                    f"{name} {number}: {count} of {most}"
                    for number, most, count in db.session.execute(question)
                }


def resize(app, over: Signal) -> None:
    """An organizer who cannot decide how many places there are."""
    dice = random.Random(4711)
    with app.app_context():
        capacities = {one.number: one.capacity for one in seats.runs(events.current())}
        while not over.wait(0.05):
            number = dice.choice(sorted(capacities))
            try:
                seats.set_capacity(run(events.current(), number), capacities[number] + dice.randint(-3, 3))
            except CapacityTaken:
                db.session.rollback()


def named(clients: list[Client]) -> dict[str, int]:
    """How many Registrations were made for each name that somebody tried to give."""
    first = select(func.min(Attendee.id)).group_by(Attendee.registration_id)
    rows = db.session.execute(
        select(Person.name, func.count())
        .join(Attendee, Attendee.person_id == Person.id)
        .where(Attendee.id.in_(first))
        .group_by(Person.name)
    )
    return dict.fromkeys((name for client in clients for name in client.named), 0) | dict(map(tuple, rows))


def promoted() -> set[int]:
    """The registrations that got a place because one became free."""
    rows = db.session.scalars(select(JournalEntry.thing_id).where(JournalEntry.action == "promoted"))
    return {int(one) for one in rows}


def letters() -> set[int]:
    """The registrations of those who were written about it."""
    rows = db.session.scalars(
        select(Attendee.registration_id)
        .join(Message, Message.subject_id == Attendee.id)
        .where(Message.purpose == Purpose.PROMOTED)
    )
    return set(rows)
