"""Every letter in both languages, with and without a host contact: complete, personal, honest."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cast import (
    OH,
    a_registration,
    an_event,
    an_invitation,
    attendee_of,
    badge_of,
    run,
)
from flask import Flask
from icalendar import Calendar
from post import a_letter, html_of, newest, queued, received, text_of

from eventapp.db import db
from eventapp.formats import codes
from eventapp.letters import letter_for
from eventapp.letters.words import NoSuchAddress, Withdrawn
from eventapp.models.message import Message, Purpose
from eventapp.models.question import Asks
from eventapp.models.registration import Attendee
from eventapp.rules import attendees, invitations, question_answers, questions, registrations
from eventapp.rules.people import Colleague

pytestmark = pytest.mark.usefixtures("clock")
KINDS = [
    "invitation",
    "invitation after a yes",
    "link again",
    "confirmation",
    "confirmation of nobody",
    "pass",
    "own pass",
    "pass without a run",
    "moved",
    "waiting",
    "placed",
    "promoted",
    "names wanted",
    "part wanted",
    "soon",
    "thanks",
    "cancelled",
    "replaced",
]
LINK = re.compile(r"^http://day\.example/[ip]/[\w-]{27}$", re.MULTILINE)


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    return {**settings, "BASE_URL": "http://day.example"}


@pytest.mark.parametrize("words", [False, True], ids=["", "own words"])
@pytest.mark.parametrize("contact", [True, False], ids=["contact", "no contact"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_whole(app: Flask, kind: str, language: str, contact: bool, words: bool):
    with app.app_context():
        mail = received(letter_for(a_letter(kind, language=language, contact=contact, words=words)))
    text, page = text_of(mail), html_of(mail)
    for part in (text, page, mail["Subject"]):
        assert not re.search(
            r"%\(|\{\w+|\}|None|<b></b>|&amp;lt;",
            re.sub(r"@media.*?</style>|<style.*?</style>", "", part, flags=re.DOTALL),
        )
    assert ("님께" in text) == (language == "ko")
    assert f'<html lang="{language}"' in page
    assert mail["Reply-To"] == ("윤서진 <yoon@host.example>" if contact else None)
    assert mail["From"].addresses[0].addr_spec == "partners@host.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None
    assert str(mail["Date"]) == "Mon, 16 Oct 2017 10:00:00 +0900"
    assert "<img" not in page
    assert "<script" not in page
    assert "010-0000-2009" in text
    if kind in ("cancelled", "replaced"):
        assert "http" not in text
    else:
        (link,) = LINK.findall(text)
        assert page.count(f'href="{link}"') == 2


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("cancelled", "replaced")])
def test_the_link_opens_what_it_is_for(app: Flask, client, kind: str):
    with app.app_context():
        (link,) = LINK.findall(text_of(letter_for(a_letter(kind))))
    answer = client.get(link.removeprefix("http://day.example"))
    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "마루소프트 앞으로 <b>세\u00a0자리</b>를"), ("en", "<b>three\u00a0seats</b> for 마루소프트")],
)
def test_a_number_never_parts_from_what_it_counts(language: str, said: str):
    page = html_of(letter_for(a_letter("invitation", language=language))).replace("&nbsp;", "\u00a0")
    assert said in re.sub(r' style="[^"]*"', "", page)


@pytest.mark.usefixtures("in_app")
def test_a_pass_letter_has_the_code_and_a_calendar_of_its_run():
    message = a_letter("pass")
    attendee = db.session.get(Attendee, message.subject_id)
    mail = received(letter_for(message))
    code = badge_of(attendee.registration).code
    assert codes.shown(code) in text_of(mail).replace("\u00a0", " ")
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    (entry,) = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")
    assert (entry["DTSTART"].dt.isoformat(), entry["DTEND"].dt.isoformat()) == ("2017-11-09", "2017-11-11")
    assert entry["STATUS"] == "CONFIRMED"


@pytest.mark.usefixtures("in_app")
def test_a_later_calendar_replaces_the_one_before_and_a_cancellation_takes_it_out():
    seen = []
    invitation = an_invitation(an_event())
    registration = a_registration(invitation, OH)
    attendee = attendee_of(registration)
    seen.append(_entry(newest(Purpose.PASS, attendee.id)))
    registrations.move(registration, run(invitation.event, 2))
    seen.append(_entry(newest(Purpose.MOVED, attendee.id)))
    registrations.cancel(registration)
    seen.append(_entry(queued(Purpose.CANCELLED, attendee.person, attendee.id, invitation.event)))
    assert len({entry["UID"] for entry in seen}) == 1
    assert [entry["STATUS"] for entry in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [entry["SEQUENCE"] for entry in seen] == sorted({entry["SEQUENCE"] for entry in seen})


def _entry(message: Message):
    (attached,) = letter_for(message).iter_attachments()
    (entry,) = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")
    return entry


@pytest.mark.usefixtures("in_app")
def test_organizers_words_are_filled_and_escaped():
    page = html_of(letter_for(a_letter("invitation", words=True)))
    assert "올 한 해도 마루소프트와 함께여서 든든했습니다.<br>&lt;b&gt;고맙습니다.&lt;/b&gt;" in page


@pytest.mark.usefixtures("in_app")
def test_the_old_coordinator_never_gets_the_new_coordinators_link():
    message = a_letter("invitation")
    invitation = db.session.get(invitations.Invitation, message.subject_id)
    invitations.hand_over(invitation, Colleague("정도현", "부장", email="jung@maru.example"))
    with pytest.raises(Withdrawn):
        letter_for(message)


@pytest.mark.usefixtures("in_app")
def test_a_pass_that_moved_to_a_colleague_is_not_sent():
    message = a_letter("pass")
    attendee = db.session.get(Attendee, message.subject_id)
    registrations.substitute(attendee.registration, Colleague("정도현", "부장", email="jung@maru.example"))
    with pytest.raises(Withdrawn):
        letter_for(message)


@pytest.mark.usefixtures("in_app")
def test_an_address_that_is_none_is_said():
    message = a_letter("invitation")
    with db.writing():
        message.person.email = "한지원@maru"
    with pytest.raises(NoSuchAddress):
        letter_for(message)


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("colour", ["#FEE500", "#0A5C9E", "red;}x{", "#12345"])
def test_the_brand_colour_carries_readable_words(colour: str):
    message = a_letter("invitation")
    with db.writing():
        message.event.brand_colour = colour.ljust(7, "x")[:7]
    page = html_of(letter_for(message))
    (words,) = re.findall(r'<a href="[^"]*" [^>]*style="[^"]*?(?<!-)color: (#\w+)[^"]*"[^>]*>초대', page)
    assert words == ("#ffffff" if colour == "#0A5C9E" else "#17191b")
    assert f'bgcolor="{colour if colour in ("#FEE500", "#0A5C9E") else "#FEE500"}"' in page
    assert "}x{" not in page


def test_the_coordinator_reads_who_has_questions_left(app: Flask):
    with app.app_context():
        invitation = an_invitation(an_event())
        attendee = attendee_of(a_registration(invitation, OH))
        attendees.confirm(attendee)
        draft = questions.Draft(kind=Asks.TEXT, text_ko="꼭 필요한 질문", required=True)
        question = questions.add(invitation.event, draft)
        assert "아직 답할 질문이 있습니다" in text_of(
            received(letter_for(newest(Purpose.CONFIRMATION, invitation.id)))
        )
        question_answers.save(attendee, {question.id: "네"})
        assert "아직 답할 질문이 있습니다" not in text_of(
            received(letter_for(newest(Purpose.CONFIRMATION, invitation.id)))
        )
