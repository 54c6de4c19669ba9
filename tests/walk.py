"""What a person does, in one word: for tests that look at pages."""

from __future__ import annotations

from cast import PASSWORD
from flask import Flask
from flask.testing import FlaskClient

from eventapp.models.invitation import Invitation
from eventapp.models.registration import Attendee
from eventapp.rules import invitations


def link_key(app: Flask) -> bytes:
    """The key of this app's personal links."""
    return str(app.config["LINK_KEY"]).encode()


def invitation_link(app: Flask, invitation: Invitation) -> str:
    """/i/TOKEN"""
    return f"/i/{invitations.token(invitation, link_key(app))}"


def pass_link(app: Flask, attendee: Attendee) -> str:
    """/p/TOKEN"""
    return f"/p/{invitations.token(attendee, link_key(app))}"


def sign_in(client: FlaskClient, email: str = "organizer@host.example", password: str = PASSWORD) -> None:
    """Sign in as staff; fails loudly."""
    answer = client.post("/sign-in", data={"email": email, "password": password})
    assert answer.status_code == 303, answer.get_data(as_text=True)[:500]
