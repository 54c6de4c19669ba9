"""What every letter is made of: a Letter to fill, names with their particles, dates, the signature."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape

from eventapp.formats import dates, phone
from eventapp.formats.fill import fill
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.wording import said

NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Attachment:
    """A calendar file beside the letter."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Edition:
    """Which letter this is, for calendars: a higher number replaces what a lower one said.

    words: what an organizer wrote into this one.
    """

    number: int
    at: datetime
    words: str = ""


@dataclass
class Letter:
    """One letter before it is put on paper. Paragraphs are safe HTML: what somebody typed was escaped."""

    subject: str
    kicker: str
    greeting: str
    url: str
    button: str
    note: str
    paragraphs: list[Markup] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)
    after: list[Markup] = field(default_factory=list)
    closing: str = ""
    notice: list[Markup] = field(default_factory=list)
    attachment: Attachment | None = None


class NoSuchAddress(Exception):
    """What stands as the person's address cannot be one."""


class Withdrawn(Exception):
    """The letter would say what is no longer so; `reason` for the journal, without personal data."""

    def __init__(self, reason: str):
        self.reason = reason
        super().__init__(reason)


def language() -> str:
    """The language this letter is written in."""
    return str(get_locale())[:2]


def paragraph(text: str, **names: str) -> Markup:
    """Words with {places}, filled with names; {company|와/과} takes the particle that fits."""
    return Markup(fill(str(escape(text)), **{name: str(escape(value)) for name, value in names.items()}))


def line(text: str, **names: str) -> str:
    """The same as plain text."""
    return fill(text, **names)


def bold(text: str) -> Markup:
    """What the eye should find first."""
    return Markup("<b>{}</b>").format(text)


def to_whom(person: Person) -> str:
    """마루소프트 한지원 과장님께 · To 한지원 과장, 마루소프트."""
    return line(_("To {person}, {company}"), person=person.name_and_title, company=person.company.name)


def run_name(event_session: EventSession) -> str:
    """1차 · Run 1."""
    return line(_("Run {number}"), number=str(event_session.number))


def run_days(event_session: EventSession) -> str:
    """11월 9일 목요일 – 10일 금요일."""
    return dates.days_in_full(event_session.starts_on, event_session.ends_on, language=language())


def run_row(event_session: EventSession) -> tuple[str, str]:
    """A run in the table of when and where."""
    return run_name(event_session).replace(" ", NO_BREAK), run_days(event_session)


def place_row(event: Event, event_session: EventSession | None = None) -> tuple[str, str]:
    """The place in the same table: the run's own venue where it has one."""
    return _("Place"), place(event, event_session)


def place(event: Event, event_session: EventSession | None = None) -> str:
    """Where one arrives."""
    venue = said(event_session, "venue", language=language()) if event_session else ""
    return venue or said(event, "place", language=language())


def event_name(event: Event) -> str:
    """2017 파트너스 데이."""
    return said(event, "name", language=language())


def for_you_alone(person: Person, more: str = "") -> str:
    """The small words under the button; more: one more sentence."""
    alone = line(
        _("This link is for {person} alone. There is no account and no password."),
        person=person.name_and_title,
    )
    return f"{alone} {more}".strip()


def see_you(event: Event) -> str:
    """The last line before the name."""
    where = place(event)
    return line(_("See you at {place}."), place=where) if where else _("See you soon.")


def signature(event: Event, invitation: Invitation) -> tuple[str, str, str]:
    """Who signs, their team and phone, and whether an answer reaches them."""
    team = said(event, "team", language=language()) or said(event, "host", language=language())
    contact = invitation.company.host_contact
    if contact is None:
        name, role, number = event.sender_name or team, "", event.reply_phone
    else:
        name, role = contact.name, f"{team} {contact.title}".strip()
        number = contact.phone or event.reply_phone
    under = ", ".join(part for part in (role, phone.national(number) if number else "") if part)
    reads = _("If you reply to this letter, I read it myself.") if contact and contact.email else ""
    return name, under, reads


def organizers_words(text: str, **names: str) -> list[Markup]:
    """The Event's own paragraphs, one to a blank line; typed by people, so escaped and filled."""
    return [
        Markup("<br>").join(paragraph(row, **names) for row in part.split("\n"))
        for part in text.split("\n\n")
        if part.strip()
    ]
