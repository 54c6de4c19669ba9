"""Who waits gets the next place: in order, together or one by one, in the transaction that frees it."""

from __future__ import annotations

import pytest
from cast import OH, a_colleague, a_registration, an_event, an_invitation, an_item, at, attendee_of, run

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import InvitationClosed, SessionFull
from eventapp.models.agenda import SignUp
from eventapp.models.message import Message
from eventapp.models.waitlist import Party
from eventapp.reports import audit
from eventapp.rules import (
    invitations,
    journal,
    messages,
    parties,
    registrations,
    seats,
    sign_ups,
    waitlists,
)

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def full():
    """A day whose run 1 holds two places, both taken by one company; run 2 has ten."""
    event = an_event(capacity=(2, 10))
    holder = an_invitation(event)
    return event, [a_registration(holder), a_registration(holder)]


def waiting(event, *, of=None, people=1, together=False):
    """A company whose people wait for run 1."""
    invitation = of or an_invitation(event, seats_kept=4)
    made = [
        registrations.register(invitation, a_colleague(), event_session=run(event, 1), or_wait=True)
        for _ in range(people)
    ]
    if together:
        waitlists.stay_together(invitation, run(event, 1), together=True)
    return made


def states(*registered):
    return [registration.status for registration in registered]


def sound():
    journal.seal()
    return audit.broken() == []


def promoted_letters(registration):
    attendee = attendee_of(registration)
    found = db.select(Message).where(Message.purpose == "promoted", Message.subject_id == attendee.id)
    return len(db.session.scalars(found).all())


def test_a_full_run_is_waited_for_and_the_place_comes_with_the_cancellation(full):
    event, (first, _second) = full
    (waiter,) = waiting(event)
    assert (waiter.status, waiter.event_session.number, parties.place(parties.of(waiter))) == (
        "waitlisted",
        1,
        1,
    )
    registrations.cancel(first)
    assert (waiter.status, parties.of(waiter), promoted_letters(waiter)) == ("registered", None, 1)
    assert sound()


def test_a_place_that_is_free_is_taken_at_once_even_by_one_ready_to_wait(full):
    event, _ = full
    registration = registrations.register(an_invitation(event), OH, event_session=run(event, 2), or_wait=True)
    assert (registration.status, parties.of(registration)) == ("registered", None)


def test_first_come_first_served(full):
    event, (first, second) = full
    (early,), (late,) = waiting(event), waiting(event)
    registrations.cancel(first)
    assert states(early, late) == ["registered", "waitlisted"]
    registrations.cancel(second)
    assert states(early, late) == ["registered", "registered"]


def test_a_newcomer_does_not_pass_those_who_wait_together(full):
    event, (first, second) = full
    pair = waiting(event, people=2, together=True)
    registrations.cancel(first)
    assert (seats.free(run(event, 1)), seats.on_offer(run(event, 1)), states(*pair)) == (
        1,
        0,
        ["waitlisted"] * 2,
    )
    with pytest.raises(SessionFull):
        a_registration(an_invitation(event))
    (late,) = waiting(event)
    assert late.status == "waitlisted"
    assert sound()
    registrations.cancel(second)
    assert states(*pair, late) == ["registered", "registered", "waitlisted"]
    assert [promoted_letters(one) for one in pair] == [1, 1]


def test_one_by_one_takes_each_place_as_it_comes(full):
    event, (first, second) = full
    pair = waiting(event, people=2)
    registrations.cancel(first)
    assert states(*pair) == ["registered", "waitlisted"]
    registrations.cancel(second)
    assert states(*pair) == ["registered", "registered"]
    assert db.session.scalars(db.select(Party)).all() == []


def test_together_waits_where_the_last_of_them_came(full):
    event, (first, second) = full
    company = an_invitation(event, seats_kept=4)
    (mine,) = waiting(event, of=company)
    (other,) = waiting(event)
    (mine_too,) = waiting(event, of=company)
    waitlists.stay_together(company, run(event, 1), together=True)
    assert [parties.place(parties.of(one)) for one in (mine, other, mine_too)] == [2, 1, 2]
    registrations.cancel(first)
    registrations.cancel(second)
    assert states(mine, other, mine_too) == ["waitlisted", "registered", "waitlisted"]
    waitlists.stay_together(company, run(event, 1), together=False)
    assert states(mine, mine_too) == ["registered", "waitlisted"]
    assert sound()


def test_a_higher_capacity_calls_in_those_who_wait(full):
    event, _ = full
    pair, (late,) = waiting(event, people=2, together=True), waiting(event)
    seats.set_capacity(run(event, 1), 3)
    assert states(*pair, late) == ["waitlisted"] * 3
    seats.set_capacity(run(event, 1), 4)
    assert states(*pair, late) == ["registered", "registered", "waitlisted"]


