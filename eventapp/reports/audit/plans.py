"""What must hold of plans that split people over the runs."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import String, cast, exists, func, or_, select

from eventapp.db import db
from eventapp.models.journal import JournalEntry
from eventapp.models.plan import Plan, PlanLine
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE, PlanStatus

CHANGES = ("moved", "promoted", "cancelled")


def an_event_has_one_draft_at_most() -> Iterator[str]:
    """Two drafts would promise one place twice."""
    rows = db.session.execute(
        select(Plan.event_id, func.count())
        .where(Plan.status == PlanStatus.DRAFT)
        .group_by(Plan.event_id)
        .having(func.count() > 1)
    )
    for event_id, drafts in rows:
        yield f"event {event_id}: {drafts} drafts of a plan"


def what_was_published_is_so() -> Iterator[str]:
    """Each line's person holds a place in its run, or somebody changed that later."""
    later = exists().where(
        JournalEntry.thing == Registration.__tablename__,
        JournalEntry.thing_id == cast(Registration.id, String),
        JournalEntry.action.in_(CHANGES),
        JournalEntry.at >= Plan.published_at,
    )
    rows = db.session.execute(
        select(PlanLine.plan_id, Registration.id)
        .join(Plan, PlanLine.plan_id == Plan.id)
        .join(Registration, PlanLine.registration_id == Registration.id)
        .where(
            Plan.status == PlanStatus.PUBLISHED,
            PlanLine.event_session_id.is_not(None),
            or_(
                Registration.status.not_in(HOLDS_PLACE),
                Registration.event_session_id.is_distinct_from(PlanLine.event_session_id),
            ),
            ~later,
        )
        .order_by(Registration.id)
    )
    for plan_id, registration_id in rows:
        yield f"registration {registration_id} is not where plan {plan_id} put it, and nobody moved it"


CHECKS = (an_event_has_one_draft_at_most, what_was_published_is_so)
