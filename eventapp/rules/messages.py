"""Letters to be sent: queued in the transaction of their cause, leased by the postman, tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, or_, select, update

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.models.event import Event
from eventapp.models.message import BY_DAY, Message, MessageAttempt, Purpose, Way
from eventapp.models.person import Person
from eventapp.models.states import MessageStatus, move
from eventapp.rules import journal, quiet_hours

LEASE = timedelta(minutes=2)
LAST_WORD = timedelta(minutes=10)  # how long the far end may take to answer the final dot
BACK_OFF = (1, 5, 15, 60, 240, 480, 720, 720)  # minutes after the first, second ... try; then it has failed
STOPPED = "The postman stopped during this try."


class NoAddress(RuleBroken):
    """A letter to nobody."""

    code = "no-address"
    sentence = _l("Please write the e-mail address this letter should go to.")


# -- what rules do ------------------------------------------------------------------------------------


def queue(
    purpose: Purpose,
    person: Person,
    *,
    event: Event,
    subject_id: int,
    occasion: str = "",
    after: timedelta = timedelta(),
    by_day: bool = False,
) -> Message | None:
    """Queue one letter in the caller's transaction; None where the person has no e-mail.

    The same (purpose, subject, occasion) is the same letter: while it is queued, it only moves its time,
    and one that was withdrawn waits again. by_day: not in the quiet hours, as those in BY_DAY.
    """
    if not person.email or person.erased_at is not None:
        return None
    waits = by_day or purpose in BY_DAY
    due_at = quiet_hours.heeded(event, now() + after) if waits else now() + after
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
            due_at=due_at,
        )
        db.session.add(found)
    elif found.status in (MessageStatus.QUEUED, MessageStatus.WITHDRAWN):
        _wait_again(found, due_at)
    return found


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


# -- what the postman does ----------------------------------------------------------------------------


def lease_next() -> MessageAttempt | None:
    """Begin a try at one letter that is due; nobody else gets it until the lease ends. None: all is done.

    The try is noted durably before a byte goes out. A letter waits while its Event's facts are unconfirmed,
    or name no sender.
    """
    while True:
        with db.writing():
            message = db.session.scalar(_due(now()))
            if message is None:
                return None
            if _left_hanging(message) or _sleeps(message):
                continue
            message.leased_until = now() + LEASE
            message.tries += 1
            attempt = MessageAttempt(message_id=message.id, started_at=now())
            db.session.add(attempt)
            return attempt


def is_first_try(attempt: MessageAttempt) -> bool:
    """Whether nothing was tried before, on any way, for that purpose about that subject."""
    message = attempt.message
    before = (
        select(MessageAttempt.id)
        .join(Message, MessageAttempt.message_id == Message.id)
        .where(
            Message.purpose == message.purpose,
            Message.subject_id == message.subject_id,
            MessageAttempt.id < attempt.id,
        )
    )
    return db.session.scalar(before.limit(1)) is None


def hand_over(attempt: MessageAttempt, *, digest: str, way: Way = Way.MAIL) -> None:
    """Note durably that the final dot comes next: from here on only the far end knows.

    Raises Stale where the lease ran out and somebody else took the letter: then it must not be sent.
    """
    with db.writing():
        message = _hold(attempt)
        if attempt.ended_at is not None:
            raise Stale()
        attempt.handed_at = now()
        attempt.digest = digest
        attempt.way = way
        message.leased_until = now() + LAST_WORD


def fall_back(attempt: MessageAttempt, *, detail: str) -> None:
    """The other way did not take the letter: that try has failed, and the letter goes by mail at once."""
    with db.writing():
        message = _hold(attempt)
        if attempt.ended_at is not None:
            return
        attempt.way, attempt.outcome = Way.ALIMTALK, MessageStatus.FAILED
        attempt.ended_at, attempt.detail = now(), detail[:500]
        message.leased_until = None
        message.tries = 0  # mail has all its tries yet


def finish(attempt: MessageAttempt, *, outcome: MessageStatus, detail: str = "") -> None:
    """Note how a try ended; QUEUED means: try again later, until the last back-off, then FAILED."""
    with db.writing():
        message = _hold(attempt)
        if attempt.ended_at is not None:
            _finish_late(attempt, message, outcome=outcome)
            return
        _end(attempt, message, outcome=outcome, detail=detail)


def _due(moment: datetime) -> Select[tuple[Message]]:
    return (
        select(Message)
        .join(Event, Message.event_id == Event.id)
        .where(
            Event.facts_confirmed_at.is_not(None),
            Event.sender_email != "",
            Message.status == MessageStatus.QUEUED,
            Message.held_at.is_(None),
            Message.due_at <= moment,
            or_(Message.leased_until.is_(None), Message.leased_until < moment),
        )
        .order_by(Message.due_at, Message.id)
        .limit(1)
        .with_for_update(of=Message, skip_locked=True)
    )


def _sleeps(message: Message) -> bool:
    """Late, or tried again, into the quiet hours: what can wait does."""
    wakes_at = quiet_hours.heeded(message.event, now())
    if message.purpose in BY_DAY and wakes_at > now():
        message.due_at = wakes_at
        return True
    return False


def _left_hanging(message: Message) -> bool:
    """A try that began and never ended: its postman died. After the final dot nobody can know more."""
    attempt = db.session.scalar(
        select(MessageAttempt)
        .where(MessageAttempt.message_id == message.id, MessageAttempt.ended_at.is_(None))
        .order_by(MessageAttempt.id.desc())
        .limit(1)
    )
    if attempt is None:
        return False
    outcome = MessageStatus.QUEUED if attempt.handed_at is None else MessageStatus.UNCERTAIN
    _end(attempt, message, outcome=outcome, detail=STOPPED)
    return True


def _end(attempt: MessageAttempt, message: Message, *, outcome: MessageStatus, detail: str) -> None:
    attempt.ended_at = now()
    attempt.detail = detail[:500]
    message.leased_until = None
    if outcome == MessageStatus.QUEUED and message.tries > len(BACK_OFF):
        outcome = MessageStatus.FAILED
    attempt.outcome = outcome
    if outcome == MessageStatus.QUEUED:
        message.due_at = now() + timedelta(minutes=BACK_OFF[message.tries - 1])
        return
    journal.record(f"letter {outcome}", message)
    if outcome == MessageStatus.SENT and message.due_at > attempt.started_at:
        message.tries = 0  # it was asked for again while this one was on its way
        return
    move(message, outcome)
    message.done_at = now()


def _finish_late(attempt: MessageAttempt, message: Message, *, outcome: MessageStatus) -> None:
    """Somebody gave this try up meanwhile; only the news that it did arrive is worth keeping."""
    if outcome != MessageStatus.SENT:
        return
    attempt.outcome = outcome
    if message.status == MessageStatus.UNCERTAIN:
        move(message, outcome)
        journal.record("letter sent", message)


def _hold(attempt: MessageAttempt) -> Message:
    message = db.lock(attempt.message)
    db.session.refresh(attempt)
    return message


# -- what organizers do -------------------------------------------------------------------------------


def send_again(message: Message, *, email: str = "") -> None:
    """Queue another attempt of the same letter, to a corrected address where one is given. Raises NoAddress."""
    with db.writing():
        db.lock(message)
        if not (email or message.person.email):
            raise NoAddress(field="email")
        if email and email != message.person.email:
            message.person.email = email
            journal.record("address corrected", message, person_id=message.person_id, email=email)
        _wait_again(message, now())
        message.tries = 0
        journal.record("letter sent again", message)


def settle_arrived(message: Message) -> None:
    """Somebody asked: the uncertain letter is there. Raises Stale where it is not uncertain any more."""
    with db.writing():
        db.lock(message)
        if message.status != MessageStatus.UNCERTAIN:
            raise Stale()
        move(message, MessageStatus.SENT)
        journal.record("letter arrived", message)


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


def due_again_at(message: Message) -> datetime | None:
    """When the next try comes, None where none will."""
    return message.due_at if message.status == MessageStatus.QUEUED else None


def _wait_again(message: Message, due_at: datetime) -> None:
    if message.status != MessageStatus.QUEUED:
        move(message, MessageStatus.QUEUED)
    message.due_at = due_at
    message.done_at = None
