"""Change requests: after the cut-off the same buttons ask, and the host says yes or no with a letter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, func, select

from eventapp.clock import now, today
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.models.change_request import OWN, ChangeRequest, Kind
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message, Purpose
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE, MessageStatus, RequestStatus
from eventapp.models.states import move as pass_on
from eventapp.rules import (
    answers,
    attendees,
    journal,
    messages,
    people,
    registrations,
    rosters,
    seats,
    travel,
)
from eventapp.rules.people import Colleague

REST = timedelta(minutes=3)  # answers given in one go travel in one letter


class NoReason(RuleBroken):
    """A request without a word why."""

    code = "no-reason"
    sentence = _l("Please write a word why; it helps us to say yes quickly.")


class NoSuchDay(RuleBroken):
    """An exception that would be over already."""

    code = "no-such-day"
    sentence = _l("Please choose a day that is still to come.")


# -- what a coordinator does --------------------------------------------------------------------------


def ask_substitution(
    registration: Registration, colleague: Colleague, *, reason: str, seen: int | None = None
) -> ChangeRequest:
    """Ask that a colleague comes instead; a second press or another wish replaces what was asked before.

    seen: the Attendee the form was drawn for. Raises NoReason, AlreadyNamed, InvitationClosed, Stale.
    """
    with db.writing():
        answers.hold(registration)
        if seen not in (None, attendees.require(registration).id):
            raise Stale()
        standing = _standing(registration, Kind.SUBSTITUTION)
        person = standing.person if standing else None
        if person is None or not people.is_same(person, colleague):
            person = people.find_or_add(registration.invitation, colleague)
        return ask(registration, Kind.SUBSTITUTION, reason=reason, person_id=person.id)


def ask_move(registration: Registration, to: EventSession, *, reason: str) -> ChangeRequest:
    """Ask for the other run. Raises NoReason, RunNotOffered, InvitationClosed, Stale."""
    with db.writing():
        answers.hold(registration)
        if registration.status not in HOLDS_PLACE or registration.event_session_id == to.id:
            raise Stale()
        if to not in seats.choices(registration.invitation):
            raise seats.RunNotOffered(field="reason")
        return ask(registration, Kind.MOVE, reason=reason, event_session_id=to.id)


def ask(registration: Registration, kind: Kind, *, reason: str, **wanted: Any) -> ChangeRequest:
    """One request of a kind, inside the caller's locks; what was asked before is replaced. Raises NoReason."""
    if not reason.strip():
        raise NoReason(field="reason")
    attendee = attendees.require(registration)
    request = _standing(registration, kind)
    if request is None:
        request = ChangeRequest(registration_id=registration.id, kind=kind, asked_at=now())
        db.session.add(request)
    wanted |= {"attendee_id": attendee.id}
    request.reason = reason
    for name, value in wanted.items():
        setattr(request, name, value)
    journal.record(
        "change asked", registration, event_id=registration.invitation.event_id, kind=str(kind), reason=reason
    )
    return request


def withdraw(request: ChangeRequest) -> None:
    """It is not needed any more; harmless when it was answered meanwhile."""
    with db.writing():
        seats.hold(request.registration.invitation)
        db.lock(request)
        if request.status == RequestStatus.OPEN:
            _end(request, RequestStatus.WITHDRAWN)


def standing(invitation: Invitation) -> list[ChangeRequest]:
    """What the company asks for now, first asked first."""
    return _open(and_(Registration.invitation_id == invitation.id, ChangeRequest.kind.not_in(OWN)))


def own_standing(attendee: Attendee) -> list[ChangeRequest]:
    """What the attendee asks for now."""
    return _open(and_(Attendee.id == attendee.id, ChangeRequest.kind.in_(OWN)))


# -- what an organizer does ---------------------------------------------------------------------------


def of_event(event: Event) -> list[ChangeRequest]:
    """What waits for an answer, first asked first; what nobody could grant any more is left out."""
    return _open(Invitation.event_id == event.id)


