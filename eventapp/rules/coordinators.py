"""Coordinators: the host corrects who answers for a company, or names somebody else."""

from __future__ import annotations

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.rules import journal, people, rosters, seats
from eventapp.rules.people import Colleague


def correct(invitation: Invitation, colleague: Colleague) -> None:
    """The same person, written rightly; door phones that list them learn of it. Their link stays. Raises Erased."""
    with db.writing():
        runs = seats.hold(invitation)
        person = invitation.coordinator
        if person.erased_at is not None:
            raise people.Erased(field="name")
        person.name, person.title = colleague.name, colleague.title
        person.phone, person.email = colleague.phone, colleague.email
        person.language = colleague.language
        for attendee in _seated(person, invitation):
            rosters.mark(runs, attendee)
        journal.record("coordinator corrected", invitation, person_id=person.id)


def replace(invitation: Invitation, colleague: Colleague) -> Person:
    """Somebody else answers from now on: the link of the one before ends. No letter leaves by itself."""
    with db.writing():
        seats.hold(invitation)
        person = people.find(invitation.company_id, colleague) or people.add(invitation.company_id, colleague)
        person.title, person.language = colleague.title or person.title, colleague.language
        person.email, person.phone = colleague.email or person.email, colleague.phone or person.phone
        if person.id == invitation.coordinator_id:
            return person
        invitation.coordinator_id = person.id
        db.session.flush()
        db.session.refresh(invitation)
        invitation.generation += 1
        invitation.opened_at = None
        journal.record("coordinator replaced", invitation, person_id=person.id)
    return person


def _seated(person: Person, invitation: Invitation) -> list[Attendee]:
    return list(
        db.session.scalars(
            select(Attendee)
            .join(Registration, Attendee.registration_id == Registration.id)
            .join(Invitation, Registration.invitation_id == Invitation.id)
            .where(
                Attendee.person_id == person.id,
                Attendee.ended_at.is_(None),
                Invitation.event_id == invitation.event_id,
            )
        )
    )
