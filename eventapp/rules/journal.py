"""The journal: one line for each thing done or looked at, sealed into a chain afterwards."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.journal import JournalEntry

_actor: ContextVar[str] = ContextVar("actor", default="nobody")


def acting_as(actor: str) -> None:
    """Name who acts from here on in this request or command: 'coordinator 7', 'staff 2', 'postman'."""
    _actor.set(actor)


def actor() -> str:
    """Who acts now."""
    return _actor.get()


def record(
    action: str, row: Any, *, event_id: int | None = None, by: str | None = None, **detail: Any
) -> None:
    """Write a line in the caller's transaction. Only `detail` may hold personal values.

    by: who acts, where it is not whoever made the request (the waitlist promotes by itself).
    """
    db.session.flush()
    salt = secrets.token_hex(16) if detail else ""
    db.session.add(
        JournalEntry(
            at=now(),
            event_id=event_id if event_id is not None else getattr(row, "event_id", None),
            actor=(by or _actor.get())[:40],
            action=action,
            thing=type(row).__tablename__,
            thing_id=str(row.id),
            detail=detail or None,
            detail_salt=salt,
            detail_digest=digest(detail, salt) if detail else "",
        )
    )


def looked(action: str, row: Any, *, event_id: int | None = None, **detail: Any) -> None:
    """Write that somebody saw, searched, exported or printed; its own transaction."""
    with db.writing():
        record(action, row, event_id=event_id, **detail)


def digest(detail: dict[str, Any], salt: str) -> str:
    """What of an entry's detail stays when the detail is erased."""
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def link(before: str, entry: JournalEntry) -> str:
    """The seal of an entry that follows one sealed `before`."""
    fields = (
        before,
        entry.id,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.thing,
        entry.thing_id,
        entry.detail_digest,
    )
    return hashlib.sha256("\n".join(map(str, fields)).encode()).hexdigest()


def seal(limit: int = 1000) -> int:
    """Chain the entries not sealed yet; returns how many.

    Done apart from the writers, by the postman, so that no two of them wait for each other. Two that seal at
    once meet at the rows they both want: the second waits there, then reads how far the chain has come.
    """
    with db.writing():
        waiting = db.session.scalars(
            select(JournalEntry)
            .where(JournalEntry.seal.is_(None))
            .order_by(JournalEntry.id)
            .limit(limit)
            .with_for_update()
        ).all()
        last = db.session.execute(
            select(JournalEntry.place, JournalEntry.seal)
            .where(JournalEntry.place.is_not(None))
            .order_by(JournalEntry.place.desc())
            .limit(1)
        ).first()
        place, before = last or (0, "")
        for entry in waiting:
            place += 1
            before = link(before, entry)
            entry.place, entry.seal = place, before
        return len(waiting)


def sealed() -> Iterator[tuple[JournalEntry, bool]]:
    """Every sealed entry in the order of the chain, and whether it follows the one before it.

    False: a line between the two is missing, or this one was changed.
    """
    place, before = 0, ""
    chain = select(JournalEntry).where(JournalEntry.place.is_not(None)).order_by(JournalEntry.place)
    for entry in db.session.scalars(chain):
        place += 1
        yield entry, entry.place == place and entry.seal == link(before, entry)
        place, before = entry.place or 0, entry.seal or ""