def approve(request: ChangeRequest) -> None:
    """Do what was asked, in the same transaction, with a letter.

    Raises SessionFull, AlreadyNamed, InvitationClosed, Stale; then nothing was changed and it stays open.
    """
    with db.writing():
        registration = request.registration
        runs = answers.hold(registration, by_host=True)
        db.lock(request)
        if request.status == RequestStatus.APPROVED:
            return
        if request.status != RequestStatus.OPEN or attendees.require(registration).id != request.attendee_id:
            raise Stale()
        if request.kind in OWN:
            travel.carry_out(request.attendee, request.wanted)
            rosters.mark(runs, request.attendee)
        elif request.kind == Kind.MOVE:
            registrations.move(registration, request.event_session, late=True)
        else:
            registrations.substitute(registration, _colleague(request), seen=request.attendee_id, late=True)
        _answer(request, RequestStatus.APPROVED)


def refuse(request: ChangeRequest, *, word: str = "") -> None:
    """Everything stays as it is; a word may say why. Raises Stale where it was answered otherwise."""
    with db.writing():
        seats.hold(request.registration.invitation)
        db.lock(request)
        if request.status == RequestStatus.REFUSED:
            return
        if request.status != RequestStatus.OPEN:
            raise Stale()
        request.word = word
        _answer(request, RequestStatus.REFUSED)


def exempt(invitation: Invitation, until: date | None) -> None:
    """Let this company change by itself until a day, whatever the cut-offs; None ends it. Raises NoSuchDay."""
    with db.writing():
        seats.hold(invitation)
        if until is not None and until < today(invitation.event.time_zone):
            raise NoSuchDay(field="changes_until")
        if until != invitation.changes_until:
            invitation.changes_until = until
            journal.record("exception made", invitation, until=until.isoformat() if until else "")


# -- what the letter says -----------------------------------------------------------------------------


def to_tell(row: Invitation | Attendee) -> list[ChangeRequest]:
    """The answers since the last letter about them; where all were told, those of the last one once more."""
    own = isinstance(row, Attendee)
    told = db.session.scalar(
        select(func.max(Message.done_at)).where(
            Message.purpose == (Purpose.OWN_ANSWER if own else Purpose.ANSWER),
            Message.subject_id == row.id,
            Message.status == MessageStatus.SENT,
        )
    )
    asked = (
        and_(ChangeRequest.attendee_id == row.id, ChangeRequest.kind.in_(OWN))
        if own
        else and_(Registration.invitation_id == row.id, ChangeRequest.kind.not_in(OWN))
    )
    answered = db.session.scalars(
        select(ChangeRequest)
        .join(ChangeRequest.registration)
        .where(asked, ChangeRequest.status.in_((RequestStatus.APPROVED, RequestStatus.REFUSED)))
        .order_by(ChangeRequest.answered_at, ChangeRequest.id)
    ).all()
    return [one for one in answered if told is None or one.answered_at > told] or list(answered[-1:])


def _open(of: Any) -> list[ChangeRequest]:
    return list(
        db.session.scalars(
            select(ChangeRequest)
            .join(ChangeRequest.registration)
            .join(Registration.invitation)
            .join(Attendee, ChangeRequest.attendee_id == Attendee.id)
            .where(
                of,
                ChangeRequest.status == RequestStatus.OPEN,
                Attendee.ended_at.is_(None),
            )
            .order_by(ChangeRequest.asked_at, ChangeRequest.id)
        )
    )


def _standing(registration: Registration, kind: Kind) -> ChangeRequest | None:
    return db.session.scalar(
        select(ChangeRequest).where(
            ChangeRequest.registration_id == registration.id,
            ChangeRequest.kind == kind,
            ChangeRequest.status == RequestStatus.OPEN,
        )
    )


def _answer(request: ChangeRequest, to: RequestStatus) -> None:
    _end(request, to)
    invitation = request.registration.invitation
    own = request.kind in OWN
    purpose, subject_id = (
        (Purpose.OWN_ANSWER, request.attendee_id) if own else (Purpose.ANSWER, invitation.id)
    )
    messages.queue(
        purpose,
        request.attendee.person if own else invitation.coordinator,
        event=invitation.event,
        subject_id=subject_id,
        occasion=messages.next_occasion(purpose, subject_id),
        after=REST,
    )


def _end(request: ChangeRequest, to: RequestStatus) -> None:
    pass_on(request, to)
    request.answered_at = now()
    registration = request.registration
    journal.record(f"change {to}", registration, event_id=registration.invitation.event_id, kind=request.kind)


def _colleague(request: ChangeRequest) -> Colleague:
    person = request.person
    return Colleague(person.name, person.title, person.phone, person.email, person.language)
