"""Tour groups: one item of the working copy split into groups that go side by side, its places shared out among them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _l

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import journal, working_copies
from eventapp.rules.agenda_items import ItemRefused

MOST = 20


def split(event: Event, uid: str, *, groups: int, seen: int | None = None, by: str = "") -> None:
    """Rooms, hours and words stay; the first group is the item that was there and keeps its sign-ups.

    What followed it is split alike, each group following its own. Raises ItemRefused, Stale.
    """
    with db.writing():
        copy = working_copies.hold(event)
        item = working_copies.unchanged(copy, uid, seen=seen)
        _check(item, groups)
        parts = _parts(replace(item, follows=""), groups)
        items = []
        for one in copy.items():
            if one.uid == uid:
                items += parts
            elif one.follows == uid:
                items += [
                    replace(part, follows=leader.uid)
                    for part, leader in zip(_parts(one, groups), parts, strict=True)
                ]
            else:
                items.append(one)
        working_copies.keep_places(items)
        working_copies.put(event, items, by=by)
        journal.record(
            "agenda item split", copy, event_id=event.id, title=item.title_ko, groups=groups, by=by
        )


def _check(item: WorkingItem, groups: int) -> None:
    if item.group_number is not None:
        raise ItemRefused(_l("This is a group already."), field="groups")
    if not 2 <= groups <= MOST:
        raise ItemRefused(_l("Please write a number between 2 and %(most)s."), field="groups", most=MOST)
    if item.places is not None and item.places < groups:
        raise ItemRefused(_l("There are fewer places than groups."), field="groups")


def _parts(item: WorkingItem, groups: int) -> Sequence[WorkingItem]:
    """The first ones get one place more where they do not divide."""
    return [
        replace(
            item,
            uid=item.uid if number == 1 else str(uuid.uuid4()),
            came_from=item.came_from if number == 1 else (),
            group_number=number,
            places=None if item.places is None else (item.places + groups - number) // groups,
        )
        for number in range(1, groups + 1)
    ]
