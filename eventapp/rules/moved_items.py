"""Sign-ups for what was moved to another run: its people stay in theirs, so the sign-ups end with the publication.

Where it comes back, they come back as far as they can.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.agenda import AgendaItem, Publication, SignUp
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import item_places, journal


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


def end(items: Sequence[WorkingItem]) -> dict[str, list[int]]:
    """Take them away; the publication remembers whose they were. Who of them waited, by uid, first come first."""
    gone = select(AgendaItem.id).where(AgendaItem.uid.in_(_moved(items)))
    waited: dict[str, list[int]] = {}
    rows = select(SignUp).where(SignUp.agenda_item_id.in_(gone)).order_by(SignUp.queued_at, SignUp.id)
    for one in db.session.scalars(rows):
        if one.queued_at is not None:
            waited.setdefault(one.agenda_item.uid, []).append(one.registration_id)
        if one.registration.status in HOLDS_PLACE:
            _note("item ended", one)
    db.session.execute(delete(SignUp).where(SignUp.agenda_item_id.in_(gone)))
    return waited


def coming_back(before: Publication | None, items: Sequence[WorkingItem]) -> dict[str, Publication]:
    """The uids of what partners do not see, would see again with these, and the publication that took it away."""
    again = {item.uid for item in items}
    gone = {
        item.uid: item.sequence + 1 for item in (before.gone_items() if before else []) if item.uid in again
    }
    found = db.session.scalars(
        select(Publication).where(
            Publication.event_id == (before.event_id if before else None),
            Publication.number.in_(gone.values()),
        )
    )
    by_number = {one.number: one for one in found}
    return {
        uid: by_number[number]
        for uid, number in gone.items()
        if uid in by_number[number].told.get("ended", {})
    }


def restore(back: Mapping[str, Publication]) -> dict[str, dict[str, list[int]]]:
    """Sign up again who was, where there is a place and nothing else at that time; who waited waits again.

    {restored: {uid: Registrations}, lost: {uid: those that could not}}. Who has no place in the run any more is
    neither. The runs and the items are locked already.
    """
    told: dict[str, dict[str, list[int]]] = {"restored": {}, "lost": {}}
    for uid, taken_away in sorted(back.items()):
        item = db.session.scalars(select(AgendaItem).where(AgendaItem.uid == uid)).one()
        waited = taken_away.told.get("waited", {}).get(uid, [])
        for number in [one for one in taken_away.told["ended"][uid] if one not in waited] + waited:
            registration = db.session.get(Registration, number)
            if registration is not None and _has_place(registration, item):
                what = "restored" if _again(registration, item, waits=number in waited) else "lost"
                told[what].setdefault(uid, []).append(number)
    return {what: found for what, found in told.items() if found}


def ended_for(registration: Registration, publications: Iterable[Publication]) -> frozenset[str]:
    """The uids of what these publications ended for somebody."""
    ended: list[Mapping[str, list[int]]] = [one.told.get("ended", {}) for one in publications]
    return frozenset(uid for one in ended for uid, ids in one.items() if registration.id in ids)


def _has_place(registration: Registration, item: AgendaItem) -> bool:
    return registration.event_session_id == item.event_session_id and registration.status in HOLDS_PLACE


def _again(registration: Registration, item: AgendaItem, *, waits: bool) -> bool:
    theirs = [one for one in item_places.of(registration) if one.queued_at is None]
    if item.starts_at <= now() or (
        not waits and (item_places.free(item) == 0 or item_places.at_that_time(item, theirs))
    ):
        return False
    found = SignUp(
        agenda_item=item, registration=registration, created_at=now(), queued_at=now() if waits else None
    )
    db.session.add(found)
    db.session.flush()
    _note("item restored", found)
    return True


def _note(action: str, sign_up: SignUp) -> None:
    registration, item = sign_up.registration, sign_up.agenda_item
    journal.record(action, registration, event_id=registration.invitation.event_id, item=item.title_ko)


def _moved(items: Sequence[WorkingItem]) -> set[str]:
    return {uid for item in items for uid in item.came_from} - {item.uid for item in items}
