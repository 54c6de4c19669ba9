"""What door phones and scanners send and fetch: JSON under /api/v1, behind the door's gate."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from flask import Blueprint, g, jsonify, request
from flask_babel import lazy_gettext as _l

from eventapp.clock import now
from eventapp.errors import Missing, RuleBroken
from eventapp.reports import rosters
from eventapp.rules import checkins, door_items, door_phones
from eventapp.rules.door_items import Sender
from eventapp.web import gates

page = Blueprint("machine_pages", __name__)
gates.csrf.exempt(page)
MOST = 500


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


@page.post("/api/v1/check-ins")
def check_ins() -> Any:
    """Keep every item in a transaction of its own, durably, before the answer; a bad one stops no other.

    Without items it is the phone's sign of life.
    """
    items, letter = _read()
    phone, history = g.door_phone, g.event.history_id
    sender = door_items.sender(phone, _offset(letter))
    answers = [_answer(item, sender) for item in items]
    waiting = letter.get("waiting")
    door_phones.note_contact(
        phone,
        checkpoint=door_items.checkpoint(letter.get("checkpoint"), sender.run_id),
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
    checkpoint = door_items.checkpoint(id, g.event_session.id)
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
        kept = door_items.keep(item, sender)
    except RuleBroken as refusal:
        return _refused(named, refusal)
    if kept.check_in is None:
        return {"id": kept.id, "verdict": "undone", "check_in": kept.undoes, "facts": []}
    first = checkins.first_of(kept.check_in) if kept.check_in.verdict == "already in" else None
    return rosters.answer(kept.check_in, first, sentence=kept.sentence)


def _offset(letter: dict[str, Any]) -> timedelta:
    sent_at = door_items.moment(letter.get("sent_at"))
    return now() - sent_at if sent_at else timedelta()


def _refused(named: Any, refusal: RuleBroken) -> dict[str, Any]:
    return {
        "id": named[:80] if isinstance(named, str) else None,
        "error": {"code": refusal.code, "sentence": str(refusal)},
    }
