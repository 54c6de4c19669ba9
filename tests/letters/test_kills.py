"""The postman as a process of its own: killed at every stage, and two of them at once."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.process import BaseProcess
from typing import Any

import nursery
import pytest
from cast import an_event, an_invitation
from flask import Flask
from mail_server import mail_server
from sqlalchemy import select, update

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.message import Message, MessageAttempt
from eventapp.postman import deliver_once
from eventapp.rules import quiet_hours

pytestmark = [pytest.mark.slow, pytest.mark.both]
PATIENCE = 30.0


def a_postman(settings: dict[str, Any], mail_url: str, *more: str) -> BaseProcess:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EVENTAPP_")}
    environment |= {f"EVENTAPP_{name}": str(value) for name, value in settings.items()}
    command = ["flask", "--app", "eventapp:create_app", "deliver", *more]
    return nursery.begin(command, environment={**environment, "EVENTAPP_MAIL_URL": mail_url})


@contextmanager
def at_work(settings: dict[str, Any], mail_url: str) -> Iterator[BaseProcess]:
    postman = a_postman(settings, mail_url, "--follow")
    try:
        yield postman
    finally:
        postman.kill()
        postman.join()


def wait_until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def letters_of(app: Flask, count: int) -> None:
    with app.app_context():
        event = an_event()
        quiet_hours.set_hours(event, begin=None, end=None)  # the hour of the real clock does not matter
        for _ in range(count):
            an_invitation(event)


def states(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Message.status).order_by(Message.id)))


def let_time_pass(app: Flask) -> None:
    """Every lease has ended, every back-off too."""
    with app.app_context(), db.writing():
        before = now() - timedelta(hours=1)
        db.session.execute(
            update(Message).where(Message.leased_until.is_not(None)).values(leased_until=before)
        )
        db.session.execute(update(Message).values(due_at=before))


def bring_the_rest(app: Flask, mail_url: str) -> None:
    """Once to find what was left hanging, once to bring it."""
    app.config["MAIL_URL"] = mail_url
    for _ in range(2):
        let_time_pass(app)
        with app.app_context():
            deliver_once()


@pytest.mark.parametrize("stage", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"])
def test_a_postman_killed_at_any_stage_loses_nothing(app: Flask, settings: dict[str, Any], stage: str):
    letters_of(app, 1)
    with mail_server() as (letters, url):
        url = url.replace("timeout=1", "timeout=60")
        letters.at, letters.then = stage, "silence"
        with at_work(settings, url) as postman:
            wait_until(lambda: letters.reached)
            postman.kill()
        assert states(app) == ["queued"]
        letters.at = ""
        bring_the_rest(app, url)
    assert (states(app), len(letters.arrived)) == (["uncertain" if stage == "dot" else "sent"], 1)


def test_many_letters_outlive_many_kills(app: Flask, settings: dict[str, Any]):
    """A postman killed whenever it has brought a few: every letter is there, and doubles are none."""
    letters_of(app, 12)
    with mail_server() as (letters, url):
        for wanted in (2, 5, 9):
            with at_work(settings, url) as postman:
                wait_until(lambda wanted=wanted: len(letters.arrived) >= wanted)
                postman.kill()
            let_time_pass(app)
        bring_the_rest(app, url)
    arrived = Counter(letter["Message-ID"] for letter in letters.arrived)
    seen = Counter(states(app))
    assert set(seen) <= {"sent", "uncertain"}
    assert set(arrived.values()) == {1}
    assert len(arrived) >= seen["sent"]
    assert len(arrived) + seen["uncertain"] >= 12


def test_two_postmen_bring_each_letter_once(app: Flask, settings: dict[str, Any]):
    letters_of(app, 20)
    with (
        mail_server() as (letters, url),
        at_work(settings, url),
        at_work(settings, url),
        at_work(settings, url),
    ):
        wait_until(lambda: states(app) == ["sent"] * 20)
    assert sorted(Counter(letter["Message-ID"] for letter in letters.arrived).values()) == [1] * 20
    with app.app_context():
        assert len(db.session.scalars(select(MessageAttempt)).all()) == 20


def test_a_postman_asked_to_stop_finishes_its_letter(app: Flask, settings: dict[str, Any]):
    letters_of(app, 1)
    with mail_server() as (letters, url), at_work(settings, url) as postman:
        wait_until(lambda: letters.arrived)
        postman.terminate()
        postman.join(timeout=PATIENCE)
        assert postman.exitcode == 0
    assert states(app) == ["sent"]
