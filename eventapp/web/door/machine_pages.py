"""What door phones and scanners send and fetch: JSON under /api/v1, behind the door's gate."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, g, jsonify, request
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.formats import text
from eventapp.models.checkin import Checkpoint
from eventapp.models.states import Verdict
from eventapp.reports import rosters
from eventapp.rules import checkins, companies, door_phones
from eventapp.rules.checkins import Scan
from eventapp.web import gates

page = Blueprint("machine_pages", __name__)
gates.csrf.exempt(page)
MOST = 500
YEARS = range(1970, 2200)
KINDS = ("scan", "undo", "walk-in", "move")


class Unreadable(RuleBroken):
    """No JSON, or not of the shape that openapi.json describes."""

    code = "unreadable"
    status = 400
    sentence = _l("This is no list of check-ins. /api/v1/openapi.json says what it looks like.")


class TooMany(RuleBroken):
    """More items than one request takes."""

    code = "too-many"
    status = 413
    sentence = _l("Please send at most 500 check-ins at once; the rest may follow.")


class BadItem(RuleBroken):
    """One item that cannot be kept; the others are."""

    code = "bad-item"


@dataclass(frozen=True)
class Sender:
    """The phone that sends, read once: every item's transaction begins afresh."""

    phone_id: int
    name: str
    gate: str
    run_id: int
    offset: timedelta


@page.post("/api/v1/check-ins")
def check_ins() -> Any:
    """Keep every item in a transaction of its own, durably, before the answer; a bad one stops no other.

    Without items it is the phone's sign of life.
    """
    items, letter = _read()
    phone, history = g.door_phone, g.event.history_id
    sender = Sender(phone.id, phone.name, phone.gate, phone.event_session_id, _offset(letter))
    answers = [_answer(item, sender) for item in items]
    waiting = letter.get("waiting")
    door_phones.note_contact(
        phone,
        checkpoint=_checkpoint(letter.get("checkpoint"), sender.run_id),
        waiting=waiting if isinstance(waiting, int) and 0 <= waiting < 100_000 else None,
    )
    return jsonify(
        history=history,
        version=g.event_session.roster_version,
        server_now=now().isoformat(),
        answers=answers,
    )


@page.get("/api/v1/checkpoints/<int:id>/roster")
def roster(id: int) -> Any:
    """The run's list at one checkpoint: what changed after version `since`."""
    checkpoint = _checkpoint(id, g.event_session.id)
    if checkpoint is None:
        raise Missing()
    since = request.args.get("since", "")
    version = int(since) if since.isascii() and since.isdigit() and len(since) < 10 else 0
    return jsonify(server_now=now().isoformat(), **rosters.changes(checkpoint, version))


def _read() -> tuple[list[Any], dict[str, Any]]:
    """The items, and what stands around them. Raises Unreadable, TooMany."""
    try:
        letter = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise Unreadable() from None
    if isinstance(letter, list):
        letter = {"items": letter}
    items = letter.get("items", letter.get("check_ins")) if isinstance(letter, dict) else None
    if not isinstance(items, list):
        raise Unreadable()
    if len(items) > MOST:
        raise TooMany()
    return items, letter


def _answer(item: Any, sender: Sender) -> dict[str, Any]:
    named = item.get("id") if isinstance(item, dict) else None
    try:
        if not isinstance(item, dict):
            raise BadItem(_l("An item has to be an object."))
        return _kept(item, sender)
    except RuleBroken as refusal:
        return _refused(named, refusal)
    except IntegrityError:  # the same id at the same moment in both runs
        return _refused(named, Stale())


def _kept(item: dict[str, Any], sender: Sender) -> dict[str, Any]:
    kind = item.get("kind", "scan")
    if kind not in KINDS:
        raise BadItem(_l("The kind has to be scan, undo, walk-in or move."))
    if kind == "undo":
        return _undone(item, sender)
    scan, sentence = _scan(item, sender), ""
    if kind == "scan":
        check_in = checkins.check_in(scan)
    elif kind == "move":
        check_in, sentence = checkins.move_here(scan)
    else:
        check_in = _walked_in(item, scan)
    first = checkins.first_of(check_in) if check_in.verdict == "already in" else None
    return rosters.answer(check_in, first, sentence=sentence)


