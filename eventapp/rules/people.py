"""People: found again where they are known, added where not; never in two seats of one Event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.formats import alike
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration


class AlreadyNamed(RuleBroken):
    """The same person holds another seat of this Event."""

    code = "already-named"
    sentence = _l("This colleague already has a seat. Please name somebody else, or change that seat.")


class AnotherPerson(RuleBroken):
    """What was typed is no correction: it would put somebody else on the meals and the yes of this one."""

    code = "another-person"
    sentence = _l(
        "This looks like somebody else. Please use “Send a colleague instead”; then they are asked themselves."
    )


class Erased(RuleBroken):
    """Nothing is written to a person who had their data erased."""

    code = "erased"
    sentence = _l("These details were erased on the person's own wish. Please name somebody else.")


@dataclass(frozen=True)
class Colleague:
    """Somebody of a partner company. phone: E.164 or ''; email may be ''; language 'ko' or 'en'."""

    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    language: str = "ko"


def is_same(person: Person, colleague: Colleague) -> bool:
    """Whether what was typed says exactly this person."""
    return (person.name, person.phone, person.email) == (colleague.name, colleague.phone, colleague.email)


def is_another(person: Person, colleague: Colleague) -> bool:
    """Whether it says somebody else: another name, and nothing by which this person was reached."""
    ways = {person.phone, person.email} - {""}
    stays = not ways or ways & {colleague.phone, colleague.email}
    return not stays and not alike.could_be_one(person.name, colleague.name)


def find(company_id: int, colleague: Colleague) -> Person | None:
    """The company's Person of that name with that phone or that e-mail."""
    same_name = select(Person).where(
        Person.company_id == company_id, Person.name == colleague.name, Person.erased_at.is_(None)
    )
    return same(db.session.scalars(same_name), colleague)


def same(known: Iterable[Person], colleague: Colleague) -> Person | None:
    """Who of these has that name with that phone or that e-mail."""
    for person in known:
        if person.name == colleague.name and (
            (colleague.phone and person.phone == colleague.phone)
            or (colleague.email and person.email == colleague.email)
        ):
            return person
    return None


def add(company_id: int, colleague: Colleague) -> Person:
    """A new Person, in the caller's transaction."""
    person = Person(
        company_id=company_id,
        name=colleague.name,
        title=colleague.title,
        phone=colleague.phone,
        email=colleague.email,
        language=colleague.language,
        created_at=now(),
    )
    db.session.add(person)
    db.session.flush()
    return person


def find_or_add(invitation: Invitation, colleague: Colleague) -> Person:
    """Who takes a seat of this Invitation. Raises AlreadyNamed where they hold one already."""
    person = find(invitation.company_id, colleague)
    if person is None:
        return add(invitation.company_id, colleague)
    if _holds_a_seat(person, invitation):
        raise AlreadyNamed(field="name")
    person.title = colleague.title or person.title
    person.phone = colleague.phone or person.phone
    person.email = colleague.email or person.email
    return person


def _holds_a_seat(person: Person, invitation: Invitation) -> bool:
    held = db.session.scalar(
        select(Attendee.id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .where(
            Attendee.person_id == person.id,
            Attendee.ended_at.is_(None),
            Invitation.event_id == invitation.event_id,
        )
        .limit(1)
    )
    return held is not None
