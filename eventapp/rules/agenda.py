"""The agenda written and published in one breath: items added, changed or removed."""

from __future__ import annotations

from sqlalchemy import select

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.agenda import AgendaItem, Publication
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.rules import publications, working_copies
from eventapp.rules.agenda_items import Draft


def add(event_session: EventSession, draft: Draft, *, by: str = "") -> AgendaItem:
    """One more item. Raises ItemRefused."""
    return add_all(event_session.event, [(event_session, draft)], by=by)[0]


def add_all(event: Event, drafts: list[tuple[EventSession, Draft]], *, by: str = "") -> list[AgendaItem]:
    """Several items in one publication, all or none. Raises ItemRefused."""
    with db.writing():
        uids = [item.uid for item in working_copies.add(event, drafts, by=by)]
        publications.publish(event, by=by)
        found = db.session.scalars(select(AgendaItem).where(AgendaItem.uid.in_(uids)))
        return sorted(found, key=lambda item: uids.index(item.uid))


def change(item: AgendaItem, draft: Draft, *, by: str = "", letters: bool = False) -> Publication | None:
    """Change an item; None where nothing is different. Raises ItemRefused, Stale."""
    event = item.event_session.event
    with db.writing():
        if item.removed_at is not None:
            raise Stale()
        if not working_copies.change(event, item.uid, draft=draft, by=by):
            return None
        return publications.publish(event, by=by, letters=letters)


def remove(item: AgendaItem, *, by: str = "", letters: bool = False) -> Publication | None:
    """Take an item out of the agenda; its row and its sign-ups stay. None where it was out already."""
    event = item.event_session.event
    with db.writing():
        if not working_copies.remove(event, item.uid, by=by):
            return None
        return publications.publish(event, by=by, letters=letters)
