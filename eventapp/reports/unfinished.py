"""Who has not finished their own part and what is missing: by company, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.clock import today
from eventapp.db import db
from eventapp.formats import hangul
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import LIVE, InvitationStatus
from eventapp.reports import open_consents, open_questions
from eventapp.rules import own_parts, reminders
from eventapp.rules.own_parts import Gap


@dataclass(frozen=True)
class Row:
    """One person with something left to do. letter: the last one to them; rests: not again today."""

    invitation: Invitation
    registration: Registration
    person: Person
    run: int | None
    needed: list[Gap]
    welcome: list[Gap]
    questions_left: int
    consents_left: int
    letter: Message | None
    rests: bool

    @property
    def registration_id(self) -> int:
        """Of whose place."""
        return self.registration.id

    @property
    def gaps(self) -> list[Gap]:
        """All that is missing."""
        return self.needed + self.welcome

    @property
    def can_be_reminded(self) -> bool:
        """Whether a letter can go there today."""
        return bool(self.person.email) and not self.rests


def of(event: Event, *, company_ids: Collection[int] | None = None) -> list[Row]:
    """Everybody of a run that is not over yet, by company and in the order of naming; company_ids: only these."""
    wanted = (
        select(Attendee, EventSession.number)
        .join(Attendee.registration)
        .join(Registration.invitation)
        .join(Attendee.person)
        .join(Invitation.company)
        .outerjoin(EventSession, Registration.event_session_id == EventSession.id)
        .options(
            contains_eager(Attendee.person),
            contains_eager(Attendee.registration)
            .contains_eager(Registration.invitation)
            .options(
                joinedload(Invitation.coordinator),
                joinedload(Invitation.event),
                contains_eager(Invitation.company).joinedload(Company.host_contact),
            ),
        )
        .where(
            Invitation.event_id == event.id,
            Invitation.status == InvitationStatus.ACCEPTED,
            Registration.status.in_(LIVE),
            Attendee.ended_at.is_(None),
            or_(EventSession.id.is_(None), EventSession.ends_on >= today(event.time_zone)),
        )
    )
    if company_ids is not None:
        wanted = wanted.where(Company.id.in_(company_ids))
    left, unagreed = open_questions.of(event), open_consents.of(event)
    letters = reminders.last_letters(event)
    rows = [
        _row(one, run, left=(left.get(one.id, 0), unagreed.get(one.id, 0)), letter=letters.get(one.id))
        for one, run in db.session.execute(wanted)
    ]
    return sorted(filter(lambda row: row.needed, rows), key=_order)


def fitting(rows: Collection[Row], *, run: str, missing: str) -> list[Row]:
    """Those of that run with that gap; '' for any."""
    return [row for row in rows if run in ("", str(row.run)) and (not missing or missing in row.gaps)]


def _row(attendee: Attendee, run: int | None, *, left: tuple[int, int], letter: Message | None) -> Row:
    """left: questions, then consents."""
    registration, (questions, unagreed) = attendee.registration, left
    return Row(
        invitation=registration.invitation,
        registration=registration,
        person=attendee.person,
        run=run,
        needed=own_parts.needed(attendee, questions_left=questions, consents_left=unagreed),
        welcome=own_parts.welcome(attendee),
        questions_left=questions,
        consents_left=unagreed,
        letter=letter,
        rests=reminders.rests(letter, registration.invitation.event),
    )


def _order(row: Row) -> tuple[object, ...]:
    return (hangul.sort_key(row.invitation.company.name), row.invitation.id, row.registration_id)
