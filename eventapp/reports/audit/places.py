"""What must hold of seats and places."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE, LIVE, InvitationStatus


def no_run_is_overbooked() -> Iterator[str]:
    """pending + registered <= capacity."""
    held = (
        select(Registration.event_session_id, func.count().label("held"))
        .where(Registration.status.in_(HOLDS_PLACE))
        .group_by(Registration.event_session_id)
        .subquery()
    )
    rows = db.session.execute(
        select(EventSession, held.c.held)
        .join(held, held.c.event_session_id == EventSession.id)
        .where(held.c.held > EventSession.capacity)
    )
    for run, taken in rows:
        yield f"run {run.number} (id {run.id}): {taken} places held, capacity {run.capacity}"


def no_invitation_holds_more_than_its_seats() -> Iterator[str]:
    """Live Registrations <= seats; none where the company said no or was taken back."""
    held = (
        select(Registration.invitation_id, func.count().label("held"))
        .where(Registration.status.in_(LIVE))
        .group_by(Registration.invitation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Invitation, held.c.held).join(held, held.c.invitation_id == Invitation.id)
    )
    for invitation, live in rows:
        if live > invitation.seats:
            yield f"invitation {invitation.id}: {live} live registrations, {invitation.seats} seats"
        if invitation.status in (InvitationStatus.DECLINED, InvitationStatus.REVOKED):
            yield f"invitation {invitation.id} is {invitation.status}, yet holds {live} registrations"


CHECKS = (
    no_run_is_overbooked,
    no_invitation_holds_more_than_its_seats,
)
