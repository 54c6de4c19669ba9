"""Reminders by hand, with words of one's own: to a silent company, or to who has something left to do."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from eventapp.clock import today
from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.formats import dates
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.message import TO_COORDINATOR, Message, Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Registration
from eventapp.models.states import MessageStatus
from eventapp.rules import answers, attendees, invitations, journal, messages, own_parts


class WrittenToday(RuleBroken):
    """One letter a day is enough."""

    code = "written-today"
    sentence = _l("A letter went there today already. Tomorrow is soon enough.")


class NothingLeft(RuleBroken):
    """They were quicker."""

    code = "nothing-left"
    sentence = _l("There is nothing left to do for this person.")


class NoMail(RuleBroken):
    """No letter can reach this person."""

    code = "no-mail"
    sentence = _l("There is no e-mail address yet; a text in the messenger reaches them.")


def write_again(invitation: Invitation, *, words: Mapping[str, str]) -> None:
    """The invitation letter once more, these words first. Raises NoMail, FactsUnconfirmed, InvitationClosed."""
    with db.writing():
        if not invitations.send(invitation):
            raise NoMail()
        said = in_language(words, invitation.coordinator)
        _say(messages.last_for(Purpose.INVITATION, invitation.id), said)


def remind(registration: Registration, *, words: Mapping[str, str]) -> None:
    """Ask who has not finished for their own part, these words first; by day, at most one letter a day.

    Raises NothingLeft, NoMail, WrittenToday, InvitationClosed, Stale.
    """
    with db.writing():
        answers.hold(registration)
        attendee = attendees.require(registration)
        event = registration.invitation.event
        if not own_parts.left_for(attendee):
            raise NothingLeft()
        if not attendee.person.email:
            raise NoMail()
        last = db.session.scalar(_letters(event).where(Message.subject_id == attendee.id).limit(1))
        if rests(last, event):
            raise WrittenToday()
        letter = messages.queue(
            Purpose.PART_WANTED,
            attendee.person,
            event=event,
            subject_id=attendee.id,
            occasion=messages.next_occasion(Purpose.PART_WANTED, attendee.id),
        )
        _say(letter, in_language(words, attendee.person))
        journal.record("reminded", registration, event_id=event.id)


def in_language(words: Mapping[str, str], person: Person) -> str:
    """As the person reads it; in the other language where it was written in one alone."""
    return words.get(person.language) or next(filter(None, words.values()), "")


def _say(letter: Message | None, words: str) -> None:
    """Also into a letter that still waits from before."""
    if letter is not None:
        letter.words = words


def last_letters(event: Event) -> dict[int, Message]:
    """The newest letter to each attendee who ever got one."""
    return {one.subject_id: one for one in reversed(db.session.scalars(_letters(event)).all())}


def rests(last: Message | None, event: Event) -> bool:
    """Whether that letter is on its way, or ended today."""
    if last is None or last.status == MessageStatus.WITHDRAWN:
        return False
    if last.status == MessageStatus.QUEUED:
        return True
    moment = dates.local(last.done_at or last.queued_at, event.time_zone)
    return moment.date() == today(event.time_zone)


def _letters(event: Event) -> Select[tuple[Message]]:
    """Every letter to an attendee, newest first."""
    return (
        select(Message)
        .where(Message.event_id == event.id, Message.purpose.not_in(TO_COORDINATOR))
        .order_by(Message.id.desc())
    )
