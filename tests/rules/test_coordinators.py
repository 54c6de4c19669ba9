"""Who answers for a company is corrected, or somebody else answers."""

import pytest
from cast import HAN, OH, an_event, an_invitation, attendee_of, run
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.roster import RosterMark
from eventapp.rules import coordinators, invitations, registrations
from eventapp.rules.people import Colleague

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
KEY = b"k" * 32


def letters() -> int:
    return db.session.scalar(select(func.count()).select_from(Message))


def test_a_correction_keeps_the_person_and_the_link():
    invitation = an_invitation(an_event())
    before, link = invitation.coordinator_id, invitations.token(invitation, KEY)
    sent = letters()
    coordinators.correct(invitation, Colleague("한지언", "차장", HAN.phone, "right@maru.example", "en"))
    person = invitation.coordinator
    assert (person.id, person.name, person.email) == (before, "한지언", "right@maru.example")
    assert (person.language, invitations.token(invitation, KEY), letters()) == ("en", link, sent)


def test_a_corrected_coordinator_who_comes_is_new_to_the_door_phones():
    invitation = an_invitation(an_event())
    person = invitation.coordinator
    seat = registrations.register(
        invitation,
        Colleague(person.name, person.title, person.phone, person.email),
        event_session=run(invitation.event, 1),
    )
    attendee = attendee_of(seat)
    assert attendee.person_id == person.id
    before = db.session.scalar(
        select(func.max(RosterMark.version)).where(RosterMark.attendee_id == attendee.id)
    )
    coordinators.correct(invitation, Colleague("한지언", "차장", HAN.phone, person.email))
    after = db.session.scalar(
        select(func.max(RosterMark.version)).where(RosterMark.attendee_id == attendee.id)
    )
    assert after > before


def test_somebody_else_ends_the_old_link_and_gets_no_letter_by_itself():
    invitation = an_invitation(an_event())
    link, sent = invitations.token(invitation, KEY), letters()
    invitations.mark_opened(invitation)
    person = coordinators.replace(invitation, OH)
    assert (invitation.coordinator, invitation.opened_at) == (person, None)
    assert invitations.by_token("coordinator", link, key=KEY) is None
    assert letters() == sent
    assert coordinators.replace(invitation, OH) == person
    assert db.session.scalar(select(func.count()).select_from(Person)) == 2
