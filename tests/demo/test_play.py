"""The demo tells the 2017 day up to a moment; every invariant holds there, and no configured database is touched."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from conftest import KEYS
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from eventapp import create_app
from eventapp.clock import follow_demo, now
from eventapp.db import db
from eventapp.demo import play
from eventapp.models.checkin import CheckIn
from eventapp.models.company import Company, Sector
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.registration import Attendee, Registration
from eventapp.reports import audit

pytestmark = pytest.mark.slow
COUNTS = {  # by moment: what a screen can show then, at least
    play.MONDAY: {"sent", "accepted", "declined"},
    play.MORNING: {"accepted", "declined"},
    play.WEEK_AFTER: {"accepted", "declined"},
}


@pytest.fixture
def demo(home: Path) -> Iterator[Flask]:
    shutil.rmtree(home / "demo", ignore_errors=True)
    app = create_app({**KEYS, "INSTANCE": str(home / "demo"), "DEMO": "1", "RATELIMIT_ENABLED": False})
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    follow_demo(None)


def count(*where: object, of: type = Registration) -> int:
    return db.session.scalar(select(func.count()).select_from(of).where(*where))


@pytest.mark.parametrize("moment", [play.MONDAY, play.WEEK_AFTER], ids=["16 October", "the week after"])
def test_each_moment_of_the_story_is_sound(demo, moment):
    with demo.app_context():
        play.play(moment)
        look_around(moment)


def look_around(moment: datetime) -> None:
    assert audit.broken() == []
    assert (now() - moment).total_seconds() < 60
    assert (count(of=Company), count(of=Sector)) == (36, 12)
    assert db.session.scalar(select(func.sum(Invitation.seats))) == 85
    assert set(db.session.scalars(select(Invitation.status))) == COUNTS[moment]
    assert count(Registration.status == "waitlisted") == (2 if moment == play.MONDAY else 0)
    assert (count(of=CheckIn) > 0) is (moment > play.MONDAY)
    assert count(Message.status == "failed", of=Message) == (1 if moment == play.MONDAY else 0)
    assert count(Attendee.ended_at.is_not(None), of=Attendee) > 0


def test_the_bar_jumps_to_the_first_morning_which_is_sound(demo):
    browser = demo.test_client()
    page = browser.get("/").get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    refused = browser.post("/demo/moment", data={"csrf_token": token, "moment": "never"})
    assert refused.status_code == 400
    jumped = browser.post("/demo/moment", data={"csrf_token": token, "moment": "morning"})
    assert (jumped.status_code, jumped.location) == (303, "/")
    with demo.app_context():
        look_around(play.MORNING)
    marked = re.findall(r'value="([a-z-]+)" aria-current', browser.get("/").get_data(as_text=True))
    assert marked == ["morning"]


def test_without_the_demo_there_is_neither_bar_nor_address(client):
    assert "/demo/moment" not in client.get("/").get_data(as_text=True)
    assert client.post("/demo/moment", data={"moment": "morning"}).status_code == 404
