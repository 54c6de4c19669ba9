"""Playing the demo up to a moment: set up, tell, deliver, and let the clock go on from there."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from eventapp.clock import set_demo, standing_at
from eventapp.db import db
from eventapp.demo import asking, programme
from eventapp.demo.day import arrivals
from eventapp.demo.people import ACCOUNTS, PASSWORD
from eventapp.demo.telling import Telling, october
from eventapp.demo.words import EVENT, RUNS
from eventapp.models.company import HostContact
from eventapp.models.event import Event
from eventapp.postman import deliver_once
from eventapp.rules import (
    checkpoints,
    consents,
    demonstration,
    events,
    imports,
    journal,
    staff,
)

MONDAY = october(16, 10, 0)
MORNING = datetime(2017, 11, 9, 9, 50, tzinfo=MONDAY.tzinfo)
WEEK_AFTER = datetime(2017, 11, 20, 10, 0, tzinfo=MONDAY.tzinfo)
SHEET = Path(__file__).parent.parent / "demo-data" / "partners-2017.xlsx"


def play(on: datetime | None = None) -> None:
    """Empty the demo's database and tell the 2017 day up to `on` (16 October 2017, 10:00 in Seoul).

    A moment without a zone is one in Seoul. Running servers follow its clock. Raises NotADemo.
    """
    moment = on or MONDAY
    moment = moment if moment.tzinfo else moment.replace(tzinfo=MONDAY.tzinfo)
    demonstration.start_over()
    journal.acting_as("demo")
    with standing_at(october(2, 9, 0)):
        event = set_up()
    steps = [
        *Telling(event).prepare(),
        *programme.edits(event),
        *arrivals(event),
        *asking.planned_hours(event),
        *asking.answered_ahead(event),
    ]
    for at, do in sorted(steps, key=lambda step: step[0]):
        if at > moment:
            break
        with standing_at(at):
            do()
        with standing_at(at + timedelta(minutes=1)):
            deliver_once()
    journal.seal()
    set_demo(Path(current_app.instance_path) / "demo-clock.json", moment)


def set_up() -> Event:
    """Accounts, the Event with its runs and agenda, and the companies of the spreadsheet."""
    for email, name, role in ACCOUNTS:
        staff.add(email, name, role=role, password=PASSWORD)
    event = events.create("2017", year=2017, **EVENT)
    for run in RUNS:
        checkpoints.make_default(events.add_run(event, **run))
    programme.write(event)
    asking.ask(event)
    consents.publish_proposed(event)
    asking.plan_letters(event)
    events.confirm_facts(event, staff.by_email(ACCOUNTS[0][0]))
    imports.carry_out(event, imports.plan(event, imports.read(SHEET.read_bytes(), SHEET.name)))
    with db.writing():
        for contact in db.session.scalars(select(HostContact)):
            account = staff.by_email(contact.email)
            contact.staff_id = account.id if account else None
    return event
