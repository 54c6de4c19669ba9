"""Whoever was named by somebody else reads from whom, what for, how long, and what they may ask; with a link."""

from __future__ import annotations

import re

import pytest
from cast import HAN, OH, a_registration, an_event, an_invitation, attendee_of
from flask import Flask
from post import html_of, received, text_of

from eventapp.db import db
from eventapp.letters import letter_for
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.rules import attendees, consents, journal, messages, registrations

pytestmark = pytest.mark.usefixtures("clock")
LINK = re.compile(r"^http://127\.0\.0\.1:5000(/p/[\w-]{27}/data)$", re.MULTILINE)


def pass_letter(app: Flask, *, language: str = "ko", by: str = "coordinator", texts: bool = True) -> str:
    """The newest pass letter as text, to who was named by the coordinator, the host, or themselves."""
    with app.app_context():
        journal.acting_as("command")
        event = an_event()
        if texts:
            consents.publish_proposed(event)
        invitation = an_invitation(event, coordinator=HAN)
        journal.acting_as("staff 1" if by == "host" else f"coordinator {invitation.id}")
        registration = a_registration(invitation, HAN if by == "themselves" else OH)
        with db.writing():
            db.session.get_one(Person, attendee_of(registration).person_id).language = language
        mail = received(letter_for(messages.last_for("pass", attendee_of(registration).id)))
        assert ("/data" in html_of(mail)) is ("/data" in text_of(mail))
        return text_of(mail)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ko",
            (
                "성함과 연락처는 한지원 과장님이 알려 주셨습니다.",
                "목적: 초대와 등록,",
                "보유 기간: 행사가 끝난 날부터 1년.",
            ),
        ),
        (
            "en",
            (
                "한지원 과장 gave us your name",
                "What for: Invitation",
                "How long: One year from the last day.",
            ),
        ),
    ],
)
def test_a_colleague_reads_who_named_them_and_what_for(app: Flask, client, language, words):
    text = pass_letter(app, language=language)
    for word in words:
        assert word in text
    link = LINK.search(text)[1]
    with app.app_context():
        own = f"/pass/{db.session.scalars(db.select(Attendee.id)).one()}/data"
    assert (client.get(link).location, client.get(own).status_code) == (own, 200)


def test_the_host_says_that_it_was_the_host(app: Flask):
    assert "저희 협력사 명단에서 옮겨 적었습니다." in pass_letter(app, by="host")


def test_who_named_themselves_needs_no_notice(app: Flask):
    text = pass_letter(app, by="themselves")
    assert ("알려 주셨습니다" in text, LINK.search(text)) == (False, None)


def test_without_a_text_the_source_and_the_rights_are_still_said(app: Flask):
    text = pass_letter(app, texts=False)
    assert ("목적:" in text, "지우거나 그만 쓰도록" in text, LINK.search(text) is not None) == (
        False,
        True,
        True,
    )


def test_a_colleague_who_comes_instead_gets_their_own(app: Flask):
    with app.app_context():
        invitation = an_invitation(an_event(), coordinator=HAN)
        journal.acting_as(f"coordinator {invitation.id}")
        after = registrations.substitute(a_registration(invitation), OH)
        mail = received(letter_for(messages.last_for("pass", after.id)))
    assert "한지원 과장님이 알려 주셨습니다." in text_of(mail)


def test_the_confirmation_says_where_a_consent_is_left(app: Flask):
    with app.app_context():
        invitation = an_invitation(event := an_event(), coordinator=HAN)
        attendee = attendee_of(a_registration(invitation, OH))
        attendees.confirm(attendee)
        consents.publish_proposed(event)
        letter = messages.last_for("confirmation", invitation.id)
        assert "동의가 남았습니다" in text_of(received(letter_for(letter)))
        consents.answer(attendee.person, event, given={consents.in_force(event)[0].id: True})
        assert "동의가 남았습니다" not in text_of(received(letter_for(letter)))
