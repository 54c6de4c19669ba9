"""The envelope: one letter one id, and nothing that anybody typed adds a header or a reader."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from post import a_letter, html_of, queued, received

from eventapp.db import db
from eventapp.letters import envelope, letter_for
from eventapp.models.message import Purpose
from eventapp.rules import messages

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.usefixtures("in_app")
def test_the_message_id_is_the_same_for_every_attempt():
    message = a_letter("invitation")
    first = letter_for(message)["Message-ID"]
    messages.send_again(message)
    assert letter_for(message)["Message-ID"] == first
    assert re.fullmatch(r"<letter-\d+-[0-9a-f]{20}@host\.example>", first)
    assert (
        letter_for(queued(Purpose.LINK_AGAIN, message.person, message.subject_id, message.event))[
            "Message-ID"
        ]
        != first
    )


@pytest.mark.parametrize("length", range(1, 60))
def test_a_long_korean_subject_keeps_its_spaces_where_it_is_folded(length: int):
    subject = f"2017 파트너스 데이: {'가' * length} 두 분을 적어 두었습니다, {'나 ' * length}끝"
    mail = EmailMessage(policy=envelope.Folding())
    mail["Subject"] = subject
    sent = mail.as_bytes()
    assert message_from_bytes(sent, policy=policy.default)["Subject"] == subject
    assert max(map(len, sent.split(b"\r\n"))) <= 76


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
