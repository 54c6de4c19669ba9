"""Sign-ups: a registration's place in one item of its run's agenda."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import attendees, journal, rosters, seats


class ItemFull(RuleBroken):
    """No place is left in the item."""

    code = "item-full"
    sentence = _l("The last place was taken in the meantime. Please choose another one.")


class ItemClash(RuleBroken):
    """The registration is signed up for something else at that time."""

    code = "item-clash"
    sentence = _l("You chose something else at that time. Please choose one of the two.")


def sign_up(registration: Registration, item: AgendaItem) -> SignUp:
    """A place in an item of the registration's run; the same one where it is taken already.

    Raises ItemFull, ItemClash, Stale.
    """
    with db.writing():
        runs = seats.hold(registration.invitation)
        db.lock(item)
        db.lock(registration)
        attendee = attendees.require(registration)
        if item.removed_at is not None or registration.event_session_id != item.event_session_id:
            raise Stale()
        theirs = signed_up(registration)
        found = next((one for one in theirs if one.agenda_item_id == item.id), None)
        if found is not None:
            return found
        _refuse_clash(item, theirs)
        if item.places is not None and places_taken(item) >= item.places:
            raise ItemFull(field="item")
        found = SignUp(agenda_item_id=item.id, registration_id=registration.id, created_at=now())
        db.session.add(found)
        rosters.mark(runs, attendee)
        journal.record("signed up", found, event_id=registration.invitation.event_id)
    return found


def signed_up(registration: Registration) -> list[SignUp]:
    """The registration's sign-ups for items of its run that still stand."""
    return list(
        db.session.scalars(
            select(SignUp)
            .join(AgendaItem, AgendaItem.id == SignUp.agenda_item_id)
            .where(
                SignUp.registration_id == registration.id,
                AgendaItem.event_session_id == registration.event_session_id,
                AgendaItem.removed_at.is_(None),
            )
            .order_by(AgendaItem.starts_at, AgendaItem.id)
        )
    )


def places_taken(item: AgendaItem) -> int:
    """Places of the item held by registrations that hold a place in its run now."""
    return db.session.scalar(
        select(func.count())
        .select_from(SignUp)
        .join(Registration, Registration.id == SignUp.registration_id)
        .where(
            SignUp.agenda_item_id == item.id,
            Registration.event_session_id == item.event_session_id,
            Registration.status.in_(HOLDS_PLACE),
        )
    )


def _refuse_clash(item: AgendaItem, theirs: list[SignUp]) -> None:
    for other in (one.agenda_item for one in theirs):
        if other.starts_at < item.ends_at and item.starts_at < other.ends_at:
            raise ItemClash(field="item")
