"""Any order of naming, waiting, moving, substituting and giving up: the tables are what a plain model says."""

from __future__ import annotations

from datetime import date

import pytest
from cast import a_colleague, attendee_of
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from proofs.places_tables import Tables

from eventapp.db import db
from eventapp.rules import (
    approvals,
    attendees,
    change_requests,
    invitations,
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


class Day(Tables):
    """Everything that can happen to a seat, in any order."""

    @initialize(runs=st.lists(st.sampled_from([1, 2, None]), min_size=4, max_size=8), wanted=st.booleans())
    def begin(self, runs: list[int | None], wanted: bool) -> None:
        """Most days begin with names: from nothing, chance seldom comes to a full run."""
        self.want_approval(wanted)
        for number, run in enumerate(runs):
            self.register(number % 3, run, True)

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
        self.both(
            lambda: registrations.substitute(registration, a_colleague()),
            lambda: self.model.substitute(registration.id),
        )

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY)
    def ask_for_a_colleague(self, who: int) -> None:
        registration = self.somebody(who)
        self.both(
            lambda: change_requests.approve(
                change_requests.ask_substitution(registration, a_colleague(), reason="출장")
            ),
            lambda: None,
        )

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY, run=RUNS)
    def ask_for_the_other_run(self, who: int, run: int) -> None:
        registration = self.somebody(who)
        self.both(
            lambda: change_requests.approve(
                change_requests.ask_move(registration, self.run(run), reason="출장")
            ),
            lambda: self.model.move_late(registration.id, run),
        )

    @rule(run=RUNS, closed=st.booleans())
    def close_names(self, run: int, closed: bool) -> None:
        with db.writing():
            self.run(run).names_due_on = date(2017, 10, 1) if closed else None
        (self.model.closed.add if closed else self.model.closed.discard)(run)

    @rule(wanted=st.booleans())
    def want_approval(self, wanted: bool) -> None:
        event = self.invitation(0).event
        self.both(lambda: approvals.want(event, wanted), lambda: self.model.want_approval(wanted))

    @precondition(lambda self: self.model.places)
    @rule(who=SOMEBODY, is_yes=st.booleans())
    def approve_or_refuse(self, who: int, is_yes: bool) -> None:
        registration = self.somebody(who)
        rules, model = (
            (approvals.approve, self.model.approve) if is_yes else (approvals.refuse, self.model.refuse)
        )
        self.both(lambda: rules(registration), lambda: model(registration.id))

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

    @rule(company=COMPANIES, seldom=st.integers(0, 9))
    def decline_and_come_back(self, company: int, seldom: int) -> None:
        if seldom:
            return  # it empties too much to come often
        invitation = self.invitation(company)
        self.both(lambda: invitations.decline(invitation), lambda: self.model.decline(invitation.id))
        invitations.revive(invitation)
