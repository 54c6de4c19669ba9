"""People are found again by name and phone or e-mail, and sit once in an Event."""

from __future__ import annotations

import pytest
from cast import OH, a_company, a_registration, an_event, an_invitation, attendee_of

from eventapp.db import db
from eventapp.rules import people, registrations
from eventapp.rules.people import AlreadyNamed, Colleague

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.mark.parametrize(
    ("colleague", "found"),
    [
        (Colleague("오세린", phone="+821000004417"), True),
        (Colleague("오세린", email="serin@maru.example"), True),
        (Colleague("오세린"), False),
        (Colleague("오세린", phone="+821000009999", email="x@maru.example"), False),
        (Colleague("오세인", phone="+821000004417"), False),
    ],
)
def test_a_person_is_found_by_name_and_one_of_phone_and_address(colleague, found):
    company = a_company()
    with db.writing():
        person = people.add(company.id, OH)
    assert people.find(company.id, colleague) == (person if found else None)
    assert people.find(company.id + 1, OH) is None


def test_what_is_written_anew_completes_what_was_known():
    company = a_company()
    with db.writing():
        person = people.add(company.id, Colleague("오세린", "대리", "+821000004417"))
    registration = a_registration(
        an_invitation(an_event(), company), Colleague("오세린", "", "+821000004417", "serin@maru.example")
    )
    assert attendee_of(registration).person_id == person.id
    assert (person.title, person.email) == ("대리", "serin@maru.example")


def test_a_person_who_gave_up_a_seat_may_have_another():
    invitation = an_invitation(an_event())
    registration = a_registration(invitation, OH)
    with pytest.raises(AlreadyNamed):
        a_registration(invitation, OH)
    registrations.cancel(registration)
    assert attendee_of(a_registration(invitation, OH)).person.name == "오세린"


def test_same_means_name_phone_and_address():
    company = a_company()
    with db.writing():
        person = people.add(company.id, OH)
    assert people.is_same(person, OH)
    assert not people.is_same(person, Colleague(OH.name, OH.title, OH.phone))
