"""Splits: what the solver is asked about an Event; who seeks a run, what was said, what is free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select

from eventapp.db import db
from eventapp.formats.split import Seeker, Task
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation, InvitationChoice
from eventapp.models.registration import Registration, Wish
from eventapp.models.states import HOLDS_PLACE, InvitationStatus, RegistrationStatus
from eventapp.rules import seats


def undecided(event: Event) -> list[Registration]:
    """Everybody whose run is still open, in the order of naming."""
    return list(
        db.session.scalars(
            select(Registration)
            .join(Invitation, Registration.invitation_id == Invitation.id)
            .where(
                Invitation.event_id == event.id,
                Invitation.status == InvitationStatus.ACCEPTED,
                Registration.status == RegistrationStatus.UNDECIDED,
            )
            .order_by(Registration.id)
        )
    )


def wishes(registration: Registration) -> str:
    """All that was said about this person's run, to see later whether it has changed."""
    invitation = registration.invitation
    company = "together" if invitation.comes_together else "apart" if invitation.one_stays_on_duty else ""
    return f"{registration.wish}/{registration.wished_session_id or ''}/{company}"


def offered(event: Event) -> dict[int, tuple[int, ...]]:
    """The runs each invitation may choose."""
    found: dict[int, tuple[int, ...]] = {}
    rows = db.session.execute(
        select(InvitationChoice.invitation_id, InvitationChoice.event_session_id)
        .join(Invitation, InvitationChoice.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id)
        .order_by(InvitationChoice.event_session_id)
    )
    for invitation_id, run_id in rows:
        found[invitation_id] = (*found.get(invitation_id, ()), run_id)
    return found


def task(event: Event, hands: Mapping[int, int | None]) -> Task:
    """What to split. hands: runs set by hand, by registration; these take their places first.

    Who waits in a queue is not passed: a run that is waited for has nothing on offer.
    """
    seeking = undecided(event)
    placed = _placed(event)
    placed += [(run, *_of(one)) for one in seeking if (run := hands.get(one.id)) is not None]
    given = Counter(hands.values())
    may_choose = offered(event)
    companies = {one.invitation.company_id: one.invitation for one in seeking}
    return Task(
        free={run.id: max(0, seats.on_offer(run) - given[run.id]) for run in seats.runs(event)},
        seekers=tuple(
            _seeker(one, may_choose.get(one.invitation_id, ()))
            for one in seeking
            if one.id not in hands and one.wish != Wish.LATER
        ),
        held_by_company=Counter((company, run) for run, company, _field in placed),
        held_by_field=Counter((field, run) for run, _company, field in placed),
        held=Counter(run for run, _company, _field in placed),
        together=frozenset(key for key, one in companies.items() if one.comes_together),
        apart=frozenset(key for key, one in companies.items() if one.one_stays_on_duty),
    )


def _seeker(registration: Registration, offered: tuple[int, ...]) -> Seeker:
    company, field = _of(registration)
    wish = registration.wished_session_id if registration.wished_session_id in offered else None
    return Seeker(registration.id, company, field, offered, wish)


def _of(registration: Registration) -> tuple[int, int]:
    company = registration.invitation.company
    return company.id, company.sector_id


def _placed(event: Event) -> list[tuple[int, int, int]]:
    """(run, company, field) of everybody who holds a place."""
    return [
        tuple(row)
        for row in db.session.execute(
            select(Registration.event_session_id, Company.id, Company.sector_id)
            .join(Invitation, Registration.invitation_id == Invitation.id)
            .join(Company, Invitation.company_id == Company.id)
            .where(Invitation.event_id == event.id, Registration.status.in_(HOLDS_PLACE))
        )
    ]
