"""Agenda changes: what is different between two states of the agenda, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventapp.models.programme import Shown
from eventapp.rules import agenda_items

TIMES = ("starts_at", "ends_at")


class What(StrEnum):
    """What happened to an item."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One item as it was and as it is; before is None for a new one, after for one that is gone."""

    before: Shown | None
    after: Shown | None

    @property
    def item(self) -> Shown:
        """As it is, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def what(self) -> What:
        """The one word for it: a new time weighs more than a new room."""
        if self.before is None or self.after is None:
            return What.GONE if self.before is not None else What.NEW
        return What.MOVED if any(self.differs(name) for name in TIMES) else What.CHANGED

    def differs(self, name: str) -> bool:
        """Whether that field of the item is another one now."""
        return getattr(self.before, name) != getattr(self.after, name)


def between(before: Sequence[Shown], after: Sequence[Shown]) -> list[Change]:
    """In the order of the runs and days; what partners cannot see makes no difference."""
    was, will = ({item.uid: item for item in items} for items in (before, after))
    pairs = [Change(was.get(uid), will.get(uid)) for uid in was | will]
    found = [pair for pair in pairs if pair.before is None or pair.after is None or _differs(pair)]
    return sorted(found, key=lambda one: (one.item.run, one.item.starts_at, one.item.ends_at, one.item.uid))


def _differs(pair: Change) -> bool:
    return any(pair.differs(name) for name in agenda_items.SHOWN)
