"""A letter as an Alimtalk says it: a template that the provider knows, and the words for its gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import force_locale

from eventapp.formats import dates, phone
from eventapp.letters import words
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.models.states import RegistrationStatus
from eventapp.rules import seats

MOBILE = re.compile(r"\+8210\d{8}")


@dataclass(frozen=True)
class Note:
    """One Alimtalk: to whom (national digits), which letter it is for, and what stands in the template's gaps."""

    to: str
    purpose: str
    variables: dict[str, str]


def has_mobile(person: Person) -> bool:
    """Whether KakaoTalk can reach them: a Korean mobile number."""
    return MOBILE.fullmatch(person.phone) is not None


def is_plain(row: Invitation | Attendee) -> bool:
    """Whether a template can say it: who chooses, waits or needs a yes first reads a letter of its own words."""
    return isinstance(row, Invitation) or row.registration.status == RegistrationStatus.REGISTERED


def note_for(message: Message, row: Invitation | Attendee, url: str) -> Note:
    """The note that stands for a letter, in the person's language; the person has_mobile."""
    person, event = message.person, message.event
    with force_locale(person.language):
        runs = _runs(row)
        return Note(
            to=phone.national(person.phone).replace("-", ""),
            purpose=message.purpose,
            variables={
                "#{이름}": person.name_and_title,
                "#{회사}": person.company.name,
                "#{행사}": words.event_name(event),
                "#{날짜}": ", ".join(
                    dates.date_range(run.starts_on, run.ends_on, language=words.language()) for run in runs
                ),
                "#{장소}": words.place(event, runs[0] if len(runs) == 1 else None),
                "#{링크}": url,
            },
        )


def _runs(row: Invitation | Attendee) -> list[EventSession]:
    if isinstance(row, Invitation):
        return seats.choices(row)
    chosen = row.registration.event_session
    return [chosen] if chosen else seats.choices(row.registration.invitation)
