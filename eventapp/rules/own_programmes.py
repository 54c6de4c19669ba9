"""Own programmes: what of the agenda concerns one attendee, and whom a change of it touches."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.db import db
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.programme import Shown
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.models.wording import said

Item = TypeVar("Item", bound=Shown)
READ = ("title", "text", "room")  # with the times and the speakers all that a reader is told of


@dataclass(frozen=True)
class Reader:
    """Somebody with a place in a run, and the uids of what they signed up for."""

    attendee: Attendee
    run: int
    chosen: frozenset[str]

    @property
    def language(self) -> str:
        """In which they read the agenda."""
        return self.attendee.person.language


def own(items: Sequence[Item], chosen: frozenset[str] | set[str]) -> list[Item]:
    """Of parallel groups only the one they chose; who chose none yet reads the common title once."""
    settled = {(item.kind, item.starts_at) for item in items if item.uid in chosen}
    found = []
    for item in items:
        if item.group_number is None or item.uid in chosen:
            found.append(item)
        elif (item.kind, item.starts_at) not in settled:
            settled.add((item.kind, item.starts_at))
            korean, english = (shared_title(item, items, language=language) for language in ("ko", "en"))
            found.append(replace(item, title_ko=korean, title_en=english, group_number=None))
    return found


def shared_title(item: Shown, items: Sequence[Shown], *, language: str) -> str:
    """Parallel groups say their common title: 제주 본사 투어, not 제주 본사 투어 1조."""
    title = said(item, "title", language=language)
    if item.group_number is None:
        return title
    others = [
        said(other, "title", language=language)
        for other in items
        if other.kind == item.kind and other.starts_at == item.starts_at
    ]
    common = title
    while common and not all(other.startswith(common) for other in others):
        common = common[:-1]
    return common.strip(" ,:-") if len(others) > 1 and common.strip(" ,:-") else title


def chosen_by(registration: Registration) -> frozenset[str]:
    """The uids of what they have a place in."""
    return frozenset(
        db.session.scalars(
            select(AgendaItem.uid)
            .join(SignUp, SignUp.agenda_item_id == AgendaItem.id)
            .where(SignUp.registration_id == registration.id, SignUp.queued_at.is_(None))
        )
    )


def readers(event: Event, also: Mapping[str, Collection[int]] | None = None) -> list[Reader]:
    """Everybody who has a place in a run of the Event and a name. also: uids that Registrations chose besides."""
    rows = db.session.execute(
        select(Attendee, EventSession.number)
        .join(Registration, Registration.id == Attendee.registration_id)
        .join(EventSession, EventSession.id == Registration.event_session_id)
        .where(
            EventSession.event_id == event.id,
            Registration.status.in_(HOLDS_PLACE),
            Attendee.ended_at.is_(None),
        )
        .options(joinedload(Attendee.person))
        .order_by(Attendee.id)
    ).all()
    chosen: dict[int, set[str]] = {}
    for registration_id, uid in db.session.execute(
        select(SignUp.registration_id, AgendaItem.uid)
        .join(AgendaItem, AgendaItem.id == SignUp.agenda_item_id)
        .join(EventSession, EventSession.id == AgendaItem.event_session_id)
        .where(EventSession.event_id == event.id, SignUp.queued_at.is_(None))
    ):
        chosen.setdefault(registration_id, set()).add(uid)
    for uid, registration_ids in (also or {}).items():
        for registration_id in registration_ids:
            chosen.setdefault(registration_id, set()).add(uid)
    return [Reader(one, run, frozenset(chosen.get(one.registration_id, ()))) for one, run in rows]


def touched(reader: Reader, *, before: Sequence[Shown], after: Sequence[Shown]) -> set[str]:
    """The uids of what is different in this person's own days, as they read it.

    Where they chose no group they read the common title, whichever group it is taken from.
    """
    was, will = (_told(reader, items) for items in (before, after))
    different = {uid for uid in was.keys() | will.keys() if was.get(uid) != will.get(uid)}
    gone, new = (different - other.keys() - reader.chosen for other in (will, was))
    same = {was[uid] for uid in gone} & {will[uid] for uid in new}
    return different - {uid for uid in gone if was[uid] in same} - {uid for uid in new if will[uid] in same}


def _told(reader: Reader, items: Sequence[Shown]) -> dict[str, tuple[object, ...]]:
    theirs = own([item for item in items if item.run == reader.run], reader.chosen)
    return {
        item.uid: (
            item.starts_at,
            item.ends_at,
            *(said(item, name, language=reader.language) for name in READ),
            item.speakers_in(reader.language),
            *(
                (said(one, "title", language=reader.language), one.url, one.file_key)
                for one in item.materials
            ),
        )
        for item in theirs
    }
