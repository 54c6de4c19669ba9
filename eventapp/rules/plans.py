"""Plans: who left the run to the host gets one proposed, corrected by hand, and published in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import InvitationClosed, RuleBroken, SessionFull, Stale
from eventapp.formats import split
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.message import Purpose
from eventapp.models.plan import Plan, PlanLine, Why
from eventapp.models.registration import Wish
from eventapp.models.states import PlanStatus, RegistrationStatus, move
from eventapp.rules import answers, attendees, confirmations, journal, messages, rosters, seats, splits


class NobodySeeks(RuleBroken):
    """There is nobody to propose a run to."""

    code = "nobody-seeks"
    sentence = _l("Nobody has left the run to us, so there is nothing to propose.")


class NoSplit(RuleBroken):
    """The solver gave no answer in its time."""

    code = "no-split"
    sentence = _l("No proposal was found in time. Please set some people by hand and try once more.")


class WishesChanged(RuleBroken):
    """Somebody said something else since the proposal was made."""

    code = "wishes-changed"
    sentence = _l(
        "Since this proposal the wish has changed of: %(names)s. Please propose again, or set by hand."
    )


class DoesNotFit(RuleBroken):
    """Places have gone since; nothing was published."""

    code = "does-not-fit"
    sentence = _l("There is no place any more for: %(names)s. Nothing was published; please propose again.")


def draft(event: Event) -> Plan | None:
    """The one plan that is not published yet."""
    return db.session.scalar(select(Plan).where(Plan.event_id == event.id, Plan.status == PlanStatus.DRAFT))


def last_published(event: Event) -> Plan | None:
    """The newest that was published."""
    return db.session.scalar(
        select(Plan)
        .where(Plan.event_id == event.id, Plan.status == PlanStatus.PUBLISHED)
        .order_by(Plan.id.desc())
        .limit(1)
    )


def lines(plan: Plan) -> list[PlanLine]:
    """Everybody in the plan, in the order of naming."""
    return list(
        db.session.scalars(
            select(PlanLine).where(PlanLine.plan_id == plan.id).order_by(PlanLine.registration_id)
        )
    )


def propose(event: Event) -> Plan:
    """Make or renew the draft; what was set by hand stays. Raises NobodySeeks, NoSplit, Stale.

    The solver thinks while nothing is locked; where something changed meanwhile, Stale.
    """
    hands = _by_hand(event)
    task = splits.task(event, hands)
    if not (task.seekers or hands):
        raise NobodySeeks()
    try:
        chosen = split.best(task)
    except split.NoAnswer as problem:
        raise NoSplit() from problem
    with db.writing():
        db.lock(event)
        db.lock_all(seats.runs(event))
        if _by_hand(event) != hands or splits.task(event, hands) != task:
            raise Stale()
        plan = draft(event) or Plan(event_id=event.id, status=PlanStatus.DRAFT, made_at=now())
        plan.made_at = now()
        db.session.add(plan)
        db.session.flush()
        db.session.execute(delete(PlanLine).where(PlanLine.plan_id == plan.id))
        _write(plan, task, chosen=chosen, hands=hands)
        journal.record("plan proposed", plan, people=len(task.seekers), by_hand=len(hands))
    return plan


def set_by_hand(plan: Plan, runs: Mapping[int, EventSession | None]) -> None:
    """Give these registrations (by id) another run of the plan, or none. Raises Stale, RunNotOffered."""
    with db.writing():
        db.lock(plan.event)
        _require_draft(plan)
        for line in lines(plan):
            if line.registration_id not in runs:
                continue
            run = runs[line.registration_id]
            if run is not None and run not in seats.choices(line.registration.invitation):
                raise seats.RunNotOffered()
            line.event_session_id = run.id if run else None
            line.by_hand, line.why, line.facts = True, Why.BY_HAND, None
            line.seen = splits.wishes(line.registration)
        journal.record("plan changed", plan, people=len(runs))


def let_go(plan: Plan, registration_ids: set[int]) -> None:
    """Leave these to the next proposal again. Raises Stale."""
    with db.writing():
        db.lock(plan.event)
        _require_draft(plan)
        for line in lines(plan):
            if line.registration_id in registration_ids:
                line.by_hand = False
        journal.record("plan changed", plan, people=len(registration_ids))


def publish(plan: Plan) -> int:
    """Everybody's place and one letter each, all or nothing; returns how many.

    Who chose for themselves since, or comes no more, leaves the plan.
    Raises WishesChanged, DoesNotFit, NobodySeeks, InvitationClosed, Stale.
    """
    with db.writing():
        event = db.lock(plan.event)
        runs = db.lock_all(seats.runs(event))
        _require_draft(plan)
        if not event.is_open:
            raise InvitationClosed()
        placing = _still_seeking(plan)
        if not placing:
            raise NobodySeeks()
        _refuse([one for one in placing if one.seen != splits.wishes(one.registration)], WishesChanged)
        _refuse([one for one in placing if not _taken(one)], DoesNotFit)
        for line in placing:
            _tell(line, runs)
        for invitation in {line.registration.invitation for line in placing}:
            confirmations.to_coordinator(invitation)
        move(plan, PlanStatus.PUBLISHED)
        plan.published_at = now()
        journal.record("plan published", plan, people=len(placing))
    return len(placing)


def _still_seeking(plan: Plan) -> list[PlanLine]:
    """The lines to be carried out, their invitations and registrations locked; others that named a run go."""
    named = [line for line in lines(plan) if line.event_session_id is not None]
    db.lock_all(list({line.registration.invitation for line in named}))
    db.lock_all([line.registration for line in named])
    seeking = [line for line in named if line.registration.status == RegistrationStatus.UNDECIDED]
    for line in named:
        if line not in seeking:
            db.session.delete(line)
    return seeking


def _taken(line: PlanLine) -> bool:
    answers.require_standing(line.registration.invitation)
    try:
        seats.take(line.registration, line.event_session, approved=True)
    except (SessionFull, seats.RunNotOffered):
        return False
    return True


def _tell(line: PlanLine, runs: list[EventSession]) -> None:
    """The door's list, the journal, the person's one letter."""
    registration = line.registration
    event = registration.invitation.event
    attendee = attendees.require(registration)
    rosters.mark(runs, attendee)
    journal.record("placed", registration, event_id=event.id, run=line.event_session.number)
    messages.queue(
        Purpose.PLACED,
        attendee.person,
        event=event,
        subject_id=attendee.id,
        occasion=messages.next_occasion(Purpose.PLACED, attendee.id),
    )


def _refuse(found: list[PlanLine], refusal: type[RuleBroken]) -> None:
    if found:
        people = [attendees.require(line.registration).person for line in found]
        raise refusal(names=", ".join(f"{one.company.name} {one.name_and_title}" for one in people))


def _by_hand(event: Event) -> dict[int, int | None]:
    """Registration to run, for those set by hand that are still open."""
    plan = draft(event)
    return {
        line.registration_id: line.event_session_id
        for line in (lines(plan) if plan else [])
        if line.by_hand and line.registration.status == RegistrationStatus.UNDECIDED
    }


def _require_draft(plan: Plan) -> None:
    db.lock(plan)
    if plan.status != PlanStatus.DRAFT:
        raise Stale()


def _write(
    plan: Plan, task: split.Task, *, chosen: Mapping[int, int | None], hands: Mapping[int, int | None]
) -> None:
    seekers, runs = {one.key: one for one in task.seekers}, seats.runs(plan.event)
    for registration in splits.undecided(plan.event):
        key, why, facts = registration.id, Why.LATER, None
        if key in hands:
            why = Why.BY_HAND
        elif key in seekers:
            why = Why(split.reason(task, chosen, of=seekers[key]))
            if why == Why.EITHER and registration.wish == Wish.UNSAID:
                why = Why.UNSAID
            wished: Any = registration.wished_session
            if wished is None and why == Why.FULL:
                wished = next(one for one in runs if one.id != chosen[key])
            facts = {"wished": wished.number} if wished else None
        db.session.add(
            PlanLine(
                plan_id=plan.id,
                registration_id=key,
                event_session_id=hands.get(key, chosen.get(key)),
                by_hand=key in hands,
                why=why,
                facts=facts,
                seen=splits.wishes(registration),
            )
        )
    db.session.flush()
