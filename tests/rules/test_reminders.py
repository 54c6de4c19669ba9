"""The badge letter goes once more, to who has something left to do, never twice on one day."""

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation, at, attendee_of, run
from crowd import all_at_once
from sqlalchemy import func, select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.message import Message, Purpose
from eventapp.models.registration import Registration
from eventapp.postman import deliver_once
from eventapp.rules import attendees, registrations, reminders
from eventapp.rules.reminders import NoMail, NothingLeft, WrittenToday

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
TOMORROW = at("2017-10-17 09:00")


def letters() -> int:
    return db.session.scalar(select(func.count()).where(Message.purpose == Purpose.PASS))


@pytest.fixture
def named(in_app):
    """Named and written to on Monday."""
    registration = a_registration(an_invitation(an_event()))
    while deliver_once():
        pass
    return registration


def test_who_was_written_to_today_is_left_in_peace_until_tomorrow(named):
    with pytest.raises(WrittenToday):
        reminders.remind(named)
    with standing_at(TOMORROW):
        reminders.remind(named)
        with pytest.raises(WrittenToday):
            reminders.remind(named)
        while deliver_once():
            pass
        with pytest.raises(WrittenToday):
            reminders.remind(named)
    assert letters() == 2


def test_two_presses_at_one_moment_send_one_letter(named, in_app):
    def press(registration_id: int) -> str:
        with in_app.app_context():
            try:
                reminders.remind(db.session.get_one(Registration, registration_id))
            except WrittenToday:
                return "refused"
            return "sent"

    registration_id = named.id
    db.session.rollback()
    with standing_at(TOMORROW):
        assert sorted(all_at_once(press, [registration_id] * 4)) == ["refused"] * 3 + ["sent"]
    assert letters() == 2


def test_a_day_is_a_day_of_the_event(named):
    with standing_at(at("2017-10-17 00:01")):
        reminders.remind(named)
    assert letters() == 2


def test_any_letter_of_today_counts(named):
    with standing_at(TOMORROW):
        registrations.move(named, run(named.invitation.event, 2))
        with pytest.raises(WrittenToday):
            reminders.remind(named)


def test_who_has_finished_gets_nothing(named):
    attendees.confirm(attendee_of(named))
    with standing_at(TOMORROW), pytest.raises(NothingLeft):
        reminders.remind(named)
    assert letters() == 1


def test_without_an_address_nothing_is_queued(named):
    registration = a_registration(named.invitation, a_colleague(email=""))
    with pytest.raises(NoMail):
        reminders.remind(registration)
    assert letters() == 1
