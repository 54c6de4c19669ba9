"""Merges: scans of which a screen at the door said something else than what stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.checkin import CheckIn, Checkpoint
from eventapp.models.company import Company
from eventapp.models.door_phone import DoorPhone
from eventapp.models.event_session import EventSession
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.models.wording import said


@dataclass(frozen=True)
class Merge:
    """One scan; `who` is the code where nobody is known by it."""

    at: datetime
    checkpoint: str
    gate: str
    phone: str
    who: str
    company: str
    shown: str
    verdict: str


def by_run(runs: list[EventSession], *, language: str) -> dict[int, list[Merge]]:
    """What the phones showed and we decided otherwise, newest first, by the run's id. Taken-back scans are settled."""
    rows = db.session.execute(
        select(CheckIn, Checkpoint, DoorPhone.name, Person.name, Company.name)
        .join(CheckIn.checkpoint)
        .outerjoin(CheckIn.door_phone)
        .outerjoin(Attendee, CheckIn.attendee_id == Attendee.id)
        .outerjoin(Person, Attendee.person_id == Person.id)
        .outerjoin(Company, Person.company_id == Company.id)
        .where(
            Checkpoint.event_session_id.in_([run.id for run in runs]),
            CheckIn.shown != "",
            CheckIn.shown != CheckIn.verdict,
            CheckIn.undone_at.is_(None),
        )
        .order_by(CheckIn.at.desc(), CheckIn.id)
    )
    found: dict[int, list[Merge]] = {run.id: [] for run in runs}
    for check_in, checkpoint, phone, person, company in rows:
        merge = Merge(
            at=check_in.at,
            checkpoint=said(checkpoint, "name", language=language),
            gate=check_in.gate,
            phone=phone or "",
            who=person or check_in.walk_in_name or check_in.code,
            company=company or check_in.walk_in_company,
            shown=check_in.shown,
            verdict=check_in.verdict,
        )
        found[checkpoint.event_session_id].append(merge)
    return found
