"""Any order of naming, waiting, moving, substituting and giving up: the tables are what a plain model says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cast import a_colleague, an_event, an_invitation, attendee_of
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from proofs.places_model import Places, Refused
from sqlalchemy import delete, select

from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.registration import Registration
from eventapp.models.states import LIVE
from eventapp.reports import audit
from eventapp.rules import (
    attendees,
    invitations,
    journal,
    parties,
    pools,
    registrations,
    seat_offers,
    seats,
    waitlists,
)

pytestmark = [pytest.mark.both, pytest.mark.slow, pytest.mark.usefixtures("clock")]
RUNS, COMPANIES = st.sampled_from([1, 2]), st.integers(0, 2)
SOMEBODY = st.integers(0, 11)


def test_every_order_of_events_keeps_every_promise(app: Flask, request: pytest.FixtureRequest):
    examples, steps = (2000, 100) if request.config.getoption("--full") else (100, 50)
    run_state_machine_as_test(
        lambda: Day(app),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if request.config.getoption("--full") else [])],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


class Day(RuleBasedStateMachine):
    """Two small runs and three companies; `model` says what has to be so."""

    def __init__(self, app: Flask):
        super().__init__()
        self.context = app.app_context()
        self.context.push()
        empty_tables()
        with db.writing():
            event = an_event(capacity=(2, 2))
            self.companies = [an_invitation(event, seats_kept=3).id for _ in range(3)]
            self.runs = {one.number: one.id for one in seats.runs(event)}
        self.model = Places({1: 2, 2: 2}, dict.fromkeys(self.companies, 3))
        self.told: set[int] = set()

    def teardown(self) -> None:
        journal.seal()
        broken = audit.broken()
        letters = db.select(Message.subject_id).where(Message.purpose == "promoted")
        told = set(db.session.scalars(letters))
        db.session.remove()
        self.context.pop()
        assert (broken, told) == ([], self.told)

    @rule(company=COMPANIES, run=st.sampled_from([1, 2, None]), or_wait=st.booleans())
    def register(self, company: int, run: int | None, or_wait: bool) -> None:
        invitation = self.invitation(company)
        runs = self.run(run) if run else None
        made: list[int] = []

        def name() -> None:
            made.append(
                registrations.register(invitation, a_colleague(), event_session=runs, or_wait=or_wait).id
            )

        # the model needs the id the database gave; a refused naming has none
        self.both(
            name,
            lambda: self.model.register(made[0] if made else -1, invitation.id, run=run, or_wait=or_wait),
        )

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY, run=RUNS)
    def choose(self, who: int, run: int) -> None:
        registration = self.somebody(who)
        self.both(
            lambda: registrations.choose_run(registration, self.run(run)),
            lambda: self.model.choose(registration.id, run),
        )

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY, run=RUNS)
    def move(self, who: int, run: int) -> None:
        registration = self.somebody(who)
        self.both(
            lambda: registrations.move(registration, self.run(run)),
            lambda: self.model.move(registration.id, run),
        )

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY, run=RUNS)
    def join(self, who: int, run: int) -> None:
        registration = self.somebody(who)
        self.both(
            lambda: waitlists.join(registration, self.run(run)),
            lambda: self.model.join(registration.id, run),
        )

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY)
    def leave(self, who: int) -> None:
        registration = self.somebody(who)
        self.both(lambda: waitlists.leave(registration), lambda: self.model.leave(registration.id))

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY)
    def cancel(self, who: int) -> None:
        registration = self.somebody(who)
        self.both(lambda: registrations.cancel(registration), lambda: self.model.cancel(registration.id))

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY)
    def substitute(self, who: int) -> None:
        registration = self.somebody(who)
        self.both(lambda: registrations.substitute(registration, a_colleague()), lambda: None)

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY)
    def confirm(self, who: int) -> None:
        attendee = attendee_of(self.somebody(who))
        self.both(lambda: attendees.confirm(attendee), lambda: None)

    @rule(company=COMPANIES, run=RUNS, together=st.booleans())
    def stay_together(self, company: int, run: int, together: bool) -> None:
        invitation = self.invitation(company)
        self.both(
            lambda: waitlists.stay_together(invitation, self.run(run), together=together),
            lambda: self.model.stay_together(invitation.id, run, together=together),
        )

    @rule(run=RUNS, capacity=st.integers(0, 5))
    def set_capacity(self, run: int, capacity: int) -> None:
        self.both(
            lambda: seats.set_capacity(self.run(run), capacity),
            lambda: self.model.set_capacity(run, capacity),
        )

    @rule(company=COMPANIES, wanted=st.integers(0, 5))
    def set_seats(self, company: int, wanted: int) -> None:
        invitation = self.invitation(company)
        self.both(
            lambda: seats.set_seats(invitation, wanted),
            lambda: self.model.set_seats(invitation.id, wanted),
        )

    @rule(company=COMPANIES, count=st.integers(0, 3))
    def give_back(self, company: int, count: int) -> None:
        invitation = self.invitation(company)
        self.both(
            lambda: pools.give_back(invitation, count), lambda: self.model.give_back(invitation.id, count)
        )

    @rule(company=COMPANIES, count=st.integers(1, 2))
    def take_from_pool(self, company: int, count: int) -> None:
        invitation = self.invitation(company)

        def wish_and_take() -> None:
            wish = seat_offers.wish(invitation, count)
            seat_offers.accept(seat_offers.offer(wish, count, expires_on=date(2017, 10, 20)))

        self.both(wish_and_take, lambda: self.model.take_from_pool(invitation.id, count))

    @rule(company=COMPANIES)
    def decline_and_come_back(self, company: int) -> None:
        invitation = self.invitation(company)
        self.both(lambda: invitations.decline(invitation), lambda: self.model.decline(invitation.id))
        invitations.revive(invitation)

    @invariant()
    def the_tables_say_what_the_model_says(self) -> None:
        db.session.rollback()
        rows = db.session.scalars(select(Registration).where(Registration.status.in_(LIVE))).all()
        found = {row.id: (row.status, self.number(row)) for row in rows}
        wanted = {
            who: (self.model.state(who), place.run or self.model.waits(who))
            for who, place in self.model.places.items()
        }
        assert found == wanted
        event = self.invitation(0).event
        held = {one: db.session.get_one(Invitation, one).seats for one in self.companies}
        assert (held, pools.size(event)) == (self.model.seats, self.model.pool)
        for number in (1, 2):
            queue = [
                (party.invitation_id, party.together, [one.id for one in parties.members(party)])
                for party in parties.waiting_for(self.run(number))
            ]
            assert queue == [(one.company, one.together, one.members) for one in self.model.queues[number]]
            run = self.run(number)
            assert seats.taken(run) <= run.capacity

    def both(self, rules: Any, model: Any) -> None:
        """Do it in the database and in the model; both refuse, or neither does."""
        refused = None
        try:
            rules()
        except RuleBroken as refusal:
            refused = refusal
        promoted = len(self.model.promoted)
        try:
            model()
        except Refused:
            assert refused is not None, "the rules let through what the model refuses"
            return
        assert refused is None, f"the rules refuse ({refused}) what the model lets through"
        for who in self.model.promoted[promoted:]:
            registration = db.session.get_one(Registration, who)
            self.told.add(attendee_of(registration).id)

    def invitation(self, company: int) -> Invitation:
        return db.session.get_one(Invitation, self.companies[company])

    def somebody(self, number: int) -> Registration:
        """One of those in use, whichever the number falls on."""
        known = sorted(self.model.places)
        return db.session.get_one(Registration, known[number % len(known)])

    def run(self, number: int) -> EventSession:
        return db.session.get_one(EventSession, self.runs[number])

    def number(self, registration: Registration) -> int | None:
        return registration.event_session.number if registration.event_session else None


def empty_tables() -> None:
    with db.writing():
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(delete(table))
        db.session.expunge_all()
