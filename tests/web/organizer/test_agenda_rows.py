"""A publication as the desk shows it."""

import pytest
from cast import an_event
from flask import Flask

from eventapp.rules import publications
from eventapp.web.organizer import agenda_rows

pytestmark = pytest.mark.usefixtures("clock")


def test_number_moment_and_name(app: Flask):
    with app.test_request_context():
        row = agenda_rows.publication(publications.publish(an_event(), by="윤서진"))
        assert (row["number"], row["by"], row["at"]) == (1, "윤서진", "10월\u00a016일 월요일 10:00")
