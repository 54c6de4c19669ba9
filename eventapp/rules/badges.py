"""Badges: one valid code an Attendee; a revoked code stays known for ever."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm.interfaces import ORMOption

from eventapp.clock import now
from eventapp.db import db
from eventapp.formats import codes
from eventapp.models.badge import Badge, Because
from eventapp.models.registration import Attendee
from eventapp.rules import journal


def issue(attendee: Attendee) -> Badge:
    """A new badge in the caller's transaction; the one before, if any, is revoked as replaced."""
    db.session.flush()
    before = valid(attendee)
    if before is not None:
        revoke(before, because=Because.REPLACED)
        db.session.flush()
    badge = Badge(attendee_id=attendee.id, code=codes.new_code(), issued_at=now())
    db.session.add(badge)
    return badge


def revoke(badge: Badge, *, because: Because) -> None:
    """End a badge; harmless when it has ended already."""
    if badge.revoked_at is None:
        badge.revoked_at = now()
        badge.revoked_because = because
        journal.record("badge revoked", badge)


def valid(attendee: Attendee) -> Badge | None:
    """The attendee's valid badge."""
    return db.session.scalar(
        select(Badge).where(Badge.attendee_id == attendee.id, Badge.revoked_at.is_(None))
    )


def last(attendee: Attendee) -> Badge | None:
    """The attendee's newest badge, valid or not."""
    return db.session.scalar(
        select(Badge).where(Badge.attendee_id == attendee.id).order_by(Badge.id.desc()).limit(1)
    )


def by_code(code: str, *loading: ORMOption) -> Badge | None:
    """The badge with that normalised code; loading: what is read with it."""
    return db.session.scalar(select(Badge).options(*loading).where(Badge.code == code))
