"""The description of /api/v1, for those who bring a scanner of their own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify

from eventapp.models.states import Verdict
from eventapp.rules.door_items import KINDS

page = Blueprint("openapi", __name__)

TEXT, WHOLE, MOMENT = {"type": "string"}, {"type": "integer"}, {"type": "string", "format": "date-time"}
UUID = {"type": "string", "format": "uuid"}


@page.get("/api/v1/openapi.json")
def describe() -> Any:
    """Open to everybody: it holds no data."""
    return jsonify(DESCRIPTION)


def _object(needed: tuple[str, ...] = (), /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(needed)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _answers(**by_status: str) -> dict[str, Any]:
    told = {"200": "Done", "400": "Not readable", "401": "No phone of this door", "404": "No such checkpoint"}
    told |= {"403": "A cookie without the header X-Door: 1", "413": "More than 500 items"}
    return {
        status[1:]: {
            "description": told[status[1:]],
            "content": {"application/json": {"schema": _ref(name)}},
        }
        for status, name in by_status.items()
    }


ITEM = _object(
    ("id", "kind"),
    id={**UUID, "description": "Made on the device; the same id again is harmless."},
    kind={
        "type": "string",
        "enum": list(KINDS),
        "default": "scan",
        "description": "anyway: somebody not expected here is let in; substitute: `name` comes instead of `attendee`.",
    },
    checkpoint={**WHOLE, "description": "Needed for all but undo."},
    code={**TEXT, "description": "As read: the code, or the whole address in the QR."},
    attendee={**WHOLE, "description": "Instead of a code, from the roster."},
    check_in={**UUID, "description": "What an undo takes back; it may arrive before its scan."},
    scanned_at={**MOMENT, "description": "By the device's clock; sent_at lets us set it right."},
    gate={**TEXT, "maxLength": 40},
    shown={
        "type": "string",
        "enum": [verdict.value for verdict in Verdict],
        "description": "What the screen said before we had answered; a difference is told to the organizers.",
    },
    note={**TEXT, "maxLength": 80, "description": "The key's number, or why somebody leaves early."},
    name={**TEXT, "description": "Of a walk-in, or of who comes instead."},
    company={**TEXT, "description": "Of a walk-in."},
)
ANSWER = _object(
    ("id",),
    id=UUID,
    verdict={"type": "string", "enum": [*[verdict.value for verdict in Verdict], "undone"]},
    attendee=WHOLE,
    name=TEXT,
    title=TEXT,
    company=TEXT,
    run={"type": ["integer", "null"]},
    facts=_list(TEXT),
    since={**MOMENT, "description": "Already in since then."},
    gate={**TEXT, "description": "Already in at that gate."},
    opens_at={**MOMENT, "description": "Not yet."},
    free_places={**WHOLE, "description": "Of today's run, for somebody of the other one."},
    to_settle={"type": "boolean", "description": "A walk-in whom an organizer still has to seat."},
    undone={"type": "boolean"},
    note={**TEXT, "description": "Of this scan, or of the one before it."},
    sentence={**TEXT, "description": "Why a move was not possible, or why somebody is not expected here."},
    check_in=UUID,
    error=_ref("Refusal"),
)
ENTRY = _object(
    id=WHOLE,
    name=TEXT,
    title=TEXT,
    company=TEXT,
    run={"type": ["integer", "null"]},
    state={
        "type": "string",
        "enum": ["undecided", "pending", "registered", "waitlisted", "cancelled", "replaced"],
    },
    last4=TEXT,
    facts=_list(TEXT),
    code_hash={**TEXT, "description": "SHA-256 of the code's 11 characters, hexadecimal."},
    old_code_hashes=_list(TEXT),
    why_not={**TEXT, "description": "Why they are not expected at this checkpoint; left out where they are."},
    room={**TEXT, "description": "Where keys are given."},
    note={**TEXT, "description": "Of the scan by which they came."},
    in_since={"type": ["string", "null"], "format": "date-time"},
    gate=TEXT,
)
ROSTER = _object(
    ("history", "version"),
    history={**UUID, "description": "New after a restore: send the whole day again and fetch from 0."},
    version={**WHOLE, "description": "To be sent as since the next time."},
    whole={"type": "boolean", "description": "Everybody is in this answer, not the changes alone."},
    server_now=MOMENT,
    attendees=_list(ENTRY),
    removed=_list(WHOLE),
    companies=_list(_object(name=TEXT, free_seats=WHOLE)),
    counts=_object(**{"in": WHOLE, "expected": WHOLE}),
    free_places=WHOLE,
)
SENT = _object(
    ("items",),
    items={**_list(_ref("Item")), "maxItems": 500},
    sent_at={**MOMENT, "description": "The device's clock at sending: its offset is measured by it."},
    checkpoint={**WHOLE, "description": "Where the phone stands."},
    waiting={**WHOLE, "description": "How many items the phone still holds."},
)
RECEIVED = _object(history=UUID, version=WHOLE, server_now=MOMENT, answers=_list(_ref("Answer")))

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Partners Day: the door", "version": "1"},
    "servers": [{"url": "/api/v1"}],
    "security": [{"bearer": []}, {"phone": []}],
    "paths": {
        "/check-ins": {
            "post": {
                "summary": "Keep up to 500 check-ins and answer each by its id",
                "parameters": [{"name": "X-Door", "in": "header", "schema": {"const": "1"}}],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"oneOf": [_ref("Sent"), _list(_ref("Item"))]}}
                    },
                },
                "responses": _answers(
                    _200="Received", _400="Refusal", _401="Refusal", _403="Refusal", _413="Refusal"
                ),
            }
        },
        "/checkpoints/{id}/roster": {
            "get": {
                "summary": "The run's list at one checkpoint: what changed after a version",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": WHOLE},
                    {"name": "since", "in": "query", "schema": {**WHOLE, "minimum": 0}},
                ],
                "responses": _answers(_200="Roster", _401="Refusal", _404="Refusal"),
            }
        },
    },
    "components": {
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "phone": {"type": "apiKey", "in": "cookie", "name": "door"},
        },
        "schemas": {
            "Item": ITEM,
            "Sent": SENT,
            "Received": RECEIVED,
            "Answer": ANSWER,
            "Roster": ROSTER,
            "Refusal": _object(("code", "sentence"), code=TEXT, sentence=TEXT),
        },
    },
}
