"""One definition of finished: what is missing, who is complete, and every list that counts says the same."""

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation, attendee_of, run
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.question import Asks
from eventapp.models.registration import Attendee, Registration, Wish
from eventapp.reports import (
    company_seats,
    ladder,
    ladder_rows,
    open_consents,
    open_questions,
    registrations,
    unfinished,
)
from eventapp.rules import attendees, consents, own_parts, question_answers, questions, waitlists
from eventapp.rules import registrations as registration_rules
from eventapp.rules.own_parts import Gap
from eventapp.rules.questions import Draft

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_what_is_missing_goes_step_by_step():
    event = an_event()
    question = questions.add(event, Draft(kind=Asks.TEXT, text_ko="셔츠 크기", required=True))
    registration = a_registration(an_invitation(event), number=None)
    attendee = attendee_of(registration)

    def needed() -> list[Gap]:
        return own_parts.needed(attendee, questions_left=open_questions.of(event).get(attendee.id, 0))

    assert needed() == [Gap.OPENING, Gap.CONFIRMATION, Gap.RUN]
    attendees.mark_opened(attendee)
    assert needed() == [Gap.CONFIRMATION, Gap.RUN]
    attendees.confirm(attendee, event_session=run(event, 1))
    assert needed() == [Gap.QUESTIONS]
    question_answers.save(attendee, {question.id: "L"})
    assert needed() == []


def test_nothing_is_asked_of_who_leaves_the_run_to_the_host():
    registration = a_registration(an_invitation(an_event()), number=None)
    with db.writing():
        registration.wish = Wish.LATER
    assert Gap.RUN in own_parts.needed(attendee_of(registration), questions_left=0)
    with db.writing():
        registration.wish = Wish.EITHER
    assert own_parts.needed(attendee_of(registration), questions_left=0) == []


def test_journey_and_address_are_welcome_and_hold_nobody_back():
    registration = a_registration(an_invitation(an_event()), a_colleague(email=""))
    attendees.confirm(attendee_of(registration))
    assert own_parts.welcome(attendee_of(registration)) == [Gap.JOURNEY, Gap.CONTACT]
    assert own_parts.needed(attendee_of(registration), questions_left=0) == []


def test_who_waits_for_a_place_is_neither_complete_nor_asked_for_anything():
    event = an_event(capacity=(0, 42))
    invitation = an_invitation(event)
    registration = registration_rules.register(
        invitation, a_colleague(), event_session=run(event, 1), or_wait=True
    )
    attendees.confirm(attendee_of(registration))
    assert registration.status == "waitlisted"
    assert [row.state for row in registrations.of(event)] == ["waitlisted"]
    assert [seat.is_complete for seat in company_seats.named(invitation)] == [False]
    assert (ladder.of(event).done, unfinished.of(event)) == (0, [])


def test_every_list_says_the_same():
    """Confirmed or not, with a question left or not, agreed or not, with a place, without one, or waiting for one."""
    event = an_event(capacity=(4, 42))
    invitation = an_invitation(event, seats_kept=9)
    question = questions.add(event, Draft(kind=Asks.TEXT, text_ko="셔츠 크기", required=True))
    people = [a_registration(invitation, number=number) for number in (1, 1, 1, 2, None, None)]
    one_waits = a_registration(invitation, number=2)
    for place, registration in enumerate([*people[:4], one_waits]):
        attendees.confirm(attendee_of(registration))
        if place % 2 == 0:
            question_answers.save(attendee_of(registration), {question.id: "L"})
    a_registration(invitation, number=1)
    waitlists.join(one_waits, run(event, 1))
    consents.publish_proposed(event)
    needed = consents.in_force(event)[0].id
    for registration in (*people[:2], one_waits):
        consents.answer(attendee_of(registration).person, event, given={needed: True})
    complete = {row.registration_id for row in registrations.of(event) if row.state == "done"}
    assert complete == {people[0].id, one_waits.id}
    assert complete == {seat.registration.id for seat in company_seats.named(invitation) if seat.is_complete}
    seats = ladder_rows.read(event, None).seats[invitation.id]
    assert complete == {seat.registration_id for seat in seats if seat.complete}
    assert (ladder.of(event).done, sum(count.done for count in registrations.per_run(event))) == (2, 2)
    asked = {row.registration_id for row in unfinished.of(event)}
    left, unagreed = open_questions.of(event), open_consents.of(event)
    living = db.session.execute(
        select(Attendee, Registration).join(Registration, Attendee.registration_id == Registration.id)
    ).all()
    assert asked | complete == {registration.id for _attendee, registration in living}
    assert asked & complete == set()
    assert asked == {
        registration.id
        for attendee, registration in living
        if own_parts.needed(
            attendee, questions_left=left.get(attendee.id, 0), consents_left=unagreed.get(attendee.id, 0)
        )
    }
