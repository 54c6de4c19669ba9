"""The one clock of the house: UTC, aware, movable by the demo and by tests alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_standing: datetime | None = None
_demo_file: Path | None = None
_demo_seen: tuple[float, timedelta] = (0.0, timedelta())


def now() -> datetime:
    """The present moment, aware, in UTC, cut to microseconds."""
    if _standing is not None:
        return _standing
    return datetime.now(UTC) + _demo_shift()


def outside() -> datetime:
    """The time the rest of the world has, whatever the demo plays: for a far end that compares it with its own."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day it is now in that time zone (IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Hold the clock still at `moment` (aware) inside the block; tests only."""
    global _standing
    before, _standing = _standing, moment.astimezone(UTC)
    try:
        yield
    finally:
        _standing = before


def follow_demo(file: Path | None) -> None:
    """Read the demo's shift from this file from now on; None: real time."""
    global _demo_file
    _demo_file = file


def set_demo(file: Path, moment: datetime) -> None:
    """Make every process that follows `file` see `moment` (aware) now and go on from there."""
    shift = moment - datetime.now(UTC)
    new = file.with_suffix(".new")
    new.write_text(json.dumps({"shift_seconds": shift.total_seconds()}))
    new.replace(file)


def _demo_shift() -> timedelta:
    """Seconds between real time and the demo's, read again only when the file changed."""
    global _demo_seen
    if _demo_file is None:
        return timedelta()
    try:
        changed = _demo_file.stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta()
    if changed != _demo_seen[0]:
        seconds = json.loads(_demo_file.read_text())["shift_seconds"]
        _demo_seen = (changed, timedelta(seconds=seconds))
    return _demo_seen[1]
