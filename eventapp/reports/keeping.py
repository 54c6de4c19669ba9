"""What is erased when: by day and kind for one Event, and who said no to what is needed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.person import Person
from eventapp.rules import keeping


@dataclass(frozen=True)
class Ending:
    """So much of a kind is kept to the end of that day: 'meals' or 'people'."""

    day: date
    kind: str
    count: int


def ends(event: Event) -> list[Ending]:
    """Every day on which something ends, soonest first; what no text gives an end is left out."""
    days = {"meals": keeping.meals(event).values(), "people": keeping.of(event).values()}
    found = [
        Ending(day, kind, count)
        for kind, ended in days.items()
        for day, count in Counter(ended).items()
        if day < keeping.ENDLESS
    ]
    return sorted(found, key=lambda one: (one.day, one.kind))


def refusals(event: Event) -> list[tuple[Person, date]]:
    """Whoever said no to what is needed, and the last day on which they are kept; soonest first."""
    kept = keeping.refused(event)
    people = db.session.scalars(
        select(Person).where(Person.id.in_(kept)).options(joinedload(Person.company)).order_by(Person.id)
    )
    return sorted(((one, kept[one.id]) for one in people), key=lambda found: found[1])
