"""Who sleeps, rides and eats in one run, as the hotel, the bus and the kitchen need it; and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from eventapp.db import db
from eventapp.formats import dates, hangul
from eventapp.models.company import Company
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.printout import Kind, Printout, PrintoutLine
from eventapp.models.programme import Kind as ItemKind
from eventapp.models.programme import Published
from eventapp.models.question import Question
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.reports import open_questions
from eventapp.rules import publications, questions

Told = dict[str, Any]  # of one person, free of language: days and moments as ISO text


@dataclass(frozen=True)
class Line:
    """One person on a list. told: what the list says of them, None where it was erased."""

    registration_id: int
    person_id: int
    told: Told | None


@dataclass(frozen=True)
class Change:
    """What differs in one line: it came, it went, or it says something else."""

    before: Line | None
    after: Line | None

    @property
    def what(self) -> str:
        """added, gone or changed."""
        if self.before is None:
            return "added"
        return "gone" if self.after is None else "changed"


def of(run: EventSession, kind: Kind) -> list[Line]:
    """The list as it is now, by company and name."""
    people = _people(run)
    meals = meals_of(run) if kind == Kind.MEALS else []
    answers = _answers(run, kind)
    found = []
    for attendee in people:
        said = {
            Kind.HOTEL: lambda one=attendee: _sleeps(one, run),
            Kind.SHUTTLE: lambda one=attendee: _rides(one),
            Kind.MEALS: lambda one=attendee: _eats(one, meals),
        }[kind]()
        if said is not None:
            found.append(
                Line(
                    attendee.registration_id,
                    attendee.person_id,
                    _named(attendee) | answers.get(attendee.id, {}) | said,
                )
            )
    return found


def asked(run: EventSession, kind: Kind) -> list[Question]:
    """The organizer's own questions whose answers stand on this list."""
    return [one for one in questions.of(run.event, archived=True) if one.told_to == kind]


def unsaid(run: EventSession, kind: Kind) -> list[str]:
    """The names of those who have not said what this list asks about, so that it can be asked."""
    silent = {
        Kind.HOTEL: lambda one: False,
        Kind.SHUTTLE: _has_no_journey,
        Kind.MEALS: lambda one: one.confirmed_at is None,
    }[kind]
    return [one.person.name_and_title for one in _people(run) if silent(one)]


def meals_of(run: EventSession) -> list[Published]:
    """The meals of the run's published agenda."""
    return [item for item in publications.items_for(run) if item.kind == ItemKind.MEAL]


def printed(printout: Printout) -> list[Line]:
    """The list as it left the desk, in the same order."""
    rows = db.session.scalars(select(PrintoutLine).where(PrintoutLine.printout_id == printout.id))
    return sorted((Line(row.registration_id, row.person_id, row.told) for row in rows), key=_order)


def changes(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    """Each line that differs, once: those that came, those that went, those that say something else."""
    old, new = ({line.registration_id: line for line in lines} for lines in (before, after))
    came = [Change(None, line) for key, line in new.items() if key not in old]
    went = [Change(line, None) for key, line in old.items() if key not in new]
    other = [Change(old[key], line) for key, line in new.items() if key in old and old[key].told != line.told]
    return [*came, *went, *other]


def _people(run: EventSession) -> list[Attendee]:
    found = db.session.scalars(
        select(Attendee)
        .join(Attendee.registration)
        .join(Registration.invitation)
        .join(Invitation.company)
        .join(Attendee.person)
        .options(
            contains_eager(Attendee.person),
            contains_eager(Attendee.registration)
            .contains_eager(Registration.invitation)
            .contains_eager(Invitation.company),
        )
        .where(
            Registration.event_session_id == run.id,
            Registration.status.in_(HOLDS_PLACE),
            Attendee.ended_at.is_(None),
        )
    )
    return sorted(found, key=_by_company)


def _answers(run: EventSession, kind: Kind) -> dict[int, Told]:
    """What each says to the questions of this list, by the attendee's id: to those alone that they are asked."""
    columns = open_questions.columns(run.event)
    about = {one.id for one in columns.asked if one.told_to == kind}
    own = {
        attendee_id: {str(id): value for id, value in said.items() if id in about}
        for attendee_id, said in columns.said.items()
    }
    return {attendee_id: {"answers": said} for attendee_id, said in own.items() if said}


def _by_company(attendee: Attendee) -> tuple[Any, ...]:
    company: Company = attendee.registration.invitation.company
    return (hangul.sort_key(company.name), hangul.sort_key(attendee.person.name), attendee.registration_id)


def _order(line: Line) -> tuple[Any, ...]:
    told = line.told or {}
    company, name = told.get("company", ""), told.get("name", "")
    return (line.told is None, hangul.sort_key(company), hangul.sort_key(name), line.registration_id)


def _named(attendee: Attendee) -> Told:
    person: Person = attendee.person
    return {
        "name": person.name,
        "title": person.title,
        "company": attendee.registration.invitation.company.name,
    }


def _sleeps(attendee: Attendee, run: EventSession) -> Told | None:
    """From the day of arrival to the day of leaving; the run's own days where nothing is said. None: no night."""
    zone = run.event.time_zone
    first = _day(attendee.arrives_at, zone) or run.starts_on
    last = _day(attendee.departs_at, zone) or run.ends_on
    if last <= first:
        return None
    registration = attendee.registration
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "room": registration.room,
        "room_with": registration.room_with,
    }


def _rides(attendee: Attendee) -> Told | None:
    """The legs on which somebody takes the bus; what concerns the other leg is nobody's business."""
    registration = attendee.registration
    if not (registration.shuttle_in or registration.shuttle_out):
        return None
    legs = {
        "in": (registration.shuttle_in, attendee.arrives_at, attendee.flight_in),
        "out": (registration.shuttle_out, attendee.departs_at, attendee.flight_out),
    }
    told: Told = {}
    for leg, (rides, moment, flight) in legs.items():
        told[leg] = rides
        told[f"{leg}_at"] = moment.astimezone(UTC).isoformat() if rides and moment else ""
        told[f"{leg}_flight"] = flight if rides else ""
    return told


def _eats(attendee: Attendee, meals: Sequence[Published]) -> Told:
    """Diet, and the meals for which somebody comes too late or leaves too early."""
    comes, goes = attendee.arrives_at, attendee.departs_at
    missed = [
        meal.uid for meal in meals if (comes and comes >= meal.ends_at) or (goes and goes <= meal.starts_at)
    ]
    return {"diet": attendee.diet, "allergy": attendee.allergy, "missed": missed}


def _has_no_journey(attendee: Attendee) -> bool:
    registration = attendee.registration
    said = (attendee.arrives_at, attendee.departs_at, attendee.flight_in, attendee.flight_out)
    return not (any(said) or registration.shuttle_in or registration.shuttle_out)


def _day(moment: datetime | None, zone: str) -> date | None:
    return dates.local(moment, zone).date() if moment else None
