"""Erased by several presses while others write, agree and replace: nothing is left, and every place adds up."""

from __future__ import annotations

import threading

import pytest
from canary import CANARY, found_in_tables
from cast import OH, a_registration, an_event, an_invitation, at, attendee_of, run
from flask import Flask
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.seminar import SeminarQuestion
from eventapp.reports import audit
from eventapp.rules import consents, own_data, registrations, seminar_questions, waitlists

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_whatever_else_happens_at_once_nothing_is_left(app: Flask):
    event = an_event(capacity=(2, 42))
    consents.publish_proposed(event)
    invitation = an_invitation(event)
    registration = a_registration(invitation, CANARY)
    waits = a_registration(an_invitation(event), number=None)
    a_registration(invitation)
    waitlists.join(waits, run(event, 1))
    attendee = attendee_of(registration)
    ids = attendee.id, attendee.person_id, registration.id, waits.id, consents.in_force(event)[0].id
    db.session.remove()

    def work(number: int) -> None:
        with app.app_context():
            attendee_id, person_id, registration_id, _waits, text_id = ids
            here, person = db.session.get_one(Attendee, attendee_id), db.session.get_one(Person, person_id)
            try:
                if number % 2:
                    own_data.erase(person)
                elif number % 4:
                    seminar_questions.ask(here, "무지개서버질문", named=True)
                elif number % 8:
                    consents.answer(person, here.registration.invitation.event, given={text_id: True})
                else:
                    registrations.substitute(db.session.get_one(Registration, registration_id), OH)
            except RuleBroken:  # somebody else was faster
                pass
            db.session.remove()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (found_in_tables(), audit.broken()) == ([], [])
    sits = db.session.get_one(Registration, ids[2])
    assert db.session.get_one(Registration, ids[3]).status == (
        "registered" if sits.status == "cancelled" else "waitlisted"
    )


def test_a_word_sent_in_the_same_moment_does_not_outlive_the_erasing(app: Flask):
    event = an_event()
    invitation = an_invitation(event, seats_kept=12)
    people = [attendee_of(a_registration(invitation)) for _ in range(12)]
    ids = [attendee.id for attendee in people]
    db.session.remove()

    def work(attendee_id: int, number: int, gate: threading.Barrier) -> None:
        with app.app_context():
            attendee = db.session.get_one(Attendee, attendee_id)
            gate.wait()
            try:
                if number:
                    seminar_questions.ask(attendee, f"무지개서버질문 {number}", named=True)
                else:
                    own_data.erase(attendee.person)
            except RuleBroken:  # erased already
                pass
            db.session.remove()

    with standing_at(at("2017-11-20 10:00")):  # for all threads: the clock is one
        for attendee_id in ids:
            gate = threading.Barrier(4)
            workers = [threading.Thread(target=work, args=(attendee_id, number, gate)) for number in range(4)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
    assert db.session.scalars(select(SeminarQuestion.text)).all() == []
