"""Plans: proposed, corrected by hand, published with one letter each, or refused whole with names."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from cast import a_colleague, a_company, a_registration, an_event, an_invitation, attendee_of, run
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import InvitationClosed, RuleBroken, Stale
from eventapp.formats import split
from eventapp.models.event import Event
from eventapp.models.message import Message
from eventapp.models.plan import Plan
from eventapp.models.registration import Registration, Wish
from eventapp.models.states import EventStatus
from eventapp.reports import audit
from eventapp.reports import plans as report
from eventapp.rules import answers, events, invitations, journal, plans, registrations, seats

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def day():
    """Run 1 has one place, run 2 three; a company of three leaves the run to us, two would like run 1."""
    event = an_event(capacity=(1, 3))
    invitation = an_invitation(event, a_company("마루소프트"), seats_kept=3)
    people = [
        a_registration(invitation, a_colleague(name=name), number=None) for name in ("김일", "이이", "박삼")
    ]
    for one in people[:2]:
        answers.wish_run(one, Wish.RUN, event_session=run(event, 1))
    return event, invitation, people


def said(plan: Plan) -> list[tuple[int | None, str]]:
    return [
        (line.event_session.number if line.event_session else None, line.why) for line in plans.lines(plan)
    ]


def sound() -> bool:
    journal.seal()
    return audit.broken() == []


def letters(registration: Registration) -> int:
    found = select(Message.id).where(
        Message.purpose == "placed", Message.subject_id == attendee_of(registration).id
    )
    return len(db.session.scalars(found).all())


def test_a_wish_that_cannot_be_met_has_its_reason(day):
    event, _invitation, _people = day
    plan = plans.propose(event)
    assert sorted(said(plan)) == [(1, "wished"), (2, "full"), (2, "full")]
    assert [line.facts for line in plans.lines(plan) if line.why == "full"] == [{"wished": 1}] * 2
    assert seats.taken(run(event, 1)) == 0
    assert sound()


def test_publishing_gives_every_place_and_one_letter_each(day):
    event, invitation, people = day
    plan = plans.propose(event)
    assert plans.publish(plan) == 3
    assert [one.status for one in people] == ["registered"] * 3
    assert [letters(one) for one in people] == [1, 1, 1]
    confirmations = select(Message.id).where(
        Message.purpose == "confirmation", Message.subject_id == invitation.id
    )
    assert len(db.session.scalars(confirmations).all()) == 1
    assert (plan.status, plans.draft(event), plans.last_published(event)) == ("published", None, plan)
    with pytest.raises(Stale):
        plans.publish(plan)
    assert sound()


def test_what_was_set_by_hand_stays_when_it_is_proposed_again(day):
    event, _invitation, (first, second, third) = day
    plan = plans.propose(event)
    plans.set_by_hand(plan, {third.id: run(event, 1), first.id: None})
    again = plans.propose(event)
    assert again.id == plan.id
    assert said(again) == [(None, "by hand"), (2, "full"), (1, "by hand")]
    plans.let_go(again, {first.id, third.id})
    assert sorted(said(plans.propose(event))) == [(1, "wished"), (2, "full"), (2, "full")]
    assert second.status == "undecided"


def test_a_changed_wish_is_said_by_name_and_nothing_is_published(day):
    event, _invitation, (first, *_others) = day
    plan = plans.propose(event)
    answers.wish_run(first, Wish.EITHER)
    assert [row.has_changed for row in report.rows(plan)] == [True, False, False]
    with pytest.raises(plans.WishesChanged) as refusal:
        plans.publish(plan)
    assert refusal.value.facts == {"names": "마루소프트 김일 대리"}
    assert (first.status, letters(first)) == ("undecided", 0)


def test_places_gone_since_are_said_by_name_and_nobody_gets_one(day):
    event, _invitation, people = day
    plan = plans.propose(event)
    lucky = next(line.registration for line in plans.lines(plan) if line.event_session.number == 1)
    a_registration(an_invitation(event), number=1)
    assert [view.too_many for view in report.per_run(event, report.rows(plan))] == [1, 0]
    with pytest.raises(plans.DoesNotFit) as refusal:
        plans.publish(plan)
    assert refusal.value.facts == {"names": f"마루소프트 {attendee_of(lucky).person.name} 대리"}
    assert [(one.status, letters(one)) for one in people] == [("undecided", 0)] * 3
    assert sound()


def test_who_chose_meanwhile_leaves_the_plan_and_who_came_is_counted(day):
    event, _invitation, (first, second, third) = day
    plan = plans.propose(event)
    registrations.choose_run(third, run(event, 2))
    registrations.cancel(second)
    late = a_registration(an_invitation(event), number=None)
    assert report.unplanned(plan) == 1
    assert plans.publish(plan) == 1 + (first.event_session_id is None)
    assert (letters(third), late.status) == (0, "undecided")
    assert sound()


def test_together_and_never_both_are_kept(day):
    event, invitation, _people = day
    answers.wish_together(invitation, True)
    assert said(plans.propose(event)) == [(2, "together"), (2, "together"), (2, "unsaid")]
    answers.wish_one_on_duty(invitation, True)
    assert (invitation.comes_together, invitation.one_stays_on_duty) == (False, True)
    plan = plans.propose(event)
    assert {run for run, _why in said(plan)} == {1, 2}


def test_a_company_that_cannot_be_placed_now_refuses_the_whole(day):
    event, invitation, _people = day
    plan = plans.propose(event)
    events.set_status(event, EventStatus.CLOSED)
    with pytest.raises(InvitationClosed):
        plans.publish(plan)
    assert invitation.status == "accepted"


def test_a_run_not_offered_is_refused_by_hand(day):
    event, invitation, (first, *_others) = day
    plan = plans.propose(event)
    invitations.set_choices(invitation, [run(event, 2)])
    with pytest.raises(seats.RunNotOffered):
        plans.set_by_hand(plan, {first.id: run(event, 1)})


def test_a_change_while_the_solver_thinks_is_noticed(day, monkeypatch):
    event, _invitation, (first, *_others) = day
    think = split.best

    def think_long(task):
        answers.wish_run(first, Wish.EITHER)
        return think(task)

    monkeypatch.setattr(split, "best", think_long)
    with pytest.raises(Stale):
        plans.propose(event)
    assert plans.draft(event) is None


def test_nobody_seeks():
    with pytest.raises(plans.NobodySeeks):
        plans.propose(an_event())


def test_a_second_draft_is_impossible(day):
    event, _invitation, _people = day
    plans.propose(event)
    with pytest.raises(IntegrityError), db.writing():
        db.session.add(Plan(event_id=event.id, status="draft", made_at=now()))


def test_what_was_published_and_then_moved_is_sound_and_what_nobody_moved_is_named(day):
    event, _invitation, people = day
    seats.set_capacity(run(event, 2), 9)
    plan = plans.propose(event)
    plans.publish(plan)
    moved = next(one for one in people if one.event_session.number == 1)
    registrations.move(moved, run(event, 2))
    assert sound()
    lost = next(one for one in people if one is not moved)
    with db.writing():
        db.lock(lost).event_session_id = run(event, 1).id
    assert audit.broken() == [
        f"registration {lost.id} is not where plan {plan.id} put it, and nobody moved it"
    ]


def test_publishing_beside_a_stranger_never_oversells(app, day):
    """One place, wanted by the plan and by somebody who names a colleague at the same moment."""
    event, _invitation, people = day
    plan_id, stranger_id, event_id = plans.propose(event).id, an_invitation(event).id, event.id
    db.session.remove()
    together, outcomes = Barrier(2), []

    def do(what):
        with app.app_context():
            together.wait()
            try:
                what()
                outcomes.append("done")
            except RuleBroken as refusal:
                outcomes.append(refusal.code)
            db.session.remove()

    def name_somebody():
        invitation = db.session.get(type(_invitation), stranger_id)
        registrations.register(invitation, a_colleague(), event_session=run(invitation.event, 1))

    work = [
        Thread(target=do, args=(lambda: plans.publish(db.session.get(Plan, plan_id)),)),
        Thread(target=do, args=(name_somebody,)),
    ]
    for one in work:
        one.start()
    for one in work:
        one.join()
    assert sorted(outcomes) in (["does-not-fit", "done"], ["done", "session-full"])
    assert seats.taken(run(db.session.get(Event, event_id), 1)) == 1
    assert sound()
    assert len(people) == 3
