"""A desk with the cast around it: organizer, host contact and viewer, two companies, queries counted."""

import pytest
from cast import a_company, an_event, an_invitation
from flask import Flask
from office import DAON, Office

from eventapp.db import db
from eventapp.rules import companies


@pytest.fixture
def office(app: Flask, clock: object) -> Office:
    """Two companies with sent invitations, looked after by two people."""
    with app.app_context():
        event = an_event()
        maru = an_invitation(event, a_company("마루소프트"))
        with db.writing():
            field_of = companies.sector("서버 납품")
            garam = companies.add("가람서버", field_of, contact=companies.host_contact(DAON))
        return Office(app, maru.id, an_invitation(event, garam, seats_kept=2).id)
