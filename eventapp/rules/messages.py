"""Letters to be sent: queued in the transaction of their cause, leased by the postman, tried again."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.message import Message, MessageAttempt, Purpose
from eventapp.models.person import Person
from eventapp.models.states import MessageStatus, move
from eventapp.rules import journal

LEASE = timedelta(minutes=2)
BACK_OFF = (1, 5, 15, 60, 240)  # minutes after the first, second ... try that did not get through


def queue(
    purpose: Purpose,
    person: Person,
    *,
    event: Event,
    subject_id: int,
    occasion: str = "",
    after: timedelta = timedelta(),
) -> Message | None:
    """Queue one letter in the caller's transaction; None where the person has no e-mail.

    The same (purpose, subject, occasion) is the same letter: while it is queued, it only moves its time.
    """
    if not person.email or person.erased_at is not None:
        return None
    db.session.flush()
    found = db.session.scalar(
        select(Message).where(
            Message.purpose == purpose, Message.subject_id == subject_id, Message.occasion == occasion
        )
    )
    if found is None:
        found = Message(
            event_id=event.id,
            person_id=person.id,
            purpose=purpose,
            subject_id=subject_id,
            occasion=occasion,
            queued_at=now(),
            due_at=now() + after,
        )
        db.session.add(found)
    elif found.status == MessageStatus.QUEUED:
        found.due_at = now() + after
    return found


def lease_next() -> Message | None:
    """Take one letter that is due; nobody else gets it until the lease ends. None when all is done."""
    with db.writing():
        moment = now()
        due = (
            select(Message)
            .where(
                Message.status == MessageStatus.QUEUED,
                Message.held_at.is_(None),
                Message.due_at <= moment,
                or_(Message.leased_until.is_(None), Message.leased_until < moment),
            )
            .order_by(Message.due_at, Message.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        message = db.session.scalar(due)
        if message is None:
            return None
        if _left_hanging(message):
            return None
        message.lease = str(uuid.uuid4())
        message.leased_until = moment + LEASE
    return message


def start_attempt(message: Message, *, digest: str) -> MessageAttempt:
    """Note durably that a try begins, before a byte goes out."""
    with db.writing():
        attempt = MessageAttempt(message_id=message.id, started_at=now(), digest=digest)
        message.tries += 1
        db.session.add(attempt)
    return attempt


def finish(message: Message, attempt: MessageAttempt, *, outcome: MessageStatus, detail: str = "") -> None:
    """Note how a try ended; QUEUED means: try again later, until the last back-off, then FAILED."""
    with db.writing():
        attempt.ended_at = now()
        attempt.detail = detail[:500]
        message.leased_until = None
        message.lease = ""
        if outcome == MessageStatus.QUEUED and message.tries > len(BACK_OFF):
            outcome = MessageStatus.FAILED
        attempt.outcome = outcome
        if outcome == MessageStatus.QUEUED:
            message.due_at = now() + timedelta(minutes=BACK_OFF[message.tries - 1])
            return
        move(message, outcome)
        message.done_at = now()
        journal.record(f"letter {outcome}", message)


def send_again(message: Message, *, email: str = "") -> None:
    """Queue another attempt of the same letter, to a corrected address where one is given."""
    with db.writing():
        db.lock(message)
        if email:
            message.person.email = email
            journal.record("address corrected", message, person_id=message.person_id, email=email)
        if message.status != MessageStatus.QUEUED:
            move(message, MessageStatus.QUEUED)
        message.due_at = now()
        message.tries = 0
        message.done_at = None
        journal.record("letter sent again", message)


def hold_outbox() -> int:
    """Hold every queued letter (after a restore); returns how many."""
    with db.writing():
        held = db.session.execute(
            update(Message).where(Message.status == MessageStatus.QUEUED).values(held_at=now())
        )
        return held.rowcount


def release_outbox() -> int:
    """Let held letters go; returns how many."""
    with db.writing():
        freed = db.session.execute(update(Message).where(Message.held_at.is_not(None)).values(held_at=None))
        return freed.rowcount


def last_for(purpose: Purpose, subject_id: int) -> Message | None:
    """The newest letter of that purpose about that subject."""
    return db.session.scalar(
        select(Message)
        .where(Message.purpose == purpose, Message.subject_id == subject_id)
        .order_by(Message.id.desc())
        .limit(1)
    )


def next_occasion(purpose: Purpose, subject_id: int) -> str:
    """A new occasion, unless a letter of that kind still waits: then that one's."""
    last = last_for(purpose, subject_id)
    if last is None:
        return ""
    if last.status == MessageStatus.QUEUED:
        return last.occasion
    return str(last.id)


def due_again_at(message: Message) -> datetime | None:
    """When the next try comes, None where none will."""
    return message.due_at if message.status == MessageStatus.QUEUED else None


def _left_hanging(message: Message) -> bool:
    """A try that began and never ended: the worker died, perhaps after the final dot."""
    attempt = db.session.scalar(
        select(MessageAttempt)
        .where(MessageAttempt.message_id == message.id, MessageAttempt.ended_at.is_(None))
        .order_by(MessageAttempt.id.desc())
        .limit(1)
    )
    if attempt is None:
        return False
    attempt.ended_at = now()
    attempt.outcome = MessageStatus.UNCERTAIN
    attempt.detail = "The worker stopped during this try."
    move(message, MessageStatus.UNCERTAIN)
    message.leased_until = None
    message.done_at = now()
    journal.record("letter uncertain", message)
    return True
