"""The door for tests: two attendees of run 1, one of run 2, a gate each, and an enrolled phone."""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import Any

from cast import HAN, OH, a_checkpoint, a_registration, an_event, an_invitation, attendee_of, badge_of, run
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.rules import door_phones

SEND = "/api/v1/check-ins"
LATER = "2017-11-09T09:13:00+09:00"


def a_door(app: Flask, *, own_event: bool = False) -> SimpleNamespace:
    """Everything a test of the door's addresses speaks of, by id and by code; own_event: in the one that is there."""
    with app.app_context():
        event = db.session.scalars(select(Event)).one() if own_event else an_event()
        first = run(event, 1)
        here = [a_registration(an_invitation(event), colleague) for colleague in (OH, HAN)]
        elsewhere = a_registration(an_invitation(event), number=2)
        phone, secret = door_phones.add_scanner(first, "민지", gate="A문")
        return SimpleNamespace(
            gate=a_checkpoint(first).id,
            other_gate=a_checkpoint(run(event, 2)).id,
            codes=[badge_of(one).code for one in here],
            other_code=badge_of(elsewhere).code,
            attendee=attendee_of(here[0]).id,
            company=here[0].invitation.company.name,
            history=event.history_id,
            secret=secret,
            phone=phone.id,
        )


def an_item(door: SimpleNamespace, **more: Any) -> dict[str, Any]:
    """One scan at the door's gate, at twelve past nine."""
    return {
        "id": str(uuid.uuid4()),
        "kind": "scan",
        "checkpoint": door.gate,
        "scanned_at": "2017-11-09T09:12:00+09:00",
        **more,
    }


def send(client: FlaskClient, items: list[Any], **around: Any) -> list[dict[str, Any]]:
    """The answers to these items."""
    answer = client.post(SEND, json={"items": items, **around}, headers={"X-Door": "1"})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()["answers"]
