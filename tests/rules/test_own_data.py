"""One's own data: corrected, and erased so that no table and no byte of the database holds it any more."""

from __future__ import annotations

import json

import pytest
from canary import CANARY, TRACES, found_in_files, found_in_tables, lived
from cast import (
    OH,
    a_checkpoint,
    a_company,
    a_registration,
    an_event,
    an_invitation,
    at,
    attendee_of,
    run,
)
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.change_request import ChangeRequest
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.printout import PrintoutLine
from eventapp.models.registration import Diet, Registration
from eventapp.models.states import MessageStatus
from eventapp.reports import audit, rosters
from eventapp.reports import own_data as report
from eventapp.rules import (
    attendees,
    checkins,
    consents,
    coordinators,
    invitations,
    journal,
    messages,
    own_data,
    people,
    question_answers,
    questions,
    registrations,
    seat_offers,
    seminar_questions,
    travel,
    waitlists,
)
from eventapp.rules.own_data import MailNeeded
from eventapp.rules.people import Colleague

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def event():
    journal.acting_as("command")
    event = an_event(capacity=(2, 42))
    consents.publish_proposed(event)
    return event


@pytest.fixture
def invitation(event):
    return an_invitation(event, a_company(), seats_kept=4)


def test_after_erasing_nothing_is_left_anywhere(invitation):
    registration = lived(invitation)
    person = attendee_of(registration).person
    seen = {line.partition(": ")[2] for line in found_in_tables()}
    assert set(TRACES) - seen == {
        "01077665544",
        "old.canary",
    }  # nobody wrote these; they must not come either
    assert [one["list"] for one in report.of(person, "ko")["lists"]] == ["hotel"]
    own_data.erase(person)
    assert report.of(person, "ko")["lists"] == []
    erased = select(JournalEntry.detail_salt).where(
        JournalEntry.detail_digest != "", JournalEntry.action == "called"
    )
    assert db.session.scalars(erased).all() == [""]  # with its salt a digest could be guessed
    assert found_in_tables() == []
    assert found_in_files() == []
    assert (person.name, person.erased_at is not None) == ("–", True)
    assert audit.broken() == []
    own_data.erase(person)  # pressed twice
    assert report.of(person, "ko")["person"]["name"] == "–"


def test_colleagues_words_keep_all_but_the_name(invitation):
    registration = lived(invitation)
    own_data.erase(attendee_of(registration).person)
    assert db.session.scalars(select(Registration.room_with).order_by(Registration.id)).all() == ["", "– 님"]
    requests = select(ChangeRequest.status, ChangeRequest.reason, ChangeRequest.wanted)
    assert sorted(repr(tuple(row)) for row in db.session.execute(requests)) == [
        "('open', '늦었습니다.', {'room_with': '역시 – 님'})",
        *["('withdrawn', '', {})"] * 4,
    ]
    told = {json.dumps(one, ensure_ascii=False) for one in db.session.scalars(select(PrintoutLine.told))}
    assert told == {"null", '{"with": "– 님"}'}
    assert seat_offers.open_wish(invitation).reason == "– 님도 오고 싶어 합니다."


def test_what_is_kept_counts_without_a_name(invitation):
    registration = lived(invitation)
    attendee = attendee_of(registration)
    person, checkpoint = attendee.person, db.session.scalars(select(checkins.CheckIn)).first().checkpoint
    version = run(registration.invitation.event, 1).roster_version
    with standing_at(at("2017-11-20 10:00")):  # the days are over: the place stays a place
        own_data.erase(person)
    assert attendee.id in rosters.changes(checkpoint, version)["removed"]
    assert (registration.status, attendee.ended_at, attendee.generation) == ("registered", None, 2)
    assert rosters.count(checkpoint).inside == 1
    kept = report.of(person, "ko")
    assert [one["agreed"] for one in kept["consents"]] == [True] * 4
    assert [one["run"] for one in kept["places"]] == [1]
    assert audit.broken() == []


def test_a_seat_ahead_is_given_up_and_who_waits_moves_up(event, invitation):
    registration = a_registration(invitation, CANARY)
    a_registration(invitation)
    other = an_invitation(event)
    waits = a_registration(other, number=None)
    waitlists.join(waits, run(event, 1))
    attendee = attendee_of(registration)
    generation, version = attendee.generation, run(event, 1).roster_version
    assert [one.id for one in own_data.ahead(attendee.person)] == [registration.id]
    own_data.erase(attendee.person)
    assert (registration.status, waits.status, waits.event_session.number) == ("cancelled", "registered", 1)
    assert attendee.generation > generation
    assert attendee.id in rosters.changes(a_checkpoint(run(event, 1)), version)["removed"]
    assert own_data.ahead(attendee.person) == []
    assert audit.broken() == []


