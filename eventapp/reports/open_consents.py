"""Whose consents are still open, and how people answered: a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.consent import Consent, ConsentText
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import InvitationStatus
from eventapp.rules import consents


@dataclass
class Count:
    """How the people whom a text concerns answered the version in force."""

    yes: int = 0
    no: int = 0
    unanswered: int = 0


def of(event: Event) -> dict[int, int]:
    """How many required consents each living attendee has to give still; those with none are left out."""
    texts = [text for text in consents.in_force(event) if text.required]
    if not texts:
        return {}
    said = _said(texts)
    found = {}
    for attendee_id, person_id, diet in _attendees(event):
        left = [
            text
            for text in texts
            if consents.concerns(text, attends=True, tells_diet=diet) and not said.get((person_id, text.id))
        ]
        if left:
            found[attendee_id] = len(left)
    return found


def counts(event: Event) -> dict[int, Count]:
    """By the id of each text in force: everybody it concerns, coordinators too."""
    texts = consents.in_force(event)
    said, found = _said(texts), {text.id: Count() for text in texts}
    people = dict.fromkeys(_coordinators(event), (False, False))
    people |= {person_id: (True, diet) for _attendee_id, person_id, diet in _attendees(event)}
    for person_id, (attends, diet) in people.items():
        for text in texts:
            if consents.concerns(text, attends=attends, tells_diet=diet):
                _count(found[text.id], said.get((person_id, text.id)))
    return found


def _count(count: Count, agreed: bool | None) -> None:
    count.yes += agreed is True
    count.no += agreed is False
    count.unanswered += agreed is None


def _attendees(event: Event) -> list[tuple[int, int, bool]]:
    """(attendee, person, whether they tell what they eat) of everybody who holds a seat."""
    rows = db.session.execute(
        select(Attendee.id, Attendee.person_id, Attendee.diet, Attendee.allergy)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id, Attendee.ended_at.is_(None))
    )
    return [(attendee_id, person_id, bool(diet or allergy)) for attendee_id, person_id, diet, allergy in rows]


def _coordinators(event: Event) -> list[int]:
    standing = (InvitationStatus.SENT, InvitationStatus.ACCEPTED)
    return list(
        db.session.scalars(
            select(Invitation.coordinator_id).where(
                Invitation.event_id == event.id, Invitation.status.in_(standing)
            )
        )
    )


def _said(texts: list[ConsentText]) -> dict[tuple[int, int], bool]:
    """The newest answer of each person to each of these texts."""
    rows = db.session.execute(
        select(Consent.person_id, Consent.consent_text_id, Consent.agreed)
        .where(Consent.consent_text_id.in_([text.id for text in texts]))
        .order_by(Consent.id)
    )
    return {(person_id, text_id): agreed for person_id, text_id, agreed in rows}
