"""What every test of the partners' wing arranges: a company with a letter, a browser that opened it, table hashes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from cast import a_company, a_registration, an_event, an_invitation, attendee_of
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from walk import invitation_link, pass_link

from eventapp.db import Model, db
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Attendee
from eventapp.rules.people import Colleague

FORM = {
    "name": "오세린",
    "title": "대리",
    "phone": "010-0000-4417",
    "email": "serin@maru.example",
    "event_session": "1",
    "seen": "0",
}


@dataclass
class Company:
    """The ids of one company's invitation and the address of its letter."""

    id: int
    link: str
    page: str


@pytest.fixture
def company(app: Flask, clock: object) -> Company:
    """마루소프트 with three seats, invited to an Event of two runs."""
    with app.app_context():
        return company_of(app, an_invitation(an_event(), a_company()))


def company_of(app: Flask, invitation: Invitation) -> Company:
    """What a test needs of an invitation, inside an app context."""
    return Company(invitation.id, invitation_link(app, invitation), f"/invitation/{invitation.id}")


@dataclass
class Holder:
    """The ids of one attendee and the address of the pass."""

    id: int
    registration_id: int
    link: str
    page: str


def holder_of(app: Flask, attendee: Attendee) -> Holder:
    """What a test needs of an attendee, inside an app context."""
    return Holder(attendee.id, attendee.registration_id, pass_link(app, attendee), f"/pass/{attendee.id}")


@pytest.fixture
def holder(app: Flask, company: Company) -> Holder:
    """오세린 of 마루소프트, registered for the first run."""
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        colleague = Colleague("오세린", "대리", "+821000004417", "serin@maru.example")
        return holder_of(app, attendee_of(a_registration(invitation, colleague)))


@pytest.fixture
def opened(client: FlaskClient, company: Company) -> FlaskClient:
    """A browser that opened the company's letter."""
    assert client.get(company.link).status_code == 303
    return client


@pytest.fixture
def ready(client: FlaskClient, holder: Holder) -> FlaskClient:
    """A browser whose attendee finished their own part."""
    client.get(holder.link)
    assert client.post(f"{holder.page}/confirmation", data={"diet": "vegetarian"}).location == holder.page
    return client


@pytest.fixture
def tables(app: Flask) -> Callable[[], str]:
    """tables() is one hash over every row of every table."""

    def digest() -> str:
        with app.app_context():
            rows = [
                (
                    table.name,
                    [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))],
                )
                for table in Model.metadata.sorted_tables
            ]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    return digest


def words(answer: object) -> str:
    """What a page says, without its marks and double spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))  # type: ignore[attr-defined]
