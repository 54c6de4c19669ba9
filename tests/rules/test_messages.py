"""Letters wait, are leased once, tried again, and never told otherwise than they are."""

from datetime import timedelta

import pytest
from cast import an_event, an_invitation
from sqlalchemy import select

from eventapp.clock import now, standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.message import Message, MessageAttempt, Purpose
from eventapp.models.states import MessageStatus
from eventapp.rules import events, messages

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def a_message() -> Message:
    an_invitation(an_event())
    return db.session.scalars(select(Message)).one()


def lease() -> MessageAttempt:
    attempt = messages.lease_next()
    assert attempt is not None
    return attempt


def test_the_same_letter_is_queued_once_and_only_moves_its_time():
    message = a_message()
    with db.writing():
        again = messages.queue(
            Purpose.INVITATION,
            message.person,
            event=message.event,
            subject_id=message.subject_id,
            after=timedelta(minutes=3),
        )
    assert (again.id, message.due_at) == (message.id, now() + timedelta(minutes=3))


def test_nobody_without_an_address_gets_a_letter():
    message = a_message()
    with db.writing():
        message.person.email = ""
        queued = messages.queue(Purpose.PASS, message.person, event=message.event, subject_id=1)
    assert queued is None


def test_a_leased_letter_is_nobody_elses_until_the_lease_ends():
    a_message()
    attempt = lease()
    assert messages.lease_next() is None
    with standing_at(now() + messages.LEASE + timedelta(seconds=1)):
        assert messages.lease_next() is None  # its back-off begins now
        assert attempt.outcome == MessageStatus.QUEUED
    with standing_at(now() + messages.LEASE + timedelta(minutes=2)):
        assert lease().message_id == attempt.message_id


def test_a_postman_that_lost_its_lease_may_not_send():
    a_message()
    attempt = lease()
    with standing_at(now() + messages.LEASE + timedelta(seconds=1)):
        messages.lease_next()
        with pytest.raises(Stale):
            messages.hand_over(attempt, digest="x")


def test_a_postman_that_died_after_the_dot_leaves_an_uncertain_letter():
    message = a_message()
    attempt = lease()
    messages.hand_over(attempt, digest="x")
    with standing_at(now() + messages.LAST_WORD + timedelta(seconds=1)):
        assert messages.lease_next() is None
    assert (message.status, attempt.outcome, attempt.detail) == ("uncertain", "uncertain", messages.STOPPED)


def test_one_left_hanging_stops_no_other():
    event = an_event()
    for _ in range(2):
        an_invitation(event)
    first = lease()
    with standing_at(now() + messages.LEASE + timedelta(seconds=1)):
        assert lease().message_id != first.message_id


def test_late_news_of_an_arrival_settles_an_uncertain_letter():
    message = a_message()
    attempt = lease()
    messages.hand_over(attempt, digest="x")
    with standing_at(now() + messages.LAST_WORD + timedelta(seconds=1)):
        messages.lease_next()
        messages.finish(attempt, outcome=MessageStatus.SENT)
    assert message.status == "sent"


def test_late_news_of_a_refusal_changes_nothing():
    message = a_message()
    attempt = lease()
    with standing_at(now() + messages.LEASE + timedelta(seconds=1)):
        messages.lease_next()
        messages.finish(attempt, outcome=MessageStatus.FAILED)
    assert message.status == "queued"


def test_a_letter_asked_for_again_on_its_way_goes_once_more():
    message = a_message()
    attempt = lease()
    with standing_at(now() + timedelta(seconds=1)), db.writing():
        messages.queue(Purpose.INVITATION, message.person, event=message.event, subject_id=message.subject_id)
    messages.finish(attempt, outcome=MessageStatus.SENT)
    assert (message.status, attempt.outcome) == ("queued", "sent")


def test_a_withdrawn_letter_is_no_failure_and_may_wait_again():
    message = a_message()
    messages.finish(lease(), outcome=MessageStatus.WITHDRAWN, detail="gone")
    assert message.status == "withdrawn"
    with db.writing():
        messages.queue(Purpose.INVITATION, message.person, event=message.event, subject_id=message.subject_id)
    assert message.status == "queued"


def test_a_failed_letter_goes_again_to_the_corrected_address():
    message = a_message()
    messages.finish(lease(), outcome=MessageStatus.FAILED)
    messages.send_again(message, email="new@maru.example")
    assert (message.status, message.person.email, message.tries) == ("queued", "new@maru.example", 0)
    assert lease().message_id == message.id


def test_a_letter_to_nobody_is_not_sent_again():
    message = a_message()
    with db.writing():
        message.person.email = ""
    with pytest.raises(messages.NoAddress):
        messages.send_again(message)


def test_an_uncertain_letter_that_arrived_is_sent():
    message = a_message()
    attempt = lease()
    messages.hand_over(attempt, digest="x")
    messages.finish(attempt, outcome=MessageStatus.UNCERTAIN)
    messages.settle_arrived(message)
    assert message.status == "sent"
    with pytest.raises(Stale):
        messages.settle_arrived(message)


def test_nothing_leaves_while_the_facts_are_unconfirmed():
    message = a_message()
    events.state_facts(message.event, place_ko="다른 곳")
    assert messages.lease_next() is None
    events.confirm_facts(message.event)
    assert lease().message_id == message.id


def test_nothing_leaves_without_a_sender():
    message = a_message()
    with db.writing():
        message.event.sender_email = ""
    assert messages.lease_next() is None


def test_a_held_outbox_keeps_its_letters():
    a_message()
    assert messages.hold_outbox() == 1
    assert messages.lease_next() is None
    assert messages.release_outbox() == 1
    assert messages.lease_next() is not None
