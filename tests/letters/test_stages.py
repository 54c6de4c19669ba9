"""A mail server that fails at every stage: nothing is lost, and only the final dot makes a letter uncertain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from cast import an_event, an_invitation
from flask import Flask
from live import free_port
from mail_server import Letters, mail_server
from sqlalchemy import select

from eventapp.clock import now, standing_at
from eventapp.db import db
from eventapp.errors import ConfigurationProblem
from eventapp.models.message import Message, MessageAttempt
from eventapp.postman import carrier_for, deliver_once
from eventapp.postman.wire import Wire
from eventapp.rules import messages

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def far_end(in_app: Flask) -> Iterator[Letters]:
    """A mail server, and the app sending there."""
    with mail_server() as (letters, url):
        in_app.config["MAIL_URL"] = url
        yield letters


def one_letter() -> Message:
    an_invitation(an_event())
    return db.session.scalars(select(Message)).one()


def attempts() -> list[tuple[str, bool]]:
    """Every try: its outcome, and whether the final dot was near."""
    rows = db.session.scalars(select(MessageAttempt).order_by(MessageAttempt.id))
    return [(row.outcome, row.handed_at is not None) for row in rows]


BEFORE_THE_DOT = [
    ("greeting", "drop"),
    ("greeting", "silence"),
    ("greeting", "421 later"),
    ("greeting", "554 not here"),
    ("EHLO", "421 later"),
    ("EHLO", "drop"),
    ("EHLO", "silence"),
    ("MAIL", "451 later"),
    ("MAIL", "drop"),
    ("MAIL", "silence"),
    ("RCPT", "450 greylisted"),
    ("RCPT", "drop"),
    ("RCPT", "silence"),
    ("DATA", "451 later"),
    ("DATA", "drop"),
    ("DATA", "silence"),
    ("body", "drop"),
]


@pytest.mark.parametrize(("stage", "then"), BEFORE_THE_DOT)
def test_what_fails_before_the_dot_is_tried_again_and_arrives_once(far_end: Letters, stage: str, then: str):
    message = one_letter()
    far_end.at, far_end.then = stage, then
    assert deliver_once() == 1
    assert (message.status, attempts(), far_end.arrived) == ("queued", [("queued", False)], [])
    assert message.due_at == now() + timedelta(minutes=1)
    far_end.at = ""
    assert deliver_once() == 0
    with standing_at(now() + timedelta(minutes=1)):
        assert deliver_once() == 1
    assert (message.status, len(far_end.arrived)) == ("sent", 1)


@pytest.mark.parametrize(
    ("stage", "then"),
    [
        ("MAIL", "550 no"),
        ("RCPT", "550 nobody <han@maru.example> here"),
        ("DATA", "554 no"),
        ("dot", "554 spam"),
    ],
)
def test_a_lasting_no_fails_and_names_no_address(far_end: Letters, stage: str, then: str):
    message = one_letter()
    far_end.at, far_end.then = stage, then
    deliver_once()
    assert (message.status, far_end.arrived) == ("failed", [])
    assert "@" not in db.session.scalars(select(MessageAttempt.detail)).one()


def test_a_passing_no_after_the_dot_is_tried_again(far_end: Letters):
    message = one_letter()
    far_end.at, far_end.then = "dot", "451 later"
    deliver_once()
    assert (message.status, attempts()) == ("queued", [("queued", True)])


@pytest.mark.parametrize("then", ["drop", "silence"])
def test_no_answer_after_the_dot_is_uncertain_and_never_tried_again_by_itself(
    far_end: Letters, then: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("eventapp.postman.wire.LAST_PATIENCE", 1)
    message = one_letter()
    far_end.at, far_end.then = "dot", then
    deliver_once()
    assert (message.status, len(far_end.arrived)) == ("uncertain", 1)
    with standing_at(now() + timedelta(days=3)):
        assert deliver_once() == 0


def test_nobody_there_is_tried_again_until_the_last_back_off(in_app: Flask):
    message = one_letter()
    in_app.config["MAIL_URL"] = f"smtp://127.0.0.1:{free_port()}?tls=none"
    moment, waits = now(), []
    for _ in range(len(messages.BACK_OFF) + 1):
        with standing_at(moment):
            assert deliver_once() == 1
        waits.append(int((message.due_at - moment).total_seconds() // 60))
        moment = max(moment, message.due_at)
    assert waits[:-1] == list(messages.BACK_OFF)
    assert message.status == "failed"


def test_one_connection_carries_many_letters_and_a_refused_one_stops_no_other(far_end: Letters):
    event = an_event()
    for _ in range(3):
        an_invitation(event)
    far_end.at, far_end.then = "RCPT", "550 nobody"
    assert deliver_once() == 3
    far_end.at = ""
    for _ in range(3):
        an_invitation(event)
    assert deliver_once() == 3
    states = [message.status for message in db.session.scalars(select(Message).order_by(Message.id))]
    assert (states, len(far_end.wires)) == (["failed"] * 3 + ["sent"] * 3, 2)


def test_a_line_that_begins_with_a_dot_arrives_whole(far_end: Letters):
    message = one_letter()
    with db.writing():
        message.event.greeting_ko = ".hidden\n."
    deliver_once()
    (mail,) = far_end.arrived
    text = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    assert "\n.hidden\n.\n" in text.get_payload(decode=True).decode().replace("\r", "")


def test_a_password_never_goes_over_an_open_wire(far_end: Letters, in_app: Flask):
    message = one_letter()
    in_app.config["MAIL_URL"] = (
        in_app.config["MAIL_URL"].replace("//", "//user:secret@").replace("tls=none&", "")
    )
    deliver_once()
    assert (message.status, far_end.arrived) == ("queued", [])


@pytest.mark.parametrize(
    ("url", "tls", "port"),
    [
        ("smtp://mail.example", "", 25),
        ("smtp://mail.example:465", "ssl", 465),
        ("smtp://me:p%40ss@mail.example:587", "starttls", 587),
        ("smtp://me:x@mail.example:587?tls=none", "none", 587),
    ],
)
def test_a_mail_url_says_how(url: str, tls: str, port: int):
    wire = Wire(url)
    assert (wire.tls, wire.port, wire.host) == (tls, port, "mail.example")


@pytest.mark.parametrize(
    "url", ["", "http://mail.example", "smtp://", "smtp://mail.example:no", "smtp://mail.example?tls=maybe"]
)
def test_an_unclear_mail_url_is_refused(in_app: Flask, url: str):
    with pytest.raises(ConfigurationProblem):
        carrier_for(url)
