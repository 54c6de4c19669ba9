"""Door items: what a phone wrote down, read with patience and kept, whether it was sent or came in a file."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.formats import text
from eventapp.models.checkin import CheckIn, CheckInKind, CheckInUndo, Checkpoint
from eventapp.models.door_phone import DoorPhone
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.states import Verdict
from eventapp.rules import checkins, companies, journal
from eventapp.rules.checkins import Scan

YEARS = range(1970, 2200)
KINDS = ("scan", "anyway", "undo", "walk-in", "move", "substitute")
FEW = 500  # ids asked for at once


class BadItem(RuleBroken):
    """One item that cannot be kept; the others are."""

    code = "bad-item"


@dataclass(frozen=True)
class Sender:
    """The phone that wrote the items, read once: every item's transaction begins afresh.

    offset: how far the server's clock is ahead of the phone's.
    """

    phone_id: int
    name: str
    gate: str
    event_session: EventSession
    run_id: int
    offset: timedelta


@dataclass(frozen=True)
class Kept:
    """An item that is kept: its check-in, or what an undo takes back; why a move was not possible."""

    check_in: CheckIn | None
    id: str = ""
    undoes: str = ""
    sentence: str = ""


def sender(phone: DoorPhone, offset: timedelta) -> Sender:
    """Whose name, gate and run its items have."""
    return Sender(phone.id, phone.name, phone.gate, phone.event_session, phone.event_session_id, offset)


def keep(item: Any, sender: Sender) -> Kept:
    """Keep one item in a transaction of its own, durably. Raises BadItem, OtherRunsScan, Stale."""
    if not isinstance(item, dict):
        raise BadItem(_l("An item has to be an object."))
    try:
        return _kept(item, sender)
    except IntegrityError:  # the same id at the same moment in both runs
        raise Stale() from None


def known(ids: Iterable[Any]) -> set[str]:
    """Which of these ids were kept before; what is no id is none."""
    asked, found = sorted({_id(one) for one in ids} - {""}), set()
    for start in range(0, len(asked), FEW):
        some = asked[start : start + FEW]
        for table in (CheckIn, CheckInUndo):
            found.update(db.session.scalars(select(table.id).where(table.id.in_(some))))
    return found


def note_file(event: Event, *, digest: str, taken: int, known: int, refused: int) -> None:
    """An organizer took a phone's file in: so much was new, here already, unreadable."""
    with db.writing():
        event = db.lock(event)
        told = {"digest": digest, "taken": taken, "known": known, "refused": refused}
        journal.record("door file taken in", event, event_id=event.id, **told)


def checkpoint(id: Any, run_id: int) -> Checkpoint | None:
    """A checkpoint of the phone's own run."""
    if not isinstance(id, int) or isinstance(id, bool) or not 0 < id < 2**31:
        return None
    found = db.session.get(Checkpoint, id)
    return found if found is not None and found.event_session_id == run_id else None


def moment(value: Any) -> datetime | None:
    """An ISO 8601 time; without a zone it is read as UTC, which the measured offset sets right."""
    try:
        said = datetime.fromisoformat(value) if isinstance(value, str) and len(value) < 40 else None
        if said is None or said.year not in YEARS:
            return None
        return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _kept(item: dict[str, Any], sender: Sender) -> Kept:
    kind = item.get("kind", "scan")
    if kind not in KINDS:
        raise BadItem(_l("The kind has to be one of: %(kinds)s.", kinds=", ".join(KINDS)))
    if kind == "undo":
        return _undone(item, sender)
    with db.writing():  # what a scan speaks of is read once, inside its transaction
        return _scanned(item, sender, kind=kind)


def _scanned(item: dict[str, Any], sender: Sender, *, kind: str) -> Kept:
    scan, sentence = _scan(item, sender), ""
    if kind in (CheckInKind.SCAN, CheckInKind.ANYWAY):
        check_in = checkins.check_in(scan, CheckInKind(kind))
    elif kind == "move":
        check_in, sentence = checkins.move_here(scan)
    elif kind == "substitute":
        check_in = checkins.substitute(scan, _name(item))
    else:
        check_in = _walked_in(item, scan)
    return Kept(check_in, scan.id, sentence=sentence)


def _undone(item: dict[str, Any], sender: Sender) -> Kept:
    undo_id, check_in_id = _uuid(item, "id"), _uuid(item, "check_in")
    checkins.take_back(
        undo_id,
        check_in_id,
        event_session=sender.event_session,
        undone_at=_times(item, sender)[1],
        by=sender.name,
    )
    return Kept(None, undo_id, undoes=check_in_id)


def _walked_in(item: dict[str, Any], scan: Scan) -> CheckIn:
    name, company_name = _name(item), _line(item.get("company"), 120)
    company = companies.by_name(company_name) if company_name else None
    return checkins.walk_in(scan, name, company=company, company_name=company_name)


def _name(item: dict[str, Any]) -> str:
    name = _line(item.get("name"), 80)
    if not name:
        raise BadItem(_l("A walk-in needs a name."))
    return name


def _scan(item: dict[str, Any], sender: Sender) -> Scan:
    scanned_at, at = _times(item, sender)
    scan_id = _uuid(item, "id")
    attendee = item.get("attendee")
    known = isinstance(attendee, int) and not isinstance(attendee, bool) and 0 < attendee < 2**31
    code = item.get("code")
    if item.get("kind") != "walk-in" and not known and not (isinstance(code, str) and code):
        raise BadItem(_l("A scan needs a code or an attendee."))
    where = checkpoint(item.get("checkpoint"), sender.run_id)
    if where is None:
        raise BadItem(_l("This checkpoint does not belong to the phone's run."))
    return Scan(
        scan_id,
        where,
        scanned_at=scanned_at,
        at=at,
        code=_line(code, 500),
        attendee_id=attendee if known else None,
        gate=_line(item.get("gate"), 40) or sender.gate,
        door_phone_id=sender.phone_id,
        shown=_shown(item.get("shown")),
        note=_line(item.get("note"), 80),
    )


def _shown(value: Any) -> Verdict | None:
    return Verdict(value) if isinstance(value, str) and value in set(Verdict) else None


def _uuid(item: dict[str, Any], field: str) -> str:
    found = _id(item.get(field))
    if not found:
        raise BadItem(_l("%(field)s has to be a UUID.", field=field))
    return found


def _id(value: Any) -> str:
    """An id as the tables hold it, '' for what is none."""
    try:
        return str(uuid.UUID(value if isinstance(value, str) and len(value) <= 45 else ""))
    except ValueError:
        return ""


def _line(value: Any, most: int) -> str:
    """One clean line, cut where it is too long: a scan is never refused for what was printed."""
    if not isinstance(value, str):
        return ""
    return text.clean_line(value[:2000], 2000)[:most]


def _times(item: dict[str, Any], sender: Sender) -> tuple[datetime, datetime]:
    """What the phone's clock said, and when that was; an unreadable clock means now."""
    said = moment(item.get("scanned_at"))
    try:
        return (said, said + sender.offset) if said else (now(), now())
    except OverflowError:
        return now(), now()
