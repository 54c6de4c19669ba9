"""Letters as files: whole or not at all; what cannot be said is not sent; the command brings what is due."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest
from cast import an_event, an_invitation
from flask import Flask
from post import a_letter
from sqlalchemy import select

from eventapp import postman
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message, MessageAttempt
from eventapp.postman import deliver_once
from eventapp.rules import invitations

pytestmark = pytest.mark.usefixtures("clock")


def outbox(app: Flask) -> Path:
    return Path(app.instance_path) / "outbox"


def test_a_letter_lies_in_the_outbox_whole_and_for_its_owner_alone(in_app: Flask):
    message = a_letter("invitation")
    assert deliver_once() == 1
    (file,) = outbox(in_app).iterdir()
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (message.status, file.name) == ("sent", f"{message.id:06d}-1.eml")
    assert mail["To"].addresses[0].addr_spec == "jiwon@maru.example"
    assert (file.stat().st_mode & 0o777, outbox(in_app).stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_folder_that_cannot_be_written_loses_nothing(in_app: Flask):
    message = a_letter("invitation")
    outbox(in_app).touch()  # a file is in the way
    assert (deliver_once(), message.status) == (1, "queued")


def test_a_letter_for_a_revoked_invitation_is_withdrawn(in_app: Flask):
    message = a_letter("invitation")
    invitations.revoke(db.session.get_one(Invitation, message.subject_id))
    deliver_once()
    assert (message.status, outbox(in_app).exists()) == ("withdrawn", False)


def test_an_address_that_is_none_fails_at_once(in_app: Flask):
    message = a_letter("invitation")
    with db.writing():
        message.person.email = "한지원@maru"
    deliver_once()
    assert message.status == "failed"


def test_a_letter_that_cannot_be_written_stops_no_other(in_app: Flask, monkeypatch: pytest.MonkeyPatch):
    event = an_event()
    an_invitation(event)
    an_invitation(event)
    first = db.session.scalars(select(Message.id).order_by(Message.id)).first()
    whole = postman.letter_for

    def broken(message: Message):
        if message.id == first:
            raise KeyError("a mistake of ours")
        return whole(message)

    monkeypatch.setattr("eventapp.postman.letter_for", broken)
    assert deliver_once() == 2
    states = db.session.scalars(select(Message.status).order_by(Message.id)).all()
    assert states == ["queued", "sent"]
    detail = db.session.scalars(select(MessageAttempt.detail).order_by(MessageAttempt.id)).first()
    assert detail == "The letter could not be written (KeyError)."


def test_the_command_brings_what_is_due_and_seals_the_journal(app: Flask):
    with app.app_context():
        a_letter("invitation")
    done = app.test_cli_runner().invoke(args=["deliver"])
    assert (done.exit_code, len(list(outbox(app).glob("*.eml")))) == (0, 1)
    with app.app_context():
        assert db.session.scalars(select(JournalEntry).where(JournalEntry.seal.is_(None))).all() == []


def test_the_command_says_what_is_wrong_with_the_mail_url(app: Flask):
    app.config["MAIL_URL"] = "mail.example"
    done = app.test_cli_runner().invoke(args=["deliver"])
    assert (done.exit_code, "EVENTAPP_MAIL_URL" in done.output) == (1, True)