def _undone(item: dict[str, Any], sender: Sender) -> dict[str, Any]:
    undo_id, check_in_id = _uuid(item, "id"), _uuid(item, "check_in")
    checkins.take_back(
        undo_id,
        check_in_id,
        event_session=g.event_session,
        undone_at=_moment(item.get("scanned_at"), sender.offset)[1],
        by=sender.name,
    )
    return {"id": undo_id, "verdict": "undone", "check_in": check_in_id, "facts": []}


def _walked_in(item: dict[str, Any], scan: Scan) -> Any:
    name, company_name = _line(item.get("name"), 80), _line(item.get("company"), 120)
    if not name:
        raise BadItem(_l("A walk-in needs a name."))
    company = companies.by_name(company_name) if company_name else None
    return checkins.walk_in(scan, name, company=company, company_name=company_name)


def _scan(item: dict[str, Any], sender: Sender) -> Scan:
    scanned_at, at = _moment(item.get("scanned_at"), sender.offset)
    scan_id = _uuid(item, "id")
    attendee = item.get("attendee")
    known = isinstance(attendee, int) and not isinstance(attendee, bool) and 0 < attendee < 2**31
    code = item.get("code")
    if item.get("kind") != "walk-in" and not known and not (isinstance(code, str) and code):
        raise BadItem(_l("A scan needs a code or an attendee."))
    checkpoint = _checkpoint(item.get("checkpoint"), sender.run_id)
    if checkpoint is None:
        raise BadItem(_l("This checkpoint does not belong to the phone's run."))
    return Scan(
        scan_id,
        checkpoint,
        scanned_at=scanned_at,
        at=at,
        code=_line(code, 500),
        attendee_id=attendee if known else None,
        gate=_line(item.get("gate"), 40) or sender.gate,
        door_phone_id=sender.phone_id,
        shown=_shown(item.get("shown")),
    )


def _checkpoint(id: Any, run_id: int) -> Checkpoint | None:
    """A checkpoint of the phone's own run."""
    if not isinstance(id, int) or isinstance(id, bool) or not 0 < id < 2**31:
        return None
    checkpoint = db.session.get(Checkpoint, id)
    return checkpoint if checkpoint is not None and checkpoint.event_session_id == run_id else None


def _shown(value: Any) -> Verdict | None:
    return Verdict(value) if isinstance(value, str) and value in set(Verdict) else None


def _uuid(item: dict[str, Any], field: str) -> str:
    value = item.get(field)
    try:
        return str(uuid.UUID(value if isinstance(value, str) and len(value) <= 45 else ""))
    except ValueError:
        raise BadItem(_l("%(field)s has to be a UUID.", field=field)) from None


def _line(value: Any, most: int) -> str:
    """One clean line, cut where it is too long: a scan is never refused for what was printed."""
    if not isinstance(value, str):
        return ""
    return text.clean_line(value[:2000], 2000)[:most]


def _moment(value: Any, offset: timedelta) -> tuple[datetime, datetime]:
    """What the phone's clock said, and when that was; an unreadable clock means now."""
    said = _time(value)
    try:
        return (said, said + offset) if said else (now(), now())
    except OverflowError:
        return now(), now()


def _offset(letter: dict[str, Any]) -> timedelta:
    sent_at = _time(letter.get("sent_at"))
    return now() - sent_at if sent_at else timedelta()


def _time(value: Any) -> datetime | None:
    """An ISO 8601 time; without a zone it is read as UTC, which the measured offset sets right."""
    try:
        said = datetime.fromisoformat(value) if isinstance(value, str) and len(value) < 40 else None
        if said is None or said.year not in YEARS:
            return None
        return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _refused(named: Any, refusal: RuleBroken) -> dict[str, Any]:
    return {
        "id": named[:80] if isinstance(named, str) else None,
        "error": {"code": refusal.code, "sentence": str(refusal)},
    }