def test_a_coordinator_is_erased_and_the_colleagues_stay(event):
    company = a_company()
    invitation = an_invitation(event, company, coordinator=CANARY)
    colleague = a_registration(invitation)
    person, generation = invitation.coordinator, invitation.generation
    assert own_data.coordinates(person) == [invitation]
    own_data.erase(person)
    assert (colleague.status, invitation.status) == ("registered", "accepted")
    assert (invitation.generation, invitation.coordinator.name) == (generation + 1, "–")
    assert invitations.send(invitation) is False
    with pytest.raises(people.Erased):
        coordinators.correct(invitation, OH)
    assert coordinators.replace(invitation, OH).name == OH.name
    assert found_in_tables() == []


def test_a_declining_coordinators_reason_goes_too(event):
    invitation = an_invitation(event, coordinator=CANARY)
    invitations.decline(invitation, reason="무지개서버질문 때문에")
    own_data.erase(invitation.coordinator)
    assert (invitation.decline_reason, found_in_tables()) == ("", [])
    assert journal.seal() > 0
    assert audit.broken() == []


def test_somebody_of_the_same_name_elsewhere_stays(event, invitation):
    other = an_invitation(event)
    twin = attendee_of(
        a_registration(other, Colleague(CANARY.name, "과장", "+821000001111", "twin@twin.example"))
    )
    own_data.erase(attendee_of(a_registration(invitation, CANARY)).person)
    assert (twin.person.name, twin.person.email, twin.ended_at) == (CANARY.name, "twin@twin.example", None)


def correct(person, event, **changes):
    kept = {"department": "", "phone": person.phone, "email": person.email, "language": "ko"}
    own_data.correct(person, event, **kept | changes)


def test_a_new_address_brings_the_pass_letter_and_the_door_learns_the_number(event, invitation):
    attendee = attendee_of(a_registration(invitation, CANARY))
    attempt = messages.lease_next()
    while attempt is not None:
        messages.finish(attempt, outcome=MessageStatus.SENT)
        attempt = messages.lease_next()
    version = run(event, 1).roster_version
    correct(
        attendee.person,
        event,
        email="new@canary.example",
        phone="+821012345678",
        department="기획",
        language="en",
    )
    person = attendee.person
    assert (person.email, person.phone, person.department, person.language) == (
        "new@canary.example",
        "+821012345678",
        "기획",
        "en",
    )
    letters = select(Message.purpose, Message.status).where(Message.person_id == person.id)
    assert sorted(map(tuple, db.session.execute(letters))) == [("pass", "queued"), ("pass", "sent")]
    assert run(event, 1).roster_version > version
    version = run(event, 1).roster_version
    correct(person, event, department="기획", language="en")
    assert run(event, 1).roster_version == version


def test_who_answers_for_a_company_keeps_an_address(invitation, event):
    with pytest.raises(MailNeeded):
        correct(invitation.coordinator, event, email="")
    attendee = attendee_of(a_registration(invitation, CANARY))
    correct(attendee.person, event, email="")
    assert attendee.person.email == ""


def test_who_was_erased_or_has_left_corrects_nothing(event, invitation):
    registration = a_registration(invitation, CANARY)
    person = attendee_of(registration).person
    own_data.erase(person)
    with pytest.raises(Stale):
        correct(person, event, phone="+821012345678")
    assert db.session.get(Person, person.id).phone == ""


def test_it_is_told_who_entered_the_data(event, invitation):
    journal.acting_as(f"coordinator {invitation.id}")
    named = attendee_of(a_registration(invitation, CANARY)).person
    coordinator = invitation.coordinator
    own = Colleague(coordinator.name, coordinator.title, coordinator.phone, coordinator.email)
    comes_too = attendee_of(registrations.register(invitation, own, event_session=run(event, 2))).person
    journal.acting_as("staff 1")
    by_host = attendee_of(a_registration(invitation)).person
    told = [report.of(one, "ko")["source"]["entered_by"] for one in (named, comes_too, by_host)]
    assert (comes_too.id, told) == (coordinator.id, ["coordinator", "host", "host"])


def test_the_audit_names_an_erased_person_who_can_be_reached(invitation):
    person = attendee_of(a_registration(invitation, CANARY)).person
    own_data.erase(person)
    with db.writing():
        person.email = "again@canary.example"
    assert audit.broken() == [f"person {person.id} was erased, yet has an address"]


def test_after_the_days_nothing_is_written_to_who_was_erased(invitation):
    registration = a_registration(invitation, CANARY)
    attendee = attendee_of(registration)
    question = questions.add(invitation.event, questions.Draft(kind="text", text_ko="조끼"))
    with standing_at(at("2017-11-20 10:00")):
        own_data.erase(attendee.person)
        for written in (
            lambda: travel.save(attendee, travel.Plans(flight_in="ZZ7401")),
            lambda: seminar_questions.ask(attendee, "무지개서버질문", named=True),
            lambda: attendees.confirm(attendee, diet=Diet.VEGAN),
            lambda: question_answers.save(attendee, {question.id: "가넷색조끼"}),
            lambda: consents.answer(attendee.person, invitation.event, given={}),
        ):
            with pytest.raises(Stale):
                written()
        with pytest.raises(people.Erased):
            registrations.correct(registration, CANARY)
    assert found_in_tables() == []
