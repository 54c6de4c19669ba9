"""Own parts: what is asked of an attendee still; the one place that says when somebody has finished."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_

from eventapp.models.registration import Attendee, Registration, Wish
from eventapp.models.states import HOLDS_PLACE, RegistrationStatus
from eventapp.rules import consents, question_answers

HOST_CHOOSES = (Wish.RUN, Wish.EITHER)


class Gap(StrEnum):
    """What is missing, in the order in which a person meets it; the last two are welcome, not needed."""

    OPENING = "opening"
    CONFIRMATION = "confirmation"
    RUN = "run"
    CONSENTS = "consents"
    QUESTIONS = "questions"
    JOURNEY = "journey"
    CONTACT = "contact"


def is_complete(
    status: str, *, confirmed_at: datetime | None, questions_left: int, consents_left: int = 0
) -> bool:
    """Whether somebody has a place and nothing more is asked of them."""
    return (
        status == RegistrationStatus.REGISTERED
        and confirmed_at is not None
        and not questions_left
        and not consents_left
    )


def completed(unfinished: Collection[int]) -> ColumnElement[bool]:
    """The same as a condition on Registration and Attendee; unfinished: the attendees with questions or consents left."""
    return and_(
        Registration.status == RegistrationStatus.REGISTERED,
        Attendee.confirmed_at.is_not(None),
        Attendee.id.not_in(unfinished),
    )


def needed(attendee: Attendee, *, questions_left: int, consents_left: int = 0) -> list[Gap]:
    """What this person has to do themselves; nothing while it is for the host to choose their run."""
    registration = attendee.registration
    undecided = registration.status == RegistrationStatus.UNDECIDED
    if undecided and registration.wish in HOST_CHOOSES:
        return []
    unconfirmed = attendee.confirmed_at is None
    missing = {
        Gap.OPENING: unconfirmed and attendee.opened_at is None,
        Gap.CONFIRMATION: unconfirmed,
        Gap.RUN: undecided,
        Gap.CONSENTS: consents_left > 0,
        Gap.QUESTIONS: questions_left > 0,
    }
    return [gap for gap, is_missing in missing.items() if is_missing]


def left_for(attendee: Attendee) -> list[Gap]:
    """The same for one person alone, questions and consents looked up."""
    registration = attendee.registration
    asked = question_answers.left_for(attendee) if registration.status in HOLDS_PLACE else []
    unagreed = consents.left_for(attendee.person, registration.invitation.event)
    return needed(attendee, questions_left=len(asked), consents_left=len(unagreed))


def welcome(attendee: Attendee) -> list[Gap]:
    """What would help the host besides: how they come and go, and where to reach them."""
    holds = attendee.registration.status in HOLDS_PLACE
    missing = {
        Gap.JOURNEY: holds and (attendee.arrives_at is None or attendee.departs_at is None),
        Gap.CONTACT: not (attendee.person.email and attendee.person.phone),
    }
    return [gap for gap, is_missing in missing.items() if is_missing]
