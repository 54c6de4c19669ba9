"""A plan as the organizer sees it: every line with its person, and how even and mixed the runs become."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.db import db
from eventapp.formats import hangul
from eventapp.models.company import Company, Sector
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.plan import Plan, PlanLine
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE, RegistrationStatus
from eventapp.rules import plans, seats, splits


@dataclass(frozen=True)
class Row:
    """One line. has_changed: the wishes have, since the line was made; is_settled: they have a run, or left."""

    line: PlanLine
    registration: Registration
    invitation: Invitation
    person: Person
    runs: tuple[EventSession, ...]

    @property
    def is_settled(self) -> bool:
        """Nothing is left to decide here."""
        return self.registration.status != RegistrationStatus.UNDECIDED

    @property
    def has_changed(self) -> bool:
        """What was said is no longer what the proposal was made for."""
        return not self.is_settled and self.line.seen != splits.wishes(self.registration)


@dataclass(frozen=True)
class RunView:
    """One run: places held, proposed on top, and how many are on offer now."""

    run: EventSession
    held: int
    proposed: int
    on_offer: int

    @property
    def too_many(self) -> int:
        """People proposed for whom there is no place any more."""
        return max(0, self.proposed - self.on_offer)


@dataclass(frozen=True)
class FieldView:
    """One field: (held, proposed) in each run."""

    name_ko: str
    name_en: str
    counts: list[tuple[int, int]]


def rows(plan: Plan) -> list[Row]:
    """Every line, by company and in the order of naming."""
    found = db.session.execute(
        select(PlanLine, Registration, Invitation, Person)
        .join(Registration, PlanLine.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Company, Invitation.company_id == Company.id)
        .join(Attendee, (Attendee.registration_id == Registration.id) & Attendee.ended_at.is_(None))
        .join(Person, Attendee.person_id == Person.id)
        .options(joinedload(Registration.wished_session), joinedload(Invitation.company))
        .where(PlanLine.plan_id == plan.id)
    ).all()
    offered = splits.offered(plan.event)
    runs = {run.id: run for run in seats.runs(plan.event)}
    made = [
        Row(line, one, invitation, person, tuple(runs[key] for key in offered.get(invitation.id, ())))
        for line, one, invitation, person in found
    ]
    return sorted(made, key=lambda row: (hangul.sort_key(row.invitation.company.name), row.registration.id))


def unplanned(plan: Plan) -> int:
    """How many have left the run open since the plan was made."""
    known = {line.registration_id for line in plans.lines(plan)}
    return sum(one.id not in known for one in splits.undecided(plan.event))


def per_run(event: Event, found: list[Row]) -> list[RunView]:
    """The runs with their numbers, first to last."""
    proposed = Counter(row.line.event_session_id for row in found if not row.is_settled)
    return [
        RunView(run, seats.taken(run), proposed[run.id], seats.on_offer(run)) for run in seats.runs(event)
    ]


def per_field(event: Event, found: list[Row]) -> list[FieldView]:
    """Every field with people, in the order of the Korean names."""
    held: Counter[tuple[int, int]] = Counter()
    placed = (
        select(Company.sector_id, Registration.event_session_id)
        .join(Invitation, Invitation.company_id == Company.id)
        .join(Registration, Registration.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id, Registration.status.in_(HOLDS_PLACE))
    )
    held.update((field, run) for field, run in db.session.execute(placed))
    proposed = Counter(
        (row.invitation.company.sector_id, row.line.event_session_id) for row in found if not row.is_settled
    )
    runs = [run.id for run in seats.runs(event)]
    views = {
        sector.id: FieldView(
            sector.name_ko,
            sector.name_en,
            [(held[sector.id, run], proposed[sector.id, run]) for run in runs],
        )
        for sector in db.session.scalars(select(Sector))
    }
    shown = [one for one in views.values() if any(sum(pair) for pair in one.counts)]
    return sorted(shown, key=lambda one: hangul.sort_key(one.name_ko))
