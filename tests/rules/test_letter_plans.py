"""Planned letters: at their hour, once for each run and person, only to whom they are for; late ones ask first."""

from __future__ import annotations

import threading
from datetime import datetime, time, timedelta

import pytest
from cast import (
    SEOUL,
    a_checkpoint,
    a_colleague,
    a_registration,
    an_event,
    an_invitation,
    attendee_of,
    badge_of,
    run,
)
from flask import Flask
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.checkin import CheckIn
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.letter_plan import LetterPlan, LetterRound, Planned
from eventapp.models.message import Message
from eventapp.models.question import Asks
from eventapp.rules import (
    answers,
    attendees,
    checkins,
    invitations,
    letter_plans,
    question_answers,
    questions,
    quiet_hours,
    registrations,
)
from eventapp.rules.checkins import Scan
from eventapp.rules.letter_plans import Draft, Stage

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def event() -> Event:
    return an_event()


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2017, month, day, hour, minute, tzinfo=SEOUL)


def planned(event: Event, purpose: Planned, *, days: int, hour: int = 10, is_on: bool = True) -> LetterPlan:
    return letter_plans.change(event, purpose, draft=Draft(is_on=is_on, days=days, at=time(hour)))


def left(purpose: Planned) -> list[tuple[int, str]]:
    """(subject, occasion) of every letter of that kind in the outbox."""
    rows = db.session.execute(
        select(Message.subject_id, Message.occasion)
        .where(Message.purpose == purpose.value)
        .order_by(Message.id)
    )
    return [tuple(row) for row in rows]


def test_at_its_hour_once_for_each_run(event: Event):
    first, second = (a_registration(an_invitation(event), number=number) for number in (1, 2))
    planned(event, Planned.SOON, days=2)
    expected = {1: (at(11, 7), first), 2: (at(11, 14), second)}
    for number, (hour, registration) in expected.items():
        with standing_at(hour - timedelta(seconds=1)):
            assert letter_plans.carry_out_due() == 0
        for moment in (hour, hour, hour + timedelta(hours=3)):
            with standing_at(moment):
                letter_plans.carry_out_due()
        assert left(Planned.SOON)[number - 1 :] == [(attendee_of(registration).id, f"run {number}")]
    rounds = db.session.scalars(select(LetterRound).order_by(LetterRound.id)).all()
    assert [(one.letters, one.left_at) for one in rounds] == [(1, at(11, 7)), (1, at(11, 14))]


def test_what_is_off_does_not_leave(event: Event):
    a_registration(an_invitation(event))
    plan = planned(event, Planned.SOON, days=2, is_on=False)
    with standing_at(at(11, 7)):
        assert letter_plans.carry_out_due() == 0
        with pytest.raises(Stale):
            letter_plans.carry_out(plan, run(event, 1))


def test_a_day_late_it_is_missed_and_an_organizer_lets_it_go(event: Event):
    a_registration(an_invitation(event))
    plan, first = planned(event, Planned.SOON, days=2), run(event, 1)
    with standing_at(at(11, 8)):
        assert letter_plans.carry_out_due() == 0
        assert letter_plans.stage(plan, first, left=None) == Stage.MISSED
        assert [letter_plans.carry_out(plan, first) for _ in range(2)] == [1, 0]
        done = letter_plans.rounds(event)[(plan.id, first.id)]
        assert letter_plans.stage(plan, first, left=done) == Stage.LEFT
    with standing_at(at(11, 7, 23)):
        assert letter_plans.stage(plan, first, left=None) == Stage.COMING


def test_moved_plans_leave_what_has_left(event: Event):
    a_registration(an_invitation(event))
    planned(event, Planned.SOON, days=20)
    with standing_at(at(10, 20)):
        assert letter_plans.carry_out_due() == 1
    planned(event, Planned.SOON, days=2)
    with standing_at(at(11, 7)):
        assert letter_plans.carry_out_due() == 0
    assert len(letter_plans.of(event)) == len(db.session.scalars(select(LetterPlan)).all()) + 4


def test_quiet_hours_move_the_hour(event: Event):
    plan = planned(event, Planned.SOON, days=2, hour=6)
    assert letter_plans.due_at(plan, run(event, 1)) == at(11, 7, 8)
    quiet_hours.set_hours(event, begin=None, end=None)
    assert letter_plans.due_at(plan, run(event, 1)) == at(11, 7, 6)


def test_the_silent_alone_and_each_from_one_run(event: Event):
    silent, both = an_invitation(event), an_invitation(event)
    invitations.set_choices(silent, [run(event, 2)])
    thinking, over = an_invitation(event), an_invitation(event)
    invitations.keep_open(thinking, at(10, 30).date())
    invitations.keep_open(over, at(10, 15).date())
    answers.accept(an_invitation(event))
    invitations.decline(an_invitation(event))
    an_invitation(event, sent=False)
    for number, expected in ((1, [both, over]), (2, [silent])):
        assert letter_plans.readers(Planned.INVITATION, run(event, number)) == expected
    with standing_at(at(10, 31)):
        assert letter_plans.readers(Planned.INVITATION, run(event, 1)) == [both, thinking, over]


