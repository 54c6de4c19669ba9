"""From one run to another: items copied or moved, one by one, a day or a whole run, and what follows what."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flask_babel import lazy_gettext as _l

from eventapp.db import db
from eventapp.formats import dates
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.programme import in_order
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import agenda_follows, agenda_items, journal, seats, working_copies
from eventapp.rules.agenda_items import ItemRefused

What = tuple[int, str, str, int | None]  # the day, the kind, the title, the group


class NothingThere(ItemRefused):
    """There is nothing to take along."""

    code = "nothing-to-copy"
    sentence = _l("Nothing stands there that could be copied.")


class AlreadyThere(ItemRefused):
    """The other run has it like that."""

    code = "copied-already"
    sentence = _l("It stands like that in run %(number)s already.")


def of_day(event_session: EventSession, items: Sequence[WorkingItem], *, day: int | None) -> list[str]:
    """The uids of a run's items, or of one of its days."""
    return [
        item.uid
        for item in items
        if item.run == event_session.number and day in (None, _day(item, event_session))
    ]


def take(
    event: Event,
    uids: Collection[str],
    *,
    to: EventSession,
    move: bool = False,
    follow: bool = False,
    seen: int | None = None,
    by: str = "",
) -> int:
    """Copy or move items to the same day and hour of another run, as one step; how many.

    What has the same kind, title and group on that day there is made like it and keeps its sign-ups; anything else
    is added. follow: the copies follow from now on. Raises ItemRefused, Stale.
    """
    with db.writing():
        copy = working_copies.hold(event)
        runs = {run.number: run for run in seats.runs(event)}
        taken = [working_copies.unchanged(copy, uid, seen=seen) for uid in uids]
        taken = [item for item in taken if item.run != to.number]
        if not taken:
            raise NothingThere()
        before = copy.items()
        after = {item.uid: item for item in before if not move or item not in taken}
        kept = set(after)
        same = _by_what(after.values(), to)
        for source in taken:
            there = same[_what(source, runs[source.run])]
            one = after[there.pop(0)] if there else _another(source, to, move=move)
            now = _like(one, source, runs=runs, follow=follow)
            if move and one.uid in kept:
                now = replace(now, came_from=(*now.came_from, source.uid))
            after[one.uid] = now
        items = _alone(in_order(after.values()), {item.uid for item in taken} if move else set())
        if items == before:
            raise AlreadyThere(number=to.number)
        working_copies.keep_places(items)
        working_copies.put(event, items, by=by)
        journal.record("agenda items taken", copy, event_id=event.id, count=len(taken), run=to.number, by=by)
    return len(taken)


def put_another(
    event: Event,
    uid: str,
    *,
    run: EventSession,
    times: tuple[datetime, datetime],
    seen: int | None = None,
    by: str = "",
) -> None:
    """One more like it, at that place. Raises ItemRefused, Stale."""
    with db.writing():
        copy = working_copies.hold(event)
        source = working_copies.unchanged(copy, uid, seen=seen)
        draft = replace(agenda_items.drafted(source), starts_at=times[0], ends_at=times[1])
        another = replace(_another(source, run, move=False), **agenda_items.checked(run, draft))
        working_copies.put(event, [*copy.items(), another], by=by)
        journal.record("agenda items taken", copy, event_id=event.id, count=1, run=run.number, by=by)


def follow(event: Event, uid: str, *, leader: str, seen: int | None = None, by: str = "") -> None:
    """The item becomes like that one of an earlier run, and takes every change of it from now on.

    Raises ItemRefused, Stale.
    """
    with db.writing():
        copy = working_copies.hold(event)
        item = working_copies.unchanged(copy, uid, seen=seen)
        items = copy.items()
        found = next((one for one in agenda_follows.leaders(items, item) if one.uid == leader), None)
        if found is None:
            raise ItemRefused(_l("Please choose what it follows."), field="leader")
        runs = {run.number: run for run in seats.runs(event)}
        now = replace(agenda_follows.like(item, found, runs=runs), follows=leader)
        items = _alone([now if one.uid == uid else one for one in items], {uid})
        working_copies.keep_places(items)
        working_copies.put(event, items, by=by)


def stand_alone(event: Event, uid: str, *, seen: int | None = None, by: str = "") -> None:
    """The item follows nothing any more; it stays as it is. Raises Stale."""
    with db.writing():
        copy = working_copies.hold(event)
        item = working_copies.unchanged(copy, uid, seen=seen)
        if item.follows:
            items = [replace(one, follows="") if one.uid == uid else one for one in copy.items()]
            working_copies.put(event, items, by=by)


# -- inside -------------------------------------------------------------------------------------------


def _by_what(items: Iterable[WorkingItem], run: EventSession) -> dict[What, list[str]]:
    """The uids of what stands in that run, the earlier first."""
    found: dict[What, list[str]] = defaultdict(list)
    for item in items:
        if item.run == run.number:
            found[_what(item, run)].append(item.uid)
    return found


def _another(source: WorkingItem, run: EventSession, *, move: bool) -> WorkingItem:
    """The item that stands there from now on; moved it is the same, so it knows from where it came."""
    if move:
        return replace(working_copies.in_run(source, run), follows="")
    return replace(source, uid=str(uuid.uuid4()), run=run.number, follows="", came_from=())


def _like(
    item: WorkingItem, source: WorkingItem, *, runs: Mapping[int, EventSession], follow: bool
) -> WorkingItem:
    """The item with everything that is written in the source. Only what is earlier is followed, and no follower."""
    try:
        now = agenda_follows.like(item, source, runs=runs)
    except ItemRefused as refusal:
        raise ItemRefused(
            _l("“%(title)s” cannot stand in run %(number)s: %(why)s"),
            title=source.title_ko,
            number=item.run,
            why=str(refusal),
        ) from refusal
    if follow and source.run < item.run and not source.follows:
        return replace(now, follows=source.uid)
    return now if now == item else replace(now, follows="")


def _alone(items: list[WorkingItem], gone: set[str]) -> list[WorkingItem]:
    """What followed one of these follows nothing any more."""
    return [replace(item, follows="") if item.follows in gone else item for item in items]


def _what(item: WorkingItem, run: EventSession) -> What:
    return _day(item, run), str(item.kind), item.title_ko, item.group_number


def _day(item: WorkingItem, run: EventSession) -> int:
    return (dates.local(item.starts_at, run.event.time_zone).date() - run.starts_on).days + 1
