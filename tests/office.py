"""The desk's people and two companies, for tests of the organizers' pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from cast import an_organizer
from flask import Flask
from flask.testing import FlaskClient
from walk import sign_in

from eventapp.models.staff import Role
from eventapp.rules.people import Colleague

DAON = Colleague("배다온", "매니저", "+821000002010", "daon@host.example")


ROLES = {
    "organizer@host.example": Role.ORGANIZER,
    "viewer@host.example": Role.VIEWER,
    DAON.email: Role.HOST_CONTACT,
}


@dataclass
class Office:
    """The desk's people and the ids of the two invitations: maru is YOON's, garam is DAON's."""

    app: Flask
    maru: int = 0
    garam: int = 0
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def as_(self, email: str) -> FlaskClient:
        """A browser in which that member of staff is signed in; their account is made now."""
        if email not in self.browsers:
            with self.app.app_context():
                an_organizer(email, role=ROLES[email])
            self.browsers[email] = self.app.test_client()
            sign_in(self.browsers[email], email)
        return self.browsers[email]

    @property
    def organizer(self) -> FlaskClient:
        return self.as_("organizer@host.example")

    @property
    def daon(self) -> FlaskClient:
        return self.as_(DAON.email)

    @property
    def viewer(self) -> FlaskClient:
        return self.as_("viewer@host.example")
