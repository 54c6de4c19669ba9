"""The door for tests: two attendees of run 1, one of run 2, a gate each, and an enrolled phone."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from cast import (
    HAN,
    OH,
    SEOUL,
    a_checkpoint,
    a_registration,
    an_event,
    an_invitation,
    at,
    attendee_of,
    badge_of,
    run,
)
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckIn, CheckInKind, Checkpoint
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Registration
from eventapp.rules import checkins, checkpoints, door_phones
from eventapp.rules.checkins import Scan

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


def a_checkpoint_of(run: EventSession, kind: Kind, name: str = "", **more: Any) -> Checkpoint:
    """One of that kind, open from eight to eight on the first day."""
    start = datetime.combine(run.starts_on, time(8), SEOUL)
    words = {
        "name_ko": name or str(kind),
        "opens_at": start,
        "closes_at": start + timedelta(hours=12),
        **more,
    }
    return checkpoints.add(run, checkpoints.Words(kind=kind, **words))


def scanned(registration: Registration, checkpoint: Checkpoint, when: str = "09:12", **more: Any) -> CheckIn:
    """The badge at that checkpoint, on the first day of its run."""
    moment = at(f"{checkpoint.event_session.starts_on} {when}")
    kind = more.pop("kind", CheckInKind.SCAN)
    scan = Scan(str(uuid.uuid4()), checkpoint, moment, moment, code=badge_of(registration).code, **more)
    with standing_at(moment):
        return checkins.check_in(scan, kind)
