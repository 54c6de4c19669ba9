"""Items that follow one of another run: what is changed there is changed here, on the same day of this run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _l

from eventapp.models.event_session import EventSession
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import agenda_items
from eventapp.rules.agenda_items import ItemRefused

TIMES = ("starts_at", "ends_at")


def along(
    items: Sequence[WorkingItem],
    before: WorkingItem,
    *,
    after: WorkingItem,
    runs: Mapping[int, EventSession],
) -> list[WorkingItem]:
    """`after` in the place of `before`, and what is different in it made in what follows it too.

    Moved to another run it is not followed any more. Raises ItemRefused.
    """
    found = []
    for item in items:
        if item.uid == before.uid:
            found.append(after)
        elif item.follows != before.uid:
            found.append(item)
        elif after.run != before.run:
            found.append(replace(item, follows=""))
        else:
            found.append(_taken_over(item, before, after=after, runs=runs))
    return found


def like(item: WorkingItem, leader: WorkingItem, *, runs: Mapping[int, EventSession]) -> WorkingItem:
    """The item with everything that is written in the other one. Raises ItemRefused."""
    run, theirs = runs[item.run], runs[leader.run]
    draft = agenda_items.in_run(theirs, agenda_items.drafted(leader), to=run)
    return replace(item, **agenda_items.checked(run, draft))


def leaders(items: Sequence[WorkingItem], item: WorkingItem) -> list[WorkingItem]:
    """What the item may follow: what stands in an earlier run and follows nothing itself."""
    return [one for one in items if one.run < item.run and not one.follows]


# -- inside -------------------------------------------------------------------------------------------


def _taken_over(
    item: WorkingItem, before: WorkingItem, *, after: WorkingItem, runs: Mapping[int, EventSession]
) -> WorkingItem:
    names = [name for name in agenda_items.WRITTEN if getattr(before, name) != getattr(after, name)]
    if set(names) & set(TIMES):
        names += TIMES
    try:
        whole = like(item, after, runs=runs)
        now = replace(item, **{name: getattr(whole, name) for name in names})
        agenda_items.checked(runs[item.run], agenda_items.drafted(now))
    except ItemRefused as refusal:
        raise ItemRefused(
            _l("Run %(number)s follows this item, and it cannot be like that there: %(why)s"),
            field=refusal.field,
            number=item.run,
            why=str(refusal),
        ) from refusal
    return now
