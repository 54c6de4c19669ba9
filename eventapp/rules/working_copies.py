"""The working copy of the agenda: organizers alone see it; every edit is a step that can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing, Stale
from eventapp.models.agenda import AgendaItem
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.working_copy import AgendaStep, WorkingCopy, WorkingItem
from eventapp.rules import agenda_follows, agenda_items, item_places, journal, seats
from eventapp.rules.agenda_items import Draft, ItemRefused

STEPS = 50  # so many edits can be taken back


def of(event: Event) -> WorkingCopy:
    """The Event's working copy; before the first edit one like what is published, not kept yet."""
    found = _kept(event)
    if found is not None:
        return found
    return WorkingCopy(
        event_id=event.id, version=0, step=0, entries=[item.entry() for item in as_published(event)]
    )


def as_published(event: Event) -> list[WorkingItem]:
    """What is published, and what stands beside it for the hosts alone."""
    rows = db.session.execute(
        select(AgendaItem, EventSession.number)
        .join(EventSession, EventSession.id == AgendaItem.event_session_id)
        .where(EventSession.event_id == event.id, AgendaItem.removed_at.is_(None))
        .order_by(EventSession.number, AgendaItem.starts_at, AgendaItem.id)
    )
    return [
        WorkingItem(uid=row.uid, run=number, **{name: getattr(row, name) for name in agenda_items.WRITTEN})
        for row, number in rows
    ]


def hold(event: Event) -> WorkingCopy:
    """The working copy, its Event locked: edits and publications take their turn here."""
    db.lock(event)
    found = _kept(event)
    if found is None:
        found = of(event)
        db.session.add(found)
        db.session.add(AgendaStep(event_id=event.id, number=0, made_at=now(), entries=found.entries))
        db.session.flush()
    return found


# -- edits --------------------------------------------------------------------------------------------


def add(event: Event, drafts: list[tuple[EventSession, Draft]], *, by: str = "") -> list[WorkingItem]:
    """Several items in one step, all or none. Raises ItemRefused."""
    with db.writing():
        copy = hold(event)
        items = [_new(run, draft) for run, draft in drafts]
        _step(copy, [*copy.items(), *items], by=by)
        for item in items:
            _note("added", copy, item=item)
    return items


def change(event: Event, uid: str, *, draft: Draft, seen: int | None = None, by: str = "") -> bool:
    """Change an item; False where nothing is different. Raises ItemRefused, Stale.

    seen: the version the organizer had before them; a later change by somebody else is not overwritten.
    """
    with db.writing():
        copy = hold(event)
        before = unchanged(copy, uid, seen=seen)
        runs = {run.number: run for run in seats.runs(event)}
        after = replace(before, **agenda_items.checked(runs[before.run], draft))
        if after == before:
            return False
        items = agenda_follows.along(copy.items(), before, after=replace(after, follows=""), runs=runs)
        keep_places(items)
        _step(copy, items, by=by)
        _note("changed", copy, item=after)
    return True


def place(
    event: Event,
    uid: str,
    *,
    run: EventSession,
    times: tuple[datetime, datetime],
    seen: int | None = None,
    by: str = "",
) -> bool:
    """Move or stretch an item; False where it stands there. Raises ItemRefused, Stale.

    In another run it is another item: who signed up for it is not in that run.
    """
    with db.writing():
        copy = hold(event)
        before = unchanged(copy, uid, seen=seen)
        draft = replace(agenda_items.drafted(before), starts_at=times[0], ends_at=times[1])
        after = replace(before, **agenda_items.checked(run, draft))
        if (after, run.number) == (before, before.run):
            return False
        runs = {one.number: one for one in seats.runs(event)}
        moved = replace(in_run(after, run), follows="")
        _step(copy, agenda_follows.along(copy.items(), before, after=moved, runs=runs), by=by)
        _note("placed", copy, item=after)
    return True


def remove(event: Event, uid: str, *, seen: int | None = None, by: str = "") -> bool:
    """Take an item out; False where it was out already. Raises Stale."""
    with db.writing():
        copy = hold(event)
        if all(item.uid != uid for item in copy.items()):
            return False
        gone = unchanged(copy, uid, seen=seen)
        _step(copy, [item for item in copy.items() if uid not in (item.uid, item.follows)], by=by)
        _note("removed", copy, item=gone)
    return True


def put(event: Event, items: list[WorkingItem], *, by: str = "") -> None:
    """Other items altogether, as one step."""
    with db.writing():
        _step(hold(event), items, by=by)


def undo(event: Event, *, seen: int, by: str = "") -> None:
    """Take the last step back, whoever made it. seen: the version before the organizer. Raises Stale, Missing."""
    _walk(event, -1, seen=seen, by=by)


