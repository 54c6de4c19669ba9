"""Every letter in both languages, with and without a host contact: complete, personal, honest."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from typing import Any

import pytest
from cast import (
    OH,
    a_company,
    a_registration,
    an_event,
    an_invitation,
    attendee_of,
    badge_of,
    run,
)
from flask import Flask
from icalendar import Calendar

from eventapp.db import db
from eventapp.formats import codes
from eventapp.letters import letter_for
from eventapp.letters.words import NoSuchAddress, Withdrawn
from eventapp.models.message import Message, Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.rules import companies, invitations, messages, registrations
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
    "cancelled",
    "replaced",
]
LINK = re.compile(r"^http://day\.example/[ip]/[\w-]{27}$", re.MULTILINE)


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    return {**settings, "BASE_URL": "http://day.example"}


def a_letter(kind: str, *, language: str = "ko", contact: bool = True, words: bool = False) -> Message:
    """The Message of that kind in a day of two runs."""
    event = an_event()
    if words:
        _own_words(event)
    company = a_company("마루소프트") if contact else _company_alone()
    han = Colleague("한지원", "과장", "+821000004401", "jiwon@maru.example", language)
    oh = Colleague(OH.name, OH.title, OH.phone, OH.email, language)
    invitation = an_invitation(event, company, coordinator=han)
    if kind == "invitation":
        return _last(Purpose.INVITATION, invitation.id)
    if kind == "link again":
        return _queued(Purpose.LINK_AGAIN, invitation.coordinator, invitation.id, event)
    if kind == "confirmation of nobody":
        return _queued(Purpose.CONFIRMATION, invitation.coordinator, invitation.id, event)
    registration = registrations.register(
        invitation,
        han if kind == "own pass" else oh,
        event_session=None if kind == "pass without a run" else run(event, 1),
    )
    if kind in ("invitation after a yes", "confirmation"):
        a_registration(invitation, Colleague("김하늘", "대리", language=language), number=None)
        return _last(Purpose(kind.split()[0]), invitation.id)
    attendee = attendee_of(registration)
    if kind == "moved":
        registrations.move(registration, run(event, 2))
        return _last(Purpose.MOVED, attendee.id)
    if kind == "cancelled":
        registrations.cancel(registration)
    if kind == "replaced":
        registrations.substitute(registration, Colleague("정도현", "부장", email="jung@maru.example"))
    if kind in ("cancelled", "replaced"):
        return _queued(Purpose.CANCELLED, attendee.person, attendee.id, event)
    return _last(Purpose.PASS, attendee.id)


def _company_alone():
    with db.writing():
        return companies.add("마루소프트", companies.sector("소프트웨어"))


def _own_words(event) -> None:
    with db.writing():
        event.greeting_ko = "올 한 해도 {company|와/과} 함께여서 든든했습니다.\n<b>고맙습니다.</b>"
        event.greeting_en = "It was good to have {company} with us.\n<b>Thank you.</b>"
        event.letter_ko, event.letter_en = "첫 문단.\n\n둘째 문단.", "First.\n\nSecond."


def _last(purpose: Purpose, subject_id: int) -> Message:
    message = messages.last_for(purpose, subject_id)
    assert message is not None
    return message


def _queued(purpose: Purpose, person: Person, subject_id: int, event) -> Message:
    with db.writing():
        message = messages.queue(purpose, person, event=event, subject_id=subject_id)
    assert message is not None
    return message


def received(mail: EmailMessage) -> EmailMessage:
    """As the far end reads it."""
    return email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)  # type: ignore[return-value]


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(mail: EmailMessage) -> str:
    return mail.get_body(("html",)).get_content()


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
    seen.append(_entry(_last(Purpose.PASS, attendee.id)))
    registrations.move(registration, run(invitation.event, 2))
    seen.append(_entry(_last(Purpose.MOVED, attendee.id)))
    registrations.cancel(registration)
    seen.append(_entry(_queued(Purpose.CANCELLED, attendee.person, attendee.id, invitation.event)))
    assert len({entry["UID"] for entry in seen}) == 1
    assert [entry["STATUS"] for entry in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [entry["SEQUENCE"] for entry in seen] == sorted({entry["SEQUENCE"] for entry in seen})


def _entry(message: Message):
    (attached,) = letter_for(message).iter_attachments()
    (entry,) = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")
    return entry


@pytest.mark.usefixtures("in_app")
def test_the_message_id_is_the_same_for_every_attempt():
    message = a_letter("invitation")
    first = letter_for(message)["Message-ID"]
    messages.send_again(message)
    assert letter_for(message)["Message-ID"] == first
    assert re.fullmatch(r"<letter-\d+-[0-9a-f]{20}@host\.example>", first)
    assert (
        letter_for(_queued(Purpose.LINK_AGAIN, message.person, message.subject_id, message.event))[
            "Message-ID"
        ]
        != first
    )


NASTY = [
    "한지원\r\nBcc: all@evil.example",
    "한지원\nX-Evil: 1",
    'Han "Boss" Jiwon',
    "Han, Jiwon",
    "Han <all@evil.example>",
    "a@evil.example, b@evil.example",
    "=?utf-8?q?evil?= <x@evil.example>",
    "\u202eevil\u2028line",
    "한" * 80,
    "O'Neil & Söhne <b>x</b>",
    "{company} %(name)s {{ 7 }} %s",
    "",
]


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("name", NASTY)
def test_nothing_typed_adds_a_header_or_a_reader(name: str):
    message = a_letter("invitation")
    with db.writing():
        message.person.name = message.person.title = name
        message.person.company.name = name
        message.person.company.host_contact.name = name
        message.event.sender_name = name
        message.event.name_ko = name
    mail = received(letter_for(message))
    assert [one.addr_spec for one in mail["To"].addresses] == ["jiwon@maru.example"]
    assert [one.addr_spec for one in mail["From"].addresses] == ["partners@host.example"]
    assert [one.addr_spec for one in mail["Reply-To"].addresses] == ["yoon@host.example"]
    assert sorted(mail.keys()) == sorted(
        [
            "Subject",
            "From",
            "To",
            "Reply-To",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "MIME-Version",
            "Content-Type",
        ]
    )
    assert mail.defects == []
    page = html_of(mail)
    assert "<b>x</b>" not in re.sub(r' style="[^"]*"', "", page)
    assert "evil.example>" not in page.replace("&gt;", "")


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
