"""What must hold of the places in items of the agenda."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import item_places


def no_item_is_overbooked() -> Iterator[str]:
    """Places held <= places."""
    for item in _with_places():
        taken = item_places.taken(item)
        if taken > item.places:
            yield f"agenda item {item.id}: {taken} places held, {item.places} there are"


def a_free_place_in_an_item_is_given_at_once() -> Iterator[str]:
    """Nobody waits for an item to come that has a place."""
    for item in _with_places():
        waiting = item_places.queue(item) if item.starts_at > now() and not item.internal else []
        if waiting and item_places.free(item):
            yield f"agenda item {item.id}: a place is free, yet sign-up {waiting[0].id} waits"


def nobody_is_in_two_places_at_once() -> Iterator[str]:
    """No two held sign-ups of one Registration overlap; what is for the hosts alone takes nobody's time."""
    rows = db.session.execute(
        select(Registration, SignUp, AgendaItem)
        .join(SignUp, SignUp.registration_id == Registration.id)
        .join(AgendaItem, AgendaItem.id == SignUp.agenda_item_id)
        .where(
            SignUp.queued_at.is_(None),
            AgendaItem.removed_at.is_(None),
            AgendaItem.internal.is_(False),
            AgendaItem.event_session_id == Registration.event_session_id,
            Registration.status.in_(HOLDS_PLACE),
        )
    )
    held: dict[int, list[AgendaItem]] = {}
    for registration, _sign_up, item in rows:
        held.setdefault(registration.id, []).append(item)
    for registration_id, items in held.items():
        for one, other in combinations(items, 2):
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                yield f"registration {registration_id} is in agenda items {one.id} and {other.id} at once"


def _with_places() -> list[AgendaItem]:
    return list(
        db.session.scalars(
            select(AgendaItem).where(AgendaItem.places.is_not(None), AgendaItem.removed_at.is_(None))
        )
    )


CHECKS = (no_item_is_overbooked, a_free_place_in_an_item_is_given_at_once, nobody_is_in_two_places_at_once)
