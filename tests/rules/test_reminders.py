"""Reminders by hand: to who has something left to do, never twice on one day, with words of one's own in front."""

import email
import email.policy
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation, at, attendee_of, run
from crowd import all_at_once
from sqlalchemy import func, select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.message import Message, MessageAttempt, Purpose
from eventapp.models.registration import Registration
from eventapp.postman import deliver_once
from eventapp.rules import attendees, messages, registrations, reminders
from eventapp.rules.reminders import NoMail, NothingLeft, WrittenToday

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
TOMORROW = at("2017-10-17 09:00")


def letters() -> int:
    return db.session.scalar(
        select(func.count()).where(Message.purpose.in_((Purpose.PASS, Purpose.PART_WANTED)))
    )


@pytest.fixture
def named(in_app):
    """Named and written to on Monday."""
    registration = a_registration(an_invitation(an_event()))
    while deliver_once():
        pass
    return registration


def test_who_was_written_to_today_is_left_in_peace_until_tomorrow(named):
    with pytest.raises(WrittenToday):
        reminders.remind(named, words={})
    with standing_at(TOMORROW):
        reminders.remind(named, words={})
        with pytest.raises(WrittenToday):
            reminders.remind(named, words={})
        while deliver_once():
            pass
        with pytest.raises(WrittenToday):
            reminders.remind(named, words={})
    assert letters() == 2


def test_two_presses_at_one_moment_send_one_letter(named, in_app):
    def press(registration_id: int) -> str:
        with in_app.app_context():
            try:
                reminders.remind(db.session.get_one(Registration, registration_id), words={})
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
        reminders.remind(named, words={})
    asked = messages.last_for(Purpose.PART_WANTED, attendee_of(named).id)
    assert asked.due_at == at("2017-10-17 08:00")  # after the quiet hours
    assert letters() == 2


def test_any_letter_of_today_counts(named):
    with standing_at(TOMORROW):
        registrations.move(named, run(named.invitation.event, 2))
        with pytest.raises(WrittenToday):
            reminders.remind(named, words={})


def test_who_has_finished_gets_nothing(named):
    attendees.confirm(attendee_of(named))
    with standing_at(TOMORROW), pytest.raises(NothingLeft):
        reminders.remind(named, words={})
    assert letters() == 1


def test_without_an_address_nothing_is_queued(named):
    registration = a_registration(named.invitation, a_colleague(email=""))
    with pytest.raises(NoMail):
        reminders.remind(registration, words={})
    assert letters() == 1


WORDS = {
    "ko": "버스가 열 시에 떠납니다.\n\n<b>점심</b>은 {company} 몫까지 있습니다.",
    "en": "The bus leaves at ten.",
}


def letter(app, message: Message) -> EmailMessage:
    """As it lies in the folder."""
    (file,) = (Path(app.instance_path) / "outbox").glob(f"{message.id:06d}-*.eml")
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def test_own_words_stand_first_and_are_text_in_both_forms(named, in_app):
    with standing_at(TOMORROW):
        reminders.remind(named, words=WORDS)
        deliver_once()
    mail = letter(in_app, messages.last_for(Purpose.PART_WANTED, attendee_of(named).id))
    said = [mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html")]
    company = named.invitation.company.name
    assert f"버스가 열 시에 떠납니다.\n\n<b>점심</b>은 {company} 몫까지" in said[0]
    assert f"&lt;b&gt;점심&lt;/b&gt;은 {company} 몫까지" in said[1]
    assert all(one.index("버스가") < one.index("1차 자리는") for one in said), said[0]
    assert ("매니저" in said[0], "bus" in said[0]) == (True, False)


def test_each_reads_their_language_and_the_other_where_there_is_one_alone(named, in_app):
    person = attendee_of(named).person
    assert reminders.in_language(WORDS, person) == WORDS["ko"]
    assert reminders.in_language({"ko": "", "en": "Ten."}, person) == "Ten."
    assert reminders.in_language({}, person) == ""


def test_a_silent_company_is_written_to_again_in_one_letter(named, in_app):
    invitation = an_invitation(named.invitation.event)
    for words in (WORDS, {"ko": "정정합니다.", "en": ""}):
        reminders.write_again(invitation, words=words)
    with standing_at(TOMORROW):
        while deliver_once():
            pass
    mail = letter(in_app, messages.last_for(Purpose.INVITATION, invitation.id))
    assert ("정정합니다." in mail.get_body(("plain",)).get_content(), "버스가" in mail.as_string()) == (
        True,
        False,
    )


def test_words_of_ones_own_go_by_mail_where_a_template_would_lose_them(named, in_app):
    in_app.config["ALIMTALK_URL"] = "file:notes"
    other = a_registration(named.invitation)
    with standing_at(TOMORROW):
        deliver_once()
        reminders.remind(named, words=WORDS)
    with standing_at(TOMORROW + timedelta(days=1)):
        deliver_once()
        reminders.remind(other, words={})
        deliver_once()
    ways = select(MessageAttempt.way).join(Message).where(Message.purpose == Purpose.PART_WANTED)
    assert db.session.scalars(ways.order_by(MessageAttempt.id)).all() == ["mail", "alimtalk"]
