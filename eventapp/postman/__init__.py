"""The postman: takes letters that are due, one after the other, and notes what became of each."""

from __future__ import annotations

import functools
import hashlib
import threading
from datetime import datetime
from email.message import EmailMessage

import structlog
from flask import current_app
from jinja2 import TemplateError
from sqlalchemy.exc import OperationalError

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.letters import letter_for, link_to, note, subject_of
from eventapp.letters.words import NoSuchAddress, Withdrawn
from eventapp.models.message import MessageAttempt, Way
from eventapp.models.person import Person
from eventapp.models.states import MessageStatus
from eventapp.postman import forgetting
from eventapp.postman.alimtalk import NoteBox, Solapi, alimtalk_for
from eventapp.postman.carrier import Carrier, Outcome
from eventapp.postman.outbox import TRIAL, Outbox
from eventapp.postman.wire import Wire
from eventapp.rules import journal, keeping, letter_plans, messages, own_data, seat_offers

PAUSE = 1.0  # seconds between two looks into the outbox
LONG_PAUSE = 15.0  # after the mail server or the database could not be reached
UNWRITABLE = (ValueError, LookupError, TypeError, AttributeError, TemplateError)
FELL_BACK = Outcome(MessageStatus.QUEUED, "It goes by mail.")
log = structlog.get_logger("postman")


def follow(stop: threading.Event) -> None:
    """Deliver until `stop` is set. A letter on its way is finished first."""
    cleaned: datetime | None = None
    while not stop.is_set():
        try:
            reached = _round(stop)
            if cleaned != (hour := now().replace(minute=0, second=0, microsecond=0)):
                clean_up()
                cleaned = hour
        except OperationalError as problem:
            log.warning("database not reached", kind=type(problem.orig).__name__)
            db.session.remove()
            reached = False
        stop.wait(PAUSE if reached else LONG_PAUSE)


def deliver_once() -> int:
    """Bring every letter that is due now, planned ones too; returns how many tries were made."""
    _let_time_pass()
    return _deliver(threading.Event())[0]


def bring_trial(mail: EmailMessage) -> Outcome:
    """Bring one letter at once, outside of the outbox: a trial that a member of staff sends to themselves."""
    with carrier_for(str(current_app.config["MAIL_URL"])) as carrier:
        return carrier.bring(mail, name=f"{TRIAL}{_digest(mail)[:12]}", before_the_dot=lambda: None)


def carrier_for(url: str) -> Carrier[EmailMessage]:
    """By what way letters leave: MAIL_URL. Raises ConfigurationProblem."""
    if url.startswith("file:"):
        return Outbox(current_app.instance_path, url)
    return Wire(url)


def alimtalk() -> NoteBox | Solapi | None:
    """The other way, which some letters take first; None while it is off. Raises ConfigurationProblem."""
    return alimtalk_for(str(current_app.config["ALIMTALK_URL"]), current_app.instance_path)


def erase(person: Person) -> None:
    """The folders of letters, then the rule: whoever is cut off between the two still has the name to begin again."""
    for box in (carrier_for(str(current_app.config["MAIL_URL"])), alimtalk()):
        if isinstance(box, Outbox):
            forgetting.sweep(box, person)
    own_data.erase(person)


def clean_up() -> int:
    """Whatever nobody may keep any longer; returns how many people and places. The postman does it every hour."""
    count = keeping.carry_out_due(erase)
    if count:
        log.info("kept no longer", count=count)
    db.session.remove()
    return count


def _round(stop: threading.Event) -> bool:
    """Offers past their day, planned letters, all letters that are due, the journal's seals. Whether the mail server was reached."""
    _let_time_pass()
    _tries, reached = _deliver(stop)
    while journal.seal() and not stop.is_set():
        pass
    db.session.remove()
    return reached


def _let_time_pass() -> None:
    seat_offers.lapse_offers()
    letter_plans.carry_out_due()


def _deliver(stop: threading.Event) -> tuple[int, bool]:
    """Tries made, and whether the mail server was there. One connection carries them all."""
    tries = 0
    with carrier_for(str(current_app.config["MAIL_URL"])) as carrier:
        while not stop.is_set():
            attempt = messages.lease_next()
            if attempt is None:
                break
            tries += 1
            outcome = _bring(attempt, carrier)
            if outcome is not None and outcome.unreached:
                return tries, False  # the next one would only wait for the same silence
    return tries, True


def _bring(attempt: MessageAttempt, carrier: Carrier[EmailMessage]) -> Outcome | None:
    """One letter, written now. None where another postman took it over meanwhile."""
    try:
        mail = letter_for(attempt.message)
    except Withdrawn as withdrawn:
        outcome = Outcome(MessageStatus.WITHDRAWN, withdrawn.reason)
    except NoSuchAddress:
        outcome = Outcome(MessageStatus.FAILED, "The address is none.")
    except UNWRITABLE as problem:
        log.exception("letter not written", message=attempt.message_id)
        outcome = Outcome(
            MessageStatus.QUEUED, f"The letter could not be written ({type(problem).__name__})."
        )
    else:
        try:
            outcome = _send_note(attempt) or _send(attempt, mail, carrier)
        except Stale:
            return None
    if outcome is FELL_BACK:
        return outcome
    messages.finish(attempt, outcome=outcome.status, detail=outcome.detail)
    log.info("letter", message=attempt.message_id, attempt=attempt.id, outcome=str(outcome.status))
    return outcome


def _send_note(attempt: MessageAttempt) -> Outcome | None:
    """As an Alimtalk, where that way is open for it and nothing was tried yet. None: this letter goes by mail.

    Who asks for a letter again, or corrects an address, waits for it there; words of one's own fit no template.
    """
    carrier, message = alimtalk(), attempt.message
    if carrier is None or not carrier.takes(message.purpose) or not note.has_mobile(message.person):
        return None
    if message.words or not messages.is_first_try(attempt):
        return None
    row = subject_of(message)
    if not note.is_plain(row):
        return None
    try:
        said = note.note_for(message, row, link_to(row))
    except UNWRITABLE:
        log.exception("alimtalk not written", message=message.id)
        return None
    name, digest = f"{message.id:06d}-{attempt.id}", hashlib.sha256(repr(said).encode()).hexdigest()
    db.session.rollback()  # no read stays open while the wire is slow
    hand_over = functools.partial(messages.hand_over, attempt, digest=digest, way=Way.ALIMTALK)
    outcome = carrier.bring(said, name=name, before_the_dot=hand_over)
    if outcome.status in (MessageStatus.SENT, MessageStatus.UNCERTAIN):
        return outcome
    messages.fall_back(attempt, detail=outcome.detail)
    log.info("alimtalk not taken", message=message.id, attempt=attempt.id)
    return FELL_BACK


def _send(attempt: MessageAttempt, mail: EmailMessage, carrier: Carrier[EmailMessage]) -> Outcome:
    name = f"{attempt.message_id:06d}-{attempt.id}"
    digest = _digest(mail)
    db.session.rollback()  # no read stays open while the wire is slow
    return carrier.bring(
        mail, name=name, before_the_dot=functools.partial(messages.hand_over, attempt, digest=digest)
    )


def _digest(mail: EmailMessage) -> str:
    return hashlib.sha256(mail.as_bytes()).hexdigest()
