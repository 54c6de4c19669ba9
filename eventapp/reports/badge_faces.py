"""What stands on the badges of an Event's runs, ready to be printed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from eventapp.db import db
from eventapp.formats import dates, hangul
from eventapp.formats.badge_sheet import BadgeFace
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.badge import Badge
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.person import Person
from eventapp.models.programme import Kind
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import RegistrationStatus
from eventapp.models.wording import said


@dataclass(frozen=True)
class Printable:
    """One badge: whose, and what stands on it."""

    attendee_id: int
    company_id: int
    run: int
    face: BadgeFace


def of(
    event: Event,
    *,
    link: Callable[[str], str],
    runs: Collection[int] = (),
    company_ids: Collection[int] | None = None,
) -> list[Printable]:
    """The valid badges of everybody who has a place, by run, company and name.

    link: what a badge's QR holds, from its code. runs: numbers, none for all; company_ids: only these.
    """
    wanted = _wanted(event, runs, company_ids=company_ids)
    groups = _tour_groups(event)
    found = [
        Printable(
            attendee.id,
            company.id,
            run.number,
            _face(
                event, person, company=company, run=run, code=code, link=link, group=groups.get(attendee.id)
            ),
        )
        for attendee, person, company, run, code in db.session.execute(wanted)
    ]
    return sorted(
        found,
        key=lambda one: (one.run, hangul.sort_key(one.face.company), hangul.sort_key(one.face.name)),
    )


def printings(event: Event, attendee_id: int) -> list[JournalEntry]:
    """When this one's badge went to paper before, newest first, as the journal knows it."""
    entries = db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.event_id == event.id, JournalEntry.action == "badges printed")
        .order_by(JournalEntry.id.desc())
    )
    return [one for one in entries if attendee_id in (one.detail or {}).get("attendee_ids", [])]


def _wanted(event: Event, runs: Collection[int], *, company_ids: Collection[int] | None) -> Select[Any]:
    wanted = (
        select(Attendee, Person, Company, EventSession, Badge.code)
        .join(Badge, (Badge.attendee_id == Attendee.id) & Badge.revoked_at.is_(None))
        .join(Person, Attendee.person_id == Person.id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Company, Invitation.company_id == Company.id)
        .join(EventSession, Registration.event_session_id == EventSession.id)
        .where(
            Invitation.event_id == event.id,
            Registration.status == RegistrationStatus.REGISTERED,
            Attendee.ended_at.is_(None),
        )
    )
    if runs:
        wanted = wanted.where(EventSession.number.in_(runs))
    if company_ids is not None:
        wanted = wanted.where(Company.id.in_(company_ids))
    return wanted


def _face(
    event: Event,
    person: Person,
    *,
    company: Company,
    run: EventSession,
    code: str,
    link: Callable[[str], str],
    group: int | None,
) -> BadgeFace:
    english = person.language == "en"
    number = f"Run {run.number}" if english else f"{run.number}차"
    return BadgeFace(
        name=person.name,
        title=person.title,
        company=company.name,
        event=said(event, "name", language=person.language),
        run=f"{number}  {dates.big_range(run.starts_on, run.ends_on)}",
        code=code,
        link=link(code),
        group=(f"Group {group}" if english else f"{group}조") if group else "",
        group_note=("tour" if english else "투어") if group else "",
    )


def _tour_groups(event: Event) -> dict[int, int]:
    """The tour group of each attendee who has one."""
    rows = db.session.execute(
        select(Attendee.id, AgendaItem.group_number)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(SignUp, SignUp.registration_id == Registration.id)
        .join(AgendaItem, SignUp.agenda_item_id == AgendaItem.id)
        .join(EventSession, AgendaItem.event_session_id == EventSession.id)
        .where(
            EventSession.event_id == event.id,
            SignUp.queued_at.is_(None),
            AgendaItem.kind == Kind.TOUR,
            AgendaItem.group_number.is_not(None),
            AgendaItem.removed_at.is_(None),
            Attendee.ended_at.is_(None),
        )
    )
    return dict(rows.all())
