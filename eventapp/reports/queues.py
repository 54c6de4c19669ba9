"""Queues: everybody who waits, for a run or for an item of the programme, in the order in which they come in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select

from eventapp.db import db
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.models.waitlist import Party, PartyMember
from eventapp.rules import item_places, seats


@dataclass(frozen=True)
class Waiting:
    """One who waits; keeps: the number of the run in which they hold a place meanwhile."""

    name: str
    keeps: int | None


@dataclass(frozen=True)
class PartyLine:
    """One party of a run's queue; place from 1."""

    place: int
    invitation_id: int
    company: str
    people: list[Waiting]
    together: bool
    since: datetime


@dataclass(frozen=True)
class RunQueue:
    """A run's queue; free: its places that nobody took because the first party needs more at once."""

    run: EventSession
    free: int
    parties: list[PartyLine]


@dataclass(frozen=True)
class ItemQueue:
    """Who waits for an item: (invitation id, company, name, since), first come first."""

    item: AgendaItem
    taken: int
    people: list[tuple[int, str, str, datetime]]


def of_runs(event: Event, *, company_ids: Collection[int] | None = None) -> list[RunQueue]:
    """Each run for which somebody waits; company_ids: only these parties, at their place among all."""
    waiting, found = _parties(event), []
    for run in seats.runs(event):
        lines = [
            _line(place, rows)
            for place, rows in enumerate(waiting.get(run.id, []), 1)
            if company_ids is None or rows[0].company_id in company_ids
        ]
        if lines:
            found.append(RunQueue(run, seats.free(run), lines))
    return found


def of_items(event: Event, *, company_ids: Collection[int] | None = None) -> list[ItemQueue]:
    """Each item of the programme for which somebody waits, in the order of the days."""
    rows = db.session.execute(
        select(AgendaItem, Invitation.id, Company.id, Company.name, Person.name, SignUp.queued_at)
        .join(SignUp, SignUp.agenda_item_id == AgendaItem.id)
        .join(Registration, Registration.id == SignUp.registration_id)
        .join(Attendee, (Attendee.registration_id == Registration.id) & Attendee.ended_at.is_(None))
        .join(Person, Person.id == Attendee.person_id)
        .join(Invitation, Invitation.id == Registration.invitation_id)
        .join(Company, Company.id == Invitation.company_id)
        .where(
            Invitation.event_id == event.id,
            SignUp.queued_at.is_not(None),
            AgendaItem.removed_at.is_(None),
            AgendaItem.event_session_id == Registration.event_session_id,
            Registration.status.in_(HOLDS_PLACE),
        )
        .order_by(AgendaItem.starts_at, AgendaItem.group_number, AgendaItem.id, SignUp.queued_at, SignUp.id)
    ).all()
    found = []
    for item, group in groupby(rows, key=lambda row: row[0]):
        people = [
            (invitation_id, company, name, since)
            for _item, invitation_id, company_id, company, name, since in group
            if company_ids is None or company_id in company_ids
        ]
        if people:
            found.append(ItemQueue(item, item_places.taken(item), people))
    return found


def _parties(event: Event) -> dict[int, list[list[Row[Any]]]]:
    """The parties of each run in order, each as the rows of its people."""
    rows = db.session.execute(
        select(
            Party,
            Company.id.label("company_id"),
            Company.name.label("company"),
            Person.name.label("name"),
            Registration.status,
            EventSession.number,
        )
        .join(Invitation, Invitation.id == Party.invitation_id)
        .join(Company, Company.id == Invitation.company_id)
        .join(PartyMember, PartyMember.party_id == Party.id)
        .join(Registration, Registration.id == PartyMember.registration_id)
        .join(Attendee, (Attendee.registration_id == Registration.id) & Attendee.ended_at.is_(None))
        .join(Person, Person.id == Attendee.person_id)
        .outerjoin(EventSession, EventSession.id == Registration.event_session_id)
        .where(Invitation.event_id == event.id)
        .order_by(Party.event_session_id, Party.joined_at, Party.id, Registration.id)
    ).all()
    waiting: dict[int, list[list[Row[Any]]]] = {}
    for party, group in groupby(rows, key=lambda row: row.Party):
        waiting.setdefault(party.event_session_id, []).append(list(group))
    return waiting


def _line(place: int, rows: list[Row[Any]]) -> PartyLine:
    party = rows[0].Party
    people = [Waiting(row.name, row.number if row.status in HOLDS_PLACE else None) for row in rows]
    return PartyLine(place, party.invitation_id, rows[0].company, people, party.together, party.joined_at)