def test_names_of_those_who_said_yes_and_of_their_own_run(event: Event):
    empty, later, full = (an_invitation(event, seats_kept=2) for _ in range(3))
    answers.accept(empty)
    a_registration(later, number=2)
    for _ in range(2):
        a_registration(full)
    an_invitation(event)
    assert letter_plans.readers(Planned.NAMES_WANTED, run(event, 1)) == [empty]
    assert letter_plans.readers(Planned.NAMES_WANTED, run(event, 2)) == [later]


def test_their_own_part_until_nothing_is_left(event: Event):
    people = [attendee_of(a_registration(an_invitation(event))) for _ in range(3)]
    for attendee in people[1:]:
        attendees.confirm(attendee)
    question = questions.add(event, questions.Draft(kind=Asks.TEXT, text_ko="차량 번호", required=True))
    question_answers.save(people[2], {question.id: "12가 3456"})
    assert letter_plans.readers(Planned.PART_WANTED, run(event, 1)) == people[:2]


def test_no_place_no_letter(event: Event):
    comes = a_registration(an_invitation(event))
    registrations.cancel(a_registration(an_invitation(event)))
    a_registration(an_invitation(event), number=None)
    assert letter_plans.readers(Planned.SOON, run(event, 1)) == [attendee_of(comes)]


def test_thanks_to_who_was_there_after_the_last_day(event: Event):
    came, stayed_away = (a_registration(an_invitation(event)) for _ in range(2))
    checkpoint = a_checkpoint(run(event, 1))
    with standing_at(at(11, 9, 9)):
        scan = Scan("a" * 36, checkpoint, scanned_at=at(11, 9, 9), at=at(11, 9, 9), code=badge_of(came).code)
        checkins.check_in(scan)
    planned(event, Planned.THANKS, days=1)
    with standing_at(at(11, 11)):
        assert letter_plans.carry_out_due() == 1
    assert left(Planned.THANKS) == [(attendee_of(came).id, "run 1")]
    assert db.session.scalars(select(CheckIn.attendee_id)).all() == [attendee_of(came).id]
    assert attendee_of(stayed_away).ended_at is None


def test_who_has_no_address_is_not_counted(event: Event):
    for email in ("", "haneul@maru.example"):
        a_registration(an_invitation(event), a_colleague(email=email))
    plan = planned(event, Planned.SOON, days=2)
    assert letter_plans.carry_out(plan, run(event, 1)) == 1


def test_a_draft_event_sends_nothing():
    event = an_event(confirmed=False)
    planned(event, Planned.SOON, days=2)
    with standing_at(at(11, 7)):
        assert letter_plans.carry_out_due() == 0
    assert db.session.scalars(select(LetterRound)).all() == []


def test_a_plan_switched_off_while_another_leaves_ends_no_postman(event: Event, monkeypatch):
    a_registration(an_invitation(event))
    planned(event, Planned.SOON, days=2)
    look = letter_plans.carry_out

    def switched_off_first(plan: LetterPlan, run: EventSession) -> int:
        planned(event, Planned.SOON, days=2, is_on=False)
        return look(plan, run)

    monkeypatch.setattr(letter_plans, "carry_out", switched_off_first)
    with standing_at(at(11, 7)):
        assert letter_plans.carry_out_due() == 0
    assert left(Planned.SOON) == []


def test_whose_time_to_answer_is_over_is_not_asked(event: Event):
    silent, empty = an_invitation(event), an_invitation(event)
    answers.accept(empty)
    for invitation in (silent, empty):
        invitation.expires_on = at(10, 20).date()
    db.session.commit()
    wanted = {Planned.INVITATION: [silent], Planned.NAMES_WANTED: [empty]}
    nobody = {Planned.INVITATION: [], Planned.NAMES_WANTED: []}
    for day, expected in ((20, wanted), (21, nobody)):
        with standing_at(at(10, day)):
            assert {one: letter_plans.readers(one, run(event, 1)) for one in wanted} == expected


def test_two_postmen_at_once_send_one_letter_each(event: Event, in_app: Flask):
    for _ in range(5):
        a_registration(an_invitation(event))
    planned(event, Planned.SOON, days=2)
    db.session.commit()
    start, counts = threading.Barrier(4), []

    def postman() -> None:
        with in_app.app_context():
            start.wait()
            counts.append(letter_plans.carry_out_due())

    with standing_at(at(11, 7)):
        workers = [threading.Thread(target=postman) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert sorted(counts) == [0, 0, 0, 5]
    assert len(left(Planned.SOON)) == 5