def test_leaving_the_queue_lets_the_next_in(full):
    event, (first, _) = full
    pair, (late,) = waiting(event, people=2, together=True), waiting(event)
    registrations.cancel(first)
    waitlists.leave(pair[0])
    assert (pair[0].status, pair[0].event_session_id) == ("undecided", None)
    assert states(pair[1], late) == ["registered", "waitlisted"]
    waitlists.leave(pair[0])
    assert sound()


def test_cancelling_while_waiting_ends_the_wait(full):
    event, (first, _) = full
    (waiter,), (late,) = waiting(event), waiting(event)
    registrations.cancel(waiter)
    assert parties.place(parties.of(late)) == 1
    registrations.cancel(first)
    assert states(waiter, late) == ["cancelled", "registered"]


def test_somebody_with_a_place_in_the_other_run_keeps_it_while_waiting(full):
    event, (first, _) = full
    mover = a_registration(an_invitation(event), number=2)
    waitlists.join(mover, run(event, 1))
    assert (mover.status, mover.event_session.number) == ("registered", 2)
    registrations.cancel(first)
    assert (mover.status, mover.event_session.number, seats.taken(run(event, 2))) == ("registered", 1, 0)
    assert sound()


def test_a_move_out_calls_in_those_of_the_run_left_and_of_the_run_left_by_them():
    event = an_event(capacity=(1, 1))
    one, two = a_registration(an_invitation(event)), a_registration(an_invitation(event), number=2)
    waitlists.join(one, run(event, 2))
    (third,) = waiting(event)
    assert states(one, two, third) == ["registered", "registered", "waitlisted"]
    registrations.cancel(two)
    assert (one.event_session.number, third.status) == (2, "registered")
    assert sound()


def test_a_declined_invitation_calls_in_nobody_of_its_own(full):
    event, _ = full
    company = an_invitation(event, seats_kept=4)
    holder = a_registration(company, number=2)
    waitlists.join(holder, run(event, 1))
    (own,) = waiting(event, of=company)
    (other,) = waiting(event)
    seats.set_capacity(run(event, 1), 2)
    first = full[1][0].invitation
    invitations.decline(company)
    invitations.decline(first)
    assert states(holder, own, other) == ["cancelled", "cancelled", "registered"]
    assert promoted_letters(other) == 1
    assert db.session.scalars(db.select(Message).where(Message.purpose == "promoted")).one()


def test_after_the_run_began_nobody_is_called_in_by_letter_and_the_door_may_decide(full):
    event, (first, _) = full
    (waiter,) = waiting(event)
    with standing_at(at("2017-11-09 08:00")):
        registrations.cancel(first)
        assert waiter.status == "waitlisted"
        assert seats.on_offer(run(event, 1)) == 1
        assert sound()


def test_the_host_may_pass_the_queue(full):
    event, (first, _) = full
    waiting(event, people=2, together=True)
    registrations.cancel(first)
    registration = registrations.register(
        an_invitation(event), a_colleague(), event_session=run(event, 1), by_host=True
    )
    assert registration.status == "registered"


def test_a_substitute_waits_at_the_same_place(full):
    event, (first, _) = full
    (waiter,), (late,) = waiting(event), waiting(event)
    registrations.substitute(waiter, a_colleague())
    assert parties.place(parties.of(waiter)) == 1
    registrations.cancel(first)
    assert states(waiter, late) == ["registered", "waitlisted"]
    assert promoted_letters(waiter) == 1


def test_joining_where_a_place_became_free_takes_it(full):
    event, (first, _) = full
    undecided = a_registration(an_invitation(event), number=None)
    registrations.cancel(first)
    waitlists.join(undecided, run(event, 1))
    assert (undecided.status, parties.of(undecided)) == ("registered", None)


def test_nobody_waits_for_a_run_that_is_not_offered_any_more(full):
    event, (first, _) = full
    (waiter,), (late,) = waiting(event), waiting(event)
    invitations.set_choices(waiter.invitation, [run(event, 2)])
    assert (waiter.status, parties.place(parties.of(late))) == ("undecided", 1)
    registrations.cancel(first)
    assert late.status == "registered"
    assert sound()


def test_nobody_waits_in_a_revoked_invitation(full):
    event, _ = full
    (waiter,) = waiting(event)
    invitations.revoke(waiter.invitation)
    assert waiter.status == "cancelled"
    with pytest.raises(InvitationClosed):
        waitlists.join(waiter, run(event, 1))
    assert sound()


def test_sign_ups_do_not_follow_to_the_other_run():
    event = an_event(capacity=(5, 5))
    registration = a_registration(an_invitation(event))
    sign_ups.sign_up(registration, an_item(run(event, 1), places=1))
    registrations.move(registration, run(event, 2))
    registrations.move(registration, run(event, 1))
    assert db.session.scalars(db.select(SignUp)).all() == []


def test_the_coordinator_hears_of_it_too(full):
    event, (first, _) = full
    (waiter,) = waiting(event)
    last = messages.last_for("confirmation", waiter.invitation_id)
    with db.writing():
        last.status, last.done_at = "sent", last.queued_at
    registrations.cancel(first)
    assert messages.last_for("confirmation", waiter.invitation_id).id != last.id
