"""Sign-ups for what was moved to another run: its people stay in theirs, so the sign-ups end with the publication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select

from eventapp.db import db
from eventapp.models.agenda import AgendaItem, Publication, SignUp
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.models.working_copy import WorkingItem


def ending(event: Event, items: Sequence[WorkingItem]) -> dict[str, set[int]]:
    """Who has a place or waits in what moved, were these published: uid to the ids of Registrations."""
    rows = db.session.execute(
        select(AgendaItem.uid, SignUp.registration_id)
        .join(SignUp, SignUp.agenda_item_id == AgendaItem.id)
        .join(Registration, Registration.id == SignUp.registration_id)
        .join(EventSession, EventSession.id == AgendaItem.event_session_id)
        .where(
            EventSession.event_id == event.id,
            AgendaItem.uid.in_(_moved(items)),
            AgendaItem.removed_at.is_(None),
            Registration.event_session_id == AgendaItem.event_session_id,
            Registration.status.in_(HOLDS_PLACE),
        )
    )
    found: dict[str, set[int]] = {}
    for uid, registration_id in rows:
        found.setdefault(uid, set()).add(registration_id)
    return found


def end(items: Sequence[WorkingItem]) -> None:
    """Take them away; the publication remembers whose they were."""
    gone = select(AgendaItem.id).where(AgendaItem.uid.in_(_moved(items)))
    db.session.execute(delete(SignUp).where(SignUp.agenda_item_id.in_(gone)))


def ended_for(registration: Registration, publications: Iterable[Publication]) -> frozenset[str]:
    """The uids of what these publications ended for somebody."""
    ended: list[Mapping[str, list[int]]] = [one.told.get("ended", {}) for one in publications]
    return frozenset(uid for one in ended for uid, ids in one.items() if registration.id in ids)


def _moved(items: Sequence[WorkingItem]) -> set[str]:
    return {uid for item in items for uid in item.came_from} - {item.uid for item in items}
