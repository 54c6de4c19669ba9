"""Letters that leave by themselves: when, to whom, once for each run; the postman carries them out in passing."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.clock import now, today
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.checkin import CheckIn
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation, InvitationChoice
from eventapp.models.letter_plan import LetterPlan, LetterRound, Planned
from eventapp.models.message import Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import LIVE, EventStatus, InvitationStatus, RegistrationStatus
from eventapp.rules import answers, journal, messages, own_parts, quiet_hours, seats

AT_FIRST = {
    Planned.INVITATION: (24, time(10)),
    Planned.NAMES_WANTED: (17, time(10)),
    Planned.PART_WANTED: (7, time(10)),
    Planned.SOON: (2, time(10)),
    Planned.THANKS: (1, time(10)),
}  # days and hour until an organizer says otherwise
GRACE = timedelta(days=1)  # later than this a letter would surprise: an organizer decides


class Stage(StrEnum):
    """Where one plan stands for one run."""

    OFF = "off"
    COMING = "coming"
    LEFT = "left"
    MISSED = "missed"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A plan as an organizer writes it."""

    is_on: bool
    days: int
    at: time
    words_ko: str = ""
    words_en: str = ""


def of(event: Event) -> list[LetterPlan]:
    """Every letter that can be planned, in the order of the year; what was never touched is off and not stored."""
    kept = {
        plan.purpose: plan
        for plan in db.session.scalars(select(LetterPlan).where(LetterPlan.event_id == event.id))
    }
    return [kept.get(purpose) or _at_first(event, purpose) for purpose in Planned]


def plan_of(event: Event, purpose: Planned) -> LetterPlan:
    """The plan of one letter."""
    return next(plan for plan in of(event) if plan.purpose == purpose)


def change(event: Event, purpose: Planned, *, draft: Draft) -> LetterPlan:
    """Switch it, move it, or write into it. What has left for a run stays as it was."""
    with db.writing():
        db.lock(event)
        plan = plan_of(event, purpose)
        for name in ("is_on", "days", "at", "words_ko", "words_en"):
            setattr(plan, name, getattr(draft, name))
        db.session.add(plan)
        db.session.flush()
        journal.record("letter planned", plan, event_id=event.id, is_on=plan.is_on, days=plan.days)
    return plan


def due_at(plan: LetterPlan, run: EventSession) -> datetime:
    """When it leaves for that run, in UTC, outside of the quiet hours."""
    local = datetime.combine(plan.day(run), plan.at, ZoneInfo(plan.event.time_zone))
    return quiet_hours.heeded(plan.event, local.astimezone(now().tzinfo))


def rounds(event: Event) -> dict[tuple[int, int], LetterRound]:
    """What has left, by plan and run."""
    left = select(LetterRound).join(LetterPlan).where(LetterPlan.event_id == event.id)
    return {(one.letter_plan_id, one.event_session_id): one for one in db.session.scalars(left)}


def stage(plan: LetterPlan, run: EventSession, *, left: LetterRound | None) -> Stage:
    """Where it stands now."""
    if left is not None:
        return Stage.LEFT
    if now() >= due_at(plan, run) + GRACE:
        return Stage.MISSED if plan.is_on else Stage.OFF
    return Stage.COMING if plan.is_on else Stage.OFF


def carry_out_due() -> int:
    """Queue every round whose time has come; returns how many letters. Harmless however often it is done."""
    on = (
        select(LetterPlan)
        .join(Event, LetterPlan.event_id == Event.id)
        .where(LetterPlan.is_on, Event.status.in_((EventStatus.OPEN, EventStatus.CLOSED)))
        .options(joinedload(LetterPlan.event))
    )
    count = 0
    for plan in db.session.scalars(on).all():
        left = rounds(plan.event)
        for run in seats.runs(plan.event):
            late = now() - due_at(plan, run)
            if (plan.id, run.id) not in left and timedelta() <= late < GRACE:
                with suppress(Stale):  # switched off in this very moment
                    count += carry_out(plan, run)
    return count


