"""Two small runs and three companies in a database, and the plain model beside them."""

from __future__ import annotations

from typing import Any

from cast import an_event, an_invitation, attendee_of
from flask import Flask
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
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
    journal,
    parties,
    pools,
    seats,
)


class Tables(RuleBasedStateMachine):
    """`model` says what has to be so."""

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

    @invariant()
    def the_tables_say_what_the_model_says(self) -> None:
        db.session.rollback()
        asked = select(Registration.id, Registration.status, EventSession.number)
        asked = asked.outerjoin(Registration.event_session).where(Registration.status.in_(LIVE))
        found = {who: (status, number) for who, status, number in db.session.execute(asked)}
        wanted = {
            who: (self.model.state(who), place.run or self.model.waits(who))
            for who, place in self.model.places.items()
        }
        assert found == wanted
        event = self.invitation(0).event
        held = dict(db.session.execute(select(Invitation.id, Invitation.seats)).all())
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


def empty_tables() -> None:
    with db.writing():
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(delete(table))
        db.session.expunge_all()
