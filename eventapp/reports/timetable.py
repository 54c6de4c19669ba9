"""The agenda as a grid: rows of five minutes, a column a day, lanes where items go side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from eventapp.models.event_session import EventSession
from eventapp.models.programme import Shown

STEP = 5
DASH = "\u2060–\u2060"  # between two hours that stay on one line
MOST_LANES = 4
EARLIEST = 6  # what begins before this hour is drawn from it on
LONGEST = 12 * 60


@dataclass(frozen=True)
class Block:
    """Where an item stands on its day: from and to in minutes of that day, in which lane of how many.

    start and end: as it is drawn; begins and until: as it is.
    """

    item: Shown
    time: str
    start: int
    end: int
    begins: int
    until: int
    lane: int
    lanes: int
    is_programme: bool


@dataclass(frozen=True)
class Column:
    """One run; its days, each in the order of the clock, and where what was moved stood before."""

    run: EventSession
    days: list[list[Block]]
    was: list[list[Block]]

    @property
    def lanes(self) -> int:
        """The most items that go side by side."""
        return max((block.lanes for day in self.days for block in day), default=1)


@dataclass(frozen=True)
class Grid:
    """The first and the last hour, the same for every run, so that rows line up."""

    first: int
    last: int
    columns: list[Column]


def grid(
    items: Mapping[EventSession, Sequence[Shown]],
    was: Mapping[EventSession, Sequence[Shown]] | None = None,
) -> Grid:
    """Every run's items on one common clock; from 8 to 20 where nothing lies outside."""
    before = was or {}
    columns = [
        Column(run=run, days=_days(found, run), was=_days(before.get(run, ()), run))
        for run, found in items.items()
    ]
    blocks = [block for column in columns for day in (*column.days, *column.was) for block in day]
    return Grid(
        first=min([8, *(block.start // 60 for block in blocks)]),
        last=max([20, *(-(-block.end // 60) for block in blocks)]),
        columns=columns,
    )


def _days(items: Sequence[Shown], run: EventSession) -> list[list[Block]]:
    days: list[list[Block]] = [[] for _ in range((run.ends_on - run.starts_on).days + 1)]
    for item, lane, lanes in _laned(items):
        day, start, end = _span(item, run)
        if not 1 <= day <= len(days):
            continue
        zone = ZoneInfo(run.event.time_zone)
        shown = max(start - start % STEP, EARLIEST * 60)
        block = Block(
            item=item,
            time=f"{item.starts_at.astimezone(zone):%H:%M}{DASH}{item.ends_at.astimezone(zone):%H:%M}",
            start=shown,
            end=min(max(end, shown + STEP), shown + LONGEST),
            begins=start,
            until=end,
            lane=min(lane, MOST_LANES),
            lanes=min(lanes, MOST_LANES),
            is_programme=item.is_programme,
        )
        days[day - 1].append(block)
    return days


def _laned(items: Sequence[Shown]) -> list[tuple[Shown, int, int]]:
    """Each item with its lane and the number of lanes of the cluster that overlaps without a gap."""
    found: list[tuple[Shown, int, int]] = []
    cluster: list[tuple[Shown, int]] = []
    ends: list[datetime] = []
    for item in items:
        if ends and item.starts_at >= max(ends):
            found += [(one, lane, len(ends)) for one, lane in cluster]
            cluster, ends = [], []
        lane = next((place for place, end in enumerate(ends) if end <= item.starts_at), len(ends))
        ends[lane : lane + 1] = [item.ends_at]
        cluster.append((item, lane + 1))
    return found + [(one, lane, len(ends)) for one, lane in cluster]


def _span(item: Shown, run: EventSession) -> tuple[int, int, int]:
    """The day of the run, and the minutes of that day at which it starts and ends (the day's end at most)."""
    zone = ZoneInfo(run.event.time_zone)
    first = item.starts_at.astimezone(zone)
    start = first.hour * 60 + first.minute
    length = int((item.ends_at - item.starts_at).total_seconds() // 60)
    return (first.date() - run.starts_on).days + 1, start, min(start + length, 24 * 60)