def carry_out(plan: LetterPlan, run: EventSession) -> int:
    """Let it leave for that run now, once; returns how many letters. Raises Stale where it is off."""
    with db.writing():
        db.lock(plan.event)
        plan = plan_of(plan.event, Planned(plan.purpose))
        if not plan.is_on:
            raise Stale()
        if (plan.id, run.id) in rounds(plan.event):
            return 0
        queued = [_queue(plan, run, reader=reader) for reader in readers(Planned(plan.purpose), run)]
        made = LetterRound(
            letter_plan_id=plan.id, event_session_id=run.id, left_at=now(), letters=sum(queued)
        )
        db.session.add(made)
        journal.record(
            "planned letters left", plan, event_id=plan.event_id, run=run.number, letters=sum(queued)
        )
    return made.letters


def readers(purpose: Planned, run: EventSession) -> list[Invitation | Attendee]:
    """Of whom such a letter would speak if it left for that run now."""
    if purpose == Planned.INVITATION:
        return _coordinators(run, _silent(run))
    if purpose == Planned.NAMES_WANTED:
        return _coordinators(run, _nameless())
    people: Iterable[Attendee] = db.session.scalars(_coming(run)).unique().all()
    if purpose == Planned.PART_WANTED:
        return [one for one in people if own_parts.left_for(one)]
    if purpose == Planned.THANKS:
        came = set(db.session.scalars(select(CheckIn.attendee_id).where(CheckIn.counted)))
        return [one for one in people if one.id in came]
    return list(people)


def _at_first(event: Event, purpose: Planned) -> LetterPlan:
    days, at = AT_FIRST[purpose]
    plan = LetterPlan(
        event_id=event.id, purpose=purpose, is_on=False, days=days, at=at, words_ko="", words_en=""
    )
    plan.event = event
    return plan


def _queue(plan: LetterPlan, run: EventSession, *, reader: Invitation | Attendee) -> bool:
    letter = messages.queue(
        Purpose(plan.purpose),
        _person(reader),
        event=plan.event,
        subject_id=reader.id,
        occasion=f"run {run.number}",
        by_day=True,
    )
    return letter is not None


def _person(reader: Invitation | Attendee) -> Person:
    return reader.coordinator if isinstance(reader, Invitation) else reader.person


def _coordinators(run: EventSession, wanted: Select[tuple[Invitation]]) -> list[Invitation]:
    """Each company counts from one run alone: the first that its people come to, else the first it may choose."""
    chosen = (
        select(func.min(EventSession.number))
        .join(Registration, Registration.event_session_id == EventSession.id)
        .where(Registration.invitation_id == Invitation.id, Registration.status.in_(LIVE))
        .scalar_subquery()
    )
    offered = (
        select(func.min(EventSession.number))
        .join(InvitationChoice, InvitationChoice.event_session_id == EventSession.id)
        .where(InvitationChoice.invitation_id == Invitation.id)
        .scalar_subquery()
    )
    here = wanted.where(
        Invitation.event_id == run.event_id, func.coalesce(chosen, offered) == run.number
    ).options(joinedload(Invitation.coordinator))
    found = db.session.scalars(here.order_by(Invitation.id))
    return [one for one in found if not answers.has_expired(one)]


def _silent(run: EventSession) -> Select[tuple[Invitation]]:
    """Who was written to and has not answered; not those who asked for time and still have it."""
    return select(Invitation).where(
        Invitation.status == InvitationStatus.SENT,
        or_(
            Invitation.kept_open_until.is_(None),
            Invitation.kept_open_until < today(run.event.time_zone),
        ),
    )


def _nameless() -> Select[tuple[Invitation]]:
    """Who said yes and has seats without a name."""
    used = (
        select(func.count(Registration.id))
        .where(Registration.invitation_id == Invitation.id, Registration.status.in_(LIVE))
        .scalar_subquery()
    )
    return select(Invitation).where(Invitation.status == InvitationStatus.ACCEPTED, used < Invitation.seats)


def _coming(run: EventSession) -> Select[tuple[Attendee]]:
    """Everybody with a place in that run."""
    return (
        select(Attendee)
        .join(Registration, Attendee.registration_id == Registration.id)
        .where(
            Registration.event_session_id == run.id,
            Registration.status == RegistrationStatus.REGISTERED,
            Attendee.ended_at.is_(None),
        )
        .options(joinedload(Attendee.person), joinedload(Attendee.registration))
        .order_by(Attendee.id)
    )
