"""Item choices: the published items of a run that have places, as one attendee may choose among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import case, func, select

from eventapp.db import db
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.programme import Published
from eventapp.models.registration import Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import item_places, publications


@dataclass(frozen=True)
class ItemChoice:
    """One item. free: places left; waiting: how many wait; own: this attendee's sign-up; place: theirs in the queue.

    instead_of: what they have at that time.
    """

    item: AgendaItem
    published: Published
    free: int
    waiting: int
    own: SignUp | None
    place: int
    instead_of: Published | None

    @property
    def is_held(self) -> bool:
        """Whether the attendee has a place in it."""
        return self.own is not None and self.own.queued_at is None


def of(registration: Registration) -> list[list[ItemChoice]]:
    """What there is to choose, one list for each time of the day, in the order of the days."""
    run = registration.event_session
    publication = (
        publications.latest(run.event) if run is not None and registration.status in HOLDS_PLACE else None
    )
    published = {item.uid: item for item in publication.items(run.number)} if publication else {}
    items = list(
        db.session.scalars(
            select(AgendaItem).where(
                AgendaItem.uid.in_(published), AgendaItem.places.is_not(None), AgendaItem.removed_at.is_(None)
            )
        )
    )
    choices = _choices(registration, items, published=published)
    choices.sort(key=lambda one: (one.item.starts_at, one.item.group_number or 0, one.item.id))
    return [list(found) for _time, found in groupby(choices, key=lambda one: one.item.starts_at)]


def _choices(
    registration: Registration, items: list[AgendaItem], *, published: dict[str, Published]
) -> list[ItemChoice]:
    counts, own = dict(_counts(items)), item_places.of(registration)
    held = [one for one in own if one.queued_at is None]
    choices = []
    for item in items:
        taken, waiting = counts.get(item.id, (0, 0))
        mine = next((one for one in own if one.agenda_item_id == item.id), None)
        waits = mine is not None and mine.queued_at is not None
        others = item_places.at_that_time(item, held)
        choices.append(
            ItemChoice(
                item,
                published[item.uid],
                max(0, item.places - taken),
                waiting,
                mine,
                [one.id for one in item_places.queue(item)].index(mine.id) + 1 if waits else 0,
                published.get(others[0].agenda_item.uid) if others else None,
            )
        )
    return choices


def _counts(items: list[AgendaItem]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Held and waiting, by item, in one question."""
    waits = case((SignUp.queued_at.is_not(None), 1), else_=0)
    rows = db.session.execute(
        select(SignUp.agenda_item_id, func.count(), func.sum(waits))
        .join(AgendaItem, AgendaItem.id == SignUp.agenda_item_id)
        .join(Registration, Registration.id == SignUp.registration_id)
        .where(
            SignUp.agenda_item_id.in_([item.id for item in items]),
            Registration.event_session_id == AgendaItem.event_session_id,
            Registration.status.in_(HOLDS_PLACE),
        )
        .group_by(SignUp.agenda_item_id)
    )
    for item_id, count, waiting in rows:
        yield item_id, (count - waiting, waiting)
