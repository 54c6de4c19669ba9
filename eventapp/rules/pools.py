"""The pool: seats that companies gave back, counted entry by entry; what is offered has left it.

Whoever changes it holds the Event first, then the runs and the Invitation.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.pool import Because, PoolEntry
from eventapp.models.states import InvitationStatus
from eventapp.rules import answers, confirmations, journal, seats


class NoEmptySeat(RuleBroken):
    """Only empty seats go back, and never the last one: that is a no to the invitation."""

    code = "no-empty-seat"
    sentence = _l(
        "%(empty)s of your seats are empty now. Only those can be given back, and one always stays."
    )


class PoolShort(RuleBroken):
    """Fewer seats in the pool than that."""

    code = "pool-short"
    sentence = _l("%(left)s are in the pool now. Please choose a number up to that.")


def give_back(invitation: Invitation, count: int, *, seen: int | None = None) -> None:
    """Empty seats of the Invitation enter the pool. Raises NoEmptySeat, InvitationClosed, Stale.

    seen: the Invitation's seats when the form was drawn; pressed twice, only the first press counts.
    """
    with db.writing():
        hold(invitation)
        answers.require_open(invitation)
        if seen is not None and seen != invitation.seats:
            if seen - count == invitation.seats:
                return
            raise Stale()
        empty = invitation.seats - seats.used(invitation)
        if not 1 <= count <= min(empty, invitation.seats - 1):
            raise NoEmptySeat(field="seats", empty=empty)
        invitation.seats -= count
        enter(invitation, count, because=Because.RETURNED)
        journal.record("seats returned", invitation, seats=count)
        confirmations.to_coordinator(invitation)


def size(event: Event) -> int:
    """Seats in the pool now."""
    total = select(func.coalesce(func.sum(PoolEntry.seats), 0)).where(PoolEntry.event_id == event.id)
    return db.session.scalar(total)


def hold(invitation: Invitation) -> None:
    """Lock what every change of the pool needs. Inside db.writing()."""
    db.lock(invitation.event)
    seats.hold(invitation)


def enter(invitation: Invitation, count: int, *, because: Because) -> None:
    """Seats of the Invitation come into the pool (+) or leave it (-). In the caller's transaction."""
    db.session.add(
        PoolEntry(
            event_id=invitation.event_id, invitation_id=invitation.id, seats=count, because=because, at=now()
        )
    )
    db.session.flush()


def take_all_back(invitation: Invitation) -> None:
    """A company said no: its seats enter the pool. In a rule that holds the Event."""
    if invitation.seats:
        enter(invitation, invitation.seats, because=Because.DECLINED)


def hand_out_again(invitation: Invitation) -> None:
    """A company that had said no comes back: its seats leave the pool. Raises PoolShort where others have them."""
    left = size(invitation.event)
    if invitation.status != InvitationStatus.DECLINED or not invitation.seats:
        return
    if left < invitation.seats:
        raise PoolShort(
            _l(
                "Their seats went to other companies; %(left)s are left. Please set their seats to that first."
            ),
            field="seats",
            left=left,
        )
    enter(invitation, -invitation.seats, because=Because.REVIVED)