def redo(event: Event, *, seen: int, by: str = "") -> None:
    """The step that was taken back once more. Raises Stale, Missing."""
    _walk(event, 1, seen=seen, by=by)


def ways(event: Event) -> tuple[bool, bool]:
    """Whether there is a step to take back, and one to take again."""
    copy = of(event)
    found = set(
        db.session.scalars(
            select(AgendaStep.number).where(
                AgendaStep.event_id == event.id, AgendaStep.number.in_((copy.step - 1, copy.step + 1))
            )
        )
    )
    return copy.step - 1 in found, copy.step + 1 in found


def knows(event: Event, uid: str) -> bool:
    """Whether an item stands in the working copy, or stood there in one of the steps."""
    if any(item.uid == uid for item in of(event).items()):
        return True
    steps = db.session.scalars(select(AgendaStep.entries).where(AgendaStep.event_id == event.id))
    return any(entry["uid"] == uid for entries in steps for entry in entries)


def unchanged(copy: WorkingCopy, uid: str, *, seen: int | None) -> WorkingItem:
    """An item as the organizer saw it. Raises Stale."""
    found = next((item for item in copy.items() if item.uid == uid), None)
    if found is None or (seen is not None and found.version > seen):
        raise Stale()
    return found


def keep_places(items: Sequence[WorkingItem]) -> None:
    """Nobody loses a place because there are fewer. Raises ItemRefused."""
    limits = {item.uid: item.places for item in items if item.places is not None}
    for row in db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.uid.in_(limits), AgendaItem.removed_at.is_(None))
        .order_by(AgendaItem.id)
    ):
        taken = item_places.taken(row)
        if limits[row.uid] < taken:
            raise ItemRefused(
                _l("%(taken)s have a place already, so the number cannot be lower than that."),
                field="places",
                taken=taken,
            )


def in_run(item: WorkingItem, run: EventSession) -> WorkingItem:
    """Moved to another run it is another item; moved back it is the one that it was there."""
    if item.run == run.number:
        return item
    was_there = db.session.scalar(
        select(AgendaItem.uid).where(
            AgendaItem.uid.in_(item.came_from), AgendaItem.event_session_id == run.id
        )
    )
    uid = was_there or str(uuid.uuid4())
    came_from = tuple(one for one in (*item.came_from, item.uid) if one != uid)
    return replace(item, run=run.number, uid=uid, came_from=came_from)


# -- inside -------------------------------------------------------------------------------------------


def _kept(event: Event) -> WorkingCopy | None:
    return db.session.scalar(select(WorkingCopy).where(WorkingCopy.event_id == event.id))


def _new(run: EventSession, draft: Draft) -> WorkingItem:
    return WorkingItem(uid=str(uuid.uuid4()), run=run.number, **agenda_items.checked(run, draft))


def _step(copy: WorkingCopy, items: list[WorkingItem], *, by: str) -> None:
    """The next step; what was taken back before it is forgotten, and so is what lies too far behind."""
    _show(copy, items)
    ours = AgendaStep.event_id == copy.event_id
    far = or_(AgendaStep.number > copy.step, AgendaStep.number <= copy.step - STEPS)
    db.session.execute(delete(AgendaStep).where(ours, far))
    copy.step += 1
    db.session.add(
        AgendaStep(
            event_id=copy.event_id,
            number=copy.step,
            made_at=now(),
            made_by=by[:80],
            entries=copy.entries,
        )
    )
    db.session.flush()


def _walk(event: Event, steps: int, *, seen: int, by: str) -> None:
    with db.writing():
        copy = hold(event)
        if copy.version != seen:
            raise Stale()
        wanted = db.session.scalar(
            select(AgendaStep).where(AgendaStep.event_id == event.id, AgendaStep.number == copy.step + steps)
        )
        if wanted is None:
            raise Missing()
        _show(copy, [WorkingItem.read(entry) for entry in wanted.entries])
        copy.step += steps
        journal.record("agenda walked", copy, event_id=event.id, steps=steps, by=by)


def _show(copy: WorkingCopy, items: list[WorkingItem]) -> None:
    """The next version; it stands in every item that is not as it was."""
    copy.version += 1
    before = {item.uid: item for item in copy.items()}
    entries = []
    for item in items:
        known = before.get(item.uid)
        same = known is not None and replace(item, version=known.version) == known
        entries.append(replace(item, version=known.version if known and same else copy.version).entry())
    copy.entries = entries


def _note(what: str, copy: WorkingCopy, *, item: WorkingItem) -> None:
    journal.record(f"agenda item {what}", copy, event_id=copy.event_id, title=item.title_ko)
