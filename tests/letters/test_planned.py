"""Planned letters as they are written: the organizer's own words inside, withdrawn where nothing is wanted any more."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from cast import SEOUL, a_registration
from post import a_letter, html_of, received, text_of
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.letters import letter_for
from eventapp.letters.words import Withdrawn
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.registration import Attendee
from eventapp.postman import deliver_once
from eventapp.rules import attendees, registrations, seats

pytestmark = pytest.mark.usefixtures("in_app", "clock")


@pytest.mark.parametrize("kind", ["names wanted", "part wanted", "soon", "thanks"])
@pytest.mark.parametrize(("language", "said"), [("ko", "<b>따뜻한 옷</b>을"), ("en", "<b>warm clothes</b>")])
def test_the_organizers_words_stand_in_it_as_they_were_typed(kind: str, language: str, said: str):
    mail = received(letter_for(a_letter(kind, language=language, words=True)))
    assert said in text_of(mail)
    assert said.replace("<", "&lt;").replace(">", "&gt;") in html_of(mail)


def test_names_wanted_counts_them_and_ends_with_the_last():
    message = a_letter("names wanted")
    invitation = db.session.get_one(Invitation, message.subject_id)
    a_registration(invitation)
    assert "두\u00a0자리에 아직 이름이 없습니다" in letter_for(message)["Subject"]
    for _ in range(2):
        a_registration(invitation)
    assert withdrawn(message) == "Every seat has a name."


def test_names_wanted_speaks_of_no_day_that_is_over_and_ends_with_the_time_to_answer():
    message = a_letter("names wanted")
    invitation = db.session.get_one(Invitation, message.subject_id)
    for one in seats.runs(invitation.event):
        one.names_due_on = date(2017, 10, 20)
    db.session.commit()
    for day, said in ((20, True), (21, False)):
        with standing_at(datetime(2017, 10, day, 9, tzinfo=SEOUL)):
            assert ("10월\u00a020일" in text_of(received(letter_for(message)))) is said
    invitation.expires_on = date(2017, 10, 20)
    db.session.commit()
    with standing_at(datetime(2017, 10, 21, 9, tzinfo=SEOUL)):
        assert withdrawn(message) == "The time to name somebody is over."


def test_part_wanted_ends_when_it_is_done():
    message = a_letter("part wanted")
    attendees.confirm(db.session.get_one(Attendee, message.subject_id))
    assert withdrawn(message) == "Everything is answered."


def test_soon_ends_with_the_days_and_with_the_place():
    message = a_letter("soon")
    for day, said in ((10, ""), (11, "The days are over.")):
        with standing_at(datetime(2017, 11, day, 9, tzinfo=SEOUL)):
            assert withdrawn(message) == said
    attendee = db.session.get_one(Attendee, message.subject_id)
    registrations.cancel(attendee.registration)
    assert withdrawn(message) == "The place was given up or passed to a colleague."


def withdrawn(message: Message) -> str:
    """Why it is not written; '' where it is."""
    try:
        letter_for(message)
    except Withdrawn as reason:
        return reason.reason
    return ""


def test_the_postman_lets_it_leave_at_its_hour():
    a_letter("soon", words=True)
    with standing_at(datetime(2017, 11, 7, 9, 59, tzinfo=SEOUL)):
        deliver_once()
    before = {one.id for one in db.session.scalars(select(Message))}
    with standing_at(datetime(2017, 11, 7, 10, tzinfo=SEOUL)):
        deliver_once()
    fresh = [one for one in db.session.scalars(select(Message)) if one.id not in before]
    assert sorted((one.purpose, one.occasion, one.status) for one in fresh) == [
        ("names wanted", "run 1", "sent"),
        ("part wanted", "run 1", "sent"),
        ("soon", "run 1", "sent"),
    ]
