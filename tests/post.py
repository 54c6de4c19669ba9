"""Letters for tests: one Message of each kind, and how the far end reads it."""

from __future__ import annotations

import email
import email.policy
from datetime import time
from email.message import EmailMessage

from cast import OH, a_company, a_registration, an_event, an_invitation, attendee_of, run

from eventapp.db import db
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.letter_plan import Planned
from eventapp.models.message import Message, Purpose
from eventapp.models.person import Person
from eventapp.rules import companies, letter_plans, messages, plans, registrations, seats
from eventapp.rules.people import Colleague

OF_NOBODY = {
    "link again": Purpose.LINK_AGAIN,
    "confirmation of nobody": Purpose.CONFIRMATION,
    "names wanted": Purpose.NAMES_WANTED,
}  # letters to a coordinator who has named nobody


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
        return newest(Purpose.INVITATION, invitation.id)
    if kind in OF_NOBODY:
        return queued(OF_NOBODY[kind], invitation.coordinator, invitation.id, event)
    if kind in ("waiting", "promoted"):
        return _waited(event, invitation, colleague=oh, kind=kind)
    registration = registrations.register(
        invitation,
        han if kind == "own pass" else oh,
        event_session=None if kind in ("pass without a run", "placed") else run(event, 1),
    )
    if kind in ("invitation after a yes", "confirmation"):
        a_registration(invitation, Colleague("김하늘", "대리", language=language), number=None)
        return newest(Purpose(kind.split()[0]), invitation.id)
    attendee = attendee_of(registration)
    if kind == "placed":
        plans.publish(plans.propose(event))
        return newest(Purpose.PLACED, attendee.id)
    if kind == "moved":
        registrations.move(registration, run(event, 2))
        return newest(Purpose.MOVED, attendee.id)
    if kind == "cancelled":
        registrations.cancel(registration)
    if kind == "replaced":
        registrations.substitute(registration, Colleague("정도현", "부장", email="jung@maru.example"))
    if kind in ("cancelled", "replaced"):
        return queued(Purpose.CANCELLED, attendee.person, attendee.id, event)
    if kind in ("part wanted", "soon", "thanks"):
        return queued(Purpose(kind), attendee.person, attendee.id, event)
    return newest(Purpose.PASS, attendee.id)


def _waited(event: Event, invitation: Invitation, *, colleague: Colleague, kind: str) -> Message:
    seats.set_capacity(run(event, 1), 0)
    registration = registrations.register(invitation, colleague, event_session=run(event, 1), or_wait=True)
    if kind == "waiting":
        return newest(Purpose.PASS, attendee_of(registration).id)
    seats.set_capacity(run(event, 1), 1)
    return newest(Purpose.PROMOTED, attendee_of(registration).id)


def _company_alone() -> Company:
    with db.writing():
        return companies.add("마루소프트", companies.sector("소프트웨어"))


def _own_words(event: Event) -> None:
    for letter in Planned:
        draft = letter_plans.Draft(
            is_on=True,
            days=2,
            at=time(10),
            words_ko="<b>따뜻한 옷</b>을 챙겨 주십시오.",
            words_en="Please bring <b>warm clothes</b>.",
        )
        letter_plans.change(event, letter, draft=draft)
    with db.writing():
        event.greeting_ko = "올 한 해도 {company|와/과} 함께여서 든든했습니다.\n<b>고맙습니다.</b>"
        event.greeting_en = "It was good to have {company} with us.\n<b>Thank you.</b>"
        event.letter_ko, event.letter_en = "첫 문단.\n\n둘째 문단.", "First.\n\nSecond."


def newest(purpose: Purpose, subject_id: int) -> Message:
    message = messages.last_for(purpose, subject_id)
    assert message is not None
    return message


def queued(purpose: Purpose, person: Person, subject_id: int, event: Event) -> Message:
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
